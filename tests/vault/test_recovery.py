"""The recovery key: what opens everything when the passphrase is forgotten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fakes import FakeSecrets
from sealed_people import FAST, PASSPHRASE, a_profile, keys_for, open_store

from facelock.core.errors import NotEnrolled, StoreDamaged, WrongPassphrase, WrongRecoveryKey
from facelock.vault import age
from facelock.vault.key_files import KeySlots, encode_slots, identity_of, passphrase_slot
from facelock.vault.keys import INTERACTIVE, KdfParameters
from facelock.vault.recovery import (
    RecoveryKey,
    new_recovery_key,
    open_by_recovery,
    read_recovery_key,
    seal_for_recovery,
)
from facelock.vault.store import ProfileStore

ADA, EVE = a_profile("Ada"), a_profile("Eve")
ID = ADA.profile_id
NEW = "nine loud badgers"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def keys_file(folder: Path) -> Path:
    return folder / "people" / f"{ID}.keys"


def enrol(folder: Path) -> tuple[ProfileStore, RecoveryKey]:
    store = open_store(folder, FakeSecrets())
    keys = keys_for(ADA)
    store.enrol(ADA, keys)
    return store, keys.recovery_key


def make_old(path: Path) -> None:
    """Turn a key file into one of version 1."""
    content = json.loads(path.read_text())
    content["version"] = 1
    for field in ("identity", "recipient", "recovery", "recovery_recipient"):
        del content["slots"][field]
    path.write_text(json.dumps(content))


def test_a_recovery_key_is_not_shown_by_accident_and_can_be_read_by_people() -> None:
    key = new_recovery_key()
    assert key.text not in repr(key)
    assert "".join(key.groups) == key.text
    assert {len(group) for group in key.groups[1:-1]} == {4}
    assert age.recipient_of(key.text) == key.recipient


def test_a_recovery_key_is_taken_however_it_was_kept() -> None:
    key = new_recovery_key()
    for text in (
        key.text,
        f"  {key.text.lower()}\r\n",
        " ".join(key.groups),
        f"# Facelock recovery key of Ada\n{key.text}\n",
        "\n".join(key.groups),
    ):
        assert read_recovery_key(text) == key
    for text in ("", "AGE-SECRET-KEY-1", key.text[:-1], key.recipient, "x" * 100_000):
        with pytest.raises(WrongRecoveryKey):
            read_recovery_key(text)


def test_what_a_recovery_copy_holds_must_be_a_key() -> None:
    key = new_recovery_key()
    for held in (b"", b"ab" * 31, b"zz" * 32, b"\xff" * 64):
        with pytest.raises(WrongRecoveryKey):
            open_by_recovery(age.encrypt(held, key.recipient), key)
    assert open_by_recovery(seal_for_recovery(b"k" * 32, key.recipient), key) == b"k" * 32


def test_the_recovery_key_opens_what_the_passphrase_opens(folder: Path) -> None:
    store, recovery = enrol(folder)
    opened = store.try_recovery_key(ID, recovery.text)
    assert opened.by_recovery
    store.admit(opened)
    by_passphrase = store.try_passphrase(ID, PASSPHRASE)
    assert opened.vault_key == by_passphrase.vault_key
    assert not by_passphrase.by_recovery
    store.close()


def test_the_recovery_key_opens_a_store_that_lost_its_keyring(folder: Path) -> None:
    store, recovery = enrol(folder)
    store.close()
    store = open_store(folder, FakeSecrets())
    assert store.needs_passphrase
    store.admit(store.try_recovery_key(ID, recovery.text))
    assert not store.needs_passphrase
    store.close()


def test_anothers_recovery_key_opens_nothing(folder: Path) -> None:
    store, recovery = enrol(folder)
    others = keys_for(EVE)
    store.enrol(EVE, others)
    for text in (others.recovery_key.text, new_recovery_key().text, PASSPHRASE, ""):
        with pytest.raises(WrongRecoveryKey):
            store.try_recovery_key(ID, text)
    with pytest.raises(WrongRecoveryKey):
        store.try_recovery_key(EVE.profile_id, recovery.text)
    with pytest.raises(NotEnrolled):
        store.try_recovery_key("0" * 32, recovery.text)
    store.close()


def test_a_new_passphrase_opens_and_the_old_one_opens_no_more(
    folder: Path, keys_file: Path
) -> None:
    store, recovery = enrol(folder)
    vault_key = store.open_key(ID, PASSPHRASE)
    store.change_passphrase(ID, vault_key, NEW, FAST)
    assert store.open_key(ID, NEW) == vault_key
    with pytest.raises(WrongPassphrase):
        store.try_passphrase(ID, PASSPHRASE)
    assert store.try_recovery_key(ID, recovery.text).vault_key == vault_key
    assert {path.name for path in keys_file.parent.glob(f"{ID}.keys*")} == {keys_file.name}
    store.close()


def test_a_passphrase_is_changed_by_its_owner_alone_and_never_made_cheap(folder: Path) -> None:
    store, _ = enrol(folder)
    store.enrol(EVE, keys_for(EVE))
    eves = store.open_key(EVE.profile_id, PASSPHRASE)
    slot = passphrase_slot(ID, eves, NEW, kdf=FAST)
    with pytest.raises(StoreDamaged):
        store.keep_passphrase(ID, eves, slot)
    with pytest.raises(NotEnrolled):
        store.keep_passphrase("0" * 32, eves, slot)
    with pytest.raises(NotEnrolled):
        store.change_passphrase("0" * 32, eves, NEW, FAST)
    cheap = passphrase_slot(ID, eves, NEW, kdf=KdfParameters(8, 1, 1))
    with pytest.raises(StoreDamaged, match="too little"):
        store.keep_passphrase(ID, store.open_key(ID, PASSPHRASE), cheap)
    assert store.open_key(ID, PASSPHRASE)
    store.keep_passphrase(
        EVE.profile_id, eves, passphrase_slot(EVE.profile_id, eves, NEW, kdf=FAST)
    )
    assert store.open_key(EVE.profile_id, NEW) == eves
    store.close()


def test_a_passphrase_is_stretched_as_this_machine_can_bear(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kdf = KdfParameters(32, 2, 1)
    monkeypatch.setattr("facelock.vault.key_files.calibrated", lambda: kdf)
    store, _ = enrol(folder)
    store.change_passphrase(ID, store.open_key(ID, PASSPHRASE), NEW)
    assert store.key_slots(ID).passphrase.kdf == kdf != INTERACTIVE
    store.close()


def test_a_new_recovery_key_makes_the_old_one_worthless(folder: Path, keys_file: Path) -> None:
    store, old = enrol(folder)
    vault_key = store.open_key(ID, PASSPHRASE)
    identity = store.vault_identity(ID, vault_key)
    new = store.renew_recovery(ID, vault_key)
    assert store.try_recovery_key(ID, new.text).vault_key == vault_key
    with pytest.raises(WrongRecoveryKey):
        store.try_recovery_key(ID, old.text)
    assert store.recovery_recipient(ID, vault_key) == new.recipient
    assert store.vault_identity(ID, vault_key) == identity
    assert {path.name for path in keys_file.parent.glob(f"{ID}.keys*")} == {keys_file.name}
    with pytest.raises(NotEnrolled):
        store.renew_recovery("0" * 32, vault_key)
    store.close()


def test_everybody_has_an_identity_of_their_own(folder: Path) -> None:
    store, recovery = enrol(folder)
    vault_key = store.open_key(ID, PASSPHRASE)
    identity = store.vault_identity(ID, vault_key)
    assert age.recipient_of(identity) == store.vault_recipient(ID)
    assert store.recovery_recipient(ID) == recovery.recipient
    assert identity not in (store.key_slots(ID).recipient, recovery.text)
    with pytest.raises(StoreDamaged):
        store.vault_identity(ID, bytes(32))
    with pytest.raises(NotEnrolled):
        store.vault_identity("0" * 32, vault_key)
    store.close()


def test_a_person_of_the_first_version_gets_an_identity_and_is_offered_a_recovery_key(
    folder: Path, keys_file: Path
) -> None:
    store, recovery = enrol(folder)
    make_old(keys_file)
    assert not store.has_recovery(ID)
    assert store.vault_recipient(ID) is store.recovery_recipient(ID) is None
    with pytest.raises(StoreDamaged, match="no identity"):
        identity_of(store.key_slots(ID), ID, store.open_key(ID, PASSPHRASE))
    with pytest.raises(WrongRecoveryKey, match="no recovery key"):
        store.try_recovery_key(ID, recovery.text)
    vault_key = store.open_key(ID, PASSPHRASE)
    identity = store.vault_identity(ID, vault_key)
    assert store.vault_identity(ID, vault_key) == identity
    assert json.loads(keys_file.read_text())["version"] == 2
    assert not store.has_recovery(ID)
    new = store.renew_recovery(ID, vault_key)
    assert store.has_recovery(ID)
    assert store.vault_identity(ID, store.try_recovery_key(ID, new.text).vault_key) == identity
    store.close()


def rewrite(path: Path, slots: KeySlots, **changes: object) -> None:
    """Put other values into a key file, as somebody may who can write it."""
    content = json.loads(encode_slots(ID, slots))
    content["slots"].update(changes)
    path.write_text(json.dumps(content))


def test_a_planted_recipient_is_not_encrypted_to(folder: Path, keys_file: Path) -> None:
    """Whoever can write the file would have the vault's identity encrypted to themselves."""
    store, _ = enrol(folder)
    vault_key = store.open_key(ID, PASSPHRASE)
    honest = store.key_slots(ID)
    mine = new_recovery_key()
    for field in ("recipient", "recovery_recipient"):
        rewrite(keys_file, honest, **{field: mine.recipient})
        with pytest.raises(StoreDamaged):
            store.vault_identity(ID, vault_key)
        with pytest.raises(StoreDamaged):
            store.recovery_recipient(ID, vault_key)
        with pytest.raises(StoreDamaged):
            store.renew_recovery(ID, vault_key)
    store.close()


