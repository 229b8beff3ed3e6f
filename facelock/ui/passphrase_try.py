"""One try of a passphrase, wherever it is typed: in the background, counted, and with its waits."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from facelock.core.errors import PassphraseTooSoon, WrongPassphrase
from facelock.ui.error_text import error_text
from facelock.ui.text_labels import Tone
from facelock.workers.task import run_task

if TYPE_CHECKING:
    from facelock.services.access import Access
    from facelock.ui.message_bar import MessageBar
    from facelock.ui.passphrase_field import PassphraseField
    from facelock.ui.push_button import PushButton

_COUNTDOWN_MILLISECONDS = 250


class PassphraseTry(QObject):
    """Joins a field, its button and a message bar.

    The field can always be typed in: while the person has to wait, a sentence counts down, and only
    the button waits.
    """

    opened = Signal(object)  # OpenedKey
    refused = Signal(object)  # the exception; counted by then
    readied = Signal()  # busy or waiting no more, or newly so: what depends on it is to be shown

    def __init__(
        self,
        access: Access,
        field: PassphraseField,
        button: PushButton,
        message: MessageBar,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._access = access
        self._field = field
        self._button = button
        self._message = message
        self._trying: str | None = None  # the profile id, while a try is under way
        self._waits_for: str | None = None  # the profile id whose wait is shown
        self._countdown = QTimer(self)
        self._countdown.setInterval(_COUNTDOWN_MILLISECONDS)
        self._countdown.timeout.connect(self._count_down)

    @property
    def is_busy(self) -> bool:
        """True while a passphrase is being tried."""
        return self._trying is not None

    @property
    def is_waiting(self) -> bool:
        """True while the next passphrase of the person shown is not taken."""
        return self._waits_for is not None

    def watch(self, profile_id: str | None) -> None:
        """Show the wait of this person, if there is one."""
        left = 0.0 if profile_id is None else self._access.seconds_to_wait(profile_id)
        was_waiting = self.is_waiting
        self._waits_for = profile_id if left > 0 else None
        if left > 0:
            self._message.say(_words(left), Tone.WARNING)
            self._countdown.start()
        else:
            self._countdown.stop()
            if was_waiting:
                self._message.clear()
        self._show()

    def submit(self, profile_id: str) -> None:
        """Try what was typed, unless a try is under way or this person has to wait."""
        if self.is_busy or not (text := self._field.text()):
            return
        self.watch(profile_id)
        if self.is_waiting:
            return
        self._trying = profile_id
        self._show()
        work = partial(self._access.slow_open, profile_id, text)
        run_task(self, work, self._on_opened, self._on_failed)

    @Slot(object)
    def _on_opened(self, opened: object) -> None:
        self._trying = None
        self._show()
        self.opened.emit(opened)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        profile_id, self._trying = self._trying, None
        if isinstance(error, WrongPassphrase) and profile_id is not None:
            self._access.refused(profile_id)  # counted and sealed before anything is shown
        self._show()
        self.refused.emit(error)
        self.watch(profile_id)

    @Slot()
    def _count_down(self) -> None:
        profile_id = self._waits_for
        left = 0.0 if profile_id is None else self._access.seconds_to_wait(profile_id)
        if left > 0:
            self._message.amend(_words(left))
        else:
            self.watch(None)

    def _show(self) -> None:
        self._field.set_busy(self.is_busy)
        self._button.setEnabled(not self.is_busy and not self.is_waiting)
        self.readied.emit()


def _words(left: float) -> str:
    return error_text(PassphraseTooSoon(seconds=float(math.ceil(left))))
