"""Which pictures of a folder are evaluated, and whom they show."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fakes_evaluation import write_people, write_picture

from facelock.core.errors import EvaluationError
from facelock.services.evaluation_set import read_folder


def test_every_folder_is_a_person_with_pictures_at_any_depth(tmp_path: Path) -> None:
    write_people(tmp_path, {"ada": 2, "ben": 1})
    write_picture(tmp_path / "ben" / "holiday" / "beach" / "9.png", 2, 9)
    found = read_folder(tmp_path)
    assert found.people == ("ada", "ben")
    assert found.all_against_all
    assert found.pairs is None
    names = [(picture.name, found.people[picture.person]) for picture in found.pictures]
    assert names == [
        ("ada/0.png", "ada"),
        ("ada/1.png", "ada"),
        ("ben/0.png", "ben"),
        ("ben/holiday/beach/9.png", "ben"),
    ]


def test_equal_pictures_of_one_person_are_left_out_and_named(tmp_path: Path) -> None:
    write_people(tmp_path, {"ada": 2, "ben": 1})
    shutil.copy(tmp_path / "ada" / "0.png", tmp_path / "ada" / "again.png")
    found = read_folder(tmp_path)
    assert found.duplicates == (("ada/again.png", "ada/0.png"),)
    assert found.label_doubts == ()
    assert [picture.name for picture in found.pictures] == ["ada/0.png", "ada/1.png", "ben/0.png"]


def test_equal_pictures_of_two_people_are_a_label_to_doubt(tmp_path: Path) -> None:
    write_people(tmp_path, {"ada": 2, "ben": 1})
    shutil.copy(tmp_path / "ada" / "1.png", tmp_path / "ben" / "wrong.png")
    found = read_folder(tmp_path)
    assert found.label_doubts == found.duplicates == (("ben/wrong.png", "ada/1.png"),)


def test_files_of_equal_size_need_not_be_equal(tmp_path: Path) -> None:
    for name, data in (("ada", b"P5\n1 1\n255\na"), ("ben", b"P5\n1 1\n255\nb")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "0.pgm").write_bytes(data)
    assert len(read_folder(tmp_path).pictures) == 2


def test_what_is_hidden_no_picture_or_nobodys_is_left_out(tmp_path: Path) -> None:
    write_people(tmp_path, {"ada": 1, "ben": 1, ".trash": 1})
    write_picture(tmp_path / "ada" / ".thumbnails" / "0.png", 1, 5)
    write_picture(tmp_path / "ada" / ".hidden.png", 1, 6)
    (tmp_path / "ada" / "notes.txt").write_text("not a picture")
    write_picture(tmp_path / "nobody.png", 1, 7)
    found = read_folder(tmp_path)
    assert [picture.name for picture in found.pictures] == ["ada/0.png", "ben/0.png"]
    assert found.notes == ("Pictures in no person's folder, left out: 1.",)


def test_a_dangling_link_is_kept_for_the_reader_to_name(tmp_path: Path) -> None:
    write_people(tmp_path, {"ada": 1, "ben": 1})
    (tmp_path / "ada" / "gone.png").symlink_to(tmp_path / "nowhere.png")
    assert len(read_folder(tmp_path).pictures) == 3


def test_a_folder_without_two_people_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="there is no folder"):
        read_folder(tmp_path / "nowhere")
    with pytest.raises(EvaluationError, match="no folders with pictures"):
        read_folder(tmp_path)
    write_people(tmp_path, {"ada": 3})
    (tmp_path / "empty").mkdir()
    with pytest.raises(EvaluationError, match="one person only, ada"):
        read_folder(tmp_path)
