"""A new recovery key for the person inside: confirmed with the passphrase, shown once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from facelock.core.errors import FacelockError
from facelock.ui.card import Card
from facelock.ui.confirm_passphrase import ConfirmPassphrase
from facelock.ui.error_text import error_text
from facelock.ui.fitting_dialog import FittingDialog
from facelock.ui.flow_layout import FlowLayout
from facelock.ui.message_bar import MessageBar
from facelock.ui.push_button import PushButton
from facelock.ui.recovery_sheet import RecoverySheet
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.theme import SPACE
from facelock.ui.turning_row import TurningRow
from facelock.ui.wrapping_text import letters_width

if TYPE_CHECKING:
    from facelock.services.access import Access
    from facelock.services.keys_desk import KeysDesk
    from facelock.vault.recovery import RecoveryKey

_CHARACTERS = 36  # the banner's words stand beside its buttons where there is room for so many


class RecoveryDialog(FittingDialog):
    """Shows a recovery key. Closed only by its button, which waits for the tick."""

    def __init__(self, recovery: RecoveryKey, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Facelock"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.sheet = RecoverySheet()
        self.sheet.show_key(recovery)
        self.go = PushButton(self.tr("&Done"))
        self.go.setEnabled(False)
        self.go.clicked.connect(self.accept)
        self.sheet.kept.connect(self.go.setEnabled)
        self.column.addWidget(TextLabel(self.tr("Your new recovery key"), Rank.HEADING))
        words = self.tr("The one you had before, if any, opens nothing from now on.")
        self.column.addWidget(TextLabel(words, Rank.MUTED))
        self.column.addWidget(self.sheet)
        self.column.addStretch(1)
        self.foot.addWidget(self.go)

    @override
    @Slot()
    def reject(self) -> None:
        """A stray Esc must not throw away what is shown once: it leads to the tick."""
        if self.sheet.tick.isChecked():
            self.accept()
        else:
            self.sheet.tick.setFocus(Qt.FocusReason.TabFocusReason)

    @override
    @Slot(int)
    def done(self, result: int, /) -> None:
        self.sheet.forget()
        super().done(result)


def make_recovery_key(
    desk: KeysDesk, parent: QWidget, message: MessageBar
) -> RecoveryDialog | None:
    """Make and show one. None, with the reason in `message`, if it could not be made."""
    try:
        recovery = desk.renew_recovery()
    except FacelockError as error:
        message.say(error_text(error), Tone.DANGER)
        return None
    dialog = RecoveryDialog(recovery, parent)
    dialog.open()
    return dialog


def confirm_new_key(access: Access, parent: QWidget) -> ConfirmPassphrase:
    """Return the question that comes before a new recovery key; connect and open it."""
    action = QCoreApplication.translate(
        "recovery", "A new recovery key will open everything, and the one before nothing."
    )
    button = QCoreApplication.translate("recovery", "Make a recovery key")
    return ConfirmPassphrase(access, action, button, parent)


class RecoveryBanner(Card):
    """Offers a recovery key to somebody who has none."""

    made = Signal()

    def __init__(self, access: Access, desk: KeysDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._access, self._desk = access, desk
        words = self.tr("You have no recovery key. Without one a forgotten passphrase is the end.")
        self.make = PushButton(self.tr("Make a recovery key"))
        self.later = PushButton(self.tr("Later"))
        self.message = MessageBar()
        self.setAccessibleName(words)
        self.column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        row = TurningRow(self._row_width)
        row.setSpacing(SPACE)
        row.addWidget(IconLine("key", words, Tone.WARNING), 1, Qt.AlignmentFlag.AlignVCenter)
        buttons = FlowLayout(gap=SPACE, row_gap=SPACE)
        for button in (self.later, self.make):
            buttons.addWidget(button)
        row.addLayout(buttons)
        self.column.addLayout(row)
        self.column.addWidget(self.message)
        self.make.clicked.connect(self._on_make)
        self.later.clicked.connect(self.deleteLater)

    def _row_width(self) -> int:
        beside = self.make.sizeHint().width() + self.later.sizeHint().width()
        return beside + letters_width(self.fontMetrics(), _CHARACTERS)

    @Slot()
    def _on_make(self) -> None:
        if self._access.is_confirmed:
            self._make()
            return
        dialog = confirm_new_key(self._access, self)
        dialog.confirmed.connect(self._make)
        dialog.open()

    @Slot()
    def _make(self) -> None:
        dialog = make_recovery_key(self._desk, self, self.message)
        if dialog is not None:
            dialog.accepted.connect(self.made)
            dialog.accepted.connect(self.deleteLater)
