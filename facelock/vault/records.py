"""The machine record as bytes, and back. Decoding trusts nothing, sealed or not.

msgspec decodes strictly (types, no unknown fields); what a type cannot say (finite, in range,
consistent) is checked here. Whatever does not fit raises StoreDamaged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import msgspec
import numpy as np

from facelock.core.errors import StoreDamaged
from facelock.core.levels import Level
from facelock.core.policy import Why
from facelock.vault.strict import decode_strictly

PROFILE_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class MachineRecord:
    """What weakens or tightens the lock on this machine: sealed, where no edit reaches it."""

    level: Level = Level.BALANCED
    liveness: bool = True  # False only in a demo whose material cannot pass it
    failures: int = 0  # failed attempts since the last success
    non_matches: int = 0  # of the attempt under way: a restart does not forget them
    passphrase_only: Why | None = None
    cooldown_until_wall: float | None = None  # seconds since the epoch
    last_passphrase_wall: float | None = None  # seconds since the epoch; None: never
    camera_id: str = ""  # stable id of the camera the templates were made with
    # Since version 2:
    cooldown_until_monotonic: float | None = None  # seconds of the boot named below
    boot_id: str = ""  # of the boot in which this was written; empty: not known
    written_wall: float | None = None  # seconds since the epoch, when this was written
    wrong_passphrases: dict[str, int] = field(default_factory=dict)  # in a row, by profile id
    passphrase_next_wall: dict[str, float] = field(default_factory=dict)  # not before, by id
    snapshots_for: tuple[str, ...] = ()  # profile ids who want pictures of who was refused
    activity_head: str = ""  # hex SHA-256 of the newest entry of the activity log; empty: none
    activity_count: int = 0  # how many entries were ever written

    @classmethod
    def closed(cls, why: Why = Why.NO_FACE_KEY) -> MachineRecord:
        """Return what holds when the real record cannot be had: the strictest there is."""
        return cls(level=Level.STRICT, passphrase_only=why)


@dataclass(frozen=True)
class MachineFile:
    """The content of machine.sealed: the machine record and the index of people."""

    machine: MachineRecord = MachineRecord()
    generations: dict[str, int] = field(default_factory=dict)  # by profile id
    unfinished: tuple[str, ...] = ()  # half enrolled or half removed: their files are to go


def encode_machine(file: MachineFile) -> bytes:
    """Return the machine file as msgpack bytes. Raises ValueError if it could not be read back."""
    _check_machine(file)
    return msgspec.msgpack.encode(file)


def decode_machine(data: bytes) -> MachineFile:
    """Return the machine file. Raises StoreDamaged if anything does not fit."""
    file = decode_strictly(data, MachineFile)
    try:
        _check_machine(file)
    except ValueError as error:
        raise StoreDamaged(f"the machine record holds impossible values: {error}") from error
    return file


def _check_machine(file: MachineFile) -> None:
    machine = file.machine
    times = (machine.cooldown_until_wall or 0.0, machine.last_passphrase_wall or 0.0)
    ids = (*file.generations, *file.unfinished)
    demands = {
        "failures": 0 <= machine.failures <= 1_000_000,
        "non-matches": 0 <= machine.non_matches <= 1_000,
        "times": bool(np.isfinite(times).all()),
        "camera id": len(machine.camera_id) <= 1024,
        "profile ids": all(PROFILE_ID.fullmatch(one) for one in ids),
        "generations": all(generation >= 1 for generation in file.generations.values()),
    }
    for what, holds in demands.items():
        if not holds:
            raise ValueError(what)
