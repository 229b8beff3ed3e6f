"""The progress bar: drawn over itself in a terminal, a line now and then elsewhere."""

from __future__ import annotations

import io

import pytest

from facelock.cli.progress_bar import ProgressBar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr("facelock.cli.progress_bar.time.monotonic", lambda: now[0])
    return now


def test_in_a_terminal_one_line_is_drawn_again_and_again(clock: list[float]) -> None:
    stream = Terminal()
    bar = ProgressBar(stream)
    for share in (0.0, 0.25, 0.5):
        bar.tell("faces", share)
        clock[0] += 30
    shown = stream.getvalue()
    assert "\n" not in shown
    assert " 50%, about 1:00 left" in shown
    bar.clear()
    bar.clear()
    assert stream.getvalue().count("\r") == 4


def test_it_is_not_drawn_more_often_than_one_can_see(clock: list[float]) -> None:
    stream = Terminal()
    bar = ProgressBar(stream)
    for step in range(100):
        clock[0] += 0.01
        bar.tell("faces", step / 100)
    assert stream.getvalue().count("\r") < 15
    bar.tell("faces", 1.0)
    assert "100%" in stream.getvalue()


def test_elsewhere_a_line_says_now_and_then_how_far_it_is(clock: list[float]) -> None:
    stream = io.StringIO()
    bar = ProgressBar(stream)
    for step in range(61):
        bar.tell("faces", step / 60)
        clock[0] += 1
    lines = stream.getvalue().splitlines()
    assert lines[0] == "faces: 0%"
    assert lines[1] == "faces: 25%, about 0:45 left"
    assert len(lines) == 5
    bar.clear()
    assert stream.getvalue().splitlines() == lines


def test_each_part_of_the_work_counts_its_own_time(clock: list[float]) -> None:
    stream = io.StringIO()
    bar = ProgressBar(stream)
    bar.tell("faces", 0.9)
    clock[0] += 1000
    bar.tell("resampling", 0.1)
    assert stream.getvalue().splitlines() == ["faces: 90%", "resampling: 10%"]
