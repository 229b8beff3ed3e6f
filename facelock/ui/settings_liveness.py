"""The card of the two liveness switches for accessibility. Both weaken the lock, and say how."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from facelock.core.errors import FacelockError
from facelock.ui.card import Card
from facelock.ui.confirm_passphrase import ConfirmPassphrase
from facelock.ui.error_text import error_text
from facelock.ui.message_bar import MessageBar
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.wrapping_text import CheckBox

if TYPE_CHECKING:
    from facelock.services.access import Access


class LivenessCard(Card):
    """Each switch holds for everybody on this machine, and is changed by a passphrase."""

    def __init__(self, access: Access, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._access = access
        self.eyes = CheckBox(self.tr("My eyes must be open and on the camera"))
        self.blinking = CheckBox(self.tr("At Strict, ask me to close my eyes, not to turn my head"))
        self.message = MessageBar()
        for box, words in (
            (
                self.eyes,
                self.tr(
                    "Switch this off only if the camera cannot see your eyes. Then your face may "
                    "open Facelock while you sleep."
                ),
            ),
            (
                self.blinking,
                self.tr(
                    "For who cannot turn their head. A recording of you has a somewhat better "
                    "chance then. Your passphrase always works in place of both."
                ),
            ),
        ):
            box.setEnabled(not access.demo)
            box.setAccessibleDescription(words)
            self.column.addWidget(box)
            self.column.addWidget(TextLabel(words, Rank.MUTED))
        self.eyes.clicked.connect(self._on_eyes)
        self.blinking.clicked.connect(self._on_blinking)
        if access.demo:
            words = self.tr("The demo's people are pictures: nothing is asked of them.")
            self.column.addWidget(IconLine("info", words, Tone.NEUTRAL, Rank.NOTE))
        self.column.addWidget(self.message)
        self._show_state()

    @Slot()
    def _on_eyes(self) -> None:
        wanted = self.eyes.isChecked()
        action = (
            self.tr("From now on your eyes have to be open.")
            if wanted
            else self.tr("From now on shut eyes open Facelock too.")
        )
        self._confirm(action, eyes_required=wanted)

    @Slot()
    def _on_blinking(self) -> None:
        wanted = self.blinking.isChecked()
        action = (
            self.tr("Strict will ask to close the eyes for a moment.")
            if wanted
            else self.tr("Strict will ask to turn the head.")
        )
        self._confirm(action, by_blinking=wanted)

    def _confirm(
        self, action: str, *, eyes_required: bool | None = None, by_blinking: bool | None = None
    ) -> None:
        change = partial(self._set, eyes_required=eyes_required, by_blinking=by_blinking)
        if self._access.is_confirmed:
            change()
            return
        dialog = ConfirmPassphrase(self._access, action, self.tr("Change it"), self)
        dialog.confirmed.connect(change)
        dialog.finished.connect(self._show_state)
        dialog.open()

    def _set(self, *, eyes_required: bool | None, by_blinking: bool | None) -> None:
        try:
            self._access.set_liveness(eyes_required=eyes_required, by_blinking=by_blinking)
        except FacelockError as error:
            self.message.say(error_text(error), Tone.DANGER)
        else:
            self.message.say(self.tr("Changed, for everybody on this computer."), Tone.GOOD)
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        self.eyes.setChecked(self._access.eyes_required)
        self.blinking.setChecked(self._access.challenge_by_blinking)
