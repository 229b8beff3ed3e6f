"""`facelock people` and `facelock status` on a real store in a temporary folder."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from fake_machine import FakeMachine
from fakes import made_up_profile, of_another_backbone
from remembered_looks import with_looks

from facelock.cli import machine
from facelock.cli.exit_codes import Exit
from facelock.cli.main import main

RunJson = Callable[..., tuple[int, dict[str, Any]]]
Answers = Callable[..., None]
SECRET = "seven quiet otters swim"


def _names(run_json: RunJson) -> list[str]:
    return [person["name"] for person in run_json("people")[1]["people"]]


def test_a_new_machine_has_nobody_and_stays_untouched(
    run_json: RunJson, fake_machine: FakeMachine
) -> None:
    assert run_json("people") == (Exit.OK, {"people": []})
    code, said = run_json("status")
    assert code == Exit.OK
    assert said["lock"] == "not set up"
    assert not machine.paths().data.exists()


def test_people_are_listed_renamed_and_removed(
    run_json: RunJson, fake_machine: FakeMachine, answers: Answers
) -> None:
    fake_machine.enrol(1, "Ada")
    fake_machine.enrol(2, "Grace")
    assert _names(run_json) == ["Ada", "Grace"]
    answers(SECRET)
    code, said = run_json("people", "rename", "ada", "Ada Lovelace")
    assert (code, said["name"]) == (Exit.OK, "Ada Lovelace")
    answers("Grace", SECRET)
    assert run_json("people", "remove", "Grace")[0] == Exit.OK
    assert _names(run_json) == ["Ada Lovelace"]


def test_a_damaged_key_file_keeps_nobody_elses_passphrase_from_serving(
    run_json: RunJson, fake_machine: FakeMachine, answers: Answers
) -> None:
    fake_machine.enrol(1, "Ada")
    fake_machine.enrol(2, "Grace")
    people = {one["name"]: one["profile_id"] for one in run_json("people")[1]["people"]}
    keys = machine.paths().store / "people" / f"{people['Ada']}.keys"
    whole = keys.read_bytes()
    keys.write_bytes(b"{}")
    answers(SECRET)
    assert run_json("people", "rename", "Grace", "Grace Hopper")[0] == Exit.OK
    answers("not the passphrase")
    assert run_json("people", "rename", "Grace Hopper", "X")[1]["error"] == "WrongPassphrase"
    keys.write_bytes(whole)
    assert _names(run_json) == ["Ada", "Grace Hopper"]


def test_a_wrong_passphrase_removes_nobody(
    run_json: RunJson, fake_machine: FakeMachine, answers: Answers
) -> None:
    fake_machine.enrol(1, "Ada")
    answers("not the passphrase")
    assert run_json("people", "remove", "Ada", "--yes")[0] == Exit.NO
    assert _names(run_json) == ["Ada"]


def test_removing_asks_for_the_name_again_and_says_that_the_vault_goes(
    fake_machine: FakeMachine,
    answers: Answers,
    capsys: pytest.CaptureFixture[str],
    run_json: RunJson,
) -> None:
    fake_machine.enrol(1, "Ada")
    answers("Grace", SECRET)
    assert main(["people", "remove", "Ada"]) == Exit.INTERRUPTED
    assert "vault" in capsys.readouterr().err
    assert _names(run_json) == ["Ada"]
    answers(SECRET)
    assert main(["people", "remove", "Ada", "--yes"]) == Exit.OK


def test_looks_are_listed_and_can_be_forgotten_but_not_the_last_enrolled_one(
    run_json: RunJson,
    fake_machine: FakeMachine,
    answers: Answers,
    capsys: pytest.CaptureFixture[str],
) -> None:
    fake_machine.enrol_as(with_looks(made_up_profile(1), 1))
    (ada,) = run_json("people")[1]["people"]
    usual, remembered = ada["looks"]
    assert (usual["name"], usual["source"], usual["expires"]) == ("usual", "enrolled", None)
    assert (remembered["name"], remembered["source"]) == ("remembered-1", "remembered")
    assert remembered["expires"] > remembered["added"]
    main(["people"])
    assert "remembered-1: remembered 2027-01-15, until 2027-04-15" in capsys.readouterr().out
    answers("wrong")
    assert run_json("people", "forget-look", "Ada", "remembered-1")[0] == Exit.NO
    answers(SECRET)
    code, said = run_json("people", "forget-look", "Ada", "remembered-1")
    assert (code, said["forgotten"]) == (Exit.OK, "remembered-1")
    for look in ("remembered-1", "usual"):
        answers(SECRET)
        assert run_json("people", "forget-look", "Ada", look)[0] == Exit.NOT_ENROLLED
    (ada,) = run_json("people")[1]["people"]
    assert [look["name"] for look in ada["looks"]] == ["usual"]


def test_a_name_that_is_taken_stays_so(
    run_json: RunJson, fake_machine: FakeMachine, answers: Answers
) -> None:
    fake_machine.enrol(1, "Ada")
    fake_machine.enrol(2, "Grace")
    answers(SECRET)
    code, said = run_json("people", "rename", "Grace", "ADA")
    assert (code, said["error"]) == (Exit.NO, "NameTaken")


def test_an_unknown_person_exits_4(run_json: RunJson, fake_machine: FakeMachine) -> None:
    assert run_json("people", "remove", "Ada")[0] == Exit.NOT_ENROLLED
    fake_machine.enrol(1, "Ada")
    assert run_json("people", "remove", "Grace")[0] == Exit.NOT_ENROLLED


def test_status_tells_people_level_lock_and_liveness(
    run_json: RunJson, fake_machine: FakeMachine
) -> None:
    fake_machine.enrol(1, "Ada")
    said = run_json("status")[1]
    assert said["people"] == ["Ada"]
    assert said["recognises"] == "1:1"
    assert said["level"] == "balanced"
    assert said["lock"] == "locked"
    assert said["liveness"] == ["surroundings", "geometry", "eyes"]
    assert said["keyring"] == "system"
    assert said["camera"] == "Fake camera"


def test_status_of_a_sealed_store_tells_no_names(
    run_json: RunJson, fake_machine: FakeMachine
) -> None:
    fake_machine.enrol(1, "Ada")
    fake_machine.secrets.kept.clear()
    said = run_json("status")[1]
    assert said["people"] is None
    assert said["level"] == "strict"
    assert "passphrase only" in said["lock"]


def test_whose_face_opens_nothing_under_a_new_network_is_told_what_to_do(
    run_json: RunJson, fake_machine: FakeMachine, capsys: pytest.CaptureFixture[str]
) -> None:
    fake_machine.enrol(1, "Ada")
    fake_machine.enrol_as(of_another_backbone(2, "Grace"))
    said = run_json("status")[1]
    assert said["enrol_again"] == run_json("people")[1]["enrol_again"] == ["Grace"]
    for command in ("status", "people"):
        assert main([command]) == Exit.OK
        text = capsys.readouterr().out
        assert "Grace: Facelock's network was renewed" in text
        assert "facelock people remove 'Grace'" in text
        assert "Ada: Facelock's network" not in text


def test_who_can_be_renewed_need_not_be_told(run_json: RunJson, fake_machine: FakeMachine) -> None:
    fake_machine.enrol_as(replace(made_up_profile(1), model_sha256="a" * 64))
    assert run_json("status")[1]["enrol_again"] == []


def test_a_sealed_store_lists_people_after_a_passphrase(
    run_json: RunJson, fake_machine: FakeMachine, answers: Answers
) -> None:
    fake_machine.enrol(1, "Ada")
    fake_machine.secrets.kept.clear()
    answers(SECRET)
    assert _names(run_json) == ["Ada"]


def test_a_store_in_use_is_said_in_words(
    fake_machine: FakeMachine, capsys: pytest.CaptureFixture[str]
) -> None:
    fake_machine.enrol(1, "Ada")
    with closing(fake_machine.store()):
        assert main(["status"]) == Exit.INTERNAL
    assert "open already" in capsys.readouterr().err
