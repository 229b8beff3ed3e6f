"""An evaluation from pictures to the report, on painted people."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from fakes import FakeEmbedder, fake_pipeline, made_up_calibration
from fakes_evaluation import fake_reader, write_people, write_picture

from facelock.core.comparison import squared_distance
from facelock.core.errors import EvaluationError, NoUsableFace
from facelock.core.head import Head
from facelock.core.levels import Level
from facelock.services import evaluation_bootstrap
from facelock.services.evaluation import Evaluation, evaluate, read_set
from facelock.services.evaluation_faces import FaceReader, Treatment, load_reader

PEOPLE = {"ada": 3, "ben": 3, "cyd": 2, "dee": 2, "eve": 2, "fay": 1}


@pytest.fixture(autouse=True)
def _few_resamples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation_bootstrap, "RESAMPLES", 40)


def report_on(
    source: Path, reader: FaceReader | None = None, *, all_pairs: bool = False
) -> Evaluation:
    return evaluate(
        read_set(source, None, all_pairs=all_pairs),
        reader or fake_reader(),
        made_up_calibration(),
        workers=1,
        seed=1,
        tell=lambda what, share: None,
    )


def table(folder: Path, rows: list[str]) -> Path:
    path = folder / "pairs.tsv"
    path.write_text("\n".join(row.replace(" ", "\t") for row in rows))
    return path


def test_a_folder_of_people_is_compared_all_against_all(tmp_path: Path) -> None:
    report = report_on(write_people(tmp_path, PEOPLE))
    assert (report.people, report.images, report.not_detected) == (6, 13, ())
    assert report.figures.mated == 3 + 3 + 1 + 1 + 1
    assert report.figures.non_mated == 13 * 12 // 2 - 9
    assert report.figures.eer == 0.0
    assert report.figures.fnmr_at_level[Level.STRICT] == 0.0
    assert report.figures.fmr_at_level[Level.CONVENIENT] == 0.0
    assert report.protocol == "all-against-all"
    assert report.undetected_as_non_match is None
    assert report.bare is None


def test_what_cannot_be_used_is_counted_and_the_rest_goes_on(tmp_path: Path) -> None:
    write_people(tmp_path, PEOPLE)
    (tmp_path / "ada" / "broken.jpg").write_bytes(b"no picture")
    write_picture(tmp_path / "ben" / "nobody.png", None)
    shutil.copy(tmp_path / "ada" / "0.png", tmp_path / "cyd" / "wrong.png")
    report = report_on(tmp_path)
    assert report.unreadable == ("ada/broken.jpg",)
    assert report.not_detected == ("ben/nobody.png",)
    assert report.label_doubts == (("cyd/wrong.png", "ada/0.png"),)
    assert report.images == 14
    assert report.figures.mated == 9


def test_someone_without_any_face_is_among_the_people_and_in_no_comparison(tmp_path: Path) -> None:
    write_people(tmp_path, PEOPLE)
    write_picture(tmp_path / "bab" / "0.png", None)
    report = report_on(tmp_path)
    assert report.people == 7
    assert report.figures.non_mated == 13 * 12 // 2 - 9


def test_pairs_are_compared_as_given_and_undetected_faces_both_ways(tmp_path: Path) -> None:
    write_people(tmp_path, PEOPLE)
    write_picture(tmp_path / "ada" / "nobody.png", None)
    rows = ["image_a image_b mated fold"]
    for fold, (one, other) in enumerate([("ada", "ben"), ("cyd", "dee"), ("eve", "fay")]):
        rows += [
            f"{one}/0.png {one}/1.png 1 {fold}",
            f"{one}/0.png {other}/0.png 0 {fold}",
            f"{one}/1.png {other}/0.png 0 {fold}",
        ]
    rows += ["ada/0.png ada/nobody.png 1 0"]
    report = report_on(table(tmp_path, rows))
    assert report.protocol == "pairs"
    assert (report.figures.mated, report.figures.non_mated) == (3, 6)
    assert report.figures.accuracy == 1.0
    assert report.figures.fnmr_at_level[Level.BALANCED] == 0.0
    counted = report.undetected_as_non_match
    assert counted is not None
    assert (counted.mated, counted.non_mated) == (4, 6)
    assert counted.fnmr_at_level[Level.BALANCED] == 0.25
    assert counted.accuracy == pytest.approx((3 / 4 + 1 + 1) / 3)


def test_all_pictures_of_a_table_may_be_compared_and_its_pairs_give_the_accuracy(
    tmp_path: Path,
) -> None:
    write_people(tmp_path, PEOPLE)
    shutil.copy(tmp_path / "ada" / "0.png", tmp_path / "ada" / "same.png")
    rows = [
        "ada/0.png ada/1.png 1 1",
        "ada/same.png ben/0.png 0 1",
        "ben/0.png ben/1.png 1 2",
        "ben/1.png cyd/0.png 0 2",
    ]
    report = report_on(table(tmp_path, rows), all_pairs=True)
    assert report.protocol == "all-against-all"
    assert report.images == 6
    assert (report.figures.mated, report.figures.non_mated) == (2, 8)  # the copy is left out
    assert report.figures.accuracy == 1.0


def test_all_against_all_needs_to_know_who_is_who(tmp_path: Path) -> None:
    for number, person in enumerate((1, 1, 2)):
        write_picture(tmp_path / f"{number}.png", person, number)
    path = table(tmp_path, ["0.png 1.png 1", "1.png 2.png 0"])
    assert report_on(path).figures.mated == 1
    with pytest.raises(EvaluationError, match="tell its people apart"):
        read_set(path, None, all_pairs=True)


def test_two_networks_are_judged_on_the_same_faces_and_people(tmp_path: Path) -> None:
    squeezed = np.eye(192, dtype=np.float32)[:2]  # a head that forgets nearly everything
    forgetful = FakeEmbedder(head=Head(squeezed, np.zeros(2, np.float32)))
    reader = FaceReader([fake_pipeline(), fake_pipeline(forgetful)], Treatment(("bundled", "bare")))
    report = report_on(write_people(tmp_path, PEOPLE), reader)
    assert report.bare is not None
    assert report.difference is not None
    assert report.figures.eer is not None
    assert report.bare.eer is not None
    assert report.bare.eer > 0.1
    difference = report.figures.eer - report.bare.eer
    assert report.difference.eer == pytest.approx(difference)
    assert report.difference.eer_interval is not None
    low, high = report.difference.eer_interval
    assert low <= difference <= high <= 0
    assert report.difference.tmr_at_fmr["1e-2"] is None  # 69 comparisons cannot carry it
    assert report.difference.accuracy is None
    # The calibration is of one network only.
    assert report.figures.fmr_at_level[Level.STRICT] is not None
    assert report.bare.fmr_at_level[Level.STRICT] is None
    assert set(report.thresholds) == set(Level)


def test_a_network_beside_itself_makes_no_difference(tmp_path: Path) -> None:
    script = [np.eye(192, dtype=np.float32)[0] for _ in range(13)]
    pipelines = [fake_pipeline(FakeEmbedder(script)) for _ in range(2)]
    reader = FaceReader(pipelines, Treatment(("bundled", "bare")))
    report = report_on(write_people(tmp_path, PEOPLE), reader)
    assert report.difference is not None
    assert report.difference.eer == 0.0
    assert report.difference.eer_interval == (0.0, 0.0)


def test_no_face_at_all_is_an_error(tmp_path: Path) -> None:
    for name in ("ada", "ben"):
        write_picture(tmp_path / name / "0.png", None, len(name) + ord(name[0]) % 7)
    with pytest.raises(NoUsableFace, match="in any of the pictures"):
        report_on(tmp_path)


def test_what_is_neither_folder_nor_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="no folder or table"):
        read_set(tmp_path / "nowhere", None)
    with pytest.raises(EvaluationError, match="--images"):
        read_set(tmp_path, tmp_path)


def test_progress_names_each_part_of_the_work(tmp_path: Path) -> None:
    told: list[tuple[str, float]] = []
    evaluate(
        read_set(write_people(tmp_path, PEOPLE), None),
        fake_reader(),
        made_up_calibration(),
        workers=1,
        seed=1,
        tell=lambda what, share: told.append((what, share)),
    )
    assert list(dict.fromkeys(what for what, _ in told)) == ["faces", "comparing"]
    assert all(0 <= share <= 1 for _, share in told)


def test_the_pairs_of_labeled_faces_in_the_wild_are_read_and_told_apart(shared_data: Path) -> None:
    """A few pairs of fold 1. The whole is for `make lfw`."""
    given = read_set(shared_data / "lfw" / "pairs.tsv", None)
    assert given.pairs is not None
    assert given.pairs.folds is not None
    assert np.bincount(given.pairs.folds).tolist() == [0] + [600] * 8
    assert given.names_are_people
    reader = load_reader(Treatment())
    distances = []
    for rows in (np.r_[0:8], np.r_[300:308]):
        pairs = zip(given.pairs.one[rows], given.pairs.other[rows], strict=True)
        faces = [[reader.read(given.pictures[row].path).embeddings for row in two] for two in pairs]
        distances.append([squared_distance(a[0], b[0]) for a, b in faces if a and b])
    mated, non_mated = distances
    assert (len(mated), len(non_mated)) == (8, 8)
    assert max(mated) < 1.2 < min(non_mated)
