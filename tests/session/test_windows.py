"""The login session on Windows: what its messages mean, and who hears them. All fakes."""

from __future__ import annotations

import ctypes
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from facelock.core.leaving import Reason
from facelock.session.here import session_here
from facelock.session.win32 import Win32
from facelock.session.windows import (
    PBT_APMRESUMEAUTOMATIC,
    PBT_APMRESUMESUSPEND,
    PBT_APMSUSPEND,
    PBT_POWERSETTINGCHANGE,
    WM_POWERBROADCAST,
    WM_WTSSESSION_CHANGE,
    WTS_LOCK,
    WTS_UNLOCK,
    Hear,
    WindowsSession,
)

LID = uuid.UUID("ba3e0f4d-b817-4094-a2d1-d56379e6a0f3")


class FakePort:
    """A Windows that says what a test wants."""

    def __init__(self) -> None:
        self.hear: Hear | None = None
        self.count = 1
        self.locked = 0

    def listen(self, hear: Hear) -> bool:
        self.hear = hear
        return True

    def close(self) -> None:
        self.hear = None

    def lock(self) -> bool:
        self.locked += 1
        return True

    def unused_milliseconds(self) -> int | None:
        return 2500

    def screens(self) -> int:
        return self.count

    def send(self, message: int, number: int, lid: int = -1) -> None:
        assert self.hear is not None
        self.hear(message, number, lid)

    def lid(self, state: int) -> None:
        self.send(WM_POWERBROADCAST, PBT_POWERSETTINGCHANGE, state)


class Heard:
    """A watch on the fake, and what it said."""

    def __init__(self) -> None:
        self.port = FakePort()
        self.watch = WindowsSession(self.port)
        self.said: list[Reason | None] = []
        self.watch.left.connect(self.said.append)
        self.watch.returned.connect(lambda: self.said.append(None))
        self.watch.start()


@pytest.fixture
def heard(qapp: object) -> Heard:
    return Heard()


@pytest.mark.parametrize(
    ("leave", "back", "reason"),
    [
        ((WM_WTSSESSION_CHANGE, WTS_LOCK), (WM_WTSSESSION_CHANGE, WTS_UNLOCK), "session-locked"),
        ((WM_WTSSESSION_CHANGE, 2), (WM_WTSSESSION_CHANGE, 1), "switched"),
        ((WM_WTSSESSION_CHANGE, 4), (WM_WTSSESSION_CHANGE, 3), "switched"),
        ((WM_POWERBROADCAST, PBT_APMSUSPEND), (WM_POWERBROADCAST, PBT_APMRESUMESUSPEND), "sleep"),
        ((WM_POWERBROADCAST, PBT_APMSUSPEND), (WM_POWERBROADCAST, PBT_APMRESUMEAUTOMATIC), "sleep"),
    ],
)
def test_what_the_messages_mean(
    heard: Heard, leave: tuple[int, int], back: tuple[int, int], reason: str
) -> None:
    heard.port.send(*leave)
    assert heard.said == [Reason(reason)]  # by the time that Windows goes on
    heard.port.send(*back)
    assert heard.said == [Reason(reason), None]


def test_other_messages_mean_nothing(heard: Heard) -> None:
    heard.port.send(WM_WTSSESSION_CHANGE, 5)
    heard.port.send(0x0010, WTS_LOCK)
    assert heard.said == []


def test_the_lid(heard: Heard) -> None:
    heard.port.lid(1)
    heard.port.lid(0)
    heard.port.lid(1)
    assert heard.said == [Reason.SLEEP, None]


def test_a_lid_that_is_closed_already_is_no_leaving(heard: Heard) -> None:
    heard.port.lid(0)
    assert heard.said == []


def test_a_lid_beside_another_screen_is_no_leaving(heard: Heard) -> None:
    heard.port.count = 2
    heard.port.lid(1)
    heard.port.lid(0)
    assert heard.said == []


def test_what_else_is_asked(heard: Heard) -> None:
    assert heard.watch.idle_seconds() == 2.5
    assert heard.watch.can_lock
    assert heard.watch.lock_session()
    assert heard.port.locked == 1
    assert heard.watch.is_told
    heard.watch.stop()
    assert heard.port.hear is None
    assert not heard.watch.is_told


