"""Threat-model row 25: full disk, power cut in the middle of a write.

Old state or new one, never neither; what was confirmed is there; nothing is left over.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from a_vault import VaultDisk
from kill_harness import Contents, check_vault, contents, nursery

from facelock.core.errors import ExportUnwritable, VaultFull, VaultUnwritable
from facelock.vault.vault import Vault

pytestmark = pytest.mark.security
KILLS = int(os.environ.get("FACELOCK_TORTURE_KILLS", "25"))

Change = Callable[[Vault], object]
CHANGES: dict[str, Change] = {
    "add": lambda vault: vault.add_bytes("new", bytes(200_000)),
    "note": lambda vault: vault.add_note("new", "text"),
    "change": lambda vault: vault.change_note(vault.items[0].item_id, "other"),
    "rename": lambda vault: vault.rename(vault.items[0].item_id, "other"),
    "delete": lambda vault: vault.delete([vault.items[0].item_id]),
    "quota": lambda vault: vault.set_quota(1000),
}


class FailingCall:
    """Stands in for a call of `os`: the n-th one fails, and all that come after it."""

    def __init__(self, name: str, fails_from: int, code: int) -> None:
        self._real = getattr(os, name)
        self._left = fails_from
        self._code = code
        self.failed = False

    def __call__(self, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - passes all on
        self._left -= 1
        if self._left < 0:
            self.failed = True
            raise OSError(self._code, os.strerror(self._code))
        return self._real(*arguments, **named)


def refused(change: Callable[[], object]) -> type[Exception] | None:
    """Return the error that a change ends in."""
    try:
        change()
    except (VaultFull, VaultUnwritable) as error:
        return type(error)
    return None


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_at_any_moment_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str, call: str, code: int
) -> None:
    disk = VaultDisk(tmp_path / "vault")
    vault = disk.open()
    vault.add_note("note", "one")
    for at in range(100):
        before, files, known = contents(vault), disk.files(), disk.known
        failing = FailingCall(call, at, code)
        with monkeypatch.context() as patch:
            patch.setattr(os, call, failing)
            refusal = refused(lambda: CHANGES[change](vault))  # noqa: B023 - called at once
        if refusal is None:  # what fails after the index stands is caught up with
            break
        assert refusal is (VaultFull if code == errno.ENOSPC else VaultUnwritable)
        assert (contents(vault), disk.files(), disk.known) == (before, files, known)
        assert contents(disk.open()) == before
        vault = disk.open()
    else:
        pytest.fail("it never went through")
    after = contents(vault)
    assert contents(disk.open()) == after


def test_a_disk_that_is_clearly_too_full_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = VaultDisk(tmp_path / "vault")
    vault = disk.open()

    class Full:
        free = 1000

    monkeypatch.setattr(shutil, "disk_usage", lambda _: Full)
    with pytest.raises(VaultFull):
        vault.add_bytes("a", b"x")


def test_an_export_to_a_full_disk_leaves_no_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = VaultDisk(tmp_path / "vault").open()
    item = vault.add_bytes("a", bytes(300_000))
    out = tmp_path / "out"
    out.mkdir()
    for call, at in (("write", 0), ("write", 2), ("fsync", 0)):
        with monkeypatch.context() as patch:
            patch.setattr(os, call, FailingCall(call, at, errno.ENOSPC))
            with pytest.raises(ExportUnwritable):
                vault.export(item.item_id, out)
        assert list(out.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL and fork")
@pytest.mark.timeout(3600)
def test_a_vault_survives_being_killed_at_random_moments(tmp_path: Path) -> None:
    state: Contents = {}
    confirmed = 0
    with nursery("kill_harness:write_vault") as workers:
        for seed in range(KILLS):
            said = workers.run_and_kill(tmp_path, seed)
            confirmed += said.count({"done": True})
            state = check_vault(tmp_path, said, state)
    assert confirmed > KILLS / 2
    print(f"{KILLS} kills, {confirmed} confirmed changes")
