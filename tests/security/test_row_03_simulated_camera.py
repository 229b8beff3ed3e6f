"""Threat-model row 3: no file, folder or virtual camera passes for a physical one.

A frame cannot lie about where it is from, and a real profile is never compared with one that is
not from a camera.
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
import itertools
from pathlib import Path

import pytest
from fake_cameras import FakeCapture, camera_info, noise
from fakes import MODEL, fake_pipeline, made_up_profile, shown

from facelock.core.errors import CameraNotFound, SimulatedCameraRefused
from facelock.core.frames import Frame
from facelock.core.levels import Level
from facelock.core.template import make_gallery
from facelock.services.recognition import Recogniser
from facelock.vision.camera import OpenCVCamera
from facelock.vision.simulated_camera import ClipRange, SimulatedCamera

pytestmark = pytest.mark.security

PACKAGE = Path(__file__).parents[2] / "facelock"

MAY_TOUCH_THE_ENVIRONMENT = {
    "vision/opencv_environment.py",  # writes what OpenCV reads; reads nothing itself
    "desktop/display.py",  # is there a display to show a window on? the lock never asks
    "services/evaluation_plot.py",  # gives matplotlib a throw-away cache; for --plot, opens nothing
    "cli/demo.py",  # the demo's window, or its film in the terminal; a demo opens nothing real
}
"""Files that may name the environment at all. Each further one needs a reason here."""


def never_opened(index: int, backend: int) -> FakeCapture:
    pytest.fail("a refused camera was opened")


def test_a_virtual_camera_cannot_be_made_into_a_source() -> None:
    with pytest.raises(SimulatedCameraRefused):
        OpenCVCamera(camera_info("Loop", why_refused="virtual-device"))


def test_a_virtual_camera_is_not_opened_by_its_id_either() -> None:
    virtual = camera_info("Loop", why_refused="virtual-device")
    for chosen in ("", virtual.camera_id):
        camera = OpenCVCamera(chosen, cameras=lambda: (virtual,), capture=never_opened)
        with pytest.raises(SimulatedCameraRefused):
            camera.open()


def test_a_virtual_camera_in_the_place_of_a_physical_one_is_not_opened() -> None:
    physical = camera_info("Desk Camera", index=0)
    same_number = camera_info("Loop", index=0, why_refused="virtual-device")
    same_id = dataclasses.replace(physical, physical=False, why_refused="virtual-device")
    for swapped, refusal in ((same_number, CameraNotFound), (same_id, SimulatedCameraRefused)):
        listed = itertools.repeat((swapped,))
        camera = OpenCVCamera(physical, cameras=listed.__next__, capture=never_opened)
        with pytest.raises(refusal):
            camera.open()


def test_a_path_or_address_is_no_camera() -> None:
    for text in ("clip.mp4", "/dev/video0", "0", "rtsp://somewhere/stream"):
        camera = OpenCVCamera(text, cameras=lambda: (camera_info(),), capture=never_opened)
        with pytest.raises(CameraNotFound):
            camera.open()


@pytest.mark.parametrize("realtime", [True, False])
@pytest.mark.parametrize("loop", [True, False])
def test_no_option_makes_a_played_frame_look_physical(realtime: bool, loop: bool) -> None:  # noqa: FBT001
    camera = SimulatedCamera.of_frames([noise(1)], 30, realtime=realtime, loop=loop)
    camera.open()
    frame = camera.read()
    camera.close()
    assert camera.simulated
    assert frame.simulated


def test_the_mark_cannot_be_taken_off() -> None:
    camera = SimulatedCamera(ClipRange(Path("clip.mp4")), realtime=False, loop=False)
    with pytest.raises(AttributeError):
        camera.simulated = False  # type: ignore[misc] # the attack
    frame = Frame(noise(1), 0.0, simulated=True)
    with pytest.raises(dataclasses.FrozenInstanceError):
        frame.simulated = False  # type: ignore[misc] # the attack
    with pytest.raises(AttributeError):
        OpenCVCamera().simulated = True  # type: ignore[misc] # nor put on


def test_no_parameter_of_a_source_speaks_of_its_origin() -> None:
    for source in (SimulatedCamera.__init__, SimulatedCamera.of_frames, OpenCVCamera.__init__):
        names = set(inspect.signature(source).parameters)
        assert not names & {"simulated", "physical", "trusted", "demo", "real"}


def test_one_place_says_not_simulated() -> None:
    """Only the physical camera makes frames that are not simulated."""
    claims = [
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if "simulated=False" in path.read_text(encoding="utf-8")
    ]
    assert claims == ["vision/camera.py"]


def names_the_environment(path: Path) -> bool:
    """True if a module uses os.environ, os.getenv or a kin of theirs."""
    words = {"environ", "environb", "getenv", "getenvb", "putenv", "unsetenv"}
    words |= {"qgetenv", "qEnvironmentVariable", "QProcessEnvironment"}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Attribute(attr=name) | ast.Name(id=name) if name in words:
                return True
            case ast.alias(name=name) if name.rpartition(".")[2] in words:
                return True
            case _:
                pass
    return False


def test_no_environment_variable_is_read() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if names_the_environment(path)
    }
    assert found <= MAY_TOUCH_THE_ENVIRONMENT


def test_what_is_written_for_opencv_is_not_read() -> None:
    text = (PACKAGE / "vision" / "opencv_environment.py").read_text(encoding="utf-8")
    assert text.count("environ.") == 1
    assert "os.environ.update(" in text


def test_a_played_owner_is_not_even_compared_with_a_real_profile() -> None:
    gallery = make_gallery((made_up_profile(1),), Level.BALANCED, demo=False, model_sha256=MODEL)
    recogniser = Recogniser(fake_pipeline(), gallery)
    for frame in shown(1, 30, simulated=True):
        with pytest.raises(SimulatedCameraRefused):
            recogniser.observe(frame)
