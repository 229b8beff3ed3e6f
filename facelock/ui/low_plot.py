"""A plot among others on a card: as high as it has to be to be read, and no higher."""

from __future__ import annotations

from typing_extensions import override

from facelock.ui.plot_style import Plot


class LowPlot(Plot):
    """Two of these stand beside each other; pyqtgraph itself asks for half a window."""

    @override
    def _dress(self) -> None:
        super()._dress()
        self._view.setMaximumHeight(self._view.minimumHeight())
