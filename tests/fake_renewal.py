"""Stands in for `services.renewal.Renewal` where pages are driven without a store."""

from __future__ import annotations

import threading

from facelock.core.errors import FacelockError
from facelock.core.head import NetworkId
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
