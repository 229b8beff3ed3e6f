"""The lock: one state machine for every path to unlock, its key, and what is sealed of it.

Part of `Access`, which is what the rest of the program sees. Order of everything that counts: it is
sealed and on the disk, then it holds, then it is told (journal, return value).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from facelock.core.activity import Happening, Journal, NoJournal
from facelock.core.attempt import Accepted, Attempt, Inconclusive, Rejected, Verdict
from facelock.core.errors import FacelockError, VaultLocked
from facelock.core.levels import RULES, Level, LevelRules
from facelock.core.policy import (
    AttemptEnded,
    Event,
    FacePathGone,
    LockRequested,
    LockState,
    PassphraseAccepted,
    PassphraseOnly,
    Scanning,
    ScanStarted,
    TimePassed,
    Unlocked,
    Why,
    advance,
)
from facelock.services.face_path import destroy_face_path, end_uncounted, why_over
from facelock.services.held_key import Confirmation, HeldKey
from facelock.services.lock_record import (
    is_set_back,
    latest_wall,
    restored_attempt,
    restored_state,
    restored_wrong_passphrases,
    with_passphrase,
    with_state,
)

if TYPE_CHECKING:
    from facelock.core.observation import Observation
    from facelock.core.ports import Clock
    from facelock.vault.store import ProfileStore

OpenedBy = Literal["face", "passphrase", "recovery"]
Closer = Callable[[], object]

STAMP_SECONDS = 3600.0
"""How often the clock on the wall is written down, so that turning it back is noticed."""

_log = logging.getLogger(__name__)


class Lock:
    """The lock state and what moves it. Begins locked."""

    def __init__(self, store: ProfileStore, clock: Clock, journal: Journal | None = None) -> None:
        self._store = store
        self._clock = clock
        self.journal: Journal = NoJournal() if journal is None else journal
        self._attempt = restored_attempt(store.machine)
        self._wrong = restored_wrong_passphrases(store.machine, clock)
        self._key = HeldKey()
        self._confirmation = Confirmation(clock)
        self._closers: list[Closer] = []
        self._is_shutting = False
        self._opened_by: OpenedBy | None = None
        self._expired: frozenset[str] = frozenset()  # people whose face path was ended for time
        self._told_set_back = False
        self._state: LockState = restored_state(store.machine, clock)
        with suppress(FacelockError):  # what could not be destroyed is not used either
            self._begin()

    def _begin(self) -> None:
        """End what a kill, or the time between two runs, left to be ended."""
        sealed = self._store.needs_passphrase
        if self._store.is_rolled_back:
            self.journal.note(Happening.STORE_ROLLED_BACK)
        if not sealed and _is_locked_out(self._state):
            destroy_face_path(self._store)  # a kill may have come between counter and keyring
        self._heed_the_clocks()

    def _heed_the_clocks(self) -> None:
        """End the face path of everybody whose passphrase is due; notice a clock set back."""
        if self._store.needs_passphrase or not self._store.people:
            return
        set_back = is_set_back(self._store.machine, self._clock)
        if set_back and not self._told_set_back:
            self.journal.note(Happening.CLOCK_SET_BACK)
        self._told_set_back = set_back
        overdue = self._overdue()
        if len(overdue) == len(self._store.people):
            self._advance(FacePathGone(next(iter(overdue.values()))))
        self._expired &= overdue.keys()
        if fresh := overdue.keys() - self._expired:
            self._end_face_paths(fresh)
        self._stamp()

    def _overdue(self) -> dict[str, Why]:
        """Return whose face may open no more because of the time, and why."""
        found = {one: why_over(self._store.machine, one, self._clock) for one in self._store.people}
        return {one: why for one, why in found.items() if why is not None}

    def _end_face_paths(self, people: Iterable[str]) -> None:
        destroy_face_path(self._store, people)
        self._expired |= frozenset(people)

    def _stamp(self) -> None:
        """Write the time down now and then. Best effort: nothing is owed but the time itself."""
        record = self._store.machine
        now = latest_wall(record, self._clock)
        if record.last_passphrase_wall is None:
            return  # nothing is measured from it
        if record.written_wall is None or now - record.written_wall >= STAMP_SECONDS:
            with suppress(FacelockError):
                self._store.save_machine(replace(record, written_wall=now))

    @property
    def state(self) -> LockState:
        """The lock state now."""
        return self._state

    @property
    def level(self) -> Level:
        """The security level in force."""
        return self._store.machine.level

    @property
    def rules(self) -> LevelRules:
        """What the level demands."""
        return RULES[self.level]

    @property
    def opened_by(self) -> OpenedBy | None:
        """What opened the lock; None while locked."""
        return self._opened_by

    def vault_key(self) -> bytearray:
        """Return the key of the person inside: the very buffer, which locking fills with zeros.

        Use it at once, and ask again next time. Raises VaultLocked.
        """
        if self._key.key is None or not isinstance(self._state, Unlocked):
            raise VaultLocked("there is no key while locked")
        return self._key.key

    def add_closer(self, closer: Closer) -> None:
        """Have `closer` called whenever the lock closes, while the key is still there.

        Closers are called in the order they were added; what one raises is logged and stops nobody.
        """
        self._closers.append(closer)

    def start_scan(self) -> LockState:
        """The camera looks for a face. Nothing happens unless the state is Locked."""
        self._heed_the_clocks()
        return self._advance(ScanStarted())

    def observe(self, seen: Observation) -> Verdict | None:
        """Take one observation into the attempt; return its verdict once there is one.

        Counters, each non-match too, are sealed and synced before this returns (threat-model rows
        7 and 9). Outside a scan every observation is inconclusive: no verdict goes uncounted.
        Raises StoreUnwritable, KeyringUnavailable or StoreDamaged; the app is then still locked,
        and what could not be counted has ended the face path.
        """
        if not isinstance(self._state, Scanning):
            return Inconclusive()
        result = self._attempt.observe(seen, self._clock.monotonic(), self.rules.attempt_seconds)
        match result:
            case Attempt():
                self._attempt = result
                self._keep_non_matches()
                return None
            case Inconclusive():
                self._attempt = self._attempt.carried_over()
            case Accepted() | Rejected():
                self._attempt = Attempt()
        if isinstance(result, Accepted):
            return self._open_by_face(result)
        self._advance(AttemptEnded(result))
        if isinstance(result, Rejected):
            attack = result.reason != "no-match"
            self.journal.note(Happening.ATTACK_REFUSED if attack else Happening.FACE_REFUSED)
        return result

    def _open_by_face(self, verdict: Accepted) -> Verdict:
        """Open for an accepted face, unless its path is over or was never armed."""
        profile_id = verdict.profile_id
        why = why_over(self._store.machine, profile_id, self._clock)
        key = None if why else self._store.open_key_by_face(profile_id)
        if key is None:
            self._advance(FacePathGone(why or Why.NO_FACE_KEY))
            return Inconclusive()
        self._key.take(key)
        self._confirmation.end()  # typed while nobody was inside: perhaps by somebody else
        self._opened_by = "face"
        self._advance(AttemptEnded(verdict))
        self.journal.note(Happening.UNLOCKED_BY_FACE, profile_id)
        self._stamp()
        return verdict

    def tick(self) -> LockState:
        """Let time pass: a cool-down may end, or the time of the face path be over."""
        self._heed_the_clocks()
        return self._advance(TimePassed())

    def lock(self) -> LockState:
        """Lock now; the key is wiped. Never fails: what cannot be written then is only stricter."""
        with suppress(FacelockError):
            self._advance(LockRequested())
        return self._state

    def close(self) -> None:
        """Lock, and release the store."""
        self._shut()
        self._store.close()

    def _advance(self, event: Event) -> LockState:
        before = self._state
        after = advance(before, event, self._clock.monotonic(), self.rules)
        try:
            if after != before:
                typed = event.profile_id if isinstance(event, PassphraseAccepted) else None
                self._keep_counters(after, typed)
            if after != before and isinstance(after, PassphraseOnly):
                self._destroy(after.why)
        except Exception as error:
            # On a full disk failures still count and the passphrase works, but no face does.
            refused = isinstance(after, Scanning | Unlocked)
            by_passphrase = isinstance(event, PassphraseAccepted)
            self._enter(before if refused and not by_passphrase else after)
            if isinstance(event, AttemptEnded) and isinstance(event.verdict, Rejected):
                end_uncounted(self._store, error)
            raise
        self._enter(after)
        return after

    def _destroy(self, why: Why) -> None:
        if why is Why.TOO_MANY_FAILURES:
            destroy_face_path(self._store)
        elif why is not Why.NO_FACE_KEY:  # which says nothing of the others' keys
            self._end_face_paths(self._overdue())

    def _enter(self, state: LockState) -> None:
        before, self._state = self._state, state
        if not isinstance(state, Unlocked):
            self._shut()
        if isinstance(before, Unlocked) and state != before:
            self._confirmation.end()
            self.journal.note(Happening.LOCKED, before.profile_id)
        if isinstance(state, PassphraseOnly) and not isinstance(before, PassphraseOnly):
            self.journal.note(Happening.FACE_PATH_GONE)

    def _shut(self) -> None:
        """Close everything that was open behind the lock, then wipe the key."""
        if self._is_shutting:  # a closer locks, too: the key goes after the last of them
            return
        self._is_shutting = True
        try:
            for closer in self._closers if self._key.key is not None else ():
                try:
                    closer()
                except Exception:  # noqa: BLE001 - whatever is wrong with it, the key is wiped
                    _log.exception("something did not close with the lock")
        finally:
            self._is_shutting = False
            self._key.forget()
            self._opened_by = None

    def _keep_counters(self, state: LockState, typed: str | None = None) -> None:
        """Write what is owed, if it is not written yet: failures, non-matches, waits.

        `typed`: whose passphrase was right just now. One write, and one of the keyring, at most.
        """
        record = self._store.machine
        kept = with_state(record, state, self._attempt, self._wrong, self._clock)
        if typed is not None:
            kept = with_passphrase(kept, typed, self._clock)
        if kept != record:
            self._store.save_machine(kept)

    def _keep_non_matches(self) -> None:
        try:
            self._keep_counters(self._state)
        except Exception as error:
            end_uncounted(self._store, error)
            raise


def _is_locked_out(state: LockState) -> bool:
    return isinstance(state, PassphraseOnly) and state.why is Why.TOO_MANY_FAILURES
