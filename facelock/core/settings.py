"""Harmless preferences. What weakens the lock (level, liveness) is sealed, not here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Appearance(Enum):
    """Which colours the window uses."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Settings:
    """Preferences of this user, kept in a plain file. Replaced whole, never patched."""

    appearance: Appearance = Appearance.SYSTEM
    camera_id: str = ""  # stable id of the chosen camera; empty: the first one found
