"""Settings: who is enrolled, with which looks, in short. Their own page does the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from facelock.core.template import Profile
from facelock.ui.avatar import Avatar
from facelock.ui.card import Card
from facelock.ui.icon_button import IconButton
from facelock.ui.look_row import look_sentence
from facelock.ui.numbers import locale
from facelock.ui.settings_section import SectionBody
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.theme import SPACE

if TYPE_CHECKING:
    from facelock.services.access import Access


class PeopleBody(SectionBody):
    """Changes nothing itself."""

    people_wanted = Signal()

    def __init__(self, access: Access, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._access = access
        self._cards = QVBoxLayout()
        self._cards.setSpacing(2 * SPACE)
        self.column.addLayout(self._cards)
        self.go = IconButton("people", self.tr("Add, rename or remove people"))
        self.go.clicked.connect(self.people_wanted)
        self.column.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)

    @override
    def showEvent(self, event: QShowEvent, /) -> None:
        self._refresh()  # people are changed on another page
        super().showEvent(event)

    def _refresh(self) -> None:
        while (item := self._cards.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        inside = self._access.unlocked_for
        for profile in self._access.profiles:
            mine = inside is not None and inside.profile_id == profile.profile_id
            self._cards.addWidget(self._card(profile, mine=mine))
        for _ in self._access.damaged:
            card = Card()
            words = self.tr("A record does not open. The page of the people says what can be done.")
            card.column.addWidget(IconLine("warning", words, Tone.DANGER))
            self._cards.addWidget(card)

    def _card(self, profile: Profile, *, mine: bool) -> Card:
        card = Card()
        card.setAccessibleName(profile.name)
        words = QVBoxLayout()
        words.setSpacing(SPACE // 2)
        words.addWidget(TextLabel(profile.name, Rank.HEADING))
        if mine:
            words.addWidget(IconLine("unlock", self.tr("Inside now"), Tone.GOOD, Rank.NOTE))
        for look in profile.appearances:
            count = sum(sample.appearance == look.name for sample in profile.samples)
            line = self.tr("{look}: {count} pictures")
            text = line.format(look=look_sentence(look), count=locale().toString(count))
            words.addWidget(TextLabel(text, Rank.MUTED))
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        row.addWidget(Avatar(profile), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        card.column.addLayout(row)
        return card
