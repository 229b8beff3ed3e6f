"""People, keys and stores for tests: made up, small, and cheap to stretch."""

from __future__ import annotations

import secrets
from pathlib import Path

import numpy as np

from facelock.core.comparison import Embedding
from facelock.core.frames import FaceCrop, HeadPose
from facelock.core.levels import Level
from facelock.core.ports import SecretKeeper
from facelock.core.template import Profile, Sample, make_references
from facelock.core.threshold import Bound, Threshold
from facelock.vault.key_files import PreparedKeys, prepare_keys
from facelock.vault.keys import KdfParameters
from facelock.vault.store import ProfileStore

FAST = KdfParameters(memory_kib=16, iterations=1, lanes=1)
"""Far below what a store accepts: only a test that passes it as the floor gets to use it."""
PASSPHRASE = "seven quiet otters"
BACKBONE, MODEL = "cd" * 32, "ab" * 32


def an_embedding(generator: np.random.Generator) -> Embedding:
    """Return a random unit vector, (192,)."""
    vector = generator.normal(size=192)
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def a_threshold(value: float = 0.6) -> Threshold:
    """Return a possible threshold."""
    return Threshold(value, Bound.FMR, 0.9, value, 1e-4, True, 0.8, 0.3, False)


def a_profile(name: str = "Ada", *, demo: bool = False, crops: bool = True) -> Profile:
    """Return somebody new with two samples."""
    generator = np.random.default_rng(len(name))
    crop = FaceCrop(generator.integers(0, 256, (112, 112, 3), np.uint8)) if crops else None
    samples = tuple(
        Sample(an_embedding(generator), an_embedding(generator), crop, HeadPose(1.0, -2.0, 0.5))
        for _ in range(2)
    )
    return Profile(
        profile_id=secrets.token_hex(16),
        name=name,
        created_at=float(len(name)),
        demo=demo,
        backbone_sha256=BACKBONE,
        model_sha256=MODEL,
        samples=samples,
        references=make_references(samples),
        thresholds={level: a_threshold() for level in Level},
        poses=("centre", "left"),
    )


def keys_for(profile: Profile, passphrase: str = PASSPHRASE) -> PreparedKeys:
    """Return keys for a profile, stretched cheaply."""
    return prepare_keys(profile.profile_id, passphrase, kdf=FAST)


def open_store(folder: Path, keeper: SecretKeeper, *, demo: bool = False) -> ProfileStore:
    """Open a store that accepts cheap keys."""
    return ProfileStore.open(folder, keeper, demo=demo, kdf_floor=FAST)


def enrolled(folder: Path, keeper: SecretKeeper, *profiles: Profile) -> None:
    """Enrol people and close the store."""
    store = open_store(folder, keeper)
    for profile in profiles:
        store.enrol(profile, keys_for(profile))
    store.close()
