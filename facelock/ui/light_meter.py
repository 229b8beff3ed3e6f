"""Light and sharpness of what the camera sees, as two bars with words, while somebody wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from facelock.core.errors import FacelockError
from facelock.core.quality import ENROLMENT_LIMITS
from facelock.services.light import Light, LightWork, Reading, Sharpness
from facelock.ui.camera_choice import LivePicture
from facelock.ui.error_text import error_text
from facelock.ui.icon_button import IconButton
from facelock.ui.message_bar import MessageBar
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.theme import SPACE, colours
from facelock.ui.turning_row import TurningRow
from facelock.ui.wrapping_text import letters_width

if TYPE_CHECKING:
    from facelock.workers.eyes import Eyes, OpenSource

_PICTURE_MILLISECONDS = 100
_CHARACTERS = 40  # of a bar's words: so many must have room beside the picture
_WHOLE_LIGHT = 255.0
_WHOLE_DETAIL = 2.0  # a face in focus has 1.4 or more
_GOOD_LIGHT = (ENROLMENT_LIMITS.min_brightness, ENROLMENT_LIMITS.max_brightness)
_GOOD_DETAIL = (ENROLMENT_LIMITS.min_sharpness, _WHOLE_DETAIL)


class MeterBar(QWidget):
    """A sentence, and below it a bar with the stretch marked that is good. 0 to `whole`."""

    def __init__(
        self, name: str, whole: float, good: tuple[float, float], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.words = IconLine("info", "")
        self._bar = _Bar(name, (good[0] / whole, good[1] / whole))
        self._whole = whole
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self.words)
        column.addWidget(self._bar)

    def show_value(self, value: float, words: str, tone: Tone) -> None:
        """Show a value and say what it means."""
        icon_name = {Tone.GOOD: "check", Tone.NEUTRAL: "info"}.get(tone, "warning")
        if (words, tone) != (self.words.text(), self._bar.tone):
            self.words.say(icon_name, words, tone)
            self._bar.setAccessibleDescription(words)
        self._bar.tone = tone
        self._bar.share = min(max(value / self._whole, 0.0), 1.0)
        self._bar.update()


class _Bar(QWidget):
    def __init__(self, name: str, good: tuple[float, float]) -> None:
        super().__init__()
        self._good = good
        self.share = 0.0
        self.tone = Tone.NEUTRAL
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(120, int(1.5 * SPACE))

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        now = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        width, height = float(self.width()), SPACE
        painter.setBrush(now.ring_track)
        painter.drawRoundedRect(QRectF(0, 0, width, height), height / 2, height / 2)
        if self.share > 0:
            painter.setBrush(getattr(now, self.tone.value))
            filled = max(width * self.share, float(height))
            painter.drawRoundedRect(QRectF(0, 0, filled, height), height / 2, height / 2)
        painter.setBrush(now.good)
        left, right = (width * end for end in self._good)
        painter.drawRect(QRectF(left, self.height() - 2, right - left, 2))


class LightMeter(QWidget):
    """The camera is on only while the button is pressed and this is to be seen."""

    begun = Signal()  # the camera is about to be opened: nobody else may hold it

    def __init__(self, eyes: Eyes, open_source: OpenSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._eyes, self._open_source = eyes, open_source
        self._on = False
        self.button = IconButton("light-bulb", "")
        self.button.setCheckable(True)
        self.picture = LivePicture(self.tr("the chosen camera"))
        self.light = MeterBar(self.tr("Light"), _WHOLE_LIGHT, _GOOD_LIGHT)
        self.sharpness = MeterBar(self.tr("Sharpness"), _WHOLE_DETAIL, _GOOD_DETAIL)
        self.message = MessageBar()
        self._timer = QTimer(self)
        self._timer.setInterval(_PICTURE_MILLISECONDS)
        self._timer.timeout.connect(self._show_picture)
        bars = QVBoxLayout()
        bars.setSpacing(int(1.5 * SPACE))
        bars.addWidget(self.light)
        bars.addWidget(self.sharpness)
        row = TurningRow(self._needed)
        row.setSpacing(2 * SPACE)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(bars, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(int(1.5 * SPACE))
        column.addLayout(row)
        column.addWidget(self.message)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        note = self.tr("It looks only while it measures. The green line is where it is good.")
        column.addWidget(TextLabel(note, Rank.NOTE))
        self.button.toggled.connect(self._on_toggled)
        eyes.seen.connect(self._on_seen)
        eyes.camera_failed.connect(self._on_failed)
        eyes.pipeline_failed.connect(self._on_failed)
        eyes.pipeline_ready.connect(self._on_ready)
        self._show_nothing()

    def stop(self) -> None:
        """Release the camera, if this holds it."""
        self.button.setChecked(False)

    @override
    def hideEvent(self, event: QHideEvent, /) -> None:
        self.stop()
        super().hideEvent(event)

    def _needed(self) -> int:
        return self.picture.width() + letters_width(self.fontMetrics(), _CHARACTERS)

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:  # noqa: FBT001 - the signal's shape
        if on is self._on:
            return
        self._on = on
        self.message.clear()
        self._show_nothing()
        if not on:
            self._timer.stop()
            self._eyes.work(None)
            self._eyes.close_eyes()
            self.picture.show_frame(None)
            return
        if (trouble := self._eyes.trouble) is not None:  # told before this was there to hear it
            self.stop()
            self._tell(trouble)
            return
        self.begun.emit()
        self._set_work()
        self._eyes.look(self._open_source)
        self._timer.start()

    def _set_work(self) -> None:
        pipeline = self._eyes.pipeline
        self._eyes.work(None if pipeline is None else LightWork(pipeline))

    @Slot()
    def _on_ready(self) -> None:
        if self._on:
            self._set_work()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self._on:
            self._show_nothing()
            self.picture.show_frame(None)
            self._tell(error)

    def _tell(self, error: Exception) -> None:
        words = error_text(error) if isinstance(error, FacelockError) else ""
        self.message.say(words or self.tr("It cannot be measured now."), Tone.WARNING)

    @Slot(object)
    def _on_seen(self, seen: object) -> None:
        if not self._on or not isinstance(seen, Reading):
            return
        self.message.clear()
        words, tone = self._light_words(seen.light)
        self.light.show_value(seen.brightness, words, tone)
        words, tone = self._sharpness_words(seen.sharpness)
        self.sharpness.show_value(seen.detail, words, tone)

    @Slot()
    def _show_picture(self) -> None:
        if (frame := self._eyes.preview.take()) is not None:
            self.picture.show_frame(frame)

    def _show_nothing(self) -> None:
        self.button.setText(
            self.tr("Stop measuring") if self._on else self.tr("Measure light and sharpness")
        )
        waiting = self.tr("Light: looking…") if self._on else self.tr("Light: not measured")
        self.light.show_value(0.0, waiting, Tone.NEUTRAL)
        waiting = self.tr("Sharpness: looking…") if self._on else self.tr("Sharpness: not measured")
        self.sharpness.show_value(0.0, waiting, Tone.NEUTRAL)

    def _light_words(self, light: Light | None) -> tuple[str, Tone]:
        match light:
            case Light.NONE:
                words = self.tr("Light: none. Open the camera's shutter, or turn on a light.")
                return words, Tone.DANGER
            case Light.TOO_DARK:
                return self.tr("Light: too dark. Turn on a lamp in front of you."), Tone.DANGER
            case Light.DIM:
                return self.tr("Light: a little dark. It opens; enrol in more light."), Tone.WARNING
            case Light.GOOD:
                return self.tr("Light: good"), Tone.GOOD
            case Light.BRIGHT:
                return self.tr("Light: rather bright. It opens all the same."), Tone.WARNING
            case Light.TOO_BRIGHT:
                return self.tr("Light: too bright. Turn away from the lamp or sun."), Tone.DANGER
            case None:
                return self.tr("Light: no face to be seen. Look at the camera."), Tone.NEUTRAL

    def _sharpness_words(self, sharpness: Sharpness | None) -> tuple[str, Tone]:
        match sharpness:
            case Sharpness.BLURRED:
                words = self.tr("Sharpness: blurred. Hold still, or wipe the lens.")
                return words, Tone.DANGER
            case Sharpness.SOFT:
                words = self.tr("Sharpness: a little soft. It opens; enrol with a sharper picture.")
                return words, Tone.WARNING
            case Sharpness.GOOD:
                return self.tr("Sharpness: good"), Tone.GOOD
            case None:
                return self.tr("Sharpness: no face to be seen"), Tone.NEUTRAL
