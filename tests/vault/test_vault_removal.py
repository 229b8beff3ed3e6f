"""A person's files and notes go with the person: no link is followed, no power cut leaves half."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import FakeSecrets
from sealed_people import FAST, a_profile, keys_for, open_store

from facelock.core.errors import StoreUnwritable
from facelock.vault.sealed_folder import SealedFolder
from facelock.vault.store import ProfileStore

ADA = a_profile("Ada")


def a_vault(folder: Path) -> Path:
    vault = folder / ADA.profile_id
    (vault / "items").mkdir(parents=True)
    (vault / "items" / "one.age").write_bytes(b"sealed")
    return vault


def test_removing_a_person_deletes_their_vault_and_nobody_elses(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store", FakeSecrets())
    store.enrol(ADA, keys_for(ADA))
    vault = a_vault(tmp_path / "vaults")
    other = tmp_path / "vaults" / ("f" * 32)
    other.mkdir()
    store.remove(ADA.profile_id)
    assert not vault.exists()
    assert other.is_dir()
    store.close()


def test_a_removal_that_a_power_cut_ended_is_finished_at_the_next_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = FakeSecrets()
    store = open_store(tmp_path / "store", secrets)
    store.enrol(ADA, keys_for(ADA))
    vault = a_vault(tmp_path / "vaults")

    def cut(_self: SealedFolder, _profile_id: str) -> None:
        raise StoreUnwritable("the power is gone")

    with monkeypatch.context() as patched:
        patched.setattr(SealedFolder, "delete_vault", cut)
        with pytest.raises(StoreUnwritable):
            store.remove(ADA.profile_id)
    store.close()
    assert vault.exists()
    store = open_store(tmp_path / "store", secrets)
    assert store.people == ()
    assert not vault.exists()
    store.close()


def test_links_are_deleted_and_never_followed(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "file").write_bytes(b"mine")
    vaults = tmp_path / "elsewhere"
    vaults.mkdir()
    folder = SealedFolder(tmp_path / "store", vaults)
    (vaults / ADA.profile_id).symlink_to(precious)
    folder.delete_vault(ADA.profile_id)
    assert not (vaults / ADA.profile_id).is_symlink()
    vault = a_vault(vaults)
    (vault / "link").symlink_to(precious)
    folder.delete_vault(ADA.profile_id)
    assert not vault.exists()
    assert (precious / "file").read_bytes() == b"mine"
    folder.delete_vault(ADA.profile_id)  # there is none any more
    folder.close()


def test_a_vault_that_lies_elsewhere_goes_too(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere" / "of the vaults"
    store = ProfileStore.open(
        tmp_path / "store", FakeSecrets(), demo=False, kdf_floor=FAST, vaults=elsewhere
    )
    store.enrol(ADA, keys_for(ADA))
    vault = a_vault(elsewhere)
    store.remove(ADA.profile_id)
    assert not vault.exists()
    store.close()


def test_what_a_restore_left_goes_with_the_person(tmp_path: Path) -> None:
    secrets = FakeSecrets()
    store = open_store(tmp_path / "store", secrets)
    store.enrol(ADA, keys_for(ADA))
    left = tmp_path / "vaults" / f"restored-{ADA.profile_id}"
    left.mkdir(parents=True)
    (left / "keys").write_bytes(b"wrapped")
    store.remove(ADA.profile_id)
    assert list((tmp_path / "vaults").iterdir()) == []
    store.close()
    open_store(tmp_path / "store", secrets).close()
    assert list((tmp_path / "store" / "people").iterdir()) == []


def test_a_vault_that_cannot_be_deleted_keeps_nobody_else_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets, bob = FakeSecrets(), a_profile("Bob")
    store = open_store(tmp_path / "store", secrets)
    store.enrol(ADA, keys_for(ADA))
    store.enrol(bob, keys_for(bob))
    vault = a_vault(tmp_path / "vaults")

    def refused(_self: SealedFolder, _profile_id: str) -> None:
        raise StoreUnwritable("a file in it is held")

    with monkeypatch.context() as patched:
        patched.setattr(SealedFolder, "delete_vault", refused)
        with pytest.raises(StoreUnwritable):
            store.remove(ADA.profile_id)
        store.close()
        store = open_store(tmp_path / "store", secrets)
        assert [one.name for one in store.profiles] == ["Bob"]
        store.close()
    store = open_store(tmp_path / "store", secrets)
    assert not vault.exists()
    store.close()
