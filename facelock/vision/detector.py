"""BlazeFace short range: finds faces in a frame (Bazarevsky et al. 2019)."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import cv2
import numpy as np

from facelock.core.frames import DetectedFace, FaceBox, Frame
from facelock.vision.models import read_net_onnx

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from facelock.core.frames import Pixels

_MODEL = "face_detection_short_range.onnx"
_SIDE = 128  # pixels, input of the network
_KEY_POINTS = 6
_SAME_BOX = 0.6  # overlap of two boxes that a second look has made of one face
_SMALL = 0.22  # share of the frame below which a face is looked at again
_SURROUNDINGS = 2.5  # the region looked at, in sides of the box
_MIN_SCORE = 0.5
_SAME_FACE = 0.3  # overlap from which two boxes are one face
_GRIDS = ((16, 2), (8, 6))  # cells per side, anchors per cell: 896 anchors in all


def _anchor_centres() -> NDArray[np.float32]:
    """Return the anchor centres, (896, 2) x and y in units of the input's side."""
    layers = []
    for cells, anchors in _GRIDS:
        steps = (np.arange(cells) + 0.5) / cells
        y, x = np.meshgrid(steps, steps, indexing="ij")
        layers.append(np.repeat(np.stack([x.ravel(), y.ravel()], axis=1), anchors, axis=0))
    return np.concatenate(layers).astype(np.float32)


