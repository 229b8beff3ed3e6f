"""Profiles and the machine record as bytes, and back. Decoding trusts nothing, sealed or not.

msgspec decodes strictly (types, no unknown fields); what a type cannot say (finite, unit length,
in range, consistent) is checked here. Whatever does not fit raises StoreDamaged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec
import numpy as np

from facelock.core.comparison import Embedding
from facelock.core.errors import StoreDamaged
from facelock.core.frames import CROP_SIZE, FaceCrop, HeadPose
from facelock.core.levels import Level
from facelock.core.policy import Why
from facelock.core.template import MAX_NAME_LENGTH, Profile, Reference, Sample
from facelock.core.threshold import Threshold
from facelock.vault.strict import refuse_unknown

PROFILE_ID = re.compile(r"[0-9a-f]{32}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CROP_SHAPE = (CROP_SIZE, CROP_SIZE, 3)
_CROP_BYTES = CROP_SIZE * CROP_SIZE * 3
_MAX_DIMENSIONS = 4096
_MAX_SAMPLES = 500
_UNIT = 1e-3  # how far from 1 the length of a float32 unit vector may lie
_FARTHEST = 4.0  # squared distance of opposite unit vectors

T = TypeVar("T")


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


class _Sample(msgspec.Struct, forbid_unknown_fields=True):
    embedding: bytes  # float32, little-endian
    crop: bytes | None  # 112 x 112 x 3, uint8, BGR
    pose: tuple[float, float, float]  # yaw, pitch, roll; degrees
    appearance: str


class _Reference(msgspec.Struct, forbid_unknown_fields=True):
    embedding: bytes
    appearance: str


class _Profile(msgspec.Struct, forbid_unknown_fields=True):
    profile_id: str
    name: str
    created_at: float
    demo: bool
    model_sha256: str
    samples: list[_Sample]
    references: list[_Reference]
    thresholds: dict[Level, Threshold]
    poses: list[str]


def encode_profile(profile: Profile) -> bytes:
    """Return a profile as msgpack bytes. Raises ValueError if it could not be read back."""
    record = _Profile(
        profile_id=profile.profile_id,
        name=profile.name,
        created_at=profile.created_at,
        demo=profile.demo,
        model_sha256=profile.model_sha256,
        samples=[_sample_record(sample) for sample in profile.samples],
        references=[
            _Reference(_vector_bytes(reference.embedding), reference.appearance)
            for reference in profile.references
        ],
        thresholds=dict(profile.thresholds),
        poses=list(profile.poses),
    )
    _check_profile(record)
    for vector in _vectors(record):
        _vector(vector)
    return msgspec.msgpack.encode(record)


def _sample_record(sample: Sample) -> _Sample:
    crop = None if sample.crop is None else sample.crop.pixels.tobytes()
    pose = (sample.pose.yaw, sample.pose.pitch, sample.pose.roll)
    return _Sample(_vector_bytes(sample.embedding), crop, pose, sample.appearance)


def decode_profile(data: bytes) -> Profile:
    """Return the profile. Raises StoreDamaged if anything does not fit."""
    record = _decode(data, _Profile)
    try:
        _check_profile(record)
        return Profile(
            profile_id=record.profile_id,
            name=record.name,
            created_at=record.created_at,
            demo=record.demo,
            model_sha256=record.model_sha256,
            samples=tuple(_sample(sample) for sample in record.samples),
            references=tuple(
                Reference(_vector(reference.embedding), reference.appearance)
                for reference in record.references
            ),
            thresholds=record.thresholds,
            poses=tuple(record.poses),
        )
    except ValueError as error:
        raise StoreDamaged(f"a profile holds impossible values: {error}") from error


def _vectors(record: _Profile) -> list[bytes]:
    samples = [sample.embedding for sample in record.samples]
    return samples + [reference.embedding for reference in record.references]


def _check_profile(record: _Profile) -> None:
    """Raise ValueError unless everything but the vectors and crops is possible."""
    demands = {
        "profile id": PROFILE_ID.fullmatch(record.profile_id) is not None,
        "name": is_name(record.name),
        "model hash": _SHA256.fullmatch(record.model_sha256) is not None,
        "time": np.isfinite(record.created_at),
        "number of samples": 1 <= len(record.samples) <= _MAX_SAMPLES,
        "number of references": 1 <= len(record.references) <= len(record.samples),
        "dimensions": len({len(vector) for vector in _vectors(record)}) == 1,
        "levels": set(record.thresholds) == set(Level),
        "threshold": all(_is_threshold(value) for value in record.thresholds.values()),
    }
    for what, holds in demands.items():
        if not holds:
            raise ValueError(what)


def is_name(name: str) -> bool:
    """True if `name` can be shown: not empty, no blank ends, no control characters, not long."""
    return name.strip() == name != "" and name.isprintable() and len(name) <= MAX_NAME_LENGTH


def _is_threshold(threshold: Threshold) -> bool:
    terms = (
        threshold.margin_term,
        threshold.fmr_term,
        threshold.attempt_fmr,
        threshold.nearest_impostor,
        threshold.own_q95,
    )
    in_range = 0.0 <= threshold.value <= _FARTHEST  # False for nan
    return in_range and all(np.isfinite(term) and term >= 0 for term in terms)


def _sample(record: _Sample) -> Sample:
    if not np.isfinite(record.pose).all():
        raise ValueError("pose")
    crop = None
    if record.crop is not None:
        if len(record.crop) != _CROP_BYTES:
            raise ValueError("crop")
        # Read-only, as it shares the bytes it was decoded from.
        crop = FaceCrop(np.frombuffer(record.crop, np.uint8).reshape(_CROP_SHAPE))
    return Sample(_vector(record.embedding), crop, HeadPose(*record.pose), record.appearance)


def _vector_bytes(embedding: Embedding) -> bytes:
    return embedding.astype("<f4").tobytes()


def _vector(data: bytes) -> Embedding:
    """Return (D,) float32. Raises ValueError unless it is a unit vector."""
    if len(data) % 4 or not 1 <= len(data) // 4 <= _MAX_DIMENSIONS:
        raise ValueError("dimensions")
    vector = np.frombuffer(data, "<f4").astype(np.float32)
    with np.errstate(over="ignore", invalid="ignore"):
        length = float(np.linalg.norm(vector))
    if not abs(length - 1.0) <= _UNIT:  # so written, nan and inf are refused too
        raise ValueError("an embedding is not of unit length")
    vector.flags.writeable = False
    return vector


def encode_machine(file: MachineFile) -> bytes:
    """Return the machine file as msgpack bytes. Raises ValueError if it could not be read back."""
    _check_machine(file)
    return msgspec.msgpack.encode(file)


def decode_machine(data: bytes) -> MachineFile:
    """Return the machine file. Raises StoreDamaged if anything does not fit."""
    file = _decode(data, MachineFile)
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


def _decode(data: bytes, kind: type[T]) -> T:
    try:
        record = msgspec.msgpack.decode(data, type=kind, strict=True)
        refuse_unknown(msgspec.msgpack.decode(data), record)
    except (msgspec.DecodeError, ValueError) as error:
        raise StoreDamaged(f"a record is not as it was written: {error}") from error
    return record
