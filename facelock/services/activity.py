"""The journal: what happens is written into the sealed activity log, and read back for a person.

An entry is on the disk before `note` returns. The machine record, whose age the keyring knows, then
takes the new head of the chain (`vault.activity_log.Anchor`): at once after all that an intruder
might like to hide, otherwise with the next of these, or after twenty entries.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING

from facelock.core.activity import Activity, Happening, Journal
from facelock.core.errors import FacelockError
from facelock.vault.activity_log import ActivityLog, Anchor
from facelock.vault.records import PROFILE_ID

if TYPE_CHECKING:
    from facelock.core.ports import Clock
    from facelock.vault.store import ProfileStore

MAX_WAITING = 1000
"""So many entries are kept in memory while nothing can be written; the oldest go first."""

_ANCHOR_EVERY = 20  # entries
_HARMLESS = frozenset(
    {
        Happening.STARTED,
        Happening.LOCKED,
        Happening.UNLOCKED_BY_FACE,
        Happening.UNLOCKED_BY_PASSPHRASE,
    }
)


class Group(Enum):
    """What an entry is about; for choosing. The value is its name on the command line."""

    UNLOCKS = "unlocks"
    REFUSALS = "refusals"
    CHANGES = "changes"
    VAULT = "vault"


GROUPS: dict[Group, frozenset[Happening]] = {
    Group.UNLOCKS: _HARMLESS | {Happening.UNLOCKED_BY_RECOVERY_KEY},
    Group.REFUSALS: frozenset(
        {
            Happening.FACE_REFUSED,
            Happening.ATTACK_REFUSED,
            Happening.SEAT_TAKEN,
            Happening.FACE_PATH_GONE,
            Happening.PASSPHRASE_REFUSED,
            Happening.CLOCK_SET_BACK,
            Happening.STORE_ROLLED_BACK,
            Happening.LOG_CUT,
            Happening.SNAPSHOT_KEPT,
        }
    ),
    Group.CHANGES: frozenset(
        {
            Happening.PERSON_ENROLLED,
            Happening.PERSON_RENAMED,
            Happening.PERSON_REMOVED,
            Happening.APPEARANCE_ADDED,
            Happening.APPEARANCE_REMOVED,
            Happening.CAMERA_ADDED,
            Happening.LEVEL_CHANGED,
            Happening.SETTING_CHANGED,
            Happening.HEAD_ADOPTED,
            Happening.HEAD_REVERTED,
            Happening.PASSPHRASE_CHANGED,
            Happening.RECOVERY_KEY_RENEWED,
            Happening.LOG_EXPORTED,
        }
    ),
    Group.VAULT: frozenset(
        {
            Happening.ITEMS_EXPORTED,
            Happening.VAULT_ROLLED_BACK,
            Happening.BACKUP_MADE,
            Happening.BACKUP_RESTORED,
        }
    ),
}

UNLOCKS = frozenset(
    {
        Happening.UNLOCKED_BY_FACE,
        Happening.UNLOCKED_BY_PASSPHRASE,
        Happening.UNLOCKED_BY_RECOVERY_KEY,
    }
)
_EVERYBODYS = frozenset(
    {
        Happening.PERSON_ENROLLED,
        Happening.PERSON_RENAMED,
        Happening.PERSON_REMOVED,
        Happening.LEVEL_CHANGED,
        Happening.FACE_PATH_GONE,
        Happening.BACKUP_RESTORED,
        Happening.HEAD_ADOPTED,
        Happening.HEAD_REVERTED,
    }
)
"""Shown to everybody, whomever it is about: it changes who gets in, and how."""

NOTABLE = frozenset(Happening) - GROUPS[Group.UNLOCKS] - {Happening.SNAPSHOT_KEPT}
"""What a person is told of at the next unlock. A picture comes with a refusal, which is told."""


def visible_to(activity: Activity, profile_id: str) -> bool:
    """True if a person may see this entry: their own, nobody's, and what concerns everybody."""
    return activity.profile_id in {"", profile_id} or activity.what in _EVERYBODYS


