"""HELO Doctor: is the name a mail server introduces itself with to blame, and how is it mended?"""

__version__ = "0.1.0"
