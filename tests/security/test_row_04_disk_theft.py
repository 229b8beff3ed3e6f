"""Threat-model row 4: a copy of the disk shows nothing and makes nothing easy to guess."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from sealed_people import PASSPHRASE, a_profile, an_embedding, keys_for, open_store

from facelock.core.errors import StoreDamaged, WrongPassphrase
from facelock.vault.keyring import NoKeyring
from facelock.vault.store import ProfileStore

pytestmark = pytest.mark.security


def test_no_byte_of_a_face_name_or_key_lies_on_the_disk(tmp_path: Path) -> None:
    keeper = NoKeyring()
    ada = a_profile("Augusta Ada King")
    store = open_store(tmp_path, keeper)
    keys = keys_for(ada)
    store.enrol(ada, keys)
    store.arm_face(ada.profile_id, keys.vault_key)
    store.rename(ada.profile_id, "Countess of Lovelace")
    store.close()
    disk = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    crop = ada.samples[0].crop
    assert crop is not None
    private = [
        b"Augusta",
        b"Lovelace",
        PASSPHRASE.encode(),
        bytes(keys.vault_key),
        ada.samples[0].embedding.tobytes()[:32],
        ada.references[0].embedding.tobytes()[:32],
        crop.pixels.tobytes()[:32],
        *keeper._secrets.values(),
    ]
    assert [part for part in private if len(part) > 8 and part in disk] == []


@pytest.mark.skipif(os.name != "posix", reason="POSIX modes")
def test_files_are_0600_in_folders_of_0700_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        store = open_store(tmp_path / "store", NoKeyring())
        ada = a_profile()
        store.enrol(ada, keys_for(ada))
        store.rename(ada.profile_id, "Augusta")
    finally:
        os.umask(before)
    for path in (tmp_path / "store", *(tmp_path / "store").rglob("*")):
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


def test_a_stolen_store_opens_with_the_passphrase_alone(tmp_path: Path) -> None:
    ada = a_profile()
    store = open_store(tmp_path, NoKeyring())
    keys = keys_for(ada)
    store.enrol(ada, keys)
    store.arm_face(ada.profile_id, keys.vault_key)
    store.close()
    thief = open_store(tmp_path, NoKeyring())
    assert thief.profiles == ()
    assert thief.open_key_by_face(ada.profile_id) is None
    with pytest.raises(WrongPassphrase):
        thief.open_key(ada.profile_id, "correct horse")


def test_a_thief_cannot_make_guessing_cheap(tmp_path: Path) -> None:
    store = ProfileStore.open(tmp_path, NoKeyring(), demo=False)
    ada = a_profile()
    with pytest.raises(StoreDamaged):
        store.enrol(ada, keys_for(ada))


def test_nothing_private_shows_in_a_repr() -> None:
    import numpy as np

    ada = a_profile()
    keys = keys_for(ada)
    text = repr(keys) + repr(ada) + repr(ada.samples)
    assert "bytearray" not in text
    assert str(an_embedding(np.random.default_rng(1))[0]) not in text
    assert "array(" not in text
