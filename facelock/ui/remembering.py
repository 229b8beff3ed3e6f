"""From a near miss at the lock page to the offer in the open program."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from facelock.core.errors import FacelockError
from facelock.services.adapting import (
    NearMisses,
    Offer,
    drop_expired,
    forget_look,
    remember,
    slow_offer,
)
from facelock.ui.adapt_offer import AdaptOffer
from facelock.ui.error_text import error_text
from facelock.workers.task import run_task

if TYPE_CHECKING:
    from facelock.core.adaptation import Bar
    from facelock.core.levels import Level
    from facelock.core.ports import Clock
    from facelock.core.template import Profile
    from facelock.core.threshold import Calibration
    from facelock.services.access import Access
    from facelock.services.adapting import NearMiss
    from facelock.services.recognition import FacePipeline
    from facelock.ui.identifying import Identifying
    from facelock.ui.shell import Shell
    from facelock.vault.store import ProfileStore

_log = logging.getLogger(__name__)


class Remembering(QObject):
    """Offers to remember a look after a near miss and the right passphrase of that person.

    Everything that was not confirmed is dropped when the program locks.
    """

    changed = Signal()  # what is remembered of somebody

    def __init__(
        self,
        access: Access,
        store: ProfileStore,
        identifying: Identifying,
        clock: Clock,
        load_both: Callable[[], tuple[FacePipeline, Calibration]],  # of one head; slow
    ) -> None:
        super().__init__(identifying)
        self._access, self._store, self._clock = access, store, clock
        self._identifying = identifying
        self._load_both = load_both
        self.near_misses = NearMisses(self._clock.monotonic, demo=access.demo)
        identifying.near_misses = self.near_misses
        self.banner: AdaptOffer | None = None
        access.add_closer(self._forget)

    def begin(self, shell: Shell) -> None:
        """Erase what has expired; make an offer on the program that just opened, if there is one.

        Takes no time itself: the networks look at the pictures in a Task.
        """
        miss = self._identifying.take_near_miss()
        calibration = self._identifying.calibration
        try:
            drop_expired(self._store, self._access.journal, self._clock.wall(), calibration)
        except FacelockError as error:  # it is not compared with either way
            _log.info("what has expired was not erased: %s", type(error).__name__)
        mine = self._access.unlocked_profile
        if miss is None or mine is None or self._access.opened_by != "passphrase":
            return
        self.banner = AdaptOffer()
        self.banner.over.connect(self._on_over)
        self.banner.remember_wanted.connect(self._on_remember)
        self.banner.undo_wanted.connect(self._on_undo)
        shell.add_banner(self.banner)
        others = [one for one in self._access.profiles if one is not mine]
        now, level = self._clock.wall(), self._access.level
        work = partial(_consider, self._load_both, miss, mine, others, now, level)
        run_task(self.banner, work, self._on_considered, self._on_failed)

    def _forget(self) -> None:
        self._identifying.take_near_miss()
        if self.banner is not None:
            self.banner.dismiss()

    @Slot(object)
    def _on_considered(self, found: Offer | Bar) -> None:
        if self.banner is None:
            return
        if isinstance(found, Offer) and self._access.unlocked_for is not None:
            self.banner.show_offer(found)
        else:
            self.banner.dismiss()

    @Slot(object)
    def _on_failed(self, _error: Exception) -> None:
        """No networks, no offer; the lock page says what is wrong with them."""
        if self.banner is not None:
            self.banner.dismiss()

    @Slot()
    def _on_remember(self) -> None:
        self._confirmed(
            self.tr("Facelock will open for this look too."), self.tr("Remember"), self._remember
        )

    @Slot()
    def _on_undo(self) -> None:
        self._confirmed(self.tr("Facelock forgets this look."), self.tr("Undo"), self._undo)

    def _confirmed(self, action: str, button: str, then: Callable[[], None]) -> None:
        """Go on, asking for the passphrase again if it was typed too long ago."""
        if self._access.is_confirmed:
            then()
            return
        from facelock.ui.confirm_passphrase import ConfirmPassphrase

        dialog = ConfirmPassphrase(self._access, action, button, self.banner)
        dialog.confirmed.connect(then)
        dialog.open()

    @Slot()
    def _remember(self) -> None:
        if self.banner is None or self.banner.offer is None:
            return
        try:
            remember(self._access, self.banner.offer)
        except FacelockError as error:
            self.banner.show_trouble(error_text(error))
            return
        self.banner.show_remembered()
        self.changed.emit()

    @Slot()
    def _undo(self) -> None:
        if self.banner is None or (offer := self.banner.offer) is None:
            return
        try:
            name, look = offer.base.profile_id, offer.appearance.name
            forget_look(self._access, name, look, self._identifying.calibration)
        except ValueError:  # it was removed in People meanwhile
            pass
        except FacelockError as error:
            self.banner.show_trouble(error_text(error))
            return
        self.banner.show_undone()
        self.changed.emit()

    @Slot()
    def _on_over(self) -> None:
        if self.banner is not None:
            self.banner.deleteLater()
            self.banner = None


def _consider(
    load_both: Callable[[], tuple[FacePipeline, Calibration]],
    miss: NearMiss,
    mine: Profile,
    others: list[Profile],
    now: float,
    level: Level,
) -> Offer | Bar:
    """In a Task: look at the pictures with networks of its own."""
    pipeline, calibration = load_both()
    return slow_offer(
        miss, mine, others, calibration=calibration, pipeline=pipeline, now=now, level=level
    )
