"""Who sits before the open lock: when a face is compared, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from fakes import (
    MODEL,
    FakeDetector,
    FakeEmbedder,
    FakeLandmarks,
    FakeLiveness,
    PaintedFace,
    fake_pipeline,
    made_up_profile,
    person_embedding,
    shown,
    synthetic_frame,
)

from facelock.core.attempt import LOOKS
from facelock.core.comparison import Gallery
from facelock.core.errors import SimulatedCameraRefused
from facelock.core.frames import DetectedFace, Frame, HeadPose, Landmarks
from facelock.core.levels import Level
from facelock.core.observation import Match
from facelock.core.presence import Sighting, Who
from facelock.core.template import make_gallery
from facelock.services.presence import LOOK_AGAIN, STRANGER_LOOKS, PresenceWork
from facelock.services.recognition import FacePipeline, Recogniser

OWNER, STRANGER, HOUSEMATE = 1, 2, 3
TURNED = HeadPose(50, 0, 0)
BESIDE = PaintedFace(STRANGER, left=8, top=60, width=80)
BEHIND = PaintedFace(STRANGER, left=4, top=8, width=40)


def gallery(*, demo: bool = False) -> Gallery:
    """Return what the person inside is compared with; a housemate is enrolled too."""
    owner = made_up_profile(OWNER, demo=demo)
    people = [owner, made_up_profile(HOUSEMATE, "Bea", demo=demo)]
    return make_gallery(
        people, Level.BALANCED, demo=demo, model_sha256=MODEL, only=owner.profile_id
    )


class Watch:
    """Presence on the real pipeline and fake networks, two frames a second."""

    def __init__(self, compared_with: Gallery | None = None, script: Sequence[int] = ()) -> None:
        self.embedder = FakeEmbedder([person_embedding(person) for person in script])
        self.liveness = FakeLiveness()
        self.pipeline = fake_pipeline(self.embedder, self.liveness)
        self.work = PresenceWork(
            self.pipeline, gallery() if compared_with is None else compared_with
        )

    def see(self, frames: Sequence[Frame]) -> list[Sighting]:
        return [self.work(frame) for frame in frames]

    def who(self, person: int | None, frames: int, *, start: float = 0.0) -> list[Who]:
        return [one.who for one in self.see(shown(person, frames, start=start, rate=2.0))]


def test_the_owner_is_known_at_the_first_look_and_not_compared_again_for_ten_seconds() -> None:
    watch = Watch()
    assert set(watch.who(OWNER, int(LOOK_AGAIN * 2))) == {Who.OWNER}
    assert watch.embedder.calls == 1
    watch.who(OWNER, 20, start=LOOK_AGAIN)
    assert watch.embedder.calls == 2
    assert watch.liveness.judged == 0


@pytest.mark.parametrize("person", [STRANGER, HOUSEMATE])
def test_somebody_else_is_a_stranger_after_four_looks(person: int) -> None:
    seen = Watch().who(person, STRANGER_LOOKS + 3)
    assert seen == [Who.UNPROVEN] * (STRANGER_LOOKS - 1) + [Who.STRANGER] * 4


def test_nobody_is_there_in_an_empty_and_in_a_dark_picture() -> None:
    dark = synthetic_frame(None, light=0.05)
    assert Watch().see([synthetic_frame(None), dark]) == [Sighting(Who.NOBODY)] * 2


@pytest.mark.parametrize(
    "poor",
    [
        synthetic_frame(OWNER, TURNED),
        synthetic_frame(OWNER, light=0.15),
        synthetic_frame(STRANGER, blurred=True),
        synthetic_frame(STRANGER, width=32),
    ],
    ids=["turned away", "dark", "blurred", "small"],
)
def test_a_face_that_cannot_be_compared_is_neither_the_owners_nor_a_strangers(poor: Frame) -> None:
    watch = Watch()
    frames = [Frame(poor.pixels.copy(), at / 2, simulated=False) for at in range(30)]
    assert {one.who for one in watch.see(frames)} == {Who.UNPROVEN}
    assert watch.embedder.calls == 0


def test_shut_eyes_do_not_hide_the_owner() -> None:
    class Asleep(FakeLandmarks):
        def find(self, frame: Frame, face: DetectedFace) -> Landmarks:
            found = super().find(frame, face)
            points = found.points.copy()
            for lid, opposite in ((160, 144), (158, 153), (385, 380), (387, 373)):
                points[lid] = points[opposite]
            return replace(found, points=points)

    pipeline = FacePipeline(FakeDetector(), Asleep(), FakeEmbedder(), FakeLiveness())
    assert PresenceWork(pipeline, gallery())(synthetic_frame(OWNER)).who is Who.OWNER


def test_one_look_that_fits_is_enough_after_others_that_did_not() -> None:
    watch = Watch(script=[STRANGER, STRANGER, STRANGER, OWNER, OWNER])
    assert watch.who(OWNER, 4)[-1] is Who.OWNER


def test_a_proven_owner_may_turn_away_and_be_missed_for_a_moment() -> None:
    watch = Watch()
    assert watch.who(OWNER, 2) == [Who.OWNER] * 2
    turned = shown(OWNER, 60, start=1.0, rate=2.0, pose=TURNED)
    assert {one.who for one in watch.see(turned)} == {Who.OWNER}
    assert watch.who(None, 1, start=31.0) == [Who.NOBODY]
    assert watch.see([synthetic_frame(OWNER, TURNED, at=31.6)]) == [Sighting(Who.OWNER)]


@pytest.mark.parametrize(
    ("left", "at"),
    [(108, 1.8), (108, 0.2), (216, 1.0)],
    ids=["later", "back in time", "in another place"],
)
def test_whoever_comes_next_is_not_taken_for_the_owner(left: int, at: float) -> None:
    watch = Watch()
    watch.who(OWNER, 2)
    assert watch.see([synthetic_frame(STRANGER, left=left, at=at)])[0].who is Who.UNPROVEN


def test_who_slips_into_the_owners_place_is_found_at_the_next_look() -> None:
    watch = Watch()
    watch.who(OWNER, 1)
    seen = watch.who(STRANGER, 20 + STRANGER_LOOKS, start=0.5)
    assert seen[:19] == [Who.OWNER] * 19
    assert seen[19:-1] == [Who.UNPROVEN] * STRANGER_LOOKS
    assert seen[-1] is Who.STRANGER


def test_one_look_at_the_owner_that_does_not_fit_never_makes_a_stranger() -> None:
    watch = Watch(script=[OWNER, STRANGER, OWNER])
    seen = watch.who(OWNER, 22)
    assert seen[20:] == [Who.UNPROVEN, Who.OWNER]
    assert Who.STRANGER not in seen


def test_a_poor_picture_at_the_time_of_a_look_puts_it_off() -> None:
    watch = Watch()
    watch.who(OWNER, 1)
    still = shown(OWNER, 19, start=0.5, rate=2.0)
    late = shown(OWNER, 3, start=10.0, rate=2.0, pose=TURNED)
    watch.see([*still, *late])
    assert watch.embedder.calls == 1
    watch.who(OWNER, 1, start=11.5)
    assert watch.embedder.calls == 2


@pytest.mark.parametrize(
    ("others", "onlookers"), [((), 0), ((BESIDE,), 1), ((BEHIND,), 0), ((BESIDE, BEHIND), 1)]
)
def test_faces_beside_the_owner_count_from_a_quarter_of_its_area(
    others: Sequence[PaintedFace], onlookers: int
) -> None:
    watch = Watch()
    watch.who(OWNER, 1)
    crowd = synthetic_frame(OWNER, others=others, at=0.5)
    assert watch.see([crowd]) == [Sighting(Who.OWNER, onlookers)]
    assert watch.embedder.calls == 1


def test_a_face_printed_on_a_shirt_does_not_look_on() -> None:
    class PrintedShirt(FakeLandmarks):
        def find(self, frame: Frame, face: DetectedFace) -> Landmarks:
            found = super().find(frame, face)
            return replace(found, presence=0.02 if face.box.left < 100 else 0.99)

    pipeline = FacePipeline(FakeDetector(), PrintedShirt(), FakeEmbedder(), FakeLiveness())
    frame = synthetic_frame(OWNER, others=[BESIDE])
    assert PresenceWork(pipeline, gallery())(frame) == Sighting(Who.OWNER)


def test_the_owner_is_found_behind_somebody_more_prominent() -> None:
    watch = Watch()
    owner = PaintedFace(OWNER, left=8, top=60, width=80)
    frames = [synthetic_frame(STRANGER, others=[owner], at=at / 2) for at in range(12)]
    assert watch.see(frames) == [Sighting(Who.OWNER, onlookers=1)] * 12
    assert watch.embedder.calls == 2, "the stranger's face once, then the owner's"


def test_a_colleague_who_sits_down_while_the_owner_stands_by_is_no_stranger() -> None:
    """The owner's face, found later, goes before what was gathered of the other one."""
    watch = Watch()
    assert watch.who(STRANGER, STRANGER_LOOKS - 1)[-1] is Who.UNPROVEN
    owner = PaintedFace(OWNER, left=8, top=60, width=80)
    at = (STRANGER_LOOKS - 1) / 2
    both = synthetic_frame(STRANGER, others=[owner], at=at)
    assert watch.see([both]) == [Sighting(Who.OWNER, onlookers=1)]
    assert watch.who(STRANGER, 1, start=at + 0.5) == [Who.UNPROVEN]


