"""Looks at every widget of a window: it must have a name, and room for its text.

The walk goes over pages at 800 x 600 logical pixels, in the program's own style, with the font this
machine happens to have, as it is and set wider, in the usual size and twice as large. Set at 180 %
it is as wide as the boxes that are drawn where there is no font at all.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFont, QFontInfo, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QScrollBar,
    QWidget,
)

from facelock.ui.app_mark import AppMark
from facelock.ui.card import Card, Rule
from facelock.ui.confirm_passphrase import ConfirmPassphrase
from facelock.ui.enrolment.progress_line import ProgressLine

SIZE = (800, 600)
_ROUNDS = 4  # without any movement, after which a layout counts as finished
DECORATION = (AppMark, Card, Rule, ProgressLine)
TYPES = {
    "usual": (1, 100),
    "wide": (1, 115),
    "large-print": (2, 100),
    "large-print-wide": (2, 115),
    "large-print-widest": (2, 180),
}
"""How many times larger than usual, and the spacing of letters in percent."""

LETTERS = "The quick brown fox jumps over the lazy dog"

in_all_types = pytest.mark.parametrize(
    "type_used", list(TYPES.values()), ids=list(TYPES), indirect=True
)


def typeset(font: QFont, times: float, spacing: float) -> QFont:
    """Return a font so many times larger, its letters set at `spacing` percent."""
    other = QFont(font)
    other.setPointSizeF(font.pointSizeF() * times)
    em = QFontInfo(other).pixelSize()
    letters = QFontMetrics(other).horizontalAdvance(LETTERS) / len(LETTERS)
    most = max(100.0, 100 * em / letters)  # no type is as wide as the boxes
    other.setLetterSpacing(QFont.SpacingType.PercentageSpacing, min(spacing, most))
    return other


def settle(root: QWidget) -> None:
    """Let every layout finish: what one does may give another something to do.

    A scroll area hears of it through the layouts inside it and its viewport, one round each.
    """
    before: list[QRect] = []
    quiet = 0  # rounds in a row in which nothing moved
    for _ in range(30):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        after = [one.geometry() for one in root.findChildren(QWidget)]
        quiet = quiet + 1 if after == before else 0
        if quiet == _ROUNDS:
            return
        before = after
    raise AssertionError("the layout goes round in circles")


def shown(root: QWidget) -> list[QWidget]:
    return [one for one in (root, *root.findChildren(QWidget)) if one.isVisibleTo(root)]


def is_from_here(widget: QWidget) -> bool:
    return type(widget).__module__.startswith("facelock.")


def nameless(root: QWidget) -> list[str]:
    """Return what can have the focus, or is painted by hand, and has no words."""
    found = []
    for one in shown(root):
        painted = is_from_here(one) and "paintEvent" in vars(type(one)) and not one.children()
        stops = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus) and one.focusProxy() is None
        if isinstance(one, DECORATION) or type(one).__name__ in {"_Bars", "_Sign"}:
            continue
        if not (painted or stops) or isinstance(one, QScrollBar):
            continue
        interface = QAccessible.queryAccessibleInterface(one)
        if not interface.text(QAccessible.Text.Name):
            found.append(type(one).__name__)
    return found


def cut_off(root: QWidget) -> list[str]:
    """Return the texts that have less room than they need."""
    found = []
    for one in shown(root):
        if isinstance(one, QLabel | QAbstractButton) and one.text() and not has_room(one):
            found.append(one.text())
        if is_outside(one, root):
            words = getattr(one, "text", str)()
            found.append(f"{type(one).__name__} {words!r} needs {one.minimumSizeHint().width()}")
    return found


def has_room(one: QLabel | QAbstractButton) -> bool:
    """Tell whether a text has the width of its longest word, and the height that makes of it."""
    if not one.hasHeightForWidth():
        return one.width() >= one.sizeHint().width() and one.height() >= one.sizeHint().height()
    needed = one.heightForWidth(one.width())
    return one.width() >= one.minimumSizeHint().width() and one.height() >= needed


def is_outside(one: QWidget, root: QWidget) -> bool:
    """Tell whether a widget lies where one cannot even scroll to."""
    parent = one.parentWidget()
    if one is root or parent is None or isinstance(parent, QAbstractScrollArea):
        return False
    area: QWidget | None = parent
    while area is not None and not isinstance(area, QAbstractScrollArea):
        area = area.parentWidget()
    frame_of = area.viewport() if isinstance(area, QAbstractScrollArea) else root
    if isinstance(area, QAbstractScrollArea) and not frame_of.isAncestorOf(one):
        return False  # a scroll bar
    right = one.mapTo(frame_of, QPoint(one.width(), 0)).x()
    return right > frame_of.width() + 1


def check(root: QWidget) -> None:
    if not isinstance(root, ConfirmPassphrase):  # that one is as large as its words
        assert (root.width(), root.height()) == SIZE, root.size()
    settle(root)
    found = nameless(root) + cut_off(root)
    assert not found, found
