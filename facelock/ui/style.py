"""How controls are drawn: Fusion with softer, roomier controls and a focus ring one can see.

All colours come from the palette, so light, dark and whatever comes later need nothing here.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPolygonF
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
from facelock.ui.wrapping_text import broken

_CORNER = 8.0
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
                _button(option, painter)
            case QStyle.PrimitiveElement.PE_PanelLineEdit if not _is_inner(widget):
                _field(option, painter)
            case QStyle.PrimitiveElement.PE_FrameLineEdit:
                pass  # the panel drew it
            case QStyle.PrimitiveElement.PE_IndicatorCheckBox:
                _check_box(option, painter)
            case QStyle.PrimitiveElement.PE_IndicatorRadioButton:
                _radio_button(option, painter)
            case QStyle.PrimitiveElement.PE_FrameFocusRect:
                _focus_ring(QRectF(option.rect).adjusted(-3, -1, 3, 1), option, painter)
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
        if label and _is(option, _State.State_Enabled) and _is_primary(option):
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


def _is_primary(option: QStyleOption) -> bool:
    """True for the default button, the one thing to do on a page."""
    default = QStyleOptionButton.ButtonFeature.DefaultButton
    return isinstance(option, QStyleOptionButton) and bool(option.features & default)


def _inset(option: QStyleOption, by: float = 1.5) -> QRectF:
    return QRectF(option.rect).adjusted(by, by, -by, -by)


def _blend(one: QColor, other: QColor, share: float) -> QColor:
    """Return `one` with `share` of `other` mixed in."""
    return QColor.fromRgbF(
        one.redF() + (other.redF() - one.redF()) * share,
        one.greenF() + (other.greenF() - one.greenF()) * share,
        one.blueF() + (other.blueF() - one.blueF()) * share,
    )


def _is(option: QStyleOption, state: QStyle.StateFlag) -> bool:
    return bool(option.state & state)


def _button(option: QStyleOption, painter: QPainter) -> None:
    """Draw a button: filled with the accent if it is the default one, else quiet."""
    palette = option.palette
    features = option.features if isinstance(option, QStyleOptionButton) else None
    primary = _is_primary(option)
    flat = features is not None and bool(features & QStyleOptionButton.ButtonFeature.Flat)
    enabled = _is(option, _State.State_Enabled)
    fill = palette.color(_Role.Accent if primary and enabled else _Role.Button)
    towards = palette.color(_Role.Base if primary else _Role.ButtonText)
    if enabled and _is(option, _State.State_Sunken):
        fill = _blend(fill, towards, 0.18)
    elif enabled and _is(option, _State.State_MouseOver):
        fill = _blend(fill, towards, 0.09)
    elif flat:
        fill = QColor(0, 0, 0, 0)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(_inset(option), _CORNER, _CORNER)
    painter.restore()
    if _is(option, _State.State_HasFocus):
        _focus_ring(QRectF(option.rect), option, painter)
        if primary and enabled:  # accent on accent could not be seen
            inner = QRectF(option.rect).adjusted(3, 3, -3, -3)
            _focus_ring(inner, option, painter, _Role.HighlightedText)


def _field(option: QStyleOption, painter: QPainter) -> None:
    focused = _is(option, _State.State_HasFocus)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(option.palette.color(_Role.Base))
    role = _Role.Accent if focused else _Role.Dark
    painter.setPen(QPen(option.palette.color(role), 2.0 if focused else 1.0))
    painter.drawRoundedRect(_inset(option), _CORNER, _CORNER)
    painter.restore()


def _check_box(option: QStyleOption, painter: QPainter) -> None:
    box = _inset(option, 1.0)
    _indicator(option, painter, on=_is(option, _State.State_On))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.drawRoundedRect(box, 5, 5)
    if _is(option, _State.State_On):
        pen = QPen(option.palette.color(_Role.HighlightedText), 2.2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        x, y, side = box.x(), box.y(), box.width()
        painter.drawPolyline(
            QPolygonF(
                [
                    QPointF(x + side * 0.24, y + side * 0.52),
                    QPointF(x + side * 0.43, y + side * 0.71),
                    QPointF(x + side * 0.77, y + side * 0.31),
                ]
            )
        )
    painter.restore()


def _radio_button(option: QStyleOption, painter: QPainter) -> None:
    box = _inset(option, 1.0)
    on = _is(option, _State.State_On)
    _indicator(option, painter, on=on)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.drawEllipse(box)
    if on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(option.palette.color(_Role.HighlightedText))
        painter.drawEllipse(box.center(), box.width() * 0.2, box.width() * 0.2)
    painter.restore()


def _indicator(option: QStyleOption, painter: QPainter, *, on: bool) -> None:
    """Set pen and brush of a check box or radio button."""
    enabled = _is(option, _State.State_Enabled)
    palette = option.palette
    edge = palette.color(_Role.Accent if on and enabled else _Role.Dark)
    painter.setPen(QPen(edge, 1.5))
    painter.setBrush(edge if on else palette.color(_Role.Base))


def _focus_ring(
    area: QRectF, option: QStyleOption, painter: QPainter, role: QPalette.ColorRole = _Role.Accent
) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(option.palette.color(role), 2.0))
    painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), _CORNER, _CORNER)
    painter.restore()
