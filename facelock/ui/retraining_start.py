"""Where a retraining begins: for whom, with what, how long, and what stands against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from facelock.core.template import Person
from facelock.services.retraining import Plan
from facelock.ui.card import Card, Rule
from facelock.ui.flow_layout import FlowLayout
from facelock.ui.icon_button import IconButton
from facelock.ui.retraining_options import AdvancedOptions
from facelock.ui.retraining_text import plan_lines, refusal_advice, refusal_sentence
from facelock.ui.text_labels import IconLine, TextLabel, Tone
from facelock.ui.theme import SPACE


class StartCard(Card):
    """Shows a plan. It begins nothing itself; the panel does."""

    person_chosen = Signal()
    begin_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.who = QComboBox()
        self.who.setAccessibleName(self.tr("Whom to retrain for"))
        self.who.activated.connect(self.person_chosen)
        self._who_row = self._make_who_row()
        self._lines: list[QWidget] = []
        self._facts = QVBoxLayout()
        self._facts.setSpacing(SPACE)
        self.advanced = AdvancedOptions()
        self.begin = IconButton("refresh", self.tr("Retrain…"), primary=True)
        self.begin.clicked.connect(self.begin_wanted)
        words = self.tr(
            "Retraining fits Facelock to the faces that are enrolled here. It is never needed. It "
            "can help where somebody is often not recognised. Some pictures are held back: only "
            "if they show that it became better can you put the result in force."
        )
        self.column.addWidget(TextLabel(words))
        self.column.addWidget(self._who_row)
        self.column.addLayout(self._facts)
        self.column.addWidget(Rule())
        self.column.addWidget(self.advanced)
        buttons = FlowLayout(gap=SPACE)
        buttons.addWidget(self.begin)
        self.column.addLayout(buttons)

    @property
    def profile_id(self) -> str | None:
        """Whom to retrain for; None: everybody."""
        chosen = self.who.currentData()
        return None if chosen is None else str(chosen)

    def offer_people(self, people: Sequence[Person], inside: str | None) -> None:
        """List these, and choose who is inside unless somebody was chosen before."""
        before = self.profile_id if self.who.count() else inside
        self.who.clear()
        self.who.addItem(self.tr("Everybody"), None)
        for person in people:
            if person.name is not None:  # nothing is known of the others
                self.who.addItem(person.name, person.profile_id)
        self.who.setCurrentIndex(max(self.who.findData(before), 0))
        self._who_row.setVisible(self.who.count() > 2)

    def show_plan(self, plan: Plan, names: Mapping[str, str]) -> None:
        """Say what would be used, and what stands against it."""
        lines: list[QWidget] = [IconLine(icon_name, words) for icon_name, words in plan_lines(plan)]
        lines.append(IconLine("lock", self.tr("Nothing leaves this computer.")))
        for refusal in plan.obstacles:
            why = f"{refusal_sentence(refusal, names)} {refusal_advice(refusal.reason)}"
            lines.append(IconLine("warning", why, Tone.WARNING))
        self._show(lines)
        self.begin.setEnabled(not plan.obstacles)

    def show_trouble(self, words: str) -> None:
        """Say why there is no plan."""
        self._show([IconLine("warning", words, Tone.DANGER)])
        self.begin.setEnabled(False)

    def _show(self, lines: Sequence[QWidget]) -> None:
        for old in self._lines:
            self._facts.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._lines = list(lines)
        for line in self._lines:
            self._facts.addWidget(line)

    def _make_who_row(self) -> QWidget:
        label = QLabel(self.tr("Retrain &for"))
        label.setBuddy(self.who)
        holder = QWidget()
        row = FlowLayout(gap=SPACE, row_gap=SPACE // 2)
        holder.setLayout(row)
        row.addWidget(label)
        row.addWidget(self.who)
        return holder
