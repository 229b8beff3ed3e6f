"""A person's key file: the vault key, wrapped in each of the ways that open it. JSON.

It is deliberately not sealed under the device secret: the passphrase must open the vault when the
keyring is lost, emptied or absent. Everything in it is wrapped by itself, as in a LUKS header.

What keeps an attacker from putting a key file of their own making in its place: it carries the
device secret wrapped under the vault key (`store`). Whoever does not know the device secret cannot
make one that agrees with the store, and `ProfileStore.admit` demands that it agrees.
The same copy lets the passphrase open the store where there is no keyring.

Version 2 has the person's age identity (vault items are encrypted to it) and the recovery key's
copy of the vault key. Who they are for is bound into the wrapped identity: a recipient of an
attacker's own, written into the file, does not open with the vault key (`identity_of`).
Version 1 is read for ever; it has neither, and is written as version 2 once the vault key is there.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import msgspec

from facelock.core.errors import StoreDamaged, StoreTooNew
from facelock.vault import age
from facelock.vault.kdf_calibration import calibrated
from facelock.vault.keys import (
    KDF_FLOOR,
    KdfParameters,
    Key,
    SecretWrappedBytes,
    SecretWrappedKey,
    WrappedKey,
    new_vault_key,
    unwrap_bytes,
    unwrap_with_secret,
    wrap_bytes,
    wrap_with_passphrase,
    wrap_with_secret,
)
from facelock.vault.recovery import RecoveryKey, new_recovery_key, seal_for_recovery
from facelock.vault.strict import refuse_unknown

KEY_FILE_VERSION = 2
MAX_KEY_FILE_BYTES = 16 * 1024


@dataclass(frozen=True)
class KeySlots:
    """The ways to a person's vault key, and what it opens. A version 1 file has the first three."""

    passphrase: WrappedKey
    store: SecretWrappedKey  # the device secret under the vault key
    face: SecretWrappedKey | None = None  # the vault key under the face secret of the keyring
    identity: SecretWrappedBytes | None = None  # the person's age identity under the vault key
    recipient: str = ""  # the identity's public half, `age1...`
    recovery: bytes | None = field(default=None, repr=False)  # age file: the vault key, in hex
    recovery_recipient: str = ""  # the recovery key's public half, `age1...`


@dataclass(frozen=True)
class PreparedKeys:
    """A new vault key and its slots, made before the person is enrolled.

    So the passphrase need not be kept while the enrolment runs. Wipe `vault_key` when done.
    `recovery_key` is shown to the person once, and kept nowhere.
    """

    profile_id: str
    vault_key: bytearray = field(repr=False)
    passphrase: WrappedKey
    recovery_key: RecoveryKey


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
    profile_id: str, passphrase: str, *, kdf: KdfParameters | None = None
) -> PreparedKeys:
    """Make a vault key under a passphrase that `check_new_passphrase` let through.

    And a recovery key, which is to be shown once. Takes about a second: call it from a task.
    `kdf` is calibrated to this machine unless given.
    """
    vault_key = new_vault_key()
    slot = passphrase_slot(profile_id, vault_key, passphrase, kdf=kdf)
    return PreparedKeys(profile_id, vault_key, slot, new_recovery_key())


def passphrase_slot(
    profile_id: str, vault_key: Key, passphrase: str, *, kdf: KdfParameters | None = None
) -> WrappedKey:
    """Wrap a person's vault key under a passphrase. Takes about a second, calibration included."""
    bound = context("passphrase", profile_id)
    return wrap_with_passphrase(vault_key, passphrase, kdf=kdf or calibrated(), context=bound)


def make_slots(keys: PreparedKeys, device_secret: Key) -> KeySlots:
    """Return the slots of a newly enrolled person; the face is not armed."""
    bound = context("store", keys.profile_id)
    store = wrap_with_secret(device_secret, keys.vault_key, context=bound)
    slots = with_identity(KeySlots(keys.passphrase, store), keys.profile_id, keys.vault_key)
    return with_recovery(slots, keys.profile_id, keys.vault_key, keys.recovery_key.recipient)


def with_identity(slots: KeySlots, profile_id: str, vault_key: Key) -> KeySlots:
    """Return slots with a new age identity, for a file that has none."""
    identity = age.new_identity()
    named = replace(slots, recipient=age.recipient_of(identity))
    return _bind(named, profile_id, vault_key, identity)


def with_recovery(slots: KeySlots, profile_id: str, vault_key: Key, recipient: str) -> KeySlots:
    """Return slots whose recovery copy opens for the recovery key of `recipient`, and no other.

    Raises StoreDamaged if the identity does not open (`identity_of`).
    """
    identity = identity_of(slots, profile_id, vault_key)
    recovery = seal_for_recovery(vault_key, recipient)
    named = replace(slots, recovery=recovery, recovery_recipient=recipient)
    return _bind(named, profile_id, vault_key, identity)


def identity_of(slots: KeySlots, profile_id: str, vault_key: Key) -> str:
    """Return the age identity.

    Raises StoreDamaged if there is none, or if anybody changed whom the file is for: it was wrapped
    together with both recipients.
    """
    if slots.identity is None:
        raise StoreDamaged("a key file has no identity")
    bound = _identity_context(slots, profile_id)
    return unwrap_bytes(slots.identity, vault_key, context=bound).decode("ascii")


def _bind(slots: KeySlots, profile_id: str, vault_key: Key, identity: str) -> KeySlots:
    bound = _identity_context(slots, profile_id)
    wrapped = wrap_bytes(identity.encode("ascii"), vault_key, context=bound)
    return replace(slots, identity=wrapped)


def _identity_context(slots: KeySlots, profile_id: str) -> bytes:
    named = f" {slots.recipient} {slots.recovery_recipient}"
    return context("identity", profile_id) + named.encode("ascii")


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
    _check_recipients(file.slots)
    return file.slots


def _check_recipients(slots: KeySlots) -> None:
    """Raise StoreDamaged if a slot and the name of whom it is for do not come together."""
    for slot, recipient in (
        (slots.identity, slots.recipient),
        (slots.recovery, slots.recovery_recipient),
    ):
        if (slot is None) is bool(recipient):
            raise StoreDamaged("a key file has a recipient without a slot, or the reverse")
        if recipient and not age.RECIPIENT.fullmatch(recipient):
            raise StoreDamaged("a key file names no proper recipient")


def check_cost(slot: WrappedKey, kdf_floor: KdfParameters) -> None:
    """Raise StoreDamaged if the passphrase of this slot could be guessed too cheaply."""
    if not slot.kdf.is_at_least(kdf_floor):
        raise StoreDamaged("a passphrase is stretched too little")
