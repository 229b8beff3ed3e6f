"""The enrolment wizard: arranges the steps, saves at the end, loses nothing that was typed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from facelock.core.errors import NameTaken, PassphraseConfirmationNeeded
from facelock.ui.announce import announce
from facelock.ui.confirm_passphrase import ConfirmPassphrase
from facelock.ui.demo_badge import DemoBadge
from facelock.ui.enrolment.appearance_step import AppearanceStep
from facelock.ui.enrolment.camera_step import CameraStep
from facelock.ui.enrolment.capture import Capture
from facelock.ui.enrolment.capture_step import CaptureStep
from facelock.ui.enrolment.consent_step import ConsentStep
from facelock.ui.enrolment.done_step import DoneStep
from facelock.ui.enrolment.person_step import PersonStep
from facelock.ui.enrolment.progress_line import ProgressLine
from facelock.ui.enrolment.recovery_step import RecoveryStep
from facelock.ui.enrolment.result_step import ResultStep
from facelock.ui.enrolment.saving import Saving
from facelock.ui.enrolment.step_page import StepPage
from facelock.ui.enrolment.steps import Step, Steps
from facelock.ui.enrolment.try_out_step import TryOutStep
from facelock.ui.error_text import error_text
from facelock.ui.message_bar import MessageBar
from facelock.ui.push_button import PushButton
from facelock.ui.text_labels import Rank, TextLabel, Tone
from facelock.ui.theme import SPACE
from facelock.vault.keys import KdfParameters

if TYPE_CHECKING:
    from facelock.core.template import Profile
    from facelock.core.threshold import Calibration
    from facelock.services.access import Access
    from facelock.services.enrolling import Enroller
    from facelock.ui.enrolment.cameras import Cameras
    from facelock.workers.eyes import Eyes, OpenSource

_BY_THEMSELVES = frozenset({Step.CAPTURE, Step.RESULT, Step.TRY_OUT})
"""Steps that become complete while one only looks on: Enter then goes on."""


class EnrolmentWizard(QDialog):
    """Enrols one person. `first`: nobody is enrolled yet, so the app opens for them at the end."""

    finished_with = Signal(str)  # profile id
    camera_chosen = Signal(str)  # camera id, for the settings
    face_seen = Signal()  # during the capture

    def __init__(
        self,
        access: Access,
        eyes: Eyes,
        cameras: Cameras,
        calibration: Calibration,
        *,
        first: bool,
        kdf: KdfParameters | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._access = access
        self._eyes = eyes
        self._cameras = cameras
        self._saving = Saving(access, kdf, self, first=first)
        self._saving.saved.connect(self._on_saved)
        self._saving.failed.connect(self._on_save_failed)
        self.steps = Steps()
        capture = Capture(access, eyes, calibration, self)
        self._capture = capture
        capture.face_seen.connect(self.face_seen)
        self.consent_step = ConsentStep()
        self.person_step = PersonStep(access)
        self.camera_step = CameraStep(cameras, demo=access.demo)
        self.capture_step = CaptureStep(capture, eyes.preview, self._opening)
        self.appearance_step = AppearanceStep(capture, eyes.preview, self._opening)
        self.result_step = ResultStep(access, calibration, self._captured)
        self.try_out_step = TryOutStep(access, eyes, self._opening_try_out, self._made)
        self.recovery_step = RecoveryStep()
        self.done_step = DoneStep()
        seeing = (self.camera_step, self.capture_step, self.appearance_step)
        telling = (self.result_step, self.try_out_step, self.recovery_step, self.done_step)
        pages: tuple[StepPage, ...] = (self.consent_step, self.person_step, *seeing, *telling)
        self.pages: dict[Step, StepPage] = dict(zip(Step, pages, strict=True))
        self._build()
        self.result_step.capture_again.connect(self._capture_again)
        self.appearance_step.added.connect(self.next.setFocus)
        self._show_step()

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Enrol a person"))
        self.resize(860, 720)
        self.setMinimumSize(480, 420)
        self._stack = QStackedWidget()
        for step, page in self.pages.items():
            self._stack.addWidget(page)
            page.completed.connect(partial(self._on_completed, step))
        self._progress = ProgressLine()
        self._where = TextLabel("", Rank.NOTE)
        self.message = MessageBar()
        self.back = PushButton(self.tr("&Back"))
        self.next = PushButton(self.tr("&Next"))
        self.cancel = PushButton(self.tr("Cancel"))
        self.next.setDefault(True)
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.cancel.clicked.connect(self.reject)
        head = QHBoxLayout()
        head.setContentsMargins(4 * SPACE, SPACE, 4 * SPACE, 0)
        head.addWidget(self._where, 1)
        head.addWidget(DemoBadge(shown=self._access.demo))
        foot = QHBoxLayout()
        foot.setSpacing(SPACE)
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        bottom = QVBoxLayout()
        bottom.setContentsMargins(4 * SPACE, SPACE, 4 * SPACE, 2 * SPACE)
        bottom.setSpacing(SPACE)
        bottom.addWidget(self.message)
        bottom.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._progress)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        column.addLayout(bottom)

    @Slot()
    def go_on(self) -> None:
        """To the next step; from the try-out, save first."""
        if not self.steps.can_go_on or self._saving.is_under_way:
            return
        self.message.clear()
        match self.steps.at:
            case Step.TRY_OUT:
                self._save()
            case Step.DONE:
                self.accept()
            case _:
                self._move(self.steps.next())

    @Slot()
    def go_back(self) -> None:
        """To the step before."""
        if not self._saving.is_under_way:
            self.message.clear()
            self._move(self.steps.back())

    @override
    @Slot()
    def reject(self) -> None:
        """Leave. Nothing was stored unless the last two steps were reached."""
        if self.steps.at is Step.RECOVERY and not self.steps.can_go_on:
            words = self.tr("Keep your recovery key first: it is shown this once only.")
            self.message.say(words, Tone.WARNING)
            self.recovery_step.sheet.tick.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.steps.saved:
            self.accept()
        elif not self._saving.is_under_way:
            self._close()
            super().reject()

    @override
    @Slot()
    def accept(self) -> None:
        self._close()
        super().accept()
        if self._made_id:
            self.finished_with.emit(self._made_id)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        # One stray Esc must not throw away what was typed: it only leads to the button that would.
        begun = not self.steps.saved and Step.CONSENT in self.steps.complete
        if event.key() == Qt.Key.Key_Escape and begun:
            self.cancel.setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent, /) -> None:
        event.ignore()
        self.reject()

    @property
    def _made_id(self) -> str:
        profile = self.result_step.profile
        return profile.profile_id if profile is not None and self.steps.saved else ""

    def _close(self) -> None:
        self.pages[self.steps.at].leave()
        self.person_step.forget()
        self.recovery_step.forget()
        self._saving.forget()

    def _move(self, steps: Steps) -> None:
        if steps == self.steps:
            return
        self.pages[self.steps.at].leave()
        if self.steps.at is Step.CAMERA:
            self.camera_chosen.emit(self.camera_step.chosen)
        self.steps = steps
        self._show_step()

    def _show_step(self) -> None:
        page = self.pages[self.steps.at]
        self._stack.setCurrentWidget(page)
        page.enter()
        number, of = self.steps.position
        self._where.setText(self.tr("Step {number} of {of}").format(number=number, of=of))
        self._progress.share = number / of
        self._progress.update()
        self._show_buttons()
        # Not on a button that cannot be pressed: Qt would pass the focus on, perhaps to Cancel.
        (page.first_focus() or (self.next if self.next.isEnabled() else page)).setFocus()
        announce(self, f"{self._where.text()}. {page.accessibleName()}")

    def _show_buttons(self) -> None:
        at, saving = self.steps.at, self._saving.is_under_way
        texts = {
            Step.CONSENT: self.tr("&Begin"),
            Step.TRY_OUT: self.tr("&Save and finish"),
            Step.DONE: self.tr("&Done"),
        }
        self.next.setText(self.tr("Saving…") if saving else texts.get(at, self.tr("&Next")))
        self.next.setEnabled(self.steps.can_go_on and not saving)
        self.back.setVisible(not self.steps.saved)
        self.back.setEnabled(self.steps.can_go_back and not saving)
        self.cancel.setVisible(not self.steps.saved)
        self.cancel.setEnabled(not saving)

    def _on_completed(self, step: Step, complete: bool) -> None:  # noqa: FBT001 - a signal's
        before = self.steps
        self.steps = self.steps.mark(step, complete=complete)
        if self.steps != before:
            self._show_buttons()
            if step in _BY_THEMSELVES and complete and self.steps.at is step:
                self.next.setFocus()

    @Slot()
    def _capture_again(self) -> None:
        self._move(self.steps.jump_back(Step.CAPTURE))
        self.capture_step.begin_again()

    def _opening(self) -> OpenSource:
        return partial(self._cameras.open, self.camera_step.chosen)

    def _opening_try_out(self) -> OpenSource:
        opens = self._cameras.open_try_out or self._cameras.open
        return partial(opens, self.camera_step.chosen)

    def _captured(self) -> tuple[Enroller | None, str]:
        return self._capture.enroller, self.person_step.clean_name

    def _made(self) -> Profile | None:
        return self.result_step.profile

    @Slot()
    def _save(self) -> None:
        if (profile := self.result_step.profile) is None:
            return
        self.try_out_step.leave()
        step, enroller = self.person_step, self._capture.enroller
        camera_id = "" if enroller is None else enroller.camera_id
        self._saving.start(profile, step.clean_name, step.passphrase.text(), camera_id)
        self._show_buttons()

    @Slot(str)
    def _on_saved(self, _profile_id: str) -> None:
        self.person_step.forget()
        if self._saving.recovery is not None:
            self.recovery_step.show_key(self._saving.recovery)
        self.steps = self.steps.after_saving()
        self._show_step()

    @Slot(object)
    def _on_save_failed(self, error: Exception) -> None:
        """Say what to do; everything typed and captured is still there."""
        self._show_buttons()
        self.next.setFocus()
        if isinstance(error, PassphraseConfirmationNeeded):
            action = self.tr("A new person is about to be enrolled.")
            ask = ConfirmPassphrase(self._access, action, self.tr("&Enrol"), self)
            ask.confirmed.connect(self._save)
            ask.open()
            return
        if isinstance(error, NameTaken):
            self._move(self.steps.jump_back(Step.PERSON))
        self.message.say(error_text(error), Tone.DANGER)
