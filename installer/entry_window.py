"""What the packed window starts with."""

import sys

from helodoctor_gui.start import main

if __name__ == "__main__":
    sys.exit(main())
