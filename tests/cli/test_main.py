"""The command line as a whole: usage, speed, and what becomes of errors."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from facelock.cli import compare
from facelock.cli.exit_codes import Exit
from facelock.cli.main import build_parser, main
from facelock.core.errors import Cancelled
from facelock.desktop.paths import Paths

HEAVY = ("cv2", "numpy", "PySide6", "torch", "cryptography", "keyring", "platformdirs", "msgspec")


def _commands() -> dict[str, argparse.ArgumentParser]:
    (action,) = (
        action
        for action in build_parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    )
    return dict(action.choices)


@pytest.mark.parametrize("name", sorted(_commands()))
def test_every_help_has_examples_and_exit_codes(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([name, "--help"]) == Exit.OK
    shown = capsys.readouterr().out
    assert f"facelock {name}" in shown.partition("examples:")[2]
    codes = shown.partition("exit codes:")[2]
    assert " 0 " in codes
    assert "64  wrong usage" in codes
    assert "70  internal error" in codes


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["no-such-command"],
        ["compare", "only-one.jpg"],
        ["compare", "--level", "lenient", "a.jpg", "b.jpg"],
        ["compare", "--no-such-option", "a.jpg", "b.jpg"],
        ["simulate", "--enrol", "a.mp4"],
        ["--level", "convenient", "status"],
        ["verify", "--level", "convenient"],
        ["verify", "--timeout", "soon"],
        ["people", "paint", "me"],
    ],
)
def test_wrong_usage_exits_64_and_says_where_to_read(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == Exit.USAGE
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "--help" in captured.err


def test_help_and_wrong_usage_import_nothing_heavy() -> None:
    program = (
        "import sys\n"
        "from facelock.cli.main import main\n"
        "assert main(['--help']) == 0 and main(['compare', '--help']) == 0\n"
        "assert main(['compare', 'a']) == 64\n"
        f"sys.exit(', '.join(set({HEAVY!r}) & sys.modules.keys()) or 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif("sys.platform == 'win32'")
def test_help_prints_in_under_three_tenths_of_a_second() -> None:
    def seconds() -> float:
        # Of the processor, not of the clock: other tests run beside this one.
        before = os.times()
        subprocess.run(
            [sys.executable, "-m", "facelock", "--help"], check=True, stdout=subprocess.DEVNULL
        )
        after = os.times()
        return (after.children_user - before.children_user) + (
            after.children_system - before.children_system
        )

    assert min(seconds() for _ in range(3)) < 0.3


def test_version_is_the_one_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == Exit.OK
    assert capsys.readouterr().out == f"facelock {version('facelock-desktop')}\n"


@pytest.mark.allow_logs("an internal error is logged, without its text")
def test_an_unexpected_error_is_one_sentence_and_70(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(args: argparse.Namespace) -> int:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(compare, "run", fail)
    assert main(["compare", "a", "b", "--json"]) == Exit.INTERNAL
    captured = capsys.readouterr()
    assert json.loads(captured.out)["error"] == "ZeroDivisionError"
    assert "Traceback" not in captured.err
    assert "secret detail" not in captured.out + captured.err
    log = Paths.default().log_file.read_text()
    assert "unexpected ZeroDivisionError in" in log
    assert "fail" in log
    assert "secret detail" not in log


@pytest.mark.parametrize(
    "command", [["compare", "diary.jpg", "diary.jpg"], ["simulate", "--enrol", "diary.mp4"]]
)
def test_the_log_names_no_file(command: list[str], tmp_path: Path) -> None:
    command = [str(tmp_path / one) if one.startswith("diary") else one for one in command]
    if command[0] == "simulate":
        command += ["--probe", command[-1]]
    assert main(command) == Exit.NO_FACE
    assert main(["evaluate", command[-1]]) == Exit.USAGE
    log = Paths.default().log_file.read_text()
    assert "PictureUnreadable" in log
    assert "EvaluationError" in log
    assert "diary" not in log


@pytest.mark.parametrize("stop", [KeyboardInterrupt, Cancelled])
def test_ctrl_c_is_quiet_and_130(
    stop: type[BaseException], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(args: argparse.Namespace) -> int:
        raise stop

    monkeypatch.setattr(compare, "run", interrupted)
    assert main(["compare", "a", "b"]) == Exit.INTERRUPTED
    assert capsys.readouterr() == ("", "")


def test_a_reader_that_is_gone_is_no_error_of_ours() -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "facelock", "compare", "a", "b", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        text=True,
    )
    assert program.stdout is not None
    program.stdout.close()
    assert program.stderr is not None
    with program.stderr:
        said = program.stderr.read()
    program.wait()
    assert "Traceback" not in said
    assert "BrokenPipe" not in said
    assert program.returncode == Exit.BROKEN_PIPE


def test_a_frozen_program_may_be_started_as_its_own_worker(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("sys.frozen", True, raising=False)
    monkeypatch.setattr("multiprocessing.freeze_support", lambda: asked.append("frozen"))
    assert main(["--help"]) == Exit.OK
    assert asked == ["frozen"]
