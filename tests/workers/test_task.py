"""Work in the background, told in the GUI thread."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QThreadPool, Slot
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from facelock.core.errors import Cancelled, WrongPassphrase
from facelock.workers.task import run_task

HERE = threading.get_ident


class Owner(QObject):
    """Takes results and writes down in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []
        self.errors: list[Exception] = []
        self.cancellations = 0
        self.threads: set[int] = set()

    @Slot(object)
    def on_done(self, result: object) -> None:
        self.results.append(result)
        self.threads.add(HERE())

    @Slot(object)
    def on_failed(self, error: Exception) -> None:
        self.errors.append(error)
        self.threads.add(HERE())

    @Slot()
    def on_cancelled(self) -> None:
        self.cancellations += 1
        self.threads.add(HERE())


def raising(error: Exception) -> Callable[[], object]:
    def work() -> object:
        raise error

    return work


def test_work_is_done_elsewhere_and_told_here(qtbot: QtBot) -> None:
    owner = Owner()
    task = run_task(owner, HERE, owner.on_done, owner.on_failed)
    qtbot.waitUntil(lambda: len(owner.results) == 1)
    assert owner.results[0] != HERE()
    assert owner.threads == {HERE()}
    assert owner.errors == []
    qtbot.waitUntil(lambda: not isValid(task))


def test_an_expected_error_is_told_and_goes_no_further(qtbot: QtBot) -> None:
    owner = Owner()
    error = WrongPassphrase("x")
    run_task(owner, raising(error), owner.on_done, owner.on_failed)
    qtbot.waitUntil(lambda: owner.errors == [error])
    assert owner.threads == {HERE()}


def test_a_mistake_is_told_and_reaches_the_hook_in_the_gui_thread(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = Owner()
    hooked: list[tuple[object, int, bool]] = []

    def hook(kind: type[BaseException], error: BaseException, traceback: object) -> None:
        hooked.append((error, HERE(), traceback is not None))

    monkeypatch.setattr(sys, "excepthook", hook)
    error = ZeroDivisionError("a mistake")
    run_task(owner, raising(error), owner.on_done, owner.on_failed)
    qtbot.waitUntil(lambda: bool(hooked) and bool(owner.errors))
    assert hooked == [(error, HERE(), True)]
    assert owner.errors == [error]


def test_a_cancelled_task_is_no_failure(qtbot: QtBot) -> None:
    owner = Owner()
    run_task(
        owner,
        raising(Cancelled()),
        owner.on_done,
        owner.on_failed,
        on_cancelled=owner.on_cancelled,
    )
    qtbot.waitUntil(lambda: owner.cancellations == 1)
    assert owner.errors == owner.results == []
    assert owner.threads == {HERE()}


def test_a_cancelled_task_may_go_unheard(qtbot: QtBot) -> None:
    owner = Owner()
    task = run_task(owner, raising(Cancelled()), owner.on_done, owner.on_failed)
    qtbot.waitUntil(lambda: not isValid(task))
    assert owner.errors == owner.results == []


def test_a_lambda_is_refused_because_it_would_run_in_the_worker(qtbot: QtBot) -> None:
    owner = Owner()
    with pytest.raises(TypeError):
        run_task(owner, HERE, lambda result: None, owner.on_failed)
    with pytest.raises(TypeError):
        run_task(owner, HERE, owner.on_done, owner.errors.append)


def test_a_deleted_owner_hears_nothing_and_nothing_breaks(qtbot: QtBot) -> None:
    owner, witness = Owner(), Owner()
    go = threading.Event()
    task = run_task(owner, lambda: go.wait(5), witness.on_done, witness.on_failed)
    owner.deleteLater()
    qtbot.waitUntil(lambda: not isValid(owner))
    go.set()
    qtbot.waitUntil(lambda: not isValid(task))
    assert witness.results == []


def test_many_tasks_wait_for_their_turn_in_a_small_pool(qtbot: QtBot) -> None:
    owner = Owner()
    pool = QThreadPool()
    pool.setMaxThreadCount(1)
    for n in range(50):
        run_task(owner, (n * 2).__int__, owner.on_done, owner.on_failed, pool=pool)
    qtbot.waitUntil(lambda: len(owner.results) == 50)
    assert owner.results == [n * 2 for n in range(50)]
    assert pool.waitForDone(2000)
