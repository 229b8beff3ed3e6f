"""The heads that are kept of a store: read at its opening, each named by the hash of its network.

A head that does not open is left out, and costs nobody anything: who was enrolled under it is
renewed to the head that is used instead, from the features that are kept with every profile.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from facelock.core.errors import StoreDamaged, StoreTooNew
from facelock.core.head_version import HeadVersion
from facelock.vault.head_record import is_owed, mentions, without_people
from facelock.vault.records import MOST_HEADS, MachineRecord
from facelock.vault.sealed_folder import head_name
from facelock.vault.sealed_records import SealedRecords

_log = logging.getLogger(__name__)
_NONE: Mapping[str, HeadVersion] = MappingProxyType({})


class HeadShelf:
    """The head files of one folder. What was read is replaced whole, so any thread may look."""

    def __init__(self, records: SealedRecords) -> None:
        self._records = records
        self._read = _NONE

    @property
    def heads(self) -> Mapping[str, HeadVersion]:
        """Every head that opened, by the hash of its network."""
        return self._read

    def forget(self) -> None:
        """Drop what was read."""
        self._read = _NONE

    def read(self, secret: bytes, machine: MachineRecord) -> None:
        """Read every head that the index names."""
        found = {}
        for name in machine.heads:
            try:
                found[name] = self._records.read_head(secret, name)
            except (StoreDamaged, StoreTooNew) as error:
                _log.info("a head was not loaded: %s", error)
        self._read = MappingProxyType(found)

    def write(self, secret: bytes, version: HeadVersion) -> None:
        """Bring a head onto the disk; no index names it yet. Raises StoreUnwritable, ValueError."""
        if version.network.model_sha256 not in self._read:  # those are never written again
            self._records.write_head(secret, version)

    def take(self, version: HeadVersion) -> None:
        """Count a head that was written among those that were read."""
        self._read = MappingProxyType({version.network.model_sha256: version, **self._read})

    def clear(self, machine: MachineRecord) -> None:
        """Delete the file of every head that the index does not name. Raises StoreUnwritable."""
        folder = self._records.folder
        for name in sorted(folder.heads().difference(machine.heads)):
            folder.delete(head_name(name))
        self._read = MappingProxyType(
            {name: one for name, one in self._read.items() if name in machine.heads}
        )

    def with_head(self, machine: MachineRecord, version: HeadVersion | None) -> MachineRecord:
        """Return the record with this head in force, None: the bundled one.

        It becomes the newest if it is new. Of too many the oldest go; so does one that was kept
        for being in force alone, as somebody who had a part in it was removed.
        """
        name = "" if version is None else version.network.model_sha256
        heads = tuple(one for one in machine.heads if one == name or not self._is_owed(one))
        if name not in ("", *heads):
            heads = (*heads, name)
        while len(heads) > MOST_HEADS:
            oldest = next(one for one in heads if one != name)
            heads = tuple(one for one in heads if one != oldest)
        return replace(machine, head_sha256=name, heads=heads)

    def _is_owed(self, name: str) -> bool:
        """True if a head is to go as soon as it is not in force."""
        version = self._read.get(name)
        return version is not None and is_owed(version)

    def without_person(self, machine: MachineRecord, profile_id: str) -> MachineRecord:
        """Return the record without the heads that a person who is removed had a part in.

        The one in force stays: everybody else's templates were made with it. What does not open
        could be theirs, so it goes too.
        """
        return self._without(machine, frozenset({profile_id}))

    def _without(self, machine: MachineRecord, gone: frozenset[str]) -> MachineRecord:
        heads = tuple(
            name
            for name in machine.heads
            if name in self._read
            and (name == machine.head_sha256 or not mentions(self._read[name], gone))
        )
        in_force = machine.head_sha256 if machine.head_sha256 in heads else ""
        return replace(machine, heads=heads, head_sha256=in_force)

    def forget_people(
        self, secret: bytes, machine: MachineRecord, gone: frozenset[str]
    ) -> MachineRecord:
        """Rewrite the head in force if it says anything of these people; the others of them go.

        Returns the record without those: somebody may have left a head since it was owed. Deletes
        every file that the record does not name. Raises StoreUnwritable.
        """
        machine = self._without(machine, gone)
        self.clear(machine)
        for name, version in self._read.items():
            if mentions(version, gone):
                kept = without_people(version, gone)
                self._records.write_head(secret, kept)
                self._read = MappingProxyType({**self._read, name: kept})
        return machine
