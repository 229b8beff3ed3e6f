"""Threat-model row 15: no environment variable and no debug flag is read on the unlock path."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fakes import MODEL, fake_pipeline, made_up_profile, shown

import facelock
from facelock.cli.main import build_parser, main
from facelock.core.errors import SimulatedCameraRefused
from facelock.core.levels import Level
from facelock.core.observation import Match
from facelock.core.template import make_gallery
from facelock.services.recognition import Recogniser

pytestmark = pytest.mark.security

PACKAGE = Path(facelock.__file__).parent
READERS = {"environ", "environb", "getenv", "getenvb"}
ALLOWED = {
    "vision/opencv_environment.py": "writes OpenCV's own settings and reads none",
    "services/evaluation_plot.py": "gives matplotlib a throw-away cache folder for a plot",
    "cli/demo.py": "is there a display: window or terminal, for the demo alone",
    "desktop/display.py": "is there a display: window or terminal",
}
"""Modules that may name the environment, and why that is not on the unlock path."""

TEMPTING = {
    "FACELOCK_DEBUG": "1",
    "FACELOCK_DEMO": "1",
    "FACELOCK_SIMULATE": "1",
    "FACELOCK_SIMULATED_CAMERA": "1",
    "FACELOCK_CAMERA": "clip.mp4",
    "FACELOCK_THRESHOLD": "4",
    "FACELOCK_LEVEL": "convenient",
    "FACELOCK_LIVENESS": "0",
    "FACELOCK_UNLOCK": "1",
    "FACELOCK_INSECURE": "1",
    "FACELOCK_PASSPHRASE": "",
    "DEBUG": "1",
    "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
}


def _sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(text)


def _names(tree: ast.Module) -> set[str]:
    """Every name a module mentions: bare, as an attribute, or imported."""
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                found.add(name)
            case ast.ImportFrom(names=names):
                found |= {alias.name for alias in names}
    return found


def test_only_modules_off_the_unlock_path_name_the_environment() -> None:
    named = {path for path, tree in _sources() if _names(tree) & READERS}
    # app.py and ui may tell Qt about the window system; they decide nothing about a face.
    named = {path for path in named if not path.startswith(("ui/", "app"))}
    assert named <= set(ALLOWED)


def test_nothing_behaves_differently_in_a_debug_build() -> None:
    # `python -O` removes assert statements and __debug__ blocks.
    for path, tree in _sources():
        assert "__debug__" not in _names(tree), path


def test_opencv_environment_only_writes() -> None:
    tree = ast.parse((PACKAGE / "vision/opencv_environment.py").read_text(encoding="utf-8"))
    uses = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "environ"
    ]
    assert {node.attr for node in uses} <= {"update"}


@pytest.mark.parametrize("command", ["verify", "enrol"])
def test_commands_on_the_real_lock_have_no_option_for_a_clip_or_a_level(command: str) -> None:
    for option in ("--level=convenient", "--clip=a.mp4", "--simulate", "--demo", "--debug"):
        assert main([command, option]) == 64
    assert not any("debug" in text for text in build_parser().format_help().lower().split())


def test_no_variable_lets_a_simulated_frame_meet_a_real_profile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in TEMPTING.items():
        monkeypatch.setenv(name, value)
    gallery = make_gallery((made_up_profile(1),), Level.BALANCED, demo=False, model_sha256=MODEL)
    recogniser = Recogniser(fake_pipeline(), gallery)
    with pytest.raises(SimulatedCameraRefused):
        recogniser.observe(shown(1, 1, simulated=True)[0])


def test_no_variable_lets_a_stranger_match(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in TEMPTING.items():
        monkeypatch.setenv(name, value)
    gallery = make_gallery((made_up_profile(1),), Level.BALANCED, demo=False, model_sha256=MODEL)
    recogniser = Recogniser(fake_pipeline(), gallery)
    seen = [recogniser.observe(frame).observation for frame in shown(2, 60)]
    assert not any(isinstance(observation, Match) for observation in seen)


def test_no_variable_makes_verify_succeed_on_an_empty_machine(tmp_path: Path) -> None:
    # A process of its own: variables that Python or a library reads at the start count too.
    keep: Callable[[str], bool] = lambda name: not name.startswith("COV")  # noqa: E731
    environment = {name: value for name, value in os.environ.items() if keep(name)}
    done = subprocess.run(
        [sys.executable, "-m", "facelock", "verify"],
        env={**environment, **TEMPTING, "HOME": str(tmp_path)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 4, done.stderr
