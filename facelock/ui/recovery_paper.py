"""The recovery key on paper, and in a file of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont, QFontDatabase, QTextCursor, QTextDocument

from facelock.core.atomic_file import write_atomically
from facelock.core.errors import ExportUnwritable

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from facelock.vault.recovery import RecoveryKey

translate = QCoreApplication.translate
_GROUPS_IN_A_LINE = 5
_POINTS = 16  # read from paper, letter by letter


def can_print() -> bool:
    """True if this Qt can print: some builds come without."""
    try:
        from PySide6 import QtPrintSupport  # noqa: F401 - whether it is there
    except ImportError:
        return False
    return True


def lines_of(recovery: RecoveryKey) -> tuple[str, ...]:
    """Return the key in lines of groups: the beginning alone, then five groups of four."""
    first, *groups = recovery.groups
    starts = range(0, len(groups), _GROUPS_IN_A_LINE)
    return (first, *(" ".join(groups[at : at + _GROUPS_IN_A_LINE]) for at in starts))


def save(recovery: RecoveryKey, path: Path) -> None:
    """Write the key to a file that only its owner can read. Raises ExportUnwritable."""
    words = translate(
        "recovery", "Facelock recovery key. Whoever has it can open everything: keep it safe."
    )
    try:
        write_atomically(path, f"# {words}\n{recovery.text}\n".encode())
    except OSError as error:
        raise ExportUnwritable(f"cannot write the recovery key: {error.strerror}") from error


def print_to(recovery: RecoveryKey, printer: QPrinter) -> None:
    """Print one page: what it is, the key, and how it is used."""
    document(recovery).print_(printer)


def document(recovery: RecoveryKey) -> QTextDocument:
    """Return the page."""
    page = QTextDocument()
    cursor = QTextCursor(page)
    usual, large = cursor.charFormat(), cursor.charFormat()
    mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    mono.setPointSize(_POINTS)
    large.setFont(mono)
    title = cursor.charFormat()
    title.setFontPointSize(_POINTS)
    title.setFontWeight(QFont.Weight.Bold)
    cursor.insertText(translate("recovery", "Facelock recovery key") + "\n\n", title)
    cursor.insertText("\n".join(lines_of(recovery)) + "\n\n", large)
    words = translate(
        "recovery",
        "It opens everything without the passphrase. Choose “Forgot your passphrase?” on the lock "
        "page, or type: facelock recovery --use. Spaces and line breaks do not matter. Keep this "
        "page where you keep your passport, and not beside the computer.",
    )
    cursor.insertText(words, usual)
    return page
