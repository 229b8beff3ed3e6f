"""One retraining in the background: told as it goes on, stopped on demand, gone with its owner."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QObject, QThreadPool, QTimer, Signal, Slot

from facelock.workers.latest import Latest
from facelock.workers.task import run_task

if TYPE_CHECKING:
    from facelock.core.retraining import RetrainingOptions
    from facelock.services.retraining import Outcome, Plan
    from facelock.services.retraining_progress import Progress

_TELL_MILLISECONDS = 200
_TURN = 0.001  # seconds
_USUAL_TURN = sys.getswitchinterval()


class Trains(Protocol):
    """What does the work: `services.retraining.Retraining`, or a test's own."""

    def plan(self, profile_id: str | None = None) -> Plan: ...  # noqa: D102

    def slow_run(  # noqa: D102
        self,
        plan: Plan,
        options: RetrainingOptions,
        *,
        progress: Callable[[Progress], None],
        should_stop: Callable[[], bool],
    ) -> Outcome: ...


class RetrainingRun(QObject):
    """Runs once. The worker leaves what it has to tell in a mailbox; a timer here takes it.

    It has a thread of its own: a passphrase that is typed meanwhile never waits for it. If this
    object is deleted, which locking does, the work ends at the next occasion, and is not heard of.
    """

    progressed = Signal(object)  # Progress, some five times a second at most
    done = Signal(object)  # Outcome
    failed = Signal(object)  # FacelockError or another exception
    cancelled = Signal()

    def __init__(self, training: Trains, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._training = training
        self._news: Latest[Progress] = Latest()
        self._stop = threading.Event()
        self.destroyed.connect(self._stop.set)
        self._timer = QTimer(self)
        self._timer.setInterval(_TELL_MILLISECONDS)
        self._timer.timeout.connect(self._tell)

    @property
    def is_stopping(self) -> bool:
        """True once it was cancelled, until it has ended."""
        return self._stop.is_set()

    def start(self, plan: Plan, options: RetrainingOptions) -> None:
        """Begin."""
        work = partial(
            self._training.slow_run,
            plan,
            options,
            progress=self._news.put,
            should_stop=self._stop.is_set,
        )
        pool = QThreadPool(QCoreApplication.instance())
        pool.setMaxThreadCount(1)
        task = run_task(
            self,
            partial(_in_short_turns, work),
            self._on_done,
            self._on_failed,
            on_cancelled=self._on_cancelled,
            pool=pool,
        )
        task.destroyed.connect(pool.deleteLater)
        self._timer.start()

    @Slot()
    def cancel(self) -> None:
        """Stop at the next occasion; nothing was changed."""
        self._stop.set()

    @Slot()
    def _tell(self) -> None:
        if (news := self._news.take()) is not None:
            self.progressed.emit(news)

    @Slot(object)
    def _on_done(self, outcome: Outcome) -> None:
        self._end()
        if self.is_stopping:  # it was over before it could be stopped: cancelled all the same
            self.cancelled.emit()
        else:
            self.done.emit(outcome)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._end()
        self.failed.emit(error)

    @Slot()
    def _on_cancelled(self) -> None:
        self._end()
        self.cancelled.emit()

    def _end(self) -> None:
        self._tell()
        self._timer.stop()


def _in_short_turns(work: Callable[[], Outcome]) -> Outcome:
    """Do the work; meanwhile the window waits a fifth as long as usual for its turn in Python.

    On two cores with more to do than they can, the 99th of a hundred frames took 48 ms, not 67.
    """
    sys.setswitchinterval(_TURN)
    try:
        return work()
    finally:
        sys.setswitchinterval(_USUAL_TURN)
