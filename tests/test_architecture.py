"""The promises of ARCHITECTURE.md that no linter sees."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
import time
import tomllib
from importlib.metadata import entry_points, version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "facelock"
# Issue: 0.3 s. Twice that here: CI's two cores are shared, and this must not fail for a neighbour.
HELP_SECONDS = 0.6


def run(program: str) -> str:
    """Run a program in a fresh interpreter and return what it printed."""
    finished = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def loaded_after(program: str, *names: str) -> set[str]:
    """Return which of the modules a program has loaded by its end."""
    listing = run(f"{program}\nimport sys\nprint('\\n' + ' '.join(sys.modules))")
    return set(names) & set(listing.splitlines()[-1].split())


def modules_of(layer: str) -> list[str]:
    paths = sorted((PACKAGE / layer).rglob("*.py"))
    return [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in paths
        if path.name != "__init__.py"
    ]


def test_the_core_loads_neither_qt_nor_torch_nor_opencv() -> None:
    program = "import " + ", ".join(modules_of("core"))
    assert loaded_after(program, "PySide6", "torch", "cv2", "cryptography", "msgspec") == set()


@pytest.mark.parametrize("layer", ["vision", "vault", "desktop", "services"])
def test_what_unlocks_loads_neither_qt_nor_torch(layer: str) -> None:
    program = "import " + ", ".join(modules_of(layer))
    assert loaded_after(program, "PySide6", "torch") == set()


def test_the_window_does_not_wait_for_torch_or_plots() -> None:
    assert loaded_after("import facelock.app", "torch", "pyqtgraph", "onnx") == set()


HELP = """
import contextlib, io
from facelock.cli.main import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main(["--help"])
"""


def test_help_loads_nothing_heavy() -> None:
    assert loaded_after(HELP, "PySide6", "torch", "cv2", "cryptography") == set()


def test_help_is_there_at_once() -> None:
    times = []
    for _ in range(3):
        began = seconds_of_children()
        run("import sys; from facelock.cli.main import main; sys.exit(main(['--help']))")
        times.append(seconds_of_children() - began)
    assert min(times) < HELP_SECONDS


def seconds_of_children() -> float:
    """The processor's time, which a busy machine hardly stretches; Windows does not tell it."""
    if sys.platform == "win32":
        return time.perf_counter()
    spent = os.times()
    return spent.children_user + spent.children_system


def test_both_commands_lead_somewhere() -> None:
    ours = {
        point.name: point.value
        for group in ("console_scripts", "gui_scripts")
        for point in entry_points(group=group)
        if point.dist is not None and point.dist.name == "facelock-desktop"
    }
    assert ours == {"facelock": "facelock.cli.main:main", "facelock-gui": "facelock.app:main"}


def test_the_version_is_written_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert version("facelock-desktop") == project["version"]
    assert f"[{project['version']}]" in (ROOT / "CHANGELOG.md").read_text()
    written = [path.name for path in PACKAGE.rglob("*.py") if "__version__ =" in path.read_text()]
    assert written == []


def test_packages_hold_a_docstring_and_no_code() -> None:
    for path in PACKAGE.rglob("__init__.py"):
        text = path.read_text().strip()
        if path.parent.name == "vision":  # whoever imports any of it must not load cv2 before this
            text = text.partition("\n\nimport facelock.vision.opencv_environment  # noqa: F401")[0]
        assert re.fullmatch(r'"""[^"]+"""', text), f"{path.relative_to(ROOT)} holds more"


def test_every_picture_the_readme_shows_is_there() -> None:
    shown = re.findall(r"docs/screenshots/[\w-]+\.png", (ROOT / "README.md").read_text())
    assert shown
    assert [name for name in shown if not (ROOT / name).is_file()] == []


def committed_texts() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False
    ).stdout.decode()
    if not listed:
        pytest.skip("not a git checkout")
    suffixes = {".md", ".py", ".toml", ".yaml", ".lock", ".spec", ".json", ".txt", ""}
    paths = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in paths if path.suffix in suffixes and path.is_file()]


def test_no_committed_file_names_a_package_registry_or_a_private_folder() -> None:
    hosts = ["py" + "pi.org", "python" + "hosted", "registry.npm" + "js", "deb.deb" + "ian.org"]
    folders = ["/" + "work/", "/" + "root/"]
    found = [
        f"{path.relative_to(ROOT)}: {needle}"
        for path in committed_texts()
        if "LICENSE" not in path.name
        for needle in hosts + folders
        if needle in path.read_text(errors="replace")
    ]
    assert found == []


def test_the_lock_pins_every_requirement_by_hash_and_leaves_torch_out() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    names = set(re.findall(r"^([a-z0-9-]+)==", lock, flags=re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    required = {
        match.group().lower()
        for text in itertools.chain(*groups)
        if (match := re.match(r"[A-Za-z0-9-]+", text.replace("_", "-")))
    }
    assert required - names == {"torch"}
    assert not any(name.startswith(("nvidia", "cuda", "triton")) for name in names)
    entries = re.split(r"\n(?=[a-z])", lock.split("\n", 1)[1])
    assert all("--hash=sha256:" in entry for entry in entries)


def test_the_wheel_carries_models_pictures_and_licences() -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
    assert wheel["targets"]["wheel"]["force-include"] == {
        "assets": "facelock/assets",
        "models": "facelock/models",
    }
    assert (ROOT / "LICENSE").read_text().lstrip().startswith("Apache License")
    assert "PySide6" in (ROOT / "NOTICE").read_text()
