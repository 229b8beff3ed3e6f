"""`facelock bench --search`: what 1:N costs and how often it is wrong, in words and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from fake_machine import FakeMachine

from facelock.cli import bench
from facelock.cli.exit_codes import Exit
from facelock.cli.main import main
from facelock.cli.presence_text import presence_lines, visits_lines
from facelock.core.levels import Level
from facelock.services import benchmark_search
from facelock.services.benchmark_presence import PresenceBenchmark, TimeToLock, WatchCost
from facelock.services.benchmark_return import TimeToReturn
from facelock.services.benchmark_visits import summed_up

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


def test_what_presence_costs_is_told_alone_as_json_and_in_words(
    run_json: RunJson,
    fake_machine: FakeMachine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    measured = PresenceBenchmark(
        WatchCost(0.8, 5.0, 1.0, 1.2),
        (TimeToLock(Level.STRICT, 5.0, 4.53, 4.93),),
        TimeToReturn(tries=2, opened=1, p50_s=0.41, p95_s=0.63),
    )
    monkeypatch.setattr(bench, "_presence", lambda returns, tell: measured)
    monkeypatch.setattr(bench, "_visits", lambda tries, tell: None)
    code, said = run_json("bench", "--presence")
    assert code == Exit.OK
    assert said.keys() == {"presence", "window"}
    assert said["window"] is None
    assert said["presence"]["locks"] == [
        {"level": "strict", "away_s": 5.0, "shortest_s": 4.53, "longest_s": 4.93}
    ]
    assert main(["bench", "--presence"]) == Exit.OK
    shown = capsys.readouterr().out
    assert "4.53-4.93 s (set: 5 s)" in shown
    assert "0.41 s (1 of 2 opened)" in shown
    assert "no display" in shown


def test_who_was_never_let_in_again_is_told_as_such(
    fake_machine: FakeMachine, monkeypatch: pytest.MonkeyPatch, run_json: RunJson
) -> None:
    measured = PresenceBenchmark(WatchCost(1, 1, 1, 1), (), TimeToReturn(2, 0, None, None))
    assert any("never s (0 of 2 opened)" in line for line in presence_lines(measured))
    monkeypatch.setattr(bench, "_presence", lambda returns, tell: measured)
    monkeypatch.setattr(bench, "_visits", lambda tries, tell: None)
    assert run_json("bench", "--presence")[1]["presence"]["returns"]["p50_s"] is None


def test_what_the_window_did_is_told_and_where_it_ended_early(
    fake_machine: FakeMachine, monkeypatch: pytest.MonkeyPatch, run_json: RunJson
) -> None:
    told = {"to_lock": [4.5, 5.5], "to_open": [2.0], "failure": "open: not within 20 s"}
    visits = summed_up(json.dumps(told), 2)
    lines = visits_lines(visits)
    assert "5 s (set: 5 s; 2 of 2 locked)" in lines[0]
    assert "2 s (1 of 2 opened)" in lines[2]
    assert lines[-1] == "it ended early: open: not within 20 s"
    presence = PresenceBenchmark(WatchCost(1, 1, 1, 1), (), TimeToReturn(2, 0, None, None))
    monkeypatch.setattr(bench, "_presence", lambda returns, tell: presence)
    monkeypatch.setattr(bench, "_visits", lambda tries, tell: visits)
    said = run_json("bench", "--presence", "--returns", "2")[1]["window"]
    assert (said["lock_p50_s"], said["open_p95_s"], said["opened"]) == (5.0, 2.0, 1)


def test_two_parts_alone_are_wrong_usage() -> None:
    assert main(["bench", "--search", "--presence"]) == Exit.USAGE


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
