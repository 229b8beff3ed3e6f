"""Settings: what this lock can and cannot do, where things lie, and how to be rid of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from facelock.ui.capture_shield import capture_words
from facelock.ui.card import Card
from facelock.ui.icon_button import IconButton
from facelock.ui.liveness_text import liveness_sentence
from facelock.ui.settings_erase import EraseCard
from facelock.ui.settings_section import SectionBody
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.theme import SPACE
from facelock.ui.turning_row import TurningRow
from facelock.ui.wrapping_text import letters_width

if TYPE_CHECKING:
    from facelock.services.access import Access

_CHARACTERS = 60  # a folder stands beside its name where there is room for so many

Folders = Sequence[tuple[str, Path]]
"""What lies there, and where."""


class AboutBody(SectionBody):
    """`erase`: everything; None in a demo, which leaves nothing."""

    about_wanted = Signal()

    def __init__(
        self,
        access: Access,
        folders: Folders,
        erase: Callable[[], None] | None,
        *,
        has_keyring: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.column.addWidget(self._limits(access, has_keyring=has_keyring))
        self.go = IconButton("info", self.tr("Version, licences and the model card"))
        self.go.clicked.connect(self.about_wanted)
        self.column.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_section(self.tr("Where your data lies"), self._folders(folders))
        if erase is not None:
            self.erase = EraseCard(access, erase)
            self.add_section(self.tr("Erase"), self.erase)

    def _limits(self, access: Access, *, has_keyring: bool) -> Card:
        card = Card()
        is_active = bool(access.layers)
        words = liveness_sentence(is_active=is_active)
        card.column.addWidget(IconLine("check" if is_active else "warning", words))
        if access.demo:
            words = self.tr("The demo's key is in memory alone, and gone when the demo is closed.")
            card.column.addWidget(IconLine("key", words))
        elif has_keyring:
            words = self.tr("The key to your face data is kept in this computer's keyring.")
            card.column.addWidget(IconLine("key", words))
        else:
            words = self.tr(
                "This computer has no keyring that Facelock can use. Your face works from the "
                "first passphrase until Facelock is closed; then the passphrase is needed again."
            )
            card.column.addWidget(IconLine("key", words, Tone.WARNING))
        card.column.addWidget(IconLine("screen", capture_words()))
        return card

    def _folders(self, folders: Folders) -> Card:
        card = Card()
        for words, folder in folders:
            place = TextLabel(str(folder))
            place.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            row = TurningRow(self._folder_width)
            row.setSpacing(SPACE // 2)
            row.addWidget(TextLabel(words, Rank.MUTED), 1)
            row.addWidget(place, 2)
            card.column.addLayout(row)
        words = self.tr("Nothing leaves this computer. There is no account.")
        card.column.addWidget(TextLabel(words, Rank.NOTE))
        return card

    def _folder_width(self) -> int:
        return letters_width(self.fontMetrics(), _CHARACTERS)
