"""Whatever an item is called, its file is a plain one, in the folder chosen, on every system."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facelock.vault.item_names import (
    MAX_NAME_CHARACTERS,
    clean_name,
    file_name,
    folded,
    marked,
    numbered,
)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("holiday.jpg", "holiday.jpg"),
        ("../../x", ".._.._x"),
        ("..", "Unnamed"),
        (".", "Unnamed"),
        ("", "Unnamed"),
        (" \t\n", "Unnamed"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("Lpt¹ .txt", "_Lpt¹ .txt"),
        ("console.txt", "console.txt"),
        ("trailing. . ", "trailing"),
        ("a:b*c?d", "a_b_c_d"),
        ("back\\slash", "back_slash"),
        ("pdf\u202eexe.fdp", "pdfexe.fdp"),
        ("bell\x07\x7f.txt", "bell.txt"),
        (".bashrc", ".bashrc"),
        ("lone\udcffbyte", "lone_byte"),
        ("archive.tar.gz", "archive.tar.gz"),
        ("no ending. but a long sentence after", "no ending. but a long sentence after"),
    ],
)
def test_names_become_harmless_file_names(name: str, file: str) -> None:
    assert file_name(name) == file


def test_a_long_name_keeps_its_ending() -> None:
    assert file_name("ü" * 300 + ".pdf").endswith("ü")  # cut to 255 characters with the index
    short = file_name("ü" * 250 + ".pdf")
    assert short.endswith("ü.pdf")
    assert len(short.encode()) <= 200


def test_numbers_stand_before_the_ending() -> None:
    free = numbered("a.txt")
    assert [next(free) for _ in range(3)] == ["a.txt", "a (2).txt", "a (3).txt"]
    assert len(list(numbered("a"))) == 9_999
    assert marked(".bashrc", "x") == ".bashrc (x)"


@given(st.text())
def test_no_name_leaves_its_folder(name: str) -> None:
    kept, file = clean_name(name), file_name(name)
    assert unicodedata.is_normalized("NFC", kept)
    assert 1 <= len(kept) <= MAX_NAME_CHARACTERS
    assert clean_name(kept) == kept
    for one in (kept, file):
        assert not set(one) & set("/\\\0\n")
    assert not set(file) & set('<>:"|?*')
    assert file.strip(". ")
    assert not file.endswith((".", " "))
    assert len(file.encode()) <= 210
    folded(name)