class BlazeFace:
    """Implements `core.ports.FaceDetector`. Not shared between threads."""

    def __init__(self) -> None:
        """Load the network. Raises ModelMissing, ModelCorrupt."""
        self._net = read_net_onnx(_MODEL)
        self._anchors = _anchor_centres()

    def detect(self, frame: Frame) -> tuple[DetectedFace, ...]:
        """Return all faces of a frame, largest first.

        Where none is found the picture is searched twice more: its middle enlarged, for a face far
        away, and itself reduced on black, for a face that fills it.
        """
        faces = self._in_region(frame.pixels, 0, 0)
        faces = faces or self._enlarged(frame)
        faces = faces or self._reduced(frame)
        faces = [self._closer(frame, face) for face in faces]
        return _largest_first(faces)

    def _closer(self, frame: Frame, face: DetectedFace) -> DetectedFace:
        """Look again at a face that is small in the frame, where it fills the network's input.

        Ten of 128 pixels tell that a face is there, hardly where: one small box in ten lay so far
        off that the landmarks missed the face.
        """
        if max(face.box.width, face.box.height) > _SMALL * max(frame.width, frame.height):
            return face
        x, y = face.box.centre
        half = _SURROUNDINGS * max(face.box.width, face.box.height) / 2
        left, top = max(int(x - half), 0), max(int(y - half), 0)
        region = frame.pixels[top : max(int(y + half), 1), left : max(int(x + half), 1)]
        if region.size == 0:
            return face
        near = self._in_region(region, left, top)
        return max(near, key=lambda one: one.box.overlap(face.box), default=face)

    def _enlarged(self, frame: Frame) -> list[DetectedFace]:
        side = max(min(frame.height, frame.width) * 3 // 4, 1)
        left, top = (frame.width - side) // 2, (frame.height - side) // 2
        return self._in_region(frame.pixels[top : top + side, left : left + side], left, top)

    def _reduced(self, frame: Frame) -> list[DetectedFace]:
        pad = max(frame.height, frame.width) // 4
        padded = cv2.copyMakeBorder(
            frame.pixels, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=(0, 0, 0)
        )
        return self._in_region(np.asarray(padded, np.uint8), -pad, -pad)

    def _in_region(self, pixels: Pixels, left: int, top: int) -> list[DetectedFace]:
        height, width = pixels.shape[:2]
        side = max(height, width)  # the picture is padded to a square with black
        scale = _SIDE / side
        small = cv2.resize(
            pixels,
            (max(round(width * scale), 1), max(round(height * scale), 1)),
            interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR,
        )
        pad_x, pad_y = (_SIDE - small.shape[1]) // 2, (_SIDE - small.shape[0]) // 2
        square = np.zeros((_SIDE, _SIDE, 3), np.uint8)
        square[pad_y : pad_y + small.shape[0], pad_x : pad_x + small.shape[1]] = small
        boxes, scores = self._raw(square)
        kept = _merge_overlaps(boxes, scores)
        offset = np.array([pad_x, pad_y], np.float32)
        origin = np.array([left, top], np.float32)
        return [
            _to_face((points * _SIDE - offset) / scale + origin, score) for points, score in kept
        ]

    def _raw(self, square: Pixels) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Run the network; return candidates (N, 8, 2) and scores (N,).

        Of the eight points the first two are the box's corners, then the six key points, all in
        units of the square's side.
        """
        blob = cv2.dnn.blobFromImage(
            square, 1 / 127.5, (_SIDE, _SIDE), (127.5, 127.5, 127.5), swapRB=True
        )
        self._net.setInput(blob)
        regressors, logits = self._net.forward(["regressors", "classificators"])
        logit = np.clip(np.asarray(logits).reshape(-1), -80, 80)
        score = (1 / (1 + np.exp(-logit))).astype(np.float32)  # (896,)
        chosen = np.flatnonzero(score >= _MIN_SCORE)
        values = np.asarray(regressors, np.float32).reshape(-1, 16)[chosen] / _SIDE
        centre = values[:, 0:2] + self._anchors[chosen]
        half = values[:, 2:4] / 2
        points = values[:, 4:].reshape(-1, _KEY_POINTS, 2) + self._anchors[chosen][:, None]
        corners = np.stack([centre - half, centre + half], axis=1)
        return np.concatenate([corners, points], axis=1), score[chosen]


def _largest_first(faces: list[DetectedFace]) -> tuple[DetectedFace, ...]:
    """Sort, and keep one of those that a second look has shown to be the same face."""
    kept: list[DetectedFace] = []
    for face in sorted(faces, key=lambda one: one.box.area, reverse=True):
        if all(face.box.overlap(other.box) < _SAME_BOX for other in kept):
            kept.append(face)
    return tuple(kept)


def _merge_overlaps(
    boxes: NDArray[np.float32], scores: NDArray[np.float32]
) -> list[tuple[NDArray[np.float32], float]]:
    """Merge candidates of one face into their score-weighted mean, as BlazeFace's paper does."""
    merged = []
    left_over = np.argsort(-scores)
    while left_over.size:
        overlaps = _overlap(boxes[left_over[0]], boxes[left_over])
        same = left_over[overlaps >= _SAME_FACE]
        weight = scores[same] / scores[same].sum()
        points = np.einsum("n,nij->ij", weight, boxes[same])
        merged.append((points.astype(np.float32), float(scores[left_over[0]])))
        left_over = left_over[overlaps < _SAME_FACE]
    return merged


def _overlap(one: NDArray[np.float32], many: NDArray[np.float32]) -> NDArray[np.float32]:
    """Intersection over union of one box with many, (N,)."""
    low = np.maximum(one[0], many[:, 0])
    high = np.minimum(one[1], many[:, 1])
    shared = np.prod(np.clip(high - low, 0, None), axis=1)
    area = np.prod(one[1] - one[0]) + np.prod(many[:, 1] - many[:, 0], axis=1)
    union = np.maximum(area - shared, 1e-9)
    overlap = shared / union
    overlap[np.all(many[:, :2] == one[:2], axis=(1, 2))] = 1.0  # itself, even if degenerate
    return cast("NDArray[np.float32]", overlap)


def _to_face(points: NDArray[np.float32], score: float) -> DetectedFace:
    (left, top), (right, bottom) = points[0], points[1]
    box = FaceBox(float(left), float(top), float(right - left), float(bottom - top))
    return DetectedFace(box, points[2:], score)
