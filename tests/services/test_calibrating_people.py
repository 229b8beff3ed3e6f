"""Nobody is calibrated on who was trained on or is tested with, under any name."""

from __future__ import annotations

from pathlib import Path

import pytest

from facelock.core.errors import CalibrationError
from facelock.services.calibrating_people import (
    Chosen,
    Merge,
    choose_people,
    read_folds,
    read_merges,
)

FOLDS = {"Ada": 1, "Ben": 5, "Cleo": 6, "Dan": 7, "Eve": 8}
SAME_PERSON = Path(__file__).parents[2] / "scripts" / "lfw_same_person.tsv"


def chosen(*merges: Merge, folds: tuple[int, ...] = (5, 6, 7)) -> Chosen:
    return choose_people(FOLDS, merges, fold_of=FOLDS, folds=folds)


def test_only_people_of_the_folds_are_used() -> None:
    assert chosen().person_of == {"Ben": "Ben", "Cleo": "Cleo", "Dan": "Dan"}
    assert chosen().merged == ()
    assert chosen().left_out == {}


def test_without_folds_everybody_is_used() -> None:
    assert set(choose_people(FOLDS).person_of) == set(FOLDS)


def test_two_names_of_one_person_are_one_person() -> None:
    merge = Merge("Dan", "Ben", "the same photograph")
    found = chosen(merge)
    assert found.person_of == {"Ben": "Ben", "Cleo": "Cleo", "Dan": "Ben"}
    assert found.merged == (merge,)


def test_names_are_merged_by_way_of_others() -> None:
    found = chosen(Merge("Dan", "Cleo"), Merge("Ben", "Dan"))
    assert set(found.person_of.values()) == {"Ben"}


def test_somebody_who_has_another_name_in_another_fold_is_left_out() -> None:
    found = chosen(Merge("Ben", "Eve", "two spellings"))
    assert set(found.person_of) == {"Cleo", "Dan"}
    assert found.left_out == {"Ben": "Eve"}
    assert found.merged == ()


def test_all_names_of_somebody_trained_on_are_left_out() -> None:
    found = chosen(Merge("Ben", "Cleo"), Merge("Cleo", "Ada"))
    assert set(found.person_of) == {"Dan"}
    assert found.left_out == {"Ben": "Ada", "Cleo": "Ada"}


def test_somebody_whom_the_table_does_not_know_is_not_used() -> None:
    found = choose_people([*FOLDS, "Nobody"], fold_of=FOLDS, folds=(5,))
    assert set(found.person_of) == {"Ben"}


def test_a_name_without_pictures_counts_where_it_is_trained_on() -> None:
    found = choose_people(["Ben", "Dan"], [Merge("Ben", "Ada")], fold_of=FOLDS, folds=(5, 7))
    assert set(found.person_of) == {"Dan"}


def test_a_fold_without_people_is_a_mistake() -> None:
    with pytest.raises(CalibrationError, match="fold 9"):
        chosen(folds=(5, 9))


def test_a_merge_of_somebody_unknown_is_a_mistake() -> None:
    with pytest.raises(CalibrationError, match="Dann"):
        chosen(Merge("Dann", "Ben"))


def written(folder: Path, text: str) -> Path:
    table = folder / "table.tsv"
    table.write_text(text, encoding="utf-8")
    return table


def test_a_table_of_folds_is_read(tmp_path: Path) -> None:
    table = written(tmp_path, 'fold\tperson\timages\n1\tAda\t3\n5\tBen "B" O\'Hara\t1\n')
    assert read_folds(table) == {"Ada": 1, 'Ben "B" O\'Hara': 5}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("person\nAda\n", "no fold"),
        ("fold\tperson\n1\n", "no person"),
        ("fold\tperson\nfive\tAda\n", "'five'"),
        ("fold\tperson\n1\tAda\n2\tAda\n", "Ada into two folds"),
    ],
)
def test_a_table_of_folds_that_says_nothing_clear_is_refused(
    tmp_path: Path, text: str, wrong: str
) -> None:
    with pytest.raises(CalibrationError, match=wrong):
        read_folds(written(tmp_path, text))


def test_a_table_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CalibrationError, match="cannot be read"):
        read_folds(tmp_path / "nowhere.tsv")
    (tmp_path / "bytes.tsv").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(CalibrationError, match="UTF-8"):
        read_folds(tmp_path / "bytes.tsv")


def test_a_merge_needs_a_reason(tmp_path: Path) -> None:
    with pytest.raises(CalibrationError, match="has no reason"):
        read_merges(written(tmp_path, "person\tsame_as\treason\nDan\tBen\t\n"))


def test_the_calibration_people_are_none_of_the_training_or_test_people(
    shared_data: Path,
) -> None:
    """Folds 1-4 train, 5-7 calibrate, 8 tests: also by the names that are known to be wrong."""
    fold_of = read_folds(shared_data / "lfw" / "people.tsv")
    names = [path.name for path in (shared_data / "lfw" / "images").iterdir()]
    merges = read_merges(SAME_PERSON)
    found = choose_people(names, merges, fold_of=fold_of, folds=(5, 6, 7))
    assert {fold_of[name] for name in found.person_of} == {5, 6, 7}
    same = {frozenset((merge.name, merge.same_as)) for merge in merges}
    others = [name for name, fold in fold_of.items() if fold not in {5, 6, 7}]
    assert not [pair for pair in same if pair & set(found.person_of) and pair & set(others)]
    assert len(set(found.person_of.values())) >= 1500
    assert set(found.left_out) == {"Noer_Moeis", "Odai_Hussein", "Morgan_Hentzen"}
