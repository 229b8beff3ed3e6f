"""Everybody at FMR / N where the data carry it; else a name first."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from fakes import MODEL, made_up_calibration
from remembered_looks import CALIBRATION, NOW, owner, with_looks

from facelock.core.adaptation import KEPT_SECONDS
from facelock.core.levels import RULES, Level
from facelock.core.template import Profile
from facelock.core.threshold import Calibration
from facelock.services.gallery import LockGallery, Mode, Terms, lock_gallery, shared_thresholds

FINE = made_up_calibration(
    fmr_grid=np.logspace(-7, -2, 51).tolist(), distance_grid=np.linspace(0.3, 0.9, 51).tolist()
)


def people(count: int) -> list[Profile]:
    return [owner(number, f"Person {number}") for number in range(1, count + 1)]


def at_lock(
    profiles: list[Profile],
    level: Level = Level.BALANCED,
    calibration: Calibration | None = FINE,
    *,
    chosen: str | None = None,
    now: float = NOW,
) -> LockGallery:
    return lock_gallery(
        profiles, Terms(level, demo=False), calibration, model_sha256=MODEL, now=now, chosen=chosen
    )


def test_one_person_is_compared_with_at_the_level_and_needs_no_calibration() -> None:
    found = at_lock(people(1), calibration=None)
    assert (found.mode, found.people, found.can_match) == (Mode.ONE_TO_ONE, 1, True)
    whole = people(1)[0].thresholds[Level.BALANCED].value
    assert found.gallery.thresholds.tolist() == [whole]


@pytest.mark.parametrize("count", [2, 5, 20])
@pytest.mark.parametrize("level", [Level.CONVENIENT, Level.BALANCED, Level.STRICT])
def test_the_bounds_of_n_people_sum_to_the_level(count: int, level: Level) -> None:
    found = at_lock(people(count), level)
    assert found.mode is Mode.ONE_TO_MANY
    assert found.people == count
    bounds = [3 * FINE.fmr_at(threshold) for threshold in found.gallery.thresholds]
    assert sum(bounds) <= RULES[level].attempt_fmr * 1.000001


def test_more_people_are_never_more_lenient_and_no_other_term_is_lost() -> None:
    crowd = people(3)
    shared = shared_thresholds(crowd, Level.BALANCED, FINE)
    assert shared is not None
    for one in crowd:
        assert shared[one.profile_id] <= one.thresholds[Level.BALANCED].value
    capped = replace(
        crowd[0],
        thresholds={
            level: replace(term, value=0.25) for level, term in crowd[0].thresholds.items()
        },
    )
    again = shared_thresholds([capped, *crowd[1:]], Level.BALANCED, FINE)
    assert again is not None
    assert again[capped.profile_id] == 0.25


def test_a_person_with_two_looks_takes_two_shares() -> None:
    ada, bob = people(2)
    glasses = with_looks(ada, 1)
    found = at_lock([glasses, bob])
    assert len(found.gallery.thresholds) == 3
    assert sum(3 * FINE.fmr_at(one) for one in found.gallery.thresholds) <= 1e-4 * 1.000001


def test_where_the_data_cannot_carry_it_a_name_comes_first_and_nobody_matches() -> None:
    coarse = made_up_calibration(fmr_grid=(3e-5, 1e-3), distance_grid=(0.6, 0.8))
    crowd = people(2)
    for calibration in (coarse, None, replace(FINE, model_sha256="0" * 64)):
        found = at_lock(crowd, calibration=calibration)
        assert (found.mode, found.can_match) == (Mode.NAME_FIRST, False)
        nearest = found.gallery.nearest(crowd[0].references[0].embedding)
        assert nearest is not None
        assert not nearest.is_match


def test_a_name_is_always_possible_and_is_held_to_the_whole_level() -> None:
    ada, bob = people(2)
    for calibration in (FINE, None):
        found = at_lock([ada, bob], Level.STRICT, calibration, chosen=bob.profile_id)
        assert (found.mode, found.can_match) == (Mode.ONE_TO_ONE, True)
        assert found.gallery.owners == (ada.profile_id, bob.profile_id)
        assert found.gallery.thresholds[1] == bob.thresholds[Level.STRICT].value
        assert found.gallery.thresholds[0] < 0
    assert not at_lock([ada], chosen="f" * 32).can_match


def test_people_of_another_kind_or_network_take_no_share() -> None:
    ada, bob = people(2)
    found = at_lock([ada, replace(bob, demo=True)])
    assert (found.mode, found.people) == (Mode.ONE_TO_ONE, 1)
    found = at_lock([ada, replace(bob, model_sha256="0" * 64)])
    assert (found.mode, found.people) == (Mode.ONE_TO_ONE, 1)


def test_what_has_expired_is_not_compared_with() -> None:
    ada = with_looks(owner(), 1)
    assert len(at_lock([ada], calibration=CALIBRATION).gallery.owners) == 2
    assert len(at_lock([ada], now=NOW + KEPT_SECONDS).gallery.owners) == 1
