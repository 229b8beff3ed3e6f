"""One camera for two: a look that sees every frame, a watch that sees one now and then."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from eyes_bench import PACE, Counting, EyesBench
from fake_cameras import PATIENCE, FakeSource, lost
from pytestqt.qtbot import QtBot

from facelock.core.errors import CameraBusy, CameraError, CameraLost, PictureUnreadable
from facelock.core.frames import Frame


def broken(frame: Frame) -> object:
    raise ArithmeticError(frame.width)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[EyesBench]:
    made = EyesBench(qtbot)
    yield made
    made.close()


def test_a_watch_decodes_a_frame_now_and_then_and_lets_the_others_pass(bench: EyesBench) -> None:
    work = bench.work
    bench.eyes.watch(bench.open, work, 0.3)
    bench.until(2)
    assert bench.eyes.is_watching
    assert not bench.eyes.is_looking
    assert [value for _, value in bench.told.watched[:2]] == [1, 2]
    assert all(by is work for by, _ in bench.told.watched)
    assert bench.source.skips > bench.source.reads
    assert bench.source.opens == 1
    assert bench.eyes.preview.peek() is None, "no picture of a watch lies about"
    assert (bench.told.opened, bench.told.on) == (0, [True]), "no page has looked"


def test_the_end_of_a_watch_releases_the_camera(bench: EyesBench) -> None:
    work = bench.watch()
    bench.until(1)
    bench.eyes.stop_watching(work)
    assert not bench.eyes.is_watching
    assert not bench.source.is_open
    assert bench.told.on == [True, False]


def test_who_is_not_watching_any_more_ends_nothing(bench: EyesBench) -> None:
    first = bench.watch()
    bench.work = Counting()
    second = bench.watch()
    bench.eyes.stop_watching(first)
    assert bench.eyes.is_watching
    bench.qtbot.waitUntil(lambda: bool(bench.told.watched))
    assert {id(work) for work, _ in bench.told.watched} == {id(second)}


def test_another_work_takes_over_without_opening_the_camera_again(bench: EyesBench) -> None:
    bench.watch()
    bench.until(1)
    bench.work = Counting()
    second = bench.watch()
    bench.qtbot.waitUntil(lambda: bench.told.watched[-1][0] is second)
    assert bench.source.opens == 1
    assert bench.told.on == [True]


def test_a_look_joins_the_camera_of_a_watch_and_both_see(bench: EyesBench) -> None:
    bench.watch()
    bench.until(1)
    looking = Counting()
    bench.eyes.work(looking)
    bench.eyes.look(bench.open)
    bench.qtbot.waitUntil(lambda: len(bench.told.seen) > 5 and bench.told.opened == 1)
    bench.until(2)
    assert bench.source.opens == 1
    bench.eyes.work(None)
    bench.eyes.close_eyes()
    assert bench.eyes.preview.peek() is None
    bench.until(2)
    assert bench.source.opens == 1, "the watch goes on with the camera that is open"
    assert bench.told.on == [True]


def test_a_look_through_another_camera_lets_the_watch_rest_until_it_ends(bench: EyesBench) -> None:
    bench.watch()
    bench.until(1)
    bench.eyes.look(bench.open_other)
    assert not bench.source.is_open
    bench.qtbot.waitUntil(lambda: bench.told.opened == 1)
    bench.eyes.close_eyes()
    assert not bench.other.is_open
    bench.until(2)
    assert (bench.source.opens, bench.other.opens) == (2, 1)


def test_a_watch_that_begins_during_a_look_shares_its_camera(bench: EyesBench) -> None:
    bench.eyes.look(bench.open)
    bench.qtbot.waitUntil(lambda: bench.told.opened == 1)
    bench.watch()
    bench.until(1)
    assert bench.source.opens == 1
    assert bench.eyes.preview.peek() is not None


def test_a_look_is_told_once_that_its_camera_is_open(bench: EyesBench) -> None:
    bench.eyes.look(bench.open)
    bench.qtbot.waitUntil(lambda: bench.told.opened == 1)
    for _ in range(2):
        bench.watch()
        bench.until(1)
    assert bench.told.opened == 1, "a page that asks for something is not interrupted"


def test_looking_again_opens_the_camera_again(bench: EyesBench) -> None:
    bench.eyes.look(bench.open)
    bench.qtbot.waitUntil(lambda: bench.told.opened == 1)
    bench.eyes.look(bench.open)
    bench.qtbot.waitUntil(lambda: bench.told.opened == 2)
    assert bench.source.opens == 2


def test_what_an_earlier_work_saw_is_not_passed_on(bench: EyesBench) -> None:
    """It may be of the person before: two pages may number their works alike."""
    begun, may_end = threading.Event(), threading.Event()

    def slow(frame: Frame) -> str:
        begun.set()
        may_end.wait(PATIENCE)
        return f"the first, {frame.width}"

    bench.eyes.work(slow)
    bench.eyes.look(bench.open)
    assert begun.wait(PATIENCE)
    bench.eyes.work(None)
    bench.eyes.close_eyes()
    bench.eyes.work(Counting())
    may_end.set()
    bench.eyes.look(bench.open_other)
    bench.qtbot.waitUntil(lambda: len(bench.told.seen) >= 2)
    assert bench.told.seen[:2] == [1, 2]


def test_trouble_with_the_camera_is_told_to_the_watch_and_overcome(bench: EyesBench) -> None:
    work = bench.watch()
    bench.until(1)
    bench.source.trouble = CameraLost("gone")
    bench.qtbot.waitUntil(lambda: bool(bench.told.watch_failures))
    assert bench.told.watch_failures[0][0] is work
    assert isinstance(bench.told.watch_failures[0][1], CameraError)
    bench.source.trouble = None
    bench.until(1)
    assert bench.told.on[:2] == [True, False]
    assert bench.told.on[-1]
    assert bench.told.failures == [], "no page has looked"


def test_the_camera_is_on_from_its_first_moment_to_its_last(bench: EyesBench) -> None:
    bench.source.hold()  # it is open, and shows nothing yet
    bench.eyes.look(bench.open)
    bench.qtbot.waitUntil(lambda: bench.eyes.camera_is_on)
    assert bench.told.opened == 0
    bench.source.release()
    bench.qtbot.waitUntil(lambda: bench.told.opened == 1)
    bench.eyes.close_eyes()
    assert bench.told.on == [True, False]


def test_a_work_that_failed_is_no_trouble_with_the_networks(bench: EyesBench) -> None:
    with bench.qtbot.captureExceptions() as at_the_hook:
        bench.eyes.work(broken)
        bench.eyes.look(bench.open)
        bench.qtbot.waitUntil(lambda: bool(at_the_hook))
    assert bench.eyes.trouble is None


def test_who_begins_to_look_during_trouble_hears_of_it_at_once(bench: EyesBench) -> None:
    bench.source._troubles_at_open = [CameraBusy("x") for _ in range(2)]
    bench.watch()
    bench.qtbot.waitUntil(lambda: bool(bench.told.watch_failures))
    bench.eyes.look(bench.open)
    bench.qtbot.waitUntil(lambda: len(bench.told.failures) == 1)
    bench.qtbot.waitUntil(lambda: bench.told.opened == 1)


def test_another_watch_that_begins_during_trouble_hears_of_it_too(bench: EyesBench) -> None:
    bench.source._troubles_at_open = [CameraBusy("x") for _ in range(2)]
    bench.watch()
    bench.qtbot.waitUntil(lambda: bool(bench.told.watch_failures))
    other = bench.watch()
    bench.qtbot.waitUntil(lambda: len(bench.told.watch_failures) == 2)
    assert bench.told.watch_failures[1][0] is other


def test_a_mistake_in_the_work_of_a_watch_ends_the_watch_and_not_the_look(bench: EyesBench) -> None:
    bench.eyes.work(Counting())
    bench.eyes.look(bench.open)
    with bench.qtbot.captureExceptions() as at_the_hook:
        bench.eyes.watch(bench.open, broken, PACE)
        bench.qtbot.waitUntil(lambda: bool(bench.told.watch_failures) and bool(at_the_hook))
    ((work, error),) = bench.told.watch_failures
    assert work is broken
    assert isinstance(error, ArithmeticError)
    assert not bench.eyes.is_watching
    seen = len(bench.told.seen)
    bench.qtbot.waitUntil(lambda: len(bench.told.seen) > seen)


def test_a_mistake_in_the_work_of_a_look_leaves_the_watch(bench: EyesBench) -> None:
    bench.watch()
    with bench.qtbot.captureExceptions() as at_the_hook:
        bench.eyes.work(broken)
        bench.eyes.look(bench.open)
        bench.qtbot.waitUntil(lambda: bool(at_the_hook))
    bench.until(2)
    assert bench.told.watch_failures == []


def test_a_clip_that_is_over_ends_the_watch_of_it(bench: EyesBench) -> None:
    bench.source = FakeSource(frames=2)
    work = bench.watch()
    bench.qtbot.waitUntil(lambda: bool(bench.told.watch_failures))
    assert bench.told.watch_failures[0][0] is work
    assert isinstance(bench.told.watch_failures[0][1], EOFError)
    assert not bench.eyes.is_watching
    assert bench.told.ended == 0


def test_what_cannot_be_played_ends_the_watch_of_it(bench: EyesBench) -> None:
    bench.source = FakeSource([PictureUnreadable("x")])
    bench.watch()
    bench.qtbot.waitUntil(lambda: bool(bench.told.watch_failures))
    assert isinstance(bench.told.watch_failures[0][1], PictureUnreadable)
    assert not bench.eyes.is_watching
    assert bench.source.closes == 1


def test_held_off_the_camera_is_released_and_the_last_one_to_go_on_opens_it(
    bench: EyesBench,
) -> None:
    bench.watch()
    bench.until(1)
    bench.eyes.hold_off("sleep")
    assert not bench.source.is_open
    bench.eyes.hold_off("thumbnails")
    bench.eyes.look(bench.open)
    bench.eyes.go_on("sleep")
    assert bench.eyes.is_looking
    assert bench.source.opens == 1, "one reason is left"
    bench.eyes.go_on("thumbnails")
    bench.qtbot.waitUntil(lambda: bench.told.opened == 1)
    bench.until(1)
    assert bench.source.opens == 2


def test_nothing_begins_when_what_was_wanted_ended_meanwhile(bench: EyesBench) -> None:
    work = bench.watch()
    bench.eyes.hold_off("sleep")
    opens = bench.source.opens
    bench.eyes.stop_watching(work)
    bench.eyes.go_on("sleep")
    bench.eyes.go_on("sleep")
    assert bench.source.opens == opens
    assert not bench.source.is_open


def test_another_choice_of_camera_is_opened_for_the_same_watch(bench: EyesBench) -> None:
    bench.watch()
    bench.until(1)
    before, bench.source = bench.source, bench.other
    bench.eyes.reopen()
    assert not before.is_open
    bench.until(2)
    assert bench.other.opens == 1


def test_reopening_what_nobody_wants_opens_nothing(bench: EyesBench) -> None:
    bench.eyes.reopen()
    assert bench.source.opens == 0


def test_a_hanging_driver_keeps_no_picture_and_says_nothing_when_it_comes_back(
    bench: EyesBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("facelock.workers.camera.STOP_MILLISECONDS", 20)
    bench.eyes.look(bench.open)
    bench.qtbot.waitUntil(lambda: bench.eyes.preview.peek() is not None)
    bench.source.hold()
    assert bench.source.is_hanging.wait(PATIENCE)
    bench.eyes.close_eyes()
    assert bench.eyes.preview.peek() is None
    assert bench.told.on == [True, False], "as far as anybody can know"
    bench.eyes.watch(bench.open_other, bench.work, PACE)
    bench.until(1)
    bench.source.release()
    bench.qtbot.waitUntil(lambda: not bench.source.is_open)
    bench.until(3)
    assert bench.eyes.camera_is_on, "the other one"
    assert bench.told.on == [True, False, True]
    assert bench.eyes.preview.peek() is None


def test_a_camera_that_was_let_go_of_says_nothing_any_more(bench: EyesBench) -> None:
    bench.source._troubles_at_open = [lost() for _ in range(9)]
    bench.eyes.look(bench.open)
    bench.qtbot.waitUntil(lambda: bench.source.opens == 1, timeout=5000)
    bench.eyes.close_eyes()
    failures = len(bench.told.failures)
    bench.eyes.watch(bench.open_other, bench.work, PACE)
    bench.until(1)
    assert len(bench.told.failures) == failures
    assert bench.told.watch_failures == []
