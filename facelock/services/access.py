"""The lock in one place: state, attempts, passphrases and the people who may open it.

Owned by the GUI thread (or by the one thread of a command). Only the methods named `slow_...` take
long (Argon2id) and may run in a Task; they touch nothing but their arguments and sealed bytes.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from facelock.core.attempt import Accepted, Attempt, Inconclusive, Rejected, Verdict
from facelock.core.errors import FacelockError, NotEnrolled
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
from facelock.core.template import Person, Profile, make_gallery, people_of
from facelock.services.held_key import Confirmation, HeldKey
from facelock.services.lock_record import (
    destroy_face_path,
    end_uncounted,
    keep_counters,
    passphrase_is_due,
    restored_attempt,
    restored_state,
)
from facelock.services.renewal import Renewal
from facelock.vault.keys import wipe

if TYPE_CHECKING:
    from facelock.core.comparison import Gallery
    from facelock.core.observation import Observation
    from facelock.core.ports import Clock
    from facelock.vault.key_files import PreparedKeys
    from facelock.vault.store import DamagedRecord, OpenedKey, ProfileStore


class Access:
    """Everything that decides whether the app is open, and for whom."""

    def __init__(self, store: ProfileStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._attempt = restored_attempt(store.machine)
        self._key = HeldKey()
        self.renewal = Renewal(store)
        self._confirmation = Confirmation(clock)
        self._state: LockState = restored_state(store.machine, clock)

    @property
    def demo(self) -> bool:
        """True if this is a throw-away demo profile; every screen says so."""
        return self._store.demo

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
    def profiles(self) -> tuple[Profile, ...]:
        """Everybody enrolled, in order of enrolment."""
        return self._store.profiles

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody enrolled, known even while the store is sealed (no keyring) or damaged."""
        return people_of(self._store.profiles, self._store.people)

    @property
    def is_enrolled(self) -> bool:
        """True if anybody is enrolled, whether or not their record can be read now."""
        return bool(self._store.people)

    @property
    def needs_passphrase(self) -> bool:
        """True if nothing can be read before a passphrase is given: no keyring, or it changed."""
        return self._store.needs_passphrase

    @property
    def damaged(self) -> tuple[DamagedRecord, ...]:
        """People whose record did not open; their files are kept as they are."""
        return self._store.damaged

    @property
    def unlocked_for(self) -> Person | None:
        """The person the app is open for, None while locked.

        The passphrase opens it also for somebody whose record is damaged; they have no name then.
        """
        if not isinstance(self._state, Unlocked):
            return None
        inside = self._state.profile_id
        return next((one for one in self.people if one.profile_id == inside), Person(inside, None))

    @property
    def unlocked_profile(self) -> Profile | None:
        """The record of the person inside; None while locked, or if it does not open."""
        inside = self.unlocked_for
        return next(
            (one for one in self.profiles if inside and one.profile_id == inside.profile_id), None
        )

    def profile(self, profile_id: str) -> Profile:
        """Return one person. Raises NotEnrolled."""
        for profile in self._store.profiles:
            if profile.profile_id == profile_id:
                return profile
        raise NotEnrolled(profile_id)

    def gallery(self, model_sha256: str) -> Gallery:
        """Return the references that this network can compare with, at the level in force."""
        return make_gallery(self.profiles, self.level, demo=self.demo, model_sha256=model_sha256)

    def start_scan(self) -> LockState:
        """The camera looks for a face. Nothing happens unless the state is Locked."""
        if passphrase_is_due(self._store.machine, self._clock):
            return self._advance(FacePathGone(Why.INTERVAL_OVER))
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
        result = self._attempt.observe(seen, self._clock.monotonic())
        match result:
            case Attempt():
                self._attempt = result
                self._keep_non_matches()
                return None
            case Inconclusive():
                self._attempt = self._attempt.carried_over()
            case Accepted() | Rejected():
                self._attempt = Attempt()
        if isinstance(result, Accepted) and not self._take_key_by_face(result.profile_id):
            self._advance(FacePathGone(Why.NO_FACE_KEY))
            return Inconclusive()
        self._advance(AttemptEnded(result))
        return result

    def _take_key_by_face(self, profile_id: str) -> bool:
        """Take the key that this face opens; False if the face path is not armed."""
        key = self._store.open_key_by_face(profile_id)
        if key is None:
            return False
        self._key.take(key)
        return True

    def tick(self) -> LockState:
        """Let time pass: a cool-down may end."""
        return self._advance(TimePassed())

    def lock(self) -> LockState:
        """Lock now; the key is wiped. Never fails: what cannot be written then is only stricter."""
        with suppress(FacelockError):
            self._advance(LockRequested())
        return self._state

    def slow_open(self, profile_id: str, passphrase: str) -> OpenedKey:
        """Try a passphrase; about half a second. May run in a Task.

        Raises WrongPassphrase, NotEnrolled, StoreDamaged.
        """
        return self._store.try_passphrase(profile_id, passphrase)

    def accept(self, opened: OpenedKey) -> LockState:
        """Unlock with a passphrase that fitted, and arm the face path anew.

        Raises WrongPassphrase if the key file turns out to be a planted one.
        """
        self._store.admit(opened)
        self._key.take(opened.vault_key)
        self._confirmation.note()
        self._attempt = Attempt()
        state = self._advance(PassphraseAccepted(opened.profile_id))
        self._store.save_machine(
            replace(self._store.machine, last_passphrase_wall=self._clock.wall())
        )
        self._store.arm_face(opened.profile_id, opened.vault_key)
        return state

    def confirm(self, opened: OpenedKey) -> None:
        """Note that the passphrase was typed just now: sensitive actions are open for a while."""
        self._store.admit(opened)
        self._confirmation.note()
        if not self._key.holds(opened.vault_key):
            wipe(opened.vault_key)

    @property
    def is_confirmed(self) -> bool:
        """True if a sensitive action needs no further passphrase now."""
        return self._confirmation.stands

    def enrol(self, profile: Profile, keys: PreparedKeys, *, enter: bool = False) -> None:
        """Add a person and arm their face path. The first needs no confirmation.

        `enter`: unlock for them too, since their passphrase was typed just now.
        Raises NameTaken, PassphraseConfirmationNeeded, StoreUnwritable.
        """
        if self.is_enrolled:
            self._confirmation.require()
        self._store.enrol(profile, keys)
        if self._store.machine.last_passphrase_wall is None:
            self._store.save_machine(
                replace(self._store.machine, last_passphrase_wall=self._clock.wall())
            )
        self._store.arm_face(profile.profile_id, keys.vault_key)
        if enter:
            self._key.take(bytearray(keys.vault_key))
            self._confirmation.note()
            self._advance(PassphraseAccepted(profile.profile_id))

    def rename(self, profile_id: str, name: str) -> None:
        """Give a person another name. Raises NameTaken, SettingsError, StoreUnwritable."""
        self.profile(profile_id)
        self._store.rename(profile_id, name)

    def remove(self, profile_id: str) -> None:
        """Remove a person and all that is theirs; locks if they were the one inside."""
        self._confirmation.require()
        inside = self._state == Unlocked(profile_id)
        self._store.remove(profile_id)
        if inside:
            self.lock()

    def set_level(self, level: Level) -> None:
        """Change the security level. It weakens or changes the lock, so confirmation is needed."""
        self._confirmation.require()
        self._store.save_machine(replace(self._store.machine, level=level))

    def _advance(self, event: Event) -> LockState:
        before = self._state
        after = advance(before, event, self._clock.monotonic(), self.rules)
        try:
            if after != before:
                self._keep_counters(after)
            if after != before and isinstance(after, PassphraseOnly):
                destroy_face_path(self._store)
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

    def _enter(self, state: LockState) -> None:
        if not isinstance(state, Unlocked):
            self._key.forget()
            if isinstance(self._state, Unlocked):
                self._confirmation.end()
        self._state = state

    def _keep_counters(self, state: LockState) -> None:
        keep_counters(self._store, state, self._attempt, self._clock)

    def _keep_non_matches(self) -> None:
        try:
            self._keep_counters(self._state)
        except Exception as error:
            end_uncounted(self._store, error)
            raise

    def close(self) -> None:
        """Forget the key and release the store."""
        self._key.forget()
        self._store.close()
