"""A camera that is new to Facelock, until a passphrase vouches for it (threat-model row 3)."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from facelock.core.errors import FacelockError
from facelock.core.observation import NewCamera

if TYPE_CHECKING:
    from facelock.core.observation import Observation
    from facelock.services.access import Access

_log = logging.getLogger(__name__)


class CameraBinding:
    """Of one lock page: which new camera saw a face, and whose face opens with it from now on."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._new: str | None = None  # id of one that saw a face and is not known yet

    def forget(self) -> None:
        """No camera has seen anybody."""
        self._new = None

    def note(self, seen: Observation) -> None:
        """Remember the camera if it is a new one."""
        if isinstance(seen, NewCamera):
            self._new = seen.camera_id

    def bind(self, profile_id: str) -> None:
        """A passphrase was typed: if the camera is new, this person's face opens with it now."""
        if self._new is None:
            return
        try:
            self._access.bind_camera(profile_id, self._new)
        except FacelockError:
            _log.exception("the camera could not be bound; the passphrase is asked for again")
