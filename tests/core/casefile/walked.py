"""A case as far as it can go: read, judged, tried twice, planned, heard."""

from __future__ import annotations

from msgspec.structs import replace

from helodoctor import steps
from helodoctor.bounce import diagnose_dialogue
from helodoctor.model import Announcement, Candidate, Case, Line, Stage, Target, Trial, TrialPlan, TrialVerdict, Wait

NEW_NAME = "mail.firma.example"
BOUNCE = """220 mta-gw1.infomaniak.ch ESMTP Infomaniak Network Mail Servers;
HELO www
250 mta-gw1.infomaniak.ch Hello, pleased to meet you
MAIL FROM: user123@infomaniak.ch
250 2.1.0 user123@infomaniak.ch... Sender ok
RCPT TO: user123@infomaniak.ch
550 5.7.1 user123@infomaniak.ch... Access denied - bogus HELO [1] ...
"""


def trial(name: str, verdict: TrialVerdict, reply: str) -> Trial:
    plan = TrialPlan(target=Target(host="127.0.0.1", port=2525, policy="infomaniak"), name=name)
    lines = (Line(0.1, "us", f"EHLO {name}", Stage.HELO), Line(0.25, "server", reply, Stage.RCPT))
    return Trial(
        plan=plan, verdict=verdict, dialogue=lines, reached=Stage.RCPT, reply_code=int(reply[:3]), reply_text=reply[4:],
        refused_at=None if verdict is TrialVerdict.ACCEPTED else Stage.RCPT, started="2026-11-23T12:00:00+00:00",
        diagnosis=diagnose_dialogue(lines, name),
    )  # fmt: skip


def walked(bounce: str = BOUNCE, system: str = "postfix", new_name: str = NEW_NAME) -> Case:
    """A case with something in every field."""
    case = steps.plan_fix(steps.judge(steps.read(Case(), bounce)), system, new_name)
    assert case.guide is not None
    return replace(
        case,
        candidates=(Candidate(name="www", source="file", where="main.cf", line=12, system="postfix"),),
        trials=(
            trial(case.name or "www", TrialVerdict.REFUSED, "550 5.7.1 bogus HELO [1]"),
            trial(new_name, TrialVerdict.ACCEPTED, "250 2.1.5 Recipient ok"),
        ),
        addresses=("203.0.113.9",),
        announcements=(Announcement(name=new_name, source="listener", time="2026-11-23T12:01:00+00:00"),),
        new_judgement=steps.assess(new_name, "203.0.113.9"),
        ticks=(case.guide.steps[0].id,),
        waits=(Wait(step=case.guide.steps[1].id, until="2026-11-23T18:40:00+00:00"),),
    )
