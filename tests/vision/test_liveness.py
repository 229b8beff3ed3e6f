"""The layers together, on one tracked face: what each wants, and that any denial is final."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from fakes import fake_pipeline, synthetic_frame
from hypothesis import given, settings
from hypothesis import strategies as st

from facelock.core.challenge import draw_turns
from facelock.core.frames import Frame, HeadPose
from facelock.core.liveness import (
    PASSIVE,
    Denied,
    Judgement,
    Layer,
    Prompt,
    Shown,
    Wanting,
)
from facelock.core.look import Look
from facelock.core.solidity import MotionSample
from facelock.vision.liveness import PASSIVE_FRAMES, LayeredLiveness
from facelock.vision.surroundings import LIMIT

FPS = 15.0
LIVE, PHONE = LIMIT - 2, LIMIT + 2


@dataclass
class Scorer:
    """Passive networks that score as told."""

    scores: float = LIVE
    asked: int = 0

    def score(self, frame: Frame, look: Look) -> float:
        del frame
        assert look.face is not None
        self.asked += 1
        return self.scores


@dataclass
class Motion:
    """A face whose points move as told."""

    residual: float = 0.05
    measured: list[float] = field(default_factory=list)

    def reset(self) -> None:
        """Nothing is remembered."""

    def measure(self, frame: Frame, *_: object) -> MotionSample:
        self.measured.append(frame.captured_at)
        return MotionSample(frame.captured_at, 0.05, self.residual, 1.0)


class Scene:
    """Liveness, and painted frames for it."""

    def __init__(self, layers: frozenset[Layer], scores: float = LIVE) -> None:
        self.scorer, self.motion = Scorer(scores), Motion()
        self.liveness = LayeredLiveness(self.scorer, lambda **_: draw_turns(2))
        self.liveness._motion = self.motion  # type: ignore[assignment]
        self.liveness.begin(layers)
        self.pipeline = fake_pipeline()
        self.now = 0.0
        self.fps = FPS

    def show(
        self, frames: int = 1, pose: HeadPose = HeadPose(0.0, 0.0, 0.0), *, usable: bool = True
    ) -> list[Judgement]:
        said = []
        for _ in range(frames):
            self.now += 1 / self.fps
            frame = synthetic_frame(1, pose, at=self.now)
            said.append(self.liveness.judge(frame, self.pipeline.look(frame), usable=usable))
        return said


def test_the_passive_layers_want_some_frames_and_are_then_content() -> None:
    said = Scene(PASSIVE).show(PASSIVE_FRAMES)
    assert said == [Wanting()] * (PASSIVE_FRAMES - 1) + [Shown()]


def test_what_lies_within_the_edges_of_a_phone_is_denied() -> None:
    assert Scene(PASSIVE, PHONE).show(PASSIVE_FRAMES)[-1] == Denied(Layer.SURROUNDINGS)


def test_a_score_that_is_no_number_denies() -> None:
    assert Scene(PASSIVE, math.nan).show(PASSIVE_FRAMES)[-1] == Denied(Layer.SURROUNDINGS)


def test_a_denial_stays_until_the_next_attempt_whatever_comes() -> None:
    scene = Scene(PASSIVE, PHONE)
    scene.show(PASSIVE_FRAMES)
    scene.scorer.scores = LIVE
    assert set(scene.show(20)) == {Denied(Layer.SURROUNDINGS)}
    scene.liveness.restart()
    assert scene.show(1) == [Denied(Layer.SURROUNDINGS)]
    scene.liveness.begin(PASSIVE)
    assert scene.show(PASSIVE_FRAMES)[-1] == Shown()


def test_frames_of_poor_quality_are_not_scored() -> None:
    scene = Scene(PASSIVE, PHONE)
    assert set(scene.show(12, usable=False)) == {Wanting()}
    assert scene.scorer.asked == 0


def test_another_face_starts_with_no_evidence() -> None:
    scene = Scene(PASSIVE)
    scene.show(PASSIVE_FRAMES)
    scene.pipeline.restart()  # a new track
    assert scene.show(1) == [Wanting()]


def test_a_flat_sheet_is_denied_and_a_head_is_not() -> None:
    layers = PASSIVE | {Layer.GEOMETRY}
    flat = Scene(layers)
    flat.motion.residual = 0.0
    said = flat.show(80)
    assert Wanting(Prompt.MOVE_A_LITTLE) in said
    assert said[-1] == Denied(Layer.GEOMETRY)
    assert Shown() in Scene(layers).show(30)


def test_every_frame_tells_of_motion_but_not_every_one_of_the_surroundings() -> None:
    scene = Scene(PASSIVE | {Layer.GEOMETRY})
    scene.fps, scene.motion.residual = 30.0, 0.0
    scene.show(12)
    assert len(scene.motion.measured) == 12
    assert scene.scorer.asked == 6


def test_geometry_is_not_measured_where_it_does_not_count_or_is_known() -> None:
    scene = Scene(PASSIVE)
    scene.show(10)
    assert not scene.motion.measured
    other = Scene(PASSIVE | {Layer.GEOMETRY})
    other.show(40)
    assert len(other.motion.measured) < 10


def test_at_strict_the_challenge_speaks_first_and_turning_early_is_denied() -> None:
    scene = Scene(PASSIVE | {Layer.GEOMETRY, Layer.EYES, Layer.CHALLENGE})
    assert set(scene.show(4)) == {Wanting(Prompt.LOOK_STRAIGHT)}
    scene.show(2)
    said = scene.show(6, HeadPose(30.0, 0.0, 0.0))
    assert said[-1] == Denied(Layer.CHALLENGE)


def test_without_layers_everything_is_shown_and_without_a_face_nothing_is() -> None:
    assert Scene(frozenset()).show(1) == [Shown()]
    scene = Scene(PASSIVE)
    nobody = synthetic_frame(None, at=1.0)
    look = scene.pipeline.look(nobody)
    assert scene.liveness.judge(nobody, look, usable=False) == Wanting()


@given(
    st.lists(
        st.tuples(st.sampled_from([LIVE, PHONE]), st.booleans(), st.floats(0, 0.1)),
        min_size=1,
        max_size=40,
    )
)
@settings(max_examples=40, deadline=None)
def test_after_a_denial_nothing_is_ever_shown(
    frames: list[tuple[float, bool, float]],
) -> None:
    scene = Scene(PASSIVE | {Layer.GEOMETRY, Layer.EYES})
    denied: Judgement | None = None
    for scores, usable, residual in frames:
        scene.scorer.scores, scene.motion.residual = scores, residual
        said = scene.show(1, usable=usable)[0]
        assert denied is None or said == denied
        denied = said if isinstance(said, Denied) else denied
