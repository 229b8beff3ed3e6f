"""Harmless preferences. What weakens the lock (level, liveness) is sealed, not here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

TEXT_SIZES = (100, 115, 130, 150)
"""How large text may be, percent of what the system says."""


class Appearance(Enum):
    """Which colours the window uses."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Language(Enum):
    """Which language the window speaks."""

    SYSTEM = "system"
    ENGLISH = "en"
    GERMAN = "de"


@dataclass(frozen=True)
class Settings:
    """Preferences of this user, kept in a plain file. Replaced whole, never patched."""

    appearance: Appearance = Appearance.SYSTEM
    camera_id: str = ""  # stable id of the chosen camera; empty: the first one found
    language: Language = Language.SYSTEM
    text_size: int = TEXT_SIZES[0]  # one of TEXT_SIZES
    reduced_motion: bool = False  # True: nothing moves, whatever the system says
    curtain: bool = False  # True: every screen is covered while it is locked
    keep_in_tray: bool = False  # True: a closed window goes into the tray, locked
    notices: bool = True  # of failed attempts, through the desktop, while it is locked
