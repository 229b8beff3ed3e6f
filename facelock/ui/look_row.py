"""One appearance of a person: which, since when, until when; and its removal."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from facelock.core.template import FIRST_APPEARANCE, Appearance, Source
from facelock.ui.icon_button import IconToolButton
from facelock.ui.numbers import locale
from facelock.ui.text_labels import IconLine
from facelock.ui.theme import SPACE


class LookRow(QWidget):
    """Shows an appearance. It changes nothing itself."""

    remove_wanted = Signal(str)  # name of the appearance

    def __init__(
        self, look: Appearance, person: str, *, removable: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        words = look_sentence(look)
        self.setAccessibleName(words)
        remembered = look.source is Source.REMEMBERED
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        line = IconLine("refresh" if remembered else "face", words)
        row.addWidget(line, 1, Qt.AlignmentFlag.AlignVCenter)
        name = self.tr("Remove a look of {name}: {look}").format(name=person, look=words)
        self.remove_button = IconToolButton("trash", name)
        self.remove_button.clicked.connect(self._on_remove)
        self.remove_button.setVisible(removable)
        row.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignVCenter)

    @Slot()
    def _on_remove(self) -> None:
        self.remove_wanted.emit(self._look.name)


def look_sentence(look: Appearance) -> str:
    """Return what kind of look it is, since when, and until when."""
    translate = QCoreApplication.translate
    if look.source is Source.REMEMBERED:
        words = translate("looks", "Look remembered on {day}, until {end}")
        return words.format(day=_day(look.added_at), end=_day(look.expires_at or 0.0))
    if look.name == FIRST_APPEARANCE:
        return translate("looks", "Usual look, enrolled on {day}").format(day=_day(look.added_at))
    words = translate("looks", "Look “{name}”, enrolled on {day}")
    return words.format(name=look.name, day=_day(look.added_at))


def _day(seconds: float) -> str:
    date = QDateTime.fromSecsSinceEpoch(int(seconds)).date()
    return locale().toString(date, QLocale.FormatType.LongFormat)
