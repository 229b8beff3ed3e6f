"""The live, mirrored preview in a circle, and the ring around it that shows how it goes."""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QPointF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QBrush,
    QColor,
    QHideEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from facelock.core.enrolment import Pose
from facelock.core.frames import Frame
from facelock.core.liveness import Prompt
from facelock.core.look import Look
from facelock.ui import ring_paint
from facelock.ui.image import to_qimage
from facelock.ui.ring_paint import Circle
from facelock.ui.ring_state import MOOD_ICONS, Coverage, RingMood
from facelock.ui.theme import Colours, colours, reduced_motion
from facelock.workers.latest import Latest

_TICK_MILLISECONDS = 33
_EASE = 0.18  # share of the way to its goal that a sector moves in one tick
_OUTLINE_SECONDS = 0.6  # an outline older than this is not where the face is any more
_TURN_SECONDS = 2.4  # one round of the scanning light
_WITHOUT_PICTURE = frozenset(
    {
        *(RingMood.NO_CAMERA, RingMood.ASLEEP, RingMood.WATCHING),
        *(RingMood.FACE_GONE, RingMood.COOLING),
    }
)
"""A picture that stays there would look as if the camera still saw it."""
_LIVELY = frozenset({RingMood.SCANNING, RingMood.ASKING, RingMood.WAITING, RingMood.GUIDING})


