"""What happened, in sentences; and what happened since the last unlock, in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from facelock.core.activity import Activity, Happening
from facelock.services.activity import GROUPS, Group
from facelock.ui.numbers import locale

translate = QCoreApplication.translate

_ICONS = {
    Group.UNLOCKS: "unlock",
    Group.REFUSALS: "warning",
    Group.CHANGES: "settings",
    Group.VAULT: "vault",
}
_NOTICE_SENTENCES = 4  # at most; the page has the rest
_FAILED = (Happening.FACE_REFUSED, Happening.ATTACK_REFUSED, Happening.PASSPHRASE_REFUSED)


def activity_icon(what: Happening) -> str:
    """Return the name of the icon of an entry."""
    if what is Happening.LOCKED:
        return "lock"
    return next(_ICONS[group] for group, kinds in GROUPS.items() if what in kinds)


def activity_sentence(activity: Activity, names: Mapping[str, str]) -> str:
    """Return an entry as a sentence. `names` by profile id; others are somebody."""
    if not activity.profile_id:
        return _without_name(activity.what)
    name = names.get(activity.profile_id) or translate(
        "activity", "somebody who is no longer enrolled"
    )
    return _sentence(activity.what).format(name=name)


def _sentence(what: Happening) -> str:  # noqa: C901, PLR0912 - the table of all sentences
    match what:
        case Happening.UNLOCKED_BY_FACE:
            return translate("activity", "Opened by the face of {name}.")
        case Happening.UNLOCKED_BY_PASSPHRASE:
            return translate("activity", "Opened with the passphrase of {name}.")
        case Happening.UNLOCKED_BY_RECOVERY_KEY:
            return translate("activity", "Opened with the recovery key of {name}.")
        case Happening.LOCKED:
            return translate("activity", "Locked. It had been open for {name}.")
        case Happening.SEAT_TAKEN:
            return translate(
                "activity", "Somebody else took the place of {name} while it was open. It locked."
            )
        case Happening.FACE_PATH_GONE:
            return translate(
                "activity", "The face of {name} was switched off: only the passphrase opened then."
            )
        case Happening.PASSPHRASE_REFUSED:
            return translate("activity", "A wrong passphrase was typed for {name}.")
        case Happening.PERSON_ENROLLED:
            return translate("activity", "Enrolled: {name}.")
        case Happening.PERSON_RENAMED:
            return translate("activity", "The name {name} was given.")
        case Happening.PERSON_REMOVED:
            return translate("activity", "Removed: {name}.")
        case Happening.APPEARANCE_ADDED:
            return translate("activity", "A look of {name} was remembered.")
        case Happening.APPEARANCE_REMOVED:
            return translate("activity", "A look of {name} was forgotten.")
        case Happening.PASSPHRASE_CHANGED:
            return translate("activity", "The passphrase was changed: {name}.")
        case Happening.RECOVERY_KEY_RENEWED:
            return translate("activity", "A new recovery key was made: {name}.")
        case Happening.ITEMS_EXPORTED:
            return translate("activity", "Something was exported from the vault of {name}.")
        case Happening.VAULT_ROLLED_BACK:
            return translate("activity", "An old copy of the vault of {name} was put in its place.")
        case Happening.SNAPSHOT_KEPT:
            return translate("activity", "A picture of who was refused was kept for {name}.")
        case _:
            return _without_name(what) + " " + translate("activity", "It was open for {name}.")


def _without_name(what: Happening) -> str:  # noqa: C901, PLR0912 - the table of all sentences
    match what:
        case Happening.STARTED:
            return translate("activity", "Facelock was started.")
        case Happening.LOCKED:
            return translate("activity", "Locked.")
        case Happening.FACE_REFUSED:
            return translate("activity", "A face was refused.")
        case Happening.ATTACK_REFUSED:
            return translate("activity", "A face was refused because it did not look alive.")
        case Happening.FACE_PATH_GONE:
            return translate(
                "activity", "Faces were switched off: only a passphrase opened from then on."
            )
        case Happening.PASSPHRASE_REFUSED:
            return translate("activity", "A wrong passphrase was typed.")
        case Happening.CLOCK_SET_BACK:
            return translate("activity", "The clock of this computer was set back.")
        case Happening.STORE_ROLLED_BACK:
            return translate("activity", "An old copy of the sealed data was put in its place.")
        case Happening.LOG_CUT:
            return translate(
                "activity", "Entries of this log were missing or changed. What was left is shown."
            )
        case Happening.CAMERA_ADDED:
            return translate("activity", "A camera was added that your face opens with.")
        case Happening.LEVEL_CHANGED:
            return translate("activity", "The strictness of the lock was changed.")
        case Happening.SETTING_CHANGED:
            return translate("activity", "A setting of the lock was changed.")
        case Happening.HEAD_ADOPTED:
            return translate("activity", "Recognition was retrained on this computer.")
        case Happening.HEAD_REVERTED:
            return translate("activity", "Recognition went back to an earlier state.")
        case Happening.BACKUP_MADE:
            return translate("activity", "A backup was made.")
        case Happening.BACKUP_RESTORED:
            return translate("activity", "A backup was restored.")
        case Happening.LOG_EXPORTED:
            return translate("activity", "This log was exported.")
        case Happening.UNLOCKED_BY_FACE:
            return translate("activity", "Opened by a face.")
        case Happening.UNLOCKED_BY_PASSPHRASE:
            return translate("activity", "Opened with a passphrase.")
        case Happening.UNLOCKED_BY_RECOVERY_KEY:
            return translate("activity", "Opened with a recovery key.")
        case Happening.SNAPSHOT_KEPT:
            return translate("activity", "A picture of who was refused was kept.")
        case Happening.ITEMS_EXPORTED:
            return translate("activity", "Something was exported from a vault.")
        case _:
            return _sentence(what).format(name=translate("activity", "somebody"))


def day_of(at: float) -> str:
    """Return the day of an entry, written out in the language of this computer."""
    date = QDateTime.fromSecsSinceEpoch(int(at)).date()
    return locale().toString(date, QLocale.FormatType.LongFormat)


def time_of(at: float) -> str:
    """Return the time of day of an entry."""
    time = QDateTime.fromSecsSinceEpoch(int(at)).time()
    return locale().toString(time, QLocale.FormatType.ShortFormat)


def notice_text(activities: Sequence[Activity], names: Mapping[str, str]) -> str:
    """Return what happened since the last unlock in a few sentences; empty if nothing did.

    Failed attempts are counted, with the time of the last; the rest is told once each.
    """
    parts = []
    failed = [one for one in activities if one.what in _FAILED]
    if failed:
        last = f"{day_of(failed[-1].at)}, {time_of(failed[-1].at)}"
        parts.append(_attempts(len(failed)).format(last=last))
    rest = Counter(activity_sentence(one, names) for one in activities if one.what not in _FAILED)
    for sentence, count in rest.items():
        times = translate("activity", "{sentence} ({count} times)").format(
            sentence=sentence, count=count
        )
        parts.append(sentence if count == 1 else times)
    if len(parts) > _NOTICE_SENTENCES:
        parts[_NOTICE_SENTENCES:] = [translate("activity", "There is more.")]
    return " ".join(parts)


def _attempts(count: int) -> str:
    if count == 1:
        return translate("activity", "One attempt to get in failed: {last}.")
    return translate(
        "activity", "{count} attempts to get in failed, the last one: {last}."
    ).replace("{count}", locale().toString(count))
