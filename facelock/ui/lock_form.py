"""The form of the lock page: who, the passphrase, and what can be pressed, from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from facelock.ui.theme import SPACE

if TYPE_CHECKING:
    from facelock.ui.passphrase_field import PassphraseField


def lock_form(
    mark: QWidget,
    words: Sequence[QWidget],
    who: QWidget,
    passphrase: PassphraseField,
    below: Sequence[QWidget],
    note: QWidget,
) -> QVBoxLayout:
    """Lay the parts out, with the label that belongs to the passphrase field."""
    label = QLabel(QCoreApplication.translate("LockPage", "&Passphrase"))
    label.setWordWrap(True)
    label.setBuddy(passphrase.edit)
    form = QVBoxLayout()
    form.setSpacing(SPACE)
    form.addStretch(1)
    form.addWidget(mark)
    for one in words:
        form.addWidget(one)
    form.addSpacing(2 * SPACE)
    for one in (who, label, passphrase, *below):
        form.addWidget(one)
    form.addSpacing(SPACE)
    form.addWidget(note)
    form.addStretch(1)
    return form
