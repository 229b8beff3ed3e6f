"""`facelock compare` on the openly licensed portraits, through the real networks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from facelock.cli.exit_codes import Exit
from facelock.cli.main import main
from facelock.core.threshold import Calibration
from facelock.resources import resource

RunJson = Callable[..., tuple[int, dict[str, Any]]]
pytestmark = pytest.mark.usefixtures("calibration")


@pytest.fixture
def collins() -> str:
    return str(resource("assets/faces/collins.jpg"))


@pytest.fixture
def hopper() -> str:
    return str(resource("assets/faces/hopper.jpg"))


@pytest.fixture
def mirrored(collins: str, tmp_path: Path) -> str:
    picture = cv2.imread(collins)
    assert picture is not None
    path = tmp_path / "mirrored.png"
    cv2.imwrite(str(path), picture[:, ::-1])
    return str(path)


def test_one_person_twice_is_mated_and_exits_0(
    run_json: RunJson, collins: str, mirrored: str
) -> None:
    code, said = run_json("compare", collins, mirrored)
    assert code == Exit.OK
    assert said["mated"] is True
    assert said["level"] == "balanced"
    assert said["distance"] <= said["threshold"] == 0.75


def test_two_people_are_not_mated_and_exit_1(run_json: RunJson, collins: str, hopper: str) -> None:
    code, said = run_json("compare", collins, hopper)
    assert code == Exit.NO
    assert said["mated"] is False
    assert said["distance"] > said["threshold"]


@pytest.mark.parametrize("where", ["before", "after"])
def test_the_level_may_stand_before_or_after_the_command(
    where: str, run_json: RunJson, collins: str, hopper: str, calibration: Calibration
) -> None:
    level = ("--level", "strict")
    command = ("compare", collins, hopper)
    _, said = run_json(*(level + command if where == "before" else command + level))
    assert said["level"] == "strict"
    assert said["threshold"] == calibration.distance_at(1e-5)[0]


def test_text_says_matched_first(
    collins: str, mirrored: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", collins, mirrored]) == Exit.OK
    assert capsys.readouterr().out.splitlines()[0] == "MATCHED"


def test_a_picture_without_a_face_is_named(run_json: RunJson, collins: str, tmp_path: Path) -> None:
    grey = tmp_path / "wall.png"
    cv2.imwrite(str(grey), np.full((240, 320, 3), 128, np.uint8))
    code, said = run_json("compare", collins, str(grey))
    assert code == said["exit"] == Exit.NO_FACE
    assert "wall.png: no face was found" in said["message"]


def test_a_text_file_is_no_picture(run_json: RunJson, collins: str, tmp_path: Path) -> None:
    letter = tmp_path / "letter.jpg"
    letter.write_text("Dear reader,")
    code, said = run_json("compare", str(letter), collins)
    assert code == Exit.NO_FACE
    assert "letter.jpg" in said["message"]


def test_a_missing_file_is_named_on_standard_error(
    collins: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", collins, "nowhere.jpg"]) == Exit.NO_FACE
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "nowhere.jpg" in captured.err
