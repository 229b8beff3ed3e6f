"""Puts another head in force: prepared in the background, then adopted at once, or not at all."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from facelock.core.errors import FacelockError, KeyringUnavailable, PassphraseConfirmationNeeded
from facelock.workers.task import run_task

if TYPE_CHECKING:
    from facelock.core.head_version import HeadVersion

_TRIES = 3  # each is lost if somebody was enrolled, changed or removed meanwhile


class KeepsHeads(Protocol):
    """The heads that are kept: `services.heads.Heads`, or a test's own."""

    @property
    def kept(self) -> tuple[HeadVersion, ...]: ...  # noqa: D102 - newest first
    @property
    def versions(self) -> tuple[HeadVersion, ...]: ...  # noqa: D102 - those that can be used
    @property
    def in_force(self) -> HeadVersion | None: ...  # noqa: D102 - None: as shipped
    def slow_stage(self, version: HeadVersion | None) -> Any: ...  # noqa: ANN401, D102
    def adopt(self, staged: Any) -> bool: ...  # noqa: ANN401, D102 - whatever was staged
    def drop(self, staged: Any) -> None: ...  # noqa: ANN401, D102


class HeadSwitch(QObject):
    """One switch at a time. If it is deleted, which locking does, what was in force stays."""

    switched = Signal(object)  # None; or KeyringUnavailable, which was not told of it
    lost = Signal()  # people were changed every time meanwhile; nothing was changed
    failed = Signal(object)  # FacelockError or another exception; what was in force still is

    def __init__(self, heads: KeepsHeads, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heads = heads
        self._wanted: HeadVersion | None = None
        self._tries = 0  # left; 0 while nothing is under way

    @property
    def is_busy(self) -> bool:
        """True while a head is on its way into force."""
        return self._tries > 0

    def start(self, version: HeadVersion | None) -> None:
        """Put this head in force; None: the one that Facelock came with."""
        if not self.is_busy:
            self._wanted, self._tries = version, _TRIES
            self._stage()

    def _stage(self) -> None:
        work = partial(self._heads.slow_stage, self._wanted)
        run_task(self, work, self._on_staged, self._on_failed)

    @Slot(object)
    def _on_staged(self, staged: object) -> None:
        untold = None
        try:
            adopted = self._heads.adopt(staged)
        except PassphraseConfirmationNeeded as error:  # it was begun just before that ran out
            self._heads.drop(staged)
            self._on_failed(error)
            return
        except KeyringUnavailable as error:  # it comes last: the head is in force
            adopted, untold = True, error
        except FacelockError as error:
            self._on_failed(error)
            return
        self._tries = 0 if adopted else self._tries - 1
        if adopted:
            self.switched.emit(untold)
        elif self._tries > 0:
            self._stage()
        else:
            self.lost.emit()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._tries = 0
        self.failed.emit(error)
