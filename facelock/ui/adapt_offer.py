"""The offer, inside the open program, to remember the look of a near miss; with its undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from facelock.core.adaptation import OFFER_SECONDS, QUOTA
from facelock.ui.announce import announce
from facelock.ui.card import Card
from facelock.ui.flow_layout import FlowLayout
from facelock.ui.icon_button import IconButton
from facelock.ui.numbers import locale
from facelock.ui.push_button import PushButton
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.theme import SPACE

if TYPE_CHECKING:
    from facelock.services.adapting import Offer


class AdaptOffer(Card):
    """Hidden until there is something to offer; gone, with what it holds, a minute later.

    It changes nothing itself: `remember_wanted` and `undo_wanted` say what the person asked for.
    """

    remember_wanted = Signal()
    undo_wanted = Signal()
    over = Signal()  # it may be deleted

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offer: Offer | None = None
        self._title = IconLine("face", "", Tone.ACCENT, Rank.HEADING)
        self._words = TextLabel("", Rank.MUTED)
        self.remember = IconButton("plus", self.tr("&Remember"), primary=True)
        self.not_now = PushButton(self.tr("&Not now"))
        self.undo = IconButton("undo", self.tr("&Undo"))
        self.close_button = PushButton(self.tr("&Close"))
        buttons = FlowLayout(gap=SPACE)
        for button in (self.remember, self.not_now, self.undo, self.close_button):
            buttons.addWidget(button)
        self.column.addWidget(self._title)
        self.column.addWidget(self._words)
        self.column.addLayout(buttons)
        self._minute = QTimer(self)
        self._minute.setSingleShot(True)
        self._minute.setInterval(int(OFFER_SECONDS * 1000))
        self._minute.timeout.connect(self.dismiss)
        self.remember.clicked.connect(self.remember_wanted)
        self.undo.clicked.connect(self.undo_wanted)
        self.not_now.clicked.connect(self.dismiss)
        self.close_button.clicked.connect(self.dismiss)
        self.hide()

    def show_offer(self, offer: Offer) -> None:
        """Ask. It takes no focus: the person may be typing."""
        self.offer = offer
        day = _day(offer.appearance.expires_at)
        title = self.tr("Facelock nearly recognised you. Remember this look?")
        words = self.tr(
            "Until {day} Facelock will know you like this too; then it forgets it. That is "
            "{number} of {quota} looks it may remember for you. You can undo it at once, and "
            "remove it in People at any time. If it was not you who looked into the camera just "
            "now, say no."
        ).format(day=day, number=len(offer.after.remembered), quota=QUOTA)
        self._say("face", title, words, Tone.ACCENT)
        self._let(self.remember, self.not_now)
        self._minute.start()

    def show_remembered(self) -> None:
        """Say that it is done, and let it be undone."""
        title = self.tr("Remembered.")
        words = self.tr("People lists this look. If it was a mistake, undo it now.")
        self._say("check", title, words, Tone.GOOD)
        self._let(self.undo, self.close_button)
        self.undo.setFocus()  # the button that was pressed is gone
        self._minute.start()

    def show_undone(self) -> None:
        """Say that nothing is kept."""
        self._say("undo", self.tr("Undone."), self.tr("Nothing of that look is kept."), Tone.GOOD)
        self._let(self.close_button)
        self.close_button.setFocus()

    def show_trouble(self, sentence: str) -> None:
        """Say why it did not work."""
        self._say("warning", self.tr("That look was not changed."), sentence, Tone.DANGER)
        self._let(self.close_button)
        self.close_button.setFocus()

    @Slot()
    def dismiss(self) -> None:
        """Drop the offer and everything it holds."""
        self._minute.stop()
        self.offer = None
        self.hide()
        self.over.emit()

    def _say(self, icon: str, title: str, words: str, tone: Tone) -> None:
        self._title.say(icon, title, tone)
        self._words.setText(words)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.show()
        announce(self, f"{title} {words}")

    def _let(self, *buttons: QWidget) -> None:
        for button in (self.remember, self.not_now, self.undo, self.close_button):
            button.setVisible(button in buttons)


def _day(seconds: float | None) -> str:
    date = QDateTime.fromSecsSinceEpoch(int(seconds or 0.0)).date()
    return locale().toString(date, QLocale.FormatType.LongFormat)
