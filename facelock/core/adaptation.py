"""When the look of a near miss may be remembered as an appearance of the person. Pure.

The attack is to teach the lock a stranger, step by step (threat-model row 19). What stops it:

- Every bar is measured from what was *enrolled*; remembered looks are no stepping stones.
- A probe that a remembered look matches must lie near an enrolled reference too
  (`core.template.ANCHOR_SLACK`): however many looks are remembered, whoever is farther gets in
  never.
- The look must be nearer to the person than to anybody else enrolled and to any bundled impostor.
- The thresholds are derived anew with one more reference, so the level still bounds the whole
  attempt (`core.threshold`); at Strict nothing is remembered, and nothing remembered is used.
- Three looks at most, one a day, for ninety days, each after the right passphrase and a yes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from facelock.core.comparison import Embedding, fuse, leave_one_out_distances, squared_distance
from facelock.core.levels import RULES, Level
from facelock.core.template import (
    MAX_APPEARANCES,
    Appearance,
    Profile,
    Sample,
    Source,
    make_references,
    make_thresholds,
    with_appearances,
)
from facelock.core.threshold import Calibration, nearest_impostor

BAND = 0.10
"""How far beyond the threshold a near miss may lie, squared distance. At Balanced that is where
about 1 in 6,000 strangers are; mated misses of another light or of glasses lie there mostly."""
FARTHEST_FMR = 1e-2
"""No look is remembered from beyond the distance at this FMR, whatever the threshold is."""
MIN_FRAMES = 3
AGREEMENT = 0.40
"""Each frame may lie so far from the other ones fused: half the Balanced threshold, since they show
one face within a second or two. Chosen, not measured."""
QUOTA = 3  # remembered appearances of one person
DAY = 86_400.0
KEPT_SECONDS = 90 * DAY
OFFER_SECONDS = 60.0
"""The passphrase has to follow a near miss within this time; afterwards its pictures are gone."""


class Bar(Enum):
    """Why a look is not remembered."""

    LEVEL = "level"  # at Strict nothing is
    QUOTA = "quota"
    TOO_SOON = "too-soon"
    OTHER_KIND = "other-kind"  # a demo's frames and a real person, or another network
    TOO_FEW_FRAMES = "too-few-frames"
    FRAMES_DIFFER = "frames-differ"
    TOO_FAR = "too-far"
    NEARER_TO_SOMEBODY_ELSE = "nearer-to-somebody-else"
    NEARER_TO_AN_IMPOSTOR = "nearer-to-an-impostor"
    LEVEL_NOT_KEPT = "level-not-kept"  # with one more reference the data cannot carry the level
    OWNER_SHUT_OUT = "owner-shut-out"  # the person's own samples would match no more


def quota_bar(profile: Profile, level: Level, now: float) -> Bar | None:
    """Return why nothing at all is remembered for a person now, None if something may be.

    `now`: seconds since the epoch. A clock that was set back counts as too soon.
    """
    times = [one.added_at for one in profile.appearances if one.source is Source.REMEMBERED]
    if level is Level.STRICT:
        return Bar.LEVEL
    if len(times) >= QUOTA or len(profile.appearances) >= MAX_APPEARANCES:
        return Bar.QUOTA
    if any(now - added < DAY for added in times):
        return Bar.TOO_SOON
    return None


def look_bar(
    profile: Profile,
    others: Sequence[Profile],
    samples: Sequence[Sample],
    calibration: Calibration,
    level: Level,
) -> Bar | None:
    """Return why this look is not remembered, None if it may be.

    `samples`: good frames of one face, without a second one in the picture. `others`: everybody
    else who is enrolled.
    """
    if len(samples) < MIN_FRAMES:
        return Bar.TOO_FEW_FRAMES
    if any(one.model_sha256 != calibration.model_sha256 for one in (profile, *others)):
        return Bar.OTHER_KIND
    embeddings = [sample.embedding for sample in samples]
    if float(leave_one_out_distances(embeddings).max()) > AGREEMENT:
        return Bar.FRAMES_DIFFER
    look = fuse(embeddings)
    own = _distance(look, [profile], enrolled_only=True)
    farthest, _ = calibration.distance_at(FARTHEST_FMR)
    if own > min(profile.thresholds[level].value + BAND, farthest):
        return Bar.TOO_FAR
    if _is_nearer_to(others, look, own):
        return Bar.NEARER_TO_SOMEBODY_ELSE
    if nearest_impostor([look], calibration) <= own:
        return Bar.NEARER_TO_AN_IMPOSTOR
    return None


def _is_nearer_to(others: Sequence[Profile], look: Embedding, own: float) -> bool:
    """True if somebody else is as near as the person, or would be matched at any level."""
    return any(
        _distance(look, [other]) <= max(own, *(one.value for one in other.thresholds.values()))
        for other in others
    )


def _distance(look: Embedding, people: Sequence[Profile], *, enrolled_only: bool = False) -> float:
    return min(
        squared_distance(look, reference.embedding)
        for profile in people
        for reference in profile.references
        if not (enrolled_only and reference.appearance in profile.remembered)
    )


def with_look(
    profile: Profile, samples: Sequence[Sample], calibration: Calibration, now: float
) -> Profile:
    """Return the profile with one more, remembered, appearance; thresholds derived anew."""
    taken = {one.name for one in profile.appearances}
    names = (f"remembered-{number}" for number in range(1, MAX_APPEARANCES + 1))
    name = next(one for one in names if one not in taken)
    look = Appearance(name, now, Source.REMEMBERED, now + KEPT_SECONDS)
    every = (*profile.samples, *(replace(sample, appearance=name) for sample in samples))
    grown = replace(profile, appearances=(*profile.appearances, look), samples=every)
    return rederived(grown, calibration)


def without_look(profile: Profile, name: str, calibration: Calibration | None) -> Profile:
    """Return the profile without an appearance. Raises ValueError for the last enrolled one.

    Without a calibration of its network its thresholds stay as strict as they were.
    """
    kept = [one for one in profile.appearances if one.name != name]
    if len(kept) == len(profile.appearances):
        raise ValueError("there is no such appearance")
    if all(one.source is Source.REMEMBERED for one in kept):
        raise ValueError("the last enrolled appearance stays")
    left = with_appearances(profile, kept)
    if calibration is None or calibration.model_sha256 != profile.model_sha256:
        return left
    try:
        return rederived(left, calibration)
    except ValueError:  # no appearance with two samples is left to measure the margin on
        return left


def rederived(profile: Profile, calibration: Calibration) -> Profile:
    """Return the profile with references and thresholds made anew of its samples."""
    references = make_references(profile.samples)
    thresholds = make_thresholds(profile.samples, references, calibration, profile.appearances)
    return replace(profile, references=references, thresholds=thresholds)


def threshold_bar(before: Profile, after: Profile, level: Level) -> Bar | None:
    """Return why the thresholds with one more reference will not do, None if they will.

    Held at the level in force and at every laxer one that remembered looks are used at.
    """
    for one in Level:
        if one is Level.STRICT:
            continue
        derived, former = after.thresholds[one], before.thresholds[one]
        kept = derived.level_supported and derived.attempt_fmr <= RULES[one].attempt_fmr * 1.000001
        if not kept:
            return Bar.LEVEL_NOT_KEPT
        if one is level and derived.needs_better_samples and not former.needs_better_samples:
            return Bar.OWNER_SHUT_OUT
    return None
