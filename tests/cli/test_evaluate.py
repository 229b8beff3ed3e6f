"""`facelock evaluate`: what it prints, what it refuses, and that it can be stopped."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import pytest
from fakes import fake_pipeline, made_up_calibration
from fakes_evaluation import write_people, write_picture
from real_face import moved

from facelock.cli.exit_codes import Exit
from facelock.cli.main import main
from facelock.resources import resource
from facelock.services import evaluation_bootstrap

RunJson = Callable[..., tuple[int, dict[str, Any]]]
PEOPLE = {"ada": 3, "ben": 3, "cyd": 2, "dee": 2, "eve": 2}


@pytest.fixture(autouse=True)
def _without_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("facelock.services.loading.load_pipeline", lambda **_: fake_pipeline())
    monkeypatch.setattr("facelock.services.calibration.load_calibration", made_up_calibration)
    monkeypatch.setattr(evaluation_bootstrap, "RESAMPLES", 30)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    return write_people(tmp_path / "people", PEOPLE)


def test_json_has_every_figure_with_its_interval(people: Path, run_json: RunJson) -> None:
    code, values = run_json("evaluate", str(people))
    assert code == Exit.OK
    assert (values["people"], values["images"], values["not_detected"]) == (5, 12, 0)
    assert (values["mated"], values["non_mated"], values["duplicates"]) == (9, 57, 0)
    fmrs, levels = ["1e-2", "1e-3", "1e-4", "1e-5"], ["convenient", "balanced", "strict"]
    intervals = values["intervals"]
    for keys, names in (
        (("tmr_at_fmr", "threshold_distance"), fmrs),
        (("fnmr_at_level", "fmr_at_level"), levels),
    ):
        assert all(list(values[key]) == names for key in keys)
    assert list(intervals["tmr_at_fmr"]) == fmrs
    for key in ("fnmr_at_level", "fmr_at_level"):
        assert list(intervals[key]) == list(intervals[f"{key}_clopper_pearson"]) == levels
    assert values["eer"] == 0.0
    assert values["accuracy_10fold"] is None
    assert intervals["accuracy_10fold"] is None
    assert set(values["tmr_at_fmr"].values()) == {None}  # 57 comparisons carry none of them
    assert values["notes"]
    assert values["levels"]["strict"]["distance"] <= values["levels"]["balanced"]["distance"]
    assert values["bare"] is values["difference"] is values["undetected_as_non_match"] is None


def test_beside_bare_has_the_same_figures_again_and_the_difference(
    people: Path, run_json: RunJson
) -> None:
    _, values = run_json("evaluate", str(people), "--beside-bare", "--mirror", "--degrade", "2")
    shared = set(values["bare"])
    assert shared <= set(values)
    assert {"eer", "tmr_at_fmr", "intervals", "accuracy_10fold"} <= shared
    assert set(values["difference"]) == {"eer", "tmr_at_fmr", "accuracy_10fold", "intervals"}
    assert (values["degrade"], values["mirror"]) == (2, True)
    _, bare = run_json("evaluate", str(people), "--beside-bare", "--network", "bare")
    assert bare["bare"] is None
    assert bare["network"] == "bare"


def test_the_text_names_what_is_wrong_with_the_pictures(
    people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (people / "ada" / "broken.jpg").write_bytes(b"no picture")
    write_picture(people / "ben" / "nobody.png", None)
    shutil.copy(people / "ada" / "0.png", people / "cyd" / "wrong.png")
    assert main(["evaluate", str(people)]) == Exit.OK
    told = capsys.readouterr().out
    assert "5 people, 13 pictures; without a detected face 1; exact duplicates 1" in told
    assert "cyd/wrong.png and ada/0.png are the same picture, of two people" in told
    assert "Could not be read (1): ada/broken.jpg." in told
    assert "No face was found (1): ben/nobody.png." in told
    assert "FMR at strict" in told


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such file names")
def test_a_hostile_file_name_reaches_neither_terminal_nor_json(
    people: Path, capsys: pytest.CaptureFixture[str], run_json: RunJson
) -> None:
    hostile = os.fsencode(people) + b"/ada/\x1b[2Jred\xff.jpg"
    with open(hostile, "wb") as file:  # noqa: PTH123  # a Path would not take it either way
        file.write(b"no picture")
    assert main(["evaluate", str(people)]) == Exit.OK
    assert "Could not be read (1): ada/\ufffd[2Jred\ufffd.jpg." in capsys.readouterr().out
    _, values = run_json("evaluate", str(people))
    assert values["unreadable"] == ["ada/\ufffd[2Jred\ufffd.jpg"]


def test_pairs_are_told_with_undetected_faces_as_non_matches_too(
    people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_picture(people / "ada" / "nobody.png", None)
    rows = [
        ("ada/0.png", "ada/1.png", "1", "1"),
        ("ada/0.png", "ada/nobody.png", "1", "1"),
        ("ada/1.png", "ben/0.png", "0", "1"),
        ("ben/0.png", "ben/1.png", "1", "2"),
        ("cyd/1.png", "ben/1.png", "0", "2"),
    ]
    table = people / "pairs.tsv"
    table.write_text("\n".join("\t".join(row) for row in rows))
    assert main(["evaluate", str(table), "--images", str(people)]) == Exit.OK
    told = capsys.readouterr().out
    assert "accuracy over folds" in told
    assert "With undetected faces as non-matches" in told
    assert "3 mated and 2 non-mated comparisons" in told


def test_a_plot_is_written_beside_the_report(people: Path, tmp_path: Path) -> None:
    plot = tmp_path / "report.svg"
    assert main(["evaluate", str(people), "--plot", str(plot), "--beside-bare"]) == Exit.OK
    assert plot.read_text().startswith("<?xml")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["nowhere"], "there is no folder or table"),
        (["empty"], "one folder for each person is needed"),
        (["alone"], "one person only"),
        (["bad.tsv"], "line 2 of bad.tsv"),
        (["missing.tsv"], "line 1 names ada/0.png"),
        (["people", "--images", "people"], "--images"),
        (["people", "--plot", "nowhere/plot.svg"], "cannot be written"),
        (["people", "--plot", "plot.gif"], ".svg, .png, .pdf"),
    ],
)
def test_what_cannot_be_evaluated_is_wrong_usage_said_in_one_sentence(
    people: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    complaint: str,
) -> None:
    monkeypatch.chdir(people.parent)
    Path("empty").mkdir()
    write_people(Path("alone"), {"ada": 2})
    Path("bad.tsv").write_text("people/ada/0.png\tpeople/ada/1.png\t1\nwhat is this\n")
    Path("missing.tsv").write_text("ada/0.png\tada/1.png\t1\n")
    assert main(["evaluate", *arguments]) == Exit.USAGE
    said = capsys.readouterr()
    assert complaint in said.err
    assert len(said.err.splitlines()) == 1
    assert said.out == ""


@pytest.mark.parametrize(
    "option", [["--degrade", "5"], ["--workers", "0"], ["--seed", "-1"], ["--network", "other"]]
)
def test_options_out_of_range_are_wrong_usage(people: Path, option: list[str]) -> None:
    assert main(["evaluate", str(people), *option]) == Exit.USAGE


def test_pictures_without_faces_are_no_usable_face(tmp_path: Path, run_json: RunJson) -> None:
    for number, name in enumerate(("ada", "ben")):
        write_picture(tmp_path / name / "0.png", None)
        with (tmp_path / name / "0.png").open("ab") as file:
            file.write(bytes(number))  # other bytes, the same nothing
    code, values = run_json("evaluate", str(tmp_path))
    assert code == Exit.NO_FACE
    assert "no face was found" in values["message"]


def test_an_unwritable_plot_is_noticed_before_any_picture_is_read(
    people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("facelock.services.evaluation_faces.read_picture", pytest.fail)
    assert main(["evaluate", str(people), "--plot", "nowhere/plot.svg"]) == Exit.USAGE


def test_ctrl_c_ends_it_quietly(
    people: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(path: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("facelock.services.evaluation_faces.read_picture", interrupt)
    assert main(["evaluate", str(people)]) == Exit.INTERRUPTED
    assert capsys.readouterr() == ("", "")


@pytest.fixture
def real_people(tmp_path: Path) -> Path:
    """Two openly licensed faces, turned a little in each picture."""
    for number, degrees in enumerate((-6, 0, 6)):
        path = tmp_path / "collins" / f"{number}.png"
        path.parent.mkdir(exist_ok=True)
        cv2.imwrite(str(path), moved(degrees=degrees)[0])
    (tmp_path / "hopper").mkdir()
    shutil.copy(resource("assets/faces/hopper.jpg"), tmp_path / "hopper")
    return tmp_path


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "facelock", "evaluate", *arguments]


def test_real_faces_are_told_apart_by_the_real_networks(real_people: Path) -> None:
    plot = real_people / "plot.png"
    done = subprocess.run(
        command(str(real_people), "--json", "--beside-bare", "--plot", str(plot)),
        capture_output=True,
        text=True,
        check=True,
    )
    values = json.loads(done.stdout)
    assert (values["people"], values["images"], values["not_detected"]) == (2, 4, 0)
    assert (values["mated"], values["non_mated"]) == (3, 3)
    assert values["eer"] == values["bare"]["eer"] == 0.0
    assert values["fnmr_at_level"]["strict"] == values["fmr_at_level"]["convenient"] == 0.0
    assert cv2.imread(str(plot)) is not None


@pytest.mark.skipif(sys.platform == "win32", reason="signals to groups are a matter of POSIX")
def test_ctrl_c_ends_all_processes_and_none_complains(tmp_path: Path) -> None:
    for number in range(400):
        path = tmp_path / f"person{number % 5}" / f"{number}.jpg"
        path.parent.mkdir(exist_ok=True)
        cv2.imwrite(str(path), moved(degrees=number / 40)[0])
    with subprocess.Popen(
        command(str(tmp_path), "--workers", "2"),
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as running:
        assert running.stderr is not None
        assert "faces" in running.stderr.readline()  # the workers are at it
        os.killpg(running.pid, signal.SIGINT)
        # Both pipes end only when the last process that holds them is gone.
        out, err = running.communicate(timeout=60)
    assert running.returncode == Exit.INTERRUPTED
    assert out == ""
    assert "Traceback" not in err
