"""The lock in one place: state, attempts, passphrases and the people who may open it.

Owned by the GUI thread (or by the one thread of a command). Only the methods named `slow_...` take
long (Argon2id) and may run in a Task; they touch nothing but their arguments and sealed bytes.

`services.lock` is the state machine and its key, `services.passphrase_access` the passphrases;
here are the people, and what may be set.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from typing_extensions import override

from facelock.core.activity import Happening
from facelock.core.errors import NotEnrolled
from facelock.core.liveness import Layer, layers_at
from facelock.core.policy import Unlocked
from facelock.core.template import Person, Profile, make_gallery, people_of
from facelock.services.gallery import Terms
from facelock.services.heads import Heads
from facelock.services.leaving_rules import LeavingRules, fitted
from facelock.services.passphrase_access import PassphraseAccess
from facelock.services.renewal import Renewal
from facelock.vault.records import MOST_CAMERAS

if TYPE_CHECKING:
    from facelock.core.activity import Journal
    from facelock.core.comparison import Gallery
    from facelock.core.levels import Level
    from facelock.core.ports import Clock
    from facelock.vault.key_files import PreparedKeys
    from facelock.vault.store import DamagedRecord, OpenedKey, ProfileStore


class Access(PassphraseAccess):
    """Everything that decides whether the app is open, and for whom."""

    def __init__(self, store: ProfileStore, clock: Clock, journal: Journal | None = None) -> None:
        super().__init__(store, clock, journal)
        self.renewal = Renewal(store)
        self.heads = Heads(store, self._confirmation.require, self._note)
        self.leaving = LeavingRules(store, self._confirmation.require, self._note)

    @property
    def demo(self) -> bool:
        """True if this is a throw-away demo profile; every screen says so."""
        return self._store.demo

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
        gallery = make_gallery(
            self.profiles,
            self.level,
            demo=self.demo,
            model_sha256=model_sha256,
            layers=self.layers,
        )
        return self.terms.applied_to(gallery)

    @property
    def terms(self) -> Terms:
        """What every probe at the lock is held to."""
        cameras = None if self.demo else self._store.machine.cameras
        return Terms(self.level, self.demo, self.layers, cameras, self.eyes_required)

    @property
    def layers(self) -> frozenset[Layer]:
        """The layers of liveness in force: the level's; none only in a demo that says so."""
        if self.demo and not self._store.machine.liveness:
            return frozenset()
        machine = self._store.machine
        return layers_at(
            self.level,
            eyes_required=machine.eyes_required,
            by_blinking=machine.challenge_by_blinking,
        )

    def enrol(
        self, profile: Profile, keys: PreparedKeys, *, enter: bool = False, camera_id: str = ""
    ) -> None:
        """Add a person and arm their face path. The first needs no confirmation.

        `enter`: unlock for them too, since their passphrase was typed just now. `camera_id`: of
        the camera that took the pictures; their face opens with it.
        Raises NameTaken, PassphraseConfirmationNeeded, StoreUnwritable.
        """
        if self.is_enrolled:
            self._confirmation.require()
        self._store.enrol(profile, keys)
        self._bind(profile.profile_id, camera_id)
        self.journal.note(Happening.PERSON_ENROLLED, profile.profile_id)
        if not enter:
            self._keep_counters(self._state, typed=profile.profile_id)
            self._store.arm_face(profile.profile_id, keys.vault_key)
            return
        self.lock()
        self._key.take(bytearray(keys.vault_key))
        self._opened_by = "passphrase"
        self._confirmation.note()
        self._enter_with_passphrase(profile.profile_id, keys.vault_key)

    def rename(self, profile_id: str, name: str) -> None:
        """Give a person another name. Raises NameTaken, SettingsError, StoreUnwritable."""
        self.profile(profile_id)
        self._store.rename(profile_id, name)
        self.journal.note(Happening.PERSON_RENAMED, profile_id)

    def replace_profile(self, profile: Profile) -> None:
        """Write a new state of an enrolled person: more or fewer looks. The caller notes what.

        Raises NotEnrolled, PassphraseConfirmationNeeded, StoreUnwritable.
        """
        self._confirmation.require()
        self.profile(profile.profile_id)
        self._store.replace(profile)

    def remove(self, profile_id: str) -> None:
        """Remove a person and all that is theirs; locks if they were the one inside."""
        self._confirmation.require()
        if self._state == Unlocked(profile_id):
            self.lock()  # first: what is open of theirs is closed before it is deleted
        self._wrong.pop(profile_id, None)
        self._store.remove(profile_id)
        self.journal.note(Happening.PERSON_REMOVED, profile_id)

    def bind_camera(self, profile_id: str, camera_id: str) -> None:
        """Let a person's face open with one more camera: sealed before this returns.

        Beyond `MOST_CAMERAS` the oldest is forgotten. Raises NotEnrolled,
        PassphraseConfirmationNeeded, StoreUnwritable.
        """
        self._confirmation.require()
        self.profile(profile_id)
        if camera_id not in self._store.machine.cameras.get(profile_id, ()):
            self._bind(profile_id, camera_id)
            self.journal.note(Happening.CAMERA_ADDED, profile_id)

    def _bind(self, profile_id: str, camera_id: str) -> None:
        machine = self._store.machine
        known = (camera_id, *machine.cameras.get(profile_id, ()))[:MOST_CAMERAS]
        cameras = {**machine.cameras, profile_id: known}
        self._store.save_machine(replace(machine, cameras=cameras))

    @property
    def eyes_required(self) -> bool:
        """False if the lock does not ask for open eyes on the camera."""
        return self._store.machine.eyes_required

    @property
    def challenge_by_blinking(self) -> bool:
        """True if Strict asks to close the eyes for a moment, and not to turn the head."""
        return self._store.machine.challenge_by_blinking

    def set_liveness(
        self, *, eyes_required: bool | None = None, by_blinking: bool | None = None
    ) -> None:
        """Change how liveness is asked for, for accessibility; None leaves a switch as it is.

        Raises PassphraseConfirmationNeeded, StoreUnwritable.
        """
        self._confirmation.require()
        machine = self._store.machine
        if eyes_required is not None:
            machine = replace(machine, eyes_required=eyes_required)
        if by_blinking is not None:
            machine = replace(machine, challenge_by_blinking=by_blinking)
        self._store.save_machine(machine)
        self._note(Happening.SETTING_CHANGED)

    def cameras_of(self, profile_id: str) -> tuple[str, ...]:
        """Return the ids of the cameras a person's face opens with, the newest first."""
        return self._store.machine.cameras.get(profile_id, ())

    @property
    def lock_when_idle(self) -> float:
        """Seconds without use after which it locks: as chosen, else as the level says."""
        return self.chosen_idle or self.rules.lock_when_idle

    @property
    def chosen_idle(self) -> float | None:
        """Seconds without use that were chosen; None: as the level says."""
        return self._store.machine.lock_when_idle_seconds

    def locks_later(self, seconds: float | None) -> bool:
        """True if it would lock later than now with so many seconds (None: the level's)."""
        return (seconds or self.rules.lock_when_idle) > self.lock_when_idle

    def set_lock_when_idle(self, seconds: float | None) -> None:
        """Lock after so many seconds without use, None: as the level says.

        Raises PassphraseConfirmationNeeded if that is longer than now; StoreUnwritable.
        """
        if self.locks_later(seconds):
            self._confirmation.require()
        self._store.save_machine(replace(self._store.machine, lock_when_idle_seconds=seconds))
        self._note(Happening.SETTING_CHANGED)

    def set_level(self, level: Level) -> None:
        """Change the security level. It weakens or changes the lock, so confirmation is needed.

        Choices about leaving that are laxer than the new level are given up.
        """
        self._confirmation.require()
        self._store.save_machine(fitted(self._store.machine, level))
        self._note(Happening.LEVEL_CHANGED)

    def _note(self, what: Happening) -> None:
        """Write down what whoever is inside did."""
        inside = self.unlocked_for
        self.journal.note(what, inside.profile_id if inside else "")

    @override
    def _admit(self, opened: OpenedKey) -> None:
        was_sealed = self._store.needs_passphrase
        super()._admit(opened)
        if was_sealed:
            self.heads.tell()
