"""What the watch looks for while it is open: the person inside, and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facelock.core.presence import Who
from facelock.services.gallery import lock_gallery
from facelock.services.presence import PresenceWork

if TYPE_CHECKING:
    from facelock.core.frames import Frame
    from facelock.core.presence import Sighting
    from facelock.services.access import Access
    from facelock.services.recognition import FacePipeline


class WatchWork:
    """`PresenceWork` that says nothing of a face that could never be shown to be the owner's.

    Such as before a camera that was never bound to them: without this their own face would lock.
    An empty chair is one before any camera.
    """

    def __init__(self, work: PresenceWork) -> None:
        self._work = work

    def __call__(self, frame: Frame) -> Sighting | None:
        """Say who is there; None if that cannot be told before this camera."""
        sighting = self._work(frame)
        return sighting if self._work.can_match or sighting.who is Who.NOBODY else None


def watch_work(access: Access, pipeline: FacePipeline, now: float) -> WatchWork | None:
    """Return what is done with the frames of the watch for whoever is inside.

    None while locked, or if nothing that is kept of them can be compared with what this pipeline
    sees. `now`: seconds since the epoch, for looks that have expired.
    """
    inside = access.unlocked_for
    if inside is None:
        return None
    found = lock_gallery(
        access.profiles,
        access.terms,
        None,
        model_sha256=pipeline.model_sha256,
        now=now,
        chosen=inside.profile_id,
    )
    return WatchWork(PresenceWork(pipeline, found.gallery)) if found.can_match else None
