"""How far a face moves from itself when it is small in the frame.

    python scripts/bench_small_faces.py ../shared/data

Faces of NUAA, Yale and LFW are shrunk to so many pixels between the eyes, saved as JPEG, put into a
grey 640 x 480 frame and compared with themselves at full size.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import cv2
import numpy as np

from facelock.core.frames import Frame
from facelock.services.loading import load_pipeline
from facelock.services.picture_file import read_picture
from facelock.services.recognition import FacePipeline

EYE_DISTANCES = (40, 32, 28, 24, 20, 16)  # pixels
JPEG_QUALITY = 80


def pictures(data: Path) -> list[Path]:
    """Return about eighty pictures, the same at every run."""
    return [
        *sorted((data / "nuaa" / "live").glob("*/*"))[::40],
        *sorted((data / "yale").glob("*/*normal*")),
        *sorted((data / "lfw" / "images").glob("*/*_0002.jpg"))[::30],
    ]


def shrunk(pixels: np.ndarray, factor: float) -> Frame:
    """Return the picture at a fraction of its size in the middle of a grey webcam frame."""
    small = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    _, data = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    small = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR))[:480, :640]
    height, width = small.shape[:2]
    scene = np.full((480, 640, 3), 128, np.uint8)
    top, left = (480 - height) // 2, (640 - width) // 2
    scene[top : top + height, left : left + width] = small
    return Frame(scene, captured_at=0.0, simulated=True)


def distances(pipeline: FacePipeline, path: Path) -> dict[int, float]:
    """Return the distance at each size that is smaller than the picture's own; NaN if missed."""
    frame = read_picture(path)
    pipeline.restart()
    whole = pipeline.look(frame)
    if whole.face is None:
        return {}
    reference, eyes = pipeline.embed(whole.face), whole.face.report.eye_distance
    found = {}
    for wanted in EYE_DISTANCES:
        if eyes < 1.2 * wanted:
            continue
        pipeline.restart()
        look = pipeline.look(shrunk(frame.pixels, wanted / eyes))
        found[wanted] = (
            float("nan")
            if look.face is None
            else float(np.sum((pipeline.embed(look.face) - reference) ** 2))
        )
    return found


def main() -> int:
    """Print the table; return 0."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="folder with nuaa/live, yale and lfw")
    options = parser.parse_args()
    pipeline = load_pipeline()
    rows = [distances(pipeline, path) for path in pictures(options.data)]
    print("eyes apart  faces  missed  d median   90 %   95 %")
    for wanted in EYE_DISTANCES:
        values = np.array([row[wanted] for row in rows if wanted in row])
        median, q90, q95 = np.nanquantile(values, (0.5, 0.9, 0.95))
        missed = float(np.isnan(values).mean())
        print(f"{wanted:7} px {values.size:6} {missed:7.3f} {median:9.3f} {q90:6.3f} {q95:6.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
