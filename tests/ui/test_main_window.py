"""Which page is shown when, and that nothing private exists while it is locked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes_pages import Bench
from fakes_ui import profile
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facelock.core.template import Profile
from facelock.ui.about_page import AboutPage
from facelock.ui.activity_page import ActivityPage
from facelock.ui.avatar import Avatar
from facelock.ui.compare_page import ComparePage
from facelock.ui.first_run import FirstRunPage
from facelock.ui.lock_page import LockPage
from facelock.ui.people_page import PeoplePage
from facelock.ui.person_card import PersonCard
from facelock.ui.settings_page import SettingsPage
from facelock.ui.shell import Shell
from facelock.ui.vault_list import VaultList
from facelock.ui.vault_note import TextField
from facelock.ui.vault_page import VaultPage
from facelock.ui.vault_room import VaultRoom

PRIVATE = (
    Shell,
    VaultPage,
    VaultRoom,
    VaultList,
    TextField,
    PeoplePage,
    PersonCard,
    Avatar,
    ComparePage,
    SettingsPage,
)


@pytest.fixture
def make(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Bench]]:
    made: list[Bench] = []

    def _make(**options: object) -> Bench:
        made.append(Bench(qtbot, tmp_path, **options))  # type: ignore[arg-type]
        return made[-1]

    yield _make
    for bench in made:
        bench.close()


def private_widgets() -> list[str]:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return [type(one).__name__ for one in QApplication.allWidgets() if isinstance(one, PRIVATE)]


def test_with_nobody_enrolled_it_begins_with_the_welcome(make: Callable[..., Bench]) -> None:
    assert isinstance(make(people=()).window.page, FirstRunPage)


def test_with_somebody_enrolled_it_begins_locked_and_builds_nothing_private(
    make: Callable[..., Bench],
) -> None:
    bench = make()
    assert isinstance(bench.window.page, LockPage)
    assert private_widgets() == []
    assert bench.window.windowTitle() == "Facelock"


def test_the_passphrase_field_has_the_focus_from_the_first_paint(
    make: Callable[..., Bench], qtbot: QtBot
) -> None:
    page = make().window.page
    assert isinstance(page, LockPage)
    qtbot.waitUntil(page.passphrase.edit.hasFocus, timeout=3000)


@pytest.mark.parametrize("people", [(), (profile("Mira", 1),)], ids=["welcome", "locked"])
def test_the_networks_load_once_the_window_is_painted(
    make: Callable[..., Bench], qtbot: QtBot, people: tuple[Profile, ...]
) -> None:
    eyes = make(people=people).program.eyes
    assert eyes.pipeline is None
    qtbot.waitUntil(lambda: eyes.pipeline is not None, timeout=20_000)


def test_the_passphrase_opens_the_vault(make: Callable[..., Bench]) -> None:
    bench = make()
    bench.unlock()
    assert isinstance(bench.shell.page, VaultPage)
    assert "Mira" in bench.shell.who.text()
    assert bench.window.windowTitle() == "Facelock"


def test_control_and_a_digit_changes_the_page(make: Callable[..., Bench], qtbot: QtBot) -> None:
    bench = make()
    bench.unlock()
    pages = (
        (Qt.Key.Key_2, PeoplePage),
        (Qt.Key.Key_3, ComparePage),
        (Qt.Key.Key_4, SettingsPage),
        (Qt.Key.Key_5, ActivityPage),
        (Qt.Key.Key_6, AboutPage),
        (Qt.Key.Key_1, VaultPage),
    )
    for key, kind in pages:
        bench.press(key)
        assert isinstance(bench.shell.page, kind)


def test_control_l_locks_and_tears_everything_down_dialogs_too(
    make: Callable[..., Bench], qtbot: QtBot
) -> None:
    bench = make()
    bench.unlock()
    for name in bench.shell.entry_names:
        bench.page(name)
    bench.forget_confirmation()
    people = bench.page("people")
    assert isinstance(people, PeoplePage)
    bench.press(Qt.Key.Key_L)
    assert isinstance(bench.window.page, LockPage)
    assert bench.access.unlocked_for is None
    assert private_widgets() == []


def test_locking_closes_an_open_question(make: Callable[..., Bench]) -> None:
    bench = make()
    bench.unlock()
    bench.forget_confirmation()
    people = bench.page("people")
    assert isinstance(people, PeoplePage)
    people.add_button.click()
    assert bench.dialogs()
    bench.window.lock()
    assert bench.dialogs() == []
    assert private_widgets() == []


def test_it_locks_when_nobody_uses_it(make: Callable[..., Bench]) -> None:
    bench = make()
    bench.unlock()
    bench.window.idle._timer.timeout.emit()  # what the timer does after five minutes
    assert isinstance(bench.window.page, LockPage)


def test_use_puts_the_idle_lock_off(make: Callable[..., Bench], qtbot: QtBot) -> None:
    bench = make()
    bench.unlock()
    timer = bench.window.idle._timer
    assert timer.interval() == 5 * 60 * 1000
    qtbot.waitUntil(lambda: timer.remainingTime() < timer.interval() - 200, timeout=3000)
    before = timer.remainingTime()
    QTest.keyClick(bench.window, Qt.Key.Key_Shift)
    assert timer.remainingTime() > before


def test_removing_the_one_inside_locks(make: Callable[..., Bench], qtbot: QtBot) -> None:
    bench = make(people=(profile("Mira", 1), profile("Ana", 2)))
    bench.unlock()
    people = bench.page("people")
    assert isinstance(people, PeoplePage)
    people.cards[0].remove_button.click()
    bench.confirm()
    qtbot.waitUntil(lambda: isinstance(bench.window.page, LockPage), timeout=3000)
    assert [one.name for one in bench.access.profiles] == ["Ana"]


def test_a_demo_says_so_behind_the_lock_too(make: Callable[..., Bench]) -> None:
    from facelock.ui.demo_badge import DemoBadge

    bench = make()
    bench.unlock()
    badge = bench.shell.findChild(DemoBadge)
    assert badge is not None
    assert badge.isVisible()


def test_the_lock_is_told_the_time_while_it_is_open_and_only_then(
    make: Callable[..., Bench], monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = make()
    told: list[bool] = []
    monkeypatch.setattr(bench.window._access, "tick", lambda: told.append(True))
    assert not bench.window._clock_watch.isActive()
    bench.unlock()
    assert bench.window._clock_watch.isActive()
    before = len(told)
    bench.window._clock_watch.timeout.emit()
    assert len(told) == before + 1
    bench.press(Qt.Key.Key_L)
    assert not bench.window._clock_watch.isActive()


def test_a_lock_page_that_cannot_be_made_leaves_nothing_open_on_the_screen(
    make: Callable[..., Bench], monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = make()
    bench.unlock()

    def no_page() -> LockPage:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(bench.window, "_pages", replace(bench.window._pages, lock=no_page))
        with pytest.raises(RuntimeError):
            bench.window.lock()
    assert bench.access.unlocked_for is None
    assert private_widgets() == []
    bench.window.refresh()
    assert isinstance(bench.window.page, LockPage)


def test_a_lock_that_goes_wrong_once_the_key_is_gone_shows_the_lock_page_all_the_same(
    make: Callable[..., Bench], monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = make()
    bench.unlock()
    lock = bench.access.lock

    def lock_and_fail() -> None:
        lock()
        raise ArithmeticError

    with monkeypatch.context() as patch:
        patch.setattr(bench.access, "lock", lock_and_fail)
        with pytest.raises(ArithmeticError):
            bench.window.lock()
    assert private_widgets() == []
    assert isinstance(bench.window.page, LockPage)
