"""The look: colours, spacing, type and motion. No colour is written down anywhere else.

Both palettes are checked by a test to keep WCAG 2.2 AA: 4.5:1 for text, 3:1 for what carries
meaning without words. Widgets call `colours(self.palette())` when they paint, and again in
`changeEvent` on `PaletteChange` for whatever they keep (icons).
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from facelock.core.settings import Appearance
from facelock.ui.stillness import is_still
from facelock.ui.style import FacelockStyle

SPACE = 8
"""One step of white space, logical pixels. Margins and gaps are whole multiples of it."""

RADIUS = 12
"""Corner radius of cards, logical pixels."""

TRAY_COLOURS = (QColor("#0a4a63"), QColor("#c4f0f3"))
"""Dark and light, as in the program's mark: a panel has colours of its own, and shows both."""

READING_WIDTH = 560
"""Text wider than this is tiring to read; pages keep their column within it."""


@dataclass(frozen=True)
class Colours:
    """What each colour is for. Made from a palette by `colours`."""

    window: QColor  # behind everything
    surface: QColor  # cards
    raised: QColor  # what lies on a card: chips, hovered rows, wells
    text: QColor
    muted: QColor  # second-rank text
    accent: QColor  # the one colour that says "here"
    accent_text: QColor  # text on the accent
    good: QColor
    warning: QColor
    danger: QColor
    mated: QColor  # the curve of pairs of the same person; told apart also by the colour-blind
    non_mated: QColor  # the curve of pairs of different people
    outline: QColor  # hairlines that only divide
    control: QColor  # borders that say "this can be used"
    ring_track: QColor  # the part of the ring that is not filled yet
    shade: QColor  # laid over a picture to quieten it


def light_palette() -> QPalette:
    """Return the light palette."""
    return _palette(
        window="#f3f6f8",
        surface="#ffffff",
        raised="#e9eff2",
        text="#14222b",
        muted="#53636d",
        accent="#0b7285",
        accent_text="#ffffff",
        outline="#d3dce2",
        control="#7b8a94",
    )


def dark_palette() -> QPalette:
    """Return the dark palette."""
    return _palette(
        window="#10171c",
        surface="#18222a",
        raised="#24323c",
        text="#e9f1f5",
        muted="#a5b5bf",
        accent="#4fc3d6",
        accent_text="#06262c",
        outline="#2f3f4a",
        control="#71838f",
    )


def lamp_palette() -> QPalette:
    """Return the palette of a page that gives light: all white behind, with text one can read."""
    palette = light_palette()
    palette.setColor(QPalette.ColorRole.Window, QColor("#fdfdfd"))
    return palette


def _palette(  # noqa: PLR0913 - one keyword per colour is the table
    *,
    window: str,
    surface: str,
    raised: str,
    text: str,
    muted: str,
    accent: str,
    accent_text: str,
    outline: str,
    control: str,
) -> QPalette:
    roles = QPalette.ColorRole
    palette = QPalette(QColor(raised), QColor(window))
    for role, value in {
        roles.Window: window,
        roles.WindowText: text,
        roles.Base: surface,
        roles.AlternateBase: raised,
        roles.Text: text,
        roles.Button: raised,
        roles.ButtonText: text,
        roles.BrightText: accent_text,
        roles.Highlight: accent,
        roles.HighlightedText: accent_text,
        roles.Accent: accent,
        roles.Link: accent,
        roles.LinkVisited: accent,
        roles.PlaceholderText: muted,
        roles.ToolTipBase: text,
        roles.ToolTipText: window,
        roles.Midlight: outline,
        roles.Mid: outline,
        roles.Dark: control,
        roles.Light: surface,
    }.items():
        palette.setColor(role, QColor(value))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(control))
    return palette


def is_dark(palette: QPalette) -> bool:
    """True if text is lighter than its background; works on every platform plugin."""
    background = palette.color(QPalette.ColorRole.Window).lightness()
    return palette.color(QPalette.ColorRole.WindowText).lightness() > background