def test_somebody_close_to_the_camera_does_not_displace_the_owner() -> None:
    watch = Watch()
    owner = PaintedFace(OWNER, left=8, top=80, width=80)
    close = PaintedFace(STRANGER, left=140, top=20, width=160)
    watch.see([synthetic_frame(None, others=[owner])])
    frames = [synthetic_frame(None, others=[owner, close], at=at / 2) for at in range(1, 9)]
    assert watch.see(frames) == [Sighting(Who.OWNER, onlookers=1)] * 8


@pytest.mark.parametrize(
    "compared_with",
    [
        make_gallery([], Level.BALANCED, demo=False, model_sha256=MODEL),
        make_gallery(
            [made_up_profile(OWNER)], Level.BALANCED, demo=False, model_sha256=MODEL, only=""
        ),
        replace(gallery(), model_sha256="0" * 64),
        replace(gallery(), cameras={made_up_profile(OWNER).profile_id: ("another",)}),
        replace(gallery(), cameras={made_up_profile(HOUSEMATE).profile_id: ("",)}),
    ],
    ids=["nobody", "nobody to match", "another network", "another camera", "another's camera"],
)
def test_where_nothing_can_be_compared_nobody_is_proven_and_nobody_a_stranger(
    compared_with: Gallery,
) -> None:
    watch = Watch(compared_with)
    frames = [synthetic_frame(OWNER, others=[BESIDE], at=at / 2) for at in range(10)]
    assert watch.see(frames) == [Sighting(Who.UNPROVEN, onlookers=1)] * 10
    assert watch.who(None, 1, start=5.0) == [Who.NOBODY]
    assert watch.embedder.calls == 0


