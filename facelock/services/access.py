"""The lock in one place: state, attempts, passphrases and the people who may open it.

Owned by the GUI thread (or by the one thread of a command). Only the methods named `slow_...` take
long (Argon2id) and may run in a Task; they touch nothing but their arguments and sealed bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from facelock.core.attempt import Accepted, Attempt, Inconclusive, Rejected, Verdict
from facelock.core.errors import NotEnrolled, PassphraseConfirmationNeeded
from facelock.core.levels import RULES, Level, LevelRules
from facelock.core.policy import (
    AttemptEnded,
    CoolingDown,
    Event,
    FacePathGone,
    Locked,
    LockRequested,
    LockState,
    PassphraseAccepted,
    PassphraseOnly,
    ScanStarted,
    TimePassed,
    Unlocked,
    Why,
    advance,
)
from facelock.core.template import Profile, make_gallery
from facelock.services.enrolling import checked_name
from facelock.vault.keys import unwrap_with_passphrase, wipe

if TYPE_CHECKING:
    from facelock.core.comparison import Gallery
    from facelock.core.observation import Observation
    from facelock.core.ports import Clock
    from facelock.vault.store import KeySlots, ProfileStore

CONFIRMED_SECONDS = 120.0
"""How long a passphrase typed for one sensitive action serves the next ones (threat row 18)."""


@dataclass(frozen=True)
class Opened:
    """A passphrase that fitted: whose it is and the key it released."""

    profile_id: str
    key: bytearray


class Access:
    """Everything that decides whether the app is open, and for whom."""

    def __init__(self, store: ProfileStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._attempt = Attempt()
        self._key: bytearray | None = None
        self._confirmed_until = -1.0
        self._state: LockState = self._restored_state()

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
    def unlocked_for(self) -> Profile | None:
        """The person the app is open for, None while locked."""
        match self._state:
            case Unlocked(profile_id):
                return self.profile(profile_id)
            case _:
                return None

    def profile(self, profile_id: str) -> Profile:
        """Return one person. Raises NotEnrolled."""
        for profile in self._store.profiles:
            if profile.profile_id == profile_id:
                return profile
        raise NotEnrolled(profile_id)

    def gallery(self) -> Gallery:
        """Return the references of everybody at the level in force."""
        return make_gallery(self._store.profiles, self.level, demo=self._store.demo)

    def start_scan(self) -> LockState:
        """The camera looks for a face. Nothing happens unless the state is Locked."""
        return self._advance(ScanStarted())

    def observe(self, seen: Observation) -> Verdict | None:
        """Take one observation into the attempt; return its verdict once there is one.

        Counters are sealed and synced before the verdict is returned (threat-model row 7).
        """
        result = self._attempt.observe(seen, self._clock.monotonic())
        match result:
            case Attempt():
                self._attempt = result
                return None
            case Inconclusive():
                self._attempt = self._attempt.carried_over()
            case Accepted() | Rejected():
                self._attempt = Attempt()
        self._advance(AttemptEnded(result))
        return result

    def tick(self) -> LockState:
        """Let time pass: a cool-down may end."""
        return self._advance(TimePassed())

    def face_path_gone(self, why: Why) -> LockState:
        """End the face path until the next passphrase."""
        return self._advance(FacePathGone(why))

    def lock(self) -> LockState:
        """Lock now; the key is wiped."""
        return self._advance(LockRequested())

    def slots(self, profile_id: str) -> KeySlots:
        """Return the wrapped keys of a person, for `slow_open`. Raises NotEnrolled."""
        self.profile(profile_id)
        return self._store.key_slots(profile_id)

    @staticmethod
    def slow_open(profile_id: str, slots: KeySlots, passphrase: str) -> Opened:
        """Try a passphrase; about half a second. Raises WrongPassphrase."""
        key = unwrap_with_passphrase(slots.passphrase, passphrase, context=profile_id.encode())
        return Opened(profile_id, key)

    def accept(self, opened: Opened) -> LockState:
        """Unlock with a passphrase that fitted."""
        self.profile(opened.profile_id)
        self._take_key(opened.key)
        self.confirm(opened)
        self._attempt = Attempt()
        return self._advance(PassphraseAccepted(opened.profile_id))

    def confirm(self, opened: Opened) -> None:
        """Note that the passphrase was typed just now: sensitive actions are open for a while."""
        self.profile(opened.profile_id)
        self._confirmed_until = self._clock.monotonic() + CONFIRMED_SECONDS

    @property
    def is_confirmed(self) -> bool:
        """True if a sensitive action needs no further passphrase now."""
        return self._clock.monotonic() < self._confirmed_until

    def enrol(self, profile: Profile, slots: KeySlots) -> None:
        """Add a person. The first needs no confirmation. Raises NameTaken, StoreUnwritable."""
        if self.profiles:
            self._require_confirmation()
        self._store.enrol(profile, slots)

    def rename(self, profile_id: str, name: str) -> None:
        """Give a person another name. Raises NameTaken, SettingsError, StoreUnwritable."""
        self.profile(profile_id)
        self._store.rename(profile_id, checked_name(name))

    def remove(self, profile_id: str) -> None:
        """Remove a person and all that is theirs; locks if they were the one inside."""
        self._require_confirmation()
        inside = self._state == Unlocked(profile_id)
        self._store.remove(profile_id)
        if inside:
            self.lock()

    def set_level(self, level: Level) -> None:
        """Change the security level. It weakens or changes the lock, so confirmation is needed."""
        self._require_confirmation()
        self._store.save_machine(replace(self._store.machine, level=level))

    def _require_confirmation(self) -> None:
        if not self.is_confirmed:
            message = "the passphrase is needed for this"
            raise PassphraseConfirmationNeeded(message)

    def _advance(self, event: Event) -> LockState:
        now = self._clock.monotonic()
        before = self._state
        after = advance(before, event, now, self.rules)
        if after != before:
            self._keep_counters(after)
        if not isinstance(after, Unlocked):
            self._forget_key()
            if isinstance(before, Unlocked):
                self._confirmed_until = -1.0
        self._state = after
        return after

    def _keep_counters(self, state: LockState) -> None:
        record = self._store.machine
        failures = 0 if isinstance(state, Unlocked) else state.failures
        until = 0.0
        if isinstance(state, CoolingDown):
            until = self._clock.wall() + (state.until - self._clock.monotonic())
        why = state.why.value if isinstance(state, PassphraseOnly) else None
        kept = replace(
            record, failures=failures, passphrase_only=why, cooldown_until_wall=until
        )
        if kept != record:
            self._store.save_machine(kept)

    def _restored_state(self) -> LockState:
        """Starting is locked; what the last run owed is still owed."""
        record = self._store.machine
        if record.passphrase_only is not None:
            return PassphraseOnly(Why(record.passphrase_only), record.failures)
        left = record.cooldown_until_wall - self._clock.wall()
        if left > 0:
            longest = max(RULES[record.level].cooldowns)
            until = self._clock.monotonic() + min(left, longest)
            return CoolingDown(record.failures, until)
        return Locked(record.failures)

    def _take_key(self, key: bytearray) -> None:
        self._forget_key()
        self._key = key

    def _forget_key(self) -> None:
        if self._key is not None:
            wipe(self._key)
            self._key = None

    def close(self) -> None:
        """Forget the key and release the store."""
        self._forget_key()
        self._store.close()


