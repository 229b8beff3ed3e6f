"""How much memory is free is asked of the system, and nobody's answer is made up."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from facelock.desktop import memory
from facelock.desktop.memory import available_memory

pytestmark = pytest.mark.skipif("sys.platform == 'win32'")


def test_linux_says_what_it_could_give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "meminfo"
    told.write_text("MemTotal:  2000 kB\nMemFree:  5 kB\nMemAvailable:   1024 kB\n", "ascii")
    monkeypatch.setattr(memory, "_MEMINFO", told)
    assert available_memory() == 1024 * 1024


def test_elsewhere_half_of_all_stands_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "_MEMINFO", tmp_path / "none")
    sizes = {"SC_PHYS_PAGES": 1000, "SC_PAGE_SIZE": 4096}
    monkeypatch.setattr(os, "sysconf", sizes.__getitem__)
    assert available_memory() == 2_048_000


def test_where_nobody_says_nothing_is_claimed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(name: str) -> int:
        raise ValueError(name)

    monkeypatch.setattr(memory, "_MEMINFO", tmp_path / "none")
    monkeypatch.setattr(os, "sysconf", unknown)
    assert available_memory() is None
