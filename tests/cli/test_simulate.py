"""`facelock simulate` on small made-up clips, and once on real ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from fakes import FakeLiveness

from facelock.cli.exit_codes import Exit
from facelock.cli.main import main
from facelock.core.liveness import Prompt, Wanting
from facelock.resources import resource
from facelock.services.loading import load_pipeline

RunJson = Callable[..., tuple[int, dict[str, Any]]]
pytestmark = pytest.mark.usefixtures("calibration")


def _folder(path: Path, portrait: str, pictures: int) -> str:
    """Make a folder of pictures: one portrait, a little brighter and shifted each time."""
    path.mkdir()
    picture = cv2.imread(str(resource(f"assets/faces/{portrait}.jpg")))
    assert picture is not None
    for index in range(pictures):
        moved = np.roll(picture, index % 7, axis=1)
        lit = cv2.convertScaleAbs(moved, alpha=1.0, beta=float(index % 5))
        cv2.imwrite(str(path / f"{index}.jpg"), lit)
    return str(path)


@pytest.fixture
def owner(tmp_path: Path) -> str:
    return _folder(tmp_path / "owner", "collins", 60)


@pytest.fixture
def stranger(tmp_path: Path) -> str:
    return _folder(tmp_path / "stranger", "hopper", 30)


def test_the_owner_is_accepted_and_the_stranger_is_not(
    run_json: RunJson, owner: str, stranger: str
) -> None:
    code, said = run_json(
        *("simulate", "--enrol", f"{owner}#t=0,3", "--probe", f"{owner}#t=3,4", stranger),
        "--without-liveness",  # one portrait, shifted: it would be asked to move
    )
    assert code == Exit.OK
    enrolment = said["enrolment"]
    assert enrolment["samples"] >= 5
    assert enrolment["mode"] == "plain"
    assert "centre" in enrolment["poses"]
    assert enrolment["bound"] in ("margin", "fmr")
    assert enrolment["level"] == "balanced"
    assert said["liveness"] == []
    mine, theirs = said["probes"]
    assert mine["probe"] == f"{owner}#t=3,4"
    assert mine["verdict"] == "accepted"
    assert mine["distance"] <= mine["threshold"] == enrolment["threshold"]
    assert mine["seconds_to_verdict"] < 1
    assert theirs["verdict"] == "rejected"
    assert theirs["reason"] == "no-match"
    assert theirs["distance"] > theirs["threshold"]


def test_a_probe_that_cannot_be_read_does_not_stop_the_others(
    run_json: RunJson, owner: str, stranger: str, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.mp4"
    letter.write_text("Dear reader,")
    code, said = run_json("simulate", "--enrol", owner, "--probe", str(letter), stranger)
    assert code == Exit.OK
    first, second = said["probes"]
    assert first["verdict"] == "no-usable-face"
    assert "letter.mp4" in first["reason"]
    assert first["frames"] == 0
    assert second["verdict"] == "rejected"


def test_text_says_the_poses_and_which_layers_judge(
    owner: str, stranger: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["simulate", "--enrol", owner, "--probe", stranger]
    assert main([*asked, "--level", "convenient"]) == Exit.OK
    assert "Liveness: surroundings." in capsys.readouterr().out
    assert main([*asked, "--without-liveness"]) == Exit.OK
    said = capsys.readouterr().out
    assert "Poses covered: centre" in said
    assert "plain mode" in said
    assert "Without liveness" in said
    assert "rejected" in said


@pytest.mark.parametrize(
    ("clip", "word"), [("{owner}#t=0,0.2", "needed"), ("{grey}", "0 samples"), ("gone.mp4", "gone")]
)
def test_clips_that_cannot_enrol_exit_3_and_say_why(
    clip: str, word: str, run_json: RunJson, owner: str, tmp_path: Path
) -> None:
    grey = tmp_path / "grey"
    grey.mkdir()
    cv2.imwrite(str(grey / "1.png"), np.full((240, 320, 3), 128, np.uint8))
    code, said = run_json(
        "simulate", "--enrol", clip.format(owner=owner, grey=grey), "--probe", owner
    )
    assert code == Exit.NO_FACE
    assert word in said["message"]


def test_a_time_range_that_makes_no_sense_is_wrong_usage_of_a_clip(
    run_json: RunJson, owner: str
) -> None:
    code, said = run_json("simulate", "--enrol", f"{owner}#t=9,3", "--probe", owner)
    assert code == Exit.NO_FACE
    assert "ends before it begins" in said["message"]


def test_real_clips_of_two_people(run_json: RunJson, shared_data: Path) -> None:
    clips = shared_data / "clips"
    code, said = run_json(
        "simulate",
        "--enrol",
        f"{clips / 'tran-live.mp4'}#t=0,3",
        "--probe",
        f"{clips / 'tran-live.mp4'}#t=10,11",
        f"{clips / 'person-a.mp4'}#t=0,2",
    )
    assert code == Exit.OK
    assert [probe["verdict"] for probe in said["probes"]] == ["accepted", "rejected"]


STRAIGHT_ONLY = ("--answers", "straight={owner}#t=3,4")


def test_a_probe_that_answers_is_played_to_the_challenge(
    run_json: RunJson, owner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking = load_pipeline()
    asking.liveness = FakeLiveness(Wanting(Prompt.LOOK_STRAIGHT))
    monkeypatch.setattr("facelock.services.loading.load_pipeline", lambda **_: asking)
    answers = [part.format(owner=owner) for part in STRAIGHT_ONLY]
    code, said = run_json("simulate", "--enrol", f"{owner}#t=0,3", *answers, "--level", "strict")
    assert code == Exit.OK
    assert "challenge" in said["liveness"]
    (probe,) = said["probes"]
    assert probe["probe"] == "answers"
    assert probe["verdict"] == "rejected"  # it looked straight, and was never shown to be live
    assert probe["reason"] == "no-sign-of-life"


@pytest.mark.parametrize(
    "answers", [["left=a.mp4"], ["straight"], ["straight="], ["blink=a.mp4", "mirror=b.mp4"]]
)
def test_answers_to_what_is_never_asked_are_wrong_usage(answers: list[str]) -> None:
    assert main(["simulate", "--enrol", "a.mp4", "--answers", *answers]) == Exit.USAGE


def test_answers_without_a_straight_look_are_refused(run_json: RunJson, owner: str) -> None:
    said = run_json("simulate", "--enrol", f"{owner}#t=0,3", "--answers", f"blink={owner}")[1]
    (probe,) = said["probes"]
    assert probe["verdict"] == "no-usable-face"
    assert "straight=CLIP" in probe["reason"]


def test_a_clip_that_ends_before_it_was_shown_to_live_is_no_verdict(
    run_json: RunJson, owner: str
) -> None:
    said = run_json("simulate", "--enrol", f"{owner}#t=0,3", "--probe", f"{owner}#t=3,3.4")[1]
    assert said["liveness"] == ["surroundings", "geometry", "eyes"]
    (probe,) = said["probes"]
    assert probe["verdict"] == "no-usable-face"
    assert probe["reason"] == "not shown to be live before the clip ended"
