"""A replaced model is refused; the very bytes that were checked are the ones that run."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from facelock.core.errors import ModelCorrupt, ModelMissing
from facelock.resources import resource
from facelock.vision import models
from facelock.vision.models import PINNED, PinnedModel, load_verified, read_net_onnx
from facelock.vision.networks import FEATURES, NETWORKS

MODELS = resource("models/MANIFEST.json").parent
BACKBONES = sorted({network.backbone for network in NETWORKS.values()})
NAME = "face_detection_short_range.onnx"
security = pytest.mark.security


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for models/, holding a copy of the detector."""
    (tmp_path / NAME).write_bytes((MODELS / NAME).read_bytes())

    def fake_resource(relative: str) -> Path:
        path = tmp_path / Path(relative).name
        if not path.is_file():
            raise FileNotFoundError(relative)
        return path

    monkeypatch.setattr(models, "resource", fake_resource)
    return tmp_path


def test_an_untouched_copy_is_accepted(folder: Path) -> None:
    assert load_verified(NAME) == (MODELS / NAME).read_bytes()


@security
@pytest.mark.parametrize("share", [0.0, 0.3, 0.999999])
def test_one_flipped_bit_is_refused(folder: Path, share: float) -> None:
    data = bytearray((folder / NAME).read_bytes())
    data[int(len(data) * share)] ^= 1
    (folder / NAME).write_bytes(data)
    with pytest.raises(ModelCorrupt):
        load_verified(NAME)
    with pytest.raises(ModelCorrupt):
        read_net_onnx(NAME)


@security
def test_a_longer_or_shorter_file_is_refused(folder: Path) -> None:
    data = (folder / NAME).read_bytes()
    for wrong in (data + b"\0", data[:-1], b""):
        (folder / NAME).write_bytes(wrong)
        with pytest.raises(ModelCorrupt):
            load_verified(NAME)


@security
def test_no_more_than_the_pinned_size_is_read(folder: Path) -> None:
    """A file of four gigabytes, mostly a hole, must not be taken into memory."""
    with (folder / NAME).open("r+b") as file:
        file.truncate(4 * 1024**3)
    with pytest.raises(ModelCorrupt):
        load_verified(NAME)


def test_a_missing_file_is_said_to_be_missing(folder: Path) -> None:
    (folder / NAME).unlink()
    with pytest.raises(ModelMissing):
        read_net_onnx(NAME)


@security
@pytest.mark.parametrize("name", ["other.onnx", "../models/" + NAME, ""])
def test_only_pinned_names_are_loaded(name: str) -> None:
    with pytest.raises(ModelMissing):
        load_verified(name)


def test_verified_bytes_that_are_no_network_are_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Cannot happen with our pins; OpenCV's own exception must not get out all the same."""
    data = b"not a network"
    (folder / NAME).write_bytes(data)
    pin = PinnedModel(sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    monkeypatch.setattr(models, "PINNED", {NAME: pin})
    with pytest.raises(ModelCorrupt, match="OpenCV"):
        read_net_onnx(NAME)


def test_the_manifest_the_pins_and_the_files_agree() -> None:
    manifest = json.loads((MODELS / "MANIFEST.json").read_text(encoding="utf-8"))
    listed = {one["file"]: one for entries in manifest.values() for one in entries}
    there = {path.name for ending in ("onnx", "safetensors") for path in MODELS.glob(f"*.{ending}")}
    assert listed.keys() == PINNED.keys() == there
    for name, pinned in PINNED.items():
        data = (MODELS / name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == pinned.sha256 == listed[name]["sha256"]
        assert len(data) == pinned.size == listed[name]["size"]
        assert all((MODELS / licence).is_file() for licence in listed[name]["licence_files"])


def test_the_bundled_models_stay_small() -> None:
    assert sum(pinned.size for pinned in PINNED.values()) < 15_000_000


@pytest.mark.parametrize(
    ("name", "taken", "given"),
    [
        (
            "face_detection_short_range.onnx",
            (1, 3, 128, 128),
            {"regressors": (1, 896, 16), "classificators": (1, 896, 1)},
        ),
        (
            "face_landmark.onnx",
            (1, 3, 192, 192),
            {"conv2d_21": (1, 1404, 1, 1), "conv2d_31": (1, 1, 1, 1)},
        ),
        *((backbone, (2, 3, 112, 112), {"embeddings": (2, FEATURES)}) for backbone in BACKBONES),
    ],
)
def test_each_network_runs(
    name: str, taken: tuple[int, ...], given: dict[str, tuple[int, ...]]
) -> None:
    net = read_net_onnx(name)
    net.setInput(np.random.default_rng(0).uniform(-1, 1, taken).astype(np.float32))
    outputs = net.forward(tuple(given))
    assert [output.shape for output in outputs] == list(given.values())
    assert all(np.isfinite(output).all() for output in outputs)


@pytest.mark.parametrize("backbone", BACKBONES)
def test_features_have_unit_length(backbone: str) -> None:
    net = read_net_onnx(backbone)
    net.setInput(np.random.default_rng(1).uniform(-1, 1, (3, 3, 112, 112)).astype(np.float32))
    np.testing.assert_allclose(np.linalg.norm(net.forward(), axis=1), 1.0, atol=1e-6)
