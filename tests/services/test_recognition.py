"""From frames to observations: what is compared, when, and what never is."""

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
from facelock.core.liveness import Denied, Layer, Prompt, Shown, Wanting
from facelock.core.observation import (
    Gathering,
    Match,
    NoFace,
    NonMatch,
    Observation,
    PoorQuality,
    PresentationAttack,
    SeveralFaces,
    Unproven,
)
from facelock.core.quality import Defect
from facelock.core.template import make_gallery
from facelock.services.recognition import FacePipeline, Recogniser

OWNER, STRANGER = 1, 2
OTHER = PaintedFace(STRANGER, left=8)
COMPARED = (Match, NonMatch)


def gallery(*, demo: bool = False) -> Gallery:
    return make_gallery(
        [made_up_profile(OWNER, demo=demo)], Level.BALANCED, demo=demo, model_sha256=MODEL
    )


class Scene:
    """A recogniser on the real pipeline and fake networks."""

    def __init__(self, *, demo: bool = False, script: Sequence[int] = ()) -> None:
        self.embedder = FakeEmbedder([person_embedding(person) for person in script])
        self.liveness = FakeLiveness()
        pipeline = fake_pipeline(self.embedder, self.liveness)
        self.recogniser = Recogniser(pipeline, gallery(demo=demo))
        self.recogniser.restart()

    def watch(self, frames: Sequence[Frame]) -> list[Observation]:
        return [self.recogniser.observe(frame).observation for frame in frames]


@pytest.mark.parametrize("simulated", [True, False])
def test_a_frame_of_the_other_origin_is_refused_before_anything_is_seen(
    simulated: bool,  # noqa: FBT001
) -> None:
    scene = Scene(demo=not simulated)
    with pytest.raises(SimulatedCameraRefused):
        scene.recogniser.observe(synthetic_frame(OWNER, simulated=simulated))
    assert scene.embedder.calls == 0
    assert scene.liveness.judged == 0


@pytest.mark.parametrize("simulated", [True, False])
def test_the_owner_matches_at_the_first_look(simulated: bool) -> None:  # noqa: FBT001
    seen = Scene(demo=simulated).watch(shown(OWNER, LOOKS[0], simulated=simulated))
    assert seen[:-1] == [Gathering(frames) for frames in range(1, LOOKS[0])]
    match = seen[-1]
    assert isinstance(match, Match)
    assert match.profile_id == made_up_profile(OWNER).profile_id
    assert match.usable_frames == LOOKS[0]
    assert match.distance <= match.threshold


def test_a_stranger_is_compared_at_exactly_the_looks() -> None:
    seen = Scene().watch(shown(STRANGER, 60))
    compared = [index for index, one in enumerate(seen, start=1) if isinstance(one, COMPARED)]
    assert compared == [*LOOKS, 2 * LOOKS[-1]]
    assert not any(isinstance(one, Match) for one in seen)


def test_an_empty_gallery_matches_nobody() -> None:
    empty = make_gallery([], Level.BALANCED, demo=False, model_sha256=MODEL)
    nobody = Recogniser(fake_pipeline(), empty)
    seen = [nobody.observe(frame).observation for frame in shown(OWNER, LOOKS[0])]
    assert isinstance(seen[-1], NonMatch)
    assert seen[-1].distance > seen[-1].threshold


@pytest.mark.parametrize(
    ("frame", "observation"),
    [
        (synthetic_frame(None), NoFace(too_dark=False)),
        (synthetic_frame(None, light=0.05), NoFace(too_dark=True)),
    ],
)
def test_an_empty_and_a_dark_picture_are_told_apart(frame: Frame, observation: Observation) -> None:
    assert Scene().watch([frame]) == [observation]


def test_a_picture_that_stays_black_is_more_than_dark() -> None:
    dark, black = NoFace(too_dark=True), NoFace(too_dark=True, black=True)
    shut = [
        Frame(np.zeros((48, 64, 3), np.uint8), 5.0 + number * 0.5, simulated=False)
        for number in range(6)
    ]
    assert Scene().watch(shut) == [dark, dark, dark, dark, black, black]


@pytest.mark.parametrize(
    ("frame", "defect"),
    [
        (synthetic_frame(OWNER, light=0.15), Defect.TOO_DARK),
        (synthetic_frame(OWNER, blurred=True), Defect.LOW_CONTRAST),
        (synthetic_frame(OWNER, width=32), Defect.TOO_SMALL),
        (synthetic_frame(OWNER, left=280), Defect.CUT_OFF),
        (synthetic_frame(OWNER, HeadPose(50, 0, 0)), Defect.TURNED_AWAY),
        (synthetic_frame(OWNER, HeadPose(0, 0, 40)), Defect.TILTED),
    ],
    ids=lambda value: value.value if isinstance(value, Defect) else "",
)
def test_poor_frames_never_lead_to_a_comparison(frame: Frame, defect: Defect) -> None:
    scene = Scene()
    seen = scene.watch([frame] * 60)
    assert all(isinstance(one, PoorQuality) and one.defects[0] is defect for one in seen)
    assert scene.embedder.calls == 0


