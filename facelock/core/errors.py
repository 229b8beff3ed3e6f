"""Every exception of Facelock, as one tree.

FacelockError                the user must hear of it
├── CameraError              CameraNotFound · CameraBusy · CameraDenied · CameraLost · CameraFrozen
│                            SimulatedCameraRefused
├── PictureError             PictureUnreadable · NoUsableFace · EvaluationError
│                            CalibrationError
├── ModelError               ModelMissing · ModelCorrupt (hash differs) · NetworkMismatch
├── StoreError               StoreDamaged · StoreTooNew · StoreUnwritable · StoreInUse
├── KeyringError             KeyringUnavailable
├── PassphraseError          WrongPassphrase · PassphraseTooWeak · PassphraseConfirmationNeeded
│                            PassphraseTooSoon · WrongRecoveryKey
├── VaultError               VaultLocked · VaultFull · VaultRolledBack · VaultUnwritable
│                            ItemDamaged · ItemMissing · ItemTooLarge · SourceUnreadable
│                            ExportUnwritable
├── BackupError              BackupUnreadable · BackupUnwritable
├── SettingsError
├── EnrolmentError           TooFewSamples · NotOnePerson · LooksLikeAnotherProfile · NameTaken
├── TrainingError            TrainingDataUnusable · RunFolderUnusable · RunFolderUnwritable
│                            TrainingDiverged
├── RetrainingError          RenewalDue · PeopleUnjudged
└── NotEnrolled
Cancelled(Exception)         the user asked for it; never shown

`str(error)` is for the log, in English. `facelock.ui.error_text` turns the type into the
sentence a person reads. Nothing here may carry a passphrase, a key, an embedding or a picture.
"""

from __future__ import annotations


class FacelockError(Exception):
    """Something the user must hear of."""


class CameraError(FacelockError):
    """A camera cannot deliver frames."""


class CameraNotFound(CameraError):
    """No such camera is connected."""


class CameraBusy(CameraError):
    """Another program holds the camera."""


class CameraDenied(CameraError):
    """The operating system does not let us use the camera."""


class CameraLost(CameraError):
    """The camera was there and is gone, or stopped delivering."""


class CameraFrozen(CameraError):
    """The camera delivers the same picture over and over."""


class SimulatedCameraRefused(CameraError):
    """A file, folder or simulated camera met a real profile (threat-model row 3)."""


class PictureError(FacelockError):
    """A picture or clip given by the user is of no use."""


class PictureUnreadable(PictureError):
    """The file is missing, or is not a picture or clip we can decode."""


class NoUsableFace(PictureError):
    """The picture shows no face good enough to compare."""


class EvaluationError(PictureError):
    """The folder or table given cannot be evaluated, or its plot cannot be written there."""


class CalibrationError(PictureError):
    """The pictures given cannot be calibrated on: too few people, or it is not clear whom."""


class ModelError(FacelockError):
    """A bundled model cannot be used."""


class ModelMissing(ModelError):
    """A bundled model file is not there."""


class ModelCorrupt(ModelError):
    """A bundled model file is not the one we shipped."""


class NetworkMismatch(ModelError):
    """Two parts belong to different networks; their numbers must not be compared."""


class StoreError(FacelockError):
    """The sealed store cannot be used."""


class StoreDamaged(StoreError):
    """A sealed record does not open: damaged, replaced, or sealed on another machine."""


class StoreTooNew(StoreError):
    """A sealed record was written by a newer Facelock."""


class StoreUnwritable(StoreError):
    """The record could not be written (full disk, read-only folder). The old one still stands."""


class StoreInUse(StoreError):
    """Another Facelock has the store open."""


class KeyringError(FacelockError):
    """The operating system's keyring cannot be used."""


class KeyringUnavailable(KeyringError):
    """There is no keyring, or it stays locked."""


class PassphraseError(FacelockError):
    """A passphrase is of no use."""


class WrongPassphrase(PassphraseError):
    """It does not open the key (or the record is damaged: the two cannot be told apart)."""


class PassphraseTooWeak(PassphraseError):
    """It is too short or too easily guessed to protect anything."""


class PassphraseConfirmationNeeded(PassphraseError):
    """This action asks for the passphrase again (threat-model row 18)."""


class PassphraseTooSoon(PassphraseError):
    """After several wrong ones the next is taken only when `seconds` are over."""

    def __init__(self, message: str = "wait before the next", *, seconds: float = 1.0) -> None:
        super().__init__(message)
        self.seconds = seconds


class WrongRecoveryKey(PassphraseError):
    """It is no recovery key, or not the one of this person."""


class VaultError(FacelockError):
    """The vault of files and notes cannot do what was asked."""


class VaultLocked(VaultError):
    """The vault was closed; whatever was under way ended."""


class VaultFull(VaultError):
    """The quota, or the disk, has no room for this. Nothing was changed."""


class VaultRolledBack(VaultError):
    """The vault is older than the one last used: an old copy was put back. Passphrase needed."""


class VaultUnwritable(VaultError):
    """The vault could not be written. What was in it before is still in it."""


class ItemDamaged(VaultError):
    """An item does not open, or is not what was put in. Its file is left as it is."""


class ItemMissing(VaultError):
    """There is no such item."""


class ItemTooLarge(VaultError):
    """It is too large to be shown; it can be exported."""


class SourceUnreadable(VaultError):
    """The file to be put into the vault cannot be read, or is no plain file."""


class ExportUnwritable(VaultError):
    """The file cannot be written where it was to go. Nothing of it was left there."""


class BackupError(FacelockError):
    """A backup is of no use."""


class BackupUnreadable(BackupError):
    """The file is no backup of Facelock, is cut short or was changed. Nothing was restored."""


class BackupUnwritable(BackupError):
    """The backup could not be written where it was to go. No half of it was left there."""


class SettingsError(FacelockError):
    """A setting has a value outside its range."""


class EnrolmentError(FacelockError):
    """The enrolment cannot be completed."""


class TooFewSamples(EnrolmentError):
    """Not enough good samples were captured."""


class NotOnePerson(EnrolmentError):
    """The samples do not show one and the same person."""


class LooksLikeAnotherProfile(EnrolmentError):
    """The samples match somebody who is already enrolled."""


class NameTaken(EnrolmentError):
    """A profile of that name exists."""


class TrainingError(FacelockError):
    """A network cannot be trained."""


class TrainingDataUnusable(TrainingError):
    """The folder given is not there, or does not show the people that the recipe needs."""


class RunFolderUnusable(TrainingError):
    """The folder given belongs to something else: a run of other settings, or no run at all."""


class RunFolderUnwritable(TrainingError):
    """The run could not be saved (full disk, read-only folder). What was saved still stands."""


class TrainingDiverged(TrainingError):
    """The loss came to no number. The weights of the last step before still stand."""


class RetrainingError(FacelockError):
    """A head cannot be trained for these people, or not be put in force for them, just now."""


class RenewalDue(RetrainingError):
    """Somebody is not under the head in force yet, so they would be left out of the judging."""


class PeopleUnjudged(RetrainingError):
    """Somebody was enrolled since a new head was judged; nobody knows what it does to them."""


class NotEnrolled(FacelockError):
    """Nobody is enrolled yet, or the named person is not."""


class Cancelled(Exception):
    """The user asked to stop. Unwinds silently; never shown."""
