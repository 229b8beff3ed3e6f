"""The parts of the vault page by themselves: pictures, texts, folders, long work, dragging."""

from __future__ import annotations

import struct
import threading
import zlib
from pathlib import Path

import pytest
from fakes_vault import FakeDesk
from PySide6.QtCore import QBuffer, QMimeData, QSettings, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from facelock.core.errors import Cancelled, ItemMissing, SourceUnreadable, VaultFull, VaultLocked
from facelock.ui import vault_intake
from facelock.ui.text_labels import Tone
from facelock.ui.vault_drag import DragFolder, DraggedItems
from facelock.ui.vault_file_dialog import QuietFileDialog
from facelock.ui.vault_intake import Given, walk, what_is_given
from facelock.ui.vault_jobs import Job, JobQueue, Outcome, Step
from facelock.ui.vault_list import VaultList
from facelock.ui.vault_model import Column, VaultModel
from facelock.ui.vault_outcome_text import outcome_text
from facelock.ui.vault_picture import LONGEST_SIDE, Refused, decode, kind_of
from facelock.ui.vault_reading import NoteText, NotShown, Picture, PlainText, look_into
from facelock.ui.vault_text import first_line, kind_text, names_text, size_text, when_text
from facelock.vault.items import Item, ItemKind, Progress
from facelock.vault.vault import Vault


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return FakeDesk(tmp_path / "vault").open()


