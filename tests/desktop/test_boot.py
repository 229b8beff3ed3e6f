"""The boot is named where the system names it; where it does not, it is not known."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from facelock.desktop import boot
from facelock.desktop.clock import SystemClock


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads Linux's /proc")
def test_linux_names_its_boot_and_always_the_same() -> None:
    found = boot.boot_id()
    assert len(found) == 36
    assert SystemClock().boot_id() == boot.boot_id() == found


@pytest.mark.parametrize("content", [b"", b"not a uuid!", b"\xff\xfe", b"a" * 65])
def test_a_boot_that_cannot_be_named_is_not_known(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "boot_id").write_bytes(content)
    monkeypatch.setattr(boot, "_LINUX_BOOT_ID", tmp_path / "boot_id")
    assert boot.boot_id("linux") == ""
    monkeypatch.setattr(boot, "_LINUX_BOOT_ID", tmp_path / "absent")
    assert boot.boot_id("linux") == ""


def test_a_system_that_is_not_known_names_no_boot() -> None:
    assert boot.boot_id("plan9") == ""
    if sys.platform == "linux":
        assert boot.boot_id("darwin") == boot.boot_id("win32") == ""
