"""A person put back in place of another state: gone through with, or as if it never was."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from facelock.vault.restoring import Restoring, finish_restoring

PERSON = "a" * 32


class Killed(BaseException):
    """Stands for SIGKILL: nothing that cleans up on errors may see it as one."""


def before(folder: Path) -> tuple[Path, Path]:
    """Make what a person has: (vaults, store)."""
    vaults, store = folder / "vaults", folder / "store"
    (vaults / PERSON / "items").mkdir(parents=True)
    (vaults / PERSON / "index.sealed").write_bytes(b"old")
    (store / "people").mkdir(parents=True)
    (store / "people" / f"{PERSON}.keys").write_bytes(b"old")
    (store / "people" / f"{PERSON}.sealed").write_bytes(b"old")
    return vaults, store


def state(vaults: Path, store: Path) -> set[bytes]:
    return {
        (vaults / PERSON / "index.sealed").read_bytes(),
        (store / "people" / f"{PERSON}.keys").read_bytes(),
        (store / "people" / f"{PERSON}.sealed").read_bytes(),
    }


def restore(vaults: Path, store: Path) -> None:
    ready = Restoring(vaults, PERSON)
    (ready.vault / "index.sealed").write_bytes(b"new")
    ready.keep(b"new", b"new")
    ready.decide(store)


def killing(call: Callable[..., object], at: list[int]) -> Callable[..., object]:
    def counted(*arguments: object, **named: object) -> object:
        at[0] -= 1
        if at[0] < 0:
            raise Killed
        return call(*arguments, **named)

    return counted


def test_a_kill_at_any_step_leaves_the_old_state_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = []
    for steps in range(100):
        folder = tmp_path / str(steps)
        vaults, store = before(folder)
        left = [steps]
        with monkeypatch.context() as patch:
            for name in ("rename", "replace"):
                patch.setattr(Path, name, killing(getattr(Path, name), left))
            patch.setattr(shutil, "rmtree", killing(shutil.rmtree, left))
            patch.setattr(os, "fsync", killing(os.fsync, left))
            try:
                restore(vaults, store)
            except Killed:
                killed = True
            else:
                killed = False
        finish_restoring(vaults, store)  # the next opening of the store
        finish_restoring(vaults, store)
        (found,) = state(vaults, store)
        assert [path.name for path in vaults.iterdir()] == [PERSON]
        outcomes.append(found)
        if not killed:
            break
    assert outcomes[0] == b"old"
    assert outcomes[-1] == b"new"
    assert outcomes == sorted(outcomes, reverse=True)  # once decided, never back


def test_what_was_not_decided_is_taken_away(tmp_path: Path) -> None:
    vaults, store = before(tmp_path)
    ready = Restoring(vaults, PERSON)
    ready.keep(b"new", b"new")
    Restoring(vaults, PERSON).discard()
    ready.discard()
    assert state(vaults, store) == {b"old"}
    assert [path.name for path in vaults.iterdir()] == [PERSON]
    finish_restoring(tmp_path / "nowhere", store)


def test_a_link_in_the_way_is_taken_away_and_not_followed(tmp_path: Path) -> None:
    vaults, store = before(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "theirs").write_bytes(b"x")
    (vaults / f"restoring-{PERSON}").symlink_to(elsewhere)
    restore(vaults, store)
    assert (elsewhere / "theirs").exists()
    assert state(vaults, store) == {b"new"}


def test_somebody_who_has_no_vault_yet_gets_one(tmp_path: Path) -> None:
    vaults, store = before(tmp_path)
    shutil.rmtree(vaults / PERSON)
    restore(vaults, store)
    assert state(vaults, store) == {b"new"}
