"""Threat-model row 16: titles, temporary files, recent files, and what a screenshot may show."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes_pages import Bench
from fakes_ui import profile
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_process import a_window

import facelock

pytestmark = pytest.mark.security

PACKAGE = Path(facelock.__file__).parent
NAME = "Mira Underhill"
TEMPORARY = {
    "app.py": "the demo's folder, which holds nobody's data",
    "services/demo.py": "as above, in the terminal",
    "services/retraining_demo.py": "as above, for `facelock retrain --demo`",
    "services/benchmark.py": "a demo store that is measured",
    "services/benchmark_visits.py": "a demo store whose owner comes and goes, and is timed",
    "services/benchmark_verify.py": "a demo store that `facelock verify` is timed on",
    "services/benchmark_vault.py": "random bytes in a throw-away vault, which are timed",
    "services/evaluation_plot.py": "a cache of matplotlib, for a plot of published pictures",
}
"""Modules that may make temporary files, and why nothing private is in them."""


def _sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, tmp_path / "home", people=(profile(NAME, 1), profile("Ana", 2)))
    yield made
    made.close()


def _titles() -> set[str]:
    return {one.windowTitle() for one in QApplication.topLevelWidgets() if one.windowTitle()}


def test_no_title_says_more_than_the_name_of_the_program(bench: Bench) -> None:
    assert _titles() == {"Facelock"}
    bench.unlock()
    for name in bench.shell.entry_names:
        bench.page(name)
        assert _titles() == {"Facelock"}
        assert bench.window.windowFilePath() == ""
        assert bench.window.windowIconText() == ""
    bench.program.open_wizard()
    assert all(NAME not in title for title in _titles())


def test_every_title_in_the_source_is_a_constant() -> None:
    """No name, no file: a title is `tr("...")` of a literal, without anything filled in."""
    for path, tree in _sources():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr not in {"setWindowTitle", "setWindowFilePath", "setWindowIconText"}:
                continue
            (text,) = node.args
            assert node.func.attr == "setWindowTitle", path
            assert isinstance(text, ast.Call), f"{path}:{node.lineno}"
            assert all(isinstance(part, ast.Constant) for part in text.args), (
                f"{path}:{node.lineno}"
            )


def test_only_modules_without_private_data_make_temporary_files() -> None:
    named = {
        path
        for path, tree in _sources()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Import) and "tempfile" in {one.name for one in node.names})
        or (isinstance(node, ast.ImportFrom) and node.module == "tempfile")
        or (isinstance(node, ast.Name) and node.id in {"QTemporaryFile", "QTemporaryDir"})
    }
    assert named <= set(TEMPORARY)


@pytest.mark.skipif("not sys.platform.startswith('linux')", reason="offscreen windows")
def test_a_window_that_is_used_writes_nothing_outside_its_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    with tempfile.TemporaryDirectory(prefix="fl-") as folder:
        monkeypatch.setenv("TMPDIR", str(temporary))
        before = _files(Path(os.environ["HOME"]))
        with a_window(Path(folder)) as window:
            window.tell("unlock")
            assert window.next() == "unlocked"
            window.tell("title")
            assert window.next() == '["Facelock"]'
            assert list(temporary.iterdir()) == []
        assert list(temporary.iterdir()) == []
        assert _files(Path(os.environ["HOME"])) - before == set()
        assert {one.name for one in Path(folder).iterdir()} <= {"data", "config", "state", "log"}


def _files(folder: Path) -> set[str]:
    return {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()}


DIALOG = """
from facelock.ui.file_dialogs import prepare_file_dialogs
prepare_file_dialogs("linux")
from PySide6.QtWidgets import QApplication, QFileDialog
application = QApplication([])
dialog = QFileDialog(None, "", {folder!r})
dialog.show()
application.processEvents()
dialog.accept()
dialog.deleteLater()
application.sendPostedEvents(None, 52)
"""


@pytest.mark.skipif("not sys.platform.startswith('linux')", reason="Qt's own dialogs")
def test_file_dialogs_remember_no_folder(tmp_path: Path) -> None:
    program = DIALOG.format(folder=str(tmp_path))
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    home = Path(os.environ["HOME"])
    assert [one for one in _files(home) if str(tmp_path) in (home / one).read_text("utf-8")] == []
    assert not list(home.rglob("QtProject*"))


def test_nothing_is_told_to_the_systems_list_of_recent_files() -> None:
    known = {"SHAddToRecentDocs", "QRecentFiles", "RecentManager", "recently-used.xbel"}
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        assert not any(word in text for word in known), path.name


def test_the_window_is_kept_out_of_screenshots_from_its_start() -> None:
    """That each window is, where the system can: tests/ui/test_settings_erase.py."""
    tree = ast.parse((PACKAGE / "ui/start.py").read_text(encoding="utf-8"))
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert {"CaptureShield", "prepare_file_dialogs"} <= called
