"""`facelock enrol` with typed answers and a fake camera that counts as physical."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from fake_machine import FakeMachine
from fakes import shown

from facelock.cli import machine
from facelock.cli.exit_codes import Exit
from facelock.cli.guidance_text import SENTENCES
from facelock.cli.main import main
from facelock.core.enrolment import Guidance
from facelock.core.errors import CameraNotFound
from facelock.core.frames import Frame, HeadPose

RunJson = Callable[..., tuple[int, dict[str, Any]]]
Answers = Callable[..., None]
NEW = "seven quiet otters swim"


def _ring(person: int) -> list[Frame]:
    """A person who looks straight on, left, right, up and down, a second each."""
    frames: list[Frame] = []
    for yaw, pitch in ((0, 0), (24, 0), (-24, 0), (0, 16), (0, -16)):
        start = len(frames) / 30
        frames += shown(person, 40, start=start, pose=HeadPose(yaw, pitch, 0))
    return frames


def test_every_guidance_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Guidance)
    assert len(set(SENTENCES.values())) == len(SENTENCES)


def test_a_person_enrols_and_is_in_the_store(
    run_json: RunJson, fake_machine: FakeMachine, answers: Answers
) -> None:
    fake_machine.shows(_ring(1))
    answers("Ada", "yes", NEW, NEW)
    code, said = run_json("enrol")
    assert code == Exit.OK
    assert said["enrolled"] is True
    assert said["poses"] == ["centre", "left", "right", "up", "down"]
    assert said["samples"] == 10
    with closing(fake_machine.store()) as store:
        (profile,) = store.profiles
        assert (profile.name, profile.demo) == ("Ada", False)
        assert store.open_key(profile.profile_id, NEW)


def test_without_consent_no_picture_is_taken(
    run_json: RunJson, fake_machine: FakeMachine, answers: Answers
) -> None:
    answers("Ada", "maybe")
    code, said = run_json("enrol")
    assert (code, said) == (Exit.NO, {"enrolled": False, "consent": False})
    assert fake_machine.camera.opens == 0


def test_a_weak_passphrase_is_refused_before_the_camera(
    run_json: RunJson, fake_machine: FakeMachine, answers: Answers
) -> None:
    answers("Ada", "yes", "password")
    assert run_json("enrol")[0] == Exit.NO
    assert fake_machine.camera.opens == 0


def test_no_camera_is_said_before_anything_is_asked(
    run_json: RunJson, fake_machine: FakeMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(wanted: str | None) -> None:
        raise CameraNotFound("none")

    monkeypatch.setattr(machine, "find_camera", none)
    assert run_json("enrol")[0] == Exit.NO_FACE


def test_a_second_person_needs_the_passphrase_of_the_first(
    run_json: RunJson, fake_machine: FakeMachine, answers: Answers
) -> None:
    fake_machine.enrol(1, "Ada", "violet harbour stone tern")
    fake_machine.shows(shown(2, 120))
    answers("Grace", "yes", "not the passphrase")
    assert run_json("enrol", "--plain")[0] == Exit.NO
    answers("Grace", "yes", "violet harbour stone tern", NEW, NEW)
    code, said = run_json("enrol", "--plain")
    assert code == Exit.OK
    assert said["name"] == "Grace"


def test_a_taken_name_and_an_impossible_one_are_refused(
    run_json: RunJson, fake_machine: FakeMachine
) -> None:
    fake_machine.enrol(1, "Ada")
    assert run_json("enrol", "--name", "ada")[1]["error"] == "NameTaken"
    assert run_json("enrol", "--name", " ")[1]["error"] == "SettingsError"


def test_an_empty_picture_ends_in_3(
    run_json: RunJson, fake_machine: FakeMachine, answers: Answers
) -> None:
    fake_machine.shows(shown(None, 30))
    answers("Ada", "yes", NEW, NEW)
    code, said = run_json("enrol", "--timeout", "0.2")
    assert code == Exit.NO_FACE
    assert "--plain" in said["message"]
    with closing(fake_machine.store()) as store:
        assert store.profiles == ()


def test_simulated_frames_enrol_no_real_person(
    run_json: RunJson, fake_machine: FakeMachine, answers: Answers
) -> None:
    fake_machine.shows(shown(1, 60, simulated=True))
    answers("Ada", "yes", NEW, NEW)
    assert run_json("enrol")[1]["error"] == "SimulatedCameraRefused"


def test_the_end_of_the_answers_stops_quietly(fake_machine: FakeMachine, answers: Answers) -> None:
    answers("Ada")
    assert main(["enrol"]) == Exit.INTERRUPTED
