"""Long work on the vault: one after the other, in the background, told while it goes on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from facelock.core.errors import Cancelled, FacelockError, VaultFull, VaultLocked
from facelock.vault.items import Progress
from facelock.workers.task import run_task

_TELL_MILLISECONDS = 100


@dataclass(frozen=True)
class Step:
    """One file of a job."""

    name: str = field(repr=False)
    size: int  # bytes, as far as is known
    run: Callable[[Progress], object] = field(repr=False)


@dataclass(frozen=True)
class Standing:
    """How far a job is."""

    done: int
    count: int
    bytes_done: int
    bytes_all: int

    @property
    def share(self) -> float:
        """From 0 to 1; by bytes, or by files where they are empty."""
        if self.bytes_all > 0:
            return min(self.bytes_done / self.bytes_all, 1.0)
        return self.done / max(self.count, 1)


@dataclass(frozen=True)
class Outcome:
    """What became of a job."""

    job: Job
    results: tuple[object, ...] = ()
    failed: tuple[tuple[str, FacelockError], ...] = field(default=(), repr=False)
    cancelled: bool = False
    locked: bool = False


@dataclass(eq=False)
class Job:
    """Steps that belong together. `export`: out of the vault, else into it."""

    steps: tuple[Step, ...]
    export: bool = False
    _stop: threading.Event = field(default_factory=threading.Event)
    _done: int = 0
    _bytes_before: int = 0
    _bytes_now: int = 0

    @property
    def standing(self) -> Standing:
        """How far it is; asked in another thread, so it may be a moment old."""
        return Standing(
            self._done,
            len(self.steps),
            self._bytes_before + self._bytes_now,
            sum(step.size for step in self.steps),
        )

    def cancel(self) -> None:
        """Stop at the next occasion; what is whole stays."""
        self._stop.set()

    def run(self) -> Outcome:
        """Do it, in a task. What fails is told at the end; a full or closed vault ends it."""
        results: list[object] = []
        failed: list[tuple[str, FacelockError]] = []
        cancelled = locked = False
        for step in self.steps:
            try:
                results.append(step.run(self._tell))
            except Cancelled:
                cancelled = True
                break
            except VaultLocked:
                locked = True
                break
            except FacelockError as error:
                failed.append((step.name, error))
                if isinstance(error, VaultFull):
                    break
            self._done += 1
            self._bytes_before += step.size
            self._bytes_now = 0
        return Outcome(self, tuple(results), tuple(failed), cancelled, locked)

    def _tell(self, done: int, _all: int) -> None:
        if self._stop.is_set():
            raise Cancelled
        self._bytes_now = done


class JobQueue(QObject):
    """Runs one job at a time; those that come meanwhile wait."""

    changed = Signal()  # how far the job is, or which one it is
    ended = Signal(object)  # Outcome

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.current: Job | None = None
        self.waiting: list[Job] = []
        self._timer = QTimer(self)
        self._timer.setInterval(_TELL_MILLISECONDS)
        self._timer.timeout.connect(self.changed)

    @property
    def is_idle(self) -> bool:
        """True while nothing runs or waits."""
        return self.current is None and not self.waiting

    def add(self, job: Job) -> None:
        """Run it when those before are done."""
        self.waiting.append(job)
        self._next()

    @Slot()
    def cancel(self) -> None:
        """Stop the one that runs, and forget those that wait."""
        self.waiting.clear()
        if self.current is not None:
            self.current.cancel()

    def close(self) -> None:
        """Stop, and tell nobody any more."""
        self._timer.stop()
        self.cancel()
        self.blockSignals(True)

    def _next(self) -> None:
        if self.current is None and self.waiting:
            self.current = self.waiting.pop(0)
            self._timer.start()
            run_task(self, self.current.run, self._on_done, self._on_failed)
        self.changed.emit()

    @Slot(object)
    def _on_done(self, outcome: Outcome) -> None:
        self._end()
        if not outcome.locked:
            self.ended.emit(outcome)
        self._next()

    @Slot(object)
    def _on_failed(self, _error: Exception) -> None:
        """A mistake of ours, which the hook tells."""
        self._end()
        self._next()

    def _end(self) -> None:
        self.current = None
        self._timer.stop()
