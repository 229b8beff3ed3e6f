"""The socket is an entrance: it takes one message, from this user, and waits for nobody."""

from __future__ import annotations

import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from facelock.desktop.window_lock import WindowLock
from facelock.ui.single_instance import MESSAGE, SingleInstance, Standing, socket_name

posix = pytest.mark.skipif("os.name != 'posix'", reason="modes and sockets in a folder")


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a folder whose name is short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="fl-") as name:
        yield Path(name) / "state"


@pytest.fixture
def first(qtbot: QtBot, folder: Path) -> Iterator[SingleInstance]:
    made = SingleInstance(folder)
    assert made.claim() is Standing.FIRST
    yield made
    made.release()


def say(folder: Path, *parts: bytes) -> QLocalSocket:
    peer = QLocalSocket()
    peer.connectToServer(socket_name(folder))
    assert peer.waitForConnected(2000)
    for part in parts:
        peer.write(part)
        peer.waitForBytesWritten(500)
    return peer


@posix
def test_folder_and_socket_are_this_users_alone(first: SingleInstance, folder: Path) -> None:
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    status = (folder / "show.socket").stat()
    assert stat.S_ISSOCK(status.st_mode)
    assert status.st_mode & (stat.S_IRWXG | stat.S_IRWXO) == 0


def test_a_second_start_shows_the_first_window_and_ends(
    qtbot: QtBot, first: SingleInstance, folder: Path
) -> None:
    with qtbot.waitSignal(first.show_wanted, timeout=3000):
        assert SingleInstance(folder).claim() is Standing.SHOWN
    with qtbot.waitSignal(first.show_wanted, timeout=3000):
        assert SingleInstance(folder).claim() is Standing.SHOWN


@pytest.mark.parametrize(
    "said",
    [b"quit\n", b"show", b"show\n\n", b"showshow\n", b"unlock\n", b"\x00" * 100_000, b"SHOW\n"],
    ids=["other", "cut", "more", "longer", "unlock", "flood", "capitals"],
)
def test_anything_but_show_is_dropped(
    qtbot: QtBot, first: SingleInstance, folder: Path, said: bytes
) -> None:
    shown: list[bool] = []
    first.show_wanted.connect(lambda: shown.append(True))
    peer = say(folder, said)
    gone = QLocalSocket.LocalSocketState.UnconnectedState
    qtbot.waitUntil(lambda: peer.state() == gone, timeout=5000)
    assert shown == []
    assert first._peers == []


def test_a_message_may_come_in_pieces(qtbot: QtBot, first: SingleInstance, folder: Path) -> None:
    peer = say(folder, MESSAGE[:2])
    qtbot.waitUntil(lambda: len(first._peers) == 1, timeout=3000)
    with qtbot.waitSignal(first.show_wanted, timeout=3000):
        peer.write(MESSAGE[2:])
    peer.abort()


def test_peers_that_say_nothing_keep_nobody_out_for_long(
    qtbot: QtBot, first: SingleInstance, folder: Path
) -> None:
    hung = [say(folder) for _ in range(12)]
    qtbot.waitUntil(lambda: len(first._peers) == 4, timeout=3000)  # and never more
    qtbot.waitUntil(lambda: not first._peers, timeout=5000)
    with qtbot.waitSignal(first.show_wanted, timeout=3000):
        assert SingleInstance(folder).claim() is Standing.SHOWN
    for peer in hung:
        peer.abort()


@posix
def test_the_socket_of_a_killed_process_is_taken_over(qtbot: QtBot, folder: Path) -> None:
    program = (
        "import os, signal, sys\nfrom pathlib import Path\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "from facelock.ui.single_instance import SingleInstance\n"
        "app = QCoreApplication([])\n"
        "one = SingleInstance(Path(sys.argv[1]))\nprint(one.claim())\nsys.stdout.flush()\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)], capture_output=True, text=True, check=False
    )
    assert "FIRST" in done.stdout, done.stderr
    assert (folder / "show.socket").exists()
    next_one = SingleInstance(folder)
    assert next_one.claim() is Standing.FIRST
    with qtbot.waitSignal(next_one.show_wanted, timeout=3000):
        assert SingleInstance(folder).claim() is Standing.SHOWN
    next_one.release()


@posix
def test_whoever_answers_keeps_the_socket(qtbot: QtBot, folder: Path) -> None:
    folder.mkdir(mode=0o700)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(folder / "show.socket"))
    listener.listen()
    assert SingleInstance(folder).claim() is Standing.SHOWN  # though it holds no lock
    connection, _ = listener.accept()
    assert connection.recv(100) == MESSAGE
    connection.close()
    listener.close()


def test_one_that_runs_and_does_not_answer_is_told_as_such(qtbot: QtBot, folder: Path) -> None:
    lock = WindowLock(folder)
    assert lock.take()
    assert SingleInstance(folder).claim() is Standing.SILENT
    lock.release()


@posix
@pytest.mark.skipif("os.geteuid() == 0", reason="root may write everywhere")
def test_without_a_folder_it_starts_all_the_same(qtbot: QtBot, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert SingleInstance(tmp_path / "state").claim() is Standing.FIRST
    tmp_path.chmod(0o700)


@posix
def test_a_link_in_the_place_of_the_folder_is_not_used(qtbot: QtBot, folder: Path) -> None:
    elsewhere = folder.with_name("elsewhere")
    elsewhere.mkdir()
    folder.symlink_to(elsewhere)
    assert SingleInstance(folder).claim() is Standing.FIRST  # the store's lock decides
    assert list(elsewhere.iterdir()) == []
