"""Saves a new person: keys in the background, then the record. Keeps the keys for a second try."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from facelock.core.errors import FacelockError
from facelock.vault.key_files import PreparedKeys, prepare_keys
from facelock.vault.keys import KdfParameters, wipe
from facelock.workers.task import run_task

if TYPE_CHECKING:
    from facelock.core.template import Profile
    from facelock.services.access import Access
    from facelock.vault.recovery import RecoveryKey

_log = logging.getLogger(__name__)


class Saving(QObject):
    """One person at a time. `first`: the app opens for them once they are saved."""

    saved = Signal(str)  # profile id
    failed = Signal(object)  # the error; nothing was stored

    def __init__(
        self,
        access: Access,
        kdf: KdfParameters | None,
        parent: QObject | None = None,
        *,
        first: bool,
    ) -> None:
        super().__init__(parent)
        self._access = access
        self._kdf = kdf
        self._first = first
        self._profile: Profile | None = None
        self._camera_id = ""
        self._passphrase_of_keys = ""
        self._keys: PreparedKeys | None = None
        self.recovery: RecoveryKey | None = None  # of the person saved, until `forget`

    @property
    def is_under_way(self) -> bool:
        """True until `saved` or `failed`."""
        return self._profile is not None

    def start(self, profile: Profile, name: str, passphrase: str, camera_id: str) -> None:
        """Save the person under this name and passphrase; their face opens with this camera."""
        self._profile = replace(profile, name=name)
        self._camera_id = camera_id
        fits = self._keys is not None and self._keys.profile_id == profile.profile_id
        if fits and passphrase == self._passphrase_of_keys:
            self._store()
            return
        self.forget()
        self._passphrase_of_keys = passphrase
        work = partial(prepare_keys, profile.profile_id, passphrase, kdf=self._kdf)
        run_task(self, work, self._on_keys, self._fail)

    def forget(self) -> None:
        """Wipe the keys prepared for a second try, and forget the recovery key."""
        self.recovery = None
        self._passphrase_of_keys = ""
        if self._keys is not None:
            wipe(self._keys.vault_key)
            self._keys = None

    @Slot(object)
    def _on_keys(self, keys: PreparedKeys) -> None:
        self._keys = keys
        self._store()

    def _store(self) -> None:
        profile, keys = self._profile, self._keys
        if profile is None or keys is None:
            return
        try:
            self._access.enrol(profile, keys, enter=self._first, camera_id=self._camera_id)
        except FacelockError as error:
            self._fail(error)
            return
        self._profile = None
        self.forget()
        self.recovery = keys.recovery_key
        self.saved.emit(profile.profile_id)

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._profile = None
        self.failed.emit(error)
