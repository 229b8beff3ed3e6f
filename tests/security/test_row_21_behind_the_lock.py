"""Threat-model row 21: every entrance while it is locked leads to the lock, and to nothing else."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes_pages import Bench
from fakes_ui import profile
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

import facelock
from facelock import app
from facelock.core.activity import Happening
from facelock.desktop.lock_request import LockRequest
from facelock.desktop.start_options import EXIT_USAGE
from facelock.ui.entrances import Entrances
from facelock.ui.lock_page import LockPage
from facelock.ui.shell import Shell
from facelock.ui.tray import Tray

pytestmark = pytest.mark.security

PACKAGE = Path(facelock.__file__).parent
NAME = "Mira Underhill"
"""Of the person enrolled; private pages show it."""

MAY_EXIST_LOCKED = {
    *(
        "app_mark",
        "avatar",
        "camera_sign",
        "card",
        "countdown",
        "demo_badge",
        "demo_stage",
        "face_outline",
        "icon_button",
    ),
    *("lock_page", "lock_sight", "main_window", "message_bar", "passphrase_field", "preview_ring"),
    *("push_button", "text_labels", "turning_row", "who_choice", "wrapping_text"),
}
"""Modules of widgets that are made before the unlock; everything else is private by default."""


@pytest.fixture
def make(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Bench]]:
    made: list[Bench] = []

    def build(**options: object) -> Bench:
        options.setdefault("people", (profile(NAME, 1), profile("Ana", 2)))
        made.append(Bench(qtbot, tmp_path / "home", **options))  # type: ignore[arg-type]
        return made[-1]

    yield build
    for bench in made:
        bench.close()


def private_widgets(bench: Bench) -> list[str]:
    """Return every widget of ours, anywhere, that has no business behind the lock."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    ours = (one for one in QApplication.allWidgets() if type(one).__module__.startswith("facelock"))
    return sorted(
        type(one).__name__
        for one in ours
        if type(one).__module__.rpartition(".")[2] not in MAY_EXIST_LOCKED
    )


def is_locked(bench: Bench) -> bool:
    return (
        bench.access.unlocked_for is None
        and isinstance(bench.window.page, LockPage)
        and private_widgets(bench) == []
        and not [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog)]
    )


def test_nothing_private_is_built_before_the_unlock(make: Callable[..., Bench]) -> None:
    assert is_locked(make())


def test_every_page_and_dialog_is_gone_after_the_lock(make: Callable[..., Bench]) -> None:
    bench = make()
    bench.unlock()
    assert private_widgets(bench) != []  # the walk does see them
    for name in bench.shell.entry_names:
        bench.page(name)
    bench.program.open_wizard()
    bench.window.lock()
    assert is_locked(bench)


@pytest.mark.parametrize("modifier", ["ControlModifier", "AltModifier", "MetaModifier"])
def test_no_shortcut_leads_past_the_lock(make: Callable[..., Bench], modifier: str) -> None:
    bench = make()
    held = Qt.KeyboardModifier[modifier]
    keys = [*range(Qt.Key.Key_0.value, Qt.Key.Key_9.value + 1)]
    keys += [*range(Qt.Key.Key_A.value, Qt.Key.Key_Z.value + 1)]
    keys += [*range(Qt.Key.Key_F1.value, Qt.Key.Key_F12.value + 1)]
    for key in keys:
        QTest.keyClick(bench.window, Qt.Key(key), held)
        QTest.keyClick(bench.window, Qt.Key(key), held | Qt.KeyboardModifier.ShiftModifier)
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Menu, Qt.Key.Key_Help):
        QTest.keyClick(bench.window, key)
    assert is_locked(bench)


