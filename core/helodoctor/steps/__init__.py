"""Case in, case out: the one composition of all stages, shared by the window and the command line.

Reading, judging, planning are plain functions; a trial is a coroutine. None of them makes a sentence.
"""

from helodoctor.steps.comparing import compare
from helodoctor.steps.fixing import (
    answered,
    ask_new_name,
    likely_system,
    minutes_to_wait,
    plan_fix,
    stuck,
    tick,
    wait_for,
)
from helodoctor.steps.hearing import attend, candidates, heard, pointing
from helodoctor.steps.judging import announce, ask_dns, ask_own_address, assess, come_from, judge, look_here, look_in
from helodoctor.steps.proving import changes, hear, hear_sample, listen, proof, reread
from helodoctor.steps.reading import choose, is_proposed, prepared, read, take_part
from helodoctor.steps.trying import (
    add_trial,
    ask_way_out,
    attempt,
    likely_policy,
    practice_plan,
    practise,
    read_trial,
    trial_plan,
)

__all__ = [
    "add_trial",
    "announce",
    "answered",
    "ask_dns",
    "ask_new_name",
    "ask_own_address",
    "ask_way_out",
    "assess",
    "attempt",
    "attend",
    "candidates",
    "changes",
    "choose",
    "come_from",
    "compare",
    "hear",
    "hear_sample",
    "heard",
    "is_proposed",
    "judge",
    "likely_policy",
    "likely_system",
    "listen",
    "look_here",
    "look_in",
    "minutes_to_wait",
    "plan_fix",
    "pointing",
    "practice_plan",
    "practise",
    "prepared",
    "proof",
    "read",
    "read_trial",
    "reread",
    "stuck",
    "take_part",
    "tick",
    "trial_plan",
    "wait_for",
]
