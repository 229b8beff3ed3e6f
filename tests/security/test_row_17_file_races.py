"""Threat-model rows 17 and 25: links, modes, read-only folders, full disks, two programs."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sealed_people import a_profile, enrolled, keys_for, open_store

from facelock.core.errors import StoreInUse, StoreUnwritable
from facelock.vault.keyring import NoKeyring
from facelock.vault.records import MachineRecord

pytestmark = [
    pytest.mark.security,
    pytest.mark.skipif(os.name != "posix", reason="POSIX links, modes and mounts"),
]


@pytest.fixture
def keeper() -> NoKeyring:
    """Stand in for a keyring: kept by the test, it outlives the store."""
    return NoKeyring()


def test_a_link_in_the_place_of_the_store_or_its_lock_is_refused(
    tmp_path: Path, keeper: NoKeyring
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "store").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreUnwritable):
        open_store(tmp_path / "store", keeper)
    (tmp_path / "elsewhere" / "people").mkdir()
    (tmp_path / "elsewhere" / "store.lock").symlink_to(tmp_path / "victim")
    with pytest.raises(StoreUnwritable):
        open_store(tmp_path / "elsewhere", keeper)
    assert not (tmp_path / "victim").exists()


def test_a_profile_that_others_can_write_is_not_loaded(tmp_path: Path, keeper: NoKeyring) -> None:
    ada = a_profile()
    enrolled(tmp_path, keeper, ada)
    (tmp_path / "people" / f"{ada.profile_id}.sealed").chmod(0o666)
    store = open_store(tmp_path, keeper)
    assert store.profiles == ()
    assert "somebody else" in store.damaged[0].reason


def test_a_pipe_in_the_place_of_a_record_does_not_hang_the_lock(
    tmp_path: Path, keeper: NoKeyring
) -> None:
    ada = a_profile()
    enrolled(tmp_path, keeper, ada)
    (tmp_path / "machine.sealed").unlink()
    os.mkfifo(tmp_path / "machine.sealed")
    assert open_store(tmp_path, keeper).needs_passphrase


def test_what_a_killed_write_left_is_swept_and_the_old_state_stands(
    tmp_path: Path, keeper: NoKeyring
) -> None:
    ada = a_profile()
    enrolled(tmp_path, keeper, ada)
    left = tmp_path / "people" / f".{ada.profile_id}.sealed.0123.tmp"
    left.write_bytes(b"half a record")
    assert len(open_store(tmp_path, keeper).profiles) == 1
    assert not left.exists()


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES, errno.ENOSPC, errno.EDQUOT])
def test_an_unwritable_home_is_said_and_loses_nothing(
    tmp_path: Path, keeper: NoKeyring, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    ada = a_profile()
    enrolled(tmp_path, keeper, ada)
    store = open_store(tmp_path, keeper)

    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", fail)
        with pytest.raises(StoreUnwritable, match=os.strerror(code)):
            store.save_machine(MachineRecord(failures=1))
        with pytest.raises(StoreUnwritable, match=os.strerror(code)):
            open_store(tmp_path / "new", NoKeyring())
    assert store.machine == MachineRecord()
    store.close()
    assert len(open_store(tmp_path, keeper).profiles) == 1


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a real disk of 256 KiB, or skip."""
    disk = tmp_path / "disk"
    disk.mkdir()
    options = ["-t", "tmpfs", "-o", "size=256k,mode=0700", "tmpfs", str(disk)]
    try:
        mounted = subprocess.run(["mount", *options], capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount here")
    if mounted.returncode != 0:
        pytest.skip("mounting is not permitted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_is_really_full_loses_nothing(tiny_disk: Path, keeper: NoKeyring) -> None:
    ada, bob = a_profile("Ada"), a_profile("Bob")  # 80 KiB each
    store = open_store(tiny_disk, keeper)
    store.enrol(ada, keys_for(ada))
    (tiny_disk / "ballast").write_bytes(bytes(120 * 1024))
    with pytest.raises(StoreUnwritable, match="space"):
        store.enrol(bob, keys_for(bob))
    with pytest.raises(StoreUnwritable, match="space"):
        store.rename(ada.profile_id, "Augusta")
    assert [one.name for one in store.profiles] == ["Ada"]
    store.close()
    store = open_store(tiny_disk, keeper)
    assert [one.name for one in store.profiles] == ["Ada"]
    assert store.damaged == ()
    (tiny_disk / "ballast").unlink()
    store.rename(ada.profile_id, "Augusta")
    store.close()


def test_another_program_cannot_open_the_store_meanwhile(tmp_path: Path, keeper: NoKeyring) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from facelock.vault.sealed_folder import SealedFolder\n"
        "SealedFolder(Path(sys.argv[1])); print('open', flush=True); sys.stdin.read()"
    )
    environment = {**os.environ, "PYTHONPATH": ":".join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(StoreInUse):
            open_store(tmp_path, keeper)
        other.kill()  # a crash lets go of the lock
    assert not open_store(tmp_path, keeper).needs_passphrase
