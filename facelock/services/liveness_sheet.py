"""Contact sheets of an evaluation of liveness: what was shown, and what was said of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from facelock.core.errors import EvaluationError
from facelock.services.liveness_evaluation import LIVE

if TYPE_CHECKING:
    from facelock.core.frames import Pixels
    from facelock.services.liveness_evaluation import LivenessReport, Outcome

MOST: Final = 60  # thumbnails on a sheet
_ACROSS, _WIDTH, _HEIGHT, _TEXT = 6, 240, 180, 44  # thumbnails in a row, and pixels
_WRONG, _RIGHT, _NEITHER = (60, 60, 220), (90, 150, 40), (140, 140, 140)  # BGR


def check_folder(folder: Path) -> None:
    """Make the folder for the sheets. Raises EvaluationError if it holds anything or cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        is_empty = not any(folder.iterdir())
    except OSError as error:
        raise EvaluationError(f"{folder} cannot be made or read: {error.strerror}") from error
    if not is_empty:
        raise EvaluationError(f"{folder} holds something already: name an empty or a new folder")


def write_sheets(report: LivenessReport, folder: Path) -> list[Path]:
    """Write a PNG for each folder that was shown, errors first. Raises EvaluationError."""
    written = []
    for species in report.species:
        own = [one for one in report.outcomes if one.presentation.species == species.species]
        path = folder / f"{species.species}.png"
        _, coded = cv2.imencode(".png", sheet(sorted(own, key=_is_right)[:MOST]))
        try:
            path.write_bytes(coded.tobytes())
        except OSError as error:
            raise EvaluationError(f"{path} cannot be written: {error.strerror}") from error
        written.append(path)
    return written


def sheet(outcomes: Sequence[Outcome]) -> Pixels:
    """Return the thumbnails with their outcome in words, (H, W, 3) uint8 BGR."""
    rows = -(-len(outcomes) // _ACROSS)
    whole = np.full((rows * (_HEIGHT + _TEXT), _ACROSS * _WIDTH, 3), 250, np.uint8)
    for number, one in enumerate(outcomes):
        row, column = divmod(number, _ACROSS)
        top, left = row * (_HEIGHT + _TEXT), column * _WIDTH
        whole[top : top + _HEIGHT + _TEXT, left : left + _WIDTH] = _thumbnail(one)
    return whole


def _is_right(one: Outcome) -> int:
    if one.answer == "no response":
        return 1
    return 2 if (one.answer == "live") is (one.presentation.species == LIVE) else 0


def _thumbnail(one: Outcome) -> Pixels:
    tile = np.full((_HEIGHT + _TEXT, _WIDTH, 3), 250, np.uint8)
    if one.frame is not None:
        pixels = one.frame.pixels
        scale = min((_WIDTH - 8) / pixels.shape[1], (_HEIGHT - 8) / pixels.shape[0])
        size = (max(int(pixels.shape[1] * scale), 1), max(int(pixels.shape[0] * scale), 1))
        small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
        top, left = (_HEIGHT - size[1]) // 2, (_WIDTH - size[0]) // 2
        tile[top : top + size[1], left : left + size[0]] = small
    colour = (_WRONG, _NEITHER, _RIGHT)[_is_right(one)]
    cv2.rectangle(tile, (1, 1), (_WIDTH - 2, _HEIGHT + _TEXT - 2), colour, 3)
    said = one.answer if one.layer is None else f"{one.answer}: {one.layer.value}"
    for line, text in enumerate((one.presentation.path.stem, said or one.why)):
        ascii_only = text.encode("ascii", "replace").decode()[:30]
        where = (8, _HEIGHT + 14 + 18 * line)
        cv2.putText(tile, ascii_only, where, cv2.FONT_HERSHEY_SIMPLEX, 0.42, (30, 30, 30), 1, 16)
    return tile
