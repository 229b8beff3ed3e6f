"""The guards of conftest.py, tried on tests that misbehave and on tests that do not."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent

MISBEHAVING = """
import logging, socket, threading
from pathlib import Path

import pytest
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QMenu, QWidget

kept = []


class Loop(QThread):
    def run(self):
        while not self.isInterruptionRequested():
            self.msleep(5)


def test_bad_log():
    logging.getLogger("x").warning("unannounced")

@pytest.mark.allow_logs("announced")
def test_good_log():
    logging.getLogger("x").warning("announced")

def test_good_log_by_fixture(allow_logs):
    logging.getLogger("x").warning("announced")

def test_bad_network_even_if_the_error_is_swallowed():
    try:
        socket.create_connection(("127.0.0.1", 9))
    except OSError:
        pass

def test_good_local_socket():
    for end in socket.socketpair():
        end.close()

def test_bad_thread():
    event = threading.Event()
    kept.append(event)
    threading.Thread(target=event.wait, daemon=True).start()

def test_good_thread():
    threading.Thread(target=lambda: None).start()

def test_bad_qthread(qapp):
    kept.append(Loop())
    kept[-1].start()

def test_good_qthread(qapp):
    loop = Loop()
    loop.start()
    loop.requestInterruption()
    assert loop.wait(1000)

def test_bad_timer(qapp):
    kept.append(QTimer())
    kept[-1].start(50)

def test_good_timer_of_a_window_that_is_gone(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    QTimer(window).start(50)

def test_bad_window(qapp):
    kept.append(QWidget())

def test_good_window_with_a_menu(qtbot):
    window = QWidget()
    QMenu(window)
    qtbot.addWidget(window)
    window.show()

def test_good_home_is_not_the_developers(tmp_path, request):
    assert Path.home().is_relative_to(tmp_path.parent)
    assert list(tmp_path.iterdir()) == []

def test_good_there_is_no_keyring():
    keyring = pytest.importorskip("keyring")
    with pytest.raises(keyring.errors.NoKeyringError):
        keyring.get_password("a", "b")

def test_skipped_without_data(shared_data):
    pass

def test_last_stops_what_was_left():
    for left in kept:
        if isinstance(left, Loop):
            left.requestInterruption()
            assert left.wait(1000)
"""


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Run the misbehaving tests under a copy of our conftest, far from the shared data."""
    folder = tmp_path_factory.mktemp("guarded") / "tests"
    folder.mkdir()
    conftest = (TESTS / "conftest.py").read_text()
    impatient = conftest.replace("SETTLE_SECONDS = 2.0", "SETTLE_SECONDS = 0.2")
    assert impatient != conftest
    (folder / "conftest.py").write_text(impatient)
    (folder / "test_behaviour.py").write_text(MISBEHAVING)
    (folder.parent / "pyproject.toml").write_text((TESTS.parent / "pyproject.toml").read_text())
    finished = subprocess.run(
        [sys.executable, "-m", "pytest", "-v", "-p", "no:randomly", "-p", "no:cacheprovider"],
        cwd=folder.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    return finished.stdout


def test_everything_bad_fails_and_nothing_else(outcome: str) -> None:
    failed = set(re.findall(r"^(?:ERROR|FAILED) \S+::test_(\w+)", outcome, flags=re.MULTILINE))
    assert failed == {
        "bad_log",
        "bad_network_even_if_the_error_is_swallowed",
        "bad_qthread",
        "bad_thread",
        "bad_timer",
        "bad_window",
    }, outcome


def test_it_says_how_many_tests_wanted_data(outcome: str) -> None:
    assert "1 skipped for want of shared data" in outcome
