"""A demo store with its owner already enrolled, in a folder of its own: for measuring a start.

Its device secret lies beside it in a file. That is why it can only ever be a demo store: what is
opened here is opened with `demo=True`, and a real store refuses that (threat-model row 3).
"""

from __future__ import annotations

import secrets
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from facelock.core.atomic_file import private_folder, read_private, write_atomically
from facelock.services.access import Access
from facelock.services.enrolling import Enroller
from facelock.services.simulation import frames_of
from facelock.vault.key_files import prepare_keys
from facelock.vault.keys import INTERACTIVE
from facelock.vault.store import ProfileStore

if TYPE_CHECKING:
    from facelock.core.ports import Clock
    from facelock.core.threshold import Calibration
    from facelock.services.demo import Cast
    from facelock.services.recognition import FacePipeline

_MAX_SECRET_BYTES = 4096


class SecretsInFolder:
    """Implements `core.ports.SecretKeeper` with plain files. For demo stores and nothing else."""

    is_persistent = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        private_folder(folder)

    def get(self, name: str) -> bytes | None:
        """Return a secret, None if there is none of that name."""
        try:
            return read_private(self._path(name), limit=_MAX_SECRET_BYTES)
        except FileNotFoundError:
            return None

    def put(self, name: str, secret: bytes) -> None:
        """Keep a secret."""
        write_atomically(self._path(name), secret)

    def delete(self, name: str) -> None:
        """Forget a secret; nothing happens if there is none."""
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / name.encode().hex()


def open_demo_folder(folder: Path) -> ProfileStore:
    """Open (or make) the demo store of a folder. Raises StoreDamaged if it is a real one."""
    return ProfileStore.open(folder / "store", SecretsInFolder(folder / "secrets"), demo=True)


def enrol_demo_owner(
    folder: Path,
    cast: Cast,
    pipeline: FacePipeline,
    calibration: Calibration,
    clock: Clock,
    *,
    passphrase: str | None = None,
) -> None:
    """Make a demo store in `folder` with the cast's owner enrolled, guided pose by pose.

    `passphrase`: the owner's; without one it is random, and nobody knows it.
    Raises TooFewSamples if the pipeline could not enrol them, StoreUnwritable.
    """
    store = open_demo_folder(folder)
    store.save_machine(replace(store.machine, liveness=False))
    with closing(Access(store, clock)) as access:
        gallery = access.gallery(pipeline.model_sha256)
        enroller = Enroller(pipeline, gallery, calibration, demo=True)
        pipeline.restart()
        for frame in frames_of((cast.owner_enrolment(),)):
            if enroller.offer(frame).flow.is_complete:
                break
        profile = enroller.profile(name=cast.owner_name, created_at=clock.wall())
        secret = secrets.token_urlsafe(18) if passphrase is None else passphrase
        keys = prepare_keys(profile.profile_id, secret, kdf=INTERACTIVE)
        access.enrol(profile, keys)
