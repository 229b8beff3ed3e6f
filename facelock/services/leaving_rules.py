"""What happens when the person inside leaves, or somebody looks on: sealed, since it is the lock.

Part of `Access`. Whatever weakens the lock takes the passphrase; whatever tightens it does not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from facelock.core.activity import Happening
from facelock.core.levels import RULES

if TYPE_CHECKING:
    from collections.abc import Callable

    from facelock.core.levels import Level
    from facelock.vault.records import MachineRecord
    from facelock.vault.store import ProfileStore

NEVER = 0.0
"""Chosen seconds that stand for: it does not lock when nobody is there."""


class LeavingRules:
    """Walk-away lock, onlooker shield, and whether a face alone opens."""

    def __init__(
        self,
        store: ProfileStore,
        require: Callable[[], None],
        note: Callable[[Happening], None],
    ) -> None:
        self._store, self._require, self._note = store, require, note

    @property
    def away(self) -> float | None:
        """Seconds without a face before the camera after which it locks; None: it does not."""
        chosen = self.chosen_away
        if chosen is None:
            return RULES[self._store.machine.level].lock_when_away
        return chosen or None

    @property
    def chosen_away(self) -> float | None:
        """Seconds that were chosen, `NEVER` for not at all; None: as the level says."""
        return self._store.machine.lock_when_away_seconds

    def locks_later(self, seconds: float | None) -> bool:
        """True if it would lock later than now with these seconds (None: the level's)."""
        wished = RULES[self._store.machine.level].lock_when_away if seconds is None else seconds
        return self.away is not None and (not wished or wished > self.away)

    def set_away(self, seconds: float | None) -> None:
        """Lock after so many seconds without a face; `NEVER`; None: as the level says.

        Raises PassphraseConfirmationNeeded if that is later than now; StoreUnwritable.
        """
        if self.locks_later(seconds):
            self._require()
        self._save(replace(self._store.machine, lock_when_away_seconds=seconds))

    @property
    def shield(self) -> bool:
        """True if a second face blurs what is private."""
        chosen = self.chosen_shield
        return RULES[self._store.machine.level].onlooker_shield if chosen is None else chosen

    @property
    def chosen_shield(self) -> bool | None:
        """Whether the shield was switched on or off; None: as the level says."""
        return self._store.machine.onlooker_shield

    def set_shield(self, on: bool | None) -> None:  # noqa: FBT001 - the one value there is
        """Switch the shield; None: as the level says.

        Raises PassphraseConfirmationNeeded if it is on now and will be off; StoreUnwritable.
        """
        level = self._store.machine.level
        will_be = RULES[level].onlooker_shield if on is None else on
        if self.shield and not will_be:
            self._require()
        self._save(replace(self._store.machine, onlooker_shield=on))

    @property
    def asks_first(self) -> bool:
        """True if a face that is recognised opens only after a click or a key."""
        return self._store.machine.ask_before_unlocking

    def set_asks_first(self, on: bool) -> None:  # noqa: FBT001 - the one value there is
        """Ask before a face opens, or not. Off again takes the passphrase.

        Raises PassphraseConfirmationNeeded, StoreUnwritable.
        """
        if self.asks_first and not on:
            self._require()
        self._save(replace(self._store.machine, ask_before_unlocking=on))

    def _save(self, machine: MachineRecord) -> None:
        self._store.save_machine(machine)
        self._note(Happening.SETTING_CHANGED)


def fitted(machine: MachineRecord, level: Level) -> MachineRecord:
    """Return the record at another level, without choices that are laxer than that level.

    Nobody who asks for a stricter lock shall have to think of what was chosen before.
    """
    rules = RULES[level]
    idle, away = machine.lock_when_idle_seconds, machine.lock_when_away_seconds
    if idle is not None and idle > rules.lock_when_idle:
        idle = None
    if away is not None and rules.lock_when_away and (not away or away > rules.lock_when_away):
        away = None
    shield = None if rules.onlooker_shield else machine.onlooker_shield
    return replace(
        machine,
        level=level,
        lock_when_idle_seconds=idle,
        lock_when_away_seconds=away,
        onlooker_shield=shield,
    )
