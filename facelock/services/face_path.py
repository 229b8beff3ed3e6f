"""Until when a face may open: what ends the face path, and how it is destroyed in fact."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from facelock.core.errors import FacelockError, KeyringUnavailable
from facelock.core.levels import RULES
from facelock.core.policy import Why
from facelock.services.lock_record import is_same_boot
from facelock.vault.records import PassphraseGiven

if TYPE_CHECKING:
    from facelock.core.ports import Clock
    from facelock.vault.records import MachineRecord
    from facelock.vault.store import ProfileStore

CLOCK_SLACK_SECONDS = 60.0
"""A clock that is corrected by less than this was not turned."""


def why_over(record: MachineRecord, profile_id: str, clock: Clock) -> Why | None:
    """Return why this person's passphrase is due, None if their face may still open.

    The time since the last passphrase is the longest that any clock tells: within one boot the
    monotonic one cannot be turned. A clock on the wall that went back measures nothing, and then
    the passphrase is due. At Strict it is due in each new boot; one that is not known is new.
    """
    rules = RULES[record.level]
    given = record.passphrase_given.get(profile_id)
    if given is None and record.last_passphrase_wall is not None:  # written by version 1
        given = PassphraseGiven(record.last_passphrase_wall)
    same_boot = given is not None and is_same_boot(given.boot_id, clock)
    if rules.passphrase_after_reboot and not same_boot:
        return Why.AFTER_REBOOT
    if given is None:
        return None
    latest = given.wall if record.written_wall is None else max(given.wall, record.written_wall)
    if clock.wall() < latest - CLOCK_SLACK_SECONDS:
        return Why.INTERVAL_OVER
    elapsed = clock.wall() - given.wall
    if same_boot and given.monotonic is not None:
        elapsed = max(elapsed, clock.monotonic() - given.monotonic)
    return Why.INTERVAL_OVER if elapsed > rules.passphrase_interval else None


def destroy_face_path(store: ProfileStore, people: Iterable[str] | None = None) -> None:
    """Let only the passphrase open, in fact and not only by policy (threat-model row 9).

    Raises StoreUnwritable, KeyringUnavailable or StoreDamaged, after everybody had their turn.
    """
    trouble: FacelockError | None = None
    for profile_id in store.people if people is None else people:
        try:
            store.disarm_face(profile_id)
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
