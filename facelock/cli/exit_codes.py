"""What a command's exit code says. Scripts rely on these numbers: they never change meaning."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes. 64 and 70 are those of BSD's sysexits.h."""

    OK = 0  # done; matched; mated
    NO = 1  # the answer is no: no match, not mated, refused, something needs doing
    LOCKED_OUT = 2  # only the passphrase opens, for now or until it is entered
    NO_FACE = 3  # no camera, no usable face, or the camera or the store is in use
    NOT_ENROLLED = 4  # nobody is enrolled, or not the one named
    DEMO = 5  # a demo profile: it proves nothing, whatever matched
    USAGE = 64  # wrong usage
    INTERNAL = 70  # internal error, or Facelock's own files cannot be used
    INTERRUPTED = 130  # Ctrl+C, as shells report it
    BROKEN_PIPE = 141  # the reader of our output is gone, as shells report it
