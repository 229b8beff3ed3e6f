"""A demo's cast on one stage: who is before the camera changes while the program runs.

For measurements, for the long run and for tests of a whole day. Every frame is simulated, as in any
demo, so this can open a demo store and nothing else (threat-model row 3).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from facelock.core.errors import CameraLost, CameraNotFound
from facelock.core.frames import Frame
from facelock.core.ports import FrameSource
from facelock.core.scene import Scene
from facelock.services.demo_cast import DemoCast
from facelock.vision.stage_camera import StageCamera


class StagedCast(DemoCast):
    """Owner and stranger before one camera that can be unplugged.

    `scene` and `is_plugged_in` may be set from any thread; they hold from the next frame on.
    """

    def __init__(self, scene: Scene = Scene.EMPTY) -> None:
        super().__init__(realtime=True, loop=True)
        self.is_plugged_in = True
        self._scene = scene
        self._scene_since = time.monotonic()
        self._lock = threading.Lock()
        self._open = 0

    @property
    def scene(self) -> Scene:
        """Who is there."""
        return self._scene

    @scene.setter
    def scene(self, scene: Scene) -> None:
        self._scene = scene
        self._scene_since = time.monotonic()

    @property
    def scene_since(self) -> float:
        """Seconds (time.monotonic) at which this scene began."""
        return self._scene_since

    @property
    def cameras_open(self) -> int:
        """How many cameras are open now; more than one would be a fault of the program."""
        return self._open

    def owner_glance(self, seed: int) -> FrameSource:
        """Return the camera before the stage. Who is seen is for `scene` to say."""
        return _StageWithPlug(self, seed)

    def stranger_glance(self, seed: int) -> FrameSource:
        """Return the same: there is one stage."""
        return self.owner_glance(seed)

    def on_stage(self, scene: Callable[[], Scene]) -> FrameSource:
        """Return the same: it is `self.scene` that says who is seen, not the window's strip."""
        del scene
        return self.owner_glance(0)

    def film(self, seed: int) -> StageCamera:
        """Return a camera before the stage that nobody can unplug."""
        return StageCamera(self._owner, self._stranger, lambda: self._scene, seed=seed)

    def note(self, opened: int) -> None:
        """A camera was opened (1) or closed (-1); called in its thread."""
        with self._lock:
            self._open += opened


class _StageWithPlug:
    """A `FrameSource`: the stage's camera while it is plugged in."""

    def __init__(self, cast: StagedCast, seed: int) -> None:
        self._cast = cast
        self._camera = cast.film(seed)
        self._open = False

    @property
    def simulated(self) -> bool:
        """Always True."""
        return self._camera.simulated

    def open(self) -> None:
        """Begin to film. Raises CameraNotFound if it is not plugged in."""
        if not self._cast.is_plugged_in:
            raise CameraNotFound("the simulated camera is unplugged")
        self._camera.open()
        self._open = True
        self._cast.note(1)

    def read(self) -> Frame:
        """Return the next frame. Raises CameraLost if it was unplugged."""
        self._require()
        return self._camera.read()

    def skip(self) -> None:
        """Let one frame pass. Raises CameraLost if it was unplugged."""
        self._require()
        self._camera.skip()

    def close(self) -> None:
        """Film no more. May be called any number of times."""
        self._camera.close()
        if self._open:
            self._open = False
            self._cast.note(-1)

    def _require(self) -> None:
        if not self._cast.is_plugged_in:
            raise CameraLost("the simulated camera was unplugged")
