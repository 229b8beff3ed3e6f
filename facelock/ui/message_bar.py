"""One sentence with an icon, in its colour: what happened and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget
from typing_extensions import override

from facelock.ui.announce import announce
from facelock.ui.text_labels import IconLine, Tone
from facelock.ui.theme import SPACE, colours

_ICONS = {
    Tone.NEUTRAL: "info",
    Tone.ACCENT: "info",
    Tone.GOOD: "check",
    Tone.WARNING: "warning",
    Tone.DANGER: "warning",
}


class MessageBar(QFrame):
    """Hidden until it has something to say. What it says is announced."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = Tone.NEUTRAL
        self._line = IconLine("info", "", Tone.NEUTRAL)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        row.addWidget(self._line, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while hidden."""
        return self._line.text()

    def say(self, text: str, tone: Tone = Tone.NEUTRAL, icon_name: str = "") -> None:
        """Show and announce a sentence; an empty one hides the bar."""
        if text == self._line.text() and tone is self._tone:
            return
        self._tone = tone
        self._line.say(icon_name or _ICONS[tone], text, tone)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.update()
        announce(self, text, urgent=tone in {Tone.WARNING, Tone.DANGER})

    def amend(self, text: str) -> None:
        """Change the sentence that is shown and do not announce it again: a countdown goes on."""
        if text != self._line.text():
            self._line.say(_ICONS[self._tone], text, self._tone)
            self.setAccessibleName(text)

    def clear(self) -> None:
        """Say nothing."""
        self.say("")

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        now = colours(self.palette())
        colour: QColor = getattr(now, self._tone.value)
        fill = QColor(colour)
        fill.setAlphaF(0.10)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(area, SPACE, SPACE)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        edge = QColor(colour)
        edge.setAlphaF(0.35)
        painter.setPen(QPen(edge, 1.0))
        painter.drawRoundedRect(area, SPACE, SPACE)
