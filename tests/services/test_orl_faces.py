"""The folders of the reference's experiment, and what becomes of the pictures in them."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from fakes import fake_pipeline, synthetic_frame

from facelock.core.errors import PictureUnreadable, TrainingDataUnusable
from facelock.services.evaluation_faces import FaceReader, Treatment, load_reader
from facelock.services.orl_faces import NETWORKS, embeddings_of, grey_images, look, read_orl
from facelock.services.orl_figures import Comparisons, Fold, on_grid


def add_person(folder: Path, pictures: int, *, shows: int | None = 1) -> None:
    folder.mkdir(parents=True)
    for number in range(1, pictures + 1):
        cv2.imwrite(str(folder / f"{number}.png"), synthetic_frame(shows).pixels)


@pytest.fixture
def orl(tmp_path: Path) -> Path:
    for number in range(1, 13):
        add_person(tmp_path / "training" / f"s{number}", 2, shows=number)
    for number in (20, 31):
        add_person(tmp_path / "testing" / f"s{number}", 11, shows=number)
    return tmp_path


def test_people_and_pictures_come_in_the_order_of_their_numbers(orl: Path) -> None:
    faces = read_orl(orl)
    assert faces.names == (*(f"s{number}" for number in range(1, 13)), "s20", "s31")
    assert faces.names_of(faces.is_test) == ["s20", "s31"]
    assert faces.people.tolist() == [*np.repeat(np.arange(12), 2), *np.repeat([12, 13], 11)]
    assert [path.name for path in faces.paths[24:35]] == [f"{n}.png" for n in range(1, 12)]
    assert faces.left_out == ()


def test_folders_of_others_are_named_and_left_out(orl: Path) -> None:
    add_person(orl / "testing" / "subject01", 3)
    add_person(orl / "training" / "s40", 1)  # makes no mated pair
    (orl / "testing" / "s20" / "notes.txt").write_text("not a picture")
    faces = read_orl(orl)
    assert faces.left_out == ("training/s40", "testing/subject01")
    assert len(faces.paths) == 46


def test_what_is_missing_is_said(orl: Path) -> None:
    with pytest.raises(TrainingDataUnusable, match=r"no folder .*nowhere.training"):
        read_orl(orl / "nowhere")
    (orl / "testing" / "s20").rename(orl / "testing" / "somebody")
    with pytest.raises(TrainingDataUnusable, match="shows 1 people"):
        read_orl(orl)


def test_nobody_is_trained_on_and_tested_with(orl: Path) -> None:
    add_person(orl / "testing" / "s3", 2)
    with pytest.raises(TrainingDataUnusable, match="s3 is both"):
        read_orl(orl)


def test_the_reference_sees_the_whole_picture_in_grey(orl: Path) -> None:
    images = grey_images(read_orl(orl), 100)
    assert images.shape == (46, 100, 100)
    assert images.dtype == np.float32
    assert 0 <= images.min() < images.max() <= 1
    picture = cv2.imread(str(orl / "training" / "s1" / "1.png"), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    assert images[0] == pytest.approx(cv2.resize(picture, (100, 100)) / 255, abs=1e-6)


def test_a_damaged_picture_is_named(orl: Path) -> None:
    (orl / "training" / "s1" / "1.png").write_bytes(b"no picture")
    with pytest.raises(PictureUnreadable, match=r"1\.png"):
        grey_images(read_orl(orl), 100)


def test_pictures_without_a_face_are_rows_of_nan(orl: Path) -> None:
    cv2.imwrite(str(orl / "training" / "s1" / "2.png"), synthetic_frame(None).pixels)
    faces, told = read_orl(orl), []
    reader = FaceReader([fake_pipeline(), fake_pipeline()], Treatment(networks=NETWORKS))
    faced = look(faces, lambda done, of: told.append((done, of)), workers=1, reader=reader)
    for network in NETWORKS:
        embeddings = embeddings_of(faced, network)
        assert embeddings.shape == (46, 192)
        assert np.flatnonzero(np.isnan(embeddings).any(axis=1)).tolist() == [1]
    assert told[-1] == (46, 46)


def test_no_face_at_all_is_an_error() -> None:
    reader = FaceReader([], Treatment())
    with pytest.raises(ValueError, match="no face"):
        embeddings_of([reader.read(Path("nowhere.png"))], "bare")


def test_the_backbone_makes_no_error_on_the_customers_test_people(shared_data: Path) -> None:
    faces = read_orl(shared_data / "orl")
    assert len(faces.names) == 37
    assert faces.names_of(faces.is_test) == ["s6", "s7"]
    reader = load_reader(Treatment(networks=NETWORKS[:1]), threads=1)
    faced = [reader.read(path) for path in np.array(faces.paths)[faces.is_test]]
    features = np.stack([one.embeddings[0] for one in faced if one.embeddings is not None])
    assert len(features) == 20
    comparisons = Comparisons.of(features, faces.people[faces.is_test], None)
    threshold = int(on_grid(np.array(0.8), None))
    values = Fold(comparisons, threshold, threshold).values()
    assert values[0] > 0.99  # accuracy at that distance
    assert values[2] == 0  # equal error rate
