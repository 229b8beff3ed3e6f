"""A question with its answers side by side, of which one holds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QButtonGroup

from facelock.ui.card import Card
from facelock.ui.choice_radio import ChoiceRadio, link
from facelock.ui.flow_layout import FlowLayout
from facelock.ui.text_labels import TextLabel
from facelock.ui.theme import SPACE

T = TypeVar("T")


class ChoiceRow(QObject, Generic[T]):
    """Adds itself to the end of a card. `texts`: the answers and what they say, in order.

    `name`: what the object names of the answers begin with.
    """

    chosen = Signal(object)  # the answer that was clicked; it need not hold yet

    def __init__(self, card: Card, name: str, question: str, texts: Mapping[T, str]) -> None:
        super().__init__(card)
        self._card = card
        self.choices: dict[T, ChoiceRadio] = {}
        card.column.addWidget(TextLabel(question))
        group = QButtonGroup(self)
        row = FlowLayout(gap=3 * SPACE, row_gap=SPACE)
        for number, (answer, text) in enumerate(texts.items()):
            radio = ChoiceRadio(text)
            radio.setObjectName(f"{name}-{number}")
            radio.setAccessibleDescription(question)
            radio.clicked.connect(partial(self._on_clicked, answer))
            group.addButton(radio)
            row.addWidget(radio)
            self.choices[answer] = radio
        link(list(self.choices.values()))
        card.column.addLayout(row)

    def show_chosen(self, answer: T) -> None:
        """Show which one holds; the focus moves there from one that was only wished for."""
        focused = self._card.window().focusWidget()
        wants_focus = any(radio is focused for radio in self.choices.values())
        shown = self.choices[answer]
        shown.setChecked(True)
        if wants_focus:
            shown.setFocus()

    @Slot()
    def _on_clicked(self, answer: T) -> None:
        self.chosen.emit(answer)
