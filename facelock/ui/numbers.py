"""Numbers and dates as the person's language writes them."""

from __future__ import annotations

from PySide6.QtCore import QLocale


def locale() -> QLocale:
    """Return the person's locale; English where the system names none.

    The nameless "C" locale groups no digits, which makes 10000 hard to tell from 100000.
    """
    own = QLocale()
    return QLocale(QLocale.Language.English) if own.language() is QLocale.Language.C else own