class FakeFunction:
    """A function of a library: takes its declaration, notes its calls."""

    def __init__(self, answer: Callable[..., object]) -> None:
        self.answer = answer
        self.restype: object = None
        self.argtypes: list[object] = []
        self.calls: list[tuple[object, ...]] = []

    def __call__(self, *arguments: object) -> object:
        self.calls.append(arguments)
        return self.answer(*arguments)


class FakeLibrary:
    """Every function is there; those without an answer answer 1."""

    def __init__(self, **answers: Callable[..., object]) -> None:
        self._functions = {name: FakeFunction(answer) for name, answer in answers.items()}

    def __getattr__(self, name: str) -> FakeFunction:
        return self._functions.setdefault(name, FakeFunction(lambda *_: 1))


def last_input(address: Any) -> int:  # noqa: ANN401 - what ctypes.byref gives
    address._obj.time = 0xFFFFFFF0
    return 1


@pytest.fixture
def libraries() -> dict[str, FakeLibrary]:
    return {
        "user32": FakeLibrary(
            CreateWindowExW=lambda *_: 77,
            SetWindowLongPtrW=lambda *_: 55,
            CallWindowProcW=lambda *_: 9,
            GetLastInputInfo=last_input,
            GetSystemMetrics=lambda _: 3,
            RegisterPowerSettingNotification=lambda *_: 66,
        ),
        "wtsapi32": FakeLibrary(),
        "kernel32": FakeLibrary(GetTickCount=lambda: 0x10),
    }


def test_the_hidden_window_passes_messages_on(libraries: dict[str, FakeLibrary]) -> None:
    port, told = Win32(libraries.__getitem__), list[tuple[int, int, int]]()
    assert port.listen(lambda *message: told.append(message))
    user32 = libraries["user32"]
    assert libraries["wtsapi32"].WTSRegisterSessionNotification.calls == [(77, 0)]
    procedure = port._procedure
    assert procedure(77, WM_WTSSESSION_CHANGE, WTS_LOCK, 1) == 9
    assert user32.CallWindowProcW.calls == [(55, 77, WM_WTSSESSION_CHANGE, WTS_LOCK, 1)]
    setting = ctypes.create_string_buffer(LID.bytes_le + (4).to_bytes(4, "little") + bytes(4))
    procedure(77, WM_POWERBROADCAST, PBT_POWERSETTINGCHANGE, ctypes.addressof(setting))
    other = ctypes.create_string_buffer(bytes(24))
    assert procedure(77, WM_POWERBROADCAST, PBT_POWERSETTINGCHANGE, ctypes.addressof(other)) == 1
    assert told == [
        (WM_WTSSESSION_CHANGE, WTS_LOCK, -1),
        (WM_POWERBROADCAST, PBT_POWERSETTINGCHANGE, 0),
    ]
    port.close()
    assert user32.DestroyWindow.calls == [(77,)]
    assert user32.UnregisterPowerSettingNotification.calls == [(66,)]
    port.close()  # nothing is closed twice
    assert len(user32.DestroyWindow.calls) == 1


def test_the_idle_time_survives_the_overflow_of_the_clock(
    libraries: dict[str, FakeLibrary],
) -> None:
    port = Win32(libraries.__getitem__)
    assert port.unused_milliseconds() == 0x20
    assert port.lock()


def test_where_there_is_no_windows_nothing_is_heard() -> None:
    def none(_name: str) -> object:
        raise OSError

    port = Win32(none)
    assert not port.listen(lambda *_: None)
    assert port.unused_milliseconds() is None
    assert not port.lock()
    port.close()


@pytest.mark.parametrize(
    ("platform", "kind"),
    [("linux", "LinuxSession"), ("win32", "WindowsSession"), ("darwin", "MacSession")],
)
def test_each_system_has_its_own(qapp: object, platform: str, kind: str) -> None:
    assert type(session_here(has_x11=False, platform=platform)).__name__ == kind


def test_others_have_none() -> None:
    assert session_here(has_x11=True, platform="freebsd14") is None
