"""`python -m facelock` is the command line."""

import sys

from facelock.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
