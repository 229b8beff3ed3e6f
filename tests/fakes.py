"""Stand-ins for the ports: a clock, painted people and networks that recognise them, a store.

A synthetic frame is a picture of squares. Its first row of pixels says where the faces are and
where they look, so that the fake detector and landmarks need no eyes; who they are is painted into
the face itself, so that the fake embedder sees only what the real alignment cut out.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast

import cv2
import numpy as np

from facelock.core.comparison import Embedding
from facelock.core.errors import KeyringUnavailable
from facelock.core.frames import DetectedFace, FaceBox, FaceCrop, Frame, HeadPose, Landmarks, Pixels
from facelock.core.head import Head, network_sha256
from facelock.core.levels import Level
from facelock.core.liveness import Judgement, Layer, Shown
from facelock.core.look import Look
from facelock.core.template import Profile, Sample, make_references, make_thresholds
from facelock.core.threshold import Calibration, ScoreDensities
from facelock.services.recognition import FacePipeline

MODEL = "f" * 64
DIMENSION = 192
NO_HEAD = Head.identity(DIMENSION)
STRAIGHT = HeadPose(0.0, 0.0, 0.0)

_FACE_IN_CROP = 76.0  # pixels from ear to ear in the aligned crop; the painted face spans the box
_HEADER = 3  # pixels of the first row that describe one face
_SHADES = 8  # steps of blue between two people
_EYES = ((33, 160, 158, 133, 153, 144), (362, 385, 387, 263, 373, 380))
_ALIGNED = {  # where the points that alignment uses lie in the crop
    33: (30.33, 51.89),
    133: (45.64, 52.46),
    362: (64.86, 52.40),
    263: (80.53, 51.69),
    2: (54.98, 77.98),
    1: (54.57, 74.43),
    61: (40.91, 90.57),
    291: (70.18, 90.15),
    70: (23.61, 44.28),
    300: (87.52, 43.90),
    234: (18.0, 62.0),
    454: (94.0, 62.0),
    10: (56.0, 22.0),
    152: (56.0, 106.0),
}


class FakeClock:
    """Implements `core.ports.Clock`: stands still until `advance`."""

    def __init__(self) -> None:
        self._monotonic = 1000.0
        self._wall = 1_700_000_000.0
        self.boot = 1  # 0: this machine does not tell

    def monotonic(self) -> float:
        return self._monotonic

    def wall(self) -> float:
        return self._wall

    def boot_id(self) -> str:
        return f"boot-{self.boot}" if self.boot else ""

    def advance(self, seconds: float) -> None:
        """Let time pass on both clocks."""
        self._monotonic += seconds
        self._wall += seconds

    def restart(self, *, asleep: float = 0.0) -> None:
        """The machine was off for `asleep` seconds: monotonic time begins anew."""
        self._monotonic = 5.0
        self._wall += asleep
        self.boot += 1 if self.boot else 0

    def set_wall(self, wall: float) -> None:
        """Somebody turns the clock on the wall."""
        self._wall = wall


@dataclass(frozen=True)
class PaintedFace:
    """One face to paint: who, where they look, and where in the picture (multiples of 4)."""

    person: int  # 1 to 30
    pose: HeadPose = STRAIGHT  # whole degrees, -90 to 90
    left: int = 108
    top: int = 60
    width: int = 104

    @property
    def box(self) -> FaceBox:
        return FaceBox(self.left, self.top, self.width, self.width * 1.1)


def synthetic_frame(  # noqa: PLR0913  # every knob of a scene, all optional
    person: int | None,
    pose: HeadPose = STRAIGHT,
    *,
    at: float = 0.0,
    simulated: bool = False,
    others: Sequence[PaintedFace] = (),
    light: float = 1.0,
    blurred: bool = False,
    left: int = 108,
    top: int = 60,
    width: int = 104,
) -> Frame:
    """Return a 320 x 240 frame that shows `person` (None: nobody) and the `others`.

    `light` scales all pixels; `blurred` takes every edge out of the picture.
    """
    faces = [] if person is None else [PaintedFace(person, pose, left, top, width)]
    faces += others
    pixels: Pixels = np.full((240, 320, 3), 120, np.uint8)
    for face in faces:
        _paint(pixels, face)
    if blurred:
        pixels = np.asarray(cv2.GaussianBlur(pixels, (0, 0), 9), np.uint8)
    pixels = (pixels * light).astype(np.uint8)
    pixels[0] = 0
    pixels[0, 0] = len(faces)
    for index, face in enumerate(faces):
        start = 1 + index * _HEADER
        pose = face.pose
        pixels[0, start] = (int(pose.yaw) + 128, int(pose.pitch) + 128, int(pose.roll) + 128)
        pixels[0, start + 1] = (face.left // 4, face.top // 4, face.width // 4)
        pixels[0, start + 2] = face.person
    return Frame(pixels, at, simulated=simulated)


def _paint(pixels: Pixels, face: PaintedFace) -> None:
    left, top, width = face.left, face.top, face.width
    height = int(face.box.height)
    y, x = np.mgrid[0:height, 0:width]
    squares = np.where((x // 6 + y // 6) % 2, 90, 170).astype(np.uint8)
    scale = width / _FACE_IN_CROP
    middle = slice(int((54 - 18) * scale) - 10, int((58 - 18) * scale) + 10)
    rows = slice(int((60 - 22) * scale) - 8, int((60 - 22) * scale) + 8)
    painted = np.repeat(squares[..., None], 3, axis=2)
    painted[rows, middle] = (face.person * _SHADES, 128, 128)
    shown = pixels[top : top + height, left : left + width]
    shown[...] = painted[: shown.shape[0], : shown.shape[1]]


def _faces_of(frame: Frame) -> list[PaintedFace]:
    row = frame.pixels[0].astype(int)
    faces = []
    for index in range(row[0, 0]):
        turned, placed, who = row[1 + index * _HEADER : 1 + (index + 1) * _HEADER]
        pose = HeadPose(*(float(value - 128) for value in turned))
        left, top, width = (int(value) * 4 for value in placed)
        faces.append(PaintedFace(int(who[0]), pose, left, top, width))
    return faces


class FakeDetector:
    """Implements `core.ports.FaceDetector` for synthetic frames."""

    def detect(self, frame: Frame) -> tuple[DetectedFace, ...]:
        found = [
            DetectedFace(face.box, np.zeros((6, 2), np.float32), 0.9) for face in _faces_of(frame)
        ]
        return tuple(sorted(found, key=lambda face: face.box.area, reverse=True))


class FakeLandmarks:
    """Implements `core.ports.LandmarkFinder` for synthetic frames: the mesh lies as painted."""

    def find(self, frame: Frame, face: DetectedFace) -> Landmarks:
        painted = next(one for one in _faces_of(frame) if one.box == face.box)
        return painted_landmarks(painted)


def painted_landmarks(face: PaintedFace) -> Landmarks:
    """Return a mesh of this place, size and pose, with open eyes."""
    mesh = np.tile(np.array([56.0, 62.0, 0.0]), (468, 1))
    for index, place in _ALIGNED.items():
        mesh[index, :2] = place
    for outer, up1, up2, inner, low2, low1 in _EYES:
        corner, width = mesh[outer, :2], mesh[inner, 0] - mesh[outer, 0]
        for points, share in (((up1, low1), 0.33), ((up2, low2), 0.67)):
            for point, side in zip(points, (-1, 1), strict=True):
                mesh[point, :2] = corner + np.array([share, side * 0.15]) * width
    yaw, pitch, roll = np.radians([face.pose.yaw, face.pose.pitch, face.pose.roll])
    mesh[454, 2] = np.tan(yaw) * _FACE_IN_CROP
    mesh[152, 2] = -np.tan(pitch) * 84.0
    centre = np.array([56.0, 64.0])
    turn = np.array([[np.cos(roll), -np.sin(roll)], [np.sin(roll), np.cos(roll)]])
    mesh[:, :2] = (mesh[:, :2] - centre) @ turn.T + centre
    mesh[:, :2] -= (18.0, 22.0)
    mesh *= face.width / _FACE_IN_CROP
    mesh[:, :2] += (face.left, face.top)
    return Landmarks(mesh.astype(np.float32), 1.0)


def person_embedding(person: int, noise: float = 0.0, sample: int = 0) -> Embedding:
    """Return a unit vector of a made-up person; `noise` moves it, differently per `sample`."""
    vector = np.random.default_rng(person).normal(size=DIMENSION)
    vector /= np.linalg.norm(vector)
    away = np.random.default_rng((person, 7, sample)).normal(size=DIMENSION)
    moved = vector + noise * away / np.linalg.norm(away)
    return cast("Embedding", (moved / np.linalg.norm(moved)).astype(np.float32))


def between(one: Embedding, other: Embedding, distance: float) -> Embedding:
    """Return a unit vector at this squared distance from `one`, in the direction of `other`."""
    cosine = 1.0 - distance / 2.0
    across = other - np.dot(one, other) * one
    across = across / np.linalg.norm(across)
    return cast("Embedding", (cosine * one + np.sqrt(1 - cosine**2) * across).astype(np.float32))


class FakeEmbedder:
    """Implements `core.ports.Embedder`: reads the person off the crop, or follows a script.

    `calls` counts how often the backbone ran.
    """

    def __init__(
        self, script: Sequence[Embedding] = (), *, head: Head = NO_HEAD, backbone: str = MODEL
    ) -> None:
        self._script = list(script)
        self._head = self._loaded = head
        self._backbone = backbone
        self.calls = 0

    @property
    def backbone_sha256(self) -> str:
        return self._backbone

    @property
    def model_sha256(self) -> str:
        return network_sha256(self._backbone, self._head)

    @property
    def head(self) -> Head:
        return self._head

    def with_head(self, head: Head | None) -> FakeEmbedder:
        other = copy.copy(self)
        other._head = self._loaded if head is None else head
        return other

    def feature(self, crop: FaceCrop) -> Embedding:
        self.calls += 1
        if self._script:
            return self._script.pop(0)
        shade = float(crop.pixels[57:63, 53:59, 0].mean())
        return person_embedding(round(shade / _SHADES), 0.3, self.calls)

    def embed(self, crop: FaceCrop) -> Embedding:
        return self._head.apply(self.feature(crop))


class FakeLiveness:
    """Implements `core.ports.Liveness`: says what a test says."""

    def __init__(self, says: Judgement = Shown()) -> None:  # noqa: B008 - frozen
        self.says = says
        self.judged = 0
        self.usable = 0
        self.restarts = 0
        self.begun: list[frozenset[Layer]] = []

    def begin(self, layers: frozenset[Layer]) -> None:
        self.begun.append(layers)

    def restart(self) -> None:
        self.restarts += 1

    def judge(self, frame: Frame, look: Look, *, usable: bool) -> Judgement:
        assert look.face is not None
        assert (frame.width, frame.height) == look.frame_size
        self.judged += 1
        self.usable += usable
        return self.says


def fake_pipeline(
    embedder: FakeEmbedder | None = None, liveness: FakeLiveness | None = None
) -> FacePipeline:
    """Return the real pipeline on fake networks: tracking, alignment and quality are real."""
    return FacePipeline(
        FakeDetector(), FakeLandmarks(), embedder or FakeEmbedder(), liveness or FakeLiveness()
    )


@dataclass
class FakeClip:
    """Implements `core.ports.FrameSource` on a list of frames; ends with EOFError."""

    frames: Sequence[Frame]
    simulated: bool = True
    opens: int = 0
    closes: int = 0
    _next: int = field(default=0, repr=False)

    def open(self) -> None:
        self.opens += 1
        self._next = 0

    def read(self) -> Frame:
        if self._next >= len(self.frames):
            raise EOFError
        self._next += 1
        return self.frames[self._next - 1]

    def skip(self) -> None:
        self.read()

    def close(self) -> None:
        self.closes += 1


class FakeSecrets:
    """Implements `core.ports.SecretKeeper` in a dictionary; `locked` makes every call fail."""

    def __init__(self, *, is_persistent: bool = True) -> None:
        self._is_persistent = is_persistent
        self.kept: dict[str, bytes] = {}
        self.locked = False

    @property
    def is_persistent(self) -> bool:
        return self._is_persistent

    def _check(self) -> None:
        if self.locked:
            raise KeyringUnavailable("the fake keyring is locked")

    def get(self, name: str) -> bytes | None:
        self._check()
        return self.kept.get(name)

    def put(self, name: str, secret: bytes) -> None:
        self._check()
        self.kept[name] = secret

    def delete(self, name: str) -> None:
        self._check()
        self.kept.pop(name, None)


def made_up_densities() -> ScoreDensities:
    """Return two humps: mated distances around 0.4, non-mated ones around 1.8."""
    edges = np.linspace(0.0, 4.0, 81)
    middle = (edges[:-1] + edges[1:]) / 2
    mated, non_mated = (np.exp(-(((middle - centre) / 0.2) ** 2)) for centre in (0.4, 1.8))
    return ScoreDensities(edges, mated / mated.sum(), non_mated / non_mated.sum())


def made_up_calibration(
    *,
    fmr_grid: Sequence[float] = (1e-7, 1e-6, 1e-5, 1e-4, 1e-3),
    distance_grid: Sequence[float] = (0.40, 0.50, 0.60, 0.70, 0.80),
    mated_median: float = 0.35,
    features: np.ndarray[tuple[int, ...], np.dtype[np.float32]] | None = None,
) -> Calibration:
    """Return a calibration of made-up impostors, persons 500 to 549 unless `features` says."""
    if features is None:
        features = np.stack([person_embedding(person) for person in range(500, 550)])
    return Calibration(
        model_sha256=MODEL,
        fmr_grid=np.array(fmr_grid),
        distance_grid=np.array(distance_grid),
        mated_median=mated_median,
        people=50,
        comparisons=1_000_000,
        features=features,
        person_index=np.arange(len(features), dtype=np.int32),
        densities=made_up_densities(),
    )


def made_up_profile(person: int = 1, name: str = "Ada", *, demo: bool = False) -> Profile:
    """Return a profile of somebody a synthetic frame can show."""
    features = [person_embedding(person, 0.3, 10_000 + index) for index in range(6)]
    samples = tuple(Sample(feature, feature, None, STRAIGHT) for feature in features)
    references = make_references(samples)
    return Profile(
        profile_id=f"{person:032x}",
        name=name,
        created_at=float(person),
        demo=demo,
        backbone_sha256=MODEL,
        model_sha256=MODEL,
        samples=samples,
        references=references,
        thresholds=make_thresholds(samples, references, made_up_calibration()),
        poses=("centre",),
    )


def of_another_backbone(person: int, name: str) -> Profile:
    """Return a profile without pictures, made with a backbone that is gone."""
    gone = "b" * 64
    return replace(made_up_profile(person, name), backbone_sha256=gone, model_sha256=gone)


def shown(
    person: int | None,
    frames: int,
    *,
    start: float = 0.0,
    rate: float = 30.0,
    pose: HeadPose = STRAIGHT,
    simulated: bool = False,
) -> list[Frame]:
    """Return so many frames of a person at `rate` per second, from `start` seconds on."""
    return [
        synthetic_frame(person, pose, at=start + index / rate, simulated=simulated)
        for index in range(frames)
    ]


LEVELS = tuple(Level)
"""From the most convenient to the strictest."""
