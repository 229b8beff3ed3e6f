"""The vault page in use: a real vault, the hands of a person, and the lock in between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes_pages import Bench, Make
from fakes_ui import PASSPHRASE
from fakes_vault import FakeDesk
from page_walk import check, in_all_types
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from facelock.core.errors import StoreDamaged, VaultUnwritable
from facelock.ui.confirm_passphrase import ConfirmPassphrase
from facelock.ui.icon_button import IconButton
from facelock.ui.lock_page import LockPage
from facelock.ui.text_labels import TextLabel
from facelock.ui.vault_ask import VaultQuestion
from facelock.ui.vault_drag import DragFolder, DraggedItems
from facelock.ui.vault_page import VaultPage
from facelock.ui.vault_room import VaultRoom

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[FakeDesk]:
    made = FakeDesk(tmp_path / "vault")
    yield made
    made.close()


@pytest.fixture
def page(desk: FakeDesk, qtbot: QtBot, tmp_path: Path) -> VaultPage:
    return shown(desk, qtbot, tmp_path)


def shown(desk: FakeDesk, qtbot: QtBot, tmp_path: Path, *, lost: bool = False) -> VaultPage:
    made = VaultPage(
        desk.access.as_access(),
        desk.as_desk(),
        DragFolder(tmp_path / "dragged"),
        note_was_lost=lost,
    )
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=3000)
    return made


def room_of(page: VaultPage) -> VaultRoom:
    assert page.room is not None
    return page.room


def names(page: VaultPage) -> list[str]:
    model = room_of(page).list.model()
    return [str(model.data(model.index(row, 0))) for row in range(model.rowCount())]


def the(kind: type[QWidget]) -> list[QWidget]:
    return [
        one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()
    ]


def confirm() -> None:
    (dialog,) = the(ConfirmPassphrase)
    assert isinstance(dialog, ConfirmPassphrase)
    QTest.keyClicks(dialog.field.edit, PASSPHRASE)
    QTest.keyClick(dialog.field.edit, Qt.Key.Key_Return)


def drop(page: QWidget, data: QMimeData) -> QDragEnterEvent:
    """Drag something over a widget and let go; return the first event."""
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, buttons, keys)
    enter.ignore()
    QApplication.sendEvent(page, enter)
    if enter.isAccepted():
        let_go = QDropEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, buttons, keys)
        QApplication.sendEvent(page, let_go)
    return enter


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_an_empty_vault_says_what_to_do(page: VaultPage) -> None:
    room = room_of(page)
    assert room.empty.isVisible()
    assert not room.list.isVisible()
    texts = " ".join(label.text() for label in room.empty.findChildren(TextLabel))
    assert "Drop files here" in texts


def test_dropped_files_are_added_and_the_originals_are_spoken_of(
    page: VaultPage, desk: FakeDesk, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "b.txt").write_text("b")
    assert drop(page.viewport(), files(tmp_path / "a.txt", tmp_path / "b.txt")).isAccepted()
    qtbot.waitUntil(lambda: "2 added" in room_of(page).message.text, timeout=5000)
    assert "delete them yourself" in room_of(page).message.text
    assert sorted(names(page)) == ["a.txt", "b.txt"]
    assert (tmp_path / "a.txt").exists()
    assert not page._sign.isVisible()


def test_a_folder_is_counted_and_asked_about(page: VaultPage, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text("x")
    page.taking.take_paths([folder])
    qtbot.waitUntil(lambda: bool(the(VaultQuestion)), timeout=5000)
    (question,) = the(VaultQuestion)
    assert isinstance(question, VaultQuestion)
    assert "3 files" in question.words.text()
    assert names(page) == []
    question.go.click()
    qtbot.waitUntil(lambda: len(names(page)) == 3, timeout=5000)


def test_a_new_note_is_typed_saved_and_called_by_its_first_line(
    page: VaultPage, desk: FakeDesk, qtbot: QtBot
) -> None:
    QTest.keyClick(page, Qt.Key.Key_N, CONTROL)
    note = room_of(page).preview.note
    qtbot.waitUntil(note.field.hasFocus, timeout=5000)
    QTest.keyClicks(note.field, "Bank codes")
    assert note.state.text() == "Not saved yet"
    QTest.keyClick(note.field, Qt.Key.Key_S, CONTROL)
    assert note.state.text() == "Saved, encrypted"
    assert names(page) == ["Bank codes"]
    (item,) = desk.open().items
    assert desk.open().read(item.item_id, limit=100) == b"Bank codes"


def test_leaving_a_note_saves_it(page: VaultPage, desk: FakeDesk, qtbot: QtBot) -> None:
    one, two = (desk.open().add_note(name, name) for name in ("one", "two"))
    room = room_of(page)
    room.refresh()
    room.list.choose([one.item_id])
    qtbot.waitUntil(lambda: room.preview.note.item_id == one.item_id, timeout=5000)
    QTest.keyClicks(room.preview.note.field, "more ")
    room.list.choose([two.item_id])
    qtbot.waitUntil(lambda: room.preview.note.item_id == two.item_id, timeout=5000)
    assert desk.open().read(one.item_id, limit=100) == b"more one"


def test_a_note_that_cannot_be_saved_stays_on_screen_and_says_so(
    page: VaultPage, desk: FakeDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = (desk.open().add_note(name, name) for name in ("one", "two"))
    room = room_of(page)
    room.refresh()
    room.list.choose([one.item_id])
    note = room.preview.note
    qtbot.waitUntil(lambda: note.item_id == one.item_id, timeout=5000)
    QTest.keyClicks(note.field, "more ")

    def full(item_id: str, text: str) -> None:
        raise VaultUnwritable("full disk")

    monkeypatch.setattr(desk.open(), "change_note", full)
    room.list.choose([two.item_id])
    assert "not saved" in note.message.text
    assert note.field.toPlainText() == "more one"
    assert [item.item_id for item in room.chosen] == [one.item_id]
    assert page.leave() is False


def test_text_and_pictures_are_pasted(page: VaultPage, desk: FakeDesk, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("a thought\nand more")
    QTest.keyClick(page, Qt.Key.Key_V, CONTROL)
    qtbot.waitUntil(lambda: names(page) == ["a thought"], timeout=5000)
    QGuiApplication.clipboard().setImage(QImage(20, 10, QImage.Format.Format_RGB32))
    page.paste_button.click()
    qtbot.waitUntil(lambda: len(names(page)) == 2, timeout=5000)
    picture = room_of(page).preview.picture
    qtbot.waitUntil(lambda: picture.image.width() == 20, timeout=5000)
    QGuiApplication.clipboard().clear()
    page.paste_button.click()
    assert "There is no file" in room_of(page).message.text


def test_what_is_deleted_can_be_brought_back(page: VaultPage, desk: FakeDesk, qtbot: QtBot) -> None:
    for name in ("one", "two", "three"):
        desk.open().add_note(name, name)
    room = room_of(page)
    room.refresh()
    room.list.selectAll()
    room.list.setFocus()
    QTest.keyClick(room.list, Qt.Key.Key_Delete)
    assert desk.open().items == ()
    assert room.undo_bar.isVisible()
    assert room.undo_bar.line.text().startswith("Deleted 3 items.")
    QTest.keyClick(page, Qt.Key.Key_Z, CONTROL)
    assert len(names(page)) == 3
    assert not room.undo_bar.isVisible()


def test_f2_renames_and_enter_keeps(page: VaultPage, desk: FakeDesk, qtbot: QtBot) -> None:
    item = desk.open().add_note("old", "text")
    room = room_of(page)
    room.refresh()
    room.list.choose([item.item_id])
    room.list.setFocus()
    QTest.keyClick(room.list, Qt.Key.Key_F2)
    (edit,) = room.list.viewport().findChildren(QLineEdit)
    QTest.keyClicks(edit, "new")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(page) == ["new"], timeout=5000)
    assert room.preview.title.text() == "new"


def test_search_finds_names_and_the_text_of_notes(
    page: VaultPage, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.open().add_note("Plan", "the heron stands")
    desk.open().add_bytes("heron.txt", b"x")
    desk.open().add_bytes("other.txt", b"x")
    room = room_of(page)
    room.refresh()
    QTest.keyClick(page, Qt.Key.Key_F, CONTROL)
    assert room.search.hasFocus()
    QTest.keyClicks(room.search, "HERON")
    qtbot.waitUntil(lambda: len(names(page)) == 2, timeout=5000)
    assert room.room.text() == "2 of 3 items found."
    room.search.clear()
    qtbot.waitUntil(lambda: len(names(page)) == 3, timeout=5000)


def test_export_asks_for_the_passphrase_and_never_overwrites(
    page: VaultPage, desk: FakeDesk, tmp_path: Path, qtbot: QtBot
) -> None:
    desk.access.is_confirmed = False
    item = desk.open().add_bytes("a.txt", b"secret")
    room = room_of(page)
    room.refresh()
    room.list.choose([item.item_id])
    (tmp_path / "a.txt").write_text("mine")
    page.handing.export(room.chosen)
    assert the(ConfirmPassphrase)
    assert desk.allowed == 0
    confirm()
    qtbot.waitUntil(lambda: desk.access.is_confirmed, timeout=5000)
    page.handing.export_to(tmp_path)
    qtbot.waitUntil(lambda: "1 exported" in room.message.text, timeout=5000)
    assert "not encrypted" in room.message.text
    assert (tmp_path / "a.txt").read_text() == "mine"
    assert (tmp_path / "a (2).txt").read_bytes() == b"secret"
    assert desk.allowed == 1


def test_dragging_out_asks_for_the_passphrase_first(
    page: VaultPage, desk: FakeDesk, tmp_path: Path, qtbot: QtBot
) -> None:
    desk.access.is_confirmed = False
    item = desk.open().add_bytes("a.txt", b"secret")
    room = room_of(page)
    room.refresh()
    room.list.choose([item.item_id])
    dragged: list[DraggedItems] = []

    def drag(data: DraggedItems, source: QWidget) -> bool:
        dragged.append(data)
        return True

    page.handing.run_drag = drag
    room.list.drag_wanted.emit()
    assert not dragged
    confirm()
    qtbot.waitUntil(lambda: desk.access.is_confirmed, timeout=5000)
    room.list.drag_wanted.emit()
    (data,) = dragged
    assert data.is_written
    assert [path.name for path in (tmp_path / "dragged").rglob("*.txt")] == ["a.txt"]
    page.leave()
    assert not (tmp_path / "dragged").exists()


def test_an_older_vault_opens_after_the_passphrase_alone(
    desk: FakeDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.rolled_back, desk.access.is_confirmed = True, False
    page = shown(desk, qtbot, tmp_path)
    assert page.room is None
    assert not page.add_button.isVisible()
    page.findChildren(IconButton)[-1].click()
    assert page.room is None
    confirm()
    qtbot.waitUntil(lambda: page.room is not None, timeout=5000)


def test_a_vault_that_does_not_open_says_why_and_can_be_tried_again(
    desk: FakeDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.trouble = StoreDamaged("x")
    page = shown(desk, qtbot, tmp_path)
    assert page.room is None
    desk.trouble = None
    page.findChildren(IconButton)[-1].click()
    assert page.room is not None


def test_what_was_lost_at_the_lock_is_told(desk: FakeDesk, qtbot: QtBot, tmp_path: Path) -> None:
    page = shown(desk, qtbot, tmp_path, lost=True)
    assert "They are lost" in room_of(page).message.text


def test_a_note_that_was_being_typed_is_sealed_by_the_lock(make: Make, qtbot: QtBot) -> None:
    bench: Bench = make()
    bench.unlock()
    page = bench.shell.page
    assert isinstance(page, VaultPage)
    assert names(page) == ["About this vault"]  # a demo explains itself
    page.note_button.click()
    field = room_of(page).preview.note.field
    qtbot.waitUntil(lambda: bench.window.focusWidget() is field, timeout=5000)
    QTest.keyClicks(field, "not saved by hand")
    bench.window.lock()
    assert isinstance(bench.window.page, LockPage)
    bench.unlock()
    after = bench.shell.page
    assert isinstance(after, VaultPage)
    assert "not saved by hand" in names(after)
    clear = b"not saved by hand"
    assert not any(clear in path.read_bytes() for path in bench.folder.rglob("*") if path.is_file())


def test_the_lock_page_takes_nothing_that_is_dropped(make: Make, tmp_path: Path) -> None:
    bench: Bench = make()
    (tmp_path / "a.txt").write_text("a")
    page = bench.window.page
    assert isinstance(page, LockPage)
    for widget in (bench.window, page):
        assert not drop(widget, files(tmp_path / "a.txt")).isAccepted()
    assert not list(bench.paths.vaults.rglob("*.age")) if bench.paths.vaults.exists() else True


def test_work_under_way_ends_with_the_lock_and_without_a_word(
    make: Make, tmp_path: Path, qtbot: QtBot
) -> None:
    bench: Bench = make()
    bench.unlock()
    page = bench.shell.page
    assert isinstance(page, VaultPage)
    big = tmp_path / "big.bin"
    with big.open("wb") as file:
        file.truncate(300 * 2**20)
    page.taking.take_paths([big])
    queue = page.taking._queue
    qtbot.waitUntil(lambda: queue.current is not None, timeout=5000)
    bench.window.lock()
    assert isinstance(bench.window.page, LockPage)
    assert bench.dialogs() == []
    bench.unlock()
    again = bench.shell.page
    assert isinstance(again, VaultPage)
    assert names(again) == ["About this vault"]


@in_all_types
def test_everything_has_room_and_a_name(make: Make, tmp_path: Path, qtbot: QtBot) -> None:
    bench: Bench = make()
    bench.unlock()
    page = bench.shell.page
    assert isinstance(page, VaultPage)
    room = room_of(page)
    note = page._desk.open().items[0]
    room.list.choose([note.item_id])
    qtbot.waitUntil(lambda: room.preview.note.item_id == note.item_id, timeout=5000)
    check(bench.window)
    room.delete()
    room.say("Something happened that takes a whole sentence to tell.")
    check(bench.window)
