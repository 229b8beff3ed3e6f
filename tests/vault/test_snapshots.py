"""Pictures of who was refused: sealed to one person, few, and not for long."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from facelock.core.errors import ItemDamaged, ItemMissing, VaultUnwritable
from facelock.vault.age import new_identity, recipient_of
from facelock.vault.snapshots import (
    MAX_AGE_SECONDS,
    MAX_PICTURE_BYTES,
    MAX_SNAPSHOTS,
    SnapshotFolder,
)

IDENTITY = new_identity()
RECIPIENT = recipient_of(IDENTITY)
AT = 1_700_000_000.0
JPEG = b"\xff\xd8 a face \xff\xd9"


@pytest.fixture
def folder(tmp_path: Path) -> SnapshotFolder:
    return SnapshotFolder(tmp_path / "vault")


def files(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "vault" / "refused").glob("*"))


def test_a_picture_opens_with_the_identity_alone(folder: SnapshotFolder, tmp_path: Path) -> None:
    folder.keep(JPEG, RECIPIENT, AT + 0.7)
    (kept,) = folder.pictures(AT)
    assert kept.at == AT
    assert folder.read(kept.name, IDENTITY) == JPEG
    (path,) = files(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert b"a face" not in path.read_bytes()
    with pytest.raises(ItemDamaged):
        folder.read(kept.name, new_identity())


def test_the_oldest_make_room(folder: SnapshotFolder) -> None:
    for second in range(MAX_SNAPSHOTS + 5):
        folder.keep(JPEG, RECIPIENT, AT + second)
    kept = folder.pictures(AT)
    assert [one.at for one in kept] == [AT + MAX_SNAPSHOTS + 4 - n for n in range(MAX_SNAPSHOTS)]


def test_what_is_too_old_is_gone(folder: SnapshotFolder, tmp_path: Path) -> None:
    folder.keep(JPEG, RECIPIENT, AT)
    assert folder.pictures(AT + MAX_AGE_SECONDS)
    assert folder.pictures(AT + MAX_AGE_SECONDS + 1) == ()
    assert files(tmp_path) == []


def test_pictures_are_deleted_one_by_one_or_all(folder: SnapshotFolder, tmp_path: Path) -> None:
    for second in range(3):
        folder.keep(JPEG, RECIPIENT, AT + second)
    kept = folder.pictures(AT)
    folder.delete([kept[1].name])
    assert folder.pictures(AT) == (kept[0], kept[2])
    folder.delete_all()
    assert not (tmp_path / "vault" / "refused").exists()
    folder.delete_all()


@pytest.mark.security
@pytest.mark.parametrize("name", ["../../x", "1-00.age", "", "/etc/passwd"])
def test_no_other_file_is_reached(folder: SnapshotFolder, name: str) -> None:
    with pytest.raises(ItemMissing):
        folder.read(name, IDENTITY)
    with pytest.raises(ItemMissing):
        folder.delete([name])


def test_a_missing_linked_or_damaged_picture_says_so(
    folder: SnapshotFolder, tmp_path: Path
) -> None:
    with pytest.raises(ItemMissing):
        folder.read("1-" + "0" * 16 + ".age", IDENTITY)
    folder.keep(JPEG, RECIPIENT, AT)
    (path,) = files(tmp_path)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(ItemDamaged):
        folder.read(path.name, IDENTITY)
    other = path.with_name("2-" + "0" * 16 + ".age")
    other.symlink_to(path)
    with pytest.raises(ItemDamaged):
        folder.read(other.name, IDENTITY)


@pytest.mark.parametrize("size", [0, MAX_PICTURE_BYTES + 1])
def test_a_picture_of_an_impossible_size_is_refused(folder: SnapshotFolder, size: int) -> None:
    with pytest.raises(ValueError, match="size"):
        folder.keep(bytes(size), RECIPIENT, AT)


def test_strange_files_are_left_alone(folder: SnapshotFolder, tmp_path: Path) -> None:
    folder.keep(JPEG, RECIPIENT, AT)
    strange = tmp_path / "vault" / "refused" / "mine.age"
    strange.write_bytes(b"x")
    folder.delete_all()
    assert files(tmp_path) == [strange]


def test_a_disk_that_refuses_is_told(
    folder: SnapshotFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "vault").write_bytes(b"a file in the way")
    with pytest.raises(VaultUnwritable):
        folder.keep(JPEG, RECIPIENT, AT)
    (tmp_path / "vault").unlink()
    folder.keep(JPEG, RECIPIENT, AT)
    (kept,) = folder.pictures(AT)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, os.strerror(1))

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(VaultUnwritable):
        folder.delete([kept.name])
    monkeypatch.undo()
