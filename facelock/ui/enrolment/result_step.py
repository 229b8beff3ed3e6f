"""What came of the capture: coverage, the threshold in words, and what to be careful about."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from facelock.core.enrolment import Pose
from facelock.core.template import by_appearance
from facelock.ui.card import Card
from facelock.ui.enrolment.step_page import StepPage
from facelock.ui.error_text import error_text
from facelock.ui.guidance_text import pose_name
from facelock.ui.message_bar import MessageBar
from facelock.ui.push_button import PushButton
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.threshold_text import level_name, level_note, opens_for, what_decided
from facelock.workers.task import run_task

if TYPE_CHECKING:
    from facelock.core.template import Profile
    from facelock.core.threshold import Calibration
    from facelock.services.access import Access
    from facelock.services.enrolling import Enroller


class ResultStep(StepPage):
    """Complete when a profile was made of the samples. Nothing is stored yet."""

    capture_again = Signal()

    def __init__(
        self,
        access: Access,
        calibration: Calibration,
        source: Callable[[], tuple[Enroller | None, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            self.tr("How well it went"),
            self.tr("Nothing is stored yet. That happens at the end, after a try-out."),
            parent,
        )
        self._access = access
        self._calibration = calibration
        self._source = source
        self.profile: Profile | None = None
        self.message = MessageBar()
        self.again = PushButton(self.tr("&Capture again"))
        self.again.clicked.connect(self.capture_again)
        self._coverage = Card()
        self._lock = Card()
        self.lines: list[IconLine] = []
        self.column.addWidget(self.message)
        self.column.addWidget(self._coverage)
        self.column.addWidget(self._lock)
        self.column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    @override
    def enter(self) -> None:
        self.profile = None
        self.completed.emit(False)
        enroller, name = self._source()
        self._coverage.hide()
        self._lock.hide()
        self.again.setEnabled(False)
        if enroller is None:
            return
        self.message.say(self.tr("Working it out…"))
        work = partial(enroller.profile, name=name, created_at=time.time())
        run_task(self, work, self._on_made, self._on_failed)

    @Slot(object)
    def _on_made(self, profile: Profile) -> None:
        self.profile = profile
        self.again.setEnabled(True)
        self.message.clear()
        for card in (self._coverage, self._lock):
            _empty(card)
            card.show()
        self.lines = []
        self._tell_coverage(profile)
        self._tell_lock(profile)
        self.completed.emit(True)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.message.say(error_text(error), Tone.DANGER)
        self.again.setEnabled(True)
        self.again.setFocus()

    def _tell_coverage(self, profile: Profile) -> None:
        card = self._coverage
        card.column.addWidget(TextLabel(self.tr("What I have seen of you"), Rank.HEADING))
        poses = [pose_name(pose) for pose in Pose if pose.value in profile.poses]
        text = self.tr("{count} pictures: {poses}.").format(
            count=len(profile.samples), poses=", ".join(poses).lower()
        )
        self._line(card, "check", text, Tone.GOOD)
        if (looks := len(by_appearance(profile.samples))) > 1:
            text = self.tr("{count} different looks.").format(count=looks)
            self._line(card, "check", text, Tone.GOOD)
        if len(poses) < len(Pose):
            text = self.tr(
                "Other sides of your face were not taken: face the camera when you unlock."
            )
            self._line(card, "info", text, Tone.NEUTRAL)

    def _tell_lock(self, profile: Profile) -> None:
        level = self._access.level
        threshold = profile.thresholds[level]
        card = self._lock
        title = self.tr("How strict the lock is: {level}").format(level=level_name(level))
        card.column.addWidget(TextLabel(title, Rank.HEADING))
        people = QLocale().toString(self._calibration.people)
        measured = self.tr("Measured on {people} people.").format(people=people)
        self._line(card, "shield", f"{opens_for(threshold)} {measured}", Tone.ACCENT)
        self._line(card, "info", what_decided(threshold), Tone.NEUTRAL)
        if note := level_note(threshold, level):
            self._line(card, "info", note, Tone.NEUTRAL)
        if threshold.needs_better_samples:
            text = self.tr(
                "Somebody in our test data looks much like you, so the lock had to be drawn tight "
                "and may refuse you now and then. Pictures in better light help."
            )
            self._line(card, "warning", text, Tone.WARNING)
        text = self.tr(
            "Brothers and sisters may be let in, an identical twin almost surely. "
            "Do not count on your face to keep them out."
        )
        self._line(card, "people", text, Tone.WARNING)

    def _line(self, card: Card, icon_name: str, text: str, tone: Tone) -> None:
        line = IconLine(icon_name, text, tone)
        self.lines.append(line)
        card.column.addWidget(line)


def _empty(card: Card) -> None:
    while (item := card.column.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
