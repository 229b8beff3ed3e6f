"""The lock state in the sealed record, and back: a restart clears no penalty (row 8)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from facelock.core.levels import RULES
from facelock.core.policy import CoolingDown, Locked, LockState, PassphraseOnly, Unlocked

if TYPE_CHECKING:
    from facelock.core.ports import Clock
    from facelock.vault.records import MachineRecord


def with_state(record: MachineRecord, state: LockState, clock: Clock) -> MachineRecord:
    """Return the record with what `state` owes: failures, a cool-down, the passphrase."""
    until = None
    if isinstance(state, CoolingDown):
        until = clock.wall() + (state.until - clock.monotonic())
    return replace(
        record,
        failures=0 if isinstance(state, Unlocked) else state.failures,
        passphrase_only=state.why if isinstance(state, PassphraseOnly) else None,
        cooldown_until_wall=until,
    )


def restored_state(record: MachineRecord, clock: Clock) -> LockState:
    """Return the state a start begins in: locked, and what the last run owed is still owed.

    A cool-down is never longer than the level's longest, however the clock was turned.
    """
    if record.passphrase_only is not None:
        return PassphraseOnly(record.passphrase_only, record.failures)
    left = (record.cooldown_until_wall or 0.0) - clock.wall()
    if left > 0:
        longest = max(RULES[record.level].cooldowns)
        return CoolingDown(record.failures, clock.monotonic() + min(left, longest))
    return Locked(record.failures)