def test_a_file_dropped_on_the_lock_goes_nowhere(
    make: Callable[..., Bench], tmp_path: Path
) -> None:
    bench = make()
    (tmp_path / "letter.txt").write_text("dear", "utf-8")
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(tmp_path / "letter.txt"))])
    dropped.setText("dear")
    dropped.setImageData(None)
    for target in (bench.window, *bench.window.findChildren(QWidget)):
        event = QDropEvent(
            QPointF(QPoint(5, 5)),
            Qt.DropAction.CopyAction,
            dropped,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        event.ignore()
        QApplication.sendEvent(target, event)
        takes_text = target.inherits("QLineEdit")  # the passphrase may be dropped as text
        assert takes_text or not event.isAccepted(), type(target).__name__
    assert is_locked(bench)
    assert not list(bench.paths.vaults.glob("**/*.age")) if bench.paths.vaults.exists() else True


@pytest.mark.parametrize("argument", ["letter.txt", "--unlock", "--profile=Mira", "facelock://x"])
def test_the_window_takes_no_file_and_no_link_on_its_command_line(
    argument: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        app.main([argument])
    assert stopped.value.code == EXIT_USAGE


def test_a_file_that_the_system_hands_over_is_not_opened(
    make: Callable[..., Bench], tmp_path: Path
) -> None:
    from PySide6.QtGui import QFileOpenEvent

    bench = make()
    event = QFileOpenEvent(QUrl.fromLocalFile(str(tmp_path / "letter.txt")))
    application = QApplication.instance()
    assert application is not None
    QApplication.sendEvent(application, event)
    assert is_locked(bench)


def test_a_second_start_shows_the_lock_and_a_request_can_only_lock(
    make: Callable[..., Bench], qtbot: QtBot, tmp_path: Path
) -> None:
    bench = make()
    shown: list[bool] = []
    entrances = Entrances(tmp_path / "s", lambda _first: None)
    entrances.open(lambda: shown.append(True), bench.window.lock)
    request = LockRequest(tmp_path / "s")
    request.put()
    qtbot.waitUntil(lambda: not request.is_there, timeout=3000)
    assert is_locked(bench)
    bench.unlock()
    assert isinstance(bench.window.page, Shell)
    request.put()
    qtbot.waitUntil(lambda: not request.is_there, timeout=3000)
    assert is_locked(bench)
    assert shown == []
    entrances.close()


def test_one_module_makes_a_tray_and_none_a_jump_list() -> None:
    """Another entrance needs another test that it leads to the lock."""
    assert importers("QSystemTrayIcon", "QWinJumpList") == {"ui/tray.py"}


def test_the_bus_is_listened_to_and_nothing_is_offered_there() -> None:
    """What others may call would be an entrance."""
    assert {one.partition("/")[0] for one in importers("QDBusConnection")} <= {"session"}
    offers = {"registerObject", "registerService", "registerVirtualObject", "QDBusAbstractAdaptor"}
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not any(word in text for word in offers), path.name


def importers(*names: str) -> set[str]:
    return {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and set(names) & {one.name for one in node.names}
    }


def in_the_tray(make: Callable[..., Bench]) -> tuple[Bench, Tray]:
    bench = make(has_tray=lambda: True)
    now = bench.program.preferences.current
    bench.program.preferences.replace(replace(now, keep_in_tray=True))
    bench.program.in_tray.look()
    tray = bench.program.in_tray.tray
    assert tray is not None
    return bench, tray


def test_hidden_in_the_tray_it_is_locked_and_no_click_there_opens_it(
    make: Callable[..., Bench],
) -> None:
    bench, tray = in_the_tray(make)
    bench.unlock()
    for name in bench.shell.entry_names:
        bench.page(name)
    bench.program.open_wizard()
    bench.window.close()
    assert not bench.window.isVisible()
    assert is_locked(bench)
    for click in QSystemTrayIcon.ActivationReason:
        bench.window.hide()
        tray.icon.activated.emit(click)
        assert is_locked(bench)
    tray.icon.messageClicked.emit()
    assert bench.window.isVisible()
    assert is_locked(bench)
    for action in (tray.show_action, tray.lock_action):
        action.trigger()
        assert is_locked(bench)


def test_the_tray_offers_three_things_and_names_nobody(make: Callable[..., Bench]) -> None:
    bench, tray = in_the_tray(make)
    told: list[str] = []
    tray.told.connect(told.append)
    bench.unlock()
    texts = [one.text() for one in tray.menu.actions() if not one.isSeparator()]
    assert texts == ["Show Facelock", "Lock now", "Quit"]
    shown = tray.icon.toolTip()
    bench.window.close()
    journal = bench.program.activity.journal
    for _ in range(3):
        journal.note(Happening.PASSPHRASE_REFUSED, bench.access.people[0].profile_id)
    bench.program.in_tray.notice.tell()
    assert any("3 failed attempts" in one for one in told)
    assert NAME not in " ".join((*told, shown, tray.icon.toolTip(), tray.menu.title()))


def test_the_clipboard_and_the_accessible_names_tell_nothing_private(
    make: Callable[..., Bench],
) -> None:
    bench = make(people=(profile(NAME, 1),))
    bench.unlock()
    bench.window.lock()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    kept = [one for one in QApplication.allWidgets() if isinstance(one, Shell)]
    assert kept == []
    assert NAME not in QApplication.clipboard().text()
    assert NAME not in bench.window.windowTitle() + bench.window.accessibleName()
