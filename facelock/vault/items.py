"""What a vault holds, as everybody outside sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from facelock.core.errors import ItemTooLarge

MAX_NOTE_BYTES = 1024 * 1024

Progress: TypeAlias = Callable[[int, int], None]
"""Hears bytes done and bytes in all. It may raise Cancelled, which leaves no trace."""


class ItemKind(Enum):
    """What an item is. The value is its name on disk, for ever."""

    FILE = "file"
    NOTE = "note"


@dataclass(frozen=True)
class Item:
    """A file or a note in the vault."""

    item_id: str  # 32 hex digits; stays while name and content change
    kind: ItemKind
    name: str
    size: int  # bytes of the content
    added_at: float  # seconds since the epoch
    changed_at: float  # seconds since the epoch: when this content came in
    sha256: str  # of the content, 64 hex digits
    deleted_at: float | None = None  # seconds since the epoch; it can be brought back until lock


def note_bytes(text: str) -> bytes:
    """Return the content of a note. Raises ItemTooLarge if it is too long for one."""
    data = text.encode("utf-8", "replace")
    if len(data) > MAX_NOTE_BYTES:
        raise ItemTooLarge("a note is too long; it can be put in as a file")
    return data
