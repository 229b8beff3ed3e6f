from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facelock.core.settings import Appearance
from facelock.ui import theme

PALETTES = {"light": theme.light_palette, "dark": theme.dark_palette}


@pytest.mark.parametrize("name", PALETTES)
def test_text_keeps_wcag_aa_on_every_background(qapp: QApplication, name: str) -> None:
    now = theme.colours(PALETTES[name]())
    for background in (now.window, now.surface, now.raised):
        for text in (now.text, now.muted, now.accent, now.good, now.warning, now.danger):
            assert theme.contrast_ratio(text, background) >= 4.5, (text.name(), background.name())
    for curve in (now.mated, now.non_mated):  # their names are written in their colours, on cards
        assert theme.contrast_ratio(curve, now.surface) >= 4.5
    assert theme.contrast_ratio(now.accent_text, now.accent) >= 4.5


@pytest.mark.parametrize("name", PALETTES)
def test_the_borders_of_controls_can_be_seen(qapp: QApplication, name: str) -> None:
    now = theme.colours(PALETTES[name]())
    for background in (now.window, now.surface):
        assert theme.contrast_ratio(now.control, background) >= 3.0


def test_contrast_is_that_of_the_standard() -> None:
    black, white = QColor(0, 0, 0), QColor(255, 255, 255)
    assert theme.contrast_ratio(black, white) == pytest.approx(21.0)
    assert theme.contrast_ratio(white, white) == pytest.approx(1.0)


def test_dark_is_told_by_the_palette_alone(qapp: QApplication) -> None:
    assert theme.is_dark(theme.dark_palette())
    assert not theme.is_dark(theme.light_palette())


def test_an_appearance_dresses_the_whole_program(qapp: QApplication, qtbot: QtBot) -> None:
    before = QPalette(qapp.palette())
    style = qapp.style().name()
    theme.apply_appearance(qapp, Appearance.DARK)
    assert theme.is_dark(qapp.palette())
    theme.apply_appearance(qapp, Appearance.LIGHT)
    assert not theme.is_dark(qapp.palette())
    theme.apply_appearance(qapp, Appearance.SYSTEM)
    qapp.setPalette(before)
    qapp.setStyle(style)


def test_titles_are_larger_than_text_and_notes_smaller(qapp: QApplication) -> None:
    base = QFont()
    base.setPointSizeF(10.0)
    assert theme.title_font(base).pointSizeF() > theme.heading_font(base).pointSizeF() > 10.0
    assert theme.small_font(base).pointSizeF() < 10.0
