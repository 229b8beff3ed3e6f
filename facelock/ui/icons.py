"""Icons: SVG line drawings on a 24-unit grid, tinted to the theme and sharp on every screen."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from facelock.resources import resource

_TINT = "currentColor"
_SIZES = (16, 20, 24, 32)
_RATIOS = (1.0, 2.0, 3.0)


@lru_cache(maxsize=64)
def _drawing(name: str) -> str:
    """Return the SVG of an icon. Raises FileNotFoundError if there is none of that name."""
    return resource(f"assets/icons/{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_drawing(name).replace(_TINT, colour).encode()))


def paint_icon(painter: QPainter, name: str, area: QRectF, colour: QColor) -> None:
    """Draw an icon into `area` (logical units) in one colour."""
    _renderer(name, colour.name()).render(painter, area)


def pixmap(name: str, colour: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """Return an icon of `size` logical pixels for a screen of that device pixel ratio."""
    return QPixmap(_pixmap(name, colour.rgba(), size, ratio))  # as with `icon`: a copy is free


def _drawn(name: str, colour: int, size: int, ratio: float) -> QPixmap:
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    whole = QRectF(0, 0, picture.width(), picture.height())
    paint_icon(painter, name, whole, QColor.fromRgba(colour))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


_pixmap = lru_cache(maxsize=128)(_drawn)


def icon(
    name: str, colour: QColor, disabled: QColor | None = None, *, selected: QColor | None = None
) -> QIcon:
    """Return an icon in one colour (others while disabled or selected). Anew on PaletteChange."""
    modes = [(QIcon.Mode.Normal, colour.rgba())]
    if disabled is not None:
        modes.append((QIcon.Mode.Disabled, disabled.rgba()))
    if selected is not None:
        modes.append((QIcon.Mode.Selected, selected.rgba()))
    return QIcon(_icon(name, tuple(modes)))  # a copy costs nothing, and keeps the kept one whole


@lru_cache(maxsize=96)
def _icon(name: str, modes: tuple[tuple[QIcon.Mode, int], ...]) -> QIcon:
    """Draw an icon, once for all pages: each unlock makes its pages anew, with the same icons.

    Qt keeps by itself what it makes of a picture. Of pictures that are always new it would keep
    ever more.
    """
    made = QIcon()
    for size in _SIZES:
        for ratio in _RATIOS:
            for mode, colour in modes:
                made.addPixmap(_drawn(name, colour, size, ratio), mode)
    return made


def app_icon() -> QIcon:
    """Return the program's own icon, in its own colours."""
    return QIcon(str(resource("assets/icons/facelock.svg")))


def paint_app_icon(painter: QPainter, area: QRectF) -> None:
    """Draw the program's icon into `area` (logical units)."""
    _renderer("facelock", _TINT).render(painter, area)
