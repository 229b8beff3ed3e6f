"""What came of a retraining: refused and why, or before and after and a choice between the two."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from facelock.core.retraining import Figures, Reason
from facelock.services.retraining import Outcome
from facelock.ui.card import Card
from facelock.ui.flow_layout import FlowLayout
from facelock.ui.icon_button import IconButton
from facelock.ui.push_button import PushButton
from facelock.ui.retraining_figures import headline, strangers, table_rows
from facelock.ui.retraining_table import FiguresTable
from facelock.ui.retraining_text import refusal_advice, refusal_sentence
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.theme import SPACE
from facelock.ui.turning_row import TurningRow
from facelock.ui.wrapping_text import letters_width

_PLOT_CHARACTERS = 42  # a plot narrower than so many letters is hard to read


class OutcomeCard(Card):
    """Shows an outcome until somebody decides. It changes nothing itself; the panel does."""

    adopt_wanted = Signal()
    leave_wanted = Signal()  # keep the present one, or there is no choice

    def __init__(
        self,
        outcome: Outcome,
        names: Mapping[str, str],
        parent: QWidget | None = None,
        *,
        was_trained: bool = False,
    ) -> None:
        super().__init__(parent)
        self._outcome, self._names = outcome, names
        self._was_trained = was_trained  # the one in force has learnt from some of these pictures
        self.adopt = IconButton("check", self.tr("Adopt the new one"), primary=True)
        allowed = outcome.may_be_adopted
        self.leave = PushButton(self.tr("Keep the present one") if allowed else self.tr("Back"))
        self.adopt.clicked.connect(self.adopt_wanted)
        self.leave.clicked.connect(self.leave_wanted)
        self.words = self._sum_up() if allowed else self._refuse(outcome)
        self.setAccessibleName(self.words)
        self.table = FiguresTable()
        self._plots = TurningRow(self._plots_width)
        self._plots.setSpacing(3 * SPACE)
        if outcome.before is not None and outcome.after is not None:
            self._compare(outcome.before, outcome.after)
        buttons = FlowLayout(gap=SPACE, row_gap=SPACE)
        buttons.addWidget(self.adopt)
        buttons.addWidget(self.leave)
        self.column.addSpacing(SPACE)
        self.column.addLayout(buttons)
        self.column.addSpacing(SPACE)
        self.column.addWidget(self.table)
        self.column.addLayout(self._plots)
        self.adopt.setVisible(allowed)
        self.table.setVisible(self.table.rowCount() > 0)

    def follow(self, before: QWidget) -> None:
        """Come after this one for Tab, though it was made before."""
        for one in (self.adopt, self.leave, self.table):
            QWidget.setTabOrder(before, one)
            before = one

    def add_plots(self) -> None:
        """Draw both pairs of curves, to one measure. `load_plots` must have been called."""
        from facelock.ui.density_plot import DensityPlot, highest_of

        both = [one for one in (self._outcome.before, self._outcome.after) if one is not None]
        shown = [one.densities for one in both if one.densities is not None]
        if len(shown) < 2 or self._plots.count():
            return
        self._plots.setContentsMargins(0, SPACE, 0, 0)
        alone = len(both[0].people) == 1  # several people have several lines
        for name, figures in zip((self.tr("Before"), self.tr("After")), both, strict=True):
            plot = DensityPlot(name, limited=alone)
            threshold = figures.people[0].threshold if alone else None
            plot.show_densities(figures.densities, threshold=threshold, highest=highest_of(*shown))
            column = QVBoxLayout()
            column.setSpacing(SPACE // 2)
            column.addWidget(TextLabel(name, Rank.MUTED))
            column.addWidget(plot)
            column.setAlignment(plot, Qt.AlignmentFlag.AlignTop)
            self._plots.addLayout(column, 1)

    def set_busy(self, busy: bool, /) -> None:  # noqa: FBT001 - a setter
        """Take no second click while the first is at work."""
        self.adopt.setEnabled(not busy)
        self.leave.setEnabled(not busy)

    def _sum_up(self) -> str:
        said = self.tr("The new one is better. It is not in force yet.")
        self.column.addWidget(IconLine("check", said, Tone.GOOD, Rank.LEAD))
        return said

    def _refuse(self, outcome: Outcome) -> str:
        said = self.tr("Nothing was changed.")
        self.column.addWidget(IconLine("info", said, Tone.WARNING, Rank.LEAD))
        spoken = [said]
        advice: list[str] = []
        alone = len(outcome.refusals) == 1
        for refusal in outcome.refusals:
            why, help_ = refusal_sentence(refusal, self._names), refusal_advice(refusal.reason)
            self.column.addWidget(IconLine("warning", why, Tone.WARNING))
            spoken.append(why)
            wanted = alone or refusal.reason is not Reason.NOT_BETTER  # which asks for nothing
            if wanted and help_ not in advice:
                advice.append(help_)
        if self._was_trained and outcome.before is not None:
            advice.append(
                self.tr(
                    "The one in force has learnt from pictures that were held back here, so it "
                    "looks better than it is. To compare with the one that Facelock came with, put "
                    "that in force under Versions first."
                )
            )
        for help_ in advice:
            self.column.addWidget(IconLine("light-bulb", help_))
        return " ".join(spoken + advice)

    def _compare(self, before: Figures, after: Figures) -> None:
        self.words = f"{self.words} {headline(before, after)}"
        self.setAccessibleName(self.words)
        self.column.addWidget(TextLabel(headline(before, after)))
        self.column.addWidget(TextLabel(strangers(before, after), Rank.MUTED))
        self.table.show_rows(table_rows(before, after, self._names))

    def _plots_width(self) -> int:
        return 2 * letters_width(self.fontMetrics(), _PLOT_CHARACTERS)
