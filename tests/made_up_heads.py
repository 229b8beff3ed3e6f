"""Heads that might have been trained on this machine, made up."""

from __future__ import annotations

import numpy as np
import pytest
from fakes import MODEL, fake_pipeline, made_up_calibration, made_up_densities

from facelock.core.head import Head, NetworkId, network_sha256
from facelock.core.head_version import HeadTable, HeadVersion, calibration_of
from facelock.core.levels import Level
from facelock.core.retraining import Figures, PersonFigures, RetrainingOptions
from facelock.core.threshold import Bound, Calibration

_SIZE = 192


def a_matrix(seed: int = 5, scale: float = 0.02) -> Head:
    """Return a head not far from the identity."""
    noise = np.random.default_rng(seed).normal(scale=scale, size=(_SIZE, _SIZE))
    bias = np.full(_SIZE, 0.001 * seed, np.float32)
    return Head((np.eye(_SIZE) + noise).astype(np.float32), bias)


def some_figures(*profile_ids: str, level: Level = Level.BALANCED, misses: int = 2) -> Figures:
    """Return figures of these people."""
    people = tuple(
        PersonFigures(
            profile_id=one,
            mated=40,
            misses=misses,
            threshold=0.6,
            bound=Bound.FMR,
            non_mated=900,
            false_matches=0,
            close=1,
            separation=4.5,
            nearest=0.9,
        )
        for one in profile_ids
    )
    return Figures(level=level, people=people, attempt_fmr=1e-4, densities=made_up_densities())


def a_version(
    seed: int = 5,
    *profile_ids: str,
    negatives: tuple[str, ...] = (),
    backbone: str = MODEL,
    head: Head | None = None,
    created_at: float = 1_000.0,
) -> HeadVersion:
    """Return a head trained on these people's samples, against those of the negatives."""
    head = head or a_matrix(seed)
    measured = made_up_calibration()
    return HeadVersion(
        created_at=created_at,
        head=head,
        network=NetworkId(backbone, network_sha256(backbone, head)),
        table=HeadTable(
            fmr_grid=measured.fmr_grid,
            distance_grid=measured.distance_grid,
            mated_median=measured.mated_median,
            people=measured.people,
            comparisons=measured.comparisons,
            densities=measured.densities,
        ),
        options=RetrainingOptions(),
        profile_ids=profile_ids,
        negatives=negatives,
        samples=6 * len(profile_ids),
        impostors=1_000,
        before=some_figures(*profile_ids, *negatives, misses=4),
        after=some_figures(*profile_ids, *negatives),
    )


def measured(version: HeadVersion | None = None) -> Calibration:
    """Return the calibration of a head on made-up strangers; None: of the fake network's own."""
    bundled = made_up_calibration()
    if version is None:
        return bundled
    return calibration_of(version, bundled.features, bundled.person_index)


def bundle_the_fake_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the fake network, which has no head, be the one that Facelock comes with."""
    loading = "facelock.services.loading"
    pipeline = fake_pipeline()
    monkeypatch.setattr(f"{loading}.bundled_backbone", lambda: MODEL)
    monkeypatch.setattr(f"{loading}.bundled_head", lambda: pipeline.head)
    monkeypatch.setattr(f"{loading}.network_in_use", lambda: pipeline.network)
    monkeypatch.setattr(f"{loading}.load_pipeline", fake_pipeline)
    monkeypatch.setattr("facelock.services.calibration.load_calibration", measured)
