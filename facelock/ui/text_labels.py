"""Labels by rank: title, heading, body, note, and a line of text with an icon before it."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget
from typing_extensions import override

from facelock.ui.icons import pixmap
from facelock.ui.theme import SPACE, colours, heading_font, lead_font, small_font, title_font
from facelock.ui.wrapping_text import text_width


class Rank(Enum):
    """How loud a text is."""

    TITLE = "title"
    HEADING = "heading"
    LEAD = "lead"
    BODY = "body"
    MUTED = "muted"
    NOTE = "note"


class Tone(Enum):
    """What a text with an icon says; the icon says it too, colour is never alone."""

    NEUTRAL = "muted"
    GOOD = "good"
    WARNING = "warning"
    DANGER = "danger"
    ACCENT = "accent"


_ZERO_WIDTH = "\N{ZERO WIDTH SPACE}"
_SEPARATOR = re.compile(r"[/\\](?=\S)")
_PART = 12  # letters
_LONG = re.compile(rf"[^\s{_ZERO_WIDTH}]{{{_PART + 5},}}")
_FONTS: dict[Rank, Callable[[QFont], QFont]] = {
    Rank.TITLE: title_font,
    Rank.HEADING: heading_font,
    Rank.LEAD: lead_font,
    Rank.NOTE: small_font,
}


def breakable(text: str) -> str:
    """Return `text` with zero-width spaces where a path or a very long word may go on below."""
    text = _SEPARATOR.sub(rf"\g<0>{_ZERO_WIDTH}", text)
    return _LONG.sub(_in_parts, text)


def _in_parts(word: re.Match[str]) -> str:
    letters = word.group()
    parts = [letters[start : start + _PART] for start in range(0, len(letters), _PART)]
    return _ZERO_WIDTH.join(parts)


class TextLabel(QLabel):
    """Plain text that wraps, within a long word if it must; second-rank text is quieter."""

    def __init__(self, text: str, rank: Rank = Rank.BODY, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setTextFormat(Qt.TextFormat.PlainText)  # names and file names are not markup
        self.setWordWrap(True)
        self._sized = _FONTS.get(rank)
        if self._sized is not None:
            self.setFont(self._sized(self.font()))
        if rank in {Rank.MUTED, Rank.NOTE}:
            self.setForegroundRole(self.foregroundRole().PlaceholderText)

    @override
    def event(self, event: QEvent, /) -> bool:
        if event.type() is QEvent.Type.ApplicationFontChange and self._sized is not None:
            self.setFont(self._sized(QApplication.font(self)))
        return super().event(event)

    @override
    def setText(self, text: str, /) -> None:
        shown = breakable(text)
        super().setText(shown)
        self.setAccessibleName(text if shown != text else "")

    @override
    def text(self) -> str:
        return super().text().replace(_ZERO_WIDTH, "")


class OneLine(TextLabel):
    """A short text that asks for one line, and wraps where it does not get it.

    Other labels that wrap ask for some width of Qt's liking.
    """

    @override
    def sizeHint(self) -> QSize:
        margins = self.contentsMargins()
        around = QSize(margins.left() + margins.right(), margins.top() + margins.bottom())
        words = QSize(text_width(self.text(), self.fontMetrics()), self.fontMetrics().height())
        return words + around + QSize(1, 0)


class IconLine(QWidget):
    """One line of text behind an icon in the colour of its tone."""

    def __init__(
        self,
        icon_name: str,
        text: str,
        tone: Tone = Tone.NEUTRAL,
        rank: Rank = Rank.BODY,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._tone = tone
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.label = TextLabel(text, rank)
        self._size = max(18, self.label.fontMetrics().ascent())  # grows with large print
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)
        self._draw()

    def say(self, icon_name: str, text: str, tone: Tone) -> None:
        """Show something else."""
        self._icon_name, self._tone = icon_name, tone
        self.label.setText(text)
        self._draw()

    def text(self) -> str:
        """Return what it says."""
        return self.label.text()

    @override
    def changeEvent(self, event: QEvent, /) -> None:
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        now = colours(self.palette())
        colour: QColor = getattr(now, self._tone.value)
        self._icon.setPixmap(pixmap(self._icon_name, colour, self._size, self.devicePixelRatioF()))
