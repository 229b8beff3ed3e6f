"""A profile as bytes, and back, in every version there ever was. Decoding trusts nothing.

    version  what a sample holds                   and a profile
    1        embedding, crop, pose, appearance     model hash; there were no heads
    2        a backbone's feature as well          the backbone's hash as well
    3        -                                     its appearances: since when, where from, until

An old record is lifted to the newest version as it is read, and written so at the next write: with
no head the embedding was the feature, and the model was its backbone; every appearance was enrolled
with the person. What a type cannot say
(finite, unit length, in range, consistent) is checked here. Whatever does not fit raises
StoreDamaged.
"""

from __future__ import annotations

import re

import msgspec
import numpy as np

from facelock.core.comparison import Embedding
from facelock.core.errors import StoreDamaged
from facelock.core.frames import CROP_SIZE, FaceCrop, HeadPose
from facelock.core.levels import Level
from facelock.core.template import (
    MAX_APPEARANCES,
    MAX_NAME_LENGTH,
    Appearance,
    Profile,
    Reference,
    Sample,
    Source,
)
from facelock.core.threshold import Threshold
from facelock.vault.records import PROFILE_ID
from facelock.vault.strict import decode_strictly

PROFILE_VERSION = 3
"""The version that is written."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_CROP_SHAPE = (CROP_SIZE, CROP_SIZE, 3)
_CROP_BYTES = CROP_SIZE * CROP_SIZE * 3
_MAX_DIMENSIONS = 4096
_MAX_SAMPLES = 500
_LONGEST_SECONDS = 366 * 86_400.0  # that a remembered appearance may be kept
_UNIT = 1e-3  # how far from 1 the length of a float32 unit vector may lie
_FARTHEST = 4.0  # squared distance of opposite unit vectors


class _FirstSample(msgspec.Struct, forbid_unknown_fields=True):
    embedding: bytes  # float32, little-endian
    crop: bytes | None  # 112 x 112 x 3, uint8, BGR
    pose: tuple[float, float, float]  # yaw, pitch, roll; degrees
    appearance: str


class _Sample(_FirstSample, forbid_unknown_fields=True):
    feature: bytes


class _Reference(msgspec.Struct, forbid_unknown_fields=True):
    embedding: bytes
    appearance: str


class _Whose(msgspec.Struct, forbid_unknown_fields=True):
    profile_id: str
    name: str
    created_at: float
    demo: bool
    model_sha256: str
    references: list[_Reference]
    thresholds: dict[Level, Threshold]
    poses: list[str]


class _FirstProfile(_Whose, forbid_unknown_fields=True):
    samples: list[_FirstSample]


class _SecondProfile(_Whose, forbid_unknown_fields=True):
    backbone_sha256: str
    samples: list[_Sample]


class _Profile(_SecondProfile, forbid_unknown_fields=True):
    appearances: list[Appearance]


def encode_profile(profile: Profile) -> bytes:
    """Return a profile as msgpack bytes. Raises ValueError if it could not be read back."""
    record = _Profile(
        profile_id=profile.profile_id,
        name=profile.name,
        created_at=profile.created_at,
        demo=profile.demo,
        backbone_sha256=profile.backbone_sha256,
        model_sha256=profile.model_sha256,
        samples=[_sample_record(sample) for sample in profile.samples],
        references=[
            _Reference(_vector_bytes(reference.embedding), reference.appearance)
            for reference in profile.references
        ],
        thresholds=dict(profile.thresholds),
        poses=list(profile.poses),
        appearances=list(profile.appearances),
    )
    _check_profile(record)
    for vector in (*_embeddings(record), *_features(record)):
        _vector(vector)
    return msgspec.msgpack.encode(record)


def _sample_record(sample: Sample) -> _Sample:
    crop = None if sample.crop is None else sample.crop.pixels.tobytes()
    pose = (sample.pose.yaw, sample.pose.pitch, sample.pose.roll)
    embedding, feature = _vector_bytes(sample.embedding), _vector_bytes(sample.feature)
    return _Sample(embedding, crop, pose, sample.appearance, feature)


def decode_profile(data: bytes, version: int) -> Profile:
    """Return the profile of a record of that version. Raises StoreDamaged if anything misfits."""
    match version:
        case 1:
            record = _dated(_lifted(decode_strictly(data, _FirstProfile)))
        case 2:
            record = _dated(decode_strictly(data, _SecondProfile))
        case 3:
            record = decode_strictly(data, _Profile)
        case _:
            raise StoreDamaged(f"there is no version {version} of a profile")
    try:
        _check_profile(record)
        return Profile(
            profile_id=record.profile_id,
            name=record.name,
            created_at=record.created_at,
            demo=record.demo,
            backbone_sha256=record.backbone_sha256,
            model_sha256=record.model_sha256,
            samples=tuple(_sample(sample) for sample in record.samples),
            references=tuple(
                Reference(_vector(reference.embedding), reference.appearance)
                for reference in record.references
            ),
            thresholds=record.thresholds,
            poses=tuple(record.poses),
            appearances=tuple(record.appearances),
        )
    except ValueError as error:
        raise StoreDamaged(f"a profile holds impossible values: {error}") from error


def _lifted(first: _FirstProfile) -> _SecondProfile:
    """Return a record of version 1 as one of version 2: its features are its embeddings."""
    fields = msgspec.structs.asdict(first)
    samples = [
        _Sample(**msgspec.structs.asdict(sample), feature=sample.embedding)
        for sample in first.samples
    ]
    return _SecondProfile(**{**fields, "samples": samples}, backbone_sha256=first.model_sha256)


def _dated(second: _SecondProfile) -> _Profile:
    """Return a record of version 2 as one of version 3: all its appearances were enrolled."""
    names = dict.fromkeys(sample.appearance for sample in second.samples)
    appearances = [Appearance(name, second.created_at) for name in names]
    fields = {name: getattr(second, name) for name in second.__struct_fields__}
    return _Profile(**fields, appearances=appearances)


def _embeddings(record: _Profile) -> list[bytes]:
    samples = [sample.embedding for sample in record.samples]
    return samples + [reference.embedding for reference in record.references]


def _features(record: _Profile) -> list[bytes]:
    return [sample.feature for sample in record.samples]


def _check_profile(record: _Profile) -> None:
    """Raise ValueError unless everything but the vectors and crops is possible."""
    demands = {
        "profile id": PROFILE_ID.fullmatch(record.profile_id) is not None,
        "name": is_name(record.name),
        "model hash": _SHA256.fullmatch(record.model_sha256) is not None,
        "backbone hash": _SHA256.fullmatch(record.backbone_sha256) is not None,
        "time": np.isfinite(record.created_at),
        "number of samples": 1 <= len(record.samples) <= _MAX_SAMPLES,
        "appearances": _are_appearances(record),
        "dimensions": len({len(vector) for vector in _embeddings(record)}) == 1,
        "features": len({len(vector) for vector in _features(record)}) == 1,
        "levels": set(record.thresholds) == set(Level),
        "threshold": all(_is_threshold(value) for value in record.thresholds.values()),
    }
    for what, holds in demands.items():
        if not holds:
            raise ValueError(what)


def _are_appearances(record: _Profile) -> bool:
    """True if samples and references are those of the appearances listed, and each is possible."""
    names = [one.name for one in record.appearances]
    referred = [one.appearance for one in record.references]
    return (
        1 <= len(names) <= MAX_APPEARANCES
        and len(set(names)) == len(names)
        and {one.appearance for one in record.samples} == set(names)
        and sorted(referred) == sorted(names)
        and any(one.source is Source.ENROLLED for one in record.appearances)
        and all(_is_appearance(one) for one in record.appearances)
    )


def _is_appearance(one: Appearance) -> bool:
    """True if it can be shown, and if a remembered one, and no other, comes to an end."""
    if not (is_name(one.name) and np.isfinite(one.added_at)):
        return False
    if one.source is Source.ENROLLED:
        return one.expires_at is None
    return one.expires_at is not None and 0 < one.expires_at - one.added_at <= _LONGEST_SECONDS


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
    embedding, feature = _vector(record.embedding), _vector(record.feature)
    return Sample(embedding, feature, crop, HeadPose(*record.pose), record.appearance)


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
