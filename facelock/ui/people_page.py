"""Everybody who may open Facelock on this machine: add, rename, remove."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from facelock.core.errors import FacelockError, SettingsError
from facelock.ui.announce import announce
from facelock.ui.card import Card
from facelock.ui.confirm_passphrase import ConfirmPassphrase
from facelock.ui.error_text import error_text
from facelock.ui.icon_button import IconButton
from facelock.ui.message_bar import MessageBar
from facelock.ui.page import Page
from facelock.ui.person_card import PersonCard
from facelock.ui.renewal_text import left_behind_note
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.theme import SPACE

if TYPE_CHECKING:
    from facelock.core.threshold import Calibration
    from facelock.services.access import Access
    from facelock.vault.store import DamagedRecord


def _none_at_hand() -> None:
    """Thresholds then stay as strict as they were."""


class PeoplePage(Page):
    """Cards of everybody enrolled, and of records that should be there and do not open."""

    add_wanted = Signal()  # the passphrase was confirmed
    changed = Signal()  # somebody was renamed or removed; perhaps the person inside

    def __init__(
        self,
        access: Access,
        parent: QWidget | None = None,
        *,
        calibration: Callable[[], Calibration | None] = _none_at_hand,
    ) -> None:
        super().__init__(
            self.tr("People"), self.tr("Whose face opens Facelock on this computer."), parent
        )
        self._access = access
        self._calibration = calibration  # the one at hand: nothing is loaded here
        self._about = ""  # profile id that a confirmation is about
        self._look = ""  # and which look of theirs
        self.add_button = IconButton("person-add", self.tr("Add a person"), primary=True)
        self.add_button.clicked.connect(self._on_add)
        corner = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        self.heading_row.addWidget(self.add_button, 0, corner)
        self.message = MessageBar()
        self.column.addWidget(self.message)
        self._list = QVBoxLayout()
        self._list.setSpacing(2 * SPACE)
        self.column.addLayout(self._list)
        self.column.addStretch(1)
        self.cards: list[PersonCard] = []
        self.refresh()

    def refresh(self) -> None:
        """Show the people as they are now."""
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        inside = self._access.unlocked_for
        self.cards = []
        outdated = {profile.profile_id for profile in self._access.renewal.left_behind}
        for profile in self._access.profiles:
            mine = inside is not None and inside.profile_id == profile.profile_id
            note = left_behind_note(profile.name) if profile.profile_id in outdated else ""
            card = PersonCard(profile, self._access.level, inside=mine, note=note)
            card.rename_wanted.connect(self._on_rename)
            card.remove_wanted.connect(self._on_remove)
            card.forget_wanted.connect(self._on_forget)
            self.cards.append(card)
            self._list.addWidget(card)
        for record in self._access.damaged:
            self._list.addWidget(self._damaged_card(record))
        if self._list.count() == 0:
            self._list.addWidget(self._empty_card())

    def _damaged_card(self, record: DamagedRecord) -> Card:
        title, removal = self._damaged_title(record.profile_id)
        card = Card()
        card.setAccessibleName(title)
        card.column.addWidget(IconLine("warning", title, Tone.DANGER, Rank.HEADING))
        words = self.tr(
            "It is damaged, was changed by hand, or comes from another computer, so it is not used "
            "and this face opens nothing. The file was left as it is, and a copy lies beside it. "
            "Restore it from a backup, or remove it here and enrol the person again."
        )
        card.column.addWidget(TextLabel(words))
        remove = IconButton("trash", removal)
        remove.setProperty("profile_id", record.profile_id)
        remove.clicked.connect(self._on_remove_damaged)
        card.column.addWidget(remove, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _damaged_title(self, profile_id: str) -> tuple[str, str]:
        """Say whose record it is, as the lock page numbers them: the name is in the record."""
        inside = self._access.unlocked_for
        if inside is not None and inside.profile_id == profile_id:
            return self.tr("Your record does not open"), self.tr("Remove your record")
        ids = [person.profile_id for person in self._access.people]
        number = ids.index(profile_id) + 1 if profile_id in ids else len(ids) + 1
        return (
            self.tr("The record of person {number} does not open").format(number=number),
            self.tr("Remove the record of person {number}").format(number=number),
        )

    def _empty_card(self) -> Card:
        card = Card()
        words = self.tr("Nobody is enrolled. Add a person to unlock with a glance.")
        card.column.addWidget(IconLine("person", words))
        return card

    def _confirm(self, action: str, button: str, then: Callable[[], object]) -> None:
        """Ask for the passphrase, then go on. `then` is a slot of this page."""
        dialog = ConfirmPassphrase(self._access, action, button, self)
        dialog.confirmed.connect(then)
        dialog.open()

    @Slot()
    def _on_add(self) -> None:
        if self._access.is_confirmed:
            self.add_wanted.emit()
            return
        action = self.tr("A new face will be able to open Facelock.")
        self._confirm(action, self.tr("Add a person"), self.add_wanted.emit)

    @Slot(str, str)
    def _on_rename(self, profile_id: str, name: str) -> None:
        try:
            self._access.rename(profile_id, name)
        except (ValueError, SettingsError):
            self.message.say(
                self.tr("A name has 1 to 60 characters that can be shown."), Tone.DANGER
            )
        except FacelockError as error:
            self.message.say(error_text(error), Tone.DANGER)
        else:
            self.message.clear()
            self.refresh()
            self.changed.emit()
            self._focus_on(profile_id)

    def _focus_on(self, profile_id: str) -> None:
        """Stay with the person: the card that had the focus was replaced by a new one."""
        for card, profile in zip(self.cards, self._access.profiles, strict=True):
            if profile.profile_id == profile_id:
                card.rename_button.setFocus()
                announce(card, self.tr("Renamed to {name}.").format(name=profile.name))

    @Slot(str)
    def _on_remove(self, profile_id: str) -> None:
        self._about = profile_id
        name = self._access.profile(profile_id).name
        action = self.tr(
            "This erases {name}: pictures, numbers, keys, and the vault of {name} with every file "
            "and note in it. It cannot be undone, and {name} can open Facelock no more."
        ).format(name=name)
        self._confirm_removal(action)

    @Slot(str, str)
    def _on_forget(self, profile_id: str, look: str) -> None:
        self._about, self._look = profile_id, look
        action = self.tr(
            "{name} will not be recognised by this look any more. That cannot be undone."
        ).format(name=self._access.profile(profile_id).name)
        self._confirm(action, self.tr("Remove"), self._forget)

    @Slot()
    def _forget(self) -> None:
        from facelock.services.adapting import forget_look

        try:
            forget_look(self._access, self._about, self._look, self._calibration())
        except ValueError:  # it expired, or was undone, meanwhile
            pass
        except FacelockError as error:
            self.message.say(error_text(error), Tone.DANGER)
            return
        self.message.say(self.tr("The look was removed."), Tone.GOOD)
        self.refresh()
        self.add_button.setFocus()  # the button that was pressed goes with its row

    @Slot()
    def _on_remove_damaged(self) -> None:
        self._about = str(self.sender().property("profile_id"))
        action = self.tr("This erases the damaged record and its copy. It cannot be undone.")
        self._confirm_removal(action)

    def _confirm_removal(self, action: str) -> None:
        inside = self._access.unlocked_for
        if inside is not None and inside.profile_id == self._about:
            yours = self.tr("It is yours, so Facelock locks.")
            action = f"{action} {yours}"
        self._confirm(action, self.tr("Remove"), self._remove)

    @Slot()
    def _remove(self) -> None:
        try:
            self._access.remove(self._about)
        except FacelockError as error:
            self.message.say(error_text(error), Tone.DANGER)
            return
        if self._access.unlocked_for is not None:
            self.add_button.setFocus()  # the button that was pressed goes with its card
            self.message.say(self.tr("Removed."), Tone.GOOD)
            self.refresh()
        self.changed.emit()
