"""The lock state in the sealed record, and back: a restart clears no penalty (row 8).

Every penalty is sealed on two clocks. Within one boot of the machine monotonic time decides, which
nobody can turn; across boots the clock on the wall. If that clock went back behind the latest time
it is known to have shown, nothing can be measured, and the whole penalty is owed anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from facelock.core.attempt import Attempt
from facelock.core.levels import RULES
from facelock.core.passphrase_delay import WrongPassphrases, delay_after
from facelock.core.policy import (
    CoolingDown,
    Locked,
    LockState,
    PassphraseOnly,
    Unlocked,
    cooldown_after,
)
from facelock.vault.records import PassphraseGiven

if TYPE_CHECKING:
    from facelock.core.ports import Clock
    from facelock.vault.records import MachineRecord


def with_state(
    record: MachineRecord,
    state: LockState,
    attempt: Attempt,
    wrong: Mapping[str, WrongPassphrases],
    clock: Clock,
) -> MachineRecord:
    """Return the record with what is owed now. Equal to `record` if that says so already."""
    until = state.until if isinstance(state, CoolingDown) else None
    owed = replace(
        record,
        failures=0 if isinstance(state, Unlocked) else state.failures,
        non_matches=attempt.non_matches,
        passphrase_only=state.why if isinstance(state, PassphraseOnly) else None,
        cooldown_until_monotonic=until,
        wrong_passphrases={one: tries.count for one, tries in wrong.items()},
        passphrase_next_monotonic={one: tries.until for one, tries in wrong.items()},
    )
    waits = until is not None or bool(wrong)
    if owed == record and (not waits or record.boot_id == clock.boot_id()):
        return record
    ahead = clock.wall() - clock.monotonic()
    return replace(
        owed,
        cooldown_until_wall=None if until is None else until + ahead,
        passphrase_next_wall={one: tries.until + ahead for one, tries in wrong.items()},
        boot_id=clock.boot_id(),
        written_wall=latest_wall(record, clock),
    )


def with_passphrase(record: MachineRecord, profile_id: str, clock: Clock) -> MachineRecord:
    """Return the record after a person's right passphrase, which also vouches for the clock."""
    given = PassphraseGiven(clock.wall(), clock.monotonic(), clock.boot_id())
    return replace(
        record,
        last_passphrase_wall=clock.wall(),
        passphrase_given={**record.passphrase_given, profile_id: given},
        written_wall=clock.wall(),
    )


def latest_wall(record: MachineRecord, clock: Clock) -> float:
    """Return the latest time the clock on the wall is known to have shown."""
    return max(clock.wall(), clock.wall() if record.written_wall is None else record.written_wall)


def is_set_back(record: MachineRecord, clock: Clock) -> bool:
    """True if the clock on the wall shows less than it is known to have shown."""
    return record.written_wall is not None and clock.wall() < record.written_wall


def is_same_boot(boot_id: str, clock: Clock) -> bool:
    """True if times of that boot can be compared with monotonic time now."""
    return boot_id != "" and boot_id == clock.boot_id()


def restored_state(record: MachineRecord, clock: Clock) -> LockState:
    """Return the state a start begins in: locked, and what the last run owed is still owed.

    A cool-down is never longer than what its failures brought, however the clock was turned.
    """
    if record.passphrase_only is not None:
        return PassphraseOnly(record.passphrase_only, record.failures)
    if record.cooldown_until_wall is None:
        return Locked(record.failures)
    whole = cooldown_after(record.failures, RULES[record.level])
    left = _left(record, record.cooldown_until_wall, record.cooldown_until_monotonic, whole, clock)
    return (
        CoolingDown(record.failures, clock.monotonic() + left) if left else Locked(record.failures)
    )


def restored_wrong_passphrases(record: MachineRecord, clock: Clock) -> dict[str, WrongPassphrases]:
    """Return who typed how many wrong passphrases, and how long they still wait."""
    return {
        profile_id: WrongPassphrases(
            count,
            clock.monotonic()
            + _left(
                record,
                record.passphrase_next_wall.get(profile_id, 0.0),
                record.passphrase_next_monotonic.get(profile_id),
                delay_after(count),
                clock,
            ),
        )
        for profile_id, count in record.wrong_passphrases.items()
    }


def restored_attempt(record: MachineRecord) -> Attempt:
    """Return the attempt a start begins in: comparisons made before it still count (row 9)."""
    return Attempt(non_matches=record.non_matches)


def _left(
    record: MachineRecord,
    until_wall: float,
    until_monotonic: float | None,
    whole: float,
    clock: Clock,
) -> float:
    """Return what is left of a penalty of `whole` seconds: 0 to `whole`."""
    if is_set_back(record, clock):
        return whole
    if until_monotonic is not None and is_same_boot(record.boot_id, clock):
        left = until_monotonic - clock.monotonic()
    else:
        left = until_wall - clock.wall()
    return min(max(left, 0.0), whole)
