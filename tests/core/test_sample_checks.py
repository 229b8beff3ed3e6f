"""Poisoned samples are found before anything is trained on them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_up_faces import a_person, picture, sample

from facelock.core.frames import FaceCrop
from facelock.core.retraining import FEWEST_SAMPLES, Reason
from facelock.core.sample_checks import check_samples
from facelock.core.template import Profile, Sample, make_references

ADA, BOB = a_person(1), a_person(2)


def mixed(person: int, other: int, count: int, of: int = 10) -> list[Sample]:
    """Return samples of a person, the last `count` of them somebody else's."""
    return [sample(picture(person if at < of - count else other, at)) for at in range(of)]


def found(*profiles: Profile, trained: tuple[Profile, ...] | None = None) -> dict[Reason, int]:
    """Return each reason and how many people it concerns."""
    ids = frozenset(one.profile_id for one in trained or profiles)
    return {one.reason: len(one.profile_ids) for one in check_samples(profiles, ids)}


def with_samples(profile: Profile, samples: tuple[Sample, ...]) -> Profile:
    """Return the profile with these samples, whatever its references say."""
    return replace(profile, samples=samples)


def test_samples_as_enrolment_takes_them_are_good() -> None:
    assert found(ADA, BOB) == {}
    assert found(ADA) == {}


@pytest.mark.parametrize("count", [1, 2, 5, 9])
def test_a_few_or_half_of_the_samples_of_somebody_else_are_found(count: int) -> None:
    poisoned = with_samples(ADA, tuple(mixed(1, 7, count)))
    assert found(poisoned) == {Reason.MIXED_PEOPLE: 1}


def test_samples_of_somebody_enrolled_are_found_in_another_persons() -> None:
    poisoned = with_samples(ADA, tuple(mixed(1, 2, 3)))
    assert found(poisoned, BOB) == {Reason.MIXED_PEOPLE: 1, Reason.SWAPPED_PEOPLE: 1}


def test_two_people_swapped_are_found() -> None:
    """Their samples are exchanged, while the references still say who they are."""
    one, other = with_samples(ADA, BOB.samples), with_samples(BOB, ADA.samples)
    assert found(one, other) == {Reason.SWAPPED_PEOPLE: 2}
    assert found(one, other, trained=(one,)) == {Reason.SWAPPED_PEOPLE: 1}


def test_one_sample_over_and_over_is_found() -> None:
    again = with_samples(ADA, ADA.samples[:1] * 10)
    assert found(again) == {Reason.REPEATED_SAMPLES: 1}
    third = with_samples(ADA, (*ADA.samples[:6], *ADA.samples[:1] * 3))
    assert found(third) == {Reason.REPEATED_SAMPLES: 1}
    one_pair = with_samples(ADA, (*ADA.samples, ADA.samples[0]))
    assert found(one_pair) == {}


def test_pictures_that_are_all_dark_are_found() -> None:
    dark = [sample(picture(1, at, light=0.2)) for at in range(8)]
    assert found(with_samples(ADA, tuple(dark))) == {Reason.TOO_DARK: 1}
    assert found(with_samples(ADA, (*dark[:3], *ADA.samples))) == {}


def test_black_pictures_and_a_single_one_are_refused() -> None:
    black = FaceCrop(picture(1).pixels * 0)
    samples = tuple(replace(one, crop=black) for one in ADA.samples)
    assert Reason.TOO_DARK in found(with_samples(ADA, samples))


def test_too_few_samples_are_refused() -> None:
    few = a_person(1, count=FEWEST_SAMPLES - 1)
    assert found(few) == {Reason.TOO_FEW_SAMPLES: 1}
    assert found(a_person(1, count=FEWEST_SAMPLES)) == {}


def test_without_a_picture_there_is_nothing_to_vary() -> None:
    bare = tuple(replace(one, crop=None) for one in ADA.samples)
    assert found(with_samples(ADA, bare)) == {Reason.NO_PICTURES: 1}
    assert found(with_samples(ADA, (ADA.samples[0], *bare[1:]))) == {}


def test_who_is_not_trained_on_is_not_looked_at() -> None:
    poisoned = with_samples(BOB, tuple(mixed(2, 7, 4)))
    assert found(ADA, poisoned, trained=(ADA,)) == {}


def test_references_made_of_the_mixture_hide_nothing() -> None:
    samples = tuple(mixed(1, 2, 5))
    poisoned = replace(ADA, samples=samples, references=make_references(samples))
    assert Reason.MIXED_PEOPLE in found(poisoned, BOB)