class ActivityJournal(Journal):
    """Implements `core.activity.Journal` over the store's log. Any thread may note and read."""

    def __init__(self, store: ProfileStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._busy = threading.RLock()
        self._waiting: list[Activity] = []
        self._log: ActivityLog | None = None
        self._home = threading.get_ident()  # the thread that owns the store
        self._heard: Callable[[Happening], None] | None = None

    def listen(self, heard: Callable[[Happening], None] | None) -> None:
        """Have this called after each entry, in whichever thread noted it; None: nobody hears."""
        self._heard = heard

    def note(self, what: Happening, profile_id: str = "") -> None:
        """Write it down now; or as soon as the store opens, or the disk has room again."""
        whom = profile_id if PROFILE_ID.fullmatch(profile_id) else ""
        with self._busy:
            self._waiting.append(Activity(what, self._clock.wall(), whom))
            del self._waiting[:-MAX_WAITING]
            if self._write():
                self._keep_anchor(at_once=what not in _HARMLESS)
        if self._heard is not None:
            self._heard(what)

    def read(self, profile_id: str) -> tuple[Activity, ...]:
        """Return what this person may see, oldest first. Never raises.

        Every entry of the log is checked. About 0.2 s for a full log: for a task.
        """
        with self._busy:
            self._write()
            log = self._opened_log()
            found: tuple[Activity, ...] = ()
            if log is not None:
                found = log.read(self._known(), self._clock.wall())
                self._keep_anchor(at_once=True)
            found = (*found, *self._waiting)
        return tuple(one for one in found if visible_to(one, profile_id))

    def since_last_unlock(self, profile_id: str) -> tuple[Activity, ...]:
        """Return what is worth telling this person, who is inside: since they last came in before.

        Since their enrolment if they never did. Oldest first; checks the log, as `read` does.
        """
        seen = self.read(profile_id)
        entries = [at for at, one in enumerate(seen) if _enters(one, profile_id)]
        # The newest unlock is the one they have just made.
        start = entries[-2] + 1 if len(entries) > 1 else 0
        if len(entries) == 1 and seen[entries[0]].what is Happening.PERSON_ENROLLED:
            start = entries[0] + 1  # and they have never left since
        return tuple(one for one in seen[start:] if one.what in NOTABLE)

    def _write(self) -> bool:
        """Write what waits; False if it has to wait on, or there is nothing."""
        log = self._opened_log()
        if log is None or not self._waiting:
            return False
        try:
            log.append(tuple(self._waiting), self._known(), self._clock.wall())
        except FacelockError:
            return False
        self._waiting.clear()
        return True

    def _opened_log(self) -> ActivityLog | None:
        if self._log is None:
            try:
                self._log = self._store.activity_log()
            except FacelockError:  # the store is sealed
                return None
        return self._log

    def _known(self) -> Anchor:
        """Return the newest anchor: the record's, or that of this run where it is further on."""
        machine = self._store.machine
        kept = Anchor(machine.activity_head, machine.activity_count)
        mine = self._log.anchor if self._log is not None else Anchor()
        return mine if mine.count > kept.count else kept

    def _keep_anchor(self, *, at_once: bool) -> None:
        """Have the machine record know the newest entry. In the store's own thread only."""
        now, machine = self._known(), self._store.machine
        behind = now.count - machine.activity_count
        due = behind > 0 and (at_once or behind >= _ANCHOR_EVERY)
        if not due or threading.get_ident() != self._home or self._store.needs_passphrase:
            return
        try:
            self._store.save_machine(
                replace(machine, activity_head=now.head, activity_count=now.count)
            )
        except FacelockError:
            return  # the next entry tries again


def _enters(activity: Activity, profile_id: str) -> bool:
    """True if this is where a person came in: an unlock of theirs, or their enrolment."""
    kinds = UNLOCKS | {Happening.PERSON_ENROLLED}
    return activity.profile_id == profile_id and activity.what in kinds
