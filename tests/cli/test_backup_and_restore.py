"""`facelock backup` and `facelock restore` on real stores in temporary folders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fake_machine import FakeMachine

from facelock.cli.exit_codes import Exit
from facelock.cli.main import main
from facelock.vault.keys import KDF_FLOOR

RunJson = Callable[..., tuple[int, dict[str, Any]]]
Answers = Callable[..., None]
PASSPHRASE = "seven quiet otters swim"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch, fake_machine: FakeMachine) -> None:
    monkeypatch.setattr("facelock.vault.key_files.calibrated", lambda: KDF_FLOOR)
    fake_machine.enrol(1, "Ada")


def test_a_person_is_backed_up_erased_and_put_back(
    run_json: RunJson, answers: Answers, tmp_path: Path
) -> None:
    file = tmp_path / "ada.facelock"
    answers(PASSPHRASE)
    code, said = run_json("backup", str(file))
    assert (code, said["items"], said["bytes"]) == (Exit.OK, 0, file.stat().st_size)
    answers(PASSPHRASE)
    assert run_json("people", "remove", "--yes", "Ada")[0] == Exit.OK
    answers(PASSPHRASE)
    assert run_json("restore", str(file)) == (Exit.OK, {"restored": "Ada", "items": 0})
    assert [one["name"] for one in run_json("people")[1]["people"]] == ["Ada"]


def test_nothing_is_replaced_unasked(run_json: RunJson, answers: Answers, tmp_path: Path) -> None:
    file = tmp_path / "ada.facelock"
    answers(PASSPHRASE)
    assert run_json("backup", "--person", "Ada", str(file))[0] == Exit.OK
    answers(PASSPHRASE)
    assert run_json("backup", str(file))[1]["error"] == "BackupUnwritable"
    answers(PASSPHRASE)
    assert run_json("backup", "--force", str(file))[0] == Exit.OK
    assert run_json("restore", str(file))[1]["error"] == "NameTaken"
    answers(PASSPHRASE, PASSPHRASE)
    assert run_json("restore", "--replace", str(file))[0] == Exit.OK
    answers("not the passphrase")
    assert run_json("restore", "--replace", str(file))[1]["error"] == "WrongPassphrase"


def test_beside_others_with_the_recovery_key(
    run_json: RunJson,
    answers: Answers,
    tmp_path: Path,
    fake_machine: FakeMachine,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "ada.facelock"
    answers(PASSPHRASE)
    assert main(["recovery", "--new"]) == Exit.OK
    (key,) = capsys.readouterr().out.splitlines()
    answers(PASSPHRASE)
    assert run_json("backup", str(file))[0] == Exit.OK
    answers(PASSPHRASE)
    assert run_json("people", "remove", "--yes", "Ada")[0] == Exit.OK
    fake_machine.enrol(2, "Grace")
    answers(PASSPHRASE, key)
    assert run_json("restore", "--recovery", str(file))[0] == Exit.OK
    assert {one["name"] for one in run_json("people")[1]["people"]} == {"Ada", "Grace"}


def test_what_is_no_backup_is_said_to_be_none(run_json: RunJson, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"junk")
    assert run_json("restore", str(tmp_path / "x"))[1]["error"] == "BackupUnreadable"
