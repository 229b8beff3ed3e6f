"""The scale of the compare page: what it says, where its marks lie, and that it always paints."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from fakes_ui import measured_on_pairs
from page_walk import TYPES, typeset
from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from facelock.core.threshold import ScoreDensities
from facelock.services.measured_scores import MeasuredScores, Standing
from facelock.ui import standing_text as words
from facelock.ui.density_curves import END, curve, distance_at, outline, place, top_of
from facelock.ui.distance_scale import DistanceScale
from facelock.ui.scale_layout import lay_out
from facelock.ui.standing_text import standing_text
from facelock.ui.theme import colours

pytestmark = pytest.mark.usefixtures("type_used")

NAMES = [("pairs of the same person", 0.3), ("pairs of different people", 0.7)]


def only_in(bins: slice) -> MeasuredScores:
    """Return scores whose densities hold everything in one place."""
    edges = np.linspace(0.0, END, 81)
    shares = np.zeros(80)
    shares[bins] = 1.0 / shares[bins].size
    known = measured_on_pairs().calibration
    return MeasuredScores(replace(known, densities=ScoreDensities(edges, shares, shares)))


def shown(
    qtbot: QtBot, distance: float, measured: MeasuredScores | None = None, width: int = 480
) -> DistanceScale:
    scale = DistanceScale()
    qtbot.addWidget(scale)
    scale.show_distance(distance, 0.8, measured)
    scale.resize(width, scale.heightForWidth(width))
    scale.show()
    return scale


def columns_with(picture: QImage, colour: QColor, row: int) -> list[int]:
    return [x for x in range(picture.width()) if picture.pixelColor(x, row) == colour]


@pytest.mark.parametrize(
    ("closer", "people", "said"),
    [
        (0.0, 400, "Closer than 99 of 100 pairs of the same person."),
        (0.031, 400, "Closer than 96 of 100 pairs of the same person."),
        (0.5, 400, "Closer than 50 of 100 pairs of the same person."),
        (0.504, 400, "Farther apart than 50 of 100 pairs of the same person."),
        (1.0, 400, "Farther apart than 99 of 100 pairs of the same person."),
        (0.031, 299, "Closer than 9 of 10 pairs of the same person."),
        (1.0, 30, "Farther apart than 9 of 10 pairs of the same person."),
        (0.1, 29, ""),
    ],
)
def test_no_more_is_said_of_mated_pairs_than_the_people_can_show(
    closer: float, people: int, said: str
) -> None:
    assert words._among_mated(Standing(closer, 0.0, 1e-4), people) == said


@pytest.mark.parametrize(
    ("closer", "bound", "said"),
    [
        (0.0, 3.4e-6, "At most about 1 of 290,000 pairs of different people is this close."),
        (0.002, 0.01, "At most about 1 of 100 pairs of different people is this close."),
        (0.004, 0.02, "About 1 of 100 pairs of different people are as close as this or closer."),
        (0.0, 1.0, "About 1 of 100 pairs of different people are as close as this or closer."),
        (0.451, 1.0, "About 46 of 100 pairs of different people are as close as this or closer."),
        (0.999, 1.0, "Nearly all pairs of different people are as close as this or closer."),
    ],
)
def test_pairs_of_different_people_are_told_by_their_bound_while_there_is_one(
    closer: float, bound: float, said: str
) -> None:
    assert words._among_non_mated(Standing(1.0, closer, bound)) == said


def test_few_people_leave_out_the_sentence_they_cannot_carry() -> None:
    text = standing_text(measured_on_pairs(people=29), 0.3)
    assert text == "At most about 1 of 1,000,000 pairs of different people is this close."


def test_a_curve_keeps_its_share_and_its_place() -> None:
    edges = np.linspace(0.0, END, 81)
    shares = np.zeros(80)
    shares[20] = 1.0  # squared distances from 1.00 to 1.05
    heights = curve(edges, shares)
    assert heights.mean() == pytest.approx(1.0)
    assert top_of(heights) == pytest.approx(place(1.025), abs=0.01)
    assert all(distance_at(place(one)) == pytest.approx(one) for one in (0.0, 0.3, 2.0, END))
    assert curve(edges, np.eye(80)[0]).mean() == pytest.approx(1.0)  # at the very end too


def test_a_curve_of_nothing_is_no_line() -> None:
    line = outline(np.zeros(320), 0.0, QRectF(0, 0, 100, 50))
    assert line.elementCount() == 0


@pytest.mark.parametrize("measured", [None, only_in(slice(0, 1)), only_in(slice(79, 80))])
@pytest.mark.parametrize("distance", [0.0, 0.8, 4.0])
def test_it_paints_whatever_there_is(
    qtbot: QtBot, measured: MeasuredScores | None, distance: float
) -> None:
    for width in (200, 480, 900):
        assert not shown(qtbot, distance, measured, width).grab().isNull()


def test_before_a_comparison_nothing_is_drawn(qtbot: QtBot) -> None:
    scale = DistanceScale()
    qtbot.addWidget(scale)
    scale.resize(300, 100)
    picture = scale.grab().toImage()
    blank = picture.pixelColor(0, 0)
    assert all(picture.pixelColor(x, 50) == blank for x in range(300))
    QTest.keyClick(scale, Qt.Key.Key_Right)
    assert not QToolTip.isVisible()


@pytest.mark.parametrize("distance", [0.0, 0.3, 0.8, 1.7, 4.0])
def test_the_marker_lies_at_the_distance_in_the_colour_of_the_answer(
    qtbot: QtBot, distance: float
) -> None:
    scale = shown(qtbot, distance, measured_on_pairs())
    at = scale._layout(scale.width())
    now = colours(scale.palette())
    colour = now.good if distance <= 0.8 else now.danger
    columns = columns_with(scale.grab().toImage(), colour, round(at.bar.center().y()))
    middle = (columns[0] + columns[-1]) / 2
    assert middle == pytest.approx(at.bar.left() + at.bar.width() * place(distance), abs=1.5)


@pytest.mark.parametrize("width", [200, 300, 488, 800])
@pytest.mark.parametrize("kind", list(TYPES))
@pytest.mark.parametrize("distance", [0.0, 0.7, 0.86, 1.0, 4.0])
def test_no_text_of_the_scale_lies_on_another_or_outside(
    qapp: QApplication, width: int, kind: str, distance: float
) -> None:
    font = typeset(QFont(), *TYPES[kind])
    flags = [("this pair 0.70", place(distance)), ("threshold 0.86", place(0.86))]
    at = lay_out(width, font, flags, NAMES)
    rooms = (*at.flags, at.numbers, *at.names)
    for index, one in enumerate(rooms):
        assert one.top() >= 0
        assert one.bottom() <= at.height + 0.5
        assert not any(one.adjusted(1, 1, -1, -1).intersects(other) for other in rooms[index + 1 :])
        assert one.left() >= 0
        if one.width() <= width:
            assert one.right() <= width + 0.5
    assert max(flag.bottom() for flag in at.flags) <= at.plot.top()
    assert all(one.top() >= at.numbers.bottom() for one in at.names)


def test_the_names_stand_below_their_curves_where_there_is_room(qapp: QApplication) -> None:
    font = QFont()
    font.setPixelSize(9)
    at = lay_out(900, font, [("this pair 0.10", 0.1), ("threshold 0.86", 0.46)], NAMES)
    for name, (_, where) in zip(at.names, NAMES, strict=True):
        assert name.center().x() == pytest.approx(at.bar.left() + at.bar.width() * where, abs=8)
    narrow = lay_out(60, font, [("this pair 0.10", 0.1)], NAMES)
    assert all(one.bottom() <= other.top() for one, other in pairwise(narrow.names))


def test_what_is_drawn_is_said_too(qtbot: QtBot) -> None:
    scale = shown(qtbot, 0.3, measured_on_pairs())
    said = scale.accessibleDescription()
    assert said.startswith("Distance 0.30, threshold 0.80, on a scale from 0 to 4. Closer than ")
    assert said.endswith("At most about 1 of 1,000,000 pairs of different people is this close.")
    alone = shown(qtbot, 0.3)
    assert alone.accessibleDescription().endswith("from 0 to 4.")
    assert alone.words_at(0.9) == "Distance 0.90. It would count as different people."


def test_the_arrow_keys_read_along_the_scale(qtbot: QtBot) -> None:
    scale = shown(qtbot, 0.3, measured_on_pairs())
    scale.setFocus()
    QTest.keyClick(scale, Qt.Key.Key_Right)
    assert QToolTip.text() == scale.words_at(0.35)
    assert "It would count as the same person." in QToolTip.text()
    scale.grab()
    QTest.keyClick(scale, Qt.Key.Key_Left)
    assert QToolTip.text().startswith("Distance 0.30.")
    QTest.keyClick(scale, Qt.Key.Key_End)
    assert QToolTip.text().startswith("Distance 4.00. Farther apart than 99 of 100")
    QTest.keyClick(scale, Qt.Key.Key_Right)
    assert scale._reading == END
    QTest.keyClick(scale, Qt.Key.Key_Home)
    assert scale._reading == 0.0
    QTest.keyClick(scale, Qt.Key.Key_Escape)
    assert scale._reading is None
    QTest.keyClick(scale, Qt.Key.Key_A)
    assert scale._reading is None


def test_hovering_reads_the_distance_below_the_pointer(qtbot: QtBot) -> None:
    scale = shown(qtbot, 0.3, measured_on_pairs())
    at = scale._layout(scale.width())
    pointer = QPoint(round(at.x(2.0)), round(at.bar.top()))
    event = QHelpEvent(QEvent.Type.ToolTip, pointer, scale.mapToGlobal(pointer))
    QApplication.sendEvent(scale, event)
    assert QToolTip.text().startswith(("Distance 1.99.", "Distance 2.00.", "Distance 2.01."))
    QToolTip.hideText()
