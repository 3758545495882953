"""The command line: one thin module per command, loaded only when it is called (see ``contract.md``)."""

from helodoctor.cli.main import main

__all__ = ["main"]
