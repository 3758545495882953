"""Fix guides: from a case to ordered steps with an actor, a command with the user's values, a check and an undo."""

from helodoctor.guides.engine import find_system, plan, systems
from helodoctor.knowledge.senders import System

__all__ = ["System", "find_system", "plan", "systems"]
