"""One window for each user and set of folders; a second start shows the first and ends.

The socket is an entrance, so it leads nowhere: its only message is `show`, whatever else arrives is
dropped with its connection, and nobody is waited for. It lies in a private folder (0700) and is
open to this user alone. Who is first is decided by a lock that the kernel holds
(`desktop.window_lock`), so the socket of a killed process is taken over, and no other.
"""

from __future__ import annotations

import hashlib
import logging
import sys
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from facelock.desktop.window_lock import WindowLock

_log = logging.getLogger(__name__)

MESSAGE = b"show\n"
_PEERS_AT_MOST = 4
_PEER_MS = 1000  # so long may a peer take for five bytes
_ANSWER_MS = 500  # so long does a second start wait for the first, each of
_BREATH_MS = 200
_TRIES = 4


class Standing(Enum):
    """What a start is told."""

    FIRST = "first"  # go on
    SHOWN = "shown"  # the first window was told to show itself: end
    SILENT = "silent"  # there is one, and it does not answer: say so and end


def socket_name(folder: Path) -> str:
    """Return where the socket is: a file in the folder; on Windows the name of a pipe."""
    if sys.platform == "win32":
        whose = hashlib.sha256(str(folder).encode()).hexdigest()[:32]
        return f"facelock-{whose}"
    return str(folder / "show.socket")


class SingleInstance(QObject):
    """The entrance of one folder. Call `claim` once, and `release` at the end."""

    show_wanted = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = socket_name(folder)
        self._lock = WindowLock(folder)
        self._peers: list[QLocalSocket] = []
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def claim(self) -> Standing:
        """Become the one window, or tell the one there is to show itself.

        Where the folder cannot be used there is no entrance: the store's own lock still keeps a
        second window from opening it.
        """
        for _ in range(_TRIES):
            try:
                is_first = self._lock.take()
            except OSError as error:
                _log.info("no single-instance socket: %s", error.strerror)
                return Standing.FIRST
            if self._somebody_shows():
                self._lock.release()
                return Standing.SHOWN
            if is_first:
                self._listen()
                return Standing.FIRST
            QThread.msleep(_BREATH_MS)  # before any window: it may be just about to listen
        return Standing.SILENT

    def release(self) -> None:
        """Close the entrance."""
        for peer in list(self._peers):
            self._drop(peer)
        self._server.close()
        self._lock.release()

    def _somebody_shows(self) -> bool:
        """Tell whoever answers to show itself; False if nobody does."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_ANSWER_MS):
            return False
        socket.write(MESSAGE)
        told = socket.waitForBytesWritten(_ANSWER_MS)
        socket.disconnectFromServer()
        return told

    def _listen(self) -> None:
        QLocalServer.removeServer(self._name)  # nobody answered, and we hold the lock
        if not self._server.listen(self._name):
            _log.info("no single-instance socket: %s", self._server.serverError())

    @Slot()
    def _on_connection(self) -> None:
        while (peer := self._server.nextPendingConnection()) is not None:
            if len(self._peers) >= _PEERS_AT_MOST:
                peer.abort()
                peer.deleteLater()
                continue
            self._peers.append(peer)
            peer.setReadBufferSize(len(MESSAGE) + 1)
            peer.readyRead.connect(self._on_bytes)
            peer.disconnected.connect(self._on_gone)
            patience = QTimer(peer)
            patience.setSingleShot(True)
            patience.timeout.connect(self._on_patience_over)
            patience.start(_PEER_MS)
            self._read(peer)

    @Slot()
    def _on_bytes(self) -> None:
        if isinstance(peer := self.sender(), QLocalSocket):
            self._read(peer)

    @Slot()
    def _on_gone(self) -> None:
        if isinstance(peer := self.sender(), QLocalSocket):
            self._drop(peer)

    @Slot()
    def _on_patience_over(self) -> None:
        timer = self.sender()
        if isinstance(timer, QTimer) and isinstance(peer := timer.parent(), QLocalSocket):
            self._drop(peer)

    def _read(self, peer: QLocalSocket) -> None:
        """Take the message if it is all there; drop a peer that says anything else."""
        if peer not in self._peers or not peer.isReadable():
            return
        said = peer.peek(len(MESSAGE) + 1).data()
        if said != MESSAGE and MESSAGE.startswith(said):
            return  # not all of it yet
        self._drop(peer)
        if said == MESSAGE:
            self.show_wanted.emit()

    def _drop(self, peer: QLocalSocket) -> None:
        if peer in self._peers:
            self._peers.remove(peer)
            peer.abort()
            peer.deleteLater()
