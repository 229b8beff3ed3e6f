"""The keyring's side of a store: the device secret, and the generation below which all is rollback.

The keyring keeps one small number: the generation of machine.sealed. That file's sealed index keeps
the generation of every profile, so the keyring's number vouches for all of them, however many.
Order of a write: the sealed file at generation g + 1, then the keyring's copy. A power cut between
the two leaves a file that is newer than the keyring knows, which nobody without the device secret
can forge; so anything not older is accepted, and the keyring's copy advanced.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from pathlib import Path

from facelock.core.errors import KeyringUnavailable
from facelock.core.ports import SecretKeeper
from facelock.vault.keys import KEY_BYTES

_GENERATION_BYTES = 8


class KeyringEntries:
    """The entries of one store. Named after its folder, so that two stores do not mix."""

    def __init__(self, secret_keeper: SecretKeeper, folder: Path) -> None:
        self._keeper = secret_keeper
        self._store = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]

    def _name(self, entry: str) -> str:
        return f"{entry}/{self._store}"

    def device_secret(self) -> bytes | None:
        """Return the 32-byte device secret, None if there is none. Raises KeyringUnavailable."""
        return self._sized("device-secret", KEY_BYTES)

    def new_device_secret(self) -> bytes:
        """Make a device secret and keep it. Raises KeyringUnavailable."""
        secret = secrets.token_bytes(KEY_BYTES)
        self.keep_device_secret(secret)
        return secret

    def keep_device_secret(self, secret: bytes) -> None:
        """Keep a device secret. Raises KeyringUnavailable."""
        self._keeper.put(self._name("device-secret"), secret)

    def generation(self) -> int | None:
        """Return the generation of the machine file last written, None if not known."""
        kept = self._sized("generation", _GENERATION_BYTES)
        return None if kept is None else int.from_bytes(kept, "big")

    def keep_generation(self, generation: int) -> None:
        """Keep the generation. Raises KeyringUnavailable."""
        self._keeper.put(self._name("generation"), generation.to_bytes(_GENERATION_BYTES, "big"))

    def vault_generation(self, profile_id: str) -> int | None:
        """Return the generation of a person's vault last written, None if not known."""
        kept = self._sized(f"vault/{profile_id}", _GENERATION_BYTES)
        return None if kept is None else int.from_bytes(kept, "big")

    def keep_vault_generation(self, profile_id: str, generation: int) -> None:
        """Keep the generation of a person's vault. Raises KeyringUnavailable."""
        kept = generation.to_bytes(_GENERATION_BYTES, "big")
        self._keeper.put(self._name(f"vault/{profile_id}"), kept)

    def forget_vault_generation(self, profile_id: str) -> None:
        """Forget it, with the person. Raises KeyringUnavailable."""
        self._keeper.delete(self._name(f"vault/{profile_id}"))

    def face_secret(self, profile_id: str) -> bytes | None:
        """Return what wraps a person's face slot, None if the face path is gone."""
        return self._sized(f"face/{profile_id}", KEY_BYTES)

    def new_face_secret(self, profile_id: str) -> bytes:
        """Make and keep what wraps a person's face slot."""
        secret = secrets.token_bytes(KEY_BYTES)
        self._keeper.put(self._name(f"face/{profile_id}"), secret)
        return secret

    def forget_face_secret(self, profile_id: str) -> None:
        """Destroy the face path: no copy of the slot, wherever kept, opens again."""
        self._keeper.delete(self._name(f"face/{profile_id}"))

    def forget_everything(self, people: Iterable[str]) -> None:
        """Delete every entry of this store; `people` are the profile ids it may have entries of.

        The store's own come last: as long as they are there, it can be told whose else are.
        Raises KeyringUnavailable.
        """
        for profile_id in people:
            self.forget_face_secret(profile_id)
            self.forget_vault_generation(profile_id)
        self._keeper.delete(self._name("generation"))
        self._keeper.delete(self._name("device-secret"))

    def _sized(self, entry: str, size: int) -> bytes | None:
        value = self._keeper.get(self._name(entry))
        if value is not None and len(value) != size:
            raise KeyringUnavailable("the keyring holds something that is not ours")
        return value
