"""How buttons, fields and indicators look, drawn with the palette that the style is given."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyleOption, QStyleOptionButton

_CORNER = 8.0

_State = QStyle.StateFlag
_Role = QPalette.ColorRole


def is_primary(option: QStyleOption) -> bool:
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


def is_in(option: QStyleOption, state: QStyle.StateFlag) -> bool:
    """True if the control is in this state."""
    return bool(option.state & state)


def draw_button(option: QStyleOption, painter: QPainter) -> None:
    """Draw a button: filled with the accent if it is the default one, else quiet."""
    palette = option.palette
    features = option.features if isinstance(option, QStyleOptionButton) else None
    primary = is_primary(option)
    flat = features is not None and bool(features & QStyleOptionButton.ButtonFeature.Flat)
    enabled = is_in(option, _State.State_Enabled)
    fill = palette.color(_Role.Accent if primary and enabled else _Role.Button)
    towards = palette.color(_Role.Base if primary else _Role.ButtonText)
    if enabled and is_in(option, _State.State_Sunken):
        fill = _blend(fill, towards, 0.18)
    elif enabled and is_in(option, _State.State_MouseOver):
        fill = _blend(fill, towards, 0.09)
    elif flat:
        fill = QColor(0, 0, 0, 0)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(_inset(option), _CORNER, _CORNER)
    painter.restore()
    if is_in(option, _State.State_HasFocus):
        draw_focus_ring(QRectF(option.rect), option, painter)
        if primary and enabled:  # accent on accent could not be seen
            inner = QRectF(option.rect).adjusted(3, 3, -3, -3)
            draw_focus_ring(inner, option, painter, _Role.HighlightedText)


def draw_field(option: QStyleOption, painter: QPainter) -> None:
    """Draw the frame of a line of text, stronger while it has the focus."""
    focused = is_in(option, _State.State_HasFocus)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(option.palette.color(_Role.Base))
    role = _Role.Accent if focused else _Role.Dark
    painter.setPen(QPen(option.palette.color(role), 2.0 if focused else 1.0))
    painter.drawRoundedRect(_inset(option), _CORNER, _CORNER)
    painter.restore()


def draw_check_box(option: QStyleOption, painter: QPainter) -> None:
    """Draw the box, and its tick if it is on."""
    box = _inset(option, 1.0)
    _indicator(option, painter, on=is_in(option, _State.State_On))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.drawRoundedRect(box, 5, 5)
    if is_in(option, _State.State_On):
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


def draw_radio_button(option: QStyleOption, painter: QPainter) -> None:
    """Draw the circle, and its dot if it is on."""
    box = _inset(option, 1.0)
    on = is_in(option, _State.State_On)
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
    enabled = is_in(option, _State.State_Enabled)
    palette = option.palette
    edge = palette.color(_Role.Accent if on and enabled else _Role.Dark)
    painter.setPen(QPen(edge, 1.5))
    painter.setBrush(edge if on else palette.color(_Role.Base))


def draw_focus_ring(
    area: QRectF, option: QStyleOption, painter: QPainter, role: QPalette.ColorRole = _Role.Accent
) -> None:
    """Draw the ring that shows where the keyboard is, just within `area`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(option.palette.color(role), 2.0))
    painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), _CORNER, _CORNER)
    painter.restore()
