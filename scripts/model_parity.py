"""Measures how far the converted networks are from the originals, on real faces."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from skimage.data import astronaut

from facelock.learning.network import INPUT_MEAN, INPUT_SCALE, SiameseNetwork
from facelock.learning.onnx_export import from_onnx

LIMIT: Final = 1e-4
PICTURES: Final = 200
_FACE: Final = slice(60, 190)  # rows and columns of the face in LFW's aligned 250-pixel pictures


def report_parity(
    originals: Mapping[str, bytes], models: Mapping[str, bytes], folder: Path
) -> bool:
    """Print the largest differences on the faces of `folder`; True if all are within LIMIT.

    Embeddings have unit length, so theirs are absolute. Those of the detector and the landmarks
    are relative to the largest value of the output (boxes and points are in pixels).
    """
    faces, source = load_faces(folder)
    print(f"{len(faces)} faces: {source}")
    results = {
        **embedding_parity(originals["mobilefacenet.onnx"], models["mobilefacenet.onnx"], faces),
        **graph_parity("face_detection_short_range.onnx", originals, models, faces, (128, -1.0)),
        **graph_parity("face_landmark.onnx", originals, models, faces, (192, 0.0)),
    }
    for name, difference in results.items():
        print(f"{name:56} {difference:.1e}  {'ok' if difference <= LIMIT else 'TOO FAR'}")
    return all(difference <= LIMIT for difference in results.values())


def load_faces(folder: Path) -> tuple[list[NDArray[np.uint8]], str]:
    """Return square face pictures, (H, H, 3) uint8 BGR, and what they are."""
    paths = sorted(folder.glob("*/*_0001.jpg"))
    paths = paths[:: max(len(paths) // PICTURES, 1)][:PICTURES]
    if not paths:
        face = np.ascontiguousarray(astronaut()[15:185, 140:310, ::-1])
        return [
            face,
            np.ascontiguousarray(face[:, ::-1]),
        ], "skimage's astronaut and her mirror image"
    pictures = (cv2.imread(str(path), cv2.IMREAD_COLOR) for path in paths)
    faces = [np.asarray(one, np.uint8)[_FACE, _FACE] for one in pictures if one is not None]
    return faces, "Labeled Faces in the Wild, every so many people's first picture"


def embedding_parity(
    original: bytes, model: bytes, faces: Iterable[NDArray[np.uint8]]
) -> dict[str, float]:
    """Return the largest differences between unit embeddings: original, torch, OpenCV."""
    network = SiameseNetwork(from_onnx(model)).eval()
    net = cv2.dnn.readNetFromONNX(np.frombuffer(model, np.uint8))
    run_original = _original(original)
    to_torch, to_opencv = 0.0, 0.0
    for face in faces:
        small = cv2.resize(face, (112, 112), interpolation=cv2.INTER_AREA)
        mean = (INPUT_MEAN, INPUT_MEAN, INPUT_MEAN)
        blob = cv2.dnn.blobFromImage(small, INPUT_SCALE, (112, 112), mean, swapRB=True)
        with torch.inference_mode():
            ours = network.embed(torch.from_numpy(blob)).numpy()  # (1, 192)
        net.setInput(blob)
        raw = run_original(np.concatenate([blob, blob]))["embeddings"][:1]  # its batch is fixed
        theirs = raw / np.linalg.norm(raw)
        to_torch = max(to_torch, float(np.abs(ours - theirs).max()))
        to_opencv = max(to_opencv, float(np.abs(net.forward() - ours).max()))
    return {
        "MobileFaceNet: torch - original TFLite": to_torch,
        "MobileFaceNet: cv2.dnn - torch": to_opencv,
    }


def graph_parity(
    name: str,
    originals: Mapping[str, bytes],
    models: Mapping[str, bytes],
    faces: Iterable[NDArray[np.uint8]],
    taken: tuple[int, float],
) -> dict[str, float]:
    """Return the largest relative differences of each output; `taken` is side and lowest input."""
    side, lowest = taken
    net = cv2.dnn.readNetFromONNX(np.frombuffer(models[name], np.uint8))
    run_original = _original(originals[name])
    largest: dict[str, float] = {}
    for face in faces:
        blob = cv2.dnn.blobFromImage(face, 1 / 255, (side, side), swapRB=True)
        blob = np.asarray(blob * (1 - lowest) + lowest, np.float32)
        theirs = run_original(blob)
        net.setInput(blob)
        for output, ours in zip(theirs, net.forward(tuple(theirs)), strict=True):
            difference = np.abs(np.reshape(ours, theirs[output].shape) - theirs[output]).max()
            scale = max(float(np.abs(theirs[output]).max()), 1.0)
            key = f"{name} {output}: cv2.dnn - original TFLite"
            largest[key] = max(largest.get(key, 0.0), float(difference) / scale)
    return largest


def _original(data: bytes) -> Any:  # noqa: ANN401 - a closure over an untyped package
    """Return a function that runs a TFLite file: (B, C, H, W) float32 to outputs by name."""
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(model_content=data, num_threads=1)
    interpreter.allocate_tensors()
    entry = interpreter.get_input_details()[0]["index"]
    outputs = interpreter.get_output_details()

    def run(blob: NDArray[np.float32]) -> dict[str, NDArray[np.float32]]:
        interpreter.set_tensor(entry, np.ascontiguousarray(blob.transpose(0, 2, 3, 1)))
        interpreter.invoke()
        return {one["name"]: interpreter.get_tensor(one["index"]) for one in outputs}

    return run
