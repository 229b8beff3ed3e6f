"""Functions of a system's libraries, called through ctypes."""

from __future__ import annotations

from typing import Any


def declare(function: Any, result: Any, *arguments: Any) -> None:  # noqa: ANN401 - of a library
    """Say what a function takes and gives: ctypes cuts pointers to 32 bits where nobody does."""
    function.restype = result
    function.argtypes = list(arguments)
