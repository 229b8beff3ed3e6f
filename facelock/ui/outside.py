"""What the window program takes from the world around it; `facelock.app` has the real one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from facelock.core.ports import Clock, FrameSource
    from facelock.core.scene import Scene
    from facelock.core.threshold import Calibration
    from facelock.desktop.autostart import Autostart
    from facelock.services.heads import Heads
    from facelock.services.recognition import FacePipeline
    from facelock.session.watch import SessionWatch
    from facelock.ui.camera_choice import LivePictures
    from facelock.vault.keys import KdfParameters
    from facelock.vision.camera_list import CameraInfo


class Players(Protocol):
    """Who plays in a demo: `services.demo_cast.DemoCast`, or a test's own."""

    owner_name: str
    stranger_name: str

    def owner_enrolment(self) -> FrameSource: ...  # noqa: D102
    def owner_glance(self, seed: int) -> FrameSource: ...  # noqa: D102
    def stranger_glance(self, seed: int) -> FrameSource: ...  # noqa: D102
    def on_stage(self, scene: Callable[[], Scene]) -> FrameSource: ...  # noqa: D102


@dataclass(frozen=True)
class Outside:
    """Everything the program takes from the world around it. `facelock.app` has the real ones."""

    load_pipeline: Callable[[], FacePipeline]  # slow: called in the loops' and tasks' threads
    load_calibration: Callable[[], Calibration]
    list_cameras: Callable[[], Sequence[CameraInfo]]  # slow: called in tasks
    open_camera: Callable[[str], FrameSource]  # by stable id; called in the camera's thread
    live_pictures: Callable[[], LivePictures]
    clock: Clock
    awake: Callable[[], float] | None = None  # seconds without those asleep; None: nobody asks
    cast: Players | None = None  # who plays before a demo's simulated camera
    erase: Callable[[], None] | None = None  # ends the program; None in a demo
    session: Callable[[], SessionWatch | None] = lambda: (
        None
    )  # what the system tells of the session
    has_tray: Callable[[], bool] | None = None  # None: there is none, and never will be
    autostart: Autostart | None = None  # None in a demo: nothing of it stays
    kdf: KdfParameters | None = None  # calibrated to the machine; given, and cheap, in tests

    def under(self, heads: Heads) -> Outside:
        """Return it with every pipeline and calibration that of the head in force when loaded."""
        return replace(
            self,
            load_pipeline=partial(heads.load_pipeline, self.load_pipeline),
            load_calibration=partial(heads.load_calibration, self.load_calibration),
        )
