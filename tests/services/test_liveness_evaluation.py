"""APCER, BPCER and non-response: counted apart, each of those with an answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest
from fakes import FakeLiveness, fake_pipeline, synthetic_frame

from facelock.core.errors import EvaluationError
from facelock.core.frames import Frame
from facelock.core.intervals import clopper_pearson
from facelock.core.levels import Level
from facelock.core.liveness import CHALLENGES, PASSIVE, Denied, Judgement, Layer, Shown, Wanting
from facelock.core.look import Look
from facelock.services import liveness_evaluation as evaluation
from facelock.services.liveness_sheet import check_folder, write_sheets
from facelock.vision.simulated_camera import ClipRange, SimulatedCamera


class Scripted(FakeLiveness):
    """Says of each frame what the light in it stands for."""

    def judge(self, frame: Frame, look: Look, *, usable: bool) -> Judgement:
        super().judge(frame, look, usable=usable)
        light = float(np.median(frame.pixels[2:]))
        if light > 100:
            return Shown() if self.judged >= 3 else Wanting()
        return Denied(Layer.SURROUNDINGS) if light > 60 else Wanting()


LIVE, ATTACK, UNCLEAR = 1.0, 0.7, 0.3


def put(folder: Path, name: str, light: float | None, person: int | None = 1) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if light is None:
        path.write_bytes(b"no picture")
    else:
        cv2.imwrite(str(path), synthetic_frame(person, light=light).pixels)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "recordings"
    for number in range(3):
        put(root, f"live/ada/{number}.png", LIVE)
    put(root, "live/ben/wrong.png", ATTACK)
    put(root, "print/one.png", ATTACK)
    put(root, "print/two.png", ATTACK)
    put(root, "print/deep/er/three.png", LIVE)
    put(root, "screen/unclear.png", UNCLEAR)
    put(root, "screen/.hidden.png", LIVE)
    put(root, "screen/notes.txt", None)
    return root


def evaluated(folder: Path, level: Level = Level.BALANCED) -> evaluation.LivenessReport:
    presentations = evaluation.find_presentations(folder)
    return evaluation.evaluate_liveness(presentations, fake_pipeline(liveness=Scripted()), level)


def test_each_folder_has_its_own_rate(folder: Path) -> None:
    live, printed, screen = evaluated(folder).species
    assert (live.species, live.presentations, live.error_rate) == ("live", 4, 0.25)
    assert printed.error_rate == pytest.approx(1 / 3)
    assert printed.interval == clopper_pearson(1, 3)
    assert printed.denied_by == {Layer.SURROUNDINGS: 2}
    assert (screen.presentations, screen.responses, screen.error_rate) == (1, 0, None)
    assert screen.non_response == 1.0
    assert screen.reasons == {"too little seen": 1}
    assert screen.interval == (0.0, 1.0)


def test_the_worst_species_is_named_and_one_without_an_answer_is_not(folder: Path) -> None:
    worst = evaluated(folder).worst
    assert worst is not None
    assert worst.species == "print"


def test_pictures_are_judged_by_the_passive_layers_alone(folder: Path) -> None:
    liveness = Scripted()
    presentations = evaluation.find_presentations(folder)
    pipeline = fake_pipeline(liveness=liveness)
    report = evaluation.evaluate_liveness(presentations, pipeline, Level.STRICT)
    assert set(liveness.begun) == {PASSIVE}
    assert sum(one.pictures for one in report.species) == len(presentations)
    assert not report.layers & CHALLENGES


def test_what_cannot_be_read_or_shows_nobody_has_no_answer(tmp_path: Path) -> None:
    put(tmp_path, "live/a.png", LIVE)
    put(tmp_path, "print/broken.png", None)
    put(tmp_path, "print/broken.mp4", None)
    put(tmp_path, "print/nobody.png", LIVE, person=None)
    _, printed = evaluated(tmp_path).species
    assert printed.reasons == {"unreadable": 2, "no face": 1}


class Clip:
    """Makes cameras that play frames of these lights."""

    def __init__(self, lights: Sequence[float], fps: float = 10.0) -> None:
        self.frames = [synthetic_frame(1, light=light).pixels for light in lights]
        self.fps = fps

    def __call__(self, clip: ClipRange, *, realtime: bool, loop: bool) -> SimulatedCamera:
        del clip
        return SimulatedCamera.of_frames(self.frames, self.fps, realtime=realtime, loop=loop)


@pytest.mark.parametrize(
    ("lights", "answer"),
    [
        ([UNCLEAR, UNCLEAR, ATTACK, LIVE], "denied"),
        ([UNCLEAR, LIVE, LIVE, ATTACK], "live"),
        ([UNCLEAR] * 5, "no response"),
        ([UNCLEAR] * 100 + [ATTACK], "no response"),  # the attempt was over by then
    ],
)
def test_the_first_answer_of_a_clip_counts_within_the_time_of_an_attempt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lights: Sequence[float], answer: str
) -> None:
    monkeypatch.setattr(evaluation, "SimulatedCamera", Clip(lights))
    put(tmp_path, "live/a.mp4", None)
    put(tmp_path, "print/a.mp4", None)
    outcomes = evaluated(tmp_path).outcomes
    assert [one.answer for one in outcomes] == [answer, answer]


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ((), "no folder"),
        (("live/a.png",), "no attacks"),
        (("print/a.png",), "no folder live/"),
        (("live/a.png", "print/a.txt"), "no clip and no picture"),
    ],
)
def test_a_folder_that_cannot_be_evaluated_says_what_is_missing(
    tmp_path: Path, made: Sequence[str], said: str
) -> None:
    for name in made:
        put(tmp_path / "set", name, LIVE if name.endswith("png") else None)
    with pytest.raises(EvaluationError, match=said):
        evaluation.find_presentations(tmp_path / "set")


def test_links_in_circles_end(folder: Path) -> None:
    (folder / "print" / "again").symlink_to(folder, target_is_directory=True)
    assert len(evaluation.find_presentations(folder)) == 8


def test_the_sheets_show_errors_first(folder: Path, tmp_path: Path) -> None:
    sheets = tmp_path / "sheets"
    check_folder(sheets)
    written = write_sheets(evaluated(folder), sheets)
    assert [path.name for path in written] == ["live.png", "print.png", "screen.png"]
    pictures = [np.asarray(cv2.imread(str(path))) for path in written]
    assert {picture.shape for picture in pictures} == {(224, 6 * 240, 3)}
    red = pictures[0][2, 2]
    assert red[2] > 150 > red[1]  # the living face that was denied


def test_a_folder_that_holds_something_is_not_written_into(folder: Path) -> None:
    with pytest.raises(EvaluationError, match="holds something"):
        check_folder(folder)
    with pytest.raises(EvaluationError, match="cannot be made"):
        check_folder(folder / "live" / "ada" / "0.png" / "below")


def test_a_sheet_that_cannot_be_written_is_said(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="cannot be written"):
        write_sheets(evaluated(folder), tmp_path / "gone")
