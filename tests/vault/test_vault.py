"""The vault: what is put in comes out again, and whatever goes wrong changes nothing."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest
from a_vault import VaultDisk

from facelock.core.errors import (
    Cancelled,
    ExportUnwritable,
    ItemDamaged,
    ItemMissing,
    ItemTooLarge,
    SettingsError,
    SourceUnreadable,
    VaultFull,
    VaultLocked,
)
from facelock.vault import age, vault_folder
from facelock.vault.items import MAX_NOTE_BYTES, ItemKind
from facelock.vault.vault import Vault

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX modes and links")
BIG = 3 * 1024 * 1024 + 17


@pytest.fixture
def disk(tmp_path: Path) -> VaultDisk:
    return VaultDisk(tmp_path / "vault")


@pytest.fixture
def vault(disk: VaultDisk) -> Vault:
    return disk.open()


def names(vault: Vault) -> list[str]:
    return [item.name for item in vault.items]


def test_a_file_comes_out_as_it_went_in(disk: VaultDisk, vault: Vault, tmp_path: Path) -> None:
    source = tmp_path / "holiday.jpg"
    source.write_bytes(os.urandom(BIG))
    heard: list[tuple[int, int]] = []
    item = vault.add_file(source, lambda done, total: heard.append((done, total)))
    assert (item.name, item.size, item.kind) == ("holiday.jpg", BIG, ItemKind.FILE)
    assert heard[-1] == (BIG, BIG)
    vault.close()
    back = disk.open()
    assert back.items == (item,)
    assert back.used_bytes == BIG
    assert back.read(item.item_id, limit=BIG) == source.read_bytes()
    heard.clear()
    out = tmp_path / "out"
    out.mkdir()
    written = back.export(item.item_id, out, lambda done, total: heard.append((done, total)))
    assert written.read_bytes() == source.read_bytes()
    assert heard[-1] == (BIG, BIG)
    assert [path.name for path in out.iterdir()] == ["holiday.jpg"]
    back.close()


@posix
def test_everything_on_the_disk_is_private(disk: VaultDisk, vault: Vault, tmp_path: Path) -> None:
    item = vault.add_bytes("a", b"x")
    for path in (disk.folder, disk.items):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
    for name in disk.files():
        assert stat.S_IMODE((disk.folder / name).stat().st_mode) == 0o600
    assert stat.S_IMODE(vault.export(item.item_id, tmp_path).stat().st_mode) == 0o600


def test_nothing_of_it_is_readable_on_the_disk(disk: VaultDisk, vault: Vault) -> None:
    vault.add_note("private thing", "secret words")
    vault.add_bytes("quiet.txt", b"secret words")
    vault.close()
    for name in disk.files():
        data = (disk.folder / name).read_bytes()
        for word in (b"private", b"quiet", b"secret"):
            assert word not in data
        assert "quiet" not in name


def test_notes_are_written_read_and_changed(disk: VaultDisk, vault: Vault) -> None:
    note = vault.add_note("", "Groceries\nmilk")
    assert (note.name, note.kind) == ("Groceries", ItemKind.NOTE)
    assert vault.read(note.item_id, limit=100) == b"Groceries\nmilk"
    changed = vault.change_note(note.item_id, "eggs")
    assert (changed.item_id, changed.name, changed.size) == (note.item_id, "Groceries", 4)
    assert changed.changed_at > note.changed_at
    assert changed.added_at == note.added_at
    assert vault.read(note.item_id, limit=100) == b"eggs"
    assert len(list(disk.items.iterdir())) == 1
    pasted = vault.add_bytes("pasted", "ü".encode(), ItemKind.NOTE)
    assert pasted.kind is ItemKind.NOTE
    with pytest.raises(ItemTooLarge):
        vault.add_note("long", "x" * (MAX_NOTE_BYTES + 1))
    file = vault.add_bytes("a", b"x")
    with pytest.raises(ItemMissing):
        vault.change_note(file.item_id, "text")


def test_a_note_changed_while_it_was_being_changed_is_not_overwritten(vault: Vault) -> None:
    note = vault.add_note("n", "one")
    old = vault._entry(note.item_id)
    vault.change_note(note.item_id, "two")
    from facelock.vault.item_streams import BytesSource

    with pytest.raises(ItemMissing):
        vault._add(BytesSource(b"three"), "n", ItemKind.NOTE, text="three", old=old)
    assert vault.read(note.item_id, limit=9) == b"two"


def test_newest_come_first_and_search_finds_names_and_notes(vault: Vault) -> None:
    vault.add_bytes("Tax return 2024.pdf", b"1")
    vault.add_note("Keys", "The spare KEY lies under the Straße")
    vault.add_note("Long", "needle " + "x" * 5000)
    assert names(vault) == ["Long", "Keys", "Tax return 2024.pdf"]
    for text, found in {
        "tax": ["Tax return 2024.pdf"],
        "return tax": ["Tax return 2024.pdf"],
        "strasse": ["Keys"],
        "spare keys": ["Keys"],
        "NEEDLE": ["Long"],
        "": ["Long", "Keys", "Tax return 2024.pdf"],
        "nothing": [],
    }.items():
        assert [item.name for item in vault.search(text)] == found
    assert [item.name for item in vault.search("needle")] == ["Long"]


def test_a_long_note_that_does_not_open_is_found_by_name_alone(
    disk: VaultDisk, vault: Vault
) -> None:
    vault.add_note("Long", "needle " + "x" * 5000)
    for path in disk.items.iterdir():
        path.write_bytes(b"junk")
    assert vault.search("needle") == ()
    assert len(vault.search("long")) == 1


def test_what_is_deleted_comes_back_until_the_vault_closes(disk: VaultDisk, vault: Vault) -> None:
    one, two = vault.add_bytes("one", b"1"), vault.add_bytes("two", b"22")
    vault.delete([one.item_id, two.item_id])
    assert vault.items == ()
    assert [item.name for item in vault.deleted] == ["two", "one"]
    assert vault.used_bytes == 0
    with pytest.raises(ItemMissing):
        vault.read(one.item_id, limit=9)
    with pytest.raises(ItemMissing):
        vault.delete([one.item_id])
    vault.undo_delete([two.item_id])
    with pytest.raises(ItemMissing):
        vault.undo_delete([two.item_id])
    assert vault.read(two.item_id, limit=9) == b"22"
    vault.close()
    assert len(list(disk.items.iterdir())) == 1
    back = disk.open()
    assert back.items == (two,)
    assert back.deleted == ()


def test_what_was_deleted_is_purged_after_a_crash_too(disk: VaultDisk, vault: Vault) -> None:
    one = vault.add_bytes("one", b"1")
    vault.delete([one.item_id])
    back = disk.open()  # nobody closed it
    assert (back.items, back.deleted) == ((), ())
    assert list(disk.items.iterdir()) == []


def test_an_item_is_renamed(disk: VaultDisk, vault: Vault) -> None:
    item = vault.add_bytes("a.txt", b"1")
    assert vault.rename(item.item_id, " b/ü.txt ").name == "b_ü.txt"
    assert names(disk.open()) == ["b_ü.txt"]
    with pytest.raises(SettingsError):
        vault.rename(item.item_id, "  ")
    with pytest.raises(ItemMissing):
        vault.rename("f" * 32, "c")


def test_an_export_overwrites_nothing(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"theirs")
    item = vault.add_bytes("a.txt", b"ours")
    assert vault.export(item.item_id, tmp_path).name == "a (2).txt"
    assert vault.export(item.item_id, tmp_path).name == "a (3).txt"
    assert (tmp_path / "a.txt").read_bytes() == b"theirs"


def test_an_export_that_cannot_be_written_leaves_nothing(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = vault.add_bytes("a.txt", b"ours")
    with pytest.raises(ExportUnwritable):
        vault.export(item.item_id, tmp_path / "nowhere")
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(vault_folder, "numbered", lambda name: iter(()))
    with pytest.raises(ExportUnwritable):
        vault.export(item.item_id, out)
    assert list(out.iterdir()) == []


def test_too_large_to_be_shown_is_said_before_anything_is_opened(vault: Vault) -> None:
    item = vault.add_bytes("a", b"12345")
    with pytest.raises(ItemTooLarge):
        vault.read(item.item_id, limit=4)
    assert vault.read(item.item_id, limit=5) == b"12345"


def test_an_empty_file_is_an_item_too(vault: Vault, tmp_path: Path) -> None:
    item = vault.add_bytes("empty", b"")
    assert vault.read(item.item_id, limit=0) == b""
    assert vault.export(item.item_id, tmp_path).read_bytes() == b""


@posix
def test_a_link_a_pipe_and_a_folder_are_no_sources(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe", "missing", "bad\0name"):
        with pytest.raises(SourceUnreadable):
            vault.add_file(tmp_path / name)
    with pytest.raises(SourceUnreadable):
        vault.add_file(tmp_path)
    assert vault.items == ()


@pytest.mark.parametrize("change", ["grows", "shrinks", "rewritten"])
def test_a_source_that_changes_under_reading_is_refused(
    disk: VaultDisk, vault: Vault, tmp_path: Path, change: str
) -> None:
    source = tmp_path / "log"
    source.write_bytes(bytes(BIG))

    def meddle(done: int, total: int) -> None:
        if change == "grows":
            with source.open("ab") as file:
                file.write(b"more")
        elif change == "shrinks":
            os.truncate(source, 5)
        else:
            os.utime(source, (1, 1))

    with pytest.raises(SourceUnreadable):
        vault.add_file(source, meddle)
    assert vault.items == ()
    assert list(disk.items.iterdir()) == []


def test_a_source_that_fails_is_said_to_be_the_source(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"x")

    def fail(*_: object) -> bytes:
        raise OSError(28, "no space")  # a network drive may say anything

    monkeypatch.setattr(os, "read", fail)
    with pytest.raises(SourceUnreadable):
        vault.add_file(tmp_path / "a")


def test_a_cancelled_import_or_export_leaves_no_trace(
    disk: VaultDisk, vault: Vault, tmp_path: Path
) -> None:
    source = tmp_path / "a"
    source.write_bytes(bytes(BIG))

    def cancel(done: int, total: int) -> None:
        if done > 1 << 20:
            raise Cancelled

    before = disk.files()
    with pytest.raises(Cancelled):
        vault.add_file(source, cancel)
    assert (vault.items, disk.files()) == ((), before)
    item = vault.add_file(source)
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(Cancelled):
        vault.export(item.item_id, out, cancel)
    assert list(out.iterdir()) == []


def test_closing_ends_what_is_under_way(disk: VaultDisk, vault: Vault, tmp_path: Path) -> None:
    source = tmp_path / "a"
    source.write_bytes(bytes(BIG))
    with pytest.raises(VaultLocked):
        vault.add_file(source, lambda done, total: vault.close())
    assert list(disk.items.iterdir()) == []
    vault.close()
    assert (vault.items, vault.deleted, vault.used_bytes) == ((), (), 0)
    for call in (
        lambda: vault.add_bytes("a", b"x"),
        lambda: vault.search("a"),
        lambda: vault.set_quota(5),
        lambda: vault.delete([]),
    ):
        with pytest.raises(VaultLocked):
            call()
    with pytest.raises(VaultLocked):
        _ = vault._book.keys
    vault._book.forget()


def test_closing_waits_for_other_threads_to_notice(
    disk: VaultDisk, vault: Vault, tmp_path: Path
) -> None:
    source = tmp_path / "a"
    source.write_bytes(bytes(BIG))
    reading, closed = threading.Event(), threading.Event()
    raised: list[BaseException] = []

    def wait(done: int, total: int) -> None:
        reading.set()
        closed.wait(0.05)

    def work() -> None:
        try:
            vault.add_file(source, wait)
        except VaultLocked as error:
            raised.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    reading.wait(10)
    vault.close()
    assert list(disk.items.iterdir()) == []
    closed.set()
    thread.join(10)
    assert len(raised) == 1


def test_the_quota_bounds_what_is_put_in(disk: VaultDisk, vault: Vault) -> None:
    vault.set_quota(10)
    item = vault.add_bytes("a", bytes(8))
    with pytest.raises(VaultFull):
        vault.add_bytes("b", bytes(3))
    note = vault.add_note("n", "12")
    vault.change_note(note.item_id, "1")
    with pytest.raises(VaultFull):
        vault.change_note(note.item_id, "123")
    vault.set_quota(5)  # what is in it stays
    vault.delete([item.item_id])
    vault.undo_delete([item.item_id])
    assert disk.open().quota_bytes == 5
    for size in (0, -1, 1 << 60):
        with pytest.raises(SettingsError):
            vault.set_quota(size)


def test_names_are_shown_as_given_and_go_out_harmless(vault: Vault, tmp_path: Path) -> None:
    item = vault.add_bytes("../../etc/passwd\n", b"x")
    assert item.name == ".._.._etc_passwd"
    written = vault.export(item.item_id, tmp_path)
    assert written.parent == tmp_path


def test_an_item_that_is_not_what_was_put_in_is_damaged(
    disk: VaultDisk, vault: Vault, tmp_path: Path
) -> None:
    """Whoever knows the public recipient can make a file that age opens. It is not believed."""
    item = vault.add_bytes("a", b"ours")
    path = next(disk.items.iterdir())
    genuine = path.read_bytes()
    recipient = age.recipient_of(disk.identity)
    forgeries = [
        age.encrypt(b"evil", recipient),
        age.encrypt(b"our", recipient),
        age.encrypt(b"ours and more", recipient),
        age.encrypt(b"ours", age.recipient_of(age.new_identity())),
        genuine[:-1],
        genuine[:-1] + bytes([genuine[-1] ^ 1]),
        b"",
    ]
    for forged in forgeries:
        path.write_bytes(forged)
        with pytest.raises(ItemDamaged):
            vault.read(item.item_id, limit=100)
        with pytest.raises(ItemDamaged):
            vault.export(item.item_id, tmp_path)
        assert path.read_bytes() == forged
    path.unlink()
    with pytest.raises(ItemDamaged):
        vault.read(item.item_id, limit=100)
    assert [one.name for one in tmp_path.iterdir()] == ["vault"]
