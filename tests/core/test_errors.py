"""The tree in the docstring is the tree of the classes."""

from __future__ import annotations

import inspect
import re

from facelock.core import errors
from facelock.core.errors import Cancelled, FacelockError

CLASSES = {
    name: one
    for name, one in inspect.getmembers(errors, inspect.isclass)
    if issubclass(one, Exception)
}


def drawn() -> dict[str, str]:
    """Return each class's parent as the docstring draws it."""
    parents: dict[str, str] = {}
    branch = ""
    for line in (errors.__doc__ or "").splitlines():
        names = re.findall(r"\b[A-Z][a-z]+(?:[A-Z][a-z]+)*\b", line)
        if line.startswith(("├", "└")):
            branch = names[0]
            parents[branch] = "FacelockError"
            leaves = names[1:]
        elif line.startswith("│"):
            leaves = names
        else:
            continue
        parents |= dict.fromkeys(leaves, branch)
    return parents


def test_the_docstring_draws_the_tree_that_is_there() -> None:
    built = {
        name: one.__mro__[1].__name__
        for name, one in CLASSES.items()
        if one not in (FacelockError, Cancelled)
    }
    assert drawn() == built


def test_a_wish_to_stop_is_no_error_to_be_shown() -> None:
    assert not issubclass(Cancelled, FacelockError)
    assert FacelockError.__mro__[1] is Exception


def test_every_error_says_what_it_means() -> None:
    assert all(one.__doc__ for one in CLASSES.values())