def test_the_face_before_another_camera_is_another_face() -> None:
    owner = made_up_profile(OWNER).profile_id
    watch = Watch(replace(gallery(), cameras={owner: ("desk", "lid")}))
    for camera, at, who in (
        ("desk", 0.0, Who.OWNER),
        ("lid", 0.5, Who.OWNER),
        ("phone", 1.0, Who.UNPROVEN),
    ):
        pixels = np.array(synthetic_frame(OWNER).pixels)
        assert watch.work(Frame(pixels, at, simulated=False, camera_id=camera)).who is who
    assert watch.embedder.calls == 2


@pytest.mark.parametrize("simulated", [True, False])
def test_a_frame_of_the_other_origin_is_refused(simulated: bool) -> None:  # noqa: FBT001
    watch = Watch(gallery(demo=not simulated))
    with pytest.raises(SimulatedCameraRefused):
        watch.see([synthetic_frame(OWNER, simulated=simulated)])
    assert watch.embedder.calls == 0
    demo = Watch(gallery(demo=simulated))
    assert demo.see([synthetic_frame(OWNER, simulated=simulated)])[0].who is Who.OWNER


def test_an_attempt_in_the_same_pipeline_goes_on_undisturbed() -> None:
    watch = Watch()
    recogniser = Recogniser(watch.pipeline, gallery())
    recogniser.restart()
    observed = []
    for frame in shown(OWNER, LOOKS[0]):
        observed.append(recogniser.observe(frame).observation)
        elsewhere = synthetic_frame(STRANGER, left=8, at=frame.captured_at, others=[BEHIND])
        watch.work(elsewhere)
    assert isinstance(observed[-1], Match)
    assert watch.liveness.begun == [gallery().layers]
    assert watch.liveness.judged == LOOKS[0]
