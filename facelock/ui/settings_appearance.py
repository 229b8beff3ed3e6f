"""Appearance in the settings: colours, size of the text, motion, language. Each applies at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QWidget

from facelock.core.errors import SettingsError
from facelock.core.settings import TEXT_SIZES, Appearance, Language
from facelock.ui.card import Card, Rule
from facelock.ui.flow_layout import FlowLayout
from facelock.ui.language import language_name
from facelock.ui.numbers import locale
from facelock.ui.text_labels import Rank, TextLabel
from facelock.ui.theme import SPACE
from facelock.ui.wrapping_text import CheckBox, RadioButton

if TYPE_CHECKING:
    from facelock.ui.preferences import Preferences

T = TypeVar("T")


class AppearanceCard(Card):
    """Its controls are named, so that the window finds the focus again after making pages anew."""

    failed_to_keep = Signal()  # what was chosen holds until the program ends, and no longer

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        now = preferences.current
        self.appearances = {
            Appearance.SYSTEM: RadioButton(self.tr("As the system")),
            Appearance.LIGHT: RadioButton(self.tr("Light")),
            Appearance.DARK: RadioButton(self.tr("Dark")),
        }
        self.text_sizes = {size: RadioButton(self._size_name(size)) for size in TEXT_SIZES}
        self.languages = {one: RadioButton(self._language_name(one)) for one in Language}
        self._add_choice("appearance", self.tr("Colours"), self.appearances, now.appearance)
        self.column.addWidget(Rule())
        self._add_choice("text-size", self.tr("Text size"), self.text_sizes, now.text_size)
        self.column.addWidget(Rule())
        self._add_motion(is_reduced=now.reduced_motion)
        self.column.addWidget(Rule())
        self._add_choice("language", self.tr("Language"), self.languages, now.language)

    def _size_name(self, size: int) -> str:
        if size == TEXT_SIZES[0]:
            return self.tr("As the system")
        return self.tr("{number} %").format(number=locale().toString(size))

    def _language_name(self, language: Language) -> str:
        name = language_name(language)
        if language is Language.SYSTEM:
            return self.tr("As the system ({language})").format(language=name)
        return name

    def _add_choice(
        self, kind: str, name: str, buttons: Mapping[T, RadioButton], chosen: T
    ) -> None:
        """Add a name, and the buttons below it in a row."""
        self.column.addWidget(TextLabel(name))
        group = QButtonGroup(self)
        row = FlowLayout(gap=3 * SPACE, row_gap=SPACE)
        for number, (value, button) in enumerate(buttons.items()):
            button.setObjectName(f"{kind}-{number}")
            button.setAccessibleDescription(name)
            button.setChecked(value == chosen)
            group.addButton(button)
            row.addWidget(button)
        group.buttonClicked.connect(self._on_chosen)
        self.column.addLayout(row)

    def _add_motion(self, *, is_reduced: bool) -> None:
        self.column.addWidget(TextLabel(self.tr("Motion")))
        words = self.tr("Nothing turns, swings or glides. Otherwise it is as the system says.")
        self.still = CheckBox(self.tr("Reduce motion"))
        self.still.setObjectName("reduced-motion")
        self.still.setAccessibleDescription(words)
        self.still.setChecked(is_reduced)
        self.still.clicked.connect(self._on_chosen)
        self.column.addWidget(self.still)
        self.column.addWidget(TextLabel(words, Rank.NOTE))

    @Slot()
    def _on_chosen(self) -> None:
        wanted = replace(
            self._preferences.current,
            appearance=_chosen(self.appearances),
            text_size=_chosen(self.text_sizes),
            reduced_motion=self.still.isChecked(),
            language=_chosen(self.languages),
        )
        try:
            self._preferences.replace(wanted)
        except SettingsError:
            self.failed_to_keep.emit()


def _chosen(buttons: Mapping[T, RadioButton]) -> T:
    return next(value for value, button in buttons.items() if button.isChecked())
