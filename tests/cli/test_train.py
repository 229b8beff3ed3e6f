"""`facelock train`: what it says and how it exits, on a recipe of the test's own."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from facelock.cli.exit_codes import Exit
from facelock.cli.main import main
from facelock.core.errors import RunFolderUnwritable, TrainingDiverged
from facelock.services import training
from facelock.services.training_recipe import Outcome, Recipe
from facelock.services.training_run import Remark, Run

RunJson = Callable[..., tuple[int, dict[str, Any]]]


class Counting:
    """A recipe that counts to its epochs; something happens at one of them."""

    def __init__(self) -> None:
        self.happens: Callable[[], object] = lambda: None

    def __call__(self, run: Run) -> Outcome:
        begun = run.folder.read("count")
        run.tell(Remark("counting"))
        for number in range(int(begun or 0) + 1, run.epochs + 1):
            run.folder.write("count", str(number).encode())
            if number == 2:
                self.happens()
            run.progress("count", number, run.epochs)
        return Outcome({"counted": run.epochs, "seed": run.seed}, (f"counted to {run.epochs}",))


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Counting:
    run = Counting()
    monkeypatch.setattr(training, "RECIPES", {"count": Recipe("count", "counts", "files", 3, run)})
    return run


@pytest.fixture
def given(tmp_path: Path, counting: Counting) -> list[str]:
    (tmp_path / "data").mkdir()
    data, out = str(tmp_path / "data"), str(tmp_path / "run")
    return ["train", "--recipe", "count", "--data", data, "--out", out]


def test_it_prints_what_came_of_it(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(given) == Exit.OK
    said = capsys.readouterr()
    assert said.out == "counted to 3\n"
    assert "counting" in said.err


def test_json_is_the_only_output(given: list[str], run_json: RunJson, tmp_path: Path) -> None:
    code, said = run_json(*given, "--seed", "7", "--epochs", "2")
    assert code == Exit.OK
    assert said == {"counted": 2, "seed": 7}
    assert json.loads((tmp_path / "run" / "result.json").read_text()) == said


def test_ctrl_c_saves_and_says_how_to_go_on(
    given: list[str], run_json: RunJson, counting: Counting, tmp_path: Path
) -> None:
    counting.happens = lambda: signal.raise_signal(signal.SIGINT)
    before = signal.getsignal(signal.SIGINT)
    code, said = run_json(*given)
    assert code == Exit.INTERRUPTED
    assert said["error"] == "Cancelled"
    assert said["message"].endswith(f"--out {tmp_path / 'run'} --resume")
    assert signal.getsignal(signal.SIGINT) is before
    counting.happens = lambda: None
    code, said = run_json(*given, "--resume")
    assert code == Exit.OK
    assert said["counted"] == 3


def test_ctrl_c_twice_stops_at_once(
    given: list[str], counting: Counting, capsys: pytest.CaptureFixture[str]
) -> None:
    def twice() -> None:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    counting.happens = twice
    assert main(given) == Exit.INTERRUPTED
    assert "once more" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ((), "holds a run already"),
        (("--resume", "--seed", "2"), "its seed is 1"),
        (("--resume", "--epochs", "9"), "its epochs are 3"),
    ],
)
def test_a_folder_that_cannot_be_used_is_wrong_usage(
    given: list[str],
    capsys: pytest.CaptureFixture[str],
    more: tuple[str, ...],
    says: str,
) -> None:
    assert main(given) == Exit.OK
    assert main([*given, *more]) == Exit.USAGE
    assert says in capsys.readouterr().err


def test_missing_data_are_wrong_usage(given: list[str], run_json: RunJson, tmp_path: Path) -> None:
    (tmp_path / "data").rmdir()
    code, said = run_json(*given)
    assert code == Exit.USAGE
    assert str(tmp_path / "data") in said["message"]


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (RunFolderUnwritable("run/x: No space left on device"), Exit.INTERNAL, "make room"),
        (TrainingDiverged("head: epoch 3"), Exit.NO, "head: epoch 3"),
    ],
)
def test_what_goes_wrong_is_said_in_a_sentence(
    given: list[str],
    counting: Counting,
    run_json: RunJson,
    error: Exception,
    code: Exit,
    says: str,
) -> None:
    def fail() -> None:
        raise error

    counting.happens = fail
    exit_code, said = run_json(*given)
    assert exit_code == code
    assert says in said["message"]


def test_too_few_people_are_said_by_the_real_recipe(run_json: RunJson, tmp_path: Path) -> None:
    (tmp_path / "orl" / "training").mkdir(parents=True)
    data, out = str(tmp_path / "orl"), str(tmp_path / "run")
    code, said = run_json("train", "--recipe", "reference-orl", "--data", data, "--out", out)
    assert code == Exit.USAGE
    assert "shows 0 people" in said["message"]
    assert "12 are needed" in said["message"]


@pytest.mark.parametrize(
    "wrong",
    [("--recipe", "nonsense"), ("--epochs", "0"), ("--seed", "-1"), ("--seed", "one")],
)
def test_wrong_options_are_wrong_usage(
    given: list[str], capsys: pytest.CaptureFixture[str], wrong: tuple[str, str]
) -> None:
    assert main([*given, *wrong]) == Exit.USAGE
    assert wrong[0] in capsys.readouterr().err


def test_the_help_lists_the_recipes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "--help"]) == Exit.OK
    assert "reference-orl" in capsys.readouterr().out
