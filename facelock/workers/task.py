"""One piece of work in the background: training, key derivation, saving, evaluating."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import MethodType
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QThreadPool, Signal, Slot

from facelock.core.errors import Cancelled, FacelockError

T = TypeVar("T")


class Task(QObject):
    """A callable without Qt, run once in a thread pool, reported by signals in the GUI thread.

    Belongs to the application, not to a window: the window may be closed, and deleted, while the
    work goes on. It deletes itself afterwards.
    """

    done = Signal(object)  # what the work returned
    failed = Signal(object)  # the exception, expected (FacelockError) or not
    cancelled = Signal()  # the work raised Cancelled
    _crashed = Signal(object)

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__(QCoreApplication.instance())
        self._work = work
        self._crashed.connect(self._tell_hook)

    def start(self, pool: QThreadPool | None = None) -> None:
        """Run the work as soon as a thread of the pool is free."""
        (pool or QThreadPool.globalInstance()).start(self._run)

    @Slot()
    def abandon(self) -> None:
        """Drop the result: nobody waits for it any more. Unexpected errors are still told."""
        self.blockSignals(True)  # noqa: FBT003 - Qt's setters take positional booleans

    def _run(self) -> None:
        """In the pool's thread."""
        try:
            result = self._work()
        except Cancelled:
            self.cancelled.emit()
        except FacelockError as error:
            self.failed.emit(error)
        except Exception as error:  # noqa: BLE001 - told to the hook below, in the GUI thread
            self.failed.emit(error)
            self._crashed.emit(error)
        else:
            self.done.emit(result)
        finally:
            self.deleteLater()

    @Slot(object)
    def _tell_hook(self, error: Exception) -> None:
        """A mistake of ours: the one hook logs it, tells the user and leaves the lock locked."""
        sys.excepthook(type(error), error, error.__traceback__)


def run_task(
    owner: QObject,
    work: Callable[[], T],
    on_done: Callable[[T], object],
    on_failed: Callable[[Exception], object],
    *,
    on_cancelled: Callable[[], object] | None = None,
    pool: QThreadPool | None = None,
) -> Task:
    """Run `work` in the background; call one of the `on_...` methods in their objects' thread.

    They must be methods of QObjects, `@Slot` ones: a lambda would run in the worker's thread
    (TypeError). If `owner` is deleted first, none of them is called. Call it in the GUI thread.
    """
    task = Task(work)
    task.done.connect(_slot(on_done))
    task.failed.connect(_slot(on_failed))
    if on_cancelled is not None:
        task.cancelled.connect(_slot(on_cancelled))
    owner.destroyed.connect(task.abandon)
    task.start(pool)
    return task


def _slot(method: Callable[..., object]) -> Callable[..., object]:
    if not isinstance(method, MethodType) or not isinstance(method.__self__, QObject):
        raise TypeError("results are taken by methods of QObjects only, or they run in the worker")
    return method
