"""The plot: it is drawn, leaves no trace, and is checked for before the work."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import cv2
import pytest
from fakes import made_up_calibration
from fakes_evaluation import fake_reader, write_people

from facelock.core.errors import EvaluationError
from facelock.services import evaluation_bootstrap
from facelock.services.evaluation import Evaluation, evaluate, read_set
from facelock.services.evaluation_faces import Treatment
from facelock.services.evaluation_plot import check_plot, write_plot

PEOPLE = {"ada": 3, "ben": 3, "cyd": 2, "dee": 2, "eve": 2}


def made_up_report(folder: Path, people: dict[str, int], treatment: Treatment) -> Evaluation:
    return evaluate(
        read_set(write_people(folder, people), None),
        fake_reader(treatment),
        made_up_calibration(),
        workers=1,
        seed=1,
        tell=lambda what, share: None,
    )


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Evaluation:
    monkeypatch.setattr(evaluation_bootstrap, "RESAMPLES", 20)
    return made_up_report(tmp_path / "people", PEOPLE, Treatment(("bundled", "bare")))


def test_the_suffix_says_which_kind_is_drawn(tmp_path: Path, report: Evaluation) -> None:
    for suffix, start in ((".svg", b"<?xml"), (".PNG", b"\x89PNG"), (".pdf", b"%PDF")):
        path = tmp_path / f"plot{suffix}"
        write_plot(report, path)
        assert path.read_bytes().startswith(start)
    picture = cv2.imread(str(tmp_path / "plot.PNG"))
    assert picture is not None
    assert picture.shape[1] > picture.shape[0] > 500
    assert picture.std() > 10
    assert ET.parse(tmp_path / "plot.svg").getroot().tag.endswith("svg")  # noqa: S314  # our own


def test_the_same_report_gives_the_same_bytes(tmp_path: Path, report: Evaluation) -> None:
    for name in ("one.svg", "other.svg"):
        write_plot(report, tmp_path / name)
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "other.svg").read_bytes()


@pytest.mark.parametrize("people", [{"ada": 1, "ben": 1}, {"ada": 9, "ben": 1}])
def test_what_is_unknown_is_left_out_of_the_plot(tmp_path: Path, people: dict[str, int]) -> None:
    """No mated comparisons; and too few people for an interval."""
    path = tmp_path / "plot.svg"
    write_plot(made_up_report(tmp_path / "people", people, Treatment(severity=2)), path)
    assert path.stat().st_size > 5000


def test_drawing_writes_nothing_into_the_home_and_works_without_one(tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
from facelock.services.evaluation_plot import _without_traces
with _without_traces():
    import matplotlib
    from matplotlib.figure import Figure
    Figure().savefig(sys.argv[1])
"""
    home = tmp_path / "home"
    home.mkdir(mode=0o500)
    (tmp_path / "matplotlibrc").write_text("no such setting: 1\n")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("XDG_")},
        "HOME": str(home),
        "TMPDIR": str(tmp_path),
    }
    before = set(tmp_path.iterdir())
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "plot.png")],
        env=environment,
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert set(tmp_path.iterdir()) - before == {tmp_path / "plot.png"}
    assert list(home.iterdir()) == []


def test_the_environment_is_as_before(
    tmp_path: Path, report: Evaluation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MPLCONFIGDIR", "mine")
    write_plot(report, tmp_path / "plot.svg")
    assert os.environ["MPLCONFIGDIR"] == "mine"
    monkeypatch.delenv("MPLCONFIGDIR")
    write_plot(report, tmp_path / "plot.svg")
    assert "MPLCONFIGDIR" not in os.environ


def test_a_place_that_cannot_be_written_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"\.svg, \.png, \.pdf"):
        check_plot(tmp_path / "plot.jpg")
    with pytest.raises(EvaluationError, match="cannot be written"):
        check_plot(tmp_path / "nowhere" / "plot.svg")
    (tmp_path / "folder.svg").mkdir()
    with pytest.raises(EvaluationError, match="cannot be written"):
        check_plot(tmp_path / "folder.svg")


def test_checking_leaves_the_place_as_it_was(tmp_path: Path) -> None:
    check_plot(tmp_path / "new.svg")
    assert not (tmp_path / "new.svg").exists()
    (tmp_path / "old.svg").write_text("old")
    check_plot(tmp_path / "old.svg")
    assert (tmp_path / "old.svg").read_text() == "old"


def test_a_place_that_is_gone_afterwards_is_an_error(tmp_path: Path, report: Evaluation) -> None:
    with pytest.raises(EvaluationError, match="cannot be written"):
        write_plot(report, tmp_path / "nowhere" / "plot.svg")
