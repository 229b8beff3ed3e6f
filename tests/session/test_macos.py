"""The login session on macOS: what its notices mean, from a fake; nothing where it is no Mac."""

from __future__ import annotations

import pytest

from facelock.core.leaving import Reason
from facelock.session.cocoa import Cocoa
from facelock.session.macos import SENT_BY_PROGRAMS, SENT_BY_WORKSPACE, Hear, MacSession


class FakePort:
    """A Mac that says what a test wants."""

    def __init__(self) -> None:
        self.hear: Hear | None = None

    def listen(self, hear: Hear) -> bool:
        self.hear = hear
        return True

    def close(self) -> None:
        self.hear = None

    def unused_seconds(self) -> float | None:
        return 12.5

    def send(self, name: str) -> None:
        assert self.hear is not None
        self.hear(name)


@pytest.mark.parametrize(
    ("leave", "back", "reason"),
    [
        ("com.apple.screenIsLocked", "com.apple.screenIsUnlocked", Reason.SESSION_LOCKED),
        ("com.apple.screensaver.didstart", "com.apple.screensaver.didstop", Reason.SESSION_LOCKED),
        (
            "NSWorkspaceWillSleepNotification",
            "NSWorkspaceDidWakeNotification",
            Reason.SLEEP,
        ),
        (
            "NSWorkspaceSessionDidResignActiveNotification",
            "NSWorkspaceSessionDidBecomeActiveNotification",
            Reason.SWITCHED,
        ),
    ],
)
def test_what_the_notices_mean(qapp: object, leave: str, back: str, reason: Reason) -> None:
    port = FakePort()
    watch = MacSession(port)
    said: list[Reason | None] = []
    watch.left.connect(said.append)
    watch.returned.connect(lambda: said.append(None))
    watch.start()
    port.send(leave)
    assert said == [reason]  # by the time that macOS goes on
    port.send("com.apple.somethingElse")
    port.send(back)
    assert said == [reason, None]
    assert watch.is_told
    watch.stop()
    assert port.hear is None


def test_every_begin_has_its_end() -> None:
    for notices in (SENT_BY_PROGRAMS, SENT_BY_WORKSPACE):
        begins = {cause for cause, holds in notices.values() if holds}
        assert begins == {cause for cause, holds in notices.values() if not holds}


def test_it_tells_the_idle_time_and_cannot_lock_the_session(qapp: object) -> None:
    watch = MacSession(FakePort())
    assert watch.idle_seconds() == 12.5
    assert not watch.can_lock
    assert not watch.lock_session()


@pytest.mark.skipif("sys.platform == 'darwin'", reason="here it would be a Mac")
def test_where_it_is_no_mac_nothing_is_heard() -> None:
    port = Cocoa()
    assert not port.listen(lambda _: None)
    assert port.unused_seconds() is None
    port.close()
