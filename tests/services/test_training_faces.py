"""Whom the network may learn from: the training folds alone, split by person, nobody twice."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from small_training_set import (
    ENOUGH,
    NOBODY,
    counts,
    people,
    picture,
    see_aligned_faces,
    write_picture,
    write_set,
)

from facelock.core.errors import TrainingDataUnusable
from facelock.core.frames import Frame
from facelock.services import training_faces
from facelock.services.picture_file import read_picture
from facelock.services.training_faces import (
    LARGEST_SHARE,
    TRAINING_FOLDS,
    Faces,
    TrainingFaces,
    is_held_out,
    read_training_faces,
)

LEARNER, HELD_OUT = people(1, held_out=False)[0], people(1, held_out=True)[0]


@pytest.fixture(autouse=True)
def _fake_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    see_aligned_faces(monkeypatch)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Note every picture that is opened."""
    paths: list[Path] = []

    def noted(path: Path) -> Frame:
        paths.append(path)
        return read_picture(path)

    monkeypatch.setattr(training_faces, "read_picture", noted)
    return paths


def read(data: Path) -> TrainingFaces:
    return read_training_faces(data, lambda _done, _count: None)


def test_people_are_split_by_name_and_nobody_is_on_both_sides(tmp_path: Path) -> None:
    images = counts(2)
    faces = read(write_set(tmp_path, images))
    assert (faces.training.count, faces.held_out.count, faces.not_detected) == (ENOUGH, ENOUGH, 0)
    sides = [{crop.tobytes() for crop in one.crops} for one in (faces.training, faces.held_out)]
    assert [len(side) for side in sides] == [2 * ENOUGH, 2 * ENOUGH]
    assert not sides[0] & sides[1]


def test_people_are_numbered_from_nought_and_their_pictures_are_in_order(tmp_path: Path) -> None:
    images = counts(2)
    faces = read(write_set(tmp_path, images))
    for side, held_out in ((faces.training, False), (faces.held_out, True)):
        assert side.crops.shape == (2 * ENOUGH, 112, 112, 3)
        assert side.crops.dtype == np.uint8
        assert side.people.tolist() == [person for person in range(ENOUGH) for _ in range(2)]
        names = [name for name in sorted(images) if is_held_out(name) == held_out]
        drawn = [list(images).index(name) for name in names]
        expected = [picture(person, number) for person in drawn for number in range(2)]
        assert np.array_equal(side.crops, np.stack(expected))


def test_about_three_in_ten_are_held_out_whatever_else_is_in_the_folder() -> None:
    apart = [is_held_out(f"Somebody_{number}") for number in range(2000)]
    assert sum(apart) / 2000 == pytest.approx(0.3, abs=0.03)
    # By the name alone: what was chosen once on some people is never trained on later.
    assert [is_held_out(name) for name in ("Ada", "Zoë", "Grace_Hopper", "Alan")] == KNOWN


KNOWN = [True, False, False, False]


def test_only_the_training_folds_are_opened(tmp_path: Path, opened: list[Path]) -> None:
    others = {f"Elsewhere_{fold}": fold for fold in range(10) if fold not in TRAINING_FOLDS}
    data = write_set(tmp_path, counts() | dict.fromkeys(others, 1), others)
    for name in others:
        (data / "images" / name / "00.png").write_bytes(b"would raise, were it read")
    stranger = data / "images" / "In_no_fold"
    stranger.mkdir()
    (stranger / "00.png").write_bytes(b"so would this")
    faces = read(data)
    assert faces.training.count + faces.held_out.count == 2 * ENOUGH
    assert {path.parent.name for path in opened} == set(counts())
    assert len(opened) == 2 * ENOUGH


def test_folds_one_to_four_train_and_no_other() -> None:
    assert sorted(TRAINING_FOLDS) == [1, 2, 3, 4]  # 5 to 7 calibrate, 8 tests


