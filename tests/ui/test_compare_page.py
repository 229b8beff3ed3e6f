"""Compare, from a file on the disk to MATCHED or NOT MATCHED, with the real networks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
import skimage.data
from fakes_pages import Bench
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facelock.resources import resource
from facelock.ui.compare_page import ComparePage

HOPPER = resource("assets/faces/hopper.jpg")


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path) -> Iterator[ComparePage]:
    bench = Bench(qtbot, tmp_path / "home")
    bench.unlock()
    shown = bench.page("compare")
    assert isinstance(shown, ComparePage)
    yield shown
    bench.close()


@pytest.fixture
def astronaut(tmp_path: Path) -> Path:
    path = tmp_path / "astronaut.png"
    cv2.imwrite(str(path), skimage.data.astronaut()[:, :, ::-1])
    return path


def test_a_brightened_mirror_image_is_matched(
    page: ComparePage, astronaut: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    pixels = cv2.imread(str(astronaut))
    assert pixels is not None
    mirrored = tmp_path / "mirrored.jpg"
    cv2.imwrite(str(mirrored), cv2.convertScaleAbs(pixels[:, ::-1], alpha=1.2, beta=15))
    page.left.take(astronaut)
    page.right.take(mirrored)
    qtbot.waitUntil(page.card.isVisible, timeout=20_000)
    assert page.card.verdict.text() == "MATCHED"
    assert page.card.sentence.text().endswith("counts as the same person at Balanced.")
    assert "threshold 0.80" in page.card.scale.accessibleDescription()
    assert page.card.standing.text().startswith("At most about 1 of")
    assert page.card.standing.text() in page.card.scale.accessibleDescription()


def test_two_people_are_not_matched_and_the_answer_goes_with_the_picture(
    page: ComparePage, astronaut: Path, qtbot: QtBot
) -> None:
    page.left.take(astronaut)
    page.right.take(HOPPER)
    qtbot.waitUntil(page.card.isVisible, timeout=20_000)
    assert page.card.verdict.text() == "NOT MATCHED"
    page.left.take(HOPPER)
    assert not page.card.isVisible()
    qtbot.waitUntil(page.card.isVisible, timeout=20_000)
    assert page.card.verdict.text() == "MATCHED"


def test_a_text_file_is_answered_in_words(page: ComparePage, tmp_path: Path, qtbot: QtBot) -> None:
    letter = tmp_path / "letter.jpg"
    letter.write_text("Dear Sir or Madam")
    page.left.take(letter)
    qtbot.waitUntil(lambda: "not a picture" in page.left.message.text, timeout=20_000)
    assert not page.card.isVisible()


def test_a_picture_without_a_face_is_answered_in_words(
    page: ComparePage, tmp_path: Path, qtbot: QtBot
) -> None:
    wall = tmp_path / "wall.png"
    cv2.imwrite(str(wall), np.full((200, 300, 3), 140, np.uint8))
    page.right.take(wall)
    qtbot.waitUntil(lambda: "No face" in page.right.message.text, timeout=20_000)


def test_a_file_and_a_picture_can_be_pasted(
    page: ComparePage, astronaut: Path, qtbot: QtBot
) -> None:
    file = QMimeData()
    file.setUrls([QUrl.fromLocalFile(str(HOPPER))])
    QGuiApplication.clipboard().setMimeData(file)
    QTest.mouseClick(page.left.paste_button, Qt.MouseButton.LeftButton)
    QGuiApplication.clipboard().setImage(QImage(str(astronaut)))
    QTest.keyClick(page.right.pane, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.card.isVisible, timeout=20_000)
    assert page.card.verdict.text() == "NOT MATCHED"


def test_an_empty_clipboard_is_said(page: ComparePage) -> None:
    QGuiApplication.clipboard().clear()
    page.left.pane.paste()
    assert "no picture in what was" in page.left.message.text


def test_leaving_the_page_releases_the_camera(page: ComparePage, qtbot: QtBot) -> None:
    page.left.camera_button.click()
    assert page._eyes.is_looking
    qtbot.waitUntil(lambda: "No camera found" in page.left.message.text, timeout=5000)
    page.hide()
    assert not page._eyes.is_looking
