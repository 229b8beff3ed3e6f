"""`facelock activity` on a real store in a temporary folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fake_machine import FakeMachine

from facelock.cli.exit_codes import Exit

RunJson = Callable[..., tuple[int, dict[str, Any]]]
Answers = Callable[..., None]
SECRET = "seven quiet otters swim"


def _kinds(said: dict[str, Any]) -> list[str]:
    return [entry["what"] for entry in said["activity"]]


def test_nobody_enrolled_has_no_activity(run_json: RunJson, fake_machine: FakeMachine) -> None:
    assert run_json("activity")[0] == Exit.NOT_ENROLLED


def test_it_asks_the_passphrase_and_shows_what_was_refused(
    run_json: RunJson, fake_machine: FakeMachine, answers: Answers
) -> None:
    fake_machine.enrol(1, "Ada")
    answers("not the passphrase")
    assert run_json("activity")[0] == Exit.NO
    answers(SECRET)
    code, said = run_json("activity", "--kind", "refusals", "--since", "1")
    assert code == Exit.OK
    assert _kinds(said) == ["passphrase-refused"]
    assert said["activity"][0]["who"] == "Ada"


def test_one_of_several_says_who_they_are(
    run_json: RunJson, fake_machine: FakeMachine, answers: Answers
) -> None:
    fake_machine.enrol(1, "Ada")
    fake_machine.enrol(2, "Grace")
    answers("Grace", SECRET)
    assert run_json("activity")[0] == Exit.OK
    answers("nobody", SECRET)
    assert run_json("activity")[0] == Exit.NOT_ENROLLED


def test_an_export_is_a_file_and_an_entry(
    run_json: RunJson, fake_machine: FakeMachine, answers: Answers, tmp_path: Path
) -> None:
    fake_machine.enrol(1, "Ada")
    answers("not the passphrase")
    run_json("activity")
    target = tmp_path / "log.json"
    answers(SECRET)
    assert run_json("activity", "Ada", "--export", str(target)) == (Exit.OK, {"exported": 1})
    assert _kinds(json.loads(target.read_text())) == ["passphrase-refused"]
    answers(SECRET)
    assert _kinds(run_json("activity")[1])[-1] == "log-exported"
