"""What every test may rely on, and what none may leave behind.

A test runs without a screen, without a network, in a home of its own, with no keyring; it fails
when it logs a warning it did not announce, or leaves a thread, a timer or a window running. Qt is
looked at only where a test imported it.
"""

from __future__ import annotations

import gc
import logging
import os
import socket
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

UNDER_XVFB = os.environ.get("FACELOCK_TEST_XVFB") == "1"
NO_SHARED_DATA = "shared data absent"
SETTLE_SECONDS = 2.0  # for what is on its way out; only spent where something is wrong
SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"

# Before any import of Qt or keyring, and inherited by the programs that tests start.
os.environ.setdefault("QT_QPA_PLATFORM", "xcb" if UNDER_XVFB else "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
# A portal, a session or a logind of the developer's desktop is not part of the test.
os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"
os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = "disabled:"

# Two shared cores stall now and then: a slow example is no failure, and failures must repeat.
settings.register_profile("facelock", deadline=None, derandomize=True)
settings.load_profile("facelock")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the tests that need a window system to the run that has one."""
    if UNDER_XVFB:
        return
    skip = pytest.mark.skip(reason="needs a window system: run by `make pytest` under Xvfb")
    for item in items:
        if item.get_closest_marker("xvfb"):
            item.add_marker(skip)


def pytest_terminal_summary(terminalreporter: Any) -> None:  # noqa: ANN401  # pytest keeps it private
    """Say how much was not looked at for want of the private study material."""
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum(NO_SHARED_DATA in str(report.longrepr) for report in skipped)
    terminalreporter.write_line(f"{count} skipped for want of shared data")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real faces that is never committed, or skip."""
    if not (SHARED_DATA / "README.md").is_file():
        pytest.skip(f"{NO_SHARED_DATA}: ../shared/data is not beside this checkout")
    return SHARED_DATA.resolve()


@pytest.fixture
def fake_clock() -> Any:  # noqa: ANN401  # the fakes are imported late, their types with them
    """Return a clock that stands still until the test moves it."""
    from fakes import FakeClock

    return FakeClock()


@pytest.fixture
def allow_logs() -> None:
    """Let this test log warnings; the marker of the same name does so with a reason."""


@pytest.fixture(autouse=True)
def _own_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give each test a home of its own: nothing may read or write the developer's."""
    home = tmp_path_factory.mktemp("home")
    folders = {
        "HOME": "",
        "USERPROFILE": "",
        "APPDATA": "AppData/Roaming",
        "LOCALAPPDATA": "AppData/Local",
        "XDG_CACHE_HOME": ".cache",
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
        "XDG_STATE_HOME": ".local/state",
        "XDG_RUNTIME_DIR": ".run",
    }
    for variable, folder in folders.items():
        path = home / folder
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        monkeypatch.setenv(variable, str(path))


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail on any connection but to a socket on this machine's own disk."""
    tried: list[str] = []

    def guard(name: str) -> None:
        original: Callable[..., Any] = getattr(socket.socket, name)

        def guarded(self: socket.socket, *arguments: Any) -> Any:  # noqa: ANN401  # passes all on
            if self.family != getattr(socket, "AF_UNIX", None):
                tried.append(f"socket.{name}{arguments[-1:]}")
                message = "the tests have no network"
                raise OSError(message)
            return original(self, *arguments)

        monkeypatch.setattr(socket.socket, name, guarded)

    for name in ("connect", "connect_ex", "sendto"):
        guard(name)
    yield
    # Said once more here, because the code under test may have swallowed the error.
    if tried:
        pytest.fail(f"reached for the network: {tried}")


@pytest.fixture(autouse=True)
def _same_seed_and_keyring() -> Iterator[None]:
    """Seed torch, as pytest-randomly seeds the rest, and hand the keyring on as it was."""
    if torch := sys.modules.get("torch"):
        torch.manual_seed(0)
    before = sys.modules["keyring"].get_keyring() if "keyring" in sys.modules else None
    yield
    if before is not None:
        sys.modules["keyring"].set_keyring(before)


class _Records(logging.Handler):
    """Keep what is logged at WARNING and above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _no_stray_logs(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on a logged warning that the test did not announce."""
    records = _Records()
    root = logging.getLogger()
    root.addHandler(records)
    try:
        yield
    finally:
        root.removeHandler(records)
    announced = (
        request.node.get_closest_marker("allow_logs") or "allow_logs" in request.fixturenames
    )
    if records.texts and not announced:
        pytest.fail("logged without announcing it:\n" + "\n".join(records.texts))


def _settles(condition: Callable[[], bool]) -> bool:
    """Wait a moment for a condition; tell whether it came true."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            return False
        threading.Event().wait(0.01)
    return True


@pytest.fixture(autouse=True)
def _no_leftover_threads() -> Iterator[None]:
    """Fail when a Python thread outlives its test."""
    before = set(threading.enumerate())

    def leftover() -> list[threading.Thread]:
        # Dummies stand for threads that Python did not start: Qt's, which are looked at below.
        return [
            thread
            for thread in threading.enumerate()
            if thread not in before and not isinstance(thread, threading._DummyThread)
        ]

    yield
    if not _settles(lambda: not leftover()):
        pytest.fail(f"left running: {leftover()}")


@pytest.fixture(autouse=True)
def _no_leftover_qt(
    monkeypatch: pytest.MonkeyPatch,
    _no_leftover_threads: None,  # for its place in the order
) -> Iterator[None]:
    """Fail when a QThread, pool task, timer or top-level widget outlives its test."""
    if "PySide6.QtCore" not in sys.modules:
        yield
        return
    from PySide6.QtCore import QCoreApplication, QEvent, QThread, QThreadPool, QTimer

    started: list[weakref.ref[Any]] = []
    for kind in (QThread, QTimer):
        _record_starts(monkeypatch, kind, started)
    before = _top_level_widgets()  # another test's, and already that one's failure
    yield
    application = QCoreApplication.instance()
    if application is None:
        return

    def leftover() -> list[str]:
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        found = [what for reference in started if (what := _still_runs(reference()))]
        if pool := QThreadPool.globalInstance().activeThreadCount():
            found.append(f"{pool} task(s) in the global QThreadPool")
        windows = [widget for widget in _top_level_widgets() if widget not in before]
        return found + [f"window {type(widget).__name__}" for widget in windows]

    if leftover():
        gc.collect()  # a widget in a reference cycle is gone, only not yet swept up
    if not _settles(lambda: not leftover()):
        pytest.fail("left behind: " + ", ".join(leftover()))


def _record_starts(
    monkeypatch: pytest.MonkeyPatch,
    kind: Any,  # noqa: ANN401  # QThread or QTimer; Qt may not be imported up here
    started: list[weakref.ref[Any]],
) -> None:
    """Remember, without keeping it alive, everything of this kind that is started."""
    original = kind.start

    def start(self: object, *arguments: object) -> None:
        started.append(weakref.ref(self))
        original(self, *arguments)

    monkeypatch.setattr(kind, "start", start)


def _still_runs(what: Any) -> str:  # noqa: ANN401  # a QThread, a QTimer or None
    """Name a thread that runs or a timer that ticks; "" for anything that is over."""
    from PySide6.QtCore import QThread
    from shiboken6 import isValid

    if what is None or not isValid(what):
        return ""
    runs = what.isRunning() if isinstance(what, QThread) else what.isActive()
    return f"{type(what).__name__} {what.objectName()!r}" if runs else ""


def _top_level_widgets() -> list[Any]:
    """Return the windows that nobody closed and let go of."""
    if "PySide6.QtWidgets" not in sys.modules:
        return []
    from PySide6.QtWidgets import QApplication

    if not isinstance(QApplication.instance(), QApplication):
        return []
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        # A tool tip's window belongs to Qt and stays for the next one.
        if widget.parent() is None and not widget.inherits("QTipLabel")
    ]
