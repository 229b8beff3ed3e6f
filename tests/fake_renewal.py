"""Stand-ins for `services.renewal` and `services.heads`, where pages are driven without a store."""

from __future__ import annotations

import threading
from collections.abc import Callable

from facelock.core.errors import FacelockError
from facelock.core.head import NetworkId
from facelock.core.head_version import HeadVersion
from facelock.core.template import Profile


class FakeRenewal:
    """Nobody needs renewing, unless a test says so; then `staged` is what the Task makes."""

    def __init__(self) -> None:
        self.network: NetworkId | None = None
        self.is_due = False
        self.left_behind: tuple[Profile, ...] = ()
        self.trouble: FacelockError | None = None
        self.lost = 0  # how often what was staged was worth nothing
        self.staged_in: list[str] = []  # names of threads
        self.may_stage = threading.Event()
        self.may_stage.set()

    def use(self, network: NetworkId) -> None:
        self.network = network

    def slow_stage(self, _load_pipeline: object, _load_calibration: object) -> str:
        self.may_stage.wait(5.0)
        self.staged_in.append(threading.current_thread().name)
        if self.trouble is not None:
            raise self.trouble
        return "staged"

    def adopt(self, _staged: str) -> bool:
        if self.lost > 0:
            self.lost -= 1
            return False
        self.is_due = False
        return True


class FakeHeads:
    """The bundled head is in force, unless a test says otherwise."""

    def __init__(self) -> None:
        self.in_force: HeadVersion | None = None
        self.watchers: list[Callable[[], object]] = []

    def add_watcher(self, watcher: Callable[[], object]) -> None:
        self.watchers.append(watcher)

    def put_in_force(self, version: HeadVersion | None) -> None:
        self.in_force = version
        for watcher in self.watchers:
            watcher()
