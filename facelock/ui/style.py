"""How controls are drawn: Fusion with softer, roomier controls and a focus ring one can see.

All colours come from the palette, so light, dark and whatever comes later need nothing here.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComplex,
    QWidget,
)
from typing_extensions import override

from facelock.ui.stillness import is_still
from facelock.ui.style_paint import (
    draw_button,
    draw_check_box,
    draw_field,
    draw_focus_ring,
    draw_radio_button,
    is_in,
    is_primary,
)
from facelock.ui.wrapping_text import broken

_CONTROL_HEIGHT = 38
_INDICATOR = 20

_State = QStyle.StateFlag
_Role = QPalette.ColorRole
_WRAPPED = frozenset(
    {
        QStyle.ControlElement.CE_PushButtonLabel,
        QStyle.ControlElement.CE_CheckBoxLabel,
        QStyle.ControlElement.CE_RadioButtonLabel,
    }
)


class FacelockStyle(QProxyStyle):
    """Fusion's bones, our skin."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    @override
    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        /,
        widget: QWidget | None = None,
    ) -> None:
        match element:
            case QStyle.PrimitiveElement.PE_PanelButtonCommand:
                draw_button(option, painter)
            case QStyle.PrimitiveElement.PE_PanelLineEdit if not _is_inner(widget):
                draw_field(option, painter)
            case QStyle.PrimitiveElement.PE_FrameLineEdit:
                pass  # the panel drew it
            case QStyle.PrimitiveElement.PE_IndicatorCheckBox:
                draw_check_box(option, painter)
            case QStyle.PrimitiveElement.PE_IndicatorRadioButton:
                draw_radio_button(option, painter)
            case QStyle.PrimitiveElement.PE_FrameFocusRect:
                draw_focus_ring(QRectF(option.rect).adjusted(-3, -1, 3, 1), option, painter)
            case _:
                super().drawPrimitive(element, option, painter, widget)

    @override
    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        /,
        widget: QWidget | None = None,
    ) -> None:
        if element in _WRAPPED and isinstance(option, QStyleOptionButton):
            option.text = broken(option.text, option.fontMetrics, _room_for_text(option))
        label = element is QStyle.ControlElement.CE_PushButtonLabel
        if label and is_in(option, _State.State_Enabled) and is_primary(option):
            palette = QPalette(option.palette)
            palette.setColor(_Role.ButtonText, palette.color(_Role.HighlightedText))
            option.palette = palette
        super().drawControl(element, option, painter, widget)

    @override
    def subElementRect(
        self,
        element: QStyle.SubElement,
        option: QStyleOption,
        /,
        widget: QWidget | None = None,
    ) -> QRect:
        # The stubs forbid the None that Qt itself passes, here and below.
        area = super().subElementRect(element, option, widget)  # type: ignore[arg-type]
        if element is QStyle.SubElement.SE_LineEditContents and not _is_inner(widget):
            return area.adjusted(8, 0, -8, 0)
        return area

    @override
    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        /,
        widget: QWidget | None = None,
    ) -> QRect:
        area = super().subControlRect(control, option, part, widget)  # type: ignore[arg-type]
        if part is QStyle.SubControl.SC_ComboBoxEditField:
            return area.adjusted(8, 0, 0, 0)
        return area

    @override
    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        /,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        sizes = {
            QStyle.PixelMetric.PM_IndicatorWidth: _INDICATOR,
            QStyle.PixelMetric.PM_IndicatorHeight: _INDICATOR,
            QStyle.PixelMetric.PM_ExclusiveIndicatorWidth: _INDICATOR,
            QStyle.PixelMetric.PM_ExclusiveIndicatorHeight: _INDICATOR,
            QStyle.PixelMetric.PM_CheckBoxLabelSpacing: 10,
            QStyle.PixelMetric.PM_RadioButtonLabelSpacing: 10,
            QStyle.PixelMetric.PM_ButtonShiftHorizontal: 0,
            QStyle.PixelMetric.PM_ButtonShiftVertical: 0,
            QStyle.PixelMetric.PM_ButtonIconSize: 18,
        }
        return sizes[metric] if metric in sizes else super().pixelMetric(metric, option, widget)

    @override
    def sizeFromContents(
        self,
        kind: QStyle.ContentsType,
        option: QStyleOption,
        size: QSize,
        /,
        widget: QWidget | None = None,
    ) -> QSize:
        wanted = super().sizeFromContents(kind, option, size, widget)  # type: ignore[arg-type]
        match kind:
            case QStyle.ContentsType.CT_PushButton:
                if isinstance(option, QStyleOptionButton) and not option.text:
                    return QSize(_CONTROL_HEIGHT, _CONTROL_HEIGHT)
                return wanted.expandedTo(QSize(96, _CONTROL_HEIGHT)) + QSize(16, 0)
            case QStyle.ContentsType.CT_LineEdit | QStyle.ContentsType.CT_ComboBox:
                return wanted.expandedTo(QSize(0, _CONTROL_HEIGHT))
            case _:
                return wanted

    @override
    def styleHint(
        self,
        hint: QStyle.StyleHint,
        /,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,
    ) -> int:
        if hint is QStyle.StyleHint.SH_LineEdit_PasswordCharacter:
            return ord("\N{BULLET}")
        if hint is QStyle.StyleHint.SH_Widget_Animation_Duration and is_still():
            return 0
        return super().styleHint(hint, option, widget, returnData)


def _room_for_text(option: QStyleOptionButton) -> int:
    """Return the width beside the icon, logical pixels."""
    icon = 0 if option.icon.isNull() else option.iconSize.width() + 4  # the gap is Qt's
    return option.rect.width() - icon


def _is_inner(widget: QWidget | None) -> bool:
    """True for the line edit inside a spin box or combo box, which draw their own frame."""
    parent = None if widget is None else widget.parent()
    return parent is not None and parent.inherits("QAbstractSpinBox")
