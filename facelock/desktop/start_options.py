"""The options that `facelock-gui` knows, of which most are for measuring. None opens the lock."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from facelock.desktop.autostart import MINIMISED

EXIT_USAGE = 64


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Exit with the code for wrong usage that every Facelock command has."""
        self.print_usage(sys.stderr)
        self.exit(EXIT_USAGE, f"{self.prog}: {message}\n")


def start_options(argv: Sequence[str] | None) -> argparse.Namespace:
    """Return what was asked for; None: on the command line. Exits if it is not understood."""
    parser = _Parser(
        prog="facelock-gui",
        description="Facelock's window. The command line is `facelock`.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--demo",
        action="store_true",
        help="the whole program on built-in faces and a simulated camera, kept nowhere",
    )
    parser.add_argument(
        MINIMISED,
        action="store_true",
        help="begin locked and out of sight: in the tray, or minimised where there is none",
    )
    # For `facelock bench`: a demo store made before, and what to measure on it.
    parser.add_argument("--demo-folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--exit-after-first-paint", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--exit-after-scanning", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--time-visits", type=int, default=0, help=argparse.SUPPRESS)
    return parser.parse_args(argv)
