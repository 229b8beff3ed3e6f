"""A try-out unlock, before anything is stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from facelock.core.observation import Match, NonMatch
from facelock.core.template import make_gallery
from facelock.services.recognition import Recogniser
from facelock.ui.announce import announce
from facelock.ui.card import Card
from facelock.ui.enrolment.step_page import StepPage
from facelock.ui.error_text import error_text
from facelock.ui.guidance_text import observation_sentence, prompt_sentence
from facelock.ui.numbered_work import NumberedSeen, NumberedWork
from facelock.ui.preview_ring import PreviewRing
from facelock.ui.push_button import PushButton
from facelock.ui.ring_state import RingMood
from facelock.ui.text_labels import Rank, TextLabel

if TYPE_CHECKING:
    from facelock.core.template import Profile
    from facelock.services.access import Access
    from facelock.workers.eyes import Eyes, OpenSource


class TryOutStep(StepPage):
    """Complete when the new person was recognised among nobody but themselves, or skipped it."""

    def __init__(
        self,
        access: Access,
        eyes: Eyes,
        open_camera: Callable[[], OpenSource],
        source: Callable[[], Profile | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            self.tr("Try it"),
            self.tr("Look at the camera as you will when you unlock."),
            parent,
        )
        self._access = access
        self._eyes = eyes
        self._open_camera = open_camera
        self._source = source
        self._number = 0
        self._running = False
        self._misses = 0
        self.ring = PreviewRing()
        self.ring.watch(eyes.preview)
        self.sentence = TextLabel("", Rank.LEAD)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sentence.setMinimumHeight(2 * self.sentence.fontMetrics().lineSpacing())
        self.skip = PushButton(self.tr("S&kip the try-out"))
        self.skip.setToolTip(
            self.tr("Your passphrase works in any case. You can enrol again if your face does not.")
        )
        card = Card()
        card.column.addWidget(self.ring, 1)
        card.column.addWidget(self.sentence)
        card.column.addWidget(self.skip, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addWidget(card, 1)
        self.skip.clicked.connect(self._skip)
        eyes.seen.connect(self._on_seen)
        eyes.camera_failed.connect(self._on_trouble)
        eyes.pipeline_failed.connect(self._on_trouble)
        eyes.camera_opened.connect(self._on_opened)

    @override
    def enter(self) -> None:
        profile, pipeline = self._source(), self._eyes.pipeline
        self.completed.emit(False)
        self.skip.setEnabled(True)
        if profile is None or pipeline is None:
            return
        self._running, self._misses = True, 0
        self._number += 1
        self.ring.set_mood(RingMood.SCANNING)
        self._say(self.tr("Looking for you. Face the camera."))
        self._eyes.look(self._open_camera())
        level, demo, model = self._access.level, self._access.demo, pipeline.model_sha256
        gallery = make_gallery(
            (profile,), level, demo=demo, model_sha256=model, layers=self._access.layers
        )
        self._eyes.work(NumberedWork(Recogniser(pipeline, gallery), self._number))

    @override
    def leave(self) -> None:
        if self._running:
            self._running = False
            self._eyes.work(None)
            self._eyes.close_eyes()

    @Slot(object)
    def _on_seen(self, report: object) -> None:
        if not self._running or not isinstance(report, NumberedSeen):
            return
        if report.number != self._number:
            return
        self.ring.show_look(report.seen.look)
        if report.seen.prompt is not None:
            self.ring.ask(report.seen.prompt)
            self._say(prompt_sentence(report.seen.prompt))
            return
        self.ring.set_mood(RingMood.SCANNING)
        match report.seen.observation:
            case Match():
                self.leave()
                self._end(self.tr("That is you. It works."), RingMood.SUCCESS)
            case NonMatch():
                self._misses += 1
                self._say(
                    self.tr("I am not sure yet. Face the camera, with light from the front.")
                    if self._misses < 3
                    else self.tr(
                        "I do not recognise you well. Go back and capture again in better light, "
                        "or skip this: your passphrase works in any case."
                    )
                )
            case seen:
                if not self._misses:
                    self._say(observation_sentence(seen))

    @Slot()
    def _skip(self) -> None:
        self.leave()
        self._end(
            self.tr("Skipped. If your face is refused later, use the passphrase and enrol again."),
            RingMood.ASLEEP,
        )

    def _end(self, sentence: str, mood: RingMood) -> None:
        self.ring.set_mood(mood)
        self._say(sentence)
        self.skip.setEnabled(False)
        self.completed.emit(True)

    @Slot(object)
    def _on_trouble(self, error: Exception) -> None:
        if self._running:
            self.ring.set_mood(RingMood.NO_CAMERA)
            self._say(error_text(error))

    @Slot()
    def _on_opened(self) -> None:
        if self._running:
            self.ring.set_mood(RingMood.SCANNING)

    def _say(self, text: str) -> None:
        if text != self.sentence.text():
            self.sentence.setText(text)
            self.ring.describe(text)
            announce(self.ring, text)
