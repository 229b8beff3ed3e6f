"""The log: a rotating file of mode 0600 that never holds what must stay private.

Threat-model row 20: no embeddings, scores, pictures, passphrases or keys. Code does not log them;
`PrivacyFilter` is the net below it: a record that carries an array or bytes loses its arguments.
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Mapping
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

import numpy as np

from facelock.core.atomic_file import private_folder

_MAX_BYTES = 512 * 1024
_KEPT = 3  # older files
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_PRIVATE = (np.ndarray, np.generic, bytes, bytearray, memoryview)
_DEEPEST = 4  # levels of tuples, lists and dicts looked into


class PrivacyFilter(logging.Filter):
    """Withholds the arguments of records that carry arrays or bytes; the record itself stays.

    It looks at values, not at text: whoever formats a secret into a string first gets past it.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Return True always; empties the record if it must."""
        if _is_private(record.msg) or _is_private(record.args):
            record.msg = f"withheld: a record with private values ({record.funcName})"
            record.args = ()
        return True


def _is_private(value: object, depth: int = 0) -> bool:
    if isinstance(value, _PRIVATE):
        return True
    if isinstance(value, Mapping):
        value = (*value.keys(), *value.values())
    if isinstance(value, tuple | list | set | frozenset):
        # Deeper than anything worth logging: withheld rather than searched.
        return depth >= _DEEPEST or any(_is_private(part, depth + 1) for part in value)
    return False


class _PrivateFileHandler(RotatingFileHandler):
    """Opens its file with mode 0600 from the first byte, after each rotation too."""

    def _open(self) -> TextIOWrapper:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(self.baseFilename, flags, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8")


def open_log(path: Path, level: int = logging.INFO) -> logging.Handler | None:
    """Log everything of `level` and above into `path`; return the handler, for `close_log`.

    Returns None where the log cannot be written (read-only home, full disk): the lock works
    without one, and the caller may say so.
    """
    try:
        private_folder(path.parent)
        handler = _PrivateFileHandler(
            path, maxBytes=_MAX_BYTES, backupCount=_KEPT, encoding="utf-8"
        )
    except OSError:
        return None
    handler.setFormatter(logging.Formatter(_FORMAT))
    handler.addFilter(PrivacyFilter())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(min(level, root.level or level))
    # A full disk must not print tracebacks over the terminal, nor tell anybody what was logged.
    logging.raiseExceptions = False
    return handler


def close_log(handler: logging.Handler) -> None:
    """Stop logging into it. What a full disk has no room for is dropped."""
    logging.getLogger().removeHandler(handler)
    with contextlib.suppress(OSError):
        handler.close()
