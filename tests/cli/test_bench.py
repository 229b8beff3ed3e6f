"""`facelock bench --search`: what 1:N costs and how often it is wrong, in words and as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fake_machine import FakeMachine

from facelock.cli.exit_codes import Exit
from facelock.cli.main import main
from facelock.services import benchmark_search

RunJson = Callable[..., tuple[int, dict[str, Any]]]


def test_times_and_error_rates_are_told_as_json(
    run_json: RunJson, fake_machine: FakeMachine
) -> None:
    code, said = run_json("bench", "--search", "--largest", "500")
    assert code == Exit.OK
    assert said.keys() == {"search"}
    assert said["search"]["times"][0]["templates"] == 500
    fpir = said["search"]["fpir"]
    assert [one["level"] for one in fpir["levels"]] == ["convenient", "balanced", "strict"]
    for level in fpir["levels"]:
        assert level["galleries"][0]["people"] == 1
        assert level["galleries"][0]["fpir"] == pytest.approx(level["fmr"])
        most = min(100_000 * level["fmr_bound"], 1.0)
        assert level["extrapolated"] == {"people": 100_000, "at_most": most}


def test_in_words_measured_and_extrapolated_are_told_apart(
    fake_machine: FakeMachine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bench", "--search", "--largest", "500"]) == Exit.OK
    said = capsys.readouterr().out
    assert "500 templates" in said
    assert "N = 100,000 at most" in said
    assert "nothing of it was measured" in said


def test_a_gallery_that_does_not_fit_into_memory_is_said_to_be_left_out(
    fake_machine: FakeMachine,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(benchmark_search, "available_memory", lambda: 50 * 2**20)
    assert main(["bench", "--search"]) == Exit.OK
    said = capsys.readouterr().out
    assert "1,000,000 templates" in said
    assert said.count("left out: needs") == 2
