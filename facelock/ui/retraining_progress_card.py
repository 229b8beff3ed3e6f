"""The card of a retraining that is under way: what it does, how long still, and two curves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtWidgets import QWidget

from facelock.services.retraining_progress import Progress, Stage
from facelock.ui.announce import announce
from facelock.ui.card import Card
from facelock.ui.enrolment.progress_line import ProgressLine
from facelock.ui.icon_button import IconButton
from facelock.ui.loss_plot import loss_words
from facelock.ui.retraining_text import remaining, stage_words, whole
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.theme import SPACE
from facelock.ui.turning_row import TurningRow
from facelock.ui.wrapping_text import letters_width

if TYPE_CHECKING:
    from facelock.ui.density_plot import DensityPlot
    from facelock.ui.loss_plot import LossPlot

_CHARACTERS = 40  # the words stand beside the button where there is room for so many more
_PLOT_CHARACTERS = 42  # a plot narrower than so many letters is hard to read
_SAY_MILLISECONDS = 2000  # screen readers are told no more often
_DRAW_MILLISECONDS = 700  # a drawing costs the window some frames


class RetrainingProgressCard(Card):
    """Shows what `show_progress` is given. The curves come when `add_plots` was called."""

    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = IconLine("hourglass", "")
        self.bar = ProgressLine()
        self.cancel = IconButton("cross", self.tr("Cancel"))
        self.cancel.clicked.connect(self.cancel_wanted)
        self._stage: Stage | None = None
        self._drawn: Progress | None = None
        self._loss: LossPlot | None = None
        self._densities: DensityPlot | None = None
        self._since_said, self._since_drawn = QElapsedTimer(), QElapsedTimer()
        row = TurningRow(self._row_width)
        row.setSpacing(2 * SPACE)
        row.addWidget(self.line, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.cancel)
        self._plots = TurningRow(self._plots_width)
        self._plots.setSpacing(3 * SPACE)
        self.column.addLayout(row)
        self.column.addWidget(self.bar)
        words = self.tr("Everything else can be used meanwhile. Locking stops it.")
        self.column.addWidget(TextLabel(words, Rank.NOTE))
        self.column.addLayout(self._plots)

    def begin(self) -> None:
        """Forget what was shown before."""
        self._stage = self._drawn = None
        self._since_said.invalidate()
        self._since_drawn.invalidate()
        self._clear_plots()
        self._say(self.tr("Beginning…"), 0.0)

    def add_plots(self, epochs: int) -> None:
        """Make room for the curves. `load_plots` must have been called."""
        from facelock.ui.density_plot import DensityPlot
        from facelock.ui.loss_plot import LossPlot

        self._clear_plots()
        name = self.tr("Distances between held-out pictures")
        self._loss, self._densities = LossPlot(epochs), DensityPlot(name, compared=True)
        for plot in (self._loss, self._densities):
            self._plots.addWidget(plot, 1, Qt.AlignmentFlag.AlignTop)
        if self._drawn is not None:
            self._draw(self._drawn)

    def show_progress(self, at: Progress) -> None:
        """Show how far it is."""
        words = self.tr("{stage}: {share} %").format(
            stage=stage_words(at.stage), share=whole(round(100 * at.fraction))
        )
        if left := remaining(at.seconds_left):
            words = self.tr("{what}, {left}").format(what=words, left=left)
        self._say(words, at.fraction)
        is_new = at.stage is not self._stage
        if is_new:
            self._stage = at.stage
            announce(self, stage_words(at.stage))
        if self._drawn is None or not _same_curves(at, self._drawn):
            waited = self._since_drawn.hasExpired(_DRAW_MILLISECONDS)
            if is_new or not self._since_drawn.isValid() or waited:
                self._since_drawn.start()
                self._drawn = at
                self._draw(at)

    def show_stopping(self) -> None:
        """Say that it ends soon. The button stays enabled: disabled, it would lose the focus."""
        self._say(self.tr("Stopping…"), self.bar.share)

    def _say(self, words: str, share: float) -> None:
        self.line.say("hourglass", words, Tone.NEUTRAL)
        self.bar.share = share
        self.bar.update()
        # A screen reader reads a changed name at once.
        if not self._since_said.isValid() or self._since_said.hasExpired(_SAY_MILLISECONDS):
            self._since_said.start()
            self.setAccessibleName(words)

    def _draw(self, at: Progress) -> None:
        if self._loss is None or self._densities is None:
            return
        self._loss.show_losses(at.losses)
        self._densities.show_densities(at.now, at.before)
        if at.losses:
            self.setAccessibleDescription(loss_words(at.losses))

    def _clear_plots(self) -> None:
        for plot in (self._loss, self._densities):
            if plot is not None:
                self._plots.removeWidget(plot)
                plot.hide()
                plot.deleteLater()
        self._loss = self._densities = None

    def _row_width(self) -> int:
        return self.cancel.sizeHint().width() + letters_width(self.fontMetrics(), _CHARACTERS)

    def _plots_width(self) -> int:
        return 2 * letters_width(self.fontMetrics(), _PLOT_CHARACTERS)


def _same_curves(one: Progress, other: Progress) -> bool:
    return (
        len(one.losses) == len(other.losses) and one.now is other.now and one.before is other.before
    )
