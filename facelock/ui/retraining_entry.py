"""How the panel of a retraining comes to what it works with."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from facelock.services.access import Access
    from facelock.services.recognition import FacePipeline
    from facelock.ui.retraining_panel import RetrainingPanel


def make_panel(
    access: Access, load_pipeline: Callable[[], FacePipeline], wall: Callable[[], float]
) -> RetrainingPanel:
    """Return a new panel for who is inside. The arguments are those of `Retraining`."""
    from facelock.services.retraining import Retraining
    from facelock.ui.retraining_panel import RetrainingPanel

    return RetrainingPanel(access, Retraining(access, load_pipeline, wall), access.heads)
