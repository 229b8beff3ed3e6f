"""Samples become references, references become a gallery."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from fakes import LEVELS, MODEL, STRAIGHT, made_up_calibration, made_up_profile, person_embedding
from remembered_looks import owner, towards, with_looks

from facelock.core.comparison import fuse, squared_distance
from facelock.core.frames import FaceCrop
from facelock.core.levels import Level
from facelock.core.template import (
    ANCHOR_SLACK,
    FIRST_APPEARANCE,
    Person,
    Sample,
    by_appearance,
    make_gallery,
    make_references,
    make_thresholds,
    people_of,
)


def samples(appearance: str, count: int, person: int = 1) -> list[Sample]:
    features = [person_embedding(person, 0.2, index) for index in range(count)]
    return [Sample(one, one, None, STRAIGHT, appearance) for one in features]


def test_samples_are_grouped_in_the_order_their_appearances_were_seen() -> None:
    mixed = [*samples("glasses", 2), *samples(FIRST_APPEARANCE, 3), *samples("glasses", 1)]
    groups = by_appearance(mixed)
    assert list(groups) == ["glasses", FIRST_APPEARANCE]
    assert [len(group) for group in groups.values()] == [3, 3]


def test_each_appearance_becomes_one_reference() -> None:
    usual, glasses = samples(FIRST_APPEARANCE, 3), samples("glasses", 2, person=2)
    references = make_references([*usual, *glasses])
    assert [reference.appearance for reference in references] == [FIRST_APPEARANCE, "glasses"]
    expected = fuse([one.embedding for one in glasses])
    np.testing.assert_array_equal(references[1].embedding, expected)


def test_every_level_has_its_threshold_from_the_start() -> None:
    taken = samples(FIRST_APPEARANCE, 4)
    thresholds = make_thresholds(taken, make_references(taken), made_up_calibration())
    assert list(thresholds) == list(LEVELS)


@pytest.mark.parametrize("demo", [True, False])
def test_a_gallery_leaves_out_the_other_kind(demo: bool) -> None:  # noqa: FBT001
    ada, bob = made_up_profile(1, "Ada", demo=True), made_up_profile(2, "Bob", demo=False)
    gallery = make_gallery([ada, bob], Level.BALANCED, demo=demo, model_sha256=MODEL)
    assert gallery.owners == ((ada if demo else bob).profile_id,)
    assert gallery.demo is demo


def test_a_gallery_holds_every_reference_of_everybody_with_its_threshold() -> None:
    ada = made_up_profile(1, "Ada")
    bob = made_up_profile(2, "Bob")
    two = make_references([*samples(FIRST_APPEARANCE, 2), *samples("glasses", 2)])
    ada = replace(ada, references=two)
    gallery = make_gallery([ada, bob], Level.STRICT, demo=False, model_sha256=MODEL)
    assert gallery.owners == (ada.profile_id, ada.profile_id, bob.profile_id)
    assert gallery.references.shape == (3, 192)
    assert gallery.references.dtype == np.float32
    strict = [ada.thresholds[Level.STRICT].value] * 2 + [bob.thresholds[Level.STRICT].value]
    np.testing.assert_array_equal(gallery.thresholds, strict)


def test_a_gallery_of_nobody_is_empty_and_not_an_error() -> None:
    gallery = make_gallery([], Level.BALANCED, demo=True, model_sha256=MODEL)
    assert gallery.people == 0
    assert gallery.nearest(person_embedding(1)) is None


def test_no_template_or_picture_is_in_any_text() -> None:
    crop = FaceCrop(np.zeros((112, 112, 3), np.uint8))
    sample = Sample(person_embedding(1), person_embedding(1), crop, STRAIGHT)
    profile = made_up_profile()
    for value in (sample, profile, profile.references[0]):
        assert "array" not in repr(value)
        assert "embedding" not in repr(value)
        assert "Threshold" not in repr(value)


def test_people_whose_record_does_not_open_are_known_without_a_name() -> None:
    readable = made_up_profile(1, "Mira")
    lost = "f" * 32
    people = people_of([readable], [lost, readable.profile_id])
    assert people == (Person(readable.profile_id, "Mira"), Person(lost, None))


def test_a_chosen_person_alone_can_match_and_everybody_is_compared() -> None:
    ada, bob = made_up_profile(1, "Ada"), made_up_profile(2, "Bob")
    chosen = make_gallery(
        [ada, bob], Level.BALANCED, demo=False, model_sha256=MODEL, only=ada.profile_id
    )
    assert chosen.owners == (ada.profile_id, bob.profile_id)
    seen_bob = chosen.nearest(bob.references[0].embedding)
    assert seen_bob is not None
    assert (seen_bob.profile_id, seen_bob.is_match) == (ada.profile_id, False)
    seen_ada = chosen.nearest(ada.references[0].embedding)
    assert seen_ada is not None
    assert seen_ada.is_match
    nobody = make_gallery([ada, bob], Level.BALANCED, demo=False, model_sha256=MODEL, only="")
    for one in (ada, bob):
        nearest = nobody.nearest(one.references[0].embedding)
        assert nearest is not None
        assert not nearest.is_match


def test_thresholds_can_be_tightened_and_never_loosened() -> None:
    ada = made_up_profile(1, "Ada")
    own = ada.thresholds[Level.BALANCED].value
    for given, expected in ((0.1, 0.1), (4.0, own)):
        gallery = make_gallery(
            [ada], Level.BALANCED, demo=False, model_sha256=MODEL, at={ada.profile_id: given}
        )
        assert gallery.thresholds.tolist() == [expected]


def test_what_is_remembered_matches_only_near_what_was_enrolled() -> None:
    ada = with_looks(owner(), 1)
    level = Level.BALANCED
    home, look = (one.embedding for one in ada.references)
    gallery = make_gallery([ada], level, demo=False, model_sha256=MODEL)
    at_look = gallery.nearest(look)
    assert at_look is not None
    assert at_look.is_match
    threshold = ada.thresholds[level].value
    beyond = towards(home, look, threshold + ANCHOR_SLACK + 0.02)
    assert squared_distance(beyond, look) < threshold  # the look alone would let it in
    away = gallery.nearest(beyond)
    assert away is not None
    assert not away.is_match


def test_a_remembered_look_of_somebody_without_enrolled_ones_matches_nobody() -> None:
    ada = with_looks(owner(), 1)
    alone = replace(ada, references=ada.references[1:])
    gallery = make_gallery([alone], Level.BALANCED, demo=False, model_sha256=MODEL)
    nearest = gallery.nearest(alone.references[0].embedding)
    assert nearest is not None
    assert not nearest.is_match
    strict = make_gallery([alone], Level.STRICT, demo=False, model_sha256=MODEL)
    assert strict.owners == ()