def colours(palette: QPalette) -> Colours:
    """Return the colours that go with a palette."""
    roles = QPalette.ColorRole
    dark = is_dark(palette)
    return Colours(
        window=palette.color(roles.Window),
        surface=palette.color(roles.Base),
        raised=palette.color(roles.AlternateBase),
        text=palette.color(roles.WindowText),
        muted=palette.color(roles.PlaceholderText),
        accent=palette.color(roles.Accent),
        accent_text=palette.color(roles.HighlightedText),
        good=QColor("#5cd08e" if dark else "#1a7346"),
        warning=QColor("#f2bb55" if dark else "#865300"),
        danger=QColor("#ff9088" if dark else "#b3261e"),
        mated=QColor("#63b9f0" if dark else "#0069a6"),
        non_mated=QColor("#f0a04b" if dark else "#a84b00"),
        outline=palette.color(roles.Mid),
        control=palette.color(roles.Dark),
        ring_track=palette.color(roles.Mid),
        shade=QColor(8, 16, 21, 150) if dark else QColor(20, 34, 43, 120),
    )


def contrast_ratio(one: QColor, other: QColor) -> float:
    """Return the WCAG 2.2 contrast ratio of two opaque colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2.2 defines it, 0-1."""

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(c) for c in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def title_font(base: QFont) -> QFont:
    """Return the font of a page's title."""
    return _scaled(base, 1.75, QFont.Weight.DemiBold)


def heading_font(base: QFont) -> QFont:
    """Return the font of a section's or card's heading."""
    return _scaled(base, 1.2, QFont.Weight.DemiBold)


def lead_font(base: QFont) -> QFont:
    """Return the font of the one sentence that matters now."""
    return _scaled(base, 1.15, QFont.Weight.Medium)


def small_font(base: QFont) -> QFont:
    """Return the font of notes and captions."""
    return _scaled(base, 0.9, QFont.Weight.Normal)


def _scaled(base: QFont, factor: float, weight: QFont.Weight) -> QFont:
    font = QFont(base)
    if base.pointSizeF() > 0:
        font.setPointSizeF(base.pointSizeF() * factor)
    else:
        font.setPixelSize(round(base.pixelSize() * factor))
    font.setWeight(weight)
    return font


def reduced_motion() -> bool:
    """True if the person asked Facelock or the system for stillness (Qt 6.12 and newer tell)."""
    if is_still():
        return True
    hints = QGuiApplication.styleHints()
    preference = getattr(hints.accessibility(), "motionPreference", None)
    if preference is None:
        return False
    return bool(preference().name == "ReducedMotion")


def apply_appearance(app: QApplication, appearance: Appearance) -> None:
    """Dress the whole program, and keep following the system where that was chosen."""
    _follower(app).follow(appearance)


def apply_text_size(app: QApplication, percent: int) -> bool:
    """Make the text of the whole program so large; True if it was of another size before.

    What is shown already and set its own font keeps it until it is made anew.
    """
    return _follower(app).scale_text(percent)


def _follower(app: QApplication) -> _Follower:
    return app.findChild(_Follower) or _Follower(app)


class _Follower(QObject):
    """Repaints when the system goes dark or light, and knows the system's own font."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._appearance = Appearance.SYSTEM
        self._percent = 100
        self._system_font = app.font()
        app.setStyle(FacelockStyle())
        app.styleHints().colorSchemeChanged.connect(self._dress)

    def follow(self, appearance: Appearance) -> None:
        """Use this appearance from now on."""
        self._appearance = appearance
        hints = self._app.styleHints()
        match appearance:
            case Appearance.LIGHT:
                hints.setColorScheme(Qt.ColorScheme.Light)
            case Appearance.DARK:
                hints.setColorScheme(Qt.ColorScheme.Dark)
            case Appearance.SYSTEM:
                hints.unsetColorScheme()
        self._dress()

    def scale_text(self, percent: int) -> bool:
        """Use a font so many percent as large as the system's; True if that changes anything."""
        if percent == self._percent:
            return False
        if self._percent == 100:
            self._system_font = self._app.font()
        self._percent = percent
        font = self._system_font
        self._app.setFont(_scaled(font, percent / 100, font.weight()))
        return True

    @Slot()
    def _dress(self) -> None:
        system_dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        dark = self._appearance is Appearance.DARK or (
            self._appearance is Appearance.SYSTEM and system_dark
        )
        self._app.setPalette(dark_palette() if dark else light_palette())