class PreviewRing(QWidget):
    """Takes pictures from a mailbox while it is visible; paints in logical units.

    The caller sets mood, coverage and looks; `describe` gives screen readers the words for it.
    """

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mailbox: Latest[Frame] | None = None
        self._mirror = True
        self._picture: QImage | None = None
        self._mood = RingMood.WAITING
        self._coverage = Coverage()
        self._shown: dict[Pose | None, float] = {}  # eased shares; None: the whole
        self._prompt: Prompt | None = None
        self._share_left = 0.0  # of a cool-down, 1 to 0
        self._look: Look | None = None
        self._looked_at = 0.0
        self._still = reduced_motion()
        self._since = time.monotonic()  # when the mood began
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MILLISECONDS)
        self._timer.timeout.connect(self._tick)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 160)
        self.setAccessibleName(self.tr("Camera preview"))

    @property
    def mood(self) -> RingMood:
        """The state it shows."""
        return self._mood

    @property
    def coverage(self) -> Coverage:
        """The enrolment progress it shows."""
        return self._coverage

    @property
    def has_picture(self) -> bool:
        """True while it shows what the camera sees."""
        return self._picture is not None

    @property
    def picture(self) -> QImage | None:
        """What the camera saw last, not mirrored; None while nothing of it is shown."""
        return self._picture

    def watch(self, mailbox: Latest[Frame] | None, *, mirror: bool = True) -> None:
        """Show the frames of this mailbox from now on."""
        self._mailbox = mailbox
        self._mirror = mirror

    def set_mood(self, mood: RingMood) -> None:
        """Show another state."""
        if mood is not self._mood:
            self._mood = mood
            self._since = time.monotonic()
        if mood in _WITHOUT_PICTURE:
            self.forget_picture()
        self.update()

    @property
    def prompt(self) -> Prompt | None:
        """What it asks for; None in any other mood than ASKING."""
        return self._prompt if self._mood is RingMood.ASKING else None

    def ask(self, prompt: Prompt) -> None:
        """Show what liveness asks a person to do."""
        if prompt is not self._prompt:
            self._prompt = prompt
            self._since = time.monotonic()
        self.set_mood(RingMood.ASKING)

    def set_coverage(self, coverage: Coverage) -> None:
        """Show how far an enrolment is."""
        self._coverage = coverage
        self.set_mood(RingMood.SUCCESS if coverage.whole >= 1.0 else RingMood.GUIDING)

    def set_share_left(self, share: float) -> None:
        """Show how much of a cool-down is left, 1 to 0."""
        self._share_left = share
        self.update()

    def show_look(self, look: Look | None) -> None:
        """Outline the face that was seen."""
        self._look = look
        self._looked_at = time.monotonic()

    def forget_picture(self) -> None:
        """Show the drawn placeholder: nothing of the last picture stays on the screen."""
        self._picture = None
        self._look = None
        self.update()

    def describe(self, text: str) -> None:
        """Tell screen readers what it shows."""
        self.setAccessibleDescription(text)

    @override
    def sizeHint(self) -> QSize:
        # Small, since scroll areas make room for all of it; it grows wherever there is more.
        return QSize(220, 220)

    @override
    def showEvent(self, event: QShowEvent, /) -> None:
        self._still = reduced_motion()  # it may have been asked for since
        self._timer.start()
        super().showEvent(event)

    @override
    def hideEvent(self, event: QHideEvent, /) -> None:
        self._timer.stop()
        self.forget_picture()
        super().hideEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent, /) -> None:
        self.clicked.emit()
        super().mouseReleaseEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        now = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        side = min(self.width(), self.height())
        circle = Circle(QPointF(self.width() / 2, self.height() / 2), side * 0.5 - side * 0.085)
        self._paint_picture(painter, circle, now)
        self._paint_ring(painter, circle, now)
        if name := MOOD_ICONS.get(self._mood, ""):
            ring_paint.badge(painter, circle, name, self._mood_colour(now), now)

    def _paint_picture(self, painter: QPainter, circle: Circle, now: Colours) -> None:
        if self._picture is None:
            ring_paint.placeholder(painter, circle, now, asleep=self._mood is RingMood.ASLEEP)
            return
        to_circle = self._to_circle(self._picture, circle)
        brush = QBrush(self._picture)
        brush.setTransform(to_circle)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush)
        painter.drawEllipse(circle.centre, circle.radius, circle.radius)
        fresh = time.monotonic() - self._looked_at < _OUTLINE_SECONDS
        if fresh and self._look is not None and self._look.face is not None:
            points = self._look.face.landmarks.points
            ring_paint.face_outline(painter, circle, to_circle, points, now)

    def _to_circle(self, picture: QImage, circle: Circle) -> QTransform:
        """Map picture pixels so that the middle square fills the circle, mirrored if wanted."""
        scale = 2 * circle.radius / min(picture.width(), picture.height())
        transform = QTransform()
        transform.translate(circle.centre.x(), circle.centre.y())
        transform.scale(-scale if self._mirror else scale, scale)
        transform.translate(-picture.width() / 2, -picture.height() / 2)
        return transform

    def _paint_ring(self, painter: QPainter, circle: Circle, now: Colours) -> None:
        colour = self._mood_colour(now)
        age = time.monotonic() - self._since
        match self._mood:
            case RingMood.GUIDING:
                self._paint_coverage(painter, circle, now)
            case RingMood.SCANNING | RingMood.WAITING:
                turn = 0.0 if self._still else age / _TURN_SECONDS % 1.0
                strong = self._mood is RingMood.SCANNING
                ring_paint.scanning(painter, circle, now, colour, turn, strong=strong)
            case RingMood.ASKING:
                ring_paint.track(painter, circle, now.ring_track)
                if self._prompt is not None:
                    swing = 0.0 if self._still else math.sin(age * 5.0)
                    ring_paint.ask(painter, circle, self._prompt, swing, now)
            case RingMood.COOLING:
                ring_paint.track(painter, circle, now.ring_track)
                ring_paint.arc(painter, circle, 0.0, self._share_left, colour)
            case RingMood.SUCCESS | RingMood.REFUSED:
                ring_paint.track(painter, circle, now.ring_track)
                grown = 1.0 if self._still else 1 - math.pow(1 - min(age / 0.35, 1.0), 3)
                ring_paint.arc(painter, circle, 0.0, grown, colour)
            case RingMood.ASLEEP | RingMood.WATCHING | RingMood.FACE_GONE | RingMood.NO_CAMERA:
                ring_paint.track(painter, circle, now.ring_track)

    def _paint_coverage(self, painter: QPainter, circle: Circle, now: Colours) -> None:
        if self._coverage.plain:
            ring_paint.track(painter, circle, now.ring_track)
            ring_paint.arc(painter, circle, 0.0, self._shown.get(None, 0.0), now.accent)
            return
        shown = {pose: self._shown.get(pose, 0.0) for pose in Pose}
        wanted = self._coverage.wanted
        ring_paint.sectors(painter, circle, now, shown, wanted)
        if wanted is not None and wanted is not Pose.CENTRE:
            age = time.monotonic() - self._since
            swing = 0.0 if self._still else math.sin(age * 4.0)
            ring_paint.arrow(painter, circle, wanted, swing, now)

    def _mood_colour(self, now: Colours) -> QColor:
        match self._mood:
            case RingMood.SUCCESS:
                return now.good
            case RingMood.REFUSED:
                return now.danger
            case RingMood.COOLING | RingMood.NO_CAMERA:
                return now.warning
            case RingMood.SCANNING | RingMood.ASKING | RingMood.GUIDING | RingMood.FACE_GONE:
                return now.accent
            case RingMood.WAITING | RingMood.ASLEEP | RingMood.WATCHING:
                return now.muted

    @Slot()
    def _tick(self) -> None:
        frame = None if self._mailbox is None else self._mailbox.take(0.0)
        closed = self._mood in _WITHOUT_PICTURE
        if frame is not None and not closed:
            self._picture = to_qimage(frame)
        moved = self._ease()
        lively = self._mood in _LIVELY
        fresh = time.monotonic() - self._since < 0.6
        if frame is not None or moved or fresh or (lively and not self._still):
            self.update()

    def _ease(self) -> bool:
        """Move the sectors towards their goals; True if any moved."""
        goals: dict[Pose | None, float] = dict(self._coverage.shares.items())
        goals[None] = self._coverage.whole
        moved = False
        for key, goal in goals.items():
            shown = self._shown.get(key, 0.0)
            if shown == goal:
                continue
            near = self._still or abs(goal - shown) < 0.01
            self._shown[key] = goal if near else shown + (goal - shown) * _EASE
            moved = True
        return moved
