"""The choice of when it locks after somebody has left their place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from facelock.core.errors import FacelockError
from facelock.services.leaving_rules import NEVER
from facelock.ui.card import Card
from facelock.ui.choice_row import ChoiceRow
from facelock.ui.confirm_passphrase import ConfirmPassphrase
from facelock.ui.error_text import error_text
from facelock.ui.message_bar import MessageBar
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.threshold_text import level_name

if TYPE_CHECKING:
    from facelock.services.access import Access

_CHOICES = (5.0, 10.0, 20.0, 60.0, NEVER)


class AwayCard(Card):
    """A shorter time holds at once; a longer one weakens the lock and takes the passphrase."""

    changed = Signal()

    def __init__(self, access: Access, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._access = access
        question = self.tr("Lock when I have been out of the camera's sight for")
        texts = {seconds: self._choice_text(seconds) for seconds in (None, *_CHOICES)}
        self._row = ChoiceRow[float | None](self, "away", question, texts)
        self._row.chosen.connect(self._on_chosen)
        self.choices = self._row.choices
        self.state = IconLine("camera", "", Tone.NEUTRAL, Rank.NOTE)
        self.column.addWidget(self.state)
        words = self.tr(
            "A key or the mouse counts as being there, unless a face is seen that may be somebody "
            "else's. Somebody who takes your place locks it within seconds. A photograph of you "
            "before the camera keeps open what is open; without a camera only the time without use "
            "locks."
        )
        self.column.addWidget(TextLabel(words, Rank.NOTE))
        self.message = MessageBar()
        self.column.addWidget(self.message)
        self.show_state()

    @override
    def showEvent(self, event: QShowEvent, /) -> None:
        self.show_state()
        super().showEvent(event)

    @Slot()
    def show_state(self) -> None:
        """Say how it is now: the level, or the shield, may have been changed meanwhile."""
        self.choices[None].setText(self._choice_text(None))
        chosen = self._access.leaving.chosen_away
        self._row.show_chosen(chosen if chosen in self.choices else None)
        self.state.say(*self._state(), Tone.NEUTRAL)

    def _state(self) -> tuple[str, str]:
        """Return what it means for the camera, behind an icon."""
        leaving = self._access.leaving
        if leaving.away is None and not leaving.shield:
            return "camera-off", self.tr("While Facelock is open, the camera is off.")
        if self._access.unlocked_profile is None:
            words = self.tr("Nothing is kept of your face, so only the time without use locks.")
            return "camera-off", words
        return "camera", self.tr(
            "While Facelock is open, the camera is on and looks twice a second. Nothing it sees is "
            "kept."
        )

    def _choice_text(self, seconds: float | None) -> str:
        if seconds is not None:
            return seconds_text(seconds)
        words = self.tr("As {level} says: {time}")
        level, away = self._access.level, self._access.rules.lock_when_away
        return words.format(level=level_name(level), time=seconds_text(away or NEVER))

    @Slot(object)
    def _on_chosen(self, seconds: float | None) -> None:
        if not self._access.leaving.locks_later(seconds) or self._access.is_confirmed:
            self._set(seconds)
            return
        wished = self._access.rules.lock_when_away if seconds is None else seconds
        action = self.tr("From now on Facelock stays open longer when you leave.")
        if not wished:
            action = self.tr("From now on Facelock stays open when you leave.")
        dialog = ConfirmPassphrase(self._access, action, self.tr("Change it"), self)
        dialog.confirmed.connect(partial(self._set, seconds))
        dialog.finished.connect(self.show_state)
        dialog.open()

    def _set(self, seconds: float | None) -> None:
        try:
            self._access.leaving.set_away(seconds)
        except FacelockError as error:
            self.message.say(error_text(error), Tone.DANGER)
        else:
            self.message.say(self.tr("Changed, for everybody on this computer."), Tone.GOOD)
            self.changed.emit()
        self.show_state()


def seconds_text(seconds: float) -> str:
    """Return a time away, or that there is none."""
    translate = QCoreApplication.translate
    if not seconds:
        return translate("leaving", "never")
    return translate("leaving", "{count} seconds").format(count=round(seconds))
