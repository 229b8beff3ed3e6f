"""Settings: when Facelock locks by itself, when it asks for the passphrase, and the keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from facelock.core.errors import FacelockError
from facelock.ui.card import Card, Rule
from facelock.ui.choice_row import ChoiceRow
from facelock.ui.confirm_passphrase import ConfirmPassphrase
from facelock.ui.error_text import error_text
from facelock.ui.icon_button import IconButton
from facelock.ui.level_cards import days_text, minutes_text
from facelock.ui.settings_asking import AskingCard
from facelock.ui.settings_away import AwayCard
from facelock.ui.settings_onlooker import OnlookerCard
from facelock.ui.settings_section import SectionBody
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.threshold_text import level_name

if TYPE_CHECKING:
    from facelock.services.access import Access
    from facelock.session.watch import SessionWatch

_MINUTE = 60.0
_CHOICES = tuple(count * _MINUTE for count in (1, 2, 5, 10, 15))


class LockingBody(SectionBody):
    """A time longer than now weakens the lock, so the passphrase is asked for."""

    lock_wanted = Signal()
    idle_changed = Signal()

    def __init__(
        self, access: Access, session: SessionWatch | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._access = access
        self._session = session
        self.asking = AskingCard(access)
        self.away, self.onlooker = AwayCard(access), OnlookerCard(access)
        for card in (self.away, self.onlooker):
            card.changed.connect(self.idle_changed)
        self.onlooker.changed.connect(self.away.show_state)
        self.column.addWidget(self._idle_card())
        self.column.addWidget(self.away)
        self.add_section(self.tr("Opening again"), self.asking)
        self.column.addWidget(self._rules_card())
        self.add_section(self.tr("What others see"), self.onlooker)
        self.show_state()

    @override
    def showEvent(self, event: QShowEvent, /) -> None:
        self.show_state()
        super().showEvent(event)

    def _idle_card(self) -> Card:
        card = Card()
        texts = {seconds: self._choice_text(seconds) for seconds in (None, *_CHOICES)}
        self._row = ChoiceRow[float | None](card, "idle", self._question(), texts)
        self._row.chosen.connect(self._on_chosen)
        self.choices = self._row.choices
        words = self.tr(
            "A shorter time holds at once. A longer one weakens the lock and takes your "
            "passphrase; if it is longer than the level's, it ends with a stricter level."
        )
        card.column.addWidget(TextLabel(words, Rank.NOTE))
        if self._session is not None and self._session.is_told:
            words = self.tr(
                "It also locks when the screen locks, before the computer sleeps, when the lid is "
                "closed and when another user takes over."
            )
            card.column.addWidget(TextLabel(words, Rank.NOTE))
        card.column.addWidget(Rule())
        self.lock_button = IconButton("lock", self.tr("Lock now"))
        self.lock_button.setToolTip(self.tr("Lock now (Ctrl+L)"))
        self.lock_button.clicked.connect(self.lock_wanted)
        card.column.addWidget(self.lock_button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _question(self) -> str:
        if self._session is not None and self._session.idle_seconds() is not None:
            return self.tr("Lock when nobody has used the computer for")
        return self.tr("Lock when nobody has used the window for")

    def _choice_text(self, seconds: float | None) -> str:
        if seconds is not None:
            return minutes_text(seconds)
        level, rules = self._access.level, self._access.rules
        words = self.tr("As {level} says: {time}")
        return words.format(level=level_name(level), time=minutes_text(rules.lock_when_idle))

    def _rules_card(self) -> Card:
        card = Card()
        self._interval = IconLine("key", "")
        self._failures = IconLine("shield", "")
        card.column.addWidget(self._interval)
        card.column.addWidget(self._failures)
        words = self.tr(
            "While a second face is in the picture no face opens anything, and no failed glance "
            "is counted: whoever looks over your shoulder gets nowhere, and does you no harm."
        )
        card.column.addWidget(IconLine("people", words))
        return card

    def show_state(self) -> None:
        """Say how it is now: the level may have been changed meanwhile."""
        chosen = self._access.chosen_idle
        self.choices[None].setText(self._choice_text(None))
        self._row.show_chosen(chosen if chosen in self.choices else None)
        rules = self._access.rules
        interval = self.tr("The passphrase is asked for after {days} at the latest.")
        if rules.passphrase_after_reboot:
            interval = self.tr(
                "The passphrase is asked for after {days} at the latest, and whenever the "
                "computer was started anew."
            )
        self._interval.label.setText(interval.format(days=days_text(rules.passphrase_interval)))
        failures = self.tr("After {count} failed glances only the passphrase opens.")
        self._failures.label.setText(failures.format(count=rules.failures_before_passphrase))

    @Slot(object)
    def _on_chosen(self, seconds: float | None) -> None:
        if not self._access.locks_later(seconds) or self._access.is_confirmed:
            self._set(seconds)
            return
        action = self.tr("From now on Facelock stays open for {time} without use.")
        dialog = ConfirmPassphrase(
            self._access,
            action.format(time=self._choice_text(seconds)),
            self.tr("Change it"),
            self,
        )
        dialog.confirmed.connect(partial(self._set, seconds))
        dialog.finished.connect(self._on_answered)
        dialog.open()

    @Slot()
    def _on_answered(self) -> None:
        self.show_state()

    def _set(self, seconds: float | None) -> None:
        try:
            self._access.set_lock_when_idle(seconds)
        except FacelockError as error:
            self.tell(error_text(error), Tone.DANGER)
        else:
            words = self.tr("It locks after {time} without use, from now on.")
            self.tell(words.format(time=minutes_text(self._access.lock_when_idle)), Tone.GOOD)
            self.idle_changed.emit()
        self.show_state()
