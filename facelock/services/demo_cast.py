"""Who plays in the demo: an owner and a stranger, on simulated cameras.

Only openly licensed portraits (`assets/faces/README.md`), and only for a demo profile: all frames
are simulated. What the pipeline makes of them is computed as for any other camera.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial

from facelock.core.ports import FrameSource
from facelock.core.scene import Scene
from facelock.vision.portrait import CREDITS, Sitter, load_portrait
from facelock.vision.puppet import Puppet
from facelock.vision.puppet_camera import PuppetCamera, Take
from facelock.vision.puppet_motion import enrolment_motion, glance_motion
from facelock.vision.stage_camera import StageCamera

_OWNER, _STRANGER = Sitter.COLLINS, Sitter.HOPPER
_ENROLMENT_SEED = 1


class DemoCast:
    """Gives one camera per scene. Portraits are prepared on first use (0.3 s each).

    `realtime`: cameras run at 30 frames a second, as in the window; else as fast as they are read,
    as in the terminal. `loop`: scenes begin again at their end instead of raising EOFError.
    """

    owner_name = "Eileen Collins"
    stranger_name = "Grace Hopper"
    credits = (CREDITS[_OWNER], CREDITS[_STRANGER])

    def __init__(self, *, realtime: bool, loop: bool = False) -> None:
        self._realtime = realtime
        self._loop = loop

    def owner_enrolment(self) -> FrameSource:
        """The owner looks straight on, left, right, up and down; about 11 s."""
        return self._camera(partial(enrolment_motion, self._owner, _ENROLMENT_SEED))

    def owner_glance(self, seed: int) -> FrameSource:
        """The owner comes into view and looks at the camera; no frame is one of the enrolment."""
        return self._camera(partial(glance_motion, self._owner, seed))

    def stranger_glance(self, seed: int) -> FrameSource:
        """Somebody else comes into view and looks at the camera."""
        return self._camera(partial(glance_motion, self._stranger, seed))

    def on_stage(self, scene: Callable[[], Scene]) -> FrameSource:
        """Whoever `scene` says; asked at each frame, so that they come and go while it films."""
        return StageCamera(self._owner, self._stranger, scene, realtime=self._realtime)

    def _camera(self, take: Take) -> FrameSource:
        return PuppetCamera(take, realtime=self._realtime, loop=self._loop)

    @cached_property
    def _owner(self) -> Puppet:
        return Puppet(load_portrait(_OWNER))

    @cached_property
    def _stranger(self) -> Puppet:
        return Puppet(load_portrait(_STRANGER))


class OnlyStrangers(DemoCast):
    """A cast in which the owner never comes: the lock stays locked and goes on looking."""

    def owner_glance(self, seed: int) -> FrameSource:
        """Somebody else comes into view and looks at the camera."""
        return self.stranger_glance(seed)

    def on_stage(self, scene: Callable[[], Scene]) -> FrameSource:
        """Somebody else, whatever `scene` says."""
        del scene
        return StageCamera(
            self._stranger, self._stranger, lambda: Scene.STRANGER, realtime=self._realtime
        )
