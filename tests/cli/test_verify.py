"""`facelock verify` on a fake camera that counts as physical, with the real store and lock."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from fake_machine import PASSPHRASE, FakeMachine
from fakes import MODEL, made_up_calibration, made_up_profile, of_another_backbone, shown
from made_up_heads import a_version, bundle_the_fake_network

from facelock.cli import machine, verify
from facelock.cli.exit_codes import Exit
from facelock.cli.main import main
from facelock.core.errors import CameraNotFound
from facelock.core.policy import Why
from facelock.desktop.clock import SystemClock
from facelock.services.access import Access

RunJson = Callable[..., tuple[int, dict[str, Any]]]


def test_the_enrolled_person_matches(run_json: RunJson, fake_machine: FakeMachine) -> None:
    fake_machine.enrol(1, "Ada")
    fake_machine.shows(shown(1, 60))
    code, said = run_json("verify")
    assert code == Exit.OK
    assert said == {
        "verdict": "match",
        "reason": "match",
        "name": "Ada",
        "mode": "1:1",
        "demo": False,
    }
    assert fake_machine.camera.closes >= 1


def test_somebody_else_does_not_and_it_counts(run_json: RunJson, fake_machine: FakeMachine) -> None:
    fake_machine.enrol(1, "Ada")
    fake_machine.shows(shown(2, 60))
    code, said = run_json("verify")
    assert code == Exit.NO
    assert said["verdict"] == "no-match"
    assert said["name"] is None
    with closing(fake_machine.store()) as store:
        assert store.machine.failures == 1


def test_one_of_several_is_found_and_the_mode_is_told(
    run_json: RunJson, fake_machine: FakeMachine
) -> None:
    fake_machine.enrol(1, "Ada")
    fake_machine.enrol(2, "Grace")
    fake_machine.shows(shown(2, 60))
    code, said = run_json("verify")
    assert (code, said["name"], said["mode"]) == (Exit.OK, "Grace", "1:N")


def test_a_named_person_alone_matches(run_json: RunJson, fake_machine: FakeMachine) -> None:
    fake_machine.enrol(1, "Ada")
    fake_machine.enrol(2, "Grace")
    fake_machine.shows(shown(2, 60))
    assert run_json("verify", "--person", "Ada")[0] == Exit.NO
    fake_machine.shows(shown(2, 60))
    code, said = run_json("verify", "--person", "grace")
    assert (code, said["name"], said["mode"]) == (Exit.OK, "Grace", "1:1")
    assert run_json("verify", "--person", "Ida")[0] == Exit.NOT_ENROLLED


def test_where_the_measurements_cannot_carry_several_people_a_name_is_needed(
    run_json: RunJson, fake_machine: FakeMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_machine.enrol(1, "Ada")
    fake_machine.enrol(2, "Grace")
    coarse = made_up_calibration(fmr_grid=(3e-5, 1e-3), distance_grid=(0.6, 0.8))
    monkeypatch.setattr("facelock.services.calibration.load_calibration", lambda: coarse)
    code, said = run_json("verify")
    assert (code, said["verdict"], said["mode"]) == (Exit.USAGE, "name-needed", "name-first")
    assert "--person" in said["reason"]
    assert fake_machine.camera.opens == 0
    fake_machine.shows(shown(2, 60))
    assert run_json("verify", "--person", "Grace")[0] == Exit.OK


def test_a_person_of_an_older_head_is_renewed_and_matches(
    run_json: RunJson, fake_machine: FakeMachine
) -> None:
    fake_machine.enrol_as(replace(made_up_profile(1), model_sha256="a" * 64))
    fake_machine.shows(shown(1, 60))
    assert run_json("verify")[0] == Exit.OK
    with closing(fake_machine.store()) as store:
        assert [one.model_sha256 for one in store.profiles] == [MODEL]


def test_with_a_head_that_was_trained_here_it_compares_under_that(
    run_json: RunJson, fake_machine: FakeMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle_the_fake_network(monkeypatch)
    fake_machine.enrol(1, "Ada")
    head = a_version(5, made_up_profile(1).profile_id)
    with closing(fake_machine.store()) as store:
        access = Access(store, SystemClock())
        access.confirm(access.slow_open(made_up_profile(1).profile_id, PASSPHRASE))
        assert access.heads.adopt(access.heads.slow_stage(head))
    fake_machine.enrol_as(made_up_profile(2, "Grace"))  # as somebody from a backup: another head's
    fake_machine.shows(shown(1, 60))
    code, said = run_json("verify")
    assert (code, said["name"], said["mode"]) == (Exit.OK, "Ada", "1:N")
    fake_machine.shows(shown(3, 60))
    assert run_json("verify")[0] == Exit.NO
    assert run_json("status")[1]["recognises"] == "1:N"
    with closing(fake_machine.store()) as store:
        assert {one.network for one in store.profiles} == {head.network}


def test_a_person_of_an_older_backbone_without_pictures_is_told_what_to_do(
    run_json: RunJson, fake_machine: FakeMachine
) -> None:
    fake_machine.enrol_as(of_another_backbone(1, "Ada"))
    fake_machine.shows(shown(1, 60))
    code, said = run_json("verify")
    assert code == Exit.LOCKED_OUT
    assert "enrol again" in said["reason"]
    assert fake_machine.camera.opens == 0
    with closing(fake_machine.store()) as store:
        assert store.machine.failures == 0


def test_no_distance_is_told(fake_machine: FakeMachine, capsys: pytest.CaptureFixture[str]) -> None:
    fake_machine.enrol()
    fake_machine.shows(shown(2, 60))
    main(["verify", "--json"])
    assert "distance" not in capsys.readouterr().out


def test_a_short_time_out_gives_no_comparison_for_free(
    run_json: RunJson, fake_machine: FakeMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_machine.enrol()
    fake_machine.shows(shown(2, 60))
    # Time stands still for six frames: enough for the first comparison, not for the third.
    ticks = iter([0.0] * 8)
    monkeypatch.setattr(
        verify, "time", SimpleNamespace(monotonic=lambda: next(ticks, 99.0), time=lambda: 0.0)
    )
    code, said = run_json("verify", "--timeout", "1")
    assert code == Exit.NO
    assert said["reason"] == "no match in time"
    with closing(fake_machine.store()) as store:
        assert store.machine.failures == 1


def test_repeated_failures_end_in_a_lock_out(run_json: RunJson, fake_machine: FakeMachine) -> None:
    fake_machine.enrol()
    fake_machine.shows(shown(2, 60))
    codes = [run_json("verify")[0] for _ in range(4)]
    assert codes == [Exit.NO, Exit.NO, Exit.NO, Exit.LOCKED_OUT]
    fake_machine.shows(shown(1, 60))
    assert run_json("verify")[0] == Exit.LOCKED_OUT


def test_only_the_passphrase_means_locked_out(run_json: RunJson, fake_machine: FakeMachine) -> None:
    fake_machine.enrol()
    with closing(fake_machine.store()) as store:
        store.save_machine(replace(store.machine, passphrase_only=Why.TOO_MANY_FAILURES))
    fake_machine.shows(shown(1, 60))
    code, said = run_json("verify")
    assert code == Exit.LOCKED_OUT
    assert "too-many-failures" in said["reason"]
    assert fake_machine.camera.opens == 0


def test_a_store_whose_keyring_is_gone_means_locked_out(
    run_json: RunJson, fake_machine: FakeMachine
) -> None:
    fake_machine.enrol()
    fake_machine.secrets.kept.clear()
    assert run_json("verify")[0] == Exit.LOCKED_OUT


def test_an_empty_room_is_no_failed_attempt(run_json: RunJson, fake_machine: FakeMachine) -> None:
    fake_machine.enrol()
    fake_machine.shows(shown(None, 30))
    code, said = run_json("verify", "--timeout", "0.2")
    assert code == Exit.NO_FACE
    assert said["reason"] == "no face"
    with closing(fake_machine.store()) as store:
        assert store.machine.failures == 0


def test_simulated_frames_never_verify_a_real_person(
    run_json: RunJson, fake_machine: FakeMachine
) -> None:
    fake_machine.enrol()
    fake_machine.shows(shown(1, 60, simulated=True))
    code, said = run_json("verify")
    assert code == Exit.NO_FACE
    assert said["error"] == "SimulatedCameraRefused"


def test_nobody_enrolled_exits_4_and_makes_no_store(
    run_json: RunJson, fake_machine: FakeMachine
) -> None:
    assert run_json("verify")[0] == Exit.NOT_ENROLLED
    assert not machine.paths().data.exists()


def test_no_camera_exits_3(
    run_json: RunJson, fake_machine: FakeMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(wanted: str | None) -> None:
        raise CameraNotFound("none")

    fake_machine.enrol()
    monkeypatch.setattr(machine, "find_camera", none)
    code, said = run_json("verify")
    assert code == Exit.NO_FACE
    assert "Connect one" in said["message"]


def test_a_store_that_the_window_holds_exits_3_and_never_counts(
    run_json: RunJson, fake_machine: FakeMachine
) -> None:
    fake_machine.enrol()
    fake_machine.shows(shown(1, 60))
    with closing(fake_machine.store()):
        code, said = run_json("verify")
    assert (code, said["verdict"]) == (Exit.NO_FACE, "cannot-look")
    assert "close it" in said["reason"]
    assert fake_machine.camera.opens == 0
    with closing(fake_machine.store()) as store:
        assert store.machine.failures == 0


def test_the_numbers_that_scripts_rely_on_never_change() -> None:
    assert {one.name: int(one) for one in Exit} == {
        "OK": 0,
        "NO": 1,
        "LOCKED_OUT": 2,
        "NO_FACE": 3,
        "NOT_ENROLLED": 4,
        "DEMO": 5,
        "USAGE": 64,
        "INTERNAL": 70,
        "INTERRUPTED": 130,
        "BROKEN_PIPE": 141,
    }
