"""The keys of a store's people: every way to a vault key, and how each is made anew.

Part of `ProfileStore`, which is what the rest of the program sees.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from facelock.core.errors import NotEnrolled, StoreDamaged, WrongPassphrase
from facelock.vault.key_cabinet import KeyCabinet
from facelock.vault.key_files import KeySlots, passphrase_slot
from facelock.vault.keyring_entries import KeyringEntries
from facelock.vault.keys import KdfParameters, Key, WrappedKey, wipe
from facelock.vault.loaded import LoadedStore
from facelock.vault.recovery import RecoveryKey


@dataclass(frozen=True)
class OpenedKey:
    """A key file opened by its person. Worth nothing before `ProfileStore.admit` took it."""

    profile_id: str
    vault_key: bytearray = field(repr=False)
    device_secret: bytes = field(repr=False)
    by_recovery: bool = False  # with the recovery key, not the passphrase


class StoreKeys:
    """What a store knows of its people's keys."""

    def __init__(self, loaded: LoadedStore, keys: KeyCabinet, keyring: KeyringEntries) -> None:
        self._loaded = loaded
        self._keys = keys
        self._keyring = keyring

    def key_slots(self, profile_id: str) -> KeySlots:
        """Return a person's wrapped keys. Raises NotEnrolled, StoreDamaged or StoreTooNew."""
        return self._keys.slots(profile_id)

    def try_passphrase(self, profile_id: str, passphrase: str) -> OpenedKey:
        """Return what a passphrase opens, to be handed to `admit`. Takes about 0.5 s.

        Reads the key file and nothing else, so it may run while another thread uses the store.
        Raises WrongPassphrase; NotEnrolled; StoreDamaged or StoreTooNew for the key file.
        """
        if profile_id not in self._loaded.people:
            raise NotEnrolled("nobody of that id")
        return OpenedKey(profile_id, *self._keys.by_passphrase(profile_id, passphrase))

    def admit(self, opened: OpenedKey) -> None:
        """Accept what `try_passphrase` opened; a sealed store opens. Quick.

        Raises WrongPassphrase (the key is wiped) if the key file does not know this store, which a
        planted one does not; StoreDamaged if the store belongs to other keys.
        """
        if not self._loaded.knows(opened.device_secret, opened.profile_id):
            wipe(opened.vault_key)
            raise WrongPassphrase("a key file was replaced: it does not know this store")
        if self._loaded.is_sealed:
            self._loaded.unseal(opened.device_secret, opened.profile_id)

    def open_key(self, profile_id: str, passphrase: str) -> bytearray:
        """Return the vault key by passphrase: `try_passphrase` and `admit` in one, 0.5 s."""
        opened = self.try_passphrase(profile_id, passphrase)
        self.admit(opened)
        return opened.vault_key

    def arm_face(self, profile_id: str, vault_key: bytearray) -> None:
        """Let a match open this key. Raises NotEnrolled; StoreDamaged if it is another's key."""
        self._check_enrolled(profile_id)
        self._keys.arm_face(profile_id, vault_key)

    def disarm_face(self, profile_id: str) -> None:
        """Destroy the face path of a person; only the passphrase can arm it again."""
        self._keys.disarm_face(profile_id)

    def open_key_by_face(self, profile_id: str) -> bytearray | None:
        """Return the vault key after a match, None if the face path is not armed.

        Raises StoreDamaged if the slot was replaced or damaged.
        """
        opened = self._keys.by_face(profile_id) if profile_id in self._loaded.profiles else None
        if opened is None:
            return None
        vault_key, secret = opened
        if secret != self._loaded.secret:
            raise StoreDamaged("a key file was replaced: it does not know this store")
        return vault_key

    def try_recovery_key(self, profile_id: str, text: str) -> OpenedKey:
        """Return what a recovery key opens, to be handed to `admit`. Quick; no wait between tries.

        A random key of 256 bits cannot be guessed. Raises WrongRecoveryKey, else as
        `try_passphrase`.
        """
        if profile_id not in self._loaded.people:
            raise NotEnrolled("nobody of that id")
        opened = self._keys.by_recovery_key(profile_id, text)
        return OpenedKey(profile_id, *opened, by_recovery=True)

    def keep_passphrase(self, profile_id: str, vault_key: Key, slot: WrappedKey) -> None:
        """Let a passphrase open the vault key, and the old one no more. Quick.

        `slot` is from `key_files.passphrase_slot`, which is slow and needs no store.
        Raises NotEnrolled; StoreDamaged if it is another's key.
        """
        self._check_enrolled(profile_id)
        self._keys.replace_passphrase(profile_id, vault_key, slot)

    def change_passphrase(
        self, profile_id: str, vault_key: Key, passphrase: str, kdf: KdfParameters | None = None
    ) -> None:
        """Make the slot and keep it: as slow as the KDF. Raises as `keep_passphrase`."""
        self._check_enrolled(profile_id)
        slot = passphrase_slot(profile_id, vault_key, passphrase, kdf=kdf)
        self._keys.replace_passphrase(profile_id, vault_key, slot)

    def renew_recovery(self, profile_id: str, vault_key: Key) -> RecoveryKey:
        """Make a new recovery key, to be shown once; the old one is worth nothing from here on.

        Raises NotEnrolled; StoreDamaged if it is another's key, or somebody changed the key file.
        """
        self._check_enrolled(profile_id)
        return self._keys.renew_recovery(profile_id, vault_key)

    def has_recovery(self, profile_id: str) -> bool:
        """True if a recovery key was made; nobody enrolled before there were any has one."""
        return self._keys.slots(profile_id).recovery is not None

    def vault_identity(self, profile_id: str, vault_key: Key) -> str:
        """Return the person's age identity: a secret. A person who has none is given one.

        Vouches for both recipients: nobody without the vault key can put their own in their place.
        Raises NotEnrolled; StoreDamaged if it is another's key, or somebody changed the key file.
        """
        self._check_enrolled(profile_id)
        return self._keys.identity(profile_id, vault_key)

    def vault_recipient(self, profile_id: str) -> str | None:
        """Return whom to encrypt to for this person; needs no key. None: the key file is too old.

        Not vouched for: fit for what whoever can write the store may read anyway.
        """
        return self._keys.slots(profile_id).recipient or None

    def recovery_recipient(self, profile_id: str, vault_key: Key | None = None) -> str | None:
        """Return the public half of the recovery key, None if there is none.

        With the vault key it is vouched for, as `vault_identity` does. Encrypt nothing secret to
        one that is not.
        """
        if vault_key is not None:
            self.vault_identity(profile_id, vault_key)
        return self._keys.slots(profile_id).recovery_recipient or None

    def vault_generation(self, profile_id: str) -> int | None:
        """Return the generation of the person's vault that the keyring knows, None if it does not.

        Raises KeyringUnavailable.
        """
        return self._keyring.vault_generation(profile_id)

    def keep_vault_generation(self, profile_id: str, generation: int) -> None:
        """Tell the keyring. Raises NotEnrolled, KeyringUnavailable."""
        self._check_enrolled(profile_id)
        self._keyring.keep_vault_generation(profile_id, generation)

    def _check_enrolled(self, profile_id: str) -> None:
        if profile_id not in self._loaded.file.generations:
            raise NotEnrolled("nobody of that id")
