"""The Advanced fold-out of a retraining: the loss, its margin, the epochs. Closed at first."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QButtonGroup,
    QDoubleSpinBox,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from facelock.core.retraining import EPOCHS, MARGINS, Loss, RetrainingOptions
from facelock.ui.choice_radio import ChoiceRadio, link
from facelock.ui.flow_layout import FlowLayout
from facelock.ui.icons import icon
from facelock.ui.push_button import PushButton
from facelock.ui.retraining_text import decimal, loss_name, loss_note, whole
from facelock.ui.text_labels import Rank, TextLabel
from facelock.ui.theme import SPACE, colours
from facelock.ui.wrapping_text import letters_width

_INDENT = 30  # logical pixels: a note stands below the text of its button
_STEP = 0.05
_DIGITS = 12  # a field has room for so many letters


class AdvancedOptions(QWidget):
    """What `options` gives is always allowed: the fields take nothing out of its range."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fold = FoldButton(self.tr("Advanced"))
        self.fields = QWidget()
        self._group = QButtonGroup(self)
        self.losses = {loss: ChoiceRadio(loss_name(loss)) for loss in Loss}
        self.margin = QDoubleSpinBox()
        self.epochs = QSpinBox()
        self.reset = PushButton(self.tr("Use the defaults"))
        self._margin_note = TextLabel("", Rank.NOTE)
        self._fill()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.fields)
        self.fields.hide()
        self.fold.toggled.connect(self.fields.setVisible)
        self._group.buttonClicked.connect(self._on_loss)
        self.reset.clicked.connect(self.use_defaults)
        self.use_defaults()

    @property
    def loss(self) -> Loss:
        """The loss that is chosen."""
        return next(loss for loss, button in self.losses.items() if button.isChecked())

    @property
    def options(self) -> RetrainingOptions:
        """How to train, as it is set now."""
        margin = round(self.margin.value(), 2)
        return RetrainingOptions(loss=self.loss, margin=margin, epochs=self.epochs.value())

    @Slot()
    def use_defaults(self) -> None:
        """Set everything as it was at first."""
        self.losses[RetrainingOptions().loss].setChecked(True)
        self.epochs.setValue(int(EPOCHS.default))
        self._on_loss()

    @override
    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Leave the wheel to the page: who scrolls it means no field that comes by."""
        if event.type() is QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _fill(self) -> None:
        column = QVBoxLayout(self.fields)
        column.setContentsMargins(0, 0, 0, SPACE)
        column.setSpacing(SPACE // 2)
        words = self.tr("These are good as they are. Whatever is set here, the result is judged.")
        column.addWidget(TextLabel(words, Rank.MUTED))
        column.addSpacing(SPACE)
        column.addWidget(TextLabel(self.tr("Loss: what the training makes small")))
        for loss, button in self.losses.items():
            button.setAccessibleDescription(loss_note(loss))
            self._group.addButton(button)
            column.addWidget(button)
            note = TextLabel(loss_note(loss), Rank.NOTE)
            note.setContentsMargins(_INDENT, 0, 0, 0)
            column.addWidget(note)
        link(list(self.losses.values()))
        column.addSpacing(SPACE)
        self.margin.setDecimals(2)
        self.margin.setSingleStep(_STEP)
        self._add_number(self.tr("&Margin"), self.margin, self._margin_note)
        self.epochs.setRange(int(EPOCHS.low), int(EPOCHS.high))
        words = self.tr(
            "How often all pictures are gone through. More takes longer and seldom helps. "
            "{low} to {high}, usually {usual}."
        ).format(
            low=whole(int(EPOCHS.low)),
            high=whole(int(EPOCHS.high)),
            usual=whole(int(EPOCHS.default)),
        )
        self.epochs.setAccessibleDescription(words)
        self._add_number(self.tr("&Epochs"), self.epochs, TextLabel(words, Rank.NOTE))
        column.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_number(self, name: str, field: QAbstractSpinBox, note: TextLabel) -> None:
        label = QLabel(name)
        label.setBuddy(field)
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # and not the wheel's
        field.setAccessibleName(name.replace("&", ""))
        field.setMinimumWidth(letters_width(self.fontMetrics(), _DIGITS))
        field.installEventFilter(self)
        row = FlowLayout(gap=SPACE, row_gap=SPACE // 2)
        row.addWidget(label)
        row.addWidget(field)
        column = self.fields.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101 - for mypy
        column.addLayout(row)
        column.addWidget(note)
        column.addSpacing(SPACE)

    @Slot()
    def _on_loss(self) -> None:
        """Each loss has margins of its own."""
        allowed = MARGINS[self.loss]
        words = self.tr(
            "How much nearer than a stranger's a picture of your own has to lie. "
            "{low} to {high}, usually {usual}."
        )
        if self.loss is Loss.CONTRASTIVE:
            words = self.tr(
                "Up to which distance different people are pushed apart. "
                "{low} to {high}, usually {usual}."
            )
        words = words.format(
            low=decimal(allowed.low), high=decimal(allowed.high), usual=decimal(allowed.default)
        )
        self._margin_note.setText(words)
        self.margin.setAccessibleDescription(words)
        self.margin.setRange(allowed.low, allowed.high)
        self.margin.setValue(allowed.default)


class FoldButton(PushButton):
    """Opens and closes what lies below it. The arrow shows which."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setCheckable(True)
        self.toggled.connect(self._draw)
        self._draw()

    @override
    def changeEvent(self, event: QEvent, /) -> None:
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    @Slot()
    def _draw(self) -> None:
        now = colours(self.palette())
        name = "arrow-down" if self.isChecked() else "arrow-right"
        self.setIcon(icon(name, now.text, now.control))
        words = self.tr("open") if self.isChecked() else self.tr("closed")
        self.setAccessibleDescription(words)
