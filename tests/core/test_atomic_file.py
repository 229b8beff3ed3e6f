"""The old file or the new one, never neither; and nobody else's."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from facelock.core import atomic_file
from facelock.core.atomic_file import (
    StagedFile,
    open_regular,
    previous_copy,
    private_folder,
    read_private,
    sweep,
    sync_folder,
    write_atomically,
)

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX modes and links")


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@posix
def test_a_written_file_is_private_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a", b"one")
    assert mode(tmp_path / "a") == 0o600
    assert names(tmp_path) == ["a"]
    assert read_private(tmp_path / "a", limit=3) == b"one"


def test_the_previous_content_is_kept_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "a"
    for content in (b"one", b"two", b"three"):
        write_atomically(path, content, keep_previous=True)
    assert (path.read_bytes(), previous_copy(path).read_bytes()) == (b"three", b"two")


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
@pytest.mark.parametrize("call", ["open", "write", "fsync", "replace"])
def test_a_failing_disk_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises(OSError, match=os.strerror(code)):
            write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


def test_a_short_write_is_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:2]))
    write_atomically(tmp_path / "a", b"longer than two")
    assert (tmp_path / "a").read_bytes() == b"longer than two"


@posix
def test_a_folder_that_cannot_be_synced_does_not_unmake_the_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> None:
        raise OSError(errno.EINVAL, "no")

    monkeypatch.setattr(atomic_file, "sync_folder", fail)
    write_atomically(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"new"


KILLED = """
import os, signal, sys
from pathlib import Path
from facelock.core.atomic_file import write_atomically
os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
write_atomically(Path(sys.argv[1]), b"new")
"""


@posix
def test_a_process_killed_before_the_rename_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    killed = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert killed.returncode == -9
    assert path.read_bytes() == b"old"
    assert len(names(tmp_path)) == 2
    sweep(tmp_path)
    assert names(tmp_path) == ["a"]


@posix
def test_links_pipes_and_files_of_others_are_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_atomically(tmp_path / "real", b"secret")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe"):
        with pytest.raises(OSError):  # noqa: PT011 - which one depends on the system
            read_private(tmp_path / name, limit=100)
    with pytest.raises(OSError, match="larger"):
        read_private(tmp_path / "real", limit=5)
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(PermissionError):
        read_private(tmp_path / "real", limit=100)


@posix
def test_a_link_in_the_place_of_a_file_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"theirs")
    (tmp_path / "a").symlink_to(tmp_path / "elsewhere")
    write_atomically(tmp_path / "a", b"ours", keep_previous=True)
    assert (tmp_path / "elsewhere").read_bytes() == b"theirs"
    assert not (tmp_path / "a").is_symlink()
    assert not previous_copy(tmp_path / "a").exists()


@posix
def test_a_file_others_can_write_is_refused_one_they_can_read_is_tightened(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_atomically(path, b"x")
    path.chmod(0o644)
    assert read_private(path, limit=1) == b"x"
    assert mode(path) == 0o600
    path.chmod(0o620)
    with pytest.raises(PermissionError):
        read_private(path, limit=1)


@posix
def test_a_folder_is_made_private_and_tightened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "new" / "store"
    private_folder(folder)
    assert mode(folder) == 0o700
    folder.chmod(0o755)
    private_folder(folder)
    assert mode(folder) == 0o700
    (tmp_path / "link").symlink_to(folder)
    with pytest.raises(NotADirectoryError):
        private_folder(tmp_path / "link")
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(PermissionError):
        private_folder(folder)


def test_windows_has_neither_owners_nor_synced_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic_file, "_POSIX", False)
    private_folder(tmp_path / "store")
    write_atomically(tmp_path / "store" / "a", b"x")
    assert read_private(tmp_path / "store" / "a", limit=1) == b"x"
    sync_folder(tmp_path / "nowhere")


def test_what_was_staged_counts_only_once_it_is_committed(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    with StagedFile(path) as staged:
        assert staged.write(b"ne") == 2
        staged.write(b"?")
        staged.write_at(2, b"w")
        staged.finish()
        assert path.read_bytes() == b"old"
        staged.commit()
        staged.discard()
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["a"]


def test_what_was_not_committed_leaves_no_trace(tmp_path: Path) -> None:
    def interrupted() -> None:
        with StagedFile(tmp_path / ("long" * 60)) as staged:
            staged.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert names(tmp_path) == []


@pytest.mark.parametrize("links", [True, False])
def test_a_new_name_never_takes_the_place_of_another_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    def none(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    if not links:
        monkeypatch.setattr(os, "link", none)
    (tmp_path / "a").write_bytes(b"theirs")
    with StagedFile(tmp_path / "a") as staged:
        staged.write(b"ours")
        with pytest.raises(FileExistsError):
            staged.commit_as(tmp_path / "a")
        staged.commit_as(tmp_path / "b")
        assert staged.path == tmp_path / "b"
    assert (tmp_path / "a").read_bytes() == b"theirs"
    assert (tmp_path / "b").read_bytes() == b"ours"
    assert sorted(names(tmp_path)) == ["a", "b"]


def test_a_name_held_for_a_file_that_cannot_be_put_there_is_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "no")

    with StagedFile(tmp_path / "a") as staged, monkeypatch.context() as patch:
        patch.setattr(os, "link", fail)
        patch.setattr(os, "replace", fail)
        with pytest.raises(OSError, match="no"):
            staged.commit_as(tmp_path / "b")
    assert names(tmp_path) == []


def test_only_a_plain_file_is_opened(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"content")
    descriptor, status = open_regular(tmp_path / "a")
    os.close(descriptor)
    assert status.st_size == 7
    with pytest.raises(OSError):  # noqa: PT011 - which one depends on the system
        open_regular(tmp_path)
