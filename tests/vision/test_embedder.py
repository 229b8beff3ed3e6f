"""One pipeline, bit for bit: who enrols and who unlocks is measured with the same rule."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from fakes import made_up_calibration, made_up_profile
from golden_portrait import EMBEDDING as GOLDEN
from real_face import framed, portrait

from facelock.core.comparison import Embedding, squared_distance
from facelock.core.enrolment import EnrolmentFlow, Mode
from facelock.core.frames import FaceCrop
from facelock.core.levels import Level
from facelock.core.template import make_gallery
from facelock.services.enrolling import Enroller
from facelock.services.loading import load_pipeline
from facelock.services.recognition import FacePipeline, Recogniser
from facelock.vision.embedder import MobileFaceNetEmbedder
from facelock.vision.liveness import LayeredLiveness


@pytest.fixture(scope="module")
def pipeline() -> FacePipeline:
    return load_pipeline()


@pytest.fixture(scope="module")
def embedder() -> MobileFaceNetEmbedder:
    return MobileFaceNetEmbedder()


def check(embedding: Embedding) -> None:
    assert embedding.shape == (192,)
    assert embedding.dtype == np.float32
    np.testing.assert_allclose(embedding[: len(GOLDEN)], GOLDEN, atol=2e-3)


def test_the_pipeline_gives_the_golden_embedding(pipeline: FacePipeline) -> None:
    face = pipeline.look(framed(portrait())).face
    assert face is not None
    check(pipeline.embed(face))
    check(pipeline.embed_crop(face.crop))


def test_enrolment_gives_the_golden_embedding(pipeline: FacePipeline) -> None:
    model = pipeline.model_sha256
    nobody = make_gallery([], Level.BALANCED, demo=True, model_sha256=model)
    calibration = replace(made_up_calibration(), model_sha256=model)
    enroller = Enroller(pipeline, nobody, calibration, demo=True)
    enroller.flow = EnrolmentFlow(mode=Mode.PLAIN)
    for step in range(60):
        enroller.offer(framed(portrait(), step / 30))
    assert enroller.flow.is_complete
    for sample in enroller.flow.samples:
        check(sample.embedding)
        assert sample.crop is not None
        check(pipeline.embed_crop(sample.crop))


def test_unlocking_gives_the_golden_embedding(pipeline: FacePipeline) -> None:
    somebody = replace(made_up_profile(1, demo=True), model_sha256=pipeline.model_sha256)
    gallery = make_gallery(
        [somebody], Level.BALANCED, demo=True, model_sha256=pipeline.model_sha256
    )
    recogniser = Recogniser(pipeline, gallery)
    recogniser.restart()
    for step in range(4):
        recogniser.observe(framed(portrait(), step / 30))
    assert recogniser._probe.frames == 4
    check(recogniser._probe.fused())


def test_an_embedding_has_unit_length_whatever_it_shows(embedder: MobileFaceNetEmbedder) -> None:
    generator = np.random.default_rng(0)
    for pixels in (
        np.zeros((112, 112, 3), np.uint8),
        np.full((112, 112, 3), 255, np.uint8),
        generator.integers(0, 256, (112, 112, 3), np.uint8),
    ):
        embedding = embedder.embed(FaceCrop(pixels))
        assert np.linalg.norm(embedding) == pytest.approx(1.0, abs=1e-5)


def test_the_same_face_gives_the_same_embedding_every_time(pipeline: FacePipeline) -> None:
    face = pipeline.look(framed(portrait())).face
    assert face is not None
    np.testing.assert_array_equal(pipeline.embed(face), pipeline.embed(face))


def test_colours_are_not_swapped(pipeline: FacePipeline) -> None:
    """The network was trained on RGB; fed with blue for red it must not give the same."""
    face = pipeline.look(framed(portrait())).face
    assert face is not None
    swapped = FaceCrop(np.ascontiguousarray(face.crop.pixels[:, :, ::-1]))
    assert squared_distance(pipeline.embed_crop(swapped), pipeline.embed(face)) > 0.01


def test_small_changes_of_the_picture_are_small_changes_of_the_embedding(
    pipeline: FacePipeline,
) -> None:
    face = pipeline.look(framed(portrait())).face
    changed = pipeline.look(framed(cv2.convertScaleAbs(portrait(), alpha=0.85, beta=8))).face
    assert face is not None
    assert changed is not None
    assert squared_distance(pipeline.embed(face), pipeline.embed(changed)) < 0.15


def test_the_pipeline_has_all_layers_of_liveness(pipeline: FacePipeline) -> None:
    assert isinstance(pipeline.liveness, LayeredLiveness)
