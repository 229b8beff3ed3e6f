"""Opening by passphrase, and the passphrase again before something sensitive.

Part of `Access`, which is what the rest of the program sees.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from facelock.core.activity import Happening
from facelock.core.attempt import Attempt
from facelock.core.errors import FacelockError, PassphraseTooSoon, WrongPassphrase
from facelock.core.passphrase_delay import WrongPassphrases
from facelock.core.policy import LockState, PassphraseAccepted, Unlocked
from facelock.services.lock import Lock
from facelock.services.lock_record import restored_wrong_passphrases
from facelock.vault.keys import wipe

if TYPE_CHECKING:
    from facelock.vault.store import OpenedKey


class PassphraseAccess(Lock):
    """The lock, and the passphrases of the people who may open it."""

    def may_try(self, profile_id: str) -> None:
        """Raise PassphraseTooSoon if this person has to wait before the next passphrase."""
        if (left := self.seconds_to_wait(profile_id)) > 0:
            raise PassphraseTooSoon(seconds=left)

    def seconds_to_wait(self, profile_id: str) -> float:
        """Return how long until this person's next passphrase is taken; 0 if now."""
        return self._wrong.get(profile_id, WrongPassphrases()).seconds_left(self._clock.monotonic())

    def refused(self, profile_id: str) -> None:
        """Count a wrong passphrase: sealed before this returns, in memory while nothing can be.

        Call it in the thread of the lock, before the person is told. Never fails: a full disk must
        not keep the right passphrase from being tried.
        """
        before = self._wrong.get(profile_id, WrongPassphrases())
        self._wrong[profile_id] = before.one_more(self._clock.monotonic())
        with suppress(FacelockError):
            self._keep_counters(self._state)
        self.journal.note(Happening.PASSPHRASE_REFUSED, profile_id)

    def slow_open(self, profile_id: str, passphrase: str) -> OpenedKey:
        """Try a passphrase; about half a second. May run in a Task.

        Whoever calls it hands a WrongPassphrase to `refused`, in the thread of the lock.
        Raises PassphraseTooSoon, WrongPassphrase, NotEnrolled, StoreDamaged.
        """
        self.may_try(profile_id)
        return self._store.try_passphrase(profile_id, passphrase)

    def accept(self, opened: OpenedKey) -> LockState:
        """Unlock with a passphrase or a recovery key that fitted, and arm the face path anew.

        Somebody else's locks first; the same person's is a confirmation.
        Raises WrongPassphrase if the key file turns out to be a planted one.
        """
        inside = self._state
        if isinstance(inside, Unlocked) and inside.profile_id == opened.profile_id:
            self.confirm(opened)
            return self._state
        self.lock()
        self._admit(opened)
        self._key.take(opened.vault_key)
        self._opened_by = "recovery" if opened.by_recovery else "passphrase"
        self._confirmation.note()
        self._attempt = Attempt()
        return self._enter_with_passphrase(opened.profile_id, opened.vault_key)

    def _admit(self, opened: OpenedKey) -> None:
        """Let the store judge the key; what a sealed store kept of others is owed from here on."""
        was_sealed = self._store.needs_passphrase
        self._store.admit(opened)
        if was_sealed:
            kept = restored_wrong_passphrases(self._store.machine, self._clock)
            self._wrong = {**kept, **self._wrong}

    def _enter_with_passphrase(self, profile_id: str, vault_key: bytearray) -> LockState:
        """Unlock, forgive, note when it was, and arm the face: one write of the record."""
        self._wrong.pop(profile_id, None)
        by_recovery = self._opened_by == "recovery"
        try:
            state = self._advance(PassphraseAccepted(profile_id))
        finally:
            self.journal.note(
                Happening.UNLOCKED_BY_RECOVERY_KEY
                if by_recovery
                else Happening.UNLOCKED_BY_PASSPHRASE,
                profile_id,
            )
        self._store.arm_face(profile_id, vault_key)
        return state

    def confirm(self, opened: OpenedKey) -> None:
        """Note that the passphrase was typed just now: sensitive actions are open for a while.

        While somebody is inside only theirs serves. Raises WrongPassphrase.
        """
        inside = self._state
        if isinstance(inside, Unlocked) and inside.profile_id != opened.profile_id:
            wipe(opened.vault_key)
            raise WrongPassphrase("somebody else's")
        self._admit(opened)
        if not opened.by_recovery:
            self._wrong.pop(opened.profile_id, None)
            with suppress(FacelockError):  # it still serves the action it was typed for
                self._keep_counters(self._state, typed=opened.profile_id)
        self._confirmation.note()
        if not self._key.holds(opened.vault_key):
            wipe(opened.vault_key)

    @property
    def is_confirmed(self) -> bool:
        """True if a sensitive action needs no further passphrase now."""
        return self._confirmation.stands
