"""Erasing everything: every folder and the keyring are looked at afterwards."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FakeSecrets, made_up_profile
from made_up_heads import a_version

from facelock.core.errors import StoreInUse
from facelock.core.settings import Settings
from facelock.desktop.autostart import find_autostart
from facelock.desktop.logs import close_log, open_log
from facelock.desktop.paths import Paths
from facelock.desktop.settings_file import save_settings
from facelock.desktop.window_lock import WindowLock
from facelock.services import erasing
from facelock.services.erasing import Erased, erase_everything, people_on_disk
from facelock.vault.key_files import prepare_keys
from facelock.vault.keys import KDF_FLOOR
from facelock.vault.store import ProfileStore

COMPLETE = Erased(keyring_was_reached=True, left=())


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.below(tmp_path / "user")


@pytest.fixture
def secrets(paths: Paths) -> FakeSecrets:
    """Fill every folder as a used Facelock does; return its keyring."""
    keeper = FakeSecrets()
    store = ProfileStore.open(paths.store, keeper, demo=False)
    for seed, name in ((1, "Ada"), (2, "Bob")):
        profile = made_up_profile(seed, name)
        keys = prepare_keys(profile.profile_id, "seven quiet otters swim", kdf=KDF_FLOOR)
        store.enrol(profile, keys)
        store.arm_face(profile.profile_id, keys.vault_key)
        store.keep_vault_generation(profile.profile_id, 3)
        items = paths.vaults / profile.profile_id / "items"
        items.mkdir(parents=True)
        (items / "0a.age").write_bytes(b"sealed" * 100)
        (items.parent / "index.sealed").write_bytes(b"sealed")
    head = a_version(5, f"{1:032x}")
    under = [replace(one, model_sha256=head.network.model_sha256) for one in store.profiles]
    assert store.adopt_head(store.stage_head(head, under))
    store.close()
    save_settings(paths.settings_file, Settings())
    (paths.store / "people" / "left.damaged").write_bytes(b"old")
    log = open_log(paths.log_file)
    assert log is not None
    logging.getLogger("facelock.test").info("something happened")
    close_log(log)
    paths.state.mkdir(mode=0o700, exist_ok=True)
    (paths.state / "lock.request").touch()
    assert len(keeper.kept) == 6
    return keeper


def remains(paths: Paths) -> list[Path]:
    folders = (paths.data, paths.config, paths.state, paths.log, paths.vaults, paths.store)
    return [one for one in folders if os.path.lexists(one)]


def test_nothing_is_left_in_any_folder_or_in_the_keyring(
    paths: Paths, secrets: FakeSecrets
) -> None:
    assert list((paths.store / "heads").iterdir()) != []
    assert erase_everything(paths, secrets) == COMPLETE
    assert remains(paths) == []
    assert secrets.kept == {}


def test_nothing_starts_at_login_any_more(
    paths: Paths, secrets: FakeSecrets, tmp_path: Path
) -> None:
    entry = find_autostart("linux", command=("facelock-gui",), home=tmp_path)
    entry.on()
    assert erase_everything(paths, secrets, entry) == COMPLETE
    assert not entry.is_on
    assert erase_everything(paths, secrets, entry) == COMPLETE


def test_an_entry_at_login_that_stays_is_told(
    paths: Paths, secrets: FakeSecrets, tmp_path: Path
) -> None:
    entry = find_autostart("linux", command=("facelock-gui",), home=tmp_path)
    Path(entry.place).mkdir(parents=True)  # no file that could be removed
    assert erase_everything(paths, secrets, entry) == Erased(
        keyring_was_reached=True, left=(Path(entry.place),)
    )
    assert remains(paths) == []


def test_it_may_be_run_again_and_on_a_computer_without_facelock(
    paths: Paths, secrets: FakeSecrets
) -> None:
    erase_everything(paths, secrets)
    assert erase_everything(paths, secrets) == COMPLETE
    assert remains(paths) == []


def test_other_stores_in_the_same_keyring_are_left_alone(
    paths: Paths, secrets: FakeSecrets, tmp_path: Path
) -> None:
    other = Paths.below(tmp_path / "other")
    ProfileStore.open(other.store, secrets, demo=False).close()
    erase_everything(paths, secrets)
    assert len(secrets.kept) == 2
    ProfileStore.open(other.store, secrets, demo=False).close()


@pytest.mark.parametrize("damage", ["machine.sealed", "people", "keys"])
def test_a_damaged_store_is_erased_too(paths: Paths, secrets: FakeSecrets, damage: str) -> None:
    people = paths.store / "people"
    match damage:
        case "machine.sealed":
            (paths.store / damage).write_bytes(b"rubbish")
        case "keys":  # the index still knows whose entries are in the keyring
            for one in (*people.glob("*"), *paths.vaults.glob("*/*.sealed")):
                one.unlink()
        case _:
            for one in people.glob("*.sealed"):
                one.write_bytes(b"rubbish")
    assert erase_everything(paths, secrets) == COMPLETE
    assert remains(paths) == []
    assert secrets.kept == {}


def test_with_the_window_open_nothing_is_touched(paths: Paths, secrets: FakeSecrets) -> None:
    window = WindowLock(paths.state)
    assert window.take()
    with pytest.raises(StoreInUse):
        erase_everything(paths, secrets)
    window.release()
    assert len(secrets.kept) == 6
    assert len(people_on_disk(paths)) == 2


def test_with_the_store_open_nothing_is_touched(paths: Paths, secrets: FakeSecrets) -> None:
    store = ProfileStore.open(paths.store, secrets, demo=False)
    with pytest.raises(StoreInUse):
        erase_everything(paths, secrets)
    assert len(store.profiles) == 2
    store.close()


def test_a_keyring_that_stays_locked_is_told_and_the_files_go(
    paths: Paths, secrets: FakeSecrets
) -> None:
    secrets.locked = True
    assert erase_everything(paths, secrets) == Erased(keyring_was_reached=False, left=())
    assert remains(paths) == []


class Killed(BaseException):
    """What stands for SIGKILL in the middle."""


STEPS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "before the keys": lambda patch: patch.setattr(erasing, "_overwrite_keys", _killed),
    "before the folders": lambda patch: patch.setattr(erasing, "_deleted", _killed),
    "between folders": lambda patch: patch.setattr(erasing, "_deleted", _killed_at("store")),
    "before the end": lambda patch: patch.setattr(erasing, "_deleted", _killed_at("state")),
}


def _killed(*_: object) -> list[Path]:
    raise Killed


def _killed_at(name: str) -> Callable[[Path], list[Path]]:
    original = erasing._deleted

    def deleted(place: Path) -> list[Path]:
        if place.name == name:
            raise Killed
        return original(place)

    return deleted


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_in_the_middle_is_finished_by_the_next_run(
    paths: Paths, secrets: FakeSecrets, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    with monkeypatch.context() as patch:
        STEPS[step](patch)
        with pytest.raises(Killed):
            erase_everything(paths, secrets)
    assert erase_everything(paths, secrets) == COMPLETE
    assert remains(paths) == []
    assert secrets.kept == {}


def test_a_kill_among_the_keyring_entries_forgets_none_of_them(
    paths: Paths, secrets: FakeSecrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = FakeSecrets.delete
    for after in range(6):
        calls = 0

        def delete(self: FakeSecrets, name: str, stop: int = after) -> None:
            nonlocal calls
            calls += 1
            if calls > stop:
                raise Killed
            original(self, name)

        with monkeypatch.context() as patch:
            patch.setattr(FakeSecrets, "delete", delete)
            with pytest.raises(Killed):
                erase_everything(paths, secrets)
    assert erase_everything(paths, secrets) == COMPLETE
    assert secrets.kept == {}


def test_keys_are_overwritten_before_they_are_deleted(
    paths: Paths, secrets: FakeSecrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "_deleted", lambda place: [])
    erase_everything(paths, secrets)
    keys = [*(paths.store / "people").glob("*.keys"), paths.store / "machine.sealed"]
    assert len(keys) == 3
    assert all(set(one.read_bytes()) == {0} for one in keys)


@pytest.mark.skipif("os.name != 'posix'", reason="links")
def test_no_link_leads_out_of_our_folders(
    paths: Paths, secrets: FakeSecrets, tmp_path: Path
) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "letter.txt").write_text("dear")
    (paths.vaults / "link").symlink_to(precious)
    (paths.store / "people" / "link.sealed").symlink_to(precious / "letter.txt")
    assert erase_everything(paths, secrets) == COMPLETE
    paths.data.symlink_to(precious)
    assert erase_everything(paths, secrets) == COMPLETE
    assert remains(paths) == []
    assert (precious / "letter.txt").read_text() == "dear"


def test_our_own_log_does_not_come_back(paths: Paths, secrets: FakeSecrets) -> None:
    log = open_log(paths.log_file)
    assert log is not None
    assert erase_everything(paths, secrets) == COMPLETE
    logging.getLogger("facelock.test").info("said afterwards")
    assert remains(paths) == []
    close_log(log)


@pytest.mark.parametrize("planted", ["vault", "vaults", "store", "people"])
def test_what_lies_behind_a_link_is_neither_overwritten_nor_deleted(
    paths: Paths, secrets: FakeSecrets, tmp_path: Path, planted: str
) -> None:
    precious = tmp_path / "precious"
    (precious / "people").mkdir(parents=True)
    files = [precious / one for one in ("notes.age", "index.sealed", "people/a.age", "people/x")]
    for one in files:
        one.write_bytes(b"somebody's own")
    place = {
        "vault": paths.vaults / ("e" * 32),
        "vaults": paths.vaults,
        "store": paths.store,
        "people": paths.store / "people",
    }[planted]
    if place.exists():
        place.rename(tmp_path / "moved")
    place.symlink_to(precious, target_is_directory=True)
    erase_everything(paths, secrets)
    assert [one.read_bytes() for one in files] == [b"somebody's own"] * 4
    assert remains(paths) == []
