"""From an exception's type to one sentence that says what to do, and to the exit code.

English only: the command line is not translated. The window has its own table in `ui`.
"""

from __future__ import annotations

from facelock.cli.exit_codes import Exit
from facelock.core import errors

_SENTENCES: dict[type[errors.FacelockError], tuple[str, Exit]] = {
    errors.CameraNotFound: (
        "No camera was found. Connect one, or try the demo: facelock demo --terminal",
        Exit.NO_FACE,
    ),
    errors.CameraBusy: (
        "Another program is using the camera. Close it and try again.",
        Exit.NO_FACE,
    ),
    errors.CameraDenied: (
        (
            "The system does not let Facelock use the camera. Allow it in the privacy settings; "
            "on Linux your user needs access to /dev/video*, often by the group 'video'."
        ),
        Exit.NO_FACE,
    ),
    errors.CameraLost: ("The camera stopped. Plug it in again and try again.", Exit.NO_FACE),
    errors.CameraFrozen: (
        "The camera sends the same picture over and over. Plug it in again and try again.",
        Exit.NO_FACE,
    ),
    errors.SimulatedCameraRefused: (
        (
            "That camera is no physical one, and only a physical one may meet a real profile. "
            "Choose another with --camera; clips are for: facelock simulate"
        ),
        Exit.NO_FACE,
    ),
    errors.CameraError: ("The camera gives no pictures. Try: facelock doctor", Exit.NO_FACE),
    errors.PictureUnreadable: ("That is no picture or clip that can be read", Exit.NO_FACE),
    errors.NoUsableFace: ("A picture has no usable face", Exit.NO_FACE),
    errors.EvaluationError: ("That cannot be evaluated", Exit.USAGE),
    errors.CalibrationError: ("That cannot be calibrated on", Exit.USAGE),
    errors.PictureError: ("A picture or clip is of no use", Exit.NO_FACE),
    errors.ModelError: (
        "The bundled models are missing or were changed. Install Facelock again.",
        Exit.INTERNAL,
    ),
    errors.StoreDamaged: (
        (
            "The sealed store does not open: it was damaged, replaced, or sealed on another "
            "machine. Nothing was overwritten. Start Facelock and enter your passphrase, or "
            "restore a backup."
        ),
        Exit.INTERNAL,
    ),
    errors.StoreTooNew: (
        "The store was written by a newer Facelock. Update this one.",
        Exit.INTERNAL,
    ),
    errors.StoreUnwritable: (
        (
            "The store could not be written; what was there still stands. "
            "Make room on the disk, or make the folder writable: facelock doctor"
        ),
        Exit.INTERNAL,
    ),
    errors.StoreInUse: (
        "Facelock is open already. End it (also in the tray) and try again.",
        Exit.INTERNAL,
    ),
    errors.StoreError: ("The sealed store cannot be used. Try: facelock doctor", Exit.INTERNAL),
    errors.KeyringError: (
        "The system's keyring does not answer or stays locked. Unlock it and try again.",
        Exit.INTERNAL,
    ),
    errors.WrongPassphrase: ("That is not the passphrase.", Exit.NO),
    errors.PassphraseTooWeak: (
        "That passphrase is too easily guessed. Use four or more unrelated words.",
        Exit.NO,
    ),
    errors.PassphraseTooSoon: (
        "Too many wrong passphrases in a row. Wait a little, then try again.",
        Exit.LOCKED_OUT,
    ),
    errors.WrongRecoveryKey: (
        "That is not this person's recovery key. It begins with AGE-SECRET-KEY-1.",
        Exit.NO,
    ),
    errors.PassphraseError: ("The passphrase is needed for this.", Exit.NO),
    errors.VaultLocked: ("The vault was closed. Open it again with your passphrase.", Exit.NO),
    errors.VaultFull: (
        "The vault or the disk has no room for this. Delete something, or raise the quota.",
        Exit.NO,
    ),
    errors.VaultRolledBack: (
        (
            "The vault is older than the one last used: an old copy was put back. Open it once in "
            "the window, with your passphrase."
        ),
        Exit.NO,
    ),
    errors.VaultUnwritable: (
        "The vault could not be written; what was in it still is. Make room on the disk.",
        Exit.INTERNAL,
    ),
    errors.ItemDamaged: (
        (
            "That item does not open: it was damaged or changed. It was left as it is; restore it "
            "from a backup."
        ),
        Exit.INTERNAL,
    ),
    errors.ItemMissing: ("There is nothing of that name in the vault.", Exit.NO),
    errors.ItemTooLarge: ("That is too large to be shown. Export it instead.", Exit.NO),
    errors.SourceUnreadable: ("That file cannot be read, or is no plain file.", Exit.NO),
    errors.ExportUnwritable: (
        "The file cannot be written there. Choose another folder, or make room.",
        Exit.NO,
    ),
    errors.VaultError: ("The vault cannot do this. Try: facelock doctor", Exit.INTERNAL),
    errors.BackupUnreadable: (
        (
            "That is no backup of Facelock, or it was cut short or changed. Nothing was restored. "
            "Take another copy of it."
        ),
        Exit.NO,
    ),
    errors.BackupUnwritable: (
        "The backup could not be written there. Make room, or choose another place.",
        Exit.NO,
    ),
    errors.BackupError: ("The backup is of no use.", Exit.NO),
    errors.SettingsError: (
        "That name or setting is not allowed. A name has 1 to 60 printable characters.",
        Exit.NO,
    ),
    errors.TooFewSamples: (
        (
            "There were not enough usable pictures of the face. More light, closer, facing the "
            "camera, and try again"
        ),
        Exit.NO_FACE,
    ),
    errors.NotOnePerson: (
        "The pictures do not show one and the same person. Be alone before the camera.",
        Exit.NO,
    ),
    errors.LooksLikeAnotherProfile: (
        "This face matches somebody who is enrolled already. See: facelock people",
        Exit.NO,
    ),
    errors.NameTaken: ("Somebody of that name is enrolled. Choose another name.", Exit.NO),
    errors.EnrolmentError: ("The enrolment cannot be completed.", Exit.NO),
    errors.TrainingDataUnusable: ("That cannot be trained on", Exit.USAGE),
    errors.RunFolderUnusable: ("That folder cannot be used for this run", Exit.USAGE),
    errors.RunFolderUnwritable: (
        "The run could not be saved; make room on the disk or make the folder writable",
        Exit.INTERNAL,
    ),
    errors.TrainingDiverged: ("The training came to numbers that are none", Exit.NO),
    errors.TrainingError: ("The network cannot be trained", Exit.NO),
    errors.RenewalDue: (
        "Not everybody is under the network in use yet. Nothing was changed; try again.",
        Exit.NO,
    ),
    errors.PeopleUnjudged: (
        (
            "Somebody was enrolled since this head was judged, so what it does to them is not "
            "known. Nothing was changed. Train again: facelock retrain"
        ),
        Exit.NO,
    ),
    errors.RetrainingError: ("The head cannot be retrained just now. Try again.", Exit.NO),
    errors.NotEnrolled: (
        (
            "Nobody is enrolled, or nobody of that name. See: facelock people; to enrol: "
            "facelock enrol"
        ),
        Exit.NOT_ENROLLED,
    ),
}
# Their text was written for the person who gave the file, and names it.
_TELL_MORE = (errors.PictureError, errors.TooFewSamples, errors.TrainingError)


def explain(error: errors.FacelockError) -> tuple[str, Exit]:
    """Return the sentence for an error and the code to exit with."""
    for kind in type(error).__mro__:
        if kind in _SENTENCES:
            sentence, code = _SENTENCES[kind]
            if isinstance(error, _TELL_MORE) and str(error):
                return f"{sentence} ({error}).", code
            return sentence, code
    return "Something went wrong. Details are in the log.", Exit.INTERNAL
