"""Faces that nobody has, for retraining: patterns, and a backbone that sees them.

A person is a coarse pattern, a picture of them the pattern with something of its own. The backbone
is a projection of what is left without light and contrast, so it bears what a webcam does to a
picture, but not all of it.
"""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import pytest
from fakes import DIMENSION, MODEL, NO_HEAD, STRAIGHT, FakeEmbedder, fake_pipeline
from made_up_heads import bundle_the_fake_network
from numpy.typing import NDArray

from facelock.core.comparison import Embedding
from facelock.core.frames import FaceCrop
from facelock.core.head_version import HeadVersion, calibration_of
from facelock.core.labelled_faces import LabelledFaces
from facelock.core.template import Profile, Sample, make_references, make_thresholds
from facelock.core.threshold import Calibration
from facelock.services.recognition import FacePipeline
from facelock.services.retraining_strangers import (
    Strangers,
    calibration_with,
    measure_table,
    parted,
)

_GRID = 14  # of a pattern, cells a side
_OWN = 0.55  # weight of what a picture has of its own


@cache
def _projection() -> NDArray[np.float64]:
    square = np.random.default_rng(3).normal(size=(_GRID * _GRID, DIMENSION))
    return np.asarray(np.linalg.qr(square)[0])


def feature_of(crop: FaceCrop) -> Embedding:
    """Return what the backbone makes of a picture: a unit vector, (192,)."""
    grey = crop.pixels.astype(np.float32).mean(axis=2)
    seen = cv2.resize(grey, (_GRID, _GRID), interpolation=cv2.INTER_AREA).astype(np.float64)
    plain = (seen - seen.mean()).ravel() @ _projection()
    return np.asarray(plain / max(float(np.linalg.norm(plain)), 1e-9), np.float32)


def picture(person: int, number: int = 0, *, light: float = 1.0, own: float = _OWN) -> FaceCrop:
    """Return a picture of a person; `light` scales all pixels, `own` is what it alone has."""
    who = np.random.default_rng((person, 1)).normal(size=(_GRID, _GRID))
    here = np.random.default_rng((person, 2, number)).normal(size=(_GRID, _GRID))
    pattern = (120 + 34 * (who + own * here)).astype(np.float32)
    large = cv2.resize(pattern, (112, 112), interpolation=cv2.INTER_CUBIC)
    shades = np.clip(large * light, 0, 255).astype(np.uint8)
    return FaceCrop(np.repeat(shades[..., None], 3, axis=2))


def sample(crop: FaceCrop, *, kept: bool = True) -> Sample:
    """Return the sample that a picture gives under the bundled head."""
    feature = feature_of(crop)
    return Sample(feature, feature, crop if kept else None, STRAIGHT)


@cache
def strangers() -> Strangers:
    """Return a hundred and twenty people with three pictures each, parted."""
    faces = [feature_of(picture(1000 + one // 3, one % 3)) for one in range(360)]
    people = np.repeat(np.arange(120), 3).astype(np.int64)
    return parted(LabelledFaces(np.stack(faces), people))


@cache
def calibration() -> Calibration:
    """Return what thresholds rest on under the bundled head, which changes nothing."""
    table = measure_table(NO_HEAD, strangers())
    return calibration_with(table, NO_HEAD, MODEL, strangers())


def a_person(
    number: int,
    samples: list[Sample] | None = None,
    *,
    name: str = "",
    count: int = 9,
    demo: bool = False,
) -> Profile:
    """Return somebody enrolled, with so many samples or with these."""
    taken = tuple(samples or [sample(picture(number, one)) for one in range(count)])
    references = make_references(taken)
    return Profile(
        profile_id=f"{number:032x}",
        name=name or f"Person {number}",
        created_at=float(number),
        demo=demo,
        backbone_sha256=MODEL,
        model_sha256=MODEL,
        samples=taken,
        references=references,
        thresholds=make_thresholds(taken, references, calibration()),
        poses=("centre",),
    )


class PatternEmbedder(FakeEmbedder):
    """Sees patterns."""

    def feature(self, crop: FaceCrop) -> Embedding:
        self.calls += 1
        return feature_of(crop)


def pattern_pipeline() -> FacePipeline:
    """Return the pipeline on this backbone."""
    return fake_pipeline(PatternEmbedder())


def bundle_the_patterns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this backbone, with these strangers, be what Facelock comes with."""
    bundle_the_fake_network(monkeypatch)

    def measured(version: HeadVersion | None = None) -> Calibration:
        if version is None:
            return calibration()
        everybody = strangers().all
        return calibration_of(version, everybody.embeddings, everybody.people.astype(np.int32))

    monkeypatch.setattr("facelock.services.loading.load_pipeline", pattern_pipeline)
    monkeypatch.setattr("facelock.services.calibration.load_calibration", measured)
    monkeypatch.setattr(
        "facelock.services.retraining.load_impostor_features", lambda: strangers().all
    )
    monkeypatch.setattr("facelock.services.retraining.bundled_head", lambda: NO_HEAD)
