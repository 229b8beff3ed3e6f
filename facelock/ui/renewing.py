"""Keeps networks and people together: both under the head in force, off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from facelock.core.errors import FacelockError
from facelock.workers.task import run_task

if TYPE_CHECKING:
    from facelock.core.head_version import HeadVersion
    from facelock.core.threshold import Calibration
    from facelock.services.access import Access
    from facelock.services.recognition import FacePipeline
    from facelock.vault.staging import StagedProfiles
    from facelock.workers.eyes import Eyes


class Renewing(QObject):
    """Runs `Access.renewal` in a Task. Until it is done nobody's face is compared.

    When another head comes in force (a retraining, or a passphrase that unseals the store), the
    eyes take it at once.
    """

    finished = Signal()  # everybody who can be brought to the network in use was
    failed = Signal(object)  # FacelockError or another exception; what was in force still is
    head_changed = Signal()  # what was measured with the head before serves no more

    def __init__(
        self,
        access: Access,
        eyes: Eyes,
        load_pipeline: Callable[[], FacePipeline],
        load_calibration: Callable[[], Calibration],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._access = access
        self._eyes = eyes
        self._work = partial(access.renewal.slow_stage, load_pipeline, load_calibration)
        self._running = False
        self._head: HeadVersion | None = None  # in force when it was begun
        eyes.pipeline_ready.connect(self._on_pipeline)
        access.heads.add_watcher(self.settle)

    @property
    def is_needed(self) -> bool:
        """True while somebody has to be renewed, and can be."""
        return self._access.renewal.is_due

    def start(self) -> None:
        """Begin if it is needed and not under way."""
        if self.is_needed and not self._running:
            self._running, self._head = True, self._access.heads.in_force
            run_task(self, self._work, self._on_staged, self._on_failed)

    def settle(self) -> None:
        """Let the eyes see under the head in force, and renew whoever is not under it."""
        pipeline = self._eyes.pipeline
        if pipeline is not None:
            self._on_pipeline(pipeline)

    @Slot(object)
    def _on_pipeline(self, pipeline: FacePipeline) -> None:
        version = self._access.heads.in_force
        head = None if version is None else version.head
        wanted = pipeline.with_head(head).network
        self._access.renewal.use(wanted)
        if pipeline.network != wanted:
            self.head_changed.emit()
            self._eyes.use_head(head)  # which brings us here again
            return
        self.start()

    @Slot(object)
    def _on_staged(self, staged: StagedProfiles) -> None:
        self._running = False
        try:
            adopted = self._access.renewal.adopt(staged)
        except FacelockError as error:
            self.failed.emit(error)
            return
        if adopted:
            self.finished.emit()
        else:  # somebody was renamed or removed meanwhile
            self.start()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._running = False
        if self._access.heads.in_force is not self._head:  # between two things that were loaded
            self.start()
        else:
            self.failed.emit(error)
