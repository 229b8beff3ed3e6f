"""Whom a probe is compared with at the lock: everybody at FMR / N, or one person at the level.

A level bounds how often a stranger's whole attempt opens. With N people in the gallery each of them
is held to level / N, so that the bound for opening as *any* of them is the level's (the union
bound: valid however alike the people are). Where the calibration cannot carry level / N, nobody is
looked for among several: a name comes first, and that person is compared with at the level. A name
may always be given. Every template is compared either way (threat-model row 23).

Cycling through names buys nothing: an attempt has three comparisons, whoever each is with, and one
comparison with one person is held to a third of the level.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

from facelock.core.attempt import LOOKS
from facelock.core.comparison import UNREACHABLE
from facelock.core.levels import RULES, Level
from facelock.core.template import make_gallery, references_at, without_expired

if TYPE_CHECKING:
    from facelock.core.comparison import Gallery
    from facelock.core.liveness import Layer
    from facelock.core.template import Profile
    from facelock.core.threshold import Calibration


class Mode(Enum):
    """How somebody is recognised. The value is what commands print."""

    ONE_TO_ONE = "1:1"
    ONE_TO_MANY = "1:N"
    NAME_FIRST = "name-first"


@dataclass(frozen=True)
class Terms:
    """What a lock holds every probe to; see `Access.terms`."""

    level: Level
    demo: bool
    layers: frozenset[Layer] | None = None  # of liveness; None: those of the level
    cameras: Mapping[str, tuple[str, ...]] | None = None  # by profile id; None: any camera will do
    eyes_required: bool = True

    def applied_to(self, gallery: Gallery) -> Gallery:
        """Return the gallery with the terms in it that do not depend on a threshold."""
        return replace(gallery, cameras=self.cameras, eyes_required=self.eyes_required)


@dataclass(frozen=True, eq=False)
class LockGallery:
    """What probes are compared with. Where a name comes first, `gallery` lets nobody match."""

    mode: Mode
    people: int  # N: those whose templates are in it
    gallery: Gallery = field(repr=False)

    @property
    def can_match(self) -> bool:
        """True if somebody in it can be matched at all."""
        return bool((self.gallery.thresholds > UNREACHABLE).any())


def lock_gallery(
    profiles: Sequence[Profile],
    terms: Terms,
    calibration: Calibration | None,
    *,
    model_sha256: str,
    now: float,
    chosen: str | None = None,
) -> LockGallery:
    """Return the gallery of the lock on these terms, at `now` (seconds since the epoch).

    `chosen`: the id of the person who was named. Without a calibration of the network in use
    nothing is known about level / N, so a name comes first. What has expired is left out.
    """
    level, demo = terms.level, terms.demo
    usable = [
        without_expired(one, now)
        for one in profiles
        if one.demo is demo and one.model_sha256 == model_sha256
    ]
    at: Mapping[str, float] | None = None
    only = chosen
    if chosen is not None or len(usable) < 2:
        mode = Mode.ONE_TO_ONE
    else:
        fits = calibration is not None and calibration.model_sha256 == model_sha256
        at = shared_thresholds(usable, level, calibration) if calibration and fits else None
        mode = Mode.NAME_FIRST if at is None else Mode.ONE_TO_MANY
        only = "" if at is None else None
    gallery = make_gallery(
        usable, level, demo=demo, model_sha256=model_sha256, only=only, at=at, layers=terms.layers
    )
    return LockGallery(mode, len(usable), terms.applied_to(gallery))


def shared_thresholds(
    profiles: Sequence[Profile], level: Level, calibration: Calibration
) -> dict[str, float] | None:
    """Return the threshold of each person, by id, at which all of them together keep the level.

    None if the calibration cannot carry it. The other terms of a person's own threshold (margin,
    nearest impostor) still hold: none of these is above it.
    """
    thresholds: dict[str, float] = {}
    for profile in profiles:
        comparisons = len(LOOKS) * len(references_at(profile, level))
        rate = RULES[level].attempt_fmr / (comparisons * len(profiles))
        if rate < calibration.strictest_fmr * (1 - 1e-9):
            return None
        distance, _ = calibration.distance_at(rate)
        thresholds[profile.profile_id] = min(profile.thresholds[level].value, distance)
    return thresholds
