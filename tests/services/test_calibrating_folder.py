"""From a folder with a folder for each person to a calibration."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from fakes import MODEL, fake_pipeline, synthetic_frame

from facelock.core.errors import CalibrationError, EvaluationError
from facelock.services.calibrating import Measured
from facelock.services.calibrating_folder import (
    CalibrationPictures,
    calibrate,
    check_target,
    features_of,
    read_people,
    write_calibration,
)
from facelock.services.calibrating_people import Merge
from facelock.services.evaluation_faces import FaceReader

PEOPLE = 24


def draw(path: Path, person: int | None, *, at: int = 0) -> None:
    """Draw a picture of somebody; `at` makes it different from others of the same."""
    path.parent.mkdir(exist_ok=True)
    frame = synthetic_frame(person, left=100 + 4 * at).pixels
    cv2.imwrite(str(path), frame)


@pytest.fixture
def crowd(tmp_path: Path) -> Path:
    """Two pictures each of persons 1 to 24."""
    for person in range(1, PEOPLE + 1):
        for at in range(2):
            draw(tmp_path / f"person_{person:02}" / f"{at}.png", person, at=at)
    return tmp_path


@pytest.fixture
def reader() -> FaceReader:
    return FaceReader([fake_pipeline()], features_of("bundled"))


def test_everybody_in_the_folder_is_measured(crowd: Path, reader: FaceReader) -> None:
    told: list[tuple[str, float]] = []
    report = calibrate(read_people(crowd), reader, workers=1, tell=lambda *what: told.append(what))
    assert report.measured.calibration.people == PEOPLE
    assert report.measured.calibration.model_sha256 == MODEL
    assert report.not_detected == report.unreadable == ()
    assert ("faces", 1.0) in told


def test_pictures_without_a_face_and_no_pictures_are_named(crowd: Path, reader: FaceReader) -> None:
    draw(crowd / "person_03" / "wall.png", None)
    (crowd / "person_04" / "letter.jpg").write_text("Dear reader,")
    report = calibrate(read_people(crowd), reader, workers=1, tell=lambda *_: None)
    assert report.not_detected == ("person_03/wall.png",)
    assert report.unreadable == ("person_04/letter.jpg",)
    assert len(report.measured.features) == 2 * PEOPLE


def test_exact_duplicates_count_once(crowd: Path) -> None:
    draw(crowd / "person_05" / "again.png", 5)
    given = read_people(crowd)
    assert given.duplicates == (("person_05/again.png", "person_05/0.png"),)
    assert len(given.pictures) == 2 * PEOPLE


def test_two_people_with_the_very_same_picture_are_one(crowd: Path) -> None:
    draw(crowd / "somebody" / "0.png", 5)
    draw(crowd / "somebody" / "1.png", 5, at=3)
    given = read_people(crowd)
    assert given.chosen.person_of["somebody"] == "person_05"
    assert given.people.count("person_05") == 3
    assert given.chosen.merged[0].reason == "the same picture"


def of_folds(folder: Path, *merges: Merge, folds: tuple[int, ...] = (5,)) -> CalibrationPictures:
    """Persons 1 to 4 are in fold 1, the others in fold 5."""
    fold_of = {f"person_{n:02}": 1 if n <= 4 else 5 for n in range(1, PEOPLE + 1)}
    return read_people(folder, merges, fold_of=fold_of, folds=folds)


def test_pictures_of_other_folds_are_not_looked_at(crowd: Path) -> None:
    given = of_folds(crowd)
    assert len(given.pictures) == 2 * (PEOPLE - 4)
    assert not {"person_01", "person_04"} & set(given.people)


def test_somebody_with_a_picture_of_another_fold_is_left_out(crowd: Path) -> None:
    """Whatever the name: the same picture is the same person."""
    draw(crowd / "person_07" / "known.png", 2)
    given = of_folds(crowd)
    assert given.chosen.left_out == {"person_07": "person_02"}
    assert "person_07" not in given.people
    assert given.duplicates == ()


def test_merged_names_are_measured_as_one(crowd: Path, reader: FaceReader) -> None:
    given = of_folds(crowd, Merge("person_06", "person_05", "two spellings"))
    report = calibrate(given, reader, workers=1, tell=lambda *_: None)
    assert report.measured.calibration.people == PEOPLE - 5


def test_without_a_single_face_there_is_nothing_to_measure(
    tmp_path: Path, reader: FaceReader
) -> None:
    for name in ("a", "b"):
        draw(tmp_path / name / "0.png", None)
    draw(tmp_path / "b" / "1.png", None, at=1)
    with pytest.raises(CalibrationError, match="no face"):
        calibrate(read_people(tmp_path), reader, workers=1, tell=lambda *_: None)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="no folder"):
        read_people(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["table.json", "nowhere/new.safetensors", "folder.safetensors"])
def test_where_nothing_can_be_written_is_known_before_the_work(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.safetensors").mkdir()
    with pytest.raises(CalibrationError):
        check_target(tmp_path / name)


def test_a_file_is_replaced_whole(
    crowd: Path, reader: FaceReader, tmp_path_factory: pytest.TempPathFactory
) -> None:
    measured = calibrate(read_people(crowd), reader, workers=1, tell=lambda *_: None).measured
    path = tmp_path_factory.mktemp("out") / "new.safetensors"
    path.write_bytes(b"old")
    check_target(path)
    assert write_calibration(measured, path) == path.read_bytes() == measured.to_bytes()
    assert [one.name for one in path.parent.iterdir()] == ["new.safetensors"]


def test_a_disk_that_is_full_is_said(
    crowd: Path, reader: FaceReader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(_path: Path, _data: bytes) -> None:
        raise OSError("no space left on device")

    measured = calibrate(read_people(crowd), reader, workers=1, tell=lambda *_: None).measured
    monkeypatch.setattr("facelock.services.calibrating_folder.write_atomically", full)
    with pytest.raises(CalibrationError, match="cannot be written"):
        write_calibration(measured, tmp_path / "new.safetensors")


def test_what_is_measured_are_features_and_not_embeddings(crowd: Path, reader: FaceReader) -> None:
    measured: Measured = calibrate(
        read_people(crowd), reader, workers=1, tell=lambda *_: None
    ).measured
    np.testing.assert_allclose(np.linalg.norm(measured.features, axis=1), 1.0, atol=1e-5)
    assert measured.features.shape == (2 * PEOPLE, 192)
