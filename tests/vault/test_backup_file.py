"""A backup file, byte by byte: what is not exactly as it was made is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from a_vault import PERSON, VaultDisk
from sealed_people import a_profile

from facelock.core.errors import BackupUnreadable, StoreDamaged
from facelock.core.template import Profile
from facelock.vault import backup_file, backup_format
from facelock.vault.backup_file import BackupKeys, opened_backup, write_backup
from facelock.vault.backup_format import (
    BLOCK,
    KEYS,
    TarParser,
    TarStream,
    header,
    outer_parts,
    padding,
    read_header,
)
from facelock.vault.restoring import Restoring


def unheard(done: int, total: int) -> None:
    """Hear nothing."""


@pytest.fixture
def disk(tmp_path: Path) -> VaultDisk:
    disk = VaultDisk(tmp_path / "vault")
    vault = disk.open()
    vault.add_bytes("a", bytes(1000))
    vault.close()
    return disk


def keys_of(disk: VaultDisk) -> BackupKeys:
    return BackupKeys(PERSON, disk.key, disk.identity, None, b"{}", demo=False)


def read(path: Path, disk: VaultDisk, folder: Path | None = None) -> backup_file.RestoredParts:
    with opened_backup(path) as backup:
        assert backup.key_file == b"{}"
        return backup.read_all(keys_of(disk), folder)


def test_a_vault_without_templates_or_recovery_key_is_backed_up_too(
    disk: VaultDisk, tmp_path: Path
) -> None:
    path = tmp_path / "backup"
    write_backup(path, keys_of(disk), disk.folder, None, progress=unheard)
    out = tmp_path / "out"
    (out / "items").mkdir(parents=True)
    parts = read(path, disk, out)
    assert parts.profile is None
    assert sorted(parts.files) == disk.files()
    for name in disk.files():
        assert (out / name).read_bytes() == (disk.folder / name).read_bytes()


def test_somebody_elses_templates_are_refused_even_if_well_sealed(
    disk: VaultDisk, tmp_path: Path
) -> None:
    other: Profile = a_profile("Robert")
    with pytest.raises(BackupUnreadable, match="somebody else"):
        write_backup(tmp_path / "b", keys_of(disk), disk.folder, other, progress=unheard)
    assert [path.name for path in tmp_path.iterdir()] == ["vault"]


@pytest.mark.parametrize("manifest", [b"junk", msgspec.json.encode({"files": {}, "more": 1})])
def test_a_manifest_of_another_shape_is_refused(
    disk: VaultDisk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, manifest: bytes
) -> None:
    monkeypatch.setattr(msgspec.json, "encode", lambda _: manifest)
    with pytest.raises(BackupUnreadable):
        write_backup(tmp_path / "b", keys_of(disk), disk.folder, None, progress=unheard)


def test_a_restore_that_is_cut_off_leaves_no_half_of_a_file(
    disk: VaultDisk, tmp_path: Path
) -> None:
    path = tmp_path / "backup"
    write_backup(path, keys_of(disk), disk.folder, None, progress=unheard)
    files = backup_file._Files(tmp_path)
    files.begin("vault/index.sealed")
    files.data(b"half")
    files.close()
    files.close()
    assert not (tmp_path / "index.sealed").exists()
    assert not list(tmp_path.glob("*.tmp"))


class Kept:
    """Receives a tar into memory."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._name = ""

    def begin(self, name: str) -> None:
        self._name = name
        self.files[name] = b""

    def data(self, data: bytes) -> None:
        self.files[self._name] += data

    def end(self) -> None:
        """Nothing is to be done."""


def a_tar() -> bytes:
    one, two = b"x" * 700, b""
    return (
        header("vault/index.sealed", len(one))
        + one
        + padding(len(one))
        + header("vault/names.age", len(two))
        + bytes(2 * BLOCK)
    )


@pytest.mark.parametrize("step", [1, 7, 511, 512, 513, 100_000])
def test_a_tar_is_read_in_whatever_pieces_it_comes(step: int) -> None:
    kept, tar = Kept(), a_tar()
    parser = TarParser(kept)
    for start in range(0, len(tar), step):
        parser.write(tar[start : start + step])
    parser.flush()
    parser.finish()
    assert kept.files == {"vault/index.sealed": b"x" * 700, "vault/names.age": b""}


def test_a_tar_has_an_end_and_not_too_many_members(monkeypatch: pytest.MonkeyPatch) -> None:
    for cut in (0, 100, 600, 1500):
        parser = TarParser(Kept())
        parser.write(a_tar()[:cut])
        with pytest.raises(BackupUnreadable):
            parser.finish()
    monkeypatch.setattr(backup_format, "_MAX_MEMBERS", 1)
    with pytest.raises(BackupUnreadable, match="too many"):
        TarParser(Kept()).write(a_tar())


def test_a_large_member_is_described_in_one_block() -> None:
    assert read_header(header("backup.age", 1 << 40)) == ("backup.age", 1 << 40)
    with pytest.raises(BackupUnreadable):
        read_header(header("backup.age", 1 << 60))


def test_what_is_not_our_outer_tar_is_refused() -> None:
    def parts(data: bytes) -> tuple[bytes, int]:
        chunks: Iterator[int] = iter(data)
        return outer_parts(lambda size: bytes(next(chunks, 0) for _ in range(size)), len(data))

    start = header(KEYS, 2) + b"{}" + padding(2)
    assert parts(start + header("backup.age", 0) + bytes(1024)) == (b"{}", 0)
    for data in (
        start + header("other", 0) + bytes(1024),
        start + bytes(2048),
        header("other", 2) + b"{}" + padding(2),
        header(KEYS, 1 << 20) + bytes(1 << 20),
        start + header("backup.age", 5) + bytes(1024),
    ):
        with pytest.raises(BackupUnreadable):
            parts(data)


def test_a_stream_of_blocks_is_read_to_its_end() -> None:
    heard: list[int] = []
    stream = TarStream(iter([b"abc", b"", b"d"]), heard.append)
    assert [stream.read(2) for _ in range(4)] == [b"ab", b"c", b"d", b""]
    assert heard == [3, 3, 4]


def test_a_backup_without_an_index_is_damaged(disk: VaultDisk, tmp_path: Path) -> None:
    ready = Restoring(tmp_path / "vaults", PERSON)
    with pytest.raises(StoreDamaged):
        ready.raise_generation(disk.keys(), None)
