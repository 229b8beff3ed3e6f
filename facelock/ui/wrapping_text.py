"""The text of buttons goes over several lines where one line has no room.

Qt's own buttons never wrap: in large print, in another language or in a wide typeface they force
the page to be wider than the window. Here a button asks for one line, is content with the width of
its longest word, and `FacelockStyle` breaks the text where it is drawn, by the same measure.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget
from typing_extensions import override

_SAMPLE = "A fox jumps over the lazy dog now and then"
_SPARE = 2  # logical pixels; a bold or hinted glyph may be a hair wider than measured


def text_width(text: str, metrics: QFontMetrics) -> int:
    """Return how wide the widest line of `text` is, without the ampersands of shortcuts."""
    return metrics.size(Qt.TextFlag.TextShowMnemonic, text).width()


def letters_width(metrics: QFontMetrics, count: int) -> int:
    """Return how wide `count` letters are, as they come in words; logical pixels."""
    return metrics.horizontalAdvance(_SAMPLE) * count // len(_SAMPLE)


def broken(text: str, metrics: QFontMetrics, width: int) -> str:
    """Return `text` with line breaks between words, so that it fits `width` logical pixels.

    A word that is wider by itself stays whole.
    """
    if text_width(text, metrics) <= width:
        return text
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, metrics) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)


def let_wrap(button: QAbstractButton) -> None:
    """Tell the layout that the button can be narrower than its text, and is higher then."""
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    policy.setControlType(button.sizePolicy().controlType())
    button.setSizePolicy(policy)


def narrowest(button: QAbstractButton, one_line: QSize) -> QSize:
    """Return the least size of a button whose size on one line is `one_line`."""
    metrics = button.fontMetrics()
    words = max((text_width(word, metrics) for word in button.text().split()), default=0)
    around = one_line.width() - text_width(button.text(), metrics)
    return QSize(min(around + words + _SPARE, one_line.width()), one_line.height())


def height_at(button: QAbstractButton, one_line: QSize, width: int) -> int:
    """Return how high a button is at a width."""
    metrics = button.fontMetrics()
    around = one_line.width() - text_width(button.text(), metrics)
    lines = broken(button.text(), metrics, width - around).count("\n")
    return one_line.height() + lines * metrics.lineSpacing()


class CheckBox(QCheckBox):
    """A check box whose text wraps."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        let_wrap(self)

    @override
    def minimumSizeHint(self) -> QSize:
        return narrowest(self, self.sizeHint())

    @override
    def heightForWidth(self, width: int, /) -> int:
        return height_at(self, self.sizeHint(), width)


class RadioButton(QRadioButton):
    """A radio button whose text wraps."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        let_wrap(self)

    @override
    def minimumSizeHint(self) -> QSize:
        return narrowest(self, self.sizeHint())

    @override
    def heightForWidth(self, width: int, /) -> int:
        return height_at(self, self.sizeHint(), width)
