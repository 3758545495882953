"""Case files: what ``.helocase`` holds, saving it safely, masking it, and the code that is read over the phone."""

from helodoctor.casefile.document import CaseFile, Note, Opened, decode, encode, new_file, stamped
from helodoctor.casefile.store import Saved, autosave, autosaved, open_file, save

__all__ = [
    "CaseFile",
    "Note",
    "Opened",
    "Saved",
    "autosave",
    "autosaved",
    "decode",
    "encode",
    "new_file",
    "open_file",
    "save",
    "stamped",
]
