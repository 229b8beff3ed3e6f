"""`facelock calibrate`: the table it prints, the file it writes, and its refusals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import pytest
from fakes import MODEL, NO_HEAD, fake_pipeline, synthetic_frame

from facelock.cli.exit_codes import Exit
from facelock.cli.main import main
from facelock.services.calibration_file import calibration_from_bytes

RunJson = Callable[..., tuple[int, dict[str, Any]]]
PEOPLE = 20


@pytest.fixture
def crowd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two pictures each of persons 1 to 20, and eyes that know them."""
    monkeypatch.setattr(
        "facelock.services.loading.load_pipeline",
        lambda threads=None, network=None: fake_pipeline(),
    )
    folder = tmp_path / "people"
    for person in range(1, PEOPLE + 1):
        own = folder / f"person_{person:02}"
        own.mkdir(parents=True)
        for at in range(2):
            frame = synthetic_frame(person, left=100 + 4 * at)
            cv2.imwrite(str(own / f"{at}.png"), frame.pixels)
    return folder


@pytest.fixture
def folds(tmp_path: Path) -> str:
    rows = [f"{1 if n <= 3 else 5}\tperson_{n:02}" for n in range(1, PEOPLE + 1)]
    table = tmp_path / "people.tsv"
    table.write_text("fold\tperson\n" + "\n".join(rows), encoding="utf-8")
    return str(table)


def test_it_says_what_each_level_gets(run_json: RunJson, crowd: Path) -> None:
    code, said = run_json("calibrate", str(crowd), "--workers", "1")
    assert code == Exit.OK
    assert (said["people"], said["images"], said["not_detected"]) == (PEOPLE, 2 * PEOPLE, 0)
    assert said["levels"]["balanced"]["attempt_fmr"] == 1e-4
    assert said["levels"]["balanced"]["comparison_fmr"] == pytest.approx(1e-4 / 3, rel=1e-5)
    assert said["levels"]["strict"]["supported"] is False
    assert said["levels"]["strict"]["stands_for"] == said["strictest_fmr"]
    assert said["margin_term"] == pytest.approx(said["mated_median"] + 0.2)
    assert said["model_sha256"] == MODEL
    assert "file" not in said


def test_the_text_has_a_line_for_each_level(
    crowd: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["calibrate", str(crowd), "--workers", "1"]) == Exit.OK
    said = capsys.readouterr().out
    for level in ("convenient", "balanced", "strict"):
        assert f"\n{level}" in said
    assert "not supported" in said
    assert "margin term" in said
    assert "strictest FMR" in said


def test_it_calibrates_on_the_folds_it_is_told(run_json: RunJson, crowd: Path, folds: str) -> None:
    code, said = run_json(
        "calibrate", str(crowd), "--people", folds, "--folds", "5", "--workers", "1"
    )
    assert code == Exit.OK
    assert (said["people"], said["folds"]) == (PEOPLE - 3, [5])


def test_names_of_one_person_are_told_with_the_reason(
    crowd: Path, folds: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "same.tsv"
    table.write_text(
        "person\tsame_as\treason\nperson_04\tperson_01\ttwo spellings\n", encoding="utf-8"
    )
    chosen = ("--people", folds, "--folds", "5", "--merges", str(table))
    merged = ("--merge", "person_06=person_07", "--workers", "1")
    assert main(["calibrate", str(crowd), *chosen, *merged]) == Exit.OK
    said = capsys.readouterr().out
    assert f"{PEOPLE - 5} people, {2 * (PEOPLE - 4)} pictures" in said
    assert "left out: person_04, who is person_01 in another fold" in said
    assert "one person: person_06 and person_07 (as --merge says)" in said


def test_what_it_writes_can_be_read(run_json: RunJson, crowd: Path, tmp_path: Path) -> None:
    target = tmp_path / "new.safetensors"
    code, said = run_json("calibrate", str(crowd), "--out", str(target), "--workers", "1")
    assert code == Exit.OK
    data = target.read_bytes()
    assert said["file"]["size"] == len(data)
    read = calibration_from_bytes(data, NO_HEAD)
    assert (read.people, read.model_sha256) == (PEOPLE, MODEL)


def test_pictures_of_no_use_are_named(crowd: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cv2.imwrite(str(crowd / "person_02" / "wall.png"), synthetic_frame(None).pixels)
    assert main(["calibrate", str(crowd), "--workers", "1"]) == Exit.OK
    assert "1 pictures, no face was found: person_02/wall.png" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--folds", "5"), "belong together"),
        (("--merge", "person_01=nobody"), "nobody is called nobody"),
        (("--out", "nowhere/new.safetensors"), "no file can be written"),
        (("--out", "table.json"), "does not end in .safetensors"),
        (("--people", "nowhere.tsv", "--folds", "5"), "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said_at_once(
    run_json: RunJson, crowd: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    code, said = run_json("calibrate", str(crowd), *arguments)
    assert code == said["exit"] == Exit.USAGE
    assert sentence in said["message"]


@pytest.mark.parametrize("wrong", [("--folds", "five"), ("--merge", "Ada"), ("--workers", "0")])
def test_wrong_usage_is_wrong_usage(
    crowd: Path, wrong: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["calibrate", str(crowd), *wrong]) == Exit.USAGE
    assert wrong[0] in capsys.readouterr().err


def test_too_few_people_are_said(run_json: RunJson, crowd: Path, tmp_path: Path) -> None:
    few = tmp_path / "few"
    few.mkdir()
    for name in ("person_01", "person_02", "person_03"):
        (crowd / name).rename(few / name)
    code, said = run_json("calibrate", str(few), "--workers", "1")
    assert code == Exit.USAGE
    assert "too few people" in said["message"]


def test_ctrl_c_leaves_the_old_file(
    crowd: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    target = tmp_path / "new.safetensors"
    target.write_bytes(b"old")
    monkeypatch.setattr("facelock.services.calibrating_folder.read_faces", stop)
    assert main(["calibrate", str(crowd), "--out", str(target)]) == Exit.INTERRUPTED
    assert target.read_bytes() == b"old"
