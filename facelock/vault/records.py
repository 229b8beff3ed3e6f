"""The machine record as bytes, and back. Decoding trusts nothing, sealed or not.

msgspec decodes strictly (types, no unknown fields); what a type cannot say (finite, in range,
consistent) is checked here. Whatever does not fit raises StoreDamaged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TypeVar

import msgspec
import numpy as np

from facelock.core.errors import StoreDamaged
from facelock.core.levels import Level
from facelock.core.policy import Why
from facelock.vault.strict import decode_strictly

PROFILE_ID = re.compile(r"[0-9a-f]{32}")
MACHINE_VERSION = 5
"""Of the machine record. Older ones lack fields that have defaults, and are read like any other."""

MOST_CAMERAS = 8  # of one person
SHORTEST_IDLE, LONGEST_IDLE = 30.0, 3600.0  # seconds without use, after which it locks
SHORTEST_AWAY, LONGEST_AWAY = 3.0, 600.0  # seconds without a face, after which it locks
MOST_HEADS = 12  # that are kept; one more, and the oldest that is not in force goes
_SHA256 = re.compile(r"(?:[0-9a-f]{64})?")
_V = TypeVar("_V")


@dataclass(frozen=True)
class PassphraseGiven:
    """When a person's passphrase was last right, on every clock there is."""

    wall: float  # seconds since the epoch
    monotonic: float | None = None  # seconds of the boot named below
    boot_id: str = ""  # empty: not known


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
    boot_id: str = ""  # of the boot that the monotonic times belong to; empty: not known
    written_wall: float | None = None  # seconds since the epoch: the latest time known to have been
    passphrase_given: dict[str, PassphraseGiven] = field(default_factory=dict)  # by profile id
    wrong_passphrases: dict[str, int] = field(default_factory=dict)  # in a row, by profile id
    passphrase_next_wall: dict[str, float] = field(default_factory=dict)  # not before, by id
    passphrase_next_monotonic: dict[str, float] = field(default_factory=dict)  # the same, in a boot
    snapshots_for: tuple[str, ...] = ()  # profile ids who want pictures of who was refused
    activity_head: str = ""  # hex SHA-256 of the newest entry of the activity log; empty: none
    activity_count: int = 0  # how many entries were ever written
    # Since version 3:
    cameras: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By profile id: ids of the cameras a person's face opens with, the newest first."""
    eyes_required: bool = True  # False for who has eyes that no camera can judge
    challenge_by_blinking: bool = False  # for who cannot turn their head
    # Since version 4:
    head_sha256: str = ""  # hash of the network whose head is in force; empty: the bundled one
    heads: tuple[str, ...] = ()  # of every head that is kept, the oldest first
    lock_when_idle_seconds: float | None = None  # None: as long as the level says
    # Since version 5:
    lock_when_away_seconds: float | None = None  # None: as the level says; 0: never
    onlooker_shield: bool | None = None  # None: as the level says
    ask_before_unlocking: bool = False  # a face that is recognised opens only after a click or key

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
    ids = (*file.generations, *file.unfinished, *_ids(machine))
    demands = {
        "failures": 0 <= machine.failures <= 1_000_000,
        "non-matches": 0 <= machine.non_matches <= 1_000,
        "times": bool(np.isfinite(_times(machine)).all()),
        "camera id": len(machine.camera_id) <= 1024,
        "cameras": all(
            0 < len(known) <= MOST_CAMERAS and all(len(one) <= 1024 for one in known)
            for known in machine.cameras.values()
        ),
        "boot ids": all(len(boot_id) <= 128 for boot_id in _boot_ids(machine)),
        "profile ids": all(PROFILE_ID.fullmatch(one) for one in ids),
        "generations": all(generation >= 1 for generation in file.generations.values()),
        "wrong passphrases": all(
            1 <= count <= 1_000_000 for count in machine.wrong_passphrases.values()
        ),
        "activity head": bool(_SHA256.fullmatch(machine.activity_head)),
        "activity count": 0 <= machine.activity_count < 2**63,
        "heads": _are_heads(machine),
        "idle time": machine.lock_when_idle_seconds is None
        or SHORTEST_IDLE <= machine.lock_when_idle_seconds <= LONGEST_IDLE,
        "away time": machine.lock_when_away_seconds in (None, 0.0)
        or SHORTEST_AWAY <= (machine.lock_when_away_seconds or 0.0) <= LONGEST_AWAY,
    }
    for what, holds in demands.items():
        if not holds:
            raise ValueError(what)


def _are_heads(machine: MachineRecord) -> bool:
    """True if every head is named once, by a hash, and the one in force is among them."""
    named = machine.heads
    return (
        len(named) == len(set(named)) <= MOST_HEADS
        and all(one and _SHA256.fullmatch(one) for one in named)
        and machine.head_sha256 in ("", *named)
    )


def without_people(machine: MachineRecord, gone: frozenset[str]) -> MachineRecord:
    """Return the record with nothing left in it of people who are removed."""
    return replace(
        machine,
        passphrase_given=_kept(machine.passphrase_given, gone),
        wrong_passphrases=_kept(machine.wrong_passphrases, gone),
        passphrase_next_wall=_kept(machine.passphrase_next_wall, gone),
        passphrase_next_monotonic=_kept(machine.passphrase_next_monotonic, gone),
        cameras=_kept(machine.cameras, gone),
        snapshots_for=tuple(one for one in machine.snapshots_for if one not in gone),
    )


def _kept(by_id: dict[str, _V], gone: frozenset[str]) -> dict[str, _V]:
    return {one: value for one, value in by_id.items() if one not in gone}


def _times(machine: MachineRecord) -> list[float]:
    """Return every time in the record; those that are absent as 0."""
    single = (
        machine.cooldown_until_wall,
        machine.cooldown_until_monotonic,
        machine.last_passphrase_wall,
        machine.written_wall,
    )
    given = machine.passphrase_given.values()
    return [
        *(one or 0.0 for one in single),
        *(one.wall for one in given),
        *(one.monotonic or 0.0 for one in given),
        *machine.passphrase_next_wall.values(),
        *machine.passphrase_next_monotonic.values(),
    ]


def _boot_ids(machine: MachineRecord) -> list[str]:
    return [machine.boot_id, *(one.boot_id for one in machine.passphrase_given.values())]


def _ids(machine: MachineRecord) -> tuple[str, ...]:
    """Return every profile id in the record."""
    return (
        *machine.passphrase_given,
        *machine.wrong_passphrases,
        *machine.passphrase_next_wall,
        *machine.passphrase_next_monotonic,
        *machine.snapshots_for,
        *machine.cameras,
    )
