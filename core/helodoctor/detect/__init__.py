"""Which name is configured: from a configuration's text, a command's output, a header, or this machine."""

from helodoctor.detect.detection import detect
from helodoctor.detect.machine import survey
from helodoctor.detect.settings import as_text

__all__ = ["as_text", "detect", "survey"]
