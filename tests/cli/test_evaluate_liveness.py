"""`facelock evaluate-liveness`: what it prints and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeLiveness, fake_pipeline
from fakes_evaluation import write_picture

from facelock.cli.exit_codes import Exit
from facelock.cli.main import main
from facelock.core.liveness import Denied, Layer

RunJson = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture(autouse=True)
def _without_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    liveness = FakeLiveness(Denied(Layer.SURROUNDINGS))
    monkeypatch.setattr(
        "facelock.services.loading.load_pipeline", lambda **_: fake_pipeline(liveness=liveness)
    )


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    for name in ("live/a.png", "live/b.png", "phone/c.png"):
        write_picture(tmp_path / "set" / name, 1)
    write_picture(tmp_path / "set" / "print" / "d.png", None)
    return tmp_path / "set"


def test_json_has_the_keys_of_the_standard(recordings: Path, run_json: RunJson) -> None:
    code, values = run_json("evaluate-liveness", str(recordings))
    assert code == Exit.OK
    assert values["bpcer"] == 1.0
    assert values["apcer"] == {"phone": 0.0, "print": None}
    assert values["non_response"] == {"live": 0.0, "phone": 0.0, "print": 1.0}
    assert values["presentations"] == {"live": 2, "phone": 1, "print": 1}
    assert values["denied_by"]["phone"] == {"surroundings": 1}
    assert values["intervals"]["print"] is None
    assert values["intervals"]["live"] == [pytest.approx(0.158114, abs=1e-5), 1.0]
    assert values["no_response_because"]["print"] == {"no face": 1}
    assert values["worst_species"] == "phone"
    assert "challenge" not in values["layers"]


def test_the_table_tells_the_same(recordings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate-liveness", str(recordings), "--level", "convenient"]) == Exit.OK
    printed = capsys.readouterr().out
    assert "Level convenient: surroundings" in printed
    assert "BPCER  100.0%  15.8% - 100.0%" in printed
    assert "4 are single pictures" in printed
    assert "The worst species is phone." in printed
    assert all(len(line) <= 110 for line in printed.splitlines())


def test_pictures_are_written_where_asked(recordings: Path, tmp_path: Path) -> None:
    sheets = tmp_path / "sheets"
    assert main(["evaluate-liveness", str(recordings), "--pictures", str(sheets)]) == Exit.OK
    assert sorted(path.name for path in sheets.iterdir()) == ["live.png", "phone.png", "print.png"]


def test_a_full_folder_is_refused_before_anything_is_looked_at(
    recordings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["evaluate-liveness", str(recordings), "--pictures", str(recordings)])
    assert code == Exit.USAGE
    assert "holds something" in capsys.readouterr().err


def test_a_folder_without_live_faces_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate-liveness", str(tmp_path)]) == Exit.USAGE
    assert "live/" in capsys.readouterr().err
