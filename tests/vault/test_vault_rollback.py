"""An old, lost or damaged index: never taken without the passphrase, and nothing is deleted."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest
from a_vault import VaultDisk

from facelock.core.errors import (
    StoreDamaged,
    StoreTooNew,
    VaultFull,
    VaultLocked,
    VaultRolledBack,
)
from facelock.vault import age
from facelock.vault.envelope import Header, Kind, seal
from facelock.vault.vault import Vault
from facelock.vault.vault_book import VaultKeys
from facelock.vault.vault_folder import INDEX, NAMES, VaultFolder


@pytest.fixture
def disk(tmp_path: Path) -> VaultDisk:
    return VaultDisk(tmp_path / "vault")


def names(vault: Vault) -> list[str]:
    return sorted(item.name for item in vault.items)


def with_an_old_index(disk: VaultDisk) -> None:
    """Put two more items in, take one back that was deleted, and put the index of before back."""
    vault = disk.open()
    first = vault.add_bytes("first.txt", b"1")
    vault.delete([first.item_id])
    old = (disk.folder / INDEX).read_bytes()
    vault.undo_delete([first.item_id])
    vault.add_bytes("second.txt", b"22")
    vault.add_bytes("third.txt", b"333")
    (disk.folder / INDEX).write_bytes(old)


def test_an_old_index_is_refused(disk: VaultDisk) -> None:
    with_an_old_index(disk)
    before = disk.files()
    for _ in range(2):
        with pytest.raises(VaultRolledBack):
            disk.open()
    assert disk.files() == before


def test_an_old_index_that_is_accepted_loses_nothing(disk: VaultDisk) -> None:
    with_an_old_index(disk)
    known = disk.known
    vault = disk.open(accept_rollback=True)
    found = {item.name.partition(".")[0]: item for item in vault.items}
    assert len(found) == 3
    assert vault.read(found["first"].item_id, limit=9) == b"1"
    recovered = sorted(name for name in found if name.startswith("Recovered file"))
    assert [name[:16] for name in recovered] == ["Recovered file 1", "Recovered file 2"]
    contents = {vault.read(found[name].item_id, limit=9) for name in recovered}
    assert contents == {b"22", b"333"}
    assert {name[17:] for name in recovered} == {"second", "third"}
    assert disk.known is not None
    assert known is not None
    assert disk.known > known
    vault.close()
    assert len(disk.open().items) == 3


def test_a_file_that_does_not_open_is_put_aside_and_kept(disk: VaultDisk) -> None:
    with_an_old_index(disk)
    (disk.items / f"{'0' * 32}.age").write_bytes(b"junk")
    (disk.folder / NAMES).write_bytes(b"junk")
    vault = disk.open(accept_rollback=True)
    assert "Recovered file 1" in names(vault)
    vault.close()
    disk.open()
    assert (disk.items / f"{'0' * 32}.damaged").read_bytes() == b"junk"


@pytest.mark.parametrize("loss", ["gone", "damaged", "anothers"])
def test_a_lost_index_is_a_rollback_too(disk: VaultDisk, loss: str) -> None:
    vault = disk.open()
    vault.add_bytes("a.txt", b"x")
    vault.close()
    path = disk.folder / INDEX
    if loss == "gone":
        path.unlink()
    elif loss == "damaged":
        path.write_bytes(b"junk" * 100)
    else:
        other = VaultDisk(disk.folder.parent / "other", person="b" * 32)
        other.key, other.identity = disk.key, disk.identity  # even then
        other.open().close()
        shutil.copy(other.folder / INDEX, path)
    with pytest.raises(VaultRolledBack):
        disk.open()
    back = disk.open(accept_rollback=True)
    assert names(back) == ["Recovered file 1 a.txt"]
    assert (disk.folder / f"{INDEX}.damaged").exists() == (loss != "gone")


def test_an_index_that_is_no_file_of_ours_is_not_followed(disk: VaultDisk) -> None:
    disk.open().close()
    (disk.folder / INDEX).rename(disk.folder / "real")
    (disk.folder / INDEX).symlink_to(disk.folder / "real")
    with pytest.raises(VaultRolledBack):
        disk.open()


def test_without_a_keyring_an_old_index_deletes_nothing(disk: VaultDisk) -> None:
    """It cannot be told that it is old. What it does not know is kept all the same."""
    with_an_old_index(disk)
    disk.known = None
    vault = disk.open()
    assert names(vault) == ["Recovered file 1 second.txt", "Recovered file 2 third.txt"] or {
        vault.read(item.item_id, limit=9) for item in vault.items
    } == {b"22", b"333"}
    without = VaultDisk(disk.folder.parent / "v2")
    without.open().add_bytes("a", b"x")
    without.known = None
    assert names(without.open()) == ["a"]


def test_a_keyring_that_fails_does_not_lose_what_was_put_in(disk: VaultDisk) -> None:
    vault = disk.open()
    disk.keyring_works = False
    vault.add_bytes("a", b"x")
    disk.keyring_works = True
    lagging = disk.known
    assert names(disk.open()) == ["a"]
    assert disk.known != lagging


def test_leftovers_of_an_import_that_was_cut_off_are_cleared_away(disk: VaultDisk) -> None:
    vault = disk.open()
    vault.add_bytes("a", b"x")
    vault.close()
    left = age.encrypt(b"half", age.recipient_of(disk.identity))
    (disk.items / f"{'1' * 32}.age").write_bytes(left)
    (disk.items / f".{'2' * 32}.age.0123.tmp").write_bytes(b"half")
    assert names(disk.open()) == ["a"]
    assert len(list(disk.items.iterdir())) == 1


def test_one_persons_items_and_index_are_worth_nothing_to_another(
    disk: VaultDisk, tmp_path: Path
) -> None:
    bob = VaultDisk(tmp_path / "bob", person="b" * 32)
    bob.key = bytes(32)
    for one in (disk, bob):
        vault = one.open()
        vault.add_bytes("a", b"x")
        vault.close()
    shutil.copy(disk.folder / INDEX, bob.folder / INDEX)
    with pytest.raises(VaultRolledBack):
        bob.open()


def test_a_demo_index_is_no_real_one(disk: VaultDisk) -> None:
    disk.open(demo=True).close()
    with pytest.raises(VaultRolledBack):
        disk.open()


def test_a_vault_of_a_later_version_is_left_alone(disk: VaultDisk) -> None:
    disk.open().close()
    header = Header(Kind.VAULT_INDEX, demo=False, generation=9, version=2)
    sealed = seal(bytes(disk.keys().index_key), header, disk.person, b"")
    (disk.folder / INDEX).write_bytes(sealed)
    with pytest.raises(StoreTooNew):
        disk.open()
    assert (disk.folder / INDEX).read_bytes() == sealed


def test_the_identity_is_kept_for_the_recovery_key_of_now(disk: VaultDisk) -> None:
    path = disk.folder / "identity.age"
    disk.open(recovery=False).close()
    assert not path.exists()
    disk.open().close()
    assert age.decrypt(path.read_bytes(), disk.recovery).decode().strip() == disk.identity
    before = path.read_bytes()
    disk.open().close()
    assert path.read_bytes() == before
    path.unlink()
    disk.open().close()
    assert path.exists()
    disk.recovery = age.new_identity()
    disk.open().close()
    assert age.decrypt(path.read_bytes(), disk.recovery).decode().strip() == disk.identity


def test_names_that_were_lost_are_written_anew(disk: VaultDisk) -> None:
    vault = disk.open()
    vault.add_bytes("a.txt", b"x")
    vault.add_bytes("A.txt", b"x")
    gone = vault.add_bytes("gone", b"x")
    vault.delete([gone.item_id])
    (disk.folder / NAMES).unlink()
    vault = disk.open()
    lines = age.decrypt((disk.folder / NAMES).read_bytes(), disk.identity).decode().splitlines()
    listed = dict(line.split("\t") for line in lines)
    assert set(listed) == {path.name for path in disk.items.iterdir()}
    assert len({name.casefold() for name in listed.values()}) == 2
    vault.close()
    (disk.folder / NAMES).unlink()
    disk.open().close()
    assert (disk.folder / NAMES).exists()


def test_a_full_disk_does_not_keep_a_vault_from_opening(
    disk: VaultDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = disk.open()
    item = vault.add_bytes("a", b"x")
    gone = vault.add_bytes("gone", b"x")
    vault.delete([gone.item_id])

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.write", full)
        back = disk.open()
        assert back.read(item.item_id, limit=9) == b"x"
        with pytest.raises(VaultFull):
            back.add_bytes("b", b"x")
        back.close()
    assert names(disk.open()) == ["a"]


def test_a_key_that_is_no_identity_is_said_to_be_damaged(tmp_path: Path) -> None:
    keys = VaultKeys.of("a" * 32, bytes(32), "no identity")
    with pytest.raises(StoreDamaged):
        Vault.open(tmp_path / "v", keys, known_generation=None, keep_generation=lambda _: None)


def test_what_an_old_index_calls_deleted_and_is_gone_stays_gone(disk: VaultDisk) -> None:
    vault = disk.open()
    vault.delete([vault.add_bytes("gone", b"x").item_id])
    old = (disk.folder / INDEX).read_bytes()
    vault.close()
    disk.open().close()  # tells the keyring: the index kept above is older than it knows
    (disk.folder / INDEX).write_bytes(old)
    with pytest.raises(VaultRolledBack):
        disk.open()
    assert names(disk.open(accept_rollback=True)) == []


def test_closing_asks_the_keyring_nothing_and_brings_nothing_deleted_back(disk: VaultDisk) -> None:
    """It may ask a person, for a minute; a lock waits for nobody."""
    vault = disk.open()
    gone = vault.add_bytes("gone.txt", b"x")
    vault.add_bytes("kept.txt", b"y")
    vault.delete([gone.item_id])
    known = disk.known
    before = {path: path.read_bytes() for path in disk.folder.rglob("*") if path.is_file()}
    vault.close()
    assert disk.known == known
    for path, data in before.items():  # put back as it was just before the lock
        path.write_bytes(data)
    vault = disk.open()
    assert names(vault) == ["kept.txt"]
    assert vault.deleted == ()
    assert len(list(disk.items.iterdir())) == 1
    assert disk.known is not None
    assert known is not None
    assert disk.known > known
    vault.close()


def test_a_failing_disk_keeps_no_key_in_memory_when_the_vault_closes(
    disk: VaultDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = disk.open()
    vault.delete([vault.add_bytes("gone.txt", b"x").item_id])
    keys = vault._book.keys

    def failing(_self: VaultFolder, _file_id: str) -> bool:
        raise OSError(errno.EIO, "the disk fails")

    with monkeypatch.context() as patched:
        patched.setattr(VaultFolder, "has_item", failing)
        vault.close()
    assert not any(keys.index_key)
    assert vault.items == ()
    with pytest.raises(VaultLocked):
        _ = vault._book.keys
    assert disk.open().items == ()


def test_closing_a_vault_twice_does_no_harm(disk: VaultDisk) -> None:
    vault = disk.open()
    vault.add_bytes("kept.txt", b"x")
    vault._book.forget()
    vault._book.forget()
    vault.close()
    vault.close()
    assert [item.name for item in disk.open().items] == ["kept.txt"]
