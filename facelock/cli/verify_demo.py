"""What `facelock verify --demo-folder` works on: a demo profile, and its owner already in view.

To measure and to try the command without a camera. A demo store refuses to be opened as a real one
and a real one to be opened as a demo (threat-model row 3), and a demo never exits 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from facelock.core.frames import Frame
    from facelock.core.ports import FrameSource
    from facelock.services.access import Access
    from facelock.vision.puppet import Puppet

_ARRIVED = 30  # frames of a glance until whoever comes into view has arrived
_SEED = 11


@contextmanager
def opened_demo(folder: Path) -> Iterator[Access]:
    """Open the demo store of a folder, made with its owner enrolled if there is none.

    Raises StoreDamaged if there is a real one; whatever else opening a store raises.
    """
    from facelock.desktop.clock import SystemClock
    from facelock.desktop.paths import Paths
    from facelock.services.access import Access
    from facelock.services.demo_store import open_demo_folder

    paths = Paths.below(folder)
    if not paths.store.is_dir():
        _enrol(paths.data)
    store = open_demo_folder(paths.data)
    with closing(store), closing(Access(store, SystemClock())) as access:
        yield access


def _enrol(data: Path) -> None:
    from facelock.desktop.clock import SystemClock
    from facelock.services.calibration import load_calibration
    from facelock.services.demo_cast import DemoCast
    from facelock.services.demo_store import enrol_demo_owner
    from facelock.services.loading import load_pipeline

    cast = DemoCast(realtime=False)
    enrol_demo_owner(data, cast, load_pipeline(), load_calibration(), SystemClock())


def demo_camera() -> FrameSource:
    """Return a simulated camera at 30 frames a second, before which the owner already sits."""
    from facelock.vision.portrait import Sitter, load_portrait
    from facelock.vision.puppet import Puppet
    from facelock.vision.puppet_camera import PuppetCamera

    owner = Puppet(load_portrait(Sitter.COLLINS))
    return PuppetCamera(partial(_seated, owner), realtime=True, loop=True)


def _seated(owner: Puppet) -> Iterator[Frame]:
    """Play a glance from where they have arrived; what comes before is rendered at once."""
    from facelock.vision.puppet_motion import glance_motion

    frames = glance_motion(owner, _SEED)
    for _ in range(_ARRIVED):
        next(frames)
    return frames
