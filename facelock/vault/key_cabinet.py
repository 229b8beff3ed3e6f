"""The key files of a store, and the ways through them to a vault key."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from facelock.core.errors import NotEnrolled, StoreDamaged, StoreUnwritable, WrongRecoveryKey
from facelock.vault import age
from facelock.vault.key_files import (
    MAX_KEY_FILE_BYTES,
    KeySlots,
    PreparedKeys,
    check_cost,
    context,
    decode_slots,
    encode_slots,
    identity_of,
    make_slots,
    stored_secret,
    with_identity,
    with_recovery,
)
from facelock.vault.keyring_entries import KeyringEntries
from facelock.vault.keys import (
    KdfParameters,
    Key,
    WrappedKey,
    unwrap_with_passphrase,
    unwrap_with_secret,
    wrap_with_secret,
)
from facelock.vault.recovery import (
    RecoveryKey,
    new_recovery_key,
    open_by_recovery,
    read_recovery_key,
)
from facelock.vault.sealed_folder import SealedFolder, keys_name


class KeyCabinet:
    """Opens vault keys by passphrase or, while armed, by face.

    Each opening also returns the device secret that the key file knows. A caller must compare it
    with the store's: only then is the key file known to be ours.
    """

    def __init__(
        self, folder: SealedFolder, keyring: KeyringEntries, kdf_floor: KdfParameters
    ) -> None:
        self._folder = folder
        self._keyring = keyring
        self._kdf_floor = kdf_floor

    def slots(self, profile_id: str) -> KeySlots:
        """Return a person's wrapped keys. Raises NotEnrolled, StoreDamaged or StoreTooNew."""
        data = self._folder.read(keys_name(profile_id), limit=MAX_KEY_FILE_BYTES)
        if data is None:
            raise NotEnrolled("nobody of that id has keys here")
        return decode_slots(data, profile_id, kdf_floor=self._kdf_floor)

    def add(self, keys: PreparedKeys, device_secret: bytes) -> None:
        """Write the key file of a new person. Raises StoreDamaged if the KDF costs too little."""
        check_cost(keys.passphrase, self._kdf_floor)
        self._write(keys.profile_id, make_slots(keys, device_secret))

    def adopted(
        self, profile_id: str, slots: KeySlots, vault_key: Key, device_secret: bytes
    ) -> KeySlots:
        """Return the slots of a backup as this store's: they know its secret, no face opens them.

        Raises StoreDamaged if the KDF costs too little.
        """
        check_cost(slots.passphrase, self._kdf_floor)
        bound = context("store", profile_id)
        return replace(
            slots, store=wrap_with_secret(device_secret, vault_key, context=bound), face=None
        )

    def put(self, profile_id: str, slots: KeySlots) -> None:
        """Write the key file of somebody from a backup."""
        self._write(profile_id, slots)

    def by_passphrase(self, profile_id: str, passphrase: str) -> tuple[bytearray, bytes]:
        """Return (vault key, device secret). Takes as long as the KDF costs.

        Raises WrongPassphrase, and what `slots` raises.
        """
        slots = self.slots(profile_id)
        bound = context("passphrase", profile_id)
        vault_key = unwrap_with_passphrase(slots.passphrase, passphrase, context=bound)
        return vault_key, bytes(stored_secret(slots, profile_id, vault_key))

    def by_face(self, profile_id: str) -> tuple[bytearray, bytes] | None:
        """Return (vault key, device secret) after a match, None if the face is not armed.

        Raises StoreDamaged if the slot is not the one the keyring's secret was made for.
        """
        slots = self.slots(profile_id)
        secret = self._keyring.face_secret(profile_id)
        if slots.face is None or secret is None:
            return None
        vault_key = unwrap_with_secret(slots.face, secret, context=context("face", profile_id))
        return vault_key, bytes(stored_secret(slots, profile_id, vault_key))

    def by_recovery_key(self, profile_id: str, text: str) -> tuple[bytearray, bytes]:
        """Return (vault key, device secret). Quick: there is nothing to stretch in a random key.

        Raises WrongRecoveryKey, and what `slots` raises.
        """
        slots, recovery = self.slots(profile_id), read_recovery_key(text)
        if slots.recovery is None:
            raise WrongRecoveryKey("this person has no recovery key")
        vault_key = open_by_recovery(slots.recovery, recovery)
        try:
            return vault_key, bytes(stored_secret(slots, profile_id, vault_key))
        except (
            StoreDamaged
        ):  # encrypted to the right recipient, but not by us: that needs no secret
            raise WrongRecoveryKey("the recovery copy holds another vault key") from None

    def identity(self, profile_id: str, vault_key: Key) -> str:
        """Return the person's age identity; a file of version 1 is given one, and written.

        Raises StoreDamaged if it is not this person's key, or the file names others' recipients.
        """
        slots = self.slots(profile_id)
        stored_secret(slots, profile_id, vault_key)
        if slots.identity is None:
            slots = with_identity(slots, profile_id, vault_key)
            self._write(profile_id, slots)
        return identity_of(slots, profile_id, vault_key)

    def replace_passphrase(self, profile_id: str, vault_key: Key, slot: WrappedKey) -> None:
        """Put a new passphrase slot in the place of the old one. Quick: it is stretched already.

        Raises StoreDamaged if it is not this person's key, or the slot costs too little.
        """
        check_cost(slot, self._kdf_floor)
        slots = self.slots(profile_id)
        stored_secret(slots, profile_id, vault_key)
        self._write(profile_id, replace(slots, passphrase=slot))

    def renew_recovery(self, profile_id: str, vault_key: Key) -> RecoveryKey:
        """Make a recovery key; the old one opens this file no more. Raises as `identity`.

        Nor the vault's copy of the identity, for which only that of the new one is left.
        """
        identity = self.identity(profile_id, vault_key)
        recovery = new_recovery_key()
        slots = with_recovery(self.slots(profile_id), profile_id, vault_key, recovery.recipient)
        self._write(profile_id, slots)
        with suppress(StoreUnwritable):  # else when the vault is opened next
            sealed = age.encrypt(identity.encode("ascii") + b"\n", recovery.recipient)
            self._folder.renew_identity(profile_id, sealed)
        return recovery

    def arm_face(self, profile_id: str, vault_key: bytearray) -> None:
        """Wrap the vault key under a fresh secret that the keyring keeps.

        Raises StoreDamaged if it is not this person's key.
        """
        slots = self.slots(profile_id)
        stored_secret(slots, profile_id, vault_key)
        secret = self._keyring.new_face_secret(profile_id)
        face = wrap_with_secret(vault_key, secret, context=context("face", profile_id))
        self._write(profile_id, replace(slots, face=face))

    def disarm_face(self, profile_id: str) -> None:
        """Destroy the face slot: first the keyring's secret, so that no copy of the file opens."""
        self._keyring.forget_face_secret(profile_id)
        slots = self.slots(profile_id)
        if slots.face is not None:
            self._write(profile_id, replace(slots, face=None))

    def remove(self, profile_id: str) -> None:
        """Delete a person's key file and keyring entries."""
        self._keyring.forget_face_secret(profile_id)
        self._keyring.forget_vault_generation(profile_id)
        self._folder.delete(keys_name(profile_id))

    def _write(self, profile_id: str, slots: KeySlots) -> None:
        # No previous copy: it would keep a way in that was closed.
        data = encode_slots(profile_id, slots)
        self._folder.write(keys_name(profile_id), data, keep_previous=False)
