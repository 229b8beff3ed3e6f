"""Tables of pairs: with a header and without, and what is wrong with the bad ones."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fakes_evaluation import write_people

from facelock.core.errors import EvaluationError
from facelock.services.evaluation_set import EvaluationSet
from facelock.services.evaluation_table import read_table

HEADER = "fold\timage_a\timage_b\tmated\n"


def write_table(folder: Path, text: str) -> Path:
    path = folder / "pairs.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def pairs_of(found: EvaluationSet) -> list[tuple[str, str, bool]]:
    assert found.pairs is not None
    names = [picture.name for picture in found.pictures]
    rows = zip(found.pairs.one, found.pairs.other, found.pairs.mated, strict=True)
    return [(names[one], names[other], bool(mated)) for one, other, mated in rows]


@pytest.fixture
def people(tmp_path: Path) -> Path:
    return write_people(tmp_path, {"ada": 2, "ben": 2, "cyd": 1})


def test_a_table_with_a_header_may_order_its_columns(people: Path) -> None:
    table = write_table(
        people,
        "mated\timage_b\tremark\timage_a\tfold\r\n"
        "1\tada/1.png\tglasses\tada/0.png\t3\r\n"
        "0\tben/0.png\t\tada/0.png\t4\r\n\r\n",
    )
    found = read_table(table)
    assert pairs_of(found) == [("ada/0.png", "ada/1.png", True), ("ada/0.png", "ben/0.png", False)]
    assert found.pairs is not None
    assert found.pairs.folds is not None
    assert found.pairs.folds.tolist() == [3, 4]
    assert found.people == ("ada", "ben")
    assert found.names_are_people
    assert not found.all_against_all


def test_a_table_without_a_header_has_two_pictures_and_the_truth(people: Path) -> None:
    table = write_table(people, "\ufeffada/0.png\tada/1.png\t1\nada/0.png\tben/0.png\t0\n")
    found = read_table(table)
    assert [mated for *_, mated in pairs_of(found)] == [True, False]
    assert found.pairs is not None
    assert found.pairs.folds is None


def test_folds_count_only_if_every_pair_has_one(people: Path) -> None:
    found = read_table(write_table(people, "ada/0.png\tada/1.png\t1\t1\nada/0.png\tben/0.png\t0\n"))
    assert found.pairs is not None
    assert found.pairs.folds is None


@pytest.mark.parametrize("place", ["beside", "in images", "elsewhere"])
def test_pictures_lie_beside_the_table_in_images_or_where_one_says(
    tmp_path: Path, place: str
) -> None:
    folder = {"beside": tmp_path, "in images": tmp_path / "images"}.get(place, tmp_path / "far")
    write_people(folder, {"ada": 1, "ben": 1})
    table = write_table(tmp_path, "ada/0.png\tben/0.png\t0\n")
    found = read_table(table, folder if place == "elsewhere" else None)
    assert found.pictures[0].path == folder / "ada" / "0.png"


def test_without_folders_mated_pairs_tell_who_is_who(tmp_path: Path) -> None:
    for name in "abcde":
        shutil.copy(
            write_people(tmp_path / "p", {"x": 1}) / "x" / "0.png", tmp_path / f"{name}.png"
        )
    table = write_table(
        tmp_path, "a.png\tb.png\t1\nb.png\tc.png\t1\nd.png\ta.png\t0\nd.png\te.png\t0\n"
    )
    found = read_table(table)
    person = {picture.name: picture.person for picture in found.pictures}
    assert person["a.png"] == person["b.png"] == person["c.png"]
    assert len({person["a.png"], person["d.png"], person["e.png"]}) == 3
    assert not found.names_are_people


def test_folders_that_contradict_the_table_are_not_taken_for_people(people: Path) -> None:
    """A mated pair across two folders: these are sessions."""
    found = read_table(write_table(people, "ada/0.png\tben/0.png\t1\nada/1.png\tcyd/0.png\t0\n"))
    assert not found.names_are_people
    assert len(found.people) == 3


def test_the_innermost_folder_may_be_the_person(tmp_path: Path) -> None:
    write_people(tmp_path / "set", {"ada": 2, "ben": 1})
    text = "set/ada/0.png\tset/ada/1.png\t1\nset/ada/0.png\tset/ben/0.png\t0\n"
    assert read_table(write_table(tmp_path, text)).people == ("ada", "ben")


def test_rows_that_contradict_each_other_are_named(tmp_path: Path) -> None:
    write_people(tmp_path, {"x": 3})
    for number in range(3):
        shutil.copy(tmp_path / "x" / f"{number}.png", tmp_path)
    text = "0.png\t1.png\t1\n1.png\t2.png\t1\n0.png\t2.png\t0\n"
    (note,) = read_table(write_table(tmp_path, text)).notes
    assert "line 3" in note


def test_equal_pictures_are_reported_and_stay(people: Path) -> None:
    shutil.copy(people / "ada" / "0.png", people / "ben" / "same.png")
    found = read_table(write_table(people, "ada/0.png\tben/same.png\t0\nada/0.png\tada/1.png\t1\n"))
    assert found.label_doubts == (("ben/same.png", "ada/0.png"),)
    assert len(found.pictures) == 3


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "no pairs"),
        ("\n\n", "no pairs"),
        (HEADER, "no pairs"),
        ("fold\timage_a\timage_b\n1\ta\tb\n", "line 1 of pairs.tsv has no column mated"),
        ("ada/0.png\tada/1.png\t1\nada/0.png ben/0.png 0\n", "line 2 of pairs.tsv is not"),
        ("ada/0.png\tada/1.png\tyes\n", "line 1 of pairs.tsv is not"),
        ("ada/0.png\t\t1\n", "line 1 of pairs.tsv is not"),
        ("ada/0.png\tada/0.png\t1\n", "line 1 of pairs.tsv compares a picture with itself"),
        ("ada/0.png\tada/1\0.png\t1\n", "line 1 of pairs.tsv names no file"),
        (HEADER + "first\tada/0.png\tada/1.png\t1\n", "fold in line 2"),
        (
            "ada/0.png\tada/1.png\t1\nada/0.png\tada/7.png\t1\nben/0.png\tben/9.png\t1\n",
            r"line 2 names ada/7.png, which is not in .* \(and 1 more\)",
        ),
    ],
)
def test_a_bad_table_is_refused_with_its_line(people: Path, text: str, complaint: str) -> None:
    with pytest.raises(EvaluationError, match=complaint):
        read_table(write_table(people, text))


def test_what_is_no_table_is_refused(people: Path) -> None:
    with pytest.raises(EvaluationError, match="UTF-8"):
        read_table(people / "ada" / "0.png")
    with pytest.raises(EvaluationError, match="cannot be read"):
        read_table(people / "nowhere.tsv")
    with pytest.raises(EvaluationError, match="there is no folder"):
        read_table(write_table(people, "ada/0.png\tada/1.png\t1\n"), people / "nowhere")


def test_a_table_of_gigabytes_is_not_read(people: Path) -> None:
    table = people / "pairs.tsv"
    with table.open("wb") as file:
        file.truncate(2**30)
    with pytest.raises(EvaluationError, match="larger than"):
        read_table(table)
