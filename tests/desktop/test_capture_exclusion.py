"""Each system is asked in its own words, and nothing is claimed where there are none."""

from __future__ import annotations

import ctypes
from typing import Any

import pytest

from facelock.desktop import capture_exclusion
from facelock.desktop.capture_exclusion import Exclusion, exclude, exclusion_here


class FakeUser32:
    """Windows' part; an old Windows knows only one of the two affinities."""

    def __init__(self, *known: int) -> None:
        self.known, self.asked = known, []  # type: tuple[int, ...], list[tuple[int | None, int]]

    def SetWindowDisplayAffinity(self, window: ctypes.c_void_p, affinity: int) -> int:  # noqa: N802
        self.asked.append((window.value, affinity))
        return int(affinity in self.known)


class FakeObjc:
    """What macOS gets told: selector and argument of each message."""

    def __init__(self, window: int | None) -> None:
        self.said: list[tuple[int | None, int | None, int | None]] = []
        kind = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)

        def send(target: int | None, selector: int | None, number: int) -> int | None:
            self.said.append((target, selector, number if selector == 2 else None))
            return window

        self.objc_msgSend = kind(send)

    def sel_registerName(self, name: bytes) -> int:  # noqa: N802
        return {b"window": 1, b"setSharingType:": 2}[name]


@pytest.mark.parametrize(
    ("known", "agreed", "asked"),
    [
        ((0x11, 0x01), True, [(77, 0x11)]),
        ((0x01,), True, [(77, 0x11), (77, 0x01)]),
        ((), False, [(77, 0x11), (77, 0x01)]),
    ],
)
def test_windows_leaves_the_window_out_or_shows_it_black(
    monkeypatch: pytest.MonkeyPatch, known: tuple[int, ...], agreed: object, asked: list[Any]
) -> None:
    user32 = FakeUser32(*known)
    monkeypatch.setattr(capture_exclusion, "_user32", lambda: user32)
    assert exclude(77, "win32") is agreed
    assert user32.asked == asked


@pytest.mark.parametrize(("window", "agreed"), [(900, True), (None, False)])
def test_macos_is_asked_not_to_share_the_window(
    monkeypatch: pytest.MonkeyPatch, window: int | None, agreed: object
) -> None:
    objc = FakeObjc(window)
    monkeypatch.setattr(capture_exclusion, "_objc", lambda: objc)
    assert exclude(77, "darwin") is agreed
    assert objc.said == [(77, 1, None)] + ([(900, 2, 0)] if agreed else [])


def test_elsewhere_nothing_is_claimed() -> None:
    assert exclude(77, "linux") is False
    assert exclusion_here("linux") is Exclusion.NONE
    assert exclusion_here("win32") is Exclusion.WHOLE
    assert exclusion_here("darwin") is Exclusion.ASKED


def test_a_library_that_is_not_there_is_no_mishap(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise OSError("no such library")

    monkeypatch.setattr(capture_exclusion, "_objc", missing)
    assert exclude(77, "darwin") is False
