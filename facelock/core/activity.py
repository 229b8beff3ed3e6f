"""What the activity log tells: that something happened, when, and about whom. Never how alike.

No scores, no pictures, no names of files, no passphrases (threat-model row 20): an entry has no
field they could be put in.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class Happening(Enum):
    """Everything that is logged. The value is its name on disk and in an export, for ever."""

    STARTED = "started"
    UNLOCKED_BY_FACE = "unlocked-by-face"
    UNLOCKED_BY_PASSPHRASE = "unlocked-by-passphrase"  # noqa: S105 - a name
    UNLOCKED_BY_RECOVERY_KEY = "unlocked-by-recovery-key"
    LOCKED = "locked"
    FACE_REFUSED = "face-refused"
    ATTACK_REFUSED = "attack-refused"  # a liveness layer denied
    FACE_PATH_GONE = "face-path-gone"  # only the passphrase opens from here on
    PASSPHRASE_REFUSED = "passphrase-refused"  # noqa: S105 - a name
    CLOCK_SET_BACK = "clock-set-back"
    STORE_ROLLED_BACK = "store-rolled-back"
    LOG_CUT = "log-cut"  # entries are missing, or were changed
    PERSON_ENROLLED = "person-enrolled"
    PERSON_RENAMED = "person-renamed"
    PERSON_REMOVED = "person-removed"
    APPEARANCE_ADDED = "appearance-added"
    APPEARANCE_REMOVED = "appearance-removed"
    LEVEL_CHANGED = "level-changed"
    SETTING_CHANGED = "setting-changed"  # one that weakens or tightens the lock
    PASSPHRASE_CHANGED = "passphrase-changed"  # noqa: S105 - a name
    RECOVERY_KEY_RENEWED = "recovery-key-renewed"
    ITEMS_EXPORTED = "items-exported"
    VAULT_ROLLED_BACK = "vault-rolled-back"
    BACKUP_MADE = "backup-made"
    BACKUP_RESTORED = "backup-restored"
    LOG_EXPORTED = "log-exported"
    SNAPSHOT_KEPT = "snapshot-kept"  # of somebody who was refused; off by default
    CAMERA_ADDED = "camera-added"  # that a person's face opens with
    HEAD_ADOPTED = "head-adopted"  # one that was trained on this machine
    HEAD_REVERTED = "head-reverted"  # to an older one, or to the one Facelock came with
    SEAT_TAKEN = "seat-taken"  # somebody else sat before the open lock, and it locked


@dataclass(frozen=True)
class Activity:
    """One entry."""

    what: Happening
    at: float  # seconds since the epoch, wall clock
    profile_id: str = ""  # whom it is about; empty: nobody, or not known


class Journal(Protocol):
    """Where activities are written. Never raises: what cannot be written is told elsewhere."""

    def note(self, what: Happening, profile_id: str = "") -> None:
        """Write it down now."""
        ...


class NoJournal(Journal):
    """Writes nothing: for a demo's measurements and for tests about something else."""

    def note(self, what: Happening, profile_id: str = "") -> None:
        """Forget it."""
