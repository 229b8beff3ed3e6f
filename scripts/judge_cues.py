"""Two cues that are not layers of liveness, and why: glare, and the double motion of a replay.

    python scripts/judge_cues.py ../shared/data/clips

A screen mirrors lamps: burnt-out spots would stay where they are while the face under them moves.
A picture in somebody's hand moves as a whole: what surrounds the face would move otherwise than
the rim of the frame does. For each clip the medians over its frames are printed; a cue could be a
layer if all replays lay beyond all living people.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import cv2
import numpy as np
from fix_geometry import frames_of
from numpy.typing import NDArray

from facelock.core.frames import Frame, Pixels
from facelock.services.loading import load_pipeline
from facelock.services.recognition import FacePipeline

BURNT_OUT = 250  # grey value
GLARE = 0.02  # share of a face: below the one replay that has any
PICTURES = (".jpg", ".png", ".gif", ".pgm")
APART = 5  # frames between two that are compared
RING = (1.3, 2.2)  # sizes of the face between which its surroundings lie
RIM = 0.06  # share of the frame's width


def cues(pipeline: FacePipeline, frames: list[Pixels], fps: float) -> Iterator[tuple[float, float]]:
    """Yield for pairs of frames the share of the face that stays burnt out, and the double motion.

    That is how differently surroundings and rim move, in pixels of a frame 640 wide.
    """
    before: NDArray[np.uint8] | None = None
    pipeline.restart()
    for number, pixels in enumerate(frames):
        if number % APART:
            continue
        face = pipeline.look(Frame(pixels, number / fps, simulated=True)).face
        grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)
        if face is not None and before is not None:
            points = face.landmarks.points[:, :2]
            middle, size = points.mean(axis=0), float(np.ptp(points[:, 0]))
            yield _glare(before, grey, points), _double(before, grey, middle, size)
        before = grey


def _glare(before: NDArray[np.uint8], now: NDArray[np.uint8], points: NDArray[np.float32]) -> float:
    mask = np.zeros(now.shape, np.uint8)
    cv2.fillConvexPoly(mask, cv2.convexHull(points.astype(np.int32)), 255)
    face = mask > 0
    return float((face & (before >= BURNT_OUT) & (now >= BURNT_OUT)).sum() / max(face.sum(), 1))


def _double(
    before: NDArray[np.uint8], now: NDArray[np.uint8], middle: NDArray[np.float32], size: float
) -> float:
    height, width = now.shape
    rows, columns = np.mgrid[0:height, 0:width]
    away = np.hypot(columns - middle[0], rows - middle[1]) / (size / 2)
    ring = (away > RING[0]) & (away < RING[1])
    rim = np.minimum.reduce([columns, rows, width - columns, height - rows]) < RIM * width
    moves = [_motion(before, now, part) for part in (ring, rim & ~ring)]
    if moves[0] is None or moves[1] is None:
        return 0.0
    return float(np.linalg.norm(moves[0] - moves[1]) * 640 / width)


def _motion(
    before: NDArray[np.uint8], now: NDArray[np.uint8], part: NDArray[np.bool_]
) -> NDArray[np.float32] | None:
    corners = cv2.goodFeaturesToTrack(before, 80, 0.01, 7, mask=part.astype(np.uint8) * 255)
    if corners is None:
        return None
    start = np.asarray(corners, np.float32)
    moved, found, _ = cv2.calcOpticalFlowPyrLK(before, now, start, start.copy())
    steps = (moved - start)[found.ravel() > 0].reshape(-1, 2)
    return np.median(steps, axis=0) if len(steps) > 5 else None


def burnt_out(pipeline: FacePipeline, folder: Path) -> list[float]:
    """Return the share that is burnt out of each face in the pictures of a folder."""
    shares = []
    for path in sorted(one for one in folder.rglob("*") if one.suffix in PICTURES):
        pixels = np.asarray(cv2.imread(str(path)), np.uint8)
        pipeline.restart()
        face = pipeline.look(Frame(pixels, 0.0, simulated=True)).face
        if face is not None:
            grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)
            shares.append(_glare(grey, grey, face.landmarks.points[:, :2]))
    return shares


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("clips", type=Path)
    parser.add_argument("--living", type=Path, nargs="*", default=[], help="pictures of people")
    options = parser.parse_args()
    clips: Path = options.clips
    pipeline = load_pipeline(threads=1)
    for path in sorted(clips.glob("*.mp4")):
        seen = list(cues(pipeline, *frames_of(path)))
        glare, double = (median(values) for values in zip(*seen, strict=True))
        kind = "replay" if "replay" in path.name else "live"
        print(f"{kind:7}{path.stem:28} burnt out {glare:6.2%}  double motion {double:5.2f}")
    for folder in options.living:
        shares = burnt_out(pipeline, folder)
        beyond = sum(share > GLARE for share in shares) / max(len(shares), 1)
        print(
            f"living {folder.name:28} {len(shares)} faces, over {GLARE:.0%} burnt out: {beyond:.1%}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
