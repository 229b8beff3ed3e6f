"""Windows in the program's own style, in type of several widths and sizes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes_pages import Bench, Make
from page_walk import SIZE, typeset
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facelock.core.settings import Appearance
from facelock.ui.style import FacelockStyle
from facelock.ui.theme import apply_appearance


@pytest.fixture(params=[(1, 100), (2, 100)], ids=["usual", "large-print"])
def type_used(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    """Set the program's font: how many times larger, and the spacing of letters in percent."""
    font, palette, style = qapp.font(), qapp.palette(), qapp.style().objectName()
    apply_appearance(qapp, Appearance.LIGHT)
    qapp.setStyle(FacelockStyle())  # once more: another test's end took it away again
    times, spacing = request.param
    qapp.setFont(typeset(font, times, spacing))
    yield
    qapp.setFont(font)
    qapp.setStyle(style or "fusion")
    qapp.setPalette(palette)


@pytest.fixture
def make(qtbot: QtBot, tmp_path: Path, type_used: None) -> Iterator[Make]:
    made: list[Bench] = []

    def build(**options: object) -> Bench:
        bench = Bench(qtbot, tmp_path / "home", **options)  # type: ignore[arg-type]
        bench.window.resize(*SIZE)
        made.append(bench)
        return bench

    yield build
    for bench in made:
        bench.close()
