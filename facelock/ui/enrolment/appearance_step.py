"""An optional second look: with glasses, in other light."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from facelock.core.enrolment import Guidance
from facelock.ui.announce import announce
from facelock.ui.card import Card
from facelock.ui.enrolment.step_page import StepPage
from facelock.ui.flow_layout import FlowLayout
from facelock.ui.guidance_text import guidance_sentence
from facelock.ui.icon_button import IconButton
from facelock.ui.preview_ring import PreviewRing
from facelock.ui.push_button import PushButton
from facelock.ui.ring_state import RingMood, coverage_of
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.theme import SPACE

if TYPE_CHECKING:
    from facelock.core.frames import Frame
    from facelock.services.enrolling import EnrolmentView
    from facelock.ui.enrolment.capture import Capture
    from facelock.workers.eyes import OpenSource
    from facelock.workers.latest import Latest


class AppearanceStep(StepPage):
    """Never required. Going on ends a pass that is under way."""

    added = Signal()  # a pass came to its end

    def __init__(
        self,
        capture: Capture,
        preview: Latest[Frame],
        open_camera: Callable[[], OpenSource],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            self.tr("Do you sometimes look different?"),
            self.tr("Optional. With a second look I know you with glasses on, or by lamplight."),
            parent,
        )
        self._capture = capture
        self._open_camera = open_camera
        self._running = False
        self.glasses = IconButton("glasses", self.tr("Add me with &glasses on or off"))
        self.light = IconButton("light-bulb", self.tr("Add me in &other light"))
        self.stop = PushButton(self.tr("S&top this one"))
        self.ring = PreviewRing()
        self.ring.watch(preview)
        self.ring.setMinimumSize(180, 180)
        self.sentence = TextLabel("", Rank.LEAD)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._hint = IconLine(
            "info",
            self.tr("If you look about the same every day, just go on."),
            Tone.NEUTRAL,
            Rank.NOTE,
        )
        self.sentence.hide()
        self._card = Card()
        row = FlowLayout(gap=SPACE)
        row.addWidget(self.glasses)
        row.addWidget(self.light)
        self._card.column.addLayout(row)
        self._card.column.addWidget(self._hint)
        self._card.column.addWidget(self.ring, 1)
        self._card.column.addWidget(self.sentence)
        self._card.column.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addWidget(self._card)
        self.column.addStretch(1)
        self._show_running()
        self.glasses.clicked.connect(self._with_glasses)
        self.light.clicked.connect(self._in_other_light)
        self.stop.clicked.connect(self._on_stop)
        capture.viewed.connect(self._on_viewed)
        capture.troubled.connect(self._on_trouble)

    @override
    @Slot()
    def leave(self) -> None:
        if self._running:
            self._running = False
            self._capture.stop()
            self._show_running()

    @Slot()
    def _with_glasses(self) -> None:
        self._begin("glasses")

    @Slot()
    def _in_other_light(self) -> None:
        self._begin("other light")

    @Slot()
    def _on_stop(self) -> None:
        self.glasses.setFocus()  # the button that has it goes
        self.leave()
        self._say(self.tr("Stopped. You can try again, or go on."))

    def _begin(self, appearance: str) -> None:
        self._running = True
        self._show_running()
        self.ring.set_mood(RingMood.WAITING)
        self._say(self.tr("Change what you want to change, then look at the camera."))
        self._capture.add_appearance(appearance)
        self._capture.start(self._open_camera())
        self.stop.setFocus()

    def _show_running(self) -> None:
        for widget in (self.ring, self.stop):
            widget.setVisible(self._running)
        self.glasses.setEnabled(not self._running)
        self.light.setEnabled(not self._running)

    @Slot(object)
    def _on_viewed(self, view: EnrolmentView) -> None:
        if not self._running:
            return
        self.ring.show_look(view.look)
        self.ring.set_coverage(coverage_of(view.flow))
        if view.flow.is_complete:
            self.leave()
            self._say(self.tr("Added. You can add another one, or go on."))
            self.added.emit()
        elif view.flow.guidance is not Guidance.LOOK_AT_CAMERA:
            self._say(guidance_sentence(view.flow.guidance))

    @Slot(str)
    def _on_trouble(self, sentence: str) -> None:
        if self._running and sentence:
            self.ring.set_mood(RingMood.NO_CAMERA)
            self._say(sentence)

    def _say(self, text: str) -> None:
        if text != self.sentence.text():
            self.sentence.setText(text)
            self.sentence.show()
            self._hint.hide()
            announce(self.sentence, text)
