"""The last seconds before it locks because nobody is seen, and what stops that."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from facelock.ui.announce import announce
from facelock.ui.card import Card
from facelock.ui.text_labels import IconLine, Tone
from facelock.ui.theme import READING_WIDTH, SPACE
from facelock.ui.wrapping_text import text_width

_AROUND = 12 * SPACE  # the icon, and the margins


class Countdown(Card):
    """Lies over the top of `over`. It takes no focus and no clicks, and nothing of it moves.

    What it says changes once a second; a screen reader hears it once.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._line = IconLine("hourglass", "", Tone.WARNING)
        self.column.addWidget(self._line)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._unsure = False
        over.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while nothing is counted down."""
        return "" if self.isHidden() else self._line.text()

    def show_left(self, seconds: float | None, *, unsure: bool = False) -> None:
        """Count down; None: nothing to count. `unsure`: a face is there that may be anybody's."""
        if seconds is None:
            self.hide()
            return
        is_new = self.isHidden() or unsure is not self._unsure
        self._unsure = unsure
        # Keys count for nothing before a face that may be somebody else's.
        words = (
            self.tr("Locking in {seconds} s. Look at the camera.")
            if unsure
            else self.tr("Locking in {seconds} s. Come back into view, or press a key.")
        )
        words = words.format(seconds=max(1, math.ceil(seconds)))
        if words != self._line.text():
            self._line.say("hourglass", words, Tone.WARNING)
        if is_new:
            self.setAccessibleName(words)
            self._place()
            self.show()
            self.raise_()
            announce(self, words, urgent=True)

    @override
    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self._over:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        words = text_width(self._line.text(), self._line.label.fontMetrics())
        width = min(words + _AROUND, READING_WIDTH, self._over.width() - 4 * SPACE)
        height = self.column.heightForWidth(width)
        if height < 0:
            height = self.sizeHint().height()
        self.setGeometry((self._over.width() - width) // 2, 2 * SPACE, width, height)
