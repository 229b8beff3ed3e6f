"""Row 19: somebody teaches the lock another face, look by look.

The attacker has everything but luck: every near miss they show is followed by the right passphrase
and a yes, day after day. They may show any embedding at all, not only those a face can have.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from fakes import person_embedding
from remembered_looks import CALIBRATION, NOW, look_of, owner, towards, with_looks

from facelock.core.adaptation import (
    BAND,
    DAY,
    KEPT_SECONDS,
    QUOTA,
    Bar,
    look_bar,
    quota_bar,
    threshold_bar,
    with_look,
)
from facelock.core.comparison import Embedding, squared_distance
from facelock.core.levels import RULES, Level
from facelock.core.template import ANCHOR_SLACK, Profile, without_expired
from facelock.services.gallery import Terms, lock_gallery

LEVELS = (Level.CONVENIENT, Level.BALANCED, Level.STRICT)
STRANGERS = range(200, 240)


def poisoned(profile: Profile, stranger: Embedding, level: Level, days: int) -> Profile:
    """Return what is left after so many days of the boldest steps towards a stranger."""
    for day in range(days):
        now = NOW + day * DAY
        profile = without_expired(profile, now)
        if quota_bar(profile, level, now) is not None:
            continue
        for distance in np.arange(1.2, 0.3, -0.01):  # as far as the bars let them
            starts = [one.embedding for one in profile.references]
            nearest = min(starts, key=lambda one: squared_distance(one, stranger))
            if squared_distance(nearest, stranger) <= distance:
                continue
            look = look_of(towards(nearest, stranger, float(distance)), noise=0.01)
            if look_bar(profile, (), look, CALIBRATION, level) is not None:
                continue
            grown = with_look(profile, look, CALIBRATION, now)
            if threshold_bar(profile, grown, level) is None:
                profile = grown
                break
    return profile


def opens(profile: Profile, probe: Embedding, level: Level, now: float) -> bool:
    found = lock_gallery(
        [profile], Terms(level, demo=False), None, model_sha256=profile.model_sha256, now=now
    )
    nearest = found.gallery.nearest(probe)
    return nearest is not None and nearest.is_match


@pytest.mark.parametrize("level", LEVELS)
def test_no_walk_of_looks_ever_reaches_a_stranger(level: Level) -> None:
    ada = owner()
    for number in STRANGERS:
        stranger = person_embedding(number)
        assert squared_distance(ada.references[0].embedding, stranger) > 1.4
        taught = poisoned(ada, stranger, level, days=5)
        # One bold step is taken; no second one goes on from there.
        assert len(taught.remembered) == (0 if level is Level.STRICT else 1)
        home = ada.references[0].embedding
        reached = max(squared_distance(home, one.embedding) for one in taught.references)
        assert reached <= ada.thresholds[level].value + BAND
        assert not opens(taught, stranger, level, NOW + 5 * DAY)


def test_however_much_is_remembered_nobody_beyond_the_anchor_gets_in() -> None:
    """Also past all bars: looks put straight onto the stranger's face."""
    ada, stranger = owner(), person_embedding(200)
    level = Level.BALANCED
    taught = ada
    for day in range(QUOTA):
        taught = with_look(taught, look_of(stranger), CALIBRATION, NOW + day * DAY)
    limit = ada.thresholds[level].value + ANCHOR_SLACK
    assert squared_distance(ada.references[0].embedding, stranger) > limit
    assert not opens(taught, stranger, level, NOW + QUOTA * DAY)
    assert opens(taught, ada.references[0].embedding, level, NOW + QUOTA * DAY)


def test_a_second_step_is_measured_from_what_was_enrolled() -> None:
    ada, stranger = owner(), person_embedding(201)
    taught = poisoned(ada, stranger, Level.BALANCED, days=1)
    (look,) = (one for one in taught.references if one.appearance in taught.remembered)
    step = look_of(towards(look.embedding, stranger, 0.3), noise=0.01)
    bar = look_bar(taught, (), step, CALIBRATION, Level.BALANCED)
    assert bar is Bar.TOO_FAR


def test_somebody_else_who_is_enrolled_is_never_remembered_as_the_owner() -> None:
    ada, bob = owner(1, "Ada"), owner(2, "Bob")
    probe = look_of(bob.references[0].embedding)
    assert look_bar(ada, [bob], probe, CALIBRATION, Level.CONVENIENT) is not None
    close = replace(  # a look-alike: within the owner's band
        bob,
        references=tuple(
            replace(one, embedding=towards(ada.references[0].embedding, one.embedding, 0.6))
            for one in bob.references
        ),
    )
    probe = look_of(close.references[0].embedding, noise=0.05)
    bar = look_bar(ada, [close], probe, CALIBRATION, Level.CONVENIENT)
    assert bar is Bar.NEARER_TO_SOMEBODY_ELSE


def test_no_look_raises_the_rate_of_an_attempt_above_the_level() -> None:
    taught = with_looks(owner(), QUOTA)
    for level in LEVELS:
        assert taught.thresholds[level].attempt_fmr <= RULES[level].attempt_fmr * 1.000001


def test_the_quota_is_not_renewed_by_waiting_but_by_forgetting() -> None:
    taught = with_looks(owner(), QUOTA)
    assert quota_bar(taught, Level.BALANCED, NOW + 30 * DAY) is Bar.QUOTA
    assert without_expired(taught, NOW + KEPT_SECONDS).remembered == frozenset()
