from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QApplication

from facelock.resources import resource
from facelock.ui import icons
from facelock.ui.ring_state import MOOD_ICONS

NAMES = (
    *("lock", "unlock", "face", "person", "people", "person-add", "compare", "settings", "info"),
    *("camera", "camera-off", "check", "cross", "warning", "sun", "moon", "eye", "eye-off", "key"),
    *("shield", "trash", "edit", "arrow-left", "arrow-right", "arrow-up", "arrow-down", "refresh"),
    *("light-bulb", "vault", "logout", "hourglass", "glasses", "sleep", "plus"),
    *("note", "file", "export", "undo", "search"),
)


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_draws_something_in_the_asked_colour(qapp: QApplication, name: str) -> None:
    image = icons.pixmap(name, QColor(200, 30, 40), 24, 2.0).toImage()
    assert image.size() == QSize(48, 48)
    strong = [
        image.pixelColor(x, y)
        for x in range(48)
        for y in range(48)
        if image.pixelColor(x, y).alpha() == 255
    ]
    assert strong
    assert strong[0].getRgb()[:3] == (200, 30, 40)  # type: ignore[index]


def test_every_mood_of_the_ring_has_its_icon() -> None:
    for name in MOOD_ICONS.values():
        assert resource(f"assets/icons/{name}.svg").is_file()


def test_the_app_icon_is_not_empty(qapp: QApplication) -> None:
    assert not icons.app_icon().pixmap(64, 64).isNull()


def test_no_colour_is_written_outside_the_theme() -> None:
    folder = Path(icons.__file__).parent
    for path in folder.rglob("*.py"):
        if path.name != "theme.py":
            assert 'QColor("#' not in path.read_text(encoding="utf-8"), path.name


def test_an_icon_is_drawn_once_for_all_pages_and_nobody_changes_anothers(
    qapp: QApplication,
) -> None:
    red, grey = QColor(200, 30, 40), QColor(90, 90, 90)
    first, again = icons.icon("check", red, grey), icons.icon("check", red, grey)
    assert first.cacheKey() == again.cacheKey()
    assert icons.icon("check", grey, red).cacheKey() != first.cacheKey()
    before = len(again.availableSizes())
    first.addPixmap(QPixmap(200, 200))
    assert len(icons.icon("check", red, grey).availableSizes()) == before
