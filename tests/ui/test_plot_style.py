"""Plots: colours of the palette, words for who cannot see them, and hands off the wheel."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facelock.ui.plot_style import Plot, load_plots
from facelock.ui.theme import colours, dark_palette, light_palette


@pytest.fixture
def palette(qapp: QApplication) -> Iterator[None]:
    before = qapp.palette()
    qapp.setPalette(light_palette())
    yield
    qapp.setPalette(before)


@pytest.fixture
def plot(qtbot: QtBot, palette: None) -> Plot:
    load_plots()
    made = Plot("Loss while learning", "Round", "Loss")
    qtbot.addWidget(made)
    made.resize(480, 320)
    made.span((0.0, 2.0), (0.0, 1.0))
    made.show()
    return made


def picture(plot: Plot) -> QImage:
    return plot.grab().toImage()


def has(image: QImage, wanted: QColor) -> bool:
    """Tell whether a colour, all but smoothed edges, is in the upper three quarters."""
    return any(
        _is_near(image.pixelColor(QPoint(x, y)), wanted)
        for x in range(image.width())
        for y in range(image.height() * 3 // 4)
    )


def _is_near(one: QColor, other: QColor) -> bool:
    pairs = zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)  # type: ignore[index]
    return all(abs(a - b) < 16 for a, b in pairs)


def test_the_curves_have_the_colours_of_the_palette_and_change_with_it(
    plot: Plot, qapp: QApplication
) -> None:
    plot.line("mated", "Loss").show([0.0, 2.0], [0.5, 0.5])
    light, dark = colours(light_palette()), colours(dark_palette())
    assert has(picture(plot), light.mated)
    qapp.setPalette(dark_palette())
    qapp.processEvents()
    after = picture(plot)
    assert has(after, dark.mated)
    assert not has(after, light.mated)
    assert not has(after, light.window)  # nothing is left of the former background


def test_a_mark_is_seen_only_where_it_was_put(plot: Plot) -> None:
    mark = plot.mark("danger", "The line", style=Qt.PenStyle.SolidLine)
    danger = colours(plot.palette()).danger
    assert not has(picture(plot), danger)
    mark.move(1.0)
    assert has(picture(plot), danger)
    mark.move(None)
    assert not has(picture(plot), danger)


def test_it_is_said_in_words_and_every_named_curve_is_explained(plot: Plot) -> None:
    plot.line("mated", "One person", filled=True).show([], [])
    plot.line("non_mated")
    plot.describe("The loss fell from 0.4 to 0.1.")
    assert plot.accessibleName() == "Loss while learning"
    assert plot.accessibleDescription() == "The loss fell from 0.4 to 0.1."
    assert plot.legend.count() == 1


def test_it_takes_neither_focus_nor_wheel(plot: Plot) -> None:
    assert plot.focusPolicy() is Qt.FocusPolicy.NoFocus
    view = plot.childAt(QPoint(100, 100))
    assert view is None  # the mouse sees through it, so the page scrolls


def test_larger_type_makes_it_larger(plot: Plot) -> None:
    before = plot.minimumSizeHint().height()
    font = plot.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    plot.setFont(font)
    assert plot.minimumSizeHint().height() > before * 1.5


def test_numbers_at_the_axes_can_be_chosen(plot: Plot) -> None:
    plot.ticks(x=[(0.0, "none"), (2.0, "all")])
    plot.ticks(y=[(0.5, "half")])
    picture(plot)
