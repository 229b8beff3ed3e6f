"""What the training makes smaller, drawn epoch by epoch while it runs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from facelock.ui.low_plot import LowPlot
from facelock.ui.retraining_text import decimal, whole

translate = QCoreApplication.translate
_MOST_TICKS = 6


class LossPlot(LowPlot):
    """Empty until `show_losses`. As wide from the beginning as all epochs need."""

    def __init__(self, epochs: int, parent: QWidget | None = None) -> None:
        super().__init__(
            translate("LossPlot", "The loss while it learns"),
            translate("LossPlot", "epoch"),
            translate("LossPlot", "loss, mean of an epoch"),
            parent,
        )
        self._curve = self.line("accent")
        self._highest = 0.0
        step = max(-(-epochs // _MOST_TICKS), 1)
        self.span(x=(0.5, epochs + 0.5), y=(0.0, 1.0))
        self.ticks(x=[(one, whole(one)) for one in range(step, epochs + 1, step)], y=[])

    def show_losses(self, losses: Sequence[float]) -> None:
        """Draw the losses of the epochs so far."""
        self._curve.show([index + 1.0 for index in range(len(losses))], losses)
        self._highest = max(self._highest, *losses, 0.0)
        top = self._highest or 1.0
        self.span(y=(-0.02 * top, 1.05 * top))
        self.ticks(y=[(share * top, decimal(share * top, 3)) for share in (0.0, 0.5, 1.0)])
        if losses:
            self.describe(loss_words(losses))


def loss_words(losses: Sequence[float]) -> str:
    """Say what the curve shows."""
    text = translate("LossPlot", "After {count} epochs the loss is {now}; it began at {first}.")
    return text.format(
        count=whole(len(losses)), now=decimal(losses[-1], 3), first=decimal(losses[0], 3)
    )
