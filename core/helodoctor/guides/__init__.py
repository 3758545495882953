"""Fix guides: from a case to ordered steps with an actor, a command with the user's values, a check and an undo."""

from helodoctor.guides.engine import find_system, plan, systems
from helodoctor.guides.stuck import reasons
from helodoctor.knowledge.senders import Answer, System, questions

__all__ = ["Answer", "System", "find_system", "plan", "questions", "reasons", "systems"]
