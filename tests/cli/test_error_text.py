"""The sentences of the command line."""

from __future__ import annotations

import pytest

from facelock.cli.error_text import explain
from facelock.cli.exit_codes import Exit
from facelock.core import errors

ALL = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type)
    and issubclass(kind, errors.FacelockError)
    and kind is not errors.FacelockError
]


@pytest.mark.parametrize("kind", ALL)
def test_every_error_has_its_own_sentence(kind: type[errors.FacelockError]) -> None:
    sentence, code = explain(kind("for the log"))
    assert "Something went wrong" not in sentence
    assert code in Exit
    assert code != Exit.OK


def test_only_errors_about_given_files_repeat_their_text() -> None:
    assert "a.jpg: no face" in explain(errors.NoUsableFace("a.jpg: no face"))[0]
    assert "/secret/path" not in explain(errors.StoreDamaged("/secret/path"))[0]