def test_poor_frames_do_not_undo_what_good_ones_gathered() -> None:
    scene = Scene()
    scene.watch(shown(OWNER, LOOKS[0] - 1))
    scene.watch([synthetic_frame(OWNER, light=0.15, at=0.2)])
    assert isinstance(scene.watch(shown(OWNER, 1, start=0.25))[0], Match)


class PrintedShirt(FakeLandmarks):
    """Landmarks that take only the owner's face, above, for a face."""

    def find(self, frame: Frame, face: DetectedFace) -> Landmarks:
        found = super().find(frame, face)
        return replace(found, presence=0.02 if face.box.left > 350 else 0.99)


def test_a_face_printed_on_a_shirt_is_neither_a_second_person_nor_the_principal_one() -> None:
    shirt = PaintedFace(STRANGER, left=400, top=120, width=200)
    frame = synthetic_frame(OWNER, others=[shirt])
    pipeline = FacePipeline(FakeDetector(), PrintedShirt(), FakeEmbedder(), FakeLiveness())
    look = pipeline.look(frame)
    assert look.faces == 1
    assert look.face is not None
    assert look.face.box.left < 350


def test_where_no_face_is_confirmed_all_of_them_still_refuse() -> None:
    class Unsure(FakeLandmarks):
        def find(self, frame: Frame, face: DetectedFace) -> Landmarks:
            return replace(super().find(frame, face), presence=0.1)

    onlooker = PaintedFace(STRANGER, left=400, top=120, width=160)
    pipeline = FacePipeline(FakeDetector(), Unsure(), FakeEmbedder(), FakeLiveness())
    assert pipeline.look(synthetic_frame(OWNER, others=[onlooker])).faces == 2


def test_two_faces_are_refused_and_the_probe_begins_anew() -> None:
    scene = Scene()
    scene.watch(shown(OWNER, LOOKS[0] - 1))
    onlooker = PaintedFace(STRANGER, left=4, top=60, width=100)
    crowd = synthetic_frame(OWNER, others=[onlooker], at=0.2)
    assert scene.watch([crowd]) == [SeveralFaces(2)]
    after = scene.watch(shown(OWNER, LOOKS[0], start=0.25))
    assert after[0] == Gathering(1)
    assert isinstance(after[-1], Match)


def test_a_face_far_behind_does_not_count() -> None:
    far = PaintedFace(STRANGER, left=4, top=8, width=40)
    assert Scene().watch([synthetic_frame(OWNER, others=[far])]) == [Gathering(1)]


def test_an_empty_picture_begins_the_probe_anew() -> None:
    scene = Scene()
    scene.watch(shown(OWNER, LOOKS[0] - 1))
    scene.watch([synthetic_frame(None, at=0.2)])
    assert scene.watch(shown(OWNER, 1, start=0.25)) == [Gathering(1)]


def test_another_track_begins_the_probe_anew() -> None:
    """The face leaves on one side while another one enters on the other."""
    scene = Scene()
    scene.watch(shown(OWNER, LOOKS[0] - 1))
    elsewhere = synthetic_frame(STRANGER, left=212, at=0.2)
    assert scene.watch([elsewhere]) == [Gathering(1)]


def test_a_swap_of_faces_in_one_place_begins_the_probe_anew() -> None:
    """Same box, another person: a photo pushed before the camera between two frames."""
    scene = Scene(script=[STRANGER] * 4 + [OWNER] * 4)
    seen = scene.watch(shown(OWNER, 8))
    assert seen == [Gathering(frames) for frames in (1, 2, 3, 4, 1, 2, 3, 4)]


def test_a_denial_of_liveness_goes_before_everything_else_and_nothing_is_embedded() -> None:
    scene = Scene()
    scene.liveness.says = Denied(Layer.SURROUNDINGS)
    for frame in (synthetic_frame(OWNER), synthetic_frame(OWNER, light=0.15)):
        assert scene.watch([frame]) == [PresentationAttack("surroundings")]
    assert scene.embedder.calls == 0


def test_liveness_is_asked_about_every_single_face_and_told_which_would_do() -> None:
    scene = Scene()
    scene.watch(shown(OWNER, 10))
    scene.watch([synthetic_frame(OWNER, at=0.5, light=0.15)])
    scene.watch([synthetic_frame(None, at=1.0)])
    assert (scene.liveness.judged, scene.liveness.usable) == (11, 10)


def test_an_attempt_begins_under_the_layers_of_the_gallery() -> None:
    scene = Scene()
    assert scene.liveness.begun == [], "nothing is touched before the thread that observes"
    scene.watch(shown(OWNER, LOOKS[0] - 1))
    assert scene.liveness.begun == [gallery().layers]
    scene.recogniser.restart()
    assert scene.watch(shown(OWNER, 1, start=0.2)) == [Gathering(1)]
    assert scene.liveness.begun == [gallery().layers] * 2


