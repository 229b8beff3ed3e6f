"""The window goes with the login session: it locks before the machine sleeps, and knows why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fake_session import FakeSession
from fakes_pages import Bench
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from facelock.core.leaving import Reason
from facelock.session.watch import Cause
from facelock.ui.lock_page import LockPage
from facelock.ui.settings_locking import LockingBody
from facelock.ui.shell import Shell


@pytest.fixture
def session() -> FakeSession:
    return FakeSession()


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path, session: FakeSession) -> Iterator[Bench]:
    made = Bench(qtbot, tmp_path, session=session)
    qtbot.waitUntil(lambda: session.is_listening, timeout=3000)  # after the first paint
    yield made
    made.close()


@pytest.mark.parametrize(
    ("cause", "reason"),
    [
        (Cause.LOCKED, Reason.SESSION_LOCKED),
        (Cause.LOCK_ASKED, Reason.SESSION_LOCKED),
        (Cause.SCREEN_SAVER, Reason.SESSION_LOCKED),
        (Cause.SLEEP, Reason.SLEEP),
        (Cause.LID, Reason.SLEEP),
        (Cause.SWITCHED, Reason.SWITCHED),
    ],
)
def test_it_is_locked_by_the_time_the_system_goes_on(
    bench: Bench, session: FakeSession, cause: Cause, reason: Reason
) -> None:
    bench.unlock()
    session.begin(cause)
    assert bench.access.unlocked_for is None
    assert isinstance(bench.window.page, LockPage)
    assert bench.window.locked_for is reason


def test_the_camera_rests_until_the_return_and_then_looks_at_once(
    bench: Bench, session: FakeSession
) -> None:
    eyes = bench.program.eyes
    bench.unlock()
    session.begin(Cause.SLEEP)
    page = bench.window.page
    assert isinstance(page, LockPage)
    assert not page.scan.is_active
    page.scan.begin()  # whoever wants it
    assert eyes.is_looking
    assert eyes._wanted() is None
    session.end(Cause.SLEEP)
    assert page.scan.is_active
    assert eyes._wanted() is not None


def test_a_lock_page_that_looks_already_rests_too(bench: Bench, session: FakeSession) -> None:
    assert bench.program.eyes.is_looking
    session.begin(Cause.LOCKED)
    assert bench.program.eyes._wanted() is None


@pytest.mark.parametrize(
    ("idle", "words"),
    [
        (None, "Lock when nobody has used the window for"),
        (5.0, "Lock when nobody has used the computer for"),
    ],
)
def test_the_settings_say_what_is_counted_and_what_else_locks(
    bench: Bench, session: FakeSession, idle: float | None, words: str
) -> None:
    session.idle = idle
    bench.unlock()
    body = LockingBody(bench.access, session)
    bench.qtbot.addWidget(body)
    texts = [label.text() for label in body.findChildren(QLabel)]
    assert words in texts
    assert body.choices[None].accessibleDescription() == words
    assert any("before the computer sleeps" in text for text in texts)


def test_the_settings_promise_nothing_where_no_system_tells(bench: Bench) -> None:
    bench.unlock()
    body = LockingBody(bench.access)
    bench.qtbot.addWidget(body)
    texts = " ".join(label.text() for label in body.findChildren(QLabel))
    assert "the window for" in texts
    assert "sleeps" not in texts


def test_the_settings_can_have_the_whole_session_locked(bench: Bench, session: FakeSession) -> None:
    lock = bench.program.session_lock
    assert lock is not None
    assert lock.lock_session is not None
    assert lock.lock_session()
    assert session.locks == 1


def test_the_return_alone_opens_nothing(bench: Bench, session: FakeSession) -> None:
    bench.unlock()
    session.begin(Cause.LOCKED)
    session.end(Cause.LOCKED)
    assert isinstance(bench.window.page, LockPage)


@pytest.mark.parametrize(
    "touch",
    [
        lambda window: QTest.keyClick(window, Qt.Key.Key_Shift),
        lambda window: QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(1, 1)),
    ],
)
def test_a_key_or_a_click_is_a_return_but_a_pointer_that_moves_is_none(
    bench: Bench, session: FakeSession, touch: Callable[[object], None]
) -> None:
    session.begin(Cause.LOCK_ASKED)
    QTest.mouseMove(bench.window, QPoint(5, 5))
    assert session.is_away
    touch(bench.window)
    assert not session.is_away
    bench.unlock()
    session.begin(Cause.LOCK_ASKED)  # and it goes on listening
    assert isinstance(bench.window.page, LockPage)


def test_a_use_of_another_program_counts_as_use(bench: Bench, session: FakeSession) -> None:
    bench.unlock()
    session.idle = 3.0
    bench.window.idle._timer.timeout.emit()
    assert isinstance(bench.window.page, Shell)
    session.idle = 10_000.0
    bench.window.idle._timer.timeout.emit()
    assert bench.window.locked_for is Reason.IDLE


def test_the_end_of_the_program_ends_the_listening(bench: Bench, session: FakeSession) -> None:
    bench.program.stop()
    assert not session.is_listening


def test_a_lock_page_that_cannot_be_made_does_not_leave_the_camera_on(
    bench: Bench, session: FakeSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.unlock()

    def no_page() -> LockPage:
        raise RuntimeError

    with monkeypatch.context() as patch, qtbot.captureExceptions() as told:
        patch.setattr(bench.window, "_pages", replace(bench.window._pages, lock=no_page))
        session.begin(Cause.SLEEP)
    assert [kind for kind, *_ in told] == [RuntimeError]
    assert bench.access.unlocked_for is None
    assert bench.program.eyes._held_off
