"""An enrolment on frames: samples, refusals, and the profile made of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from fakes import (
    MODEL,
    FakeEmbedder,
    fake_pipeline,
    made_up_calibration,
    made_up_profile,
    person_embedding,
    shown,
    synthetic_frame,
)

from facelock.core.comparison import Embedding, Gallery
from facelock.core.enrolment import EnrolmentFlow, Guidance, Mode, Pose
from facelock.core.errors import (
    LooksLikeAnotherProfile,
    NotOnePerson,
    SimulatedCameraRefused,
    TooFewSamples,
)
from facelock.core.frames import HeadPose
from facelock.core.levels import Level
from facelock.core.template import FIRST_APPEARANCE, MAX_NAME_LENGTH, make_gallery
from facelock.services.enrolling import MIN_SAMPLES, Enroller, checked_name

TURNS = (
    HeadPose(0, 0, 0),
    HeadPose(24, 0, 0),
    HeadPose(-24, 0, 0),
    HeadPose(0, 16, 0),
    HeadPose(0, -16, 0),
)
NOBODY = make_gallery([], Level.BALANCED, demo=False, model_sha256=MODEL)


def enroller(
    mode: Mode = Mode.GUIDED,
    *,
    gallery: Gallery = NOBODY,
    demo: bool = False,
    keep_crops: bool = True,
    script: list[Embedding] | None = None,
) -> Enroller:
    return Enroller(
        fake_pipeline(FakeEmbedder(script or [])),
        gallery,
        made_up_calibration(),
        demo=demo,
        keep_crops=keep_crops,
        flow=EnrolmentFlow(mode=mode),
    )


def sit(one: Enroller, person: int = 1, seconds: float = 3.0, start: float = 0.0) -> None:
    """Look straight at the camera."""
    for frame in shown(person, int(seconds * 30), start=start, simulated=one.demo):
        one.offer(frame)


def turn(one: Enroller, person: int = 1) -> None:
    """Go through all poses, two seconds each."""
    for index, pose in enumerate(TURNS):
        for frame in shown(person, 60, start=2.0 * index, pose=pose, simulated=one.demo):
            one.offer(frame)


def test_a_guided_enrolment_makes_a_profile_of_every_pose() -> None:
    one = enroller()
    turn(one)
    assert one.flow.is_complete
    profile = one.profile(name="  Ada   Lovelace ", created_at=7.0)
    assert profile.name == "Ada Lovelace"
    assert profile.created_at == 7.0
    assert profile.poses == tuple(pose.value for pose in Pose)
    assert profile.model_sha256 == MODEL
    assert profile.demo is False
    assert len(profile.samples) == 10
    assert len(profile.references) == 1
    assert set(profile.thresholds) == set(Level)
    assert len(profile.profile_id) == 32
    assert int(profile.profile_id, 16) >= 0


def test_two_profiles_never_share_an_id() -> None:
    one = enroller(Mode.PLAIN)
    sit(one)
    ids = {one.profile(name="Ada", created_at=0.0).profile_id for _ in range(20)}
    assert len(ids) == 20


def test_the_view_says_when_a_sample_was_taken() -> None:
    one = enroller(Mode.PLAIN)
    views = [one.offer(frame) for frame in shown(1, 90)]
    assert sum(view.sample_taken for view in views) == len(one.flow.samples)
    taken = [index for index, view in enumerate(views) if view.sample_taken]
    counts = [len(view.flow.samples) for view in views]
    assert all(counts[index] == counts[index - 1] + 1 for index in taken)


@pytest.mark.parametrize("demo", [True, False])
def test_frames_of_the_other_origin_enrol_nobody(demo: bool) -> None:  # noqa: FBT001
    one = enroller(demo=demo)
    with pytest.raises(SimulatedCameraRefused):
        one.offer(synthetic_frame(1, simulated=not demo))


def test_demo_frames_make_a_demo_profile() -> None:
    one = enroller(Mode.PLAIN, demo=True)
    sit(one)
    assert one.profile(name="Ada", created_at=0.0).demo is True


def test_a_face_that_is_enrolled_already_is_refused_at_once() -> None:
    known = make_gallery([made_up_profile(1)], Level.BALANCED, demo=False, model_sha256=MODEL)
    one = enroller(Mode.PLAIN, gallery=known)
    sit(one, person=1)
    assert not one.flow.samples
    assert one.flow.guidance is Guidance.ALREADY_ENROLLED
    sit(one, person=2, start=10.0)
    assert one.flow.is_complete, "somebody else may go on"


def test_samples_that_together_are_somebody_enrolled_are_refused() -> None:
    """Each sample just outside the threshold, the template of them inside."""
    one = enroller(Mode.PLAIN)
    sit(one)
    known = make_gallery([made_up_profile(1)], Level.BALANCED, demo=False, model_sha256=MODEL)
    one.gallery = known
    with pytest.raises(LooksLikeAnotherProfile):
        one.profile(name="Ada again", created_at=0.0)


def test_too_few_samples_make_no_profile() -> None:
    one = enroller(Mode.PLAIN)
    sit(one, seconds=0.4)
    assert 0 < len(one.flow.samples) < MIN_SAMPLES
    with pytest.raises(TooFewSamples):
        one.profile(name="Ada", created_at=0.0)


def test_samples_of_two_people_make_no_profile() -> None:
    one = enroller(Mode.PLAIN)
    sit(one)
    odd = replace(one.flow.samples[0], embedding=person_embedding(2))
    one.flow = replace(one.flow, samples=(*one.flow.samples, odd))
    with pytest.raises(NotOnePerson):
        one.profile(name="Ada", created_at=0.0)


def test_somebody_else_in_the_middle_adds_no_sample() -> None:
    one = enroller(Mode.PLAIN)
    sit(one, seconds=0.7)
    before = one.flow.samples
    sit(one, person=2, seconds=1.0, start=5.0)
    assert one.flow.samples == before
    assert one.flow.guidance is Guidance.NOT_SAME_PERSON


def test_who_does_not_turn_can_go_on_plainly_with_what_was_taken() -> None:
    one = enroller()
    sit(one)
    kept = one.flow.samples
    assert not one.flow.is_complete
    one.use_plain_mode()
    sit(one, start=10.0)
    assert one.flow.is_complete
    assert one.flow.samples[: len(kept)] == kept
    assert one.profile(name="Ada", created_at=0.0).poses == ("centre",)


@pytest.mark.parametrize("keep", [True, False])
def test_pictures_are_kept_only_with_consent(keep: bool) -> None:  # noqa: FBT001
    one = enroller(Mode.PLAIN, keep_crops=keep)
    sit(one)
    samples = one.profile(name="Ada", created_at=0.0).samples
    assert all((sample.crop is not None) is keep for sample in samples)


def test_a_second_appearance_forgets_no_pose_of_the_first() -> None:
    one = enroller()
    turn(one)
    one.add_appearance("glasses")
    sit(one, start=20.0)
    assert one.profile(name="Ada", created_at=0.0).poses == tuple(pose.value for pose in Pose)


def test_a_second_appearance_is_a_reference_of_its_own() -> None:
    one = enroller(Mode.PLAIN)
    sit(one)
    one.add_appearance("glasses")
    assert one.flow.mode is Mode.PLAIN
    assert not one.flow.is_complete
    sit(one, start=10.0)
    profile = one.profile(name="Ada", created_at=0.0)
    assert [one.appearance for one in profile.references] == [FIRST_APPEARANCE, "glasses"]
    assert len(profile.samples) == 12


def test_a_dark_picture_is_offered_in_vain() -> None:
    one = enroller(Mode.PLAIN)
    for index in range(60):
        one.offer(synthetic_frame(1, at=index / 30, light=0.1))
    assert not one.flow.samples
    assert one.flow.guidance is Guidance.MORE_LIGHT


def test_a_network_that_gives_no_numbers_makes_no_profile() -> None:
    broken = np.full(192, np.nan, np.float32)
    one = enroller(Mode.PLAIN, script=[broken] * 200)
    with pytest.raises(ValueError, match="cancel out"):
        sit(one)
    assert len(one.flow.samples) < MIN_SAMPLES


@pytest.mark.parametrize(
    ("given", "kept"),
    [("Ada", "Ada"), ("  Ada \t Lovelace\n", "Ada Lovelace"), ("Åsa 李", "Åsa 李")],
)
def test_names_are_kept_without_stray_blanks(given: str, kept: str) -> None:
    assert checked_name(given) == kept


@pytest.mark.parametrize("bad", ["", "   ", "x" * (MAX_NAME_LENGTH + 1), "a\x00b", "a\u202eb"])
def test_names_that_cannot_be_shown_are_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="name"):
        checked_name(bad)
    one = enroller(Mode.PLAIN)
    sit(one)
    with pytest.raises(ValueError, match="name"):
        one.profile(name=bad, created_at=0.0)
