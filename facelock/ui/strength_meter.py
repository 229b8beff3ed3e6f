"""How good a new passphrase is: four bars, and in words what to do about it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from facelock.ui.announce import announce
from facelock.ui.text_labels import Rank, TextLabel
from facelock.ui.theme import SPACE, colours
from facelock.vault.passphrases import PassphraseStrength, Weakness, passphrase_strength
from facelock.workers.task import run_task

_PAUSE_MILLISECONDS = 150  # after the last key: the estimate may take a fifth of a second
_BARS = 4


class _Bars(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.score = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(120, 6)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        now = colours(self.palette())
        reached = {0: now.danger, 1: now.danger, 2: now.warning}.get(self.score, now.good)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        width = (self.width() - (_BARS - 1) * 4) / _BARS
        for index in range(_BARS):
            painter.setBrush(reached if index < self.score else now.ring_track)
            bar = QRectF(index * (width + 4), 0, width, self.height())
            painter.drawRoundedRect(bar, self.height() / 2, self.height() / 2)


class StrengthMeter(QWidget):
    """Judges a passphrase a moment after the last key, in the background."""

    judged = Signal(object)  # PassphraseStrength of the newest text

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._names: tuple[str, ...] = ()
        self._running = False
        self._bars = _Bars()
        self._words = TextLabel("", Rank.NOTE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self._bars)
        column.addWidget(self._words)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._judge)
        self._show(None)

    @property
    def words(self) -> str:
        """What it says now."""
        return self._words.text()

    def judge(self, text: str, names: tuple[str, ...] = ()) -> None:
        """Judge `text` soon; `names` of the person count as guessed."""
        self._text, self._names = text, names
        if text:
            self._pause.start()
        else:
            self._pause.stop()
            self._show(None)

    @Slot()
    def _judge(self) -> None:
        if self._running:  # one at a time: ask again when it is done
            return
        self._running = True
        work = partial(_estimate, self._text, self._names)
        run_task(self, work, self._on_judged, self._on_failed)

    @Slot(object)
    def _on_judged(self, result: tuple[str, PassphraseStrength]) -> None:
        self._running = False
        text, strength = result
        if text != self._text:
            self._pause.start()
            return
        before = self.words
        self._show(strength)
        if self.words != before:
            announce(self, self.words)
        self.judged.emit(strength)

    @Slot(object)
    def _on_failed(self, _error: Exception) -> None:
        self._running = False

    def _show(self, strength: PassphraseStrength | None) -> None:
        self._bars.score = 0 if strength is None else max(strength.score, 1)
        self._words.setText(
            self.tr("Four or five random words make a good one.")
            if strength is None
            else self._sentence(strength)
        )
        self.setAccessibleName(self.tr("Strength of the passphrase"))
        self.setAccessibleDescription(self._words.text())
        self._bars.update()

    def _sentence(self, strength: PassphraseStrength) -> str:
        if strength.weakness is not None:
            return self._mend(strength.weakness)
        if strength.score >= _BARS:
            return self.tr("Very good: hard to guess even for somebody who copies the disk.")
        return (
            self.tr("Good.")
            if strength.score > 2
            else self.tr("Good enough. One more word makes it better.")
        )

    def _mend(self, weakness: Weakness) -> str:
        match weakness:
            case Weakness.TOO_SHORT:
                return self.tr("Too short: use eight characters or more.")
            case Weakness.TOO_LONG:
                return self.tr("Too long: stay below a thousand characters.")
            case Weakness.NOT_TEXT:
                return self.tr("It holds a character that cannot be stored. Leave it out.")
            case Weakness.COMMON:
                return self.tr("It is on the lists that attackers try first. Choose other words.")
            case Weakness.NAME:
                return self.tr("Names are guessed first. Add unrelated words.")
            case Weakness.SINGLE_WORD:
                return self.tr("One word alone is quickly guessed. Add more.")
            case Weakness.KEYBOARD_PATTERN:
                return self.tr("Rows of keys are quickly guessed. Use words instead.")
            case Weakness.REPEAT:
                return self.tr("Repetition adds nothing. Add different words.")
            case Weakness.SEQUENCE:
                return self.tr("Sequences like abc or 123 are quickly guessed. Use words instead.")
            case Weakness.DATE:
                return self.tr("Dates are quickly guessed. Add unrelated words.")
            case Weakness.ADD_A_WORD:
                return self.tr("Add another word or two.")


def _estimate(text: str, names: tuple[str, ...]) -> tuple[str, PassphraseStrength]:
    return text, passphrase_strength(text, names)
