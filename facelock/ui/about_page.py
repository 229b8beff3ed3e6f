"""What this is: version, licences, the network's model card, and the notices of others' work."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMessageBox,
    QSizePolicy,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from facelock.ui.app_mark import AppMark
from facelock.ui.notices import licence_text, model_card, notice_text
from facelock.ui.text_labels import Rank, TextLabel
from facelock.ui.theme import SPACE


class AboutPage(QWidget):
    """The documents scroll by themselves, so the page does not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("About"))
        words = QVBoxLayout()
        words.setSpacing(SPACE // 2)
        words.addWidget(TextLabel(self.tr("Facelock"), Rank.TITLE))
        about = self.tr("Version {version}. Free software under the Apache License 2.0.")
        words.addWidget(TextLabel(about.format(version=_version()), Rank.MUTED))
        top = QHBoxLayout()
        top.setSpacing(2 * SPACE)
        top.addWidget(AppMark(64), 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("Documents"))
        self.card = self._document(self.tr("The model card"), model_card())
        self.tabs.addTab(self.card, self.tr("Model card"))
        self.tabs.addTab(self._document(self.tr("Notices"), notice_text()), self.tr("Notices"))
        self.tabs.addTab(self._document(self.tr("Licence"), licence_text()), self.tr("Licence"))
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * SPACE, 3 * SPACE, 4 * SPACE, 3 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addLayout(top)
        column.addWidget(self.tabs, 1)

    def _document(self, name: str, markdown: str) -> QTextBrowser:
        browser = QTextBrowser()
        browser.setOpenLinks(False)
        browser.setAccessibleName(name)
        browser.document().setDocumentMargin(2 * SPACE)
        browser.setMarkdown(markdown)
        browser.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        browser.anchorClicked.connect(self._ask_to_open)
        return browser

    @Slot(QUrl)
    def _ask_to_open(self, url: QUrl) -> None:
        """Facelock itself never uses the network; a browser does so only when asked to."""
        if url.scheme() not in {"http", "https"}:
            return
        box = QMessageBox(self)
        box.setWindowTitle(self.tr("Facelock"))
        box.setText(self.tr("Open this address in your browser?"))
        box.setInformativeText(url.toDisplayString())
        box.setTextFormat(Qt.TextFormat.PlainText)
        opening = box.addButton(self.tr("Open"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        self._asked = url
        opening.clicked.connect(self._open)
        box.finished.connect(box.deleteLater)
        box.open()

    @Slot()
    def _open(self) -> None:
        QDesktopServices.openUrl(self._asked)


def _version() -> str:
    try:
        return version("facelock-desktop")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "0"
