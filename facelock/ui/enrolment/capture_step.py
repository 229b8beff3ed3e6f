"""The capture: ring, one sentence, the list of poses; pictures are taken by themselves."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from facelock.core.enrolment import Guidance, Mode, Pose
from facelock.ui.announce import announce
from facelock.ui.card import Card
from facelock.ui.enrolment.step_page import StepPage
from facelock.ui.guidance_text import guidance_sentence, pose_name
from facelock.ui.preview_ring import PreviewRing
from facelock.ui.push_button import PushButton
from facelock.ui.ring_state import Coverage, RingMood, coverage_of
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.theme import SPACE
from facelock.ui.turning_row import TurningRow
from facelock.ui.wrapping_text import letters_width

if TYPE_CHECKING:
    from facelock.core.frames import Frame
    from facelock.services.enrolling import EnrolmentView
    from facelock.ui.enrolment.capture import Capture
    from facelock.workers.eyes import OpenSource
    from facelock.workers.latest import Latest

_CHARACTERS = 24  # beside the ring there must be room for so many
_DWELL_SECONDS = 0.7  # a sentence stays long enough to be read
_POSE_ICONS = {
    Pose.CENTRE: "face",
    Pose.LEFT: "arrow-left",
    Pose.RIGHT: "arrow-right",
    Pose.UP: "arrow-up",
    Pose.DOWN: "arrow-down",
}


class CaptureStep(StepPage):
    """Complete when enough pictures were taken."""

    def __init__(
        self,
        capture: Capture,
        preview: Latest[Frame],
        open_camera: Callable[[], OpenSource],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            self.tr("Let me get to know you"),
            self.tr("Pictures are taken by themselves. Take all the time you need."),
            parent,
        )
        self._capture = capture
        self._open_camera = open_camera
        self._entered = False
        self._complete = False
        self._said_at = 0.0
        self.ring = PreviewRing()
        self.ring.setMinimumSize(180, 180)
        self.ring.watch(preview)
        self.sentence = TextLabel("", Rank.LEAD)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sentence.setMinimumHeight(2 * self.sentence.fontMetrics().lineSpacing())
        self.poses = {pose: IconLine(_POSE_ICONS[pose], pose_name(pose)) for pose in Pose}
        self.count = TextLabel("", Rank.NOTE)
        self.plain = PushButton(self.tr("I &can't turn my head"))
        self.restart = PushButton(self.tr("&Start again"))
        self._build()
        self.plain.clicked.connect(self._use_plain_mode)
        self.restart.clicked.connect(self.begin_again)
        capture.viewed.connect(self._on_viewed)
        capture.troubled.connect(self._on_trouble)

    @override
    def enter(self) -> None:
        self._entered = True
        if self._complete:
            self.ring.set_mood(RingMood.SUCCESS)
            return
        self.ring.set_mood(RingMood.WAITING)
        self._say(self.tr("The camera is waking up…"))
        self._capture.start(self._open_camera())

    @override
    def leave(self) -> None:
        self._entered = False
        self._capture.stop()

    @Slot()
    def begin_again(self) -> None:
        """Forget what was taken and begin anew."""
        was_complete = self._complete
        self._complete = False
        self.plain.setEnabled(True)
        self.ring.set_coverage(Coverage())
        self._show_poses(())
        self.completed.emit(False)
        self._capture.restart()
        if self._entered and was_complete:
            self.enter()

    def _build(self) -> None:
        seeing = QVBoxLayout()
        seeing.addWidget(self.ring, 1)
        seeing.addWidget(self.sentence)
        poses = QVBoxLayout()
        poses.setSpacing(SPACE)
        poses.addStretch(1)
        self._list_title = TextLabel(self.tr("Look"), Rank.HEADING)
        poses.addWidget(self._list_title)
        for line in self.poses.values():
            poses.addWidget(line)
        poses.addSpacing(SPACE)
        poses.addWidget(self.count)
        poses.addStretch(1)
        poses.addWidget(self.plain)
        poses.addWidget(self.restart)
        card = Card()
        row = TurningRow(self._needed)
        row.setSpacing(3 * SPACE)
        row.addLayout(seeing, 3)
        row.addLayout(poses, 2)
        card.column.addLayout(row)
        self.column.addWidget(card, 1)

    def _needed(self) -> int:
        return self.ring.minimumWidth() + letters_width(self.fontMetrics(), _CHARACTERS)

    @Slot()
    def _use_plain_mode(self) -> None:
        self.plain.setEnabled(False)
        self._capture.use_plain_mode()

    @Slot(object)
    def _on_viewed(self, view: EnrolmentView) -> None:
        if not self._entered or self._complete:
            return
        flow = view.flow
        self.ring.show_look(view.look)
        self.ring.set_coverage(coverage_of(flow))
        self._show_poses(flow.covered if flow.mode is Mode.GUIDED else ())
        plain = flow.mode is Mode.PLAIN
        for line in self.poses.values():
            line.setVisible(not plain)
        self._list_title.setVisible(not plain)
        wanted = (
            flow.rules.plain_samples if plain else flow.rules.samples_per_pose * len(self.poses)
        )
        text = self.tr("{taken} of {wanted} pictures taken")
        self.count.setText(text.format(taken=round(flow.progress * wanted), wanted=wanted))
        if view.sample_taken:
            announce(self.count, self.count.text())
        if flow.is_complete:
            self._finish()
        else:
            self._guide(flow.guidance)

    def _finish(self) -> None:
        self._complete = True
        self.plain.setEnabled(False)
        self._say(guidance_sentence(Guidance.DONE))
        self.ring.set_mood(RingMood.SUCCESS)
        self._capture.stop()
        self.completed.emit(True)

    def _guide(self, guidance: Guidance) -> None:
        settled = time.monotonic() - self._said_at > _DWELL_SECONDS
        if settled or guidance is Guidance.GOOD:
            self._say(guidance_sentence(guidance))

    def _say(self, text: str) -> None:
        if text == self.sentence.text():
            return
        self._said_at = time.monotonic()
        self.sentence.setText(text)
        self.ring.describe(text)
        announce(self.ring, text)

    def _show_poses(self, covered: tuple[Pose, ...]) -> None:
        for pose, line in self.poses.items():
            done = pose in covered
            name = "check" if done else _POSE_ICONS[pose]
            line.say(name, pose_name(pose), Tone.GOOD if done else Tone.NEUTRAL)
            line.setAccessibleName(
                self.tr("{pose}: done").format(pose=pose_name(pose)) if done else pose_name(pose)
            )

    @Slot(str)
    def _on_trouble(self, sentence: str) -> None:
        if not self._entered or self._complete:
            return
        self.ring.set_mood(RingMood.NO_CAMERA if sentence else RingMood.WAITING)
        if sentence:
            self._say(sentence)
