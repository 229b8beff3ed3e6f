"""The flow of an enrolment, frame by frame, on a clock of its own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest
from fakes import STRAIGHT, PaintedFace, between, painted_landmarks, person_embedding

from facelock.core.comparison import Embedding
from facelock.core.enrolment import (
    SAME_PERSON,
    EnrolmentFlow,
    EnrolmentRules,
    Guidance,
    Mode,
    Pose,
)
from facelock.core.frames import FaceCrop, HeadPose
from facelock.core.look import Look, SeenFace
from facelock.core.quality import Defect, QualityReport
from facelock.core.template import FIRST_APPEARANCE, Sample

RULES = EnrolmentRules()
LIMITS = RULES.limits
TURNS = {
    Pose.CENTRE: STRAIGHT,
    Pose.LEFT: HeadPose(24.0, 0.0, 0.0),
    Pose.RIGHT: HeadPose(-24.0, 0.0, 0.0),
    Pose.UP: HeadPose(0.0, 16.0, 0.0),
    Pose.DOWN: HeadPose(0.0, -16.0, 0.0),
}
GOOD = QualityReport(
    eye_distance=80.0,
    frame_share=0.4,
    sharpness=50.0,
    brightness=120.0,
    contrast=40.0,
    clipped=0.0,
    pose=STRAIGHT,
    eye_openness=0.3,
    inside=1.0,
    presence=1.0,
)
BETWEEN_SECTORS = HeadPose(13.0, 0.0, 0.0)


def look(pose: HeadPose = STRAIGHT, *, faces: int = 1, report: QualityReport = GOOD) -> Look:
    painted = PaintedFace(1)
    face = SeenFace(
        1,
        painted.box,
        painted_landmarks(painted),
        FaceCrop(np.zeros((112, 112, 3), np.uint8)),
        replace(report, pose=pose),
    )
    return Look(0.0, (320, 240), 120.0, faces, face)


@dataclass
class Sitting:
    """A person in front of the flow: what the camera loop does, at 30 frames a second."""

    flow: EnrolmentFlow = field(default_factory=EnrolmentFlow)
    now: float = 0.0
    taken_at: list[float] = field(default_factory=list)

    def show(self, seen: Look, seconds: float = 0.0, embedding: Embedding | None = None) -> None:
        """Offer the look at once, and again until `seconds` have passed."""
        until = self.now + seconds
        while True:
            waiting = self.flow.wants(seen, self.now)
            if waiting is not None:
                self.flow = waiting
            else:
                assert seen.face is not None
                count = len(self.flow.samples)
                vector = person_embedding(1, 0.3, count) if embedding is None else embedding
                sample = Sample(vector, vector, None, seen.face.report.pose)
                self.flow = self.flow.add(sample, self.now)
                if len(self.flow.samples) > count:
                    self.taken_at.append(self.now)
            if self.now + 1 / 30 > until:
                break
            self.now += 1 / 30
        self.now = until + 1 / 30

    def hold(self, pose: Pose) -> None:
        """Hold a pose until its samples are there."""
        self.show(look(TURNS[pose]), 1.5)


def after_centre() -> Sitting:
    sitting = Sitting()
    sitting.hold(Pose.CENTRE)
    return sitting


ORDERS = (
    (Pose.LEFT, Pose.RIGHT, Pose.UP, Pose.DOWN),
    (Pose.DOWN, Pose.UP, Pose.RIGHT, Pose.LEFT),
    (Pose.RIGHT, Pose.DOWN, Pose.LEFT, Pose.UP),
)


@pytest.mark.parametrize("order", ORDERS)
def test_guided_mode_covers_all_poses_in_any_order(order: tuple[Pose, ...]) -> None:
    sitting = after_centre()
    for done, pose in enumerate(order, start=1):
        sitting.hold(pose)
        assert sitting.flow.count(pose) == RULES.samples_per_pose
        assert sitting.flow.progress == pytest.approx((done + 1) / len(Pose))
    flow = sitting.flow
    assert flow.is_complete
    assert flow.guidance is Guidance.DONE
    assert flow.covered == flow.seen_poses == tuple(Pose)
    assert flow.wanted is None
    assert len(flow.samples) == RULES.samples_per_pose * len(Pose)


def test_no_more_than_wanted_is_taken_of_a_pose() -> None:
    sitting = after_centre()
    sitting.show(look(), 3.0)
    assert len(sitting.flow.samples) == RULES.samples_per_pose
    assert sitting.flow.guidance is Guidance.TURN_LEFT


def test_a_pose_must_be_held_before_a_sample_is_taken() -> None:
    sitting = Sitting()
    sitting.show(look())
    assert sitting.flow.guidance is Guidance.GOOD
    sitting.show(look(), RULES.hold_seconds - 0.1)
    assert not sitting.taken_at
    sitting.show(look(), 0.2)
    assert len(sitting.taken_at) == 1
    assert sitting.taken_at[0] >= RULES.hold_seconds


def test_two_samples_of_one_glance_are_not_taken() -> None:
    patient = EnrolmentRules(hold_seconds=0.0, gap_seconds=1.0)
    sitting = Sitting(EnrolmentFlow(rules=patient))
    sitting.show(look(), 2.5)
    assert sitting.taken_at[1] - sitting.taken_at[0] >= patient.gap_seconds


def test_a_flicker_of_the_pose_begins_the_hold_anew() -> None:
    sitting = Sitting()
    for _ in range(8):
        sitting.show(look(), 0.15)
        sitting.show(look(faces=2))
    assert not sitting.taken_at


def test_the_first_sample_is_a_straight_look() -> None:
    sitting = Sitting()
    sitting.show(look(TURNS[Pose.LEFT]), 2.0)
    assert not sitting.taken_at
    assert sitting.flow.guidance is Guidance.LOOK_AT_CAMERA
    assert sitting.flow.wanted is Pose.CENTRE


def test_poses_are_measured_from_the_persons_own_straight_look() -> None:
    """A camera below the screen sees everybody look up."""
    sitting = Sitting()
    own = HeadPose(5.0, 15.0, 0.0)
    sitting.show(look(own), 1.5)
    assert sitting.flow.count(Pose.CENTRE) == RULES.samples_per_pose
    assert sitting.flow.neutral == own
    sitting.show(look(HeadPose(5.0, -1.0, 0.0)), 1.5)
    assert sitting.flow.count(Pose.DOWN) == RULES.samples_per_pose


def test_the_neutral_look_is_set_once() -> None:
    sitting = Sitting()
    sitting.show(look(HeadPose(2.0, 3.0, 0.0)), 0.5)
    sitting.show(look(HeadPose(6.0, 6.0, 0.0)), 1.5)
    assert sitting.flow.neutral == HeadPose(2.0, 3.0, 0.0)


def test_between_sectors_nothing_is_taken_and_the_next_pose_is_asked_for() -> None:
    sitting = after_centre()
    sitting.show(look(BETWEEN_SECTORS), 2.0)
    assert len(sitting.flow.samples) == RULES.samples_per_pose
    assert sitting.flow.guidance is Guidance.TURN_LEFT


@pytest.mark.parametrize(
    ("pose", "sector"),
    [
        (HeadPose(30.0, 12.0, 0.0), Pose.LEFT),
        (HeadPose(-30.0, -12.0, 0.0), Pose.RIGHT),
        (HeadPose(17.0, 20.0, 0.0), Pose.UP),
        (HeadPose(-17.0, -20.0, 0.0), Pose.DOWN),
    ],
)
def test_a_head_turned_both_ways_counts_for_the_stronger(pose: HeadPose, sector: Pose) -> None:
    sitting = after_centre()
    sitting.show(look(pose), 1.5)
    assert sitting.flow.count(sector) == RULES.samples_per_pose


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        (Pose.LEFT, Guidance.TURN_LEFT),
        (Pose.RIGHT, Guidance.TURN_RIGHT),
        (Pose.UP, Guidance.LOOK_UP),
        (Pose.DOWN, Guidance.LOOK_DOWN),
    ],
)
def test_the_missing_pose_is_asked_for(missing: Pose, sentence: Guidance) -> None:
    sitting = after_centre()
    for pose in Pose:
        if pose not in (Pose.CENTRE, missing):
            sitting.hold(pose)
    sitting.show(look())
    assert sitting.flow.guidance is sentence
    assert sitting.flow.wanted is missing


SPOILT: dict[Defect, tuple[dict[str, Any], Guidance]] = {
    Defect.CUT_OFF: ({"inside": LIMITS.min_inside - 0.1}, Guidance.MOVE_INTO_FRAME),
    Defect.TOO_SMALL: ({"eye_distance": LIMITS.min_eye_distance - 1}, Guidance.COME_CLOSER),
    Defect.TOO_CLOSE: ({"frame_share": LIMITS.max_frame_share + 0.1}, Guidance.MOVE_BACK),
    Defect.TOO_DARK: ({"brightness": LIMITS.min_brightness - 1}, Guidance.MORE_LIGHT),
    Defect.TOO_BRIGHT: ({"brightness": LIMITS.max_brightness + 1}, Guidance.LESS_LIGHT),
    Defect.LOW_CONTRAST: ({"contrast": LIMITS.min_contrast - 1}, Guidance.MORE_LIGHT),
    Defect.BLURRED: ({"sharpness": LIMITS.min_sharpness / 2}, Guidance.HOLD_STILL),
    Defect.EYES_CLOSED: ({"eye_openness": LIMITS.min_eye_openness / 2}, Guidance.OPEN_EYES),
    Defect.NOT_A_CLEAR_FACE: ({"presence": LIMITS.min_presence / 2}, Guidance.UNCOVER_FACE),
}


@pytest.mark.parametrize("defect", SPOILT, ids=lambda defect: defect.value)
@pytest.mark.parametrize("mode", Mode)
def test_each_defect_has_its_sentence_and_gives_no_sample(defect: Defect, mode: Mode) -> None:
    change, sentence = SPOILT[defect]
    sitting = Sitting(EnrolmentFlow(mode=mode))
    sitting.show(look(report=replace(GOOD, **change)), 2.0)
    assert not sitting.taken_at
    assert sitting.flow.guidance is sentence


def test_a_head_turned_or_tilted_too_far_has_its_sentence() -> None:
    for pose, sentence in (
        (HeadPose(LIMITS.max_yaw + 1, 0.0, 0.0), Guidance.TURN_LESS),
        (HeadPose(0.0, 0.0, LIMITS.max_roll + 1), Guidance.STRAIGHTEN_HEAD),
    ):
        sitting = Sitting()
        sitting.show(look(pose))
        assert sitting.flow.guidance is sentence


def test_the_sentence_is_of_the_defect_to_mend_first() -> None:
    sitting = Sitting()
    spoilt = replace(GOOD, eye_distance=1.0, brightness=0.0, sharpness=0.0)
    sitting.show(look(report=spoilt))
    assert sitting.flow.guidance is Guidance.COME_CLOSER


@pytest.mark.parametrize(
    ("brightness", "sentence"), [(5.0, Guidance.TOO_DARK), (120.0, Guidance.NO_FACE)]
)
def test_nobody_in_the_picture_and_darkness_are_told_apart(
    brightness: float, sentence: Guidance
) -> None:
    sitting = Sitting()
    sitting.show(Look(0.0, (320, 240), brightness, 0, None))
    assert sitting.flow.guidance is sentence


def test_a_black_picture_is_told_apart_from_a_dark_one() -> None:
    sitting = Sitting()
    sitting.show(Look(0.0, (320, 240), 0.2, 0, None, black=True))
    assert sitting.flow.guidance is Guidance.BLACK


def test_a_second_face_takes_no_sample() -> None:
    sitting = Sitting()
    sitting.show(look(faces=2), 2.0)
    assert not sitting.taken_at
    assert sitting.flow.guidance is Guidance.SEVERAL_FACES


def test_somebody_else_is_not_added() -> None:
    sitting = after_centre()
    sitting.show(look(TURNS[Pose.LEFT]), 0.4, person_embedding(2))
    assert len(sitting.flow.samples) == RULES.samples_per_pose
    assert sitting.flow.count(Pose.LEFT) == 0
    assert sitting.flow.guidance is Guidance.NOT_SAME_PERSON
    sitting.hold(Pose.LEFT)
    assert sitting.flow.count(Pose.LEFT) == RULES.samples_per_pose, "the person goes on"


def test_a_refusal_stays_to_be_read_until_something_else_is_to_be_said() -> None:
    for refused in (Guidance.NOT_SAME_PERSON, Guidance.ALREADY_ENROLLED):
        sitting, said = Sitting(EnrolmentFlow(guidance=refused)), []
        for seen in (look(), look(faces=2), look()):
            sitting.show(seen, RULES.hold_seconds - 0.1)
            said.append(sitting.flow.guidance)
        assert said == [refused, Guidance.SEVERAL_FACES, Guidance.GOOD]


def test_the_limit_of_the_same_person_is_wide_enough_for_a_turned_head() -> None:
    first = person_embedding(1)
    flow = EnrolmentFlow().add(Sample(first, first, None, STRAIGHT), 0.0)
    assert flow.same_person == SAME_PERSON
    for distance, count in ((SAME_PERSON - 0.01, 2), (SAME_PERSON + 0.01, 1)):
        turned = between(first, person_embedding(2), distance)
        assert len(flow.add(Sample(turned, turned, None, STRAIGHT), 1.0).samples) == count


def test_plain_mode_takes_pictures_as_they_come() -> None:
    sitting = Sitting(EnrolmentFlow(mode=Mode.PLAIN))
    assert sitting.flow.wanted is None
    sitting.show(look(), 5.0)
    flow = sitting.flow
    assert flow.is_complete
    assert len(flow.samples) == RULES.plain_samples
    assert flow.covered == (Pose.CENTRE,)
    sitting.show(look())
    assert sitting.flow.guidance is Guidance.DONE
    assert len(sitting.flow.samples) == RULES.plain_samples


def test_plain_mode_takes_any_pose_that_is_not_extreme() -> None:
    sitting = Sitting(EnrolmentFlow(mode=Mode.PLAIN))
    for pose in (STRAIGHT, BETWEEN_SECTORS, TURNS[Pose.LEFT], TURNS[Pose.DOWN]):
        sitting.show(look(pose), 0.4)
    assert sitting.flow.seen_poses == (Pose.CENTRE, Pose.LEFT, Pose.DOWN)
    taken = len(sitting.flow.samples)
    assert 4 <= taken < RULES.plain_samples
    sitting.show(look(HeadPose(RULES.plain_yaw + 1, 0.0, 0.0)), 1.0)
    assert len(sitting.flow.samples) == taken
    assert sitting.flow.guidance is Guidance.TURN_LESS


def test_in_plain_mode_a_turning_head_breaks_no_hold() -> None:
    """Somebody who talks goes from sector to sector; any of them will do."""
    sitting = Sitting(EnrolmentFlow(mode=Mode.PLAIN))
    for _ in range(4):
        for pose in (STRAIGHT, TURNS[Pose.LEFT]):
            sitting.show(look(pose), RULES.hold_seconds / 3)
    assert len(sitting.taken_at) >= 2
    assert set(sitting.flow.seen_poses) <= {Pose.CENTRE, Pose.LEFT}


def test_going_over_to_plain_mode_keeps_what_was_taken() -> None:
    guided = after_centre().flow
    plain = guided.as_plain()
    assert plain.samples == guided.samples
    assert plain.progress == pytest.approx(len(guided.samples) / RULES.plain_samples)
    sitting = Sitting(plain, now=10.0)
    sitting.show(look(), 5.0)
    assert sitting.flow.is_complete


def test_progress_counts_what_is_wanted_and_never_falls() -> None:
    sitting, seen = Sitting(), [0.0]
    for pose in (Pose.CENTRE, Pose.CENTRE, Pose.UP, Pose.LEFT, Pose.DOWN, Pose.RIGHT):
        sitting.hold(pose)
        seen.append(sitting.flow.progress)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_a_second_appearance_must_be_the_same_person() -> None:
    first = after_centre().flow
    second = EnrolmentFlow(mode=Mode.PLAIN, appearance="glasses", earlier=first.samples)
    sitting = Sitting(second)
    sitting.show(look(), 0.4, person_embedding(2))
    assert not sitting.flow.samples
    assert sitting.flow.guidance is Guidance.NOT_SAME_PERSON
    sitting.show(look(), 5.0)
    assert {sample.appearance for sample in sitting.flow.samples} == {"glasses"}
    assert {sample.appearance for sample in first.samples} == {FIRST_APPEARANCE}


def test_a_face_already_enrolled_is_said_to_be() -> None:
    flow = EnrolmentFlow(held_pose=Pose.CENTRE).refuse_enrolled()
    assert flow.guidance is Guidance.ALREADY_ENROLLED
    assert flow.held_pose is None
    assert not flow.samples


def test_no_sample_is_in_any_text() -> None:
    flow = after_centre().flow
    assert "array" not in repr(flow)
    assert "Sample(" not in repr(flow)
