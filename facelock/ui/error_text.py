"""The one table from an error to the sentence that says what happened and what to do."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from facelock.core import errors
from facelock.ui.vault_error_text import vault_error_text

translate = QCoreApplication.translate


def error_text(error: Exception) -> str:
    """Return the sentence for a person. The log has the details."""
    match error:
        case errors.CameraError():
            return _camera(error)
        case errors.PictureError() | errors.ModelError():
            return _file(error)
        case errors.StoreError() | errors.KeyringError():
            return _store(error)
        case errors.PassphraseError() | errors.EnrolmentError():
            return _person(error)
        case errors.TrainingError():
            return _training(error)
        case errors.RetrainingError():
            return _retraining(error)
        case errors.VaultError() | errors.BackupError():
            return vault_error_text(error)
        case errors.SettingsError():
            return translate("errors", "That setting has a value that is not allowed.")
        case errors.NotEnrolled():
            return translate("errors", "Nobody of that name is enrolled. Enrol them first.")
        case _:
            return _unexpected()


def _unexpected() -> str:
    return translate("errors", "Something went wrong. Details are in the log.")


def _camera(error: errors.CameraError) -> str:
    match error:
        case errors.CameraNotFound():
            return translate("errors", "No camera found. Connect one; it is picked up by itself.")
        case errors.CameraBusy():
            return translate(
                "errors", "Another program is using the camera. Close it; I will try again."
            )
        case errors.CameraDenied():
            return translate(
                "errors",
                "Facelock may not use the camera. "
                "Allow it in your system's privacy settings; I will try again.",
            )
        case errors.CameraLost():
            return translate(
                "errors", "The camera stopped answering. Check its cable; I will try again."
            )
        case errors.CameraFrozen():
            return translate(
                "errors",
                "The camera shows the same picture again and again. Unplug it and back in.",
            )
        case errors.SimulatedCameraRefused():
            return translate(
                "errors",
                "This is not a physical camera. Only a real one can open a real profile.",
            )
        case _:
            return translate("errors", "The camera cannot be used. I will try again.")


def _file(error: errors.PictureError | errors.ModelError) -> str:
    match error:
        case errors.PictureUnreadable():
            return translate("errors", "That file is missing or is not a picture I can read.")
        case errors.NoUsableFace():
            return translate("errors", "There is no face in that picture clear enough to compare.")
        case errors.EvaluationError():
            return translate("errors", "That folder or table cannot be evaluated.")
        case errors.CalibrationError():
            return translate("errors", "There are too few people in that folder to calibrate on.")
        case errors.ModelMissing():
            return translate(
                "errors", "A part of Facelock is missing. Install it again to use your face."
            )
        case errors.ModelCorrupt():
            return translate(
                "errors",
                "A part of Facelock has been changed and is not used. Install Facelock again.",
            )
        case errors.NetworkMismatch():
            return translate(
                "errors",
                "Parts of Facelock do not fit together and are not used. Install Facelock again.",
            )
        case _:
            return _unexpected()


def _store(error: errors.StoreError | errors.KeyringError) -> str:
    match error:
        case errors.StoreDamaged():
            return translate(
                "errors",
                "The sealed record does not open: it is damaged or from another computer. "
                "It was left as it is.",
            )
        case errors.StoreTooNew():
            return translate(
                "errors", "The sealed record is from a newer Facelock. Update this one to open it."
            )
        case errors.StoreUnwritable():
            return translate(
                "errors",
                "Nothing could be saved: the disk is full or the folder is write-protected. "
                "Make room, then try again. What was there before still stands.",
            )
        case errors.StoreInUse():
            return translate("errors", "Facelock is already running. Use the window that is open.")
        case errors.KeyringUnavailable():
            return translate(
                "errors", "The system's keyring is not available. Unlock it, then try again."
            )
        case _:
            return _unexpected()


def _person(error: errors.PassphraseError | errors.EnrolmentError) -> str:
    match error:
        case errors.WrongPassphrase():
            return translate(
                "errors",
                "That is not the passphrase. Check Caps Lock and the keyboard layout.",
            )
        case errors.PassphraseTooSoon():
            return translate(
                "errors",
                "Too many wrong passphrases in a row. The next is taken in {seconds} seconds.",
            ).format(seconds=max(math.ceil(error.seconds), 1))
        case errors.WrongRecoveryKey():
            return translate(
                "errors",
                "That is not your recovery key. It is one line that begins with "
                "AGE-SECRET-KEY-1; type it as it was printed.",
            )
        case errors.PassphraseTooWeak():
            return translate("errors", "That passphrase is too easily guessed. Add a word or two.")
        case errors.PassphraseConfirmationNeeded():
            return translate("errors", "Enter your passphrase once more to do this.")
        case errors.TooFewSamples():
            return translate("errors", "There are too few good pictures. Capture some more.")
        case errors.NotOnePerson():
            return translate(
                "errors", "The pictures do not all show the same person. Start the capture again."
            )
        case errors.LooksLikeAnotherProfile():
            return translate(
                "errors",
                "This face is too much like somebody who is already enrolled, "
                "so the lock could not tell you apart.",
            )
        case errors.NameTaken():
            return translate("errors", "Somebody of that name is enrolled. Choose another name.")
        case _:
            return _unexpected()


def _training(error: errors.TrainingError) -> str:
    match error:
        case errors.TrainingDataUnusable():
            return translate(
                "errors", "There are too few pictures or people to learn from. Add some."
            )
        case errors.RunFolderUnusable():
            return translate("errors", "That folder belongs to something else. Choose another.")
        case errors.RunFolderUnwritable():
            return translate("errors", "What was learnt could not be saved. Make room on the disk.")
        case _:
            return translate("errors", "The training failed. The network in use stays as it is.")


def _retraining(error: errors.RetrainingError) -> str:
    match error:
        case errors.RenewalDue():
            return translate(
                "errors",
                "Not everybody has been brought to the version in force yet. "
                "Try again in a moment.",
            )
        case errors.PeopleUnjudged():
            return translate(
                "errors",
                "Somebody was enrolled meanwhile, and the new version was not judged for them. "
                "Nothing was changed; retrain once more.",
            )
        case _:
            return _unexpected()
