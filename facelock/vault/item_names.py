"""Names of items: kept as people wrote them, and made harmless where they become file names.

An index keeps a name as its person knows it. On the way out it becomes a file name that every
operating system takes as a plain file in the folder chosen, whatever was imported or forged.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

MAX_NAME_CHARACTERS = 255
MAX_NUMBERED = 10_000
_UNNAMED = "Unnamed"
_MAX_FILE_NAME_BYTES = 200  # file systems end at 255; a number and a temporary's ending fit in too
_MAX_ENDING_BYTES = 16
# Control characters, and marks that turn the direction of text ("exe.fdp" shown as "pdf.exe").
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_SEPARATORS = re.compile(r"[/\\]")
_FORBIDDEN = re.compile(r'[<>:"|?*/\\]')  # somewhere
# Devices of Windows, with whatever ending; the last three digits are superscripts.
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\xb9\xb2\xb3])\s*(\..*)?")


def clean_name(name: str) -> str:
    """Return a name to keep: composed (NFC), of one line, no path, 255 characters at most."""
    readable = name.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate becomes "?"
    composed = unicodedata.normalize("NFC", readable)
    plain = _SEPARATORS.sub("_", _INVISIBLE.sub("", composed)).strip()
    return plain[:MAX_NAME_CHARACTERS].rstrip() or _UNNAMED


def folded(text: str) -> str:
    """Return a text as search compares it: whatever its case, composition or width."""
    return unicodedata.normalize("NFKC", text).casefold()


def file_name(name: str) -> str:
    """Return a file name for an item that any operating system takes, in one folder."""
    plain = _FORBIDDEN.sub("_", clean_name(name)).rstrip(". ")
    if not plain.strip(". "):
        plain = _UNNAMED
    if _DEVICE.fullmatch(plain.casefold()):
        plain = f"_{plain}"
    stem, ending = _parted(plain)
    return _cut(stem, _MAX_FILE_NAME_BYTES - len(ending.encode())) + ending


def numbered(name: str) -> Iterator[str]:
    """Yield the name, then "name (2).txt" and on, up to a bound that nobody meets."""
    yield name
    stem, ending = _parted(name)
    for number in range(2, MAX_NUMBERED):
        yield f"{stem} ({number}){ending}"


def marked(name: str, mark: str) -> str:
    """Return "name (mark).txt"."""
    stem, ending = _parted(name)
    return f"{stem} ({mark}){ending}"


def _parted(name: str) -> tuple[str, str]:
    """Return stem and ending; the ending is empty or begins with a dot, and is short."""
    stem, dot, ending = name.rpartition(".")
    if stem.strip(".") and len(ending.encode()) < _MAX_ENDING_BYTES:
        return stem, dot + ending
    return name, ""


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore")
