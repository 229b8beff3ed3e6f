"""What may be remembered of a near miss, and what never."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from fakes import LEVELS, made_up_calibration, made_up_profile, person_embedding
from remembered_looks import CALIBRATION, NOW, look_of, owner, towards, with_looks

from facelock.core.adaptation import (
    AGREEMENT,
    BAND,
    DAY,
    KEPT_SECONDS,
    MIN_FRAMES,
    QUOTA,
    Bar,
    look_bar,
    quota_bar,
    rederived,
    threshold_bar,
    with_look,
    without_look,
)
from facelock.core.comparison import Embedding
from facelock.core.levels import RULES, Level
from facelock.core.template import (
    MAX_APPEARANCES,
    Appearance,
    Profile,
    Source,
    references_at,
    without_expired,
)

ADA = owner()
HOME = ADA.references[0].embedding
STRANGER = person_embedding(77)
THRESHOLD = ADA.thresholds[Level.BALANCED].value


def at(distance: float) -> Embedding:
    return towards(HOME, STRANGER, distance)


def bar_at(distance: float, *others: Profile) -> Bar | None:
    return look_bar(ADA, others, look_of(at(distance), noise=0.05), CALIBRATION, Level.BALANCED)


def test_a_look_just_beyond_the_threshold_may_be_remembered() -> None:
    assert bar_at(THRESHOLD + 0.5 * BAND) is None


def test_a_look_beyond_the_band_may_not() -> None:
    assert bar_at(THRESHOLD + 1.5 * BAND) is Bar.TOO_FAR


def test_no_look_is_taken_from_beyond_one_stranger_in_a_hundred() -> None:
    narrow = replace(CALIBRATION, distance_grid=np.array([0.1, 0.2, 0.25, 0.3, 0.31, 0.32]))
    look = look_of(at(THRESHOLD), noise=0.05)
    assert look_bar(ADA, (), look, narrow, Level.BALANCED) is Bar.TOO_FAR


def test_two_frames_are_too_few_and_frames_that_differ_are_no_look() -> None:
    look = look_of(at(THRESHOLD), frames=MIN_FRAMES - 1)
    assert look_bar(ADA, (), look, CALIBRATION, Level.BALANCED) is Bar.TOO_FEW_FRAMES
    mixed = (*look_of(at(THRESHOLD), 3), *look_of(STRANGER, 1))
    assert AGREEMENT < 1.0
    assert look_bar(ADA, (), mixed, CALIBRATION, Level.BALANCED) is Bar.FRAMES_DIFFER


def test_a_look_of_another_network_is_no_look() -> None:
    other = replace(CALIBRATION, model_sha256="0" * 64)
    look = look_of(at(THRESHOLD))
    assert look_bar(ADA, (), look, other, Level.BALANCED) is Bar.OTHER_KIND


def test_a_look_nearer_to_somebody_else_is_refused_and_one_that_would_match_them_too() -> None:
    near = replace(made_up_profile(77, "Bob"))
    look = at(THRESHOLD + 0.05)
    between = replace(near, references=(replace(near.references[0], embedding=look),))
    assert bar_at(THRESHOLD + 0.05, between) is Bar.NEARER_TO_SOMEBODY_ELSE
    assert bar_at(THRESHOLD + 0.05, made_up_profile(78, "Cid")) is None


def test_a_look_nearer_to_a_bundled_impostor_is_refused() -> None:
    features = np.stack([towards(HOME, STRANGER, THRESHOLD + 0.1)])
    alike = made_up_calibration(
        fmr_grid=CALIBRATION.fmr_grid.tolist(),
        distance_grid=CALIBRATION.distance_grid.tolist(),
        features=features,
    )
    look = look_of(at(THRESHOLD), noise=0.05)
    assert look_bar(ADA, (), look, alike, Level.BALANCED) is Bar.NEARER_TO_AN_IMPOSTOR


def test_a_remembered_look_is_no_stepping_stone() -> None:
    grown = with_look(ADA, look_of(at(THRESHOLD), noise=0.05), CALIBRATION, NOW)
    step = look_of(towards(HOME, STRANGER, THRESHOLD + 2 * BAND), noise=0.05)
    assert look_bar(grown, (), step, CALIBRATION, Level.BALANCED) is Bar.TOO_FAR


def test_three_looks_and_one_a_day_and_none_at_strict() -> None:
    assert quota_bar(ADA, Level.BALANCED, NOW) is None
    assert quota_bar(ADA, Level.STRICT, NOW) is Bar.LEVEL
    one = with_looks(ADA, 1)
    assert quota_bar(one, Level.BALANCED, NOW + DAY - 1) is Bar.TOO_SOON
    assert quota_bar(one, Level.BALANCED, NOW - 1e6) is Bar.TOO_SOON  # the clock was set back
    assert quota_bar(one, Level.BALANCED, NOW + DAY) is None
    assert quota_bar(with_looks(ADA, QUOTA), Level.BALANCED, NOW + 9 * DAY) is Bar.QUOTA
    enrolled = tuple(Appearance(f"look-{i}", NOW) for i in range(MAX_APPEARANCES))
    assert quota_bar(replace(ADA, appearances=enrolled), Level.BALANCED, NOW) is Bar.QUOTA


def test_a_remembered_look_has_a_name_of_its_own_and_an_end() -> None:
    grown = with_looks(ADA, 2)
    first, second = grown.appearances[1:]
    assert (first.name, second.name) == ("remembered-1", "remembered-2")
    assert {first.source, second.source} == {Source.REMEMBERED}
    assert second.expires_at == NOW + KEPT_SECONDS
    again = with_look(
        without_look(grown, "remembered-1", CALIBRATION), look_of(STRANGER), CALIBRATION, NOW
    )
    assert [one.name for one in again.appearances] == ["usual", "remembered-2", "remembered-1"]
    ended = without_expired(grown, NOW + KEPT_SECONDS)
    assert [one.appearance for one in ended.references] == ["usual"]
    assert without_expired(ended, NOW + KEPT_SECONDS) is ended


def test_every_look_tightens_the_thresholds_and_none_moves_the_margin() -> None:
    before, after = ADA, with_looks(ADA, 3)
    for level in LEVELS:
        former, derived = before.thresholds[level], after.thresholds[level]
        assert derived.value <= former.value
        assert derived.margin_term == former.margin_term
        assert derived.attempt_fmr <= RULES[level].attempt_fmr * 1.000001
    assert threshold_bar(before, after, Level.BALANCED) is None


def test_at_strict_nothing_remembered_is_used() -> None:
    grown = with_looks(ADA, 2)
    assert grown.thresholds[Level.STRICT] == ADA.thresholds[Level.STRICT]
    assert [one.appearance for one in references_at(grown, Level.STRICT)] == ["usual"]
    assert len(references_at(grown, Level.BALANCED)) == 3


def test_a_look_is_refused_where_the_data_cannot_carry_the_level_with_it() -> None:
    few = made_up_calibration(fmr_grid=(3e-5, 1e-3), distance_grid=(0.6, 0.8))
    before = rederived(made_up_profile(), few)
    after = with_look(before, look_of(STRANGER), few, NOW)
    assert threshold_bar(before, after, Level.BALANCED) is Bar.LEVEL_NOT_KEPT


def test_a_look_that_would_shut_the_owner_out_is_refused() -> None:
    after = with_looks(ADA, 1)
    thresholds = {
        level: replace(one, needs_better_samples=True) for level, one in after.thresholds.items()
    }
    shut_out = replace(after, thresholds=thresholds)
    assert threshold_bar(ADA, shut_out, Level.BALANCED) is Bar.OWNER_SHUT_OUT
    assert threshold_bar(shut_out, shut_out, Level.BALANCED) is None


def test_the_last_enrolled_appearance_stays_and_others_go() -> None:
    grown = with_looks(ADA, 1)
    with pytest.raises(ValueError, match="last enrolled"):
        without_look(grown, "usual", CALIBRATION)
    with pytest.raises(ValueError, match="no such"):
        without_look(grown, "hat", CALIBRATION)
    left = without_look(grown, "remembered-1", CALIBRATION)
    assert left.thresholds == ADA.thresholds
    assert [one.name for one in left.appearances] == ["usual"]


def test_without_a_calibration_the_thresholds_stay_as_strict_as_they_were() -> None:
    grown = with_looks(ADA, 1)
    other = replace(CALIBRATION, model_sha256="0" * 64)
    for calibration in (None, other):
        left = without_look(grown, "remembered-1", calibration)
        assert left.thresholds == grown.thresholds
        assert len(left.references) == 1
    lone = tuple(replace(one, appearance="lone") for one in ADA.samples[:1])
    both = replace(
        ADA,
        samples=(*ADA.samples, *lone),
        references=(*ADA.references, replace(ADA.references[0], appearance="lone")),
        appearances=(*ADA.appearances, Appearance("lone", NOW)),
    )
    assert without_look(both, "usual", CALIBRATION).thresholds == both.thresholds
