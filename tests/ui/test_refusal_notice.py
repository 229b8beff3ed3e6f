"""Failed attempts are told outside the window: how many, once a minute at most, and no name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import cast

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facelock.core.activity import Happening
from facelock.core.settings import Settings
from facelock.services.activity import ActivityJournal
from facelock.ui.preferences import Preferences
from facelock.ui.refusal_notice import RefusalNotice


class Bench:
    """A journal that is heard, and what was said."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.is_open = False
        self.heard: Callable[[Happening], None] | None = None
        self.preferences = Preferences(Settings(), lambda _settings: None)
        self.said: list[str] = []
        self.notice = RefusalNotice(
            cast("ActivityJournal", self),
            self.preferences,
            lambda: self.is_open,
            lambda: self.time,
        )
        self.notice.wanted.connect(self.said.append)

    def listen(self, heard: Callable[[Happening], None] | None) -> None:
        self.heard = heard

    def happens(self, *what: Happening) -> None:
        for one in what:
            assert self.heard is not None
            self.heard(one)

    def waits(self, seconds: float) -> None:
        """Let time pass, at whose end the notice's timer would ring."""
        self.time += seconds
        self.notice.tell()


@pytest.fixture
def bench(qapp: QApplication) -> Iterator[Bench]:
    made = Bench()
    yield made
    made.notice.stop()


def test_what_failed_is_counted_and_told_once(bench: Bench) -> None:
    bench.happens(Happening.LOCKED, Happening.FACE_REFUSED, Happening.FACE_PATH_GONE)
    bench.waits(1.0)
    bench.waits(100.0)
    assert len(bench.said) == 1
    assert "one failed attempt" in bench.said[0]


def test_more_within_a_minute_wait_for_its_end(bench: Bench) -> None:
    bench.happens(Happening.ATTACK_REFUSED)
    bench.waits(1.0)
    bench.happens(Happening.PASSPHRASE_REFUSED)
    bench.waits(30.0)
    bench.happens(Happening.PASSPHRASE_REFUSED)
    bench.waits(29.0)
    assert len(bench.said) == 1
    bench.waits(1.0)
    assert len(bench.said) == 2
    assert "3 failed attempts" in bench.said[1]


@pytest.mark.parametrize(
    "entered",
    [
        Happening.UNLOCKED_BY_FACE,
        Happening.UNLOCKED_BY_PASSPHRASE,
        Happening.UNLOCKED_BY_RECOVERY_KEY,
    ],
)
def test_an_unlock_ends_the_count(bench: Bench, entered: Happening) -> None:
    bench.happens(Happening.FACE_REFUSED, entered)
    bench.waits(5.0)
    bench.happens(Happening.LOCKED)
    bench.waits(100.0)
    assert bench.said == []
    assert bench.notice.count == 0


def test_a_wrong_passphrase_of_whoever_is_inside_is_not_told(bench: Bench) -> None:
    bench.is_open = True
    bench.happens(Happening.PASSPHRASE_REFUSED)
    bench.waits(1.0)
    bench.is_open = False
    bench.waits(1.0)
    assert bench.said == []


def test_whoever_wants_no_notices_gets_none(bench: Bench) -> None:
    bench.preferences.replace(replace(Settings(), notices=False))
    bench.happens(Happening.FACE_REFUSED)
    bench.waits(1.0)
    assert bench.said == []
    assert bench.notice.count == 1


def test_nothing_else_is_a_failed_attempt(bench: Bench) -> None:
    others = set(Happening) - {
        Happening.FACE_REFUSED,
        Happening.ATTACK_REFUSED,
        Happening.PASSPHRASE_REFUSED,
    }
    bench.happens(*others)
    assert bench.notice.count == 0


def test_it_hears_what_another_thread_notes(bench: Bench, qtbot: QtBot) -> None:
    class Other(QThread):
        def run(self) -> None:
            bench.happens(Happening.FACE_REFUSED)

    thread = Other()
    thread.start()
    assert thread.wait(2000)
    assert bench.notice.count == 0  # not in that thread
    qtbot.waitUntil(lambda: bench.notice.count == 1, timeout=2000)


def test_once_stopped_it_hears_nothing(bench: Bench) -> None:
    bench.happens(Happening.FACE_REFUSED)
    bench.notice.stop()
    assert bench.heard is None
