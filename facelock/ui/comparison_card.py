"""What came of a comparison: MATCHED or NOT MATCHED, why, and the two faces as the network saw."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from facelock.core.frames import FaceCrop, Frame
from facelock.services.pictures import PictureComparison
from facelock.ui.announce import announce
from facelock.ui.card import Card
from facelock.ui.distance_scale import DistanceScale
from facelock.ui.icons import paint_icon
from facelock.ui.image import to_qimage
from facelock.ui.picture_text import explanation, reliability
from facelock.ui.standing_text import measured_on, standing_text
from facelock.ui.text_labels import Rank, TextLabel
from facelock.ui.theme import SPACE, colours
from facelock.ui.turning_row import TurningRow
from facelock.ui.wrapping_text import letters_width

_SHOWN = 112  # logical pixels; as many as the network sees
_CHARACTERS = 28  # beside the faces there must be room for so many


class CropView(QWidget):
    """One aligned face, as it went into the network."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self.setFixedSize(QSize(_SHOWN, _SHOWN))
        self.setAccessibleName(name)
        self.setToolTip(name)

    def show_crop(self, crop: FaceCrop) -> None:
        """Show this face."""
        self._image = to_qimage(Frame(crop.pixels, captured_at=0.0, simulated=True))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        if self._image is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), SPACE, SPACE)
        painter.setClipPath(shape)
        painter.drawImage(QRectF(self.rect()), self._image)


class _Sign(QWidget):
    """A tick or a cross on a disc."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mated = False
        self.setFixedSize(QSize(44, 44))

    def show_mated(self, *, mated: bool) -> None:
        self._mated = mated
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        now = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.good if self._mated else now.danger)
        area = QRectF(self.rect())
        painter.drawEllipse(area)
        edge = area.width() * 0.22
        name = "check" if self._mated else "cross"
        paint_icon(painter, name, area.adjusted(edge, edge, -edge, -edge), now.surface)


class ComparisonCard(Card):
    """The answer of the compare page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = _Sign()
        self.verdict = TextLabel("", Rank.TITLE)
        self.sentence = TextLabel("")
        self.scale = DistanceScale()
        self.standing = TextLabel("")
        self._note = TextLabel("", Rank.NOTE)
        self._crops = (
            CropView(self.tr("The first face, as the network sees it")),
            CropView(self.tr("The second face, as the network sees it")),
        )
        top = TurningRow(self._needed)
        top.setSpacing(2 * SPACE)
        words = QVBoxLayout()
        words.setSpacing(SPACE // 2)
        headline = QHBoxLayout()
        headline.setSpacing(int(1.5 * SPACE))
        headline.addWidget(self._sign)
        headline.addWidget(self.verdict, 1)
        words.addLayout(headline)
        words.addWidget(self.sentence)
        words.addWidget(self.standing)
        words.addStretch(1)
        top.addLayout(words, 1)
        faces = QHBoxLayout()
        faces.setSpacing(2 * SPACE)
        for crop in self._crops:
            faces.addWidget(crop, 0, Qt.AlignmentFlag.AlignTop)
        faces.addStretch(1)
        top.addLayout(faces)
        self.column.addLayout(top)
        self.column.addWidget(self.scale)
        self.column.addWidget(self._note)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def _needed(self) -> int:
        """In large print the faces stand below the words."""
        words = letters_width(self.fontMetrics(), _CHARACTERS)
        return words + len(self._crops) * (_SHOWN + 2 * SPACE)

    def show_result(self, result: PictureComparison) -> None:
        """Show a comparison and say it to a screen reader."""
        self._sign.show_mated(mated=result.mated)
        self.verdict.setText(self.tr("MATCHED") if result.mated else self.tr("NOT MATCHED"))
        self.sentence.setText(explanation(result))
        self.scale.show_distance(result.distance, result.threshold.distance, result.measured)
        self._tell_standing(result)
        for view, face in zip(self._crops, (result.a, result.b), strict=True):
            view.show_crop(face.face.crop)
        said = (self.verdict.text() + ".", self.sentence.text(), self.standing.text())
        announce(self, " ".join(filter(None, said)))

    def _tell_standing(self, result: PictureComparison) -> None:
        """Say where the distance stands among all that were measured."""
        note = reliability(result)
        words = ""
        if result.measured is not None:
            words = standing_text(result.measured, result.distance)
            note = f"{note} {measured_on(result.measured)}"
        self.standing.setText(words)
        self.standing.setVisible(bool(words))
        self._note.setText(note)