def test_a_match_is_withheld_until_liveness_is_shown() -> None:
    scene = Scene()
    scene.liveness.says = Wanting(Prompt.MOVE_A_LITTLE)
    frames = shown(OWNER, LOOKS[0] + 3)
    told = [scene.recogniser.observe(frame) for frame in frames[:-1]]
    assert {seen.prompt for seen in told} == {Prompt.MOVE_A_LITTLE}
    assert all(isinstance(seen.observation, Gathering | Unproven) for seen in told)
    assert told[-1].observation == Unproven(LOOKS[0] + 2)
    scene.liveness.says = Shown()
    seen = scene.recogniser.observe(frames[-1])
    assert isinstance(seen.observation, Match)
    assert seen.prompt is None


def test_a_stranger_is_refused_without_waiting_for_liveness() -> None:
    scene = Scene()
    scene.liveness.says = Wanting()
    seen = scene.watch(shown(STRANGER, LOOKS[-1]))
    assert sum(isinstance(one, NonMatch) for one in seen) == len(LOOKS)


def test_a_prompt_is_told_with_a_face_that_turns_away_too() -> None:
    scene = Scene()
    scene.liveness.says = Wanting(Prompt.LOOK_STRAIGHT)
    seen = scene.recogniser.observe(synthetic_frame(OWNER, HeadPose(50, 0, 0)))
    assert seen.observation == PoorQuality((Defect.TURNED_AWAY,))
    assert seen.prompt is Prompt.LOOK_STRAIGHT


@pytest.mark.parametrize(
    "break_in", [synthetic_frame(None, at=0.2), synthetic_frame(OWNER, at=0.2, others=(OTHER,))]
)
def test_whenever_the_face_is_lost_its_evidence_is_lost_with_it(break_in: Frame) -> None:
    scene = Scene()
    scene.watch(shown(OWNER, 3))
    restarts = scene.liveness.restarts
    scene.watch([break_in])
    assert scene.liveness.restarts == restarts + 1


def test_a_swap_of_faces_loses_the_evidence_too() -> None:
    """The attacker shows their own live face, then a photo of the owner in its place."""
    scene = Scene(script=[STRANGER] * 4 + [OWNER] * 4)
    scene.watch(shown(OWNER, 4))
    restarts = scene.liveness.restarts
    scene.watch(shown(OWNER, 4, start=0.2))
    assert scene.liveness.restarts == restarts + 1


def strict(script: Sequence[int]) -> Scene:
    scene = Scene(script=script)
    scene.recogniser.gallery = make_gallery(
        [made_up_profile(OWNER)], Level.STRICT, demo=False, model_sha256=MODEL
    )
    return scene


def test_at_strict_the_face_after_the_challenge_must_be_the_owner_as_well() -> None:
    scene = strict([OWNER] * 20)
    scene.liveness.says = Wanting(Prompt.TURN_LEFT)
    frames = shown(OWNER, 20)
    assert scene.watch(frames[:10])[-1] == Unproven(10)
    scene.liveness.says = Shown()
    seen = scene.watch(frames[10:])
    matches = [index for index, one in enumerate(seen, start=1) if isinstance(one, Match)]
    assert matches[0] == LOOKS[0], "so many frames are gathered anew"


def test_a_gallery_without_liveness_is_for_demos_alone() -> None:
    demo = make_gallery([], Level.STRICT, demo=True, model_sha256=MODEL, layers=frozenset())
    assert demo.layers == frozenset()
    with pytest.raises(ValueError, match="without liveness"):
        make_gallery([], Level.STRICT, demo=False, model_sha256=MODEL, layers=frozenset())


def test_a_look_says_what_the_window_draws() -> None:
    frame = synthetic_frame(OWNER, HeadPose(12, -7, 3), at=4.5)
    look = Scene().recogniser.observe(frame).look
    assert look.captured_at == 4.5
    assert look.frame_size == (320, 240)
    assert look.face is not None
    assert look.face.report.pose.yaw == pytest.approx(12, abs=0.1)
    assert look.face.report.pose.pitch == pytest.approx(-7, abs=0.1)
    assert look.face.box == PaintedFace(OWNER).box


def test_brightness_is_luma_and_not_the_mean_of_the_channels() -> None:
    pixels = synthetic_frame(None).pixels.copy()
    pixels[1:] = (0, 200, 0)
    look = fake_pipeline().look(Frame(pixels, 0.0, simulated=False))
    assert look.scene_brightness == pytest.approx(0.587 * 200, rel=0.05)


def test_a_crop_kept_from_earlier_gives_the_embedding_it_gave() -> None:
    pipeline = fake_pipeline(FakeEmbedder([person_embedding(1)] * 2))
    face = pipeline.look(synthetic_frame(OWNER)).face
    assert face is not None
    assert pipeline.embed(face).tolist() == pipeline.embed_crop(face.crop).tolist()
    assert len(pipeline.model_sha256) == 64
