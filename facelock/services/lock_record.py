"""The lock state in the sealed record, and back: a restart clears no penalty (row 8)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from facelock.core.attempt import Attempt
from facelock.core.errors import FacelockError, KeyringUnavailable
from facelock.core.levels import RULES
from facelock.core.policy import CoolingDown, Locked, LockState, PassphraseOnly, Unlocked

if TYPE_CHECKING:
    from facelock.core.ports import Clock
    from facelock.vault.records import MachineRecord
    from facelock.vault.store import ProfileStore


def keep_counters(store: ProfileStore, state: LockState, attempt: Attempt, clock: Clock) -> None:
    """Write what is owed, if it is not written yet: failures, non-matches, a cool-down.

    Raises StoreUnwritable, KeyringUnavailable or StoreDamaged.
    """
    record = store.machine
    if (kept := _with_state(record, state, attempt, clock)) != record:
        store.save_machine(kept)


def _with_state(
    record: MachineRecord, state: LockState, attempt: Attempt, clock: Clock
) -> MachineRecord:
    until = None
    if isinstance(state, CoolingDown):
        until = clock.wall() + (state.until - clock.monotonic())
    return replace(
        record,
        failures=0 if isinstance(state, Unlocked) else state.failures,
        non_matches=attempt.non_matches,
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


def restored_attempt(record: MachineRecord) -> Attempt:
    """Return the attempt a start begins in: comparisons made before it still count (row 9)."""
    return Attempt(non_matches=record.non_matches)


def destroy_face_path(store: ProfileStore) -> None:
    """Let only the passphrase open, in fact and not only by policy (threat-model row 9).

    Raises StoreUnwritable, KeyringUnavailable or StoreDamaged, after everybody had their turn.
    """
    trouble: FacelockError | None = None
    for profile in store.profiles:
        try:
            store.disarm_face(profile.profile_id)
        except FacelockError as error:
            trouble = error
    if trouble is not None:
        raise trouble


def end_uncounted(store: ProfileStore, error: Exception) -> None:
    """End the face path, since `error` kept a comparison from being written down.

    Else a full or read-only disk and a restart would buy comparisons without end. What is
    destroyed lies in the keyring, which needs no disk. Where it is the keyring that failed, the
    counters are on the disk already.
    """
    if not isinstance(error, KeyringUnavailable):
        with suppress(FacelockError):
            destroy_face_path(store)


def passphrase_is_due(record: MachineRecord, clock: Clock) -> bool:
    """True if the last passphrase lies farther back than the level allows, or in the future."""
    given = record.last_passphrase_wall
    if given is None:
        return False
    return not 0 <= clock.wall() - given <= RULES[record.level].passphrase_interval
