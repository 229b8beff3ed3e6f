"""What an item shows: a note, a text, a picture, or nothing that can be shown here. In a task."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtGui import QImage

from facelock.ui.vault_picture import MAX_BYTES, PICTURE_SUFFIXES, Refused, decode, kind_of
from facelock.vault.items import Item, ItemKind

if TYPE_CHECKING:
    from facelock.vault.vault import Vault

MAX_TEXT = 2**20  # bytes; a field with more of it stutters
MAX_NOTE = 16 * 2**20
_LONGEST_LINE = 2000  # characters; laying out one endless line takes seconds


@dataclass(frozen=True)
class NoteText:
    """The text of a note, which can be changed."""

    text: str = field(repr=False)


@dataclass(frozen=True)
class PlainText:
    """The text of a file, which cannot."""

    text: str = field(repr=False)


@dataclass(frozen=True)
class Picture:
    """A picture, decoded."""

    image: QImage = field(repr=False)


@dataclass(frozen=True)
class NotShown:
    """Something that is neither; or too large, or broken, for being shown."""

    too_large: bool = False
    broken: bool = False


Shown: TypeAlias = NoteText | PlainText | Picture | NotShown


def look_into(vault: Vault, item: Item) -> Shown:
    """Read and decode an item in memory. Raises VaultLocked, ItemDamaged, ItemMissing."""
    if item.kind is ItemKind.NOTE:
        return NoteText(vault.read(item.item_id, limit=MAX_NOTE).decode("utf-8", "replace"))
    may_be_picture = item.name.lower().endswith(PICTURE_SUFFIXES)
    limit = MAX_BYTES if may_be_picture else MAX_TEXT
    if item.size > limit:
        return NotShown(too_large=may_be_picture)
    data = vault.read(item.item_id, limit=limit)
    if kind_of(data) is not None:
        image = decode(data)
        if isinstance(image, Refused):
            return NotShown(too_large=image.too_large, broken=not image.too_large)
        return Picture(image)
    text = _text_of(data)
    return NotShown() if text is None else PlainText(text)


def _text_of(data: bytes) -> str | None:
    """Return the text that these bytes are, None if they are something else."""
    if len(data) > MAX_TEXT:
        return None
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    if any(letter < " " and letter not in "\t\n\r\f" for letter in set(text)):
        return None
    return "\n".join(_short_lines(text))


def _short_lines(text: str) -> list[str]:
    lines: list[str] = []
    for line in text.splitlines():
        starts = range(0, max(len(line), 1), _LONGEST_LINE)
        lines += [line[start : start + _LONGEST_LINE] for start in starts]
    return lines