def test_what_is_no_picture_is_passed_over(tmp_path: Path, opened: list[Path]) -> None:
    data = write_set(tmp_path, counts())
    (data / "images" / LEARNER / "notes.txt").write_text("no picture")
    assert len(read(data).training.crops) == ENOUGH
    assert all(path.suffix == ".png" for path in opened)


def test_a_person_of_the_table_without_pictures_is_passed_over(tmp_path: Path) -> None:
    data = write_set(tmp_path, counts(), {"Only_in_the_table": 1})
    assert read(data).training.count == ENOUGH


def test_of_a_held_out_person_only_the_first_pictures_are_kept(tmp_path: Path) -> None:
    more = LARGEST_SHARE + 3
    images = counts() | {LEARNER: more, HELD_OUT: more}
    faces = read(write_set(tmp_path, images))
    assert len(faces.training.crops) == ENOUGH - 1 + more
    assert len(faces.held_out.crops) == ENOUGH - 1 + LARGEST_SHARE
    assert np.bincount(faces.held_out.people).max() == LARGEST_SHARE
    few = read(write_set(tmp_path / "few", images | {HELD_OUT: LARGEST_SHARE}))
    assert np.array_equal(faces.held_out.crops, few.held_out.crops)


def test_pictures_without_a_face_are_counted(tmp_path: Path) -> None:
    data = write_set(tmp_path, counts(2))
    for name in (LEARNER, HELD_OUT):
        write_picture(data / "images" / name / "00.png", NOBODY)
    faces = read(data)
    assert faces.not_detected == 2
    assert len(faces.training.crops) == len(faces.held_out.crops) == 2 * ENOUGH - 1


def test_every_picture_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    data = write_set(tmp_path, counts())
    read_training_faces(data, lambda done, count: told.append((done, count)))
    assert told == [(done, 2 * ENOUGH) for done in range(1, 2 * ENOUGH + 1)]


def test_the_order_of_the_table_does_not_matter(tmp_path: Path) -> None:
    data = write_set(tmp_path, counts())
    before = read(data)
    head, *rows = (data / "people.tsv").read_text().splitlines()
    (data / "people.tsv").write_text("\n".join([head, *reversed(rows)]))
    after = read(data)
    for one, again in ((before.training, after.training), (before.held_out, after.held_out)):
        assert np.array_equal(one.crops, again.crops)
        assert np.array_equal(one.people, again.people)


def test_a_folder_without_a_table_is_told(tmp_path: Path) -> None:
    data = write_set(tmp_path, counts())
    (data / "people.tsv").unlink()
    with pytest.raises(TrainingDataUnusable, match=r"people\.tsv"):
        read(data)


def test_a_damaged_picture_is_named(tmp_path: Path) -> None:
    data = write_set(tmp_path, counts())
    (data / "images" / LEARNER / "00.png").write_bytes(b"no picture")
    with pytest.raises(TrainingDataUnusable, match=LEARNER):
        read(data)


@pytest.mark.parametrize("side", [False, True])
def test_too_few_people_on_either_side_are_told(tmp_path: Path, *, side: bool) -> None:
    images = counts()
    del images[people(1, held_out=side)[0]]
    with pytest.raises(TrainingDataUnusable, match="too few people"):
        read(write_set(tmp_path, images))


@pytest.mark.parametrize("images", [{}, {LEARNER: 0}])
def test_a_folder_without_pictures_is_told(tmp_path: Path, images: dict[str, int]) -> None:
    with pytest.raises(TrainingDataUnusable, match="no face"):
        read(write_set(tmp_path, images, {LEARNER: 1}))


def test_some_faces_are_numbered_anew() -> None:
    faces = Faces(np.zeros((5, 112, 112, 3), np.uint8), np.array([0, 1, 1, 2, 4]))
    some = faces.some(np.array([False, True, True, False, True]))
    assert some.people.tolist() == [0, 0, 1]
    assert (some.count, faces.count) == (2, 4)
