"""What the lock page shows of a scan, as a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from facelock.ui.ring_state import RingMood

if TYPE_CHECKING:
    from facelock.core.liveness import Prompt
    from facelock.core.look import Look


@dataclass(frozen=True)
class ScanView:
    """What the page shows of the scan."""

    mood: RingMood
    sentence: str
    look: Look | None = field(default=None, repr=False)
    share_left: float = 0.0  # of a cool-down, 1 to 0
    prompt: Prompt | None = None  # what liveness asks for, in the mood ASKING