def png(width: int, height: int) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def bomb(width: int, height: int) -> bytes:
    """Return a PNG that says it is huge, in a few bytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def test_a_picture_is_decoded_and_a_large_one_made_smaller(qapp: QApplication) -> None:
    small, large = decode(png(40, 30)), decode(png(3000, 1000))
    assert isinstance(small, QImage)
    assert (small.width(), small.height()) == (40, 30)
    assert isinstance(large, QImage)
    assert large.width() == LONGEST_SIDE


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(qapp: QApplication) -> None:
    assert decode(bomb(60_000, 60_000)) == Refused(too_large=True)


@pytest.mark.parametrize("data", [b"", b"no picture", png(40, 30)[:60], b"BM" + bytes(60)])
def test_what_is_no_whole_picture_is_refused(qapp: QApplication, data: bytes) -> None:
    assert decode(data) == Refused(too_large=False)


def test_drawings_are_no_pictures_they_could_ask_for_other_files() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
    assert kind_of(svg) is None
    assert decode(svg) == Refused(too_large=False)


def test_each_kind_of_item_is_shown_as_what_it_is(vault: Vault) -> None:
    note = vault.add_note("Plan", "one\ntwo")
    assert look_into(vault, note) == NoteText("one\ntwo")
    assert look_into(vault, vault.add_bytes("a.txt", "Grüße".encode())) == PlainText("Grüße")
    utf16 = vault.add_bytes("b.txt", "wide".encode("utf-16"))
    assert look_into(vault, utf16) == PlainText("wide")
    assert isinstance(look_into(vault, vault.add_bytes("c", png(8, 8))), Picture)
    assert look_into(vault, vault.add_bytes("d.png", b"\x89PNG\r\n\x1a\n")) == NotShown(broken=True)
    huge = vault.add_bytes("e.png", bomb(60_000, 60_000))
    assert look_into(vault, huge) == NotShown(too_large=True)
    assert look_into(vault, vault.add_bytes("f.bin", bytes(100))) == NotShown()
    assert look_into(vault, vault.add_bytes("g.bin", b"\xff\x00\xfe")) == NotShown()


def test_what_is_too_large_is_not_even_read(vault: Vault) -> None:
    item = Item("0" * 32, ItemKind.FILE, "film.mkv", 2**40, 0.0, 0.0, "")
    assert look_into(vault, item) == NotShown()


def test_an_endless_line_is_broken(vault: Vault) -> None:
    shown = look_into(vault, vault.add_bytes("line.json", b"x" * 500_000))
    assert isinstance(shown, PlainText)
    assert max(len(line) for line in shown.text.splitlines()) <= 2000
    assert shown.text.replace("\n", "") == "x" * 500_000


def test_folders_are_walked_and_links_are_not_followed(tmp_path: Path) -> None:
    below = tmp_path / "folder" / "deep"
    below.mkdir(parents=True)
    (below / "one.txt").write_text("1")
    (tmp_path / "secret").write_text("not in the folder")
    (below / "link").symlink_to(tmp_path / "secret")
    (tmp_path / "two.txt").write_text("22")
    walked = walk([tmp_path / "folder", tmp_path / "two.txt", tmp_path / "gone"])
    assert [(path.name, size) for path, size in walked.files] == [("one.txt", 1), ("two.txt", 2)]
    assert (walked.folders, walked.unreadable) == (1, ("gone",))


def test_a_folder_of_too_many_files_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault_intake, "MOST_FILES", 3)
    for number in range(5):
        (tmp_path / f"{number}").touch()
    assert walk([tmp_path]).too_many


def test_files_come_before_pixels_and_pixels_before_text(tmp_path: Path) -> None:
    data = QMimeData()
    assert what_is_given(None) == what_is_given(data) == Given()
    data.setText("words")
    assert what_is_given(data).text == "words"
    data.setImageData(QImage(8, 8, QImage.Format.Format_RGB32))
    assert kind_of(what_is_given(data).picture) == b"png"
    data.setUrls([QUrl.fromLocalFile(str(tmp_path)), QUrl("https://example.org/x")])
    assert what_is_given(data) == Given(paths=(tmp_path,))


def test_words_for_sizes_names_and_moments() -> None:
    assert size_text(420) == "420 bytes"
    assert names_text(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"
    assert first_line("\n  My\u200b plan \n and more") == "My plan"
    assert first_line(" \n ") == ""
    assert kind_text("letter.pdf", note=False) == "PDF file"
    assert kind_text("no suffix", note=False) == "File"
    assert when_text(0.0).startswith("1/1/70")


def steps(*works: object) -> tuple[Step, ...]:
    return tuple(Step(f"f{n}", 10, work) for n, work in enumerate(works))  # type: ignore[arg-type]


def fine(progress: Progress) -> str:
    progress(10, 10)
    return "fine"


def unreadable(_progress: Progress) -> str:
    raise SourceUnreadable("x")


def full(_progress: Progress) -> str:
    raise VaultFull("x")


def locked(_progress: Progress) -> str:
    raise VaultLocked("x")


def test_one_bad_file_does_not_stop_the_others() -> None:
    outcome = Job(steps(fine, unreadable, unreadable, fine)).run()
    words, tone = outcome_text(outcome)
    assert words == "2 of 4 added. 2 could not be read: f1, f2."
    assert tone is Tone.WARNING


def test_a_full_vault_ends_the_job_and_a_locked_one_is_no_failure() -> None:
    outcome = Job(steps(fine, full, fine)).run()
    assert len(outcome.results) == 1
    assert "There is no room" in outcome_text(outcome)[0]
    outcome = Job(steps(fine, locked, fine)).run()
    assert outcome.locked
    assert not outcome.failed


def test_what_is_in_clear_is_said() -> None:
    assert "not encrypted" in outcome_text(Job(steps(fine)).run())[0]
    assert "not encrypted" in outcome_text(Job(steps(fine), export=True).run())[0]
    words, tone = outcome_text(Outcome(Job(steps(fine)), failed=(("a", ItemMissing("x")),)))
    assert words == "0 of 1 added. Not done: a. This is not in the vault any more."
    assert tone is Tone.DANGER


def test_jobs_run_one_after_the_other_and_cancel_ends_them_all(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    queue = JobQueue(owner)
    began, go = threading.Event(), threading.Event()
    ended: list[Outcome] = []
    queue.ended.connect(ended.append)

    def waits(progress: Progress) -> str:
        progress(5, 10)
        began.set()
        go.wait(10)
        progress(6, 10)
        raise AssertionError

    queue.add(Job(steps(fine)))
    queue.add(Job(steps(fine, waits, fine)))
    queue.add(Job(steps(fine)))
    qtbot.waitUntil(began.is_set, timeout=5000)
    assert queue.current is not None
    assert queue.current.standing.share == pytest.approx(0.5)
    assert len(queue.waiting) == 1
    queue.cancel()
    go.set()
    qtbot.waitUntil(lambda: len(ended) == 2, timeout=5000)
    assert (len(ended[1].results), ended[1].cancelled) == (1, True)
    assert "what was done stays" in outcome_text(ended[1])[0]
    assert queue.current is None


def test_cancel_reaches_the_vault_and_leaves_no_trace(vault: Vault, tmp_path: Path) -> None:
    source = tmp_path / "big"
    source.write_bytes(bytes(3 * 2**20))
    job = Job((Step("big", 3 * 2**20, lambda progress: vault.add_file(source, progress)),))
    job.cancel()
    assert job.run().cancelled
    assert vault.items == ()
    with pytest.raises(Cancelled):
        job._tell(0, 1)


def test_ten_thousand_items_are_sorted_at_once(qapp: QApplication) -> None:
    items = [
        Item(f"{n:032x}", ItemKind.FILE, f"Name {n * 7919 % 10_000}", n, float(n), float(n), "")
        for n in range(10_000)
    ]
    model = VaultModel(qapp.palette())
    model.show(items)
    assert model.items[0].changed_at == 9999.0  # newest first
    kept = model.index(0, 0)
    model.sort(Column.NAME)
    assert model.items[0].name == "Name 0"
    assert model.rowCount() == 10_000
    assert model.data(model.index(0, Column.SIZE)) == size_text(model.items[0].size)
    assert kept.isValid()


def test_all_of_ten_thousand_can_be_chosen_and_stay_so(qtbot: QtBot) -> None:
    items = [
        Item(f"{n:032x}", ItemKind.FILE, f"{n}", n, float(n), float(n), "") for n in range(10_000)
    ]
    shown = VaultList(VaultModel(QApplication.palette()))
    qtbot.addWidget(shown)
    shown.show_items(items)
    shown.selectAll()
    assert len(shown.chosen) == 10_000
    shown.show_items(items[::2])  # the others went
    assert {item.item_id for item in shown.chosen} == {item.item_id for item in items[::2]}
    shown.choose([items[4].item_id, items[6].item_id, items[200].item_id])
    assert [item.name for item in shown.chosen] == ["200", "6", "4"]


def test_dragged_files_are_written_after_the_drop_alone(vault: Vault, tmp_path: Path) -> None:
    item = vault.add_note("Über / plan", "text")
    folder = DragFolder(tmp_path / "out")
    released = False
    data = DraggedItems([item], folder, vault.export, lambda: released)
    (url,) = data.urls()  # as a program asks that it is only moved over
    path = Path(url.toLocalFile())
    assert not path.exists()
    assert not data.is_written
    assert path.parent.stat().st_mode & 0o777 == 0o700
    released = True
    assert data.urls() == [url]
    assert path.read_text() == "text"
    assert path.parent.parent.stat().st_mode & 0o777 == 0o700
    folder.wipe()
    assert not path.exists()


def test_nothing_is_dragged_out_through_a_link(vault: Vault, tmp_path: Path) -> None:
    item = vault.add_note("Plan", "text")
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    (tmp_path / "out").symlink_to(shared, target_is_directory=True)
    folder = DragFolder(tmp_path / "out")
    with pytest.raises(OSError, match="not a real folder"):
        DraggedItems([item], folder, vault.export, lambda: True)
    assert list(shared.iterdir()) == []
    assert shared.stat().st_mode & 0o777 == 0o755
    folder.wipe()
    assert not (tmp_path / "out").is_symlink()
    assert DraggedItems([item], folder, vault.export, lambda: True).urls()


def test_a_drop_after_the_lock_writes_nothing(vault: Vault, tmp_path: Path) -> None:
    item = vault.add_note("Plan", "text")
    data = DraggedItems([item], DragFolder(tmp_path / "out"), vault.export, lambda: True)
    vault.close()
    assert data.urls() == []
    assert isinstance(data.error, VaultLocked)
    assert not [path for path in (tmp_path / "out").rglob("*") if path.is_file()]


def test_a_file_dialog_remembers_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    before = QUrl.fromLocalFile(str(tmp_path)).toString()
    QSettings(QSettings.Scope.UserScope, "QtProject").setValue("FileDialog/lastVisited", before)
    (tmp_path / "affair").mkdir()
    (tmp_path / "affair" / "letters.txt").touch()
    owner = QWidget()
    qtbot.addWidget(owner)
    dialog = QuietFileDialog("Add", owner)
    dialog.setDirectory(str(tmp_path / "affair"))
    dialog.selectFile("letters.txt")
    assert dialog.testOption(QuietFileDialog.Option.DontUseNativeDialog)
    dialog.open()
    dialog.accept()
    qtbot.waitUntil(lambda: not isValid(dialog), timeout=5000)
    settings = QSettings(QSettings.Scope.UserScope, "QtProject")
    assert settings.value("FileDialog/lastVisited") == before
    assert "affair" not in str([settings.value(key) for key in settings.allKeys()])
