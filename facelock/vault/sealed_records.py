"""Sealed files read and written as records: what lies between the store's rules and its bytes."""

from __future__ import annotations

import logging
from contextlib import suppress

from facelock.core.errors import StoreDamaged, StoreTooNew, StoreUnwritable
from facelock.core.head_version import HeadVersion
from facelock.core.template import Profile
from facelock.vault.envelope import MAX_SEALED_BYTES, Header, Kind, open_sealed, read_header, seal
from facelock.vault.head_record import HEAD_VERSION, MAX_HEAD_BYTES, decode_head, encode_head
from facelock.vault.keys import derive
from facelock.vault.profile_record import PROFILE_VERSION, decode_profile, encode_profile
from facelock.vault.records import (
    MACHINE_VERSION,
    MachineFile,
    decode_machine,
    encode_machine,
)
from facelock.vault.sealed_folder import (
    MACHINE,
    SealedFolder,
    head_name,
    profile_name,
    renewed_name,
)

_MACHINE_ID = "machine"
_STORE_PURPOSE = b"facelock sealed store v1"

_log = logging.getLogger(__name__)


class SealedRecords:
    """The sealed records of one folder, all of them demo or all of them real."""

    def __init__(self, folder: SealedFolder, *, demo: bool) -> None:
        self.folder = folder
        self.demo = demo

    def read_machine(self, secret: bytes | None) -> tuple[int, MachineFile] | None:
        """Return the machine file and its generation, None if there is none that opens.

        One that does not open is copied aside. Raises StoreTooNew; StoreDamaged if it opens, but as
        a demo store's where a real one is wanted, or the reverse.
        """
        try:
            sealed = self.folder.read(MACHINE, limit=MAX_SEALED_BYTES)
            if sealed is None:
                return None
            self._refuse_mixed(secret, sealed)
            header, content = self._open(secret, sealed, Kind.MACHINE, _MACHINE_ID, demo=self.demo)
            return header.generation, decode_machine(content)
        except _MixedStores:
            raise
        except StoreDamaged as error:
            _log.info("the machine record was not loaded: %s", error)
            self.folder.keep_damaged(MACHINE)
            return None

    def _refuse_mixed(self, secret: bytes | None, sealed: bytes) -> None:
        """Raise _MixedStores if the file opens, but with the other demo mark.

        The mark alone proves nothing: one damaged bit must not keep the passphrase from working.
        """
        if read_header(sealed).demo is not self.demo:
            self._open(secret, sealed, Kind.MACHINE, _MACHINE_ID, demo=not self.demo)
            raise _MixedStores("a demo store is no real store, nor the reverse")

    def read_profile(self, secret: bytes, profile_id: str, at_least: int) -> tuple[int, Profile]:
        """Return a profile and its generation.

        Raises StoreDamaged if it is missing, older than `at_least`, or does not open; what is there
        is copied aside.
        """
        try:
            return self._read_profile(secret, profile_id, at_least)
        except (StoreDamaged, StoreTooNew):
            self.folder.keep_damaged(profile_name(profile_id))
            raise

    def _read_profile(self, secret: bytes, profile_id: str, at_least: int) -> tuple[int, Profile]:
        header, content = self._open_profile(secret, profile_name(profile_id), profile_id)
        if header.generation < at_least:
            raise StoreDamaged(f"rolled back: generation {header.generation}, not {at_least}")
        profile = decode_profile(content, header.version)
        sealed_as = (profile_id, self.demo, header.model_sha256)
        if (profile.profile_id, profile.demo, profile.model_sha256) != sealed_as:
            raise StoreDamaged("a profile differs from what it is sealed as")
        return header.generation, profile

    def _open_profile(self, secret: bytes, name: str, profile_id: str) -> tuple[Header, bytes]:
        sealed = self.folder.read(name, limit=MAX_SEALED_BYTES)
        if sealed is None:
            raise StoreDamaged("a profile is missing")
        return self._open(secret, sealed, Kind.PROFILE, profile_id, demo=self.demo)

    def settle(self, secret: bytes, profile_id: str, at_least: int) -> None:
        """Finish or undo a renewal that a power cut ended, by what the index demands.

        Raises StoreUnwritable if the record that is in force cannot be put in its place.
        """
        new, old = renewed_name(profile_id), profile_name(profile_id)
        if not self.folder.exists(new):
            return
        generations = (self._generation(secret, name, profile_id) for name in (old, new))
        if next(generations) < at_least <= next(generations):
            self.folder.promote(new, old)
        else:
            with suppress(StoreUnwritable):  # a leftover does no harm
                self.folder.delete(new)

    def _generation(self, secret: bytes, name: str, profile_id: str) -> int:
        """Return the generation of a sealed profile, 0 if it does not open."""
        try:
            return self._open_profile(secret, name, profile_id)[0].generation
        except (StoreDamaged, StoreTooNew):
            return 0

    def any_opens(self, secret: bytes, profile_id: str) -> bool:
        """True if the machine file or this person's profile opens under `secret`."""
        if self.read_machine(secret) is not None:
            return True
        try:
            self._read_profile(secret, profile_id, 1)
        except (StoreDamaged, StoreTooNew):
            return False
        return True

    def write_machine(self, secret: bytes, file: MachineFile, generation: int) -> None:
        """Seal and write the machine file. Raises StoreUnwritable, ValueError."""
        header = Header(Kind.MACHINE, self.demo, generation, version=MACHINE_VERSION)
        sealed = seal(_sealing_key(secret), header, _MACHINE_ID, encode_machine(file))
        self.folder.write(MACHINE, sealed, keep_previous=True)

    def write_profile(self, secret: bytes, profile: Profile, generation: int) -> None:
        """Seal and write a profile. Raises StoreUnwritable, ValueError."""
        sealed = self.sealed(secret, profile, generation)
        self.folder.write(profile_name(profile.profile_id), sealed, keep_previous=True)

    def write_renewed(self, secret: bytes, profile: Profile, generation: int) -> None:
        """Seal and write a profile beside the one in force. Raises StoreUnwritable, ValueError."""
        sealed = self.sealed(secret, profile, generation)
        self.folder.write(renewed_name(profile.profile_id), sealed, keep_previous=False)

    def sealed(self, secret: bytes, profile: Profile, generation: int) -> bytes:
        """Return a profile's sealed file. Raises ValueError."""
        header = Header(Kind.PROFILE, self.demo, generation, profile.model_sha256, PROFILE_VERSION)
        return seal(_sealing_key(secret), header, profile.profile_id, encode_profile(profile))

    def read_head(self, secret: bytes, model_sha256: str) -> HeadVersion:
        """Return a head by the hash of its network.

        Raises StoreDamaged or StoreTooNew if it is missing, does not open, or is another one than
        its name says; what is there is copied aside.
        """
        try:
            return self._read_head(secret, model_sha256)
        except (StoreDamaged, StoreTooNew):
            self.folder.keep_damaged(head_name(model_sha256))
            raise

    def _read_head(self, secret: bytes, model_sha256: str) -> HeadVersion:
        sealed = self.folder.read(head_name(model_sha256), limit=MAX_HEAD_BYTES)
        if sealed is None:
            raise StoreDamaged("a head is missing")
        header, content = self._open(secret, sealed, Kind.HEAD, model_sha256, demo=self.demo)
        version = decode_head(content, header.version)
        if not version.network.model_sha256 == header.model_sha256 == model_sha256:
            raise StoreDamaged("a head differs from what it is sealed as")
        return version

    def write_head(self, secret: bytes, version: HeadVersion) -> None:
        """Seal and write a head. Raises StoreUnwritable, ValueError."""
        name = version.network.model_sha256
        header = Header(Kind.HEAD, self.demo, 1, name, HEAD_VERSION)
        sealed = seal(_sealing_key(secret), header, name, encode_head(version))
        self.folder.prepare_heads()
        self.folder.write(head_name(name), sealed, keep_previous=False)

    def _open(
        self, secret: bytes | None, sealed: bytes, kind: Kind, record_id: str, *, demo: bool
    ) -> tuple[Header, bytes]:
        if secret is None:
            raise StoreDamaged("there is no device secret to open a sealed record with")
        return open_sealed(_sealing_key(secret), sealed, kind=kind, demo=demo, record_id=record_id)


class _MixedStores(StoreDamaged):
    """Demo and real were mixed for certain: nothing to be repaired by a passphrase."""


def _sealing_key(secret: bytes) -> bytes:
    return derive(secret, salt=b"", info=_STORE_PURPOSE)
