"""Which cameras there are: by name, by an id that survives replugging, and physical or not.

Only physical cameras may unlock a real profile (threat-model row 3). On Linux the kernel's device
tree tells (`camera_sysfs`). On Windows a device path does, and software cameras are known by name.
On macOS only names are known here. Whoever installs a software camera under an honest name as an
administrator gets past the names; SECURITY.md says so.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import cv2

from facelock.core.errors import CameraNotFound, SimulatedCameraRefused
from facelock.vision.camera_sysfs import SYSFS, describe_node, is_camera_name

SOFTWARE_CAMERAS = (
    "obs virtual", "obs-camera", "obs camera", "manycam", "snap camera", "xsplit", "droidcam",
    "iriun", "epoccam", "ivcam", "splitcam", "youcam", "e2esoft", "vcam", "altercam", "webcamoid",
    "akvirtualcamera", "unity video capture", "virtual", "ndi webcam", "ndi video", "mmhmm",
    "camo", "chromacam", "fakewebcam", "v4l2loopback", "dummy video device", "loopback", "vtuber",
    "nvidia broadcast", "screen capture", "prism live", "reincubate", "avatarify", "deepfacelive",
)  # fmt: skip
"""Parts of the names, in lower case, under which programs (not devices) offer pictures."""


@dataclass(frozen=True)
class CameraInfo:
    """One camera as the operating system lists it."""

    camera_id: str  # stable: "usb:VID:PID:serial:interface", or the place it is plugged in
    name: str  # as the maker gave it
    index: int  # OpenCV's number of it in `backend`, today; changes when replugged
    backend: int  # cv2.CAP_V4L2, CAP_DSHOW ...
    physical: bool
    why_refused: str | None = None  # if not physical: one word for the log, e.g. "virtual-device"


class Node(Protocol):
    """What `cv2_enumerate_cameras` tells about a camera."""

    @property
    def index(self) -> int: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def path(self) -> str | None: ...  # noqa: D102
    @property
    def vid(self) -> int | None: ...  # noqa: D102
    @property
    def pid(self) -> int | None: ...  # noqa: D102
    @property
    def backend(self) -> int: ...  # noqa: D102


_BACKENDS = {
    "linux": (cv2.CAP_V4L2,),
    # DirectShow opens in a moment where Media Foundation may take many seconds.
    "win32": (cv2.CAP_DSHOW, cv2.CAP_MSMF),
    "darwin": (cv2.CAP_AVFOUNDATION,),
}


def _nodes(platform: str) -> list[Node]:
    import cv2_enumerate_cameras  # loads the system's media libraries: not at start-up

    backends = [
        backend
        for backend in _BACKENDS.get(platform, ())
        if backend in cv2_enumerate_cameras.supported_backends
    ]
    return [
        node for backend in backends for node in cv2_enumerate_cameras.enumerate_cameras(backend)
    ]


def list_cameras(
    *,
    platform: str = sys.platform,
    nodes: Callable[[str], Sequence[Node]] = _nodes,
    sysfs: Path = SYSFS,
) -> tuple[CameraInfo, ...]:
    """Return the cameras connected now, physical ones first, then by number.

    Virtual cameras are listed too, with `physical` False, so that the picker can explain.
    Takes up to some hundred milliseconds on Windows: not for the GUI thread.
    """
    found = [
        _on_linux(node, sysfs) if platform == "linux" else _elsewhere(node, platform)
        for node in sorted(nodes(platform), key=lambda node: node.index)
        if is_camera_name(node.name)
    ]
    return tuple(sorted(_one_each(found), key=lambda camera: not camera.physical))


def choose_camera(cameras: Iterable[CameraInfo], camera_id: str = "") -> CameraInfo:
    """Return the camera of that id, or the first physical one if `camera_id` is empty.

    Raises CameraNotFound if it is not connected, SimulatedCameraRefused if it is not physical.
    Never falls back to another camera than the one asked for.
    """
    wanted = [camera for camera in cameras if camera_id in ("", camera.camera_id)]
    if not wanted:
        raise CameraNotFound("not connected")
    physical = [camera for camera in wanted if camera.physical]
    if not physical:
        raise SimulatedCameraRefused(wanted[0].why_refused or "not physical")
    return physical[0]


def _on_linux(node: Node, sysfs: Path) -> CameraInfo:
    described = describe_node(f"video{node.index}", sysfs)
    refused = described.why_refused or _software_name(node.name)
    return CameraInfo(
        described.camera_id, node.name, node.index, node.backend, refused is None, refused
    )


def _elsewhere(node: Node, platform: str) -> CameraInfo:
    path = (node.path or "").lower()
    refused = _software_name(node.name)
    if platform == "win32":
        refused = refused or _windows_refusal(path)
    ids = f"{node.vid:04x}:{node.pid:04x}" if node.vid is not None and node.pid is not None else ""
    # \\?\usb#vid_046d&pid_085b&mi_00#7&2f1c&0&0000#{class}\global: the third part is the serial
    # number or the port, whichever Windows knows. The class differs between DSHOW and MSMF.
    parts = path.split("#")
    place = "#".join(parts[1:3]) if len(parts) > 2 else path
    camera_id = ":".join(part for part in (platform, ids, place or node.name) if part)
    return CameraInfo(camera_id, node.name, node.index, node.backend, refused is None, refused)


def _windows_refusal(path: str) -> str | None:
    """A device has a path below a bus; a software filter has none or one below `root`/`swd`."""
    if not path.startswith("\\\\?\\"):
        return "no-device"
    return "virtual-device" if path[4:].startswith(("root#", "swd#", "sw#")) else None


def _software_name(name: str) -> str | None:
    lower = name.lower()
    return "known-software" if any(part in lower for part in SOFTWARE_CAMERAS) else None


def _one_each(cameras: Iterable[CameraInfo]) -> list[CameraInfo]:
    """Keep one entry per id: further nodes are the same sensor's metadata, or another backend.

    Two cameras of the same make *and* serial number come here with different places in their ids
    (`camera_sysfs`), so neither hides the other.
    """
    first: dict[str, CameraInfo] = {}
    for camera in cameras:
        known = first.setdefault(camera.camera_id, camera)
        if not camera.physical and known.physical:
            first[camera.camera_id] = replace(known, physical=False, why_refused=camera.why_refused)
    return list(first.values())
