"""What the packed command line starts with; triage's helpers are started from the same file."""

import multiprocessing
import sys

from helodoctor.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
