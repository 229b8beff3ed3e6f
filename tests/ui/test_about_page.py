"""About: the texts are there, and no link opens by itself."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QMessageBox, QTextBrowser
from pytestqt.qtbot import QtBot

from facelock.ui.about_page import AboutPage


def test_card_notices_and_licence_are_shown(qtbot: QtBot) -> None:
    page = AboutPage()
    qtbot.addWidget(page)
    texts = [browser.toPlainText() for browser in page.findChildren(QTextBrowser)]
    assert any("Model card" in text for text in texts)
    assert any("Qt" in text for text in texts)
    assert any("Apache License" in text for text in texts)


def test_a_link_is_asked_about_and_only_the_web_is(qtbot: QtBot) -> None:
    page = AboutPage()
    qtbot.addWidget(page)
    page.show()
    page.card.anchorClicked.emit(QUrl("file:///etc/passwd"))
    assert page.findChildren(QMessageBox) == []
    page.card.anchorClicked.emit(QUrl("https://example.org/card"))
    (box,) = page.findChildren(QMessageBox)
    assert box.informativeText() == "https://example.org/card"
    box.reject()
