"""A field for a passphrase: hidden by default, with a button to show it and a Caps Lock hint."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from facelock.ui.icons import icon
from facelock.ui.push_button import PushButton
from facelock.ui.text_labels import IconLine, Rank, Tone
from facelock.ui.theme import SPACE, colours


class _HiddenEdit(QLineEdit):
    """A line edit that never offers its text to predictions, and notices Caps Lock."""

    caps_lock = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        # Qt does not tell the state of Caps Lock; a capital without Shift gives it away.
        typed = event.text()
        if len(typed) == 1 and typed.lower() != typed.upper():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(typed.isupper() is not shift)
        super().keyPressEvent(event)


class PassphraseField(QWidget):
    """What it holds is read with `text` and forgotten with `clear`."""

    submitted = Signal()  # Enter
    edited = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = _HiddenEdit()
        self.edit.setAccessibleName(name)
        self._reveal = PushButton()
        self._reveal.setCheckable(True)
        self._reveal.setFlat(True)
        self._hint = IconLine("warning", self.tr("Caps Lock is on."), Tone.WARNING, Rank.NOTE)
        self._hint.hide()
        row = QHBoxLayout()
        row.setSpacing(SPACE // 2)
        row.addWidget(self.edit, 1)
        row.addWidget(self._reveal)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addLayout(row)
        column.addWidget(self._hint)
        self.setFocusProxy(self.edit)
        self.edit.returnPressed.connect(self.submitted)
        self.edit.textChanged.connect(self.edited)
        self.edit.caps_lock.connect(self._hint.setVisible)
        self._reveal.toggled.connect(self._show_text)
        self._show_text(False)

    def text(self) -> str:
        """Return what was typed."""
        return self.edit.text()

    def clear(self) -> None:
        """Forget what was typed, and hide what is typed next."""
        self.edit.clear()
        self._reveal.setChecked(False)
        self._hint.hide()

    def set_busy(self, busy: bool, /) -> None:  # noqa: FBT001 - a setter
        """While busy nothing can be typed; the focus stays where it is."""
        self.edit.setReadOnly(busy)

    def tab_widgets(self) -> tuple[QWidget, ...]:
        """Return what Tab stops at, in order."""
        return self.edit, self._reveal

    @override
    def changeEvent(self, event: QEvent, /) -> None:
        if event.type() is QEvent.Type.PaletteChange:
            self._show_text(self._reveal.isChecked())
        super().changeEvent(event)

    @Slot(bool)
    def _show_text(self, shown: bool, /) -> None:  # noqa: FBT001 - the signal's shape
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.edit.setEchoMode(mode)
        words = self.tr("Hide the passphrase") if shown else self.tr("Show the passphrase")
        self._reveal.setAccessibleName(words)
        self._reveal.setToolTip(words)
        now = colours(self.palette())
        self._reveal.setIcon(icon("eye-off" if shown else "eye", now.muted, now.control))
