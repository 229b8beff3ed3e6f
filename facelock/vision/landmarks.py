"""FaceMesh: 468 points on one face (Kartynnik et al. 2019)."""

from __future__ import annotations

import cv2
import numpy as np

from facelock.core.frames import LANDMARK_COUNT, DetectedFace, Frame, Landmarks
from facelock.vision.models import read_net_onnx

_MODEL = "face_landmark.onnx"
_SIDE = 192  # pixels, input of the network
_MARGIN = 1.5  # the region is so much larger than the detector's box, as the network was trained


class FaceMesh:
    """Implements `core.ports.LandmarkFinder`. Not shared between threads."""

    def __init__(self) -> None:
        """Load the network. Raises ModelMissing, ModelCorrupt."""
        self._net = read_net_onnx(_MODEL)

    def find(self, frame: Frame, face: DetectedFace) -> Landmarks:
        """Return the landmarks of `face`, in frame pixels; z in the same scale."""
        to_input = _region(face)
        patch = cv2.warpAffine(
            frame.pixels,
            to_input,
            (_SIDE, _SIDE),
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=(0, 0, 0),
        )
        self._net.setInput(cv2.dnn.blobFromImage(patch, 1 / 255, (_SIDE, _SIDE), swapRB=True))
        points, logit = self._net.forward(["conv2d_21", "conv2d_31"])
        mesh = np.asarray(points, np.float32).reshape(LANDMARK_COUNT, 3).copy()
        back = cv2.invertAffineTransform(to_input)
        mesh[:, :2] = mesh[:, :2] @ back[:, :2].T + back[:, 2]
        mesh[:, 2] *= float(np.hypot(back[0, 0], back[1, 0]))
        score = float(np.clip(np.asarray(logit).reshape(-1)[0], -80, 80))
        return Landmarks(mesh, 1 / (1 + float(np.exp(-score))))


def _region(face: DetectedFace) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return the (2, 3) transform from the frame to an upright 192-pixel square of the face."""
    right_eye, left_eye = face.key_points[0], face.key_points[1]  # the person's own right, left
    angle = float(np.arctan2(left_eye[1] - right_eye[1], left_eye[0] - right_eye[0]))
    scale = _SIDE / (max(face.box.width, face.box.height, 1.0) * _MARGIN)
    cos, sin = scale * np.cos(angle), scale * np.sin(angle)
    centre_x, centre_y = face.box.centre
    half = _SIDE / 2
    return np.array(
        [
            [cos, sin, half - cos * centre_x - sin * centre_y],
            [-sin, cos, half + sin * centre_x - cos * centre_y],
        ]
    )
