"""Buttons with an icon that follows the palette."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QIcon,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from facelock.ui.icons import icon
from facelock.ui.push_button import PushButton, pressed_by
from facelock.ui.theme import SPACE, colours

_NAVIGATION_ICON = 20  # logical pixels
_TOOL_SIDE = 38  # logical pixels, as high as a button


class IconButton(PushButton):
    """A push button with an icon and a text. `primary`: the one thing to do on the page."""

    def __init__(
        self, icon_name: str, text: str, parent: QWidget | None = None, *, primary: bool = False
    ) -> None:
        super().__init__(text, parent)
        self._icon_name = icon_name
        self._primary = primary
        self.setDefault(primary)
        self._draw()

    @override
    def changeEvent(self, event: QEvent, /) -> None:
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        now = colours(self.palette())
        self.setIcon(
            icon(self._icon_name, now.accent_text if self._primary else now.text, now.control)
        )


class NavigationButton(QToolButton):
    """One entry of the navigation: icon, text, and a bar where we are."""

    def __init__(self, icon_name: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._icon_alone = False
        self.setText(text)
        self.setCheckable(True)
        self.setAutoRaise(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(self.fontMetrics().height() + 3 * SPACE)
        self.toggled.connect(self._draw)
        self._draw()

    def show_icon_alone(self, alone: bool, /) -> None:  # noqa: FBT001 - a setter
        """Leave the words to the tool tip and the screen reader, or show them again."""
        self._icon_alone = alone
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """The words are drawn here, so their room is measured here: bold, as when chosen."""
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        words = QFontMetrics(font).horizontalAdvance(self.text()) + 2 * SPACE
        width = 4 * SPACE + _NAVIGATION_ICON + (0 if self._icon_alone else words)
        return QSize(width, self.minimumHeight())

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def changeEvent(self, event: QEvent, /) -> None:
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if not pressed_by(event, self):
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        now = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().adjusted(1, 1, -1, -1)
        if self.isChecked() or self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.raised)
            painter.drawRoundedRect(area, SPACE, SPACE)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.accent)
            painter.drawRoundedRect(area.x(), area.y() + 9, 4, area.height() - 18, 2, 2)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(now.accent, 2))
            painter.drawRoundedRect(area, SPACE, SPACE)
        side = _NAVIGATION_ICON
        top = (self.height() - side) // 2
        self.icon().paint(painter, 2 * SPACE, top, side, side)
        if self._icon_alone:
            return
        role = QPalette.ColorRole.WindowText
        painter.setPen(self.palette().color(role))
        font = self.font()
        font.setWeight(font.Weight.DemiBold if self.isChecked() else font.Weight.Normal)
        painter.setFont(font)
        text = area.adjusted(2 * SPACE + side + SPACE, 0, -SPACE, 0)
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(text, left | Qt.TextFlag.TextHideMnemonic, self.text())

    def _draw(self) -> None:
        now = colours(self.palette())
        self.setIcon(icon(self._icon_name, now.accent if self.isChecked() else now.muted))


class IconToolButton(QToolButton):
    """A square button with nothing but an icon; its name is a tool tip and an accessible name."""

    def __init__(self, icon_name: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(_TOOL_SIDE, _TOOL_SIDE)
        self._draw()

    @override
    def changeEvent(self, event: QEvent, /) -> None:
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if not pressed_by(event, self):
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        now = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setPen(QPen(now.accent, 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        lifted = self.isEnabled() and (self.underMouse() or self.isDown())
        painter.setBrush(now.outline if lifted else now.raised)
        painter.drawRoundedRect(area, SPACE, SPACE)
        side = 20
        mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
        edge = (self.width() - side) // 2
        self.icon().paint(painter, edge, edge, side, side, Qt.AlignmentFlag.AlignCenter, mode)

    def _draw(self) -> None:
        now = colours(self.palette())
        self.setIcon(icon(self._icon_name, now.text, now.control))
