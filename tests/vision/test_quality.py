"""What is measured on a face has the right sign, scale and direction."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from fakes import PaintedFace, painted_landmarks
from real_face import framed, moved, portrait

from facelock.core.frames import Frame, HeadPose, Landmarks
from facelock.core.quality import PROBE_LIMITS, Defect, QualityReport
from facelock.vision.alignment import align
from facelock.vision.detector import BlazeFace
from facelock.vision.landmarks import FaceMesh
from facelock.vision.quality import head_pose, measure

Pixels = cv2.typing.MatLike


class Eyes:
    """Detector and mesh together."""

    def __init__(self) -> None:
        self.detector, self.mesh = BlazeFace(), FaceMesh()
        self.found = self.landmarks(framed(portrait()))

    def landmarks(self, frame: Frame) -> Landmarks:
        return self.mesh.find(frame, self.detector.detect(frame)[0])

    def report(self, pixels: Pixels) -> QualityReport:
        """Measure a picture in which her face is where it was."""
        frame = framed(pixels)
        return measure(frame, self.found, align(frame, self.found))


@pytest.fixture(scope="module")
def eyes() -> Eyes:
    return Eyes()


def turned_solid(yaw: float, pitch: float, roll: float) -> Landmarks:
    """Return a flat mesh turned in space as a solid body, degrees, as the person sees it."""
    flat = painted_landmarks(PaintedFace(1)).points.astype(np.float64)
    centre = flat[:, :].mean(axis=0)
    a, b, c = np.radians([yaw, pitch, roll])
    # x right in the picture, y down, z away: a head turned to its left looks to +x.
    about_y = np.array([[np.cos(a), 0, -np.sin(a)], [0, 1, 0], [np.sin(a), 0, np.cos(a)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(b), np.sin(b)], [0, -np.sin(b), np.cos(b)]])
    about_z = np.array([[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]])
    points = (flat - centre) @ (about_z @ about_x @ about_y).T + centre
    return Landmarks(points.astype(np.float32), 1.0)


@pytest.mark.parametrize(
    ("turn", "expected"),
    [
        ((25, 0, 0), HeadPose(25, 0, 0)),
        ((-25, 0, 0), HeadPose(-25, 0, 0)),
        ((0, 20, 0), HeadPose(0, 20, 0)),
        ((0, -20, 0), HeadPose(0, -20, 0)),
        ((0, 0, 30), HeadPose(0, 0, 30)),
        ((0, 0, -30), HeadPose(0, 0, -30)),
        ((20, 0, 30), HeadPose(20, 0, 30)),
    ],
)
def test_the_pose_of_a_turned_solid_is_its_turn(
    turn: tuple[float, float, float], expected: HeadPose
) -> None:
    found = head_pose(turned_solid(*turn))
    assert (found.yaw, found.pitch, found.roll) == pytest.approx(
        (expected.yaw, expected.pitch, expected.roll), abs=0.5
    )


def test_the_nose_goes_where_the_yaw_and_pitch_say() -> None:
    """To the person's left is right in the picture; up is up."""
    forward = np.array([0.0, 0.0, -1.0])
    a = np.radians(25)
    about_y = np.array([[np.cos(a), 0, -np.sin(a)], [0, 1, 0], [np.sin(a), 0, np.cos(a)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(a), np.sin(a)], [0, -np.sin(a), np.cos(a)]])
    assert (about_y @ forward)[0] > 0
    assert (about_x @ forward)[1] < 0


def test_a_mirrored_picture_turns_yaw_and_roll_round_and_leaves_the_pitch(eyes: Eyes) -> None:
    for degrees in (-20.0, 20.0):
        pixels = moved(degrees)[0]
        seen = head_pose(eyes.landmarks(framed(pixels)))
        mirrored = head_pose(eyes.landmarks(framed(pixels[:, ::-1])))
        assert mirrored.roll == pytest.approx(-seen.roll, abs=4)
        assert mirrored.yaw == pytest.approx(-seen.yaw, abs=4)
        assert mirrored.pitch == pytest.approx(seen.pitch, abs=4)


def test_a_head_tilted_to_its_left_shoulder_rolls_positively(eyes: Eyes) -> None:
    """Its crown moves to the right in the picture: clockwise."""
    straight = head_pose(eyes.landmarks(framed(portrait()))).roll
    clockwise = head_pose(eyes.landmarks(framed(moved(-20)[0]))).roll
    assert clockwise - straight == pytest.approx(20, abs=3)


def test_a_good_picture_may_be_compared(eyes: Eyes) -> None:
    report = eyes.report(portrait())
    assert PROBE_LIMITS.defects(report) == ()
    assert report.eye_distance == pytest.approx(42, abs=4)
    assert 0.15 < report.frame_share < 0.3
    assert report.inside == 1.0
    assert 0.2 < report.eye_openness < 0.45


def test_blur_lowers_the_sharpness_step_by_step(eyes: Eyes) -> None:
    pictures = [cv2.GaussianBlur(portrait(), (0, 0), spread) for spread in (1, 2, 4, 8)]
    sharpness = [eyes.report(pixels).sharpness for pixels in (portrait(), *pictures)]
    assert sharpness == sorted(sharpness, reverse=True)
    blurred = eyes.report(cv2.GaussianBlur(portrait(), (0, 0), 6))
    assert Defect.BLURRED in PROBE_LIMITS.defects(blurred)


@pytest.mark.parametrize("size", [(25, 1), (1, 25)])
def test_motion_blur_counts_in_whichever_direction(eyes: Eyes, size: tuple[int, int]) -> None:
    moving = eyes.report(cv2.blur(portrait(), size))
    assert moving.sharpness < 0.6 * eyes.report(portrait()).sharpness


def test_light_hardly_changes_the_sharpness(eyes: Eyes) -> None:
    dim = eyes.report((portrait() * 0.5).astype(np.uint8))
    assert dim.sharpness == pytest.approx(eyes.report(portrait()).sharpness, rel=0.1)


def test_the_dark_and_the_burnt_out_are_told(eyes: Eyes) -> None:
    dark = eyes.report((portrait() * 0.1).astype(np.uint8))
    assert PROBE_LIMITS.defects(dark)[0] is Defect.TOO_DARK
    burnt = eyes.report(np.clip(portrait().astype(int) + 160, 0, 255).astype(np.uint8))
    assert Defect.TOO_BRIGHT in PROBE_LIMITS.defects(burnt)
    assert burnt.clipped > 0.5


def test_a_flat_face_has_no_contrast_and_no_sharpness_and_is_no_error(eyes: Eyes) -> None:
    report = eyes.report(np.full((512, 512, 3), 128, np.uint8))
    assert (report.contrast, report.sharpness) == (0.0, 0.0)


def test_a_cut_off_face_says_how_much_is_left(eyes: Eyes) -> None:
    frame = framed(portrait()[:, :225])
    report = measure(frame, eyes.found, align(frame, eyes.found))
    assert 0.3 < report.inside < 0.7
    assert PROBE_LIMITS.defects(report)[0] is Defect.CUT_OFF


def test_closed_eyes_are_seen(eyes: Eyes) -> None:
    points = eyes.found.points.copy()
    for upper, lower in ((160, 144), (158, 153), (385, 380), (387, 373)):
        points[upper] = points[lower]
    frame = framed(portrait())
    shut = measure(frame, replace(eyes.found, points=points), align(frame, eyes.found))
    assert shut.eye_openness < 0.01
    assert PROBE_LIMITS.defects(shut) == (Defect.EYES_CLOSED,)
