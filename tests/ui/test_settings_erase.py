"""Erasing everything from the window: confirmed twice, then all of it, and said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from functools import partial
from pathlib import Path

import pytest
from fakes_pages import CAMERAS, CHEAP, FakeThumbnails, in_use, made_up_in_use, no_camera
from fakes_ui import PASSPHRASE, FakeAccess, profile
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facelock.app import OpenStore, build
from facelock.core.errors import StoreInUse
from facelock.core.policy import Unlocked
from facelock.core.settings import Appearance, Settings
from facelock.desktop.capture_exclusion import Exclusion
from facelock.desktop.clock import SystemClock
from facelock.desktop.paths import Paths
from facelock.services.erasing import Erased, erase_everything
from facelock.services.loading import load_pipeline
from facelock.ui.capture_shield import CaptureShield, capture_words
from facelock.ui.confirm_passphrase import ConfirmPassphrase
from facelock.ui.outside import Outside
from facelock.ui.program import Program
from facelock.ui.settings_erase import EraseCard, EraseDialog
from facelock.ui.start import Start
from facelock.vault.key_files import prepare_keys
from facelock.vault.keyring import NoKeyring
from facelock.vault.store import ProfileStore


def _dialogs() -> list[EraseDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, EraseDialog)]


@pytest.fixture
def card(qtbot: QtBot) -> Iterator[tuple[EraseCard, FakeAccess, list[str]]]:
    access = FakeAccess(profiles=(profile("Mira", 1),), state=Unlocked(f"{1:032x}"))
    erased: list[str] = []
    made = EraseCard(access.as_access(), lambda: erased.append("all"))
    qtbot.addWidget(made)
    made.show()
    yield made, access, erased
    for dialog in made.findChildren(EraseDialog):
        dialog.reject()


def test_only_the_phrase_opens_the_button_and_only_the_button_erases(
    card: tuple[EraseCard, FakeAccess, list[str]], qtbot: QtBot
) -> None:
    made, _, erased = card
    made.button.click()
    (dialog,) = _dialogs()
    for typed in ("", "erase", "yes", "erase everything now"):
        dialog.edit.setText(typed)
        assert not dialog.go.isEnabled()
    dialog.edit.clear()
    QTest.keyClicks(dialog.edit, "erase everything")
    dialog.go.click()
    qtbot.waitUntil(lambda: erased == ["all"], timeout=2000)


def test_the_passphrase_comes_first(card: tuple[EraseCard, FakeAccess, list[str]]) -> None:
    made, access, erased = card
    access.is_confirmed = False
    made.button.click()
    assert _dialogs() == []
    (question,) = made.findChildren(ConfirmPassphrase)
    question.reject()
    assert erased == []


def test_a_lock_meanwhile_erases_nothing(
    card: tuple[EraseCard, FakeAccess, list[str]], qtbot: QtBot
) -> None:
    made, access, erased = card
    made.button.click()
    (dialog,) = _dialogs()
    dialog.edit.setText("erase everything")
    access.lock()
    dialog.go.click()
    QApplication.processEvents()
    assert erased == []


@pytest.fixture
def start_of(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Start[OpenStore]]]:
    made: list[Start[OpenStore]] = []

    def make(erase: Callable[[Paths], Erased]) -> Start[OpenStore]:
        paths = Paths.below(tmp_path / "home")
        store = ProfileStore.open(paths.store, NoKeyring(), demo=True, kdf_floor=CHEAP)
        mira = profile("Mira", 1)
        store.enrol(in_use(mira), prepare_keys(mira.profile_id, PASSPHRASE, kdf=CHEAP))
        opening: Future[OpenStore] = Future()
        opening.set_result(OpenStore(store, has_keyring=False))

        def build_on(opened: OpenStore) -> Program:
            outside = Outside(
                load_pipeline=load_pipeline,
                load_calibration=made_up_in_use,
                list_cameras=lambda: CAMERAS,
                open_camera=no_camera,
                live_pictures=FakeThumbnails,
                clock=SystemClock(),
                kdf=CHEAP,
            )
            return build(opened, paths, outside)

        start = Start(
            opening, build_on, Settings(Appearance.LIGHT), None, None, partial(erase, paths)
        )
        made.append(start)
        start._try()
        return start

    yield make
    for start in made:
        start._stop()
        start._waiting.close()
        start._waiting.deleteLater()
        start.deleteLater()


def test_the_window_ends_and_nothing_is_left(
    start_of: Callable[..., Start[OpenStore]], qtbot: QtBot, tmp_path: Path
) -> None:
    start = start_of(lambda paths: erase_everything(paths, NoKeyring()))
    assert (tmp_path / "home" / "data").is_dir()
    start.erase()
    qtbot.waitUntil(lambda: "is erased" in start._waiting.sentence.text(), timeout=10_000)
    assert list((tmp_path / "home").iterdir()) == []
    assert [type(one).__name__ for one in QApplication.topLevelWidgets() if one.isVisible()] == [
        "WaitingWindow"
    ]


def test_what_could_not_be_erased_is_said(
    start_of: Callable[..., Start[OpenStore]], qtbot: QtBot
) -> None:
    start = start_of(lambda paths: Erased(keyring_was_reached=False, left=(paths.data,)))
    start.erase()
    qtbot.waitUntil(lambda: "Not all" in start._waiting.sentence.text(), timeout=10_000)


def test_a_store_that_is_in_use_is_said(
    start_of: Callable[..., Start[OpenStore]], qtbot: QtBot
) -> None:
    def refused(paths: Paths) -> Erased:
        raise StoreInUse("a command has it")

    start = start_of(refused)
    start.erase()
    qtbot.waitUntil(lambda: "Nothing was" in start._waiting.sentence.text(), timeout=10_000)
    assert start._waiting.message.text


def test_every_new_window_is_kept_out_of_screenshots_where_that_works(qtbot: QtBot) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    asked: list[int] = []

    def shield(window: int) -> bool:
        asked.append(window)
        return True

    on, off = (
        CaptureShield(application, shield, here) for here in (Exclusion.WHOLE, Exclusion.NONE)
    )
    dialog = EraseDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    assert set(asked) == {int(dialog.winId())}  # the dialog, not each widget in it
    application.removeEventFilter(on)
    for one in (on, off):
        one.deleteLater()


@pytest.mark.parametrize("here", list(Exclusion))
def test_what_screenshots_show_is_said_in_words(here: Exclusion) -> None:
    words = capture_words(here)
    assert "screenshots" in words.lower()
    assert ("cannot" in words) is (here is Exclusion.NONE)
