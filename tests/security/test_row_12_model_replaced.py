"""Threat-model row 12: with one changed byte in any model there is no pipeline at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from facelock.core.errors import ModelCorrupt, ModelError, ModelMissing
from facelock.resources import resource
from facelock.services.calibration import load_calibration
from facelock.services.loading import load_pipeline
from facelock.vision import models
from facelock.vision.models import PINNED
from facelock.vision.networks import NETWORKS

pytestmark = pytest.mark.security


def load_networks() -> None:
    """Load the product's network and the one it is compared with."""
    for network in NETWORKS:
        load_pipeline(network=network)


LOADERS: dict[str, Callable[[], object]] = {
    name: load_calibration if name == "impostors.safetensors" else load_networks for name in PINNED
}


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that stands for models/, with a copy of every file in it."""
    for name in PINNED:
        shutil.copy(resource(f"models/{name}"), tmp_path)
    monkeypatch.setattr(models, "resource", lambda relative: tmp_path / Path(relative).name)
    return tmp_path


def test_untouched_copies_are_used(bundle: Path) -> None:
    assert load_pipeline().model_sha256 == load_calibration().model_sha256


@pytest.mark.parametrize("name", PINNED)
def test_one_changed_byte_anywhere_is_refused(bundle: Path, name: str) -> None:
    data = bytearray((bundle / name).read_bytes())
    data[len(data) // 2] ^= 1
    (bundle / name).write_bytes(data)
    with pytest.raises(ModelCorrupt):
        LOADERS[name]()


@pytest.mark.parametrize("name", PINNED)
def test_a_missing_model_is_refused(bundle: Path, name: str) -> None:
    (bundle / name).unlink()
    with pytest.raises(ModelMissing):
        LOADERS[name]()


def test_a_bundled_model_in_the_place_of_another_is_refused(bundle: Path) -> None:
    shutil.copy(bundle / "face_landmark.onnx", bundle / NETWORKS["bundled"].backbone)
    with pytest.raises(ModelError):
        load_pipeline()
