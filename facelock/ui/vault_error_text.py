"""Sentences for what can go wrong with the vault and with backups. Part of `error_text`."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from facelock.core import errors

translate = QCoreApplication.translate


def vault_error_text(error: errors.VaultError | errors.BackupError) -> str:
    """Return the sentence for a person."""
    match error:
        case errors.VaultLocked():
            return translate("errors", "The vault was closed. Unlock Facelock and try again.")
        case errors.VaultFull():
            return translate(
                "errors",
                "There is no room for this in the vault or on the disk. Nothing was changed. "
                "Delete something, or make room, then try again.",
            )
        case errors.VaultRolledBack():
            return translate(
                "errors",
                "This vault is older than the one you last used: somebody put an old copy back. "
                "Enter your passphrase to open it as it is.",
            )
        case errors.VaultUnwritable():
            return translate(
                "errors",
                "The vault could not be written. What was in it still is. "
                "Make room on the disk, then try again.",
            )
        case errors.ItemDamaged():
            return translate(
                "errors",
                "This does not open: it was damaged or changed. It was left as it is. "
                "Restore it from a backup.",
            )
        case errors.ItemMissing():
            return translate("errors", "This is not in the vault any more.")
        case errors.ItemTooLarge():
            return translate("errors", "This is too large to be shown here. Export it instead.")
        case errors.SourceUnreadable():
            return translate(
                "errors", "That file cannot be read. Check that it is a file, and yours to read."
            )
        case errors.ExportUnwritable():
            return translate(
                "errors",
                "The file cannot be written there. Choose another folder, or make room.",
            )
        case errors.BackupUnreadable():
            return translate(
                "errors",
                "That is no backup of Facelock, or it is incomplete. Nothing was restored. "
                "Try another copy of it.",
            )
        case errors.BackupUnwritable():
            return translate(
                "errors",
                "The backup could not be written there. Choose another place, or make room.",
            )
        case _:
            return translate("errors", "Something went wrong. Details are in the log.")
