"""Looks at a chosen distance from somebody: points on the way from one face to another."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from fakes import STRAIGHT, made_up_calibration, made_up_profile, person_embedding

from facelock.core.adaptation import with_look
from facelock.core.comparison import Embedding
from facelock.core.template import Profile, Sample

CALIBRATION = made_up_calibration(
    fmr_grid=(1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2),
    distance_grid=(0.40, 0.50, 0.60, 0.70, 0.80, 1.20),
    features=np.stack([person_embedding(number) for number in range(500, 550)]),
)
NOW = 1_800_000_000.0


def towards(start: Embedding, goal: Embedding, distance: float) -> Embedding:
    """Return the point at that squared distance from `start` on the great circle to `goal`."""
    away = goal - float(start @ goal) * start
    away /= np.linalg.norm(away)
    cosine = 1.0 - distance / 2.0
    point = cosine * start + math.sqrt(1.0 - cosine**2) * away
    unit: Embedding = (point / np.linalg.norm(point)).astype(np.float32)
    return unit


def look_of(embedding: Embedding, frames: int = 4, noise: float = 0.15) -> tuple[Sample, ...]:
    """Return frames of one face around an embedding."""
    taken = []
    for number in range(frames):
        moved = embedding + noise * person_embedding(7_000 + number)
        unit = (moved / np.linalg.norm(moved)).astype(np.float32)
        taken.append(Sample(unit, unit, None, STRAIGHT))
    return tuple(taken)


def owner(person: int = 1, name: str = "Ada") -> Profile:
    """Return somebody enrolled, with thresholds of `CALIBRATION`."""
    from facelock.core.adaptation import rederived

    return rederived(made_up_profile(person, name), CALIBRATION)


def with_looks(profile: Profile, count: int, *, since: float = NOW) -> Profile:
    """Return the person with so many remembered looks, added at `since` and a day apart before."""
    for number in range(count):
        start = profile.references[0].embedding
        look = look_of(towards(start, person_embedding(900 + number), 0.5))
        at = since - (count - 1 - number) * 86_400.0
        profile = with_look(profile, look, CALIBRATION, at)
    return replace(profile)
