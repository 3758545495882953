"""Which name is configured: from a configuration's text, a command's output, a header, or this machine."""

from helodoctor.detect.detection import detect
from helodoctor.detect.machine import survey

__all__ = ["detect", "survey"]