def test_a_planted_recovery_copy_opens_nothing(folder: Path, keys_file: Path) -> None:
    import base64

    store, _ = enrol(folder)
    honest, mine = store.key_slots(ID), new_recovery_key()
    planted = base64.b64encode(seal_for_recovery(b"k" * 32, mine.recipient)).decode()
    rewrite(keys_file, honest, recovery=planted, recovery_recipient=mine.recipient)
    with pytest.raises(WrongRecoveryKey):
        store.try_recovery_key(ID, mine.text)
    store.close()


def test_a_slot_and_its_recipient_come_together(folder: Path, keys_file: Path) -> None:
    store, _ = enrol(folder)
    honest = store.key_slots(ID)
    changes: tuple[dict[str, object], ...] = (
        {"identity": None},
        {"recipient": ""},
        {"recovery": None},
        {"recovery_recipient": ""},
        {"recipient": "age1nobody"},
        {"identity": {"salt": "", "nonce": "", "ciphertext": ""}},
    )
    for change in changes:
        rewrite(keys_file, honest, **change)
        with pytest.raises(StoreDamaged):
            store.key_slots(ID)
    store.close()


def test_the_generation_of_a_vault_is_kept_and_goes_with_its_person(folder: Path) -> None:
    secrets = FakeSecrets()
    store = open_store(folder, secrets)
    store.enrol(ADA, keys_for(ADA))
    assert store.vault_generation(ID) is None
    store.keep_vault_generation(ID, 7)
    assert store.vault_generation(ID) == 7
    with pytest.raises(NotEnrolled):
        store.keep_vault_generation("0" * 32, 1)
    store.remove(ID)
    assert not [name for name in secrets.kept if ID in name]
    store.close()
