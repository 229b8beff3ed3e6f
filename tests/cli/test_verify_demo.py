"""`facelock verify --demo-folder`: quick, without a display, and it never exits 0."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fake_machine import FakeMachine
from fakes import shown

from facelock.cli import verify_demo
from facelock.cli.exit_codes import Exit
from facelock.core.errors import NotEnrolled
from facelock.desktop.paths import Paths
from facelock.services.demo_cast import DemoCast
from facelock.services.demo_store import open_demo_folder
from facelock.vault.keyring import NoKeyring
from facelock.vault.store import ProfileStore

RunJson = Callable[..., tuple[int, dict[str, Any]]]
START_TO_VERDICT_SECONDS = 1.5

UNDER_PAM = {"PAM_SERVICE": "sudo", "PAM_TYPE": "auth", "PAM_USER": "ada", "PAM_RHOST": ""}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a demo whose owner is enrolled."""
    made = tmp_path_factory.mktemp("demo")
    with verify_demo.opened_demo(made) as access:
        assert access.is_enrolled
    return made


def start(folder: Path, *options: str, program: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, without a display, as PAM would."""
    shown = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {key: value for key, value in os.environ.items() if key not in shown}
    how = ["-c", program] if program else ["-m", "facelock"]
    return subprocess.run(
        [sys.executable, *how, "verify", "--demo-folder", str(folder), *options],
        env={**environment, **UNDER_PAM},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_owner_matches_and_that_proves_nothing(folder: Path) -> None:
    done = start(folder, "--json")
    assert done.returncode == Exit.DEMO
    said = json.loads(done.stdout)
    assert (said["verdict"], said["name"]) == ("match", DemoCast.owner_name)
    assert said["demo"] is True


def test_in_words_it_is_said_to_be_a_demo(folder: Path) -> None:
    done = start(folder)
    assert done.returncode == Exit.DEMO
    assert done.stdout == f"DEMO, which proves nothing: MATCH: {DemoCast.owner_name}\n"


def test_from_the_start_of_the_process_to_the_verdict_it_is_quick(folder: Path) -> None:
    def seconds() -> tuple[float, float]:
        """Return those of the clock and those of the processor."""
        began, before = time.perf_counter(), os.times()
        assert start(folder).returncode == Exit.DEMO
        took, after = time.perf_counter() - began, os.times()
        user = after.children_user - before.children_user
        return took, user + after.children_system - before.children_system

    clock, processor = zip(*(seconds() for _ in range(3)), strict=True)
    # Twice of each: other tests run beside this one, and OpenCV's threads wait for each other by
    # spinning. `time facelock verify --demo-folder` on a quiet machine tells the true.
    assert min(clock) < 2 * START_TO_VERDICT_SECONDS
    assert min(processor) < 2 * START_TO_VERDICT_SECONDS


def test_nothing_is_loaded_that_it_does_not_need(folder: Path) -> None:
    heavy = {"PySide6", "torch", "matplotlib", "pyqtgraph", "zxcvbn"}
    program = (
        "import sys\n"
        "from facelock.cli.main import main\n"
        "assert main(sys.argv[1:]) == 5\n"
        f"sys.exit(', '.join({heavy!r} & sys.modules.keys()) or 0)\n"
    )
    done = start(folder, program=program)
    assert done.returncode == 0, done.stderr


def test_a_stranger_exits_5_too(
    folder: Path, run_json: RunJson, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = DemoCast(realtime=False, loop=True)
    monkeypatch.setattr(verify_demo, "demo_camera", lambda: cast.stranger_glance(1))
    code, said = run_json("verify", "--demo-folder", str(folder))
    assert (code, said["verdict"], said["demo"]) == (Exit.DEMO, "no-match", True)
    with closing(open_demo_folder(Paths.below(folder).data)) as store:
        assert store.machine.failures == 1


def test_a_demo_that_is_in_use_exits_5_too(folder: Path, run_json: RunJson) -> None:
    with closing(open_demo_folder(Paths.below(folder).data)):
        code, said = run_json("verify", "--demo-folder", str(folder))
    assert (code, said["verdict"], said["demo"]) == (Exit.DEMO, "cannot-look", True)


def test_a_real_store_is_never_opened_as_a_demo(tmp_path: Path, run_json: RunJson) -> None:
    ProfileStore.open(Paths.below(tmp_path).store, NoKeyring(), demo=False).close()
    code, _ = run_json("verify", "--demo-folder", str(tmp_path))
    assert code not in {Exit.OK, Exit.DEMO}


def test_an_empty_name_of_a_folder_is_no_real_verification(
    run_json: RunJson, fake_machine: FakeMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_machine.enrol()
    fake_machine.shows(shown(1, 60))
    asked: list[Path] = []

    def nobody(folder: Path) -> None:
        asked.append(folder)
        raise NotEnrolled

    monkeypatch.setattr(verify_demo, "opened_demo", nobody)
    assert run_json("verify", "--demo-folder", "")[0] == Exit.NOT_ENROLLED
    assert asked == [Path()]
    assert fake_machine.camera.opens == 0
