"""Who is before a simulated camera."""

from __future__ import annotations

from enum import Enum


class Scene(Enum):
    """Who is on the stage. The value is a name for scripts."""

    EMPTY = "empty"
    OWNER = "owner"
    STRANGER = "stranger"
    BOTH = "both"  # the owner, and somebody beside them
    DARK = "dark"  # the owner, and no light
