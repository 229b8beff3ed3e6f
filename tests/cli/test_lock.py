"""`facelock lock`: locked is what it says, or it says that it does not know."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fake_machine import FakeMachine

from facelock.cli import lock, machine
from facelock.cli.exit_codes import Exit
from facelock.cli.main import main
from facelock.desktop.lock_request import LockAnswer

RunJson = Callable[..., tuple[int, dict[str, Any]]]


def test_where_nothing_runs_it_is_locked(run_json: RunJson, fake_machine: FakeMachine) -> None:
    code, said = run_json("lock")
    assert (code, said) == (Exit.OK, {"locked": True, "answer": "nothing-runs"})
    assert not machine.paths().state.exists()


def test_a_window_that_does_not_answer_is_told(
    fake_machine: FakeMachine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(lock, "ask_to_lock", lambda folder: LockAnswer.NO_ANSWER)
    assert main(["lock"]) == Exit.NO
    assert "did not answer" in capsys.readouterr().out


def test_a_folder_that_cannot_be_used_is_no_claim_that_it_is_locked(
    run_json: RunJson, fake_machine: FakeMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unusable(folder: Path) -> LockAnswer:
        raise PermissionError(1, "somebody else's")

    monkeypatch.setattr(lock, "ask_to_lock", unusable)
    code, said = run_json("lock")
    assert (code, said["locked"]) == (Exit.NO, False)
