"""A person's key file: the vault key, wrapped in each of the ways that open it. JSON.

It is deliberately not sealed under the device secret: the passphrase must open the vault when the
keyring is lost, emptied or absent. Everything in it is wrapped by itself, as in a LUKS header.

What keeps an attacker from putting a key file of their own making in its place: it carries the
device secret wrapped under the vault key (`store`). Whoever does not know the device secret cannot
make one that agrees with the store, and `ProfileStore.admit` demands that it agrees.
The same copy lets the passphrase open the store where there is no keyring.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from facelock.core.errors import StoreDamaged, StoreTooNew
from facelock.vault.keys import (
    INTERACTIVE,
    KDF_FLOOR,
    KdfParameters,
    Key,
    SecretWrappedKey,
    WrappedKey,
    new_vault_key,
    unwrap_with_secret,
    wrap_with_passphrase,
    wrap_with_secret,
)
from facelock.vault.strict import refuse_unknown

KEY_FILE_VERSION = 1
MAX_KEY_FILE_BYTES = 16 * 1024


@dataclass(frozen=True)
class KeySlots:
    """The ways to a person's vault key. A recovery slot finds its place here."""

    passphrase: WrappedKey
    store: SecretWrappedKey  # the device secret under the vault key
    face: SecretWrappedKey | None = None  # the vault key under the face secret of the keyring


@dataclass(frozen=True)
class PreparedKeys:
    """A new vault key and its passphrase slot, made before the person is enrolled.

    So the passphrase need not be kept while the enrolment runs. Wipe `vault_key` when done.
    """

    profile_id: str
    vault_key: bytearray = field(repr=False)
    passphrase: WrappedKey


class _KeyFile(msgspec.Struct, forbid_unknown_fields=True):
    version: int
    profile_id: str
    slots: KeySlots


class _Version(msgspec.Struct):
    version: int


def context(purpose: str, profile_id: str) -> bytes:
    """Return what binds a wrapped key to its purpose (passphrase, store, face) and person."""
    return f"facelock key v1 {purpose} {profile_id}".encode("ascii")


def prepare_keys(
    profile_id: str, passphrase: str, *, kdf: KdfParameters = INTERACTIVE
) -> PreparedKeys:
    """Make a vault key under a passphrase that `check_new_passphrase` let through.

    Takes about half a second: call it from a task.
    """
    vault_key = new_vault_key()
    bound = context("passphrase", profile_id)
    slot = wrap_with_passphrase(vault_key, passphrase, kdf=kdf, context=bound)
    return PreparedKeys(profile_id, vault_key, slot)


def make_slots(keys: PreparedKeys, device_secret: Key) -> KeySlots:
    """Return the slots of a newly enrolled person; the face is not armed."""
    bound = context("store", keys.profile_id)
    return KeySlots(keys.passphrase, wrap_with_secret(device_secret, keys.vault_key, context=bound))


def stored_secret(slots: KeySlots, profile_id: str, vault_key: Key) -> bytearray:
    """Return the device secret kept under the vault key. Raises StoreDamaged."""
    return unwrap_with_secret(slots.store, vault_key, context=context("store", profile_id))


def encode_slots(profile_id: str, slots: KeySlots) -> bytes:
    """Return a key file."""
    return msgspec.json.format(
        msgspec.json.encode(_KeyFile(KEY_FILE_VERSION, profile_id, slots)), indent=2
    )


def decode_slots(data: bytes, profile_id: str, *, kdf_floor: KdfParameters = KDF_FLOOR) -> KeySlots:
    """Read a key file. Raises StoreDamaged or StoreTooNew.

    A passphrase slot cheaper than `kdf_floor` is refused: nobody gets to make guessing cheap by
    putting a weak file where the next passphrase would be tried.
    """
    try:
        version = msgspec.json.decode(data, type=_Version).version
        if version > KEY_FILE_VERSION:
            raise StoreTooNew(f"key file of version {version}, we know {KEY_FILE_VERSION}")
        file = msgspec.json.decode(data, type=_KeyFile, strict=True)
        refuse_unknown(msgspec.json.decode(data), file)
    except (msgspec.DecodeError, ValueError) as error:
        raise StoreDamaged("a key file is not as it was written") from error
    if file.profile_id != profile_id or version < 1:
        raise StoreDamaged("a key file belongs to somebody else")
    check_cost(file.slots.passphrase, kdf_floor)
    return file.slots


def check_cost(slot: WrappedKey, kdf_floor: KdfParameters) -> None:
    """Raise StoreDamaged if the passphrase of this slot could be guessed too cheaply."""
    if not slot.kdf.is_at_least(kdf_floor):
        raise StoreDamaged("a passphrase is stretched too little")
