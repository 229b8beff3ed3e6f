"""The recovery key, shown once: to copy, to save, to print; and the tick that it was kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QFileDialog, QWidget

from facelock.core.errors import ExportUnwritable
from facelock.ui.card import Card
from facelock.ui.clipboard_loan import LOAN_SECONDS, ClipboardLoan
from facelock.ui.flow_layout import FlowLayout
from facelock.ui.icon_button import IconButton
from facelock.ui.message_bar import MessageBar
from facelock.ui.recovery_paper import can_print, lines_of, print_to, save
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.theme import SPACE
from facelock.ui.wrapping_text import CheckBox

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from facelock.vault.recovery import RecoveryKey

_TIMES_LARGER = 1.3


class RecoverySheet(Card):
    """Empty until `show_key`, and again after `forget`."""

    kept = Signal(bool)  # the tick

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recovery: RecoveryKey | None = None
        self.key = TextLabel("")
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF() * _TIMES_LARGER)
        self.key.setFont(font)
        self.copy = IconButton("clipboard", self.tr("&Copy"))
        self.save = IconButton("file", self.tr("&Save to a file…"))
        self.print = IconButton("export", self.tr("&Print…"))
        self.print.setVisible(can_print())
        self.message = MessageBar()
        self.tick = CheckBox(self.tr("I have &kept it where I will find it again"))
        words = self.tr(
            "It opens everything without your passphrase, here and on another computer. So keep it "
            "as you keep a spare key: on paper, and not beside this computer."
        )
        buttons = FlowLayout(gap=SPACE, row_gap=SPACE)
        for button in (self.copy, self.save, self.print):
            buttons.addWidget(button)
        self.column.addWidget(self.key)
        self.column.addSpacing(SPACE)
        self.column.addLayout(buttons)
        self.column.addWidget(self.message)
        self.column.addWidget(IconLine("key", words, Tone.ACCENT))
        self.column.addWidget(
            IconLine("info", self.tr("It is shown this once only."), Tone.NEUTRAL, Rank.NOTE)
        )
        self.column.addWidget(self.tick)
        self.copy.clicked.connect(self._on_copy)
        self.save.clicked.connect(self._on_save)
        self.print.clicked.connect(self._on_print)
        self.tick.toggled.connect(self.kept)

    def show_key(self, recovery: RecoveryKey) -> None:
        """Show this key."""
        self._recovery = recovery
        self.key.setText("\n".join(lines_of(recovery)))
        # Letter by letter: a screen reader would make a word of each group.
        spelled = ", ".join(" ".join(group) for group in recovery.groups[1:])
        self.key.setAccessibleName(
            self.tr("Recovery key: {start}, then {letters}").format(
                start=recovery.groups[0], letters=spelled
            )
        )

    def forget(self) -> None:
        """Show nothing any more."""
        self._recovery = None
        self.key.setText("")
        self.key.setAccessibleName("")
        self.message.clear()
        self.tick.setChecked(False)

    @Slot()
    def _on_copy(self) -> None:
        if self._recovery is not None:
            ClipboardLoan(self._recovery.text)
            words = self.tr("Copied. The clipboard is cleared in {seconds} seconds.")
            self.message.say(words.format(seconds=LOAN_SECONDS), Tone.GOOD)

    @Slot()
    def _on_save(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the recovery key"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("txt")
        dialog.selectFile("facelock-recovery-key.txt")
        dialog.fileSelected.connect(self.save_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def save_to(self, file: str) -> None:
        """Save the key to this file."""
        if self._recovery is None:
            return
        try:
            save(self._recovery, Path(file))
        except ExportUnwritable:
            words = self.tr("It could not be saved there. Choose another place.")
            self.message.say(words, Tone.DANGER)
            return
        words = self.tr("Saved. Move the file to a place away from this computer.")
        self.message.say(words, Tone.GOOD)

    @Slot()
    def _on_print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        self._printer = QPrinter()
        dialog = QPrintDialog(self._printer, self)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.accepted.connect(self._on_printer)
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()

    @Slot()
    def _on_printer(self) -> None:
        self.print_on(self._printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print the key on this printer."""
        if self._recovery is not None:
            print_to(self._recovery, printer)
            self.message.say(self.tr("Sent to the printer."), Tone.GOOD)
