"""The power goes, or the disk fails, at a chosen one of the calls that touch the disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


class Killed(BaseException):
    """The process is gone; nothing after it is done."""


CALLS = ((os, "open"), (os, "write"), (os, "fsync"), (os, "replace"), (os, "close"))
PATHS = ("replace", "unlink", "chmod", "mkdir")


class Power:
    """Counts the calls that touch the disk, and fails at one of them, or from it on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int, error: BaseException) -> None:
        self.calls = 0
        self._at, self._error = at, error
        for module, name in CALLS:
            monkeypatch.setattr(module, name, self._watched(getattr(module, name)))
        for name in PATHS:
            monkeypatch.setattr(Path, name, self._watched(getattr(Path, name)))

    def _watched(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
            self.calls += 1
            gone = isinstance(self._error, Killed) and self.calls > self._at
            if gone and call.__name__ != "close":
                raise self._error
            if self.calls == self._at + 1 and call.__name__ != "close":
                raise self._error
            return call(*args, **kwargs)

        return watched
