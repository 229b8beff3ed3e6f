"""The choice whether Facelock hides itself from a second face."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from facelock.core.errors import FacelockError
from facelock.ui.card import Card
from facelock.ui.choice_row import ChoiceRow
from facelock.ui.confirm_passphrase import ConfirmPassphrase
from facelock.ui.error_text import error_text
from facelock.ui.message_bar import MessageBar
from facelock.ui.text_labels import Rank, TextLabel, Tone
from facelock.ui.threshold_text import level_name

if TYPE_CHECKING:
    from facelock.services.access import Access


class OnlookerCard(Card):
    """On at once; off weakens the lock and takes the passphrase."""

    changed = Signal()

    def __init__(self, access: Access, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._access = access
        question = self.tr("Hide what is open while somebody looks over my shoulder")
        texts = {wanted: self._choice_text(wanted) for wanted in (None, True, False)}
        self._row = ChoiceRow[bool | None](self, "onlooker", question, texts)
        self._row.chosen.connect(self._on_chosen)
        self.choices = self._row.choices
        words = self.tr(
            "A second face that is in the picture for more than a second covers Facelock, until it "
            "has gone or you press a key. The camera is on for this while Facelock is open, and "
            "looks twice a second. It does not see who stands beside the camera or far away."
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
        """Say how it is now: the level may have been changed meanwhile."""
        self.choices[None].setText(self._choice_text(None))
        self._row.show_chosen(self._access.leaving.chosen_shield)

    def _choice_text(self, wanted: bool | None) -> str:  # noqa: FBT001 - the one value there is
        if wanted is not None:
            return _on_text(on=wanted)
        words = self.tr("As {level} says: {choice}")
        choice = _on_text(on=self._access.rules.onlooker_shield)
        return words.format(level=level_name(self._access.level), choice=choice)

    @Slot(object)
    def _on_chosen(self, wanted: bool | None) -> None:  # noqa: FBT001 - the one value there is
        leaving = self._access.leaving
        will_be = self._access.rules.onlooker_shield if wanted is None else wanted
        if will_be or not leaving.shield or self._access.is_confirmed:
            self._set(wanted)
            return
        action = self.tr("From now on Facelock shows what is open, whoever looks on.")
        dialog = ConfirmPassphrase(self._access, action, self.tr("Change it"), self)
        dialog.confirmed.connect(partial(self._set, wanted))
        dialog.finished.connect(self.show_state)
        dialog.open()

    def _set(self, wanted: bool | None) -> None:  # noqa: FBT001 - the one value there is
        try:
            self._access.leaving.set_shield(wanted)
        except FacelockError as error:
            self.message.say(error_text(error), Tone.DANGER)
        else:
            self.message.say(self.tr("Changed, for everybody on this computer."), Tone.GOOD)
            self.changed.emit()
        self.show_state()


def _on_text(*, on: bool) -> str:
    translate = QCoreApplication.translate
    return translate("leaving", "on") if on else translate("leaving", "off")
