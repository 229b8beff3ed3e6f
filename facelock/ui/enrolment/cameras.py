"""How the wizard comes to its cameras."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from facelock.core.ports import FrameSource
from facelock.vision.camera_list import CameraInfo


@dataclass(frozen=True)
class Cameras:
    """The ways to list and open cameras. The real ones, or the demo's simulated one."""

    list: Callable[[], Sequence[CameraInfo]]  # slow: called in a task
    open: Callable[[str], FrameSource]  # by camera id; called in the camera's thread
    chosen: str = ""  # id in the settings
    open_try_out: Callable[[str], FrameSource] | None = None  # the demo's probe scene
