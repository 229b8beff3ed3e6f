"""Questions to the person at the terminal; answers may also come through a pipe, line by line.

Asked on standard error, so that standard output holds the report alone.
"""

from __future__ import annotations

import sys

from facelock.core.errors import Cancelled


def ask(question: str) -> str:
    """Return what is answered, without blanks around it. Raises Cancelled at the end of input."""
    print(f"{question} ", end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        raise Cancelled
    return line.strip()


def ask_passphrase(question: str) -> str:
    """Return a passphrase, not shown while it is typed. Raises Cancelled at the end of input."""
    if not sys.stdin.isatty():
        print(f"{question} ", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line:
            raise Cancelled
        return line.rstrip("\r\n")
    from getpass import getpass

    try:
        return getpass(f"{question} ")
    except EOFError:
        raise Cancelled from None
