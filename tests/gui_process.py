"""A real window program in a process of its own, on a demo folder, that does what a test says.

Run as `python gui_process.py FOLDER [--minimised]`. One word a line on standard input (`unlock`,
`lock`, `close`, `refuse`, `shown`, `title`, `sockets`, `quit`), one line each on standard output
(`ready`, `unlocked`, `locked`, or JSON). It is the program of `facelock-gui` but for the command
line: a test has no other way to type a passphrase into another process.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from concurrent.futures import Future
from functools import partial
from pathlib import Path

asked: list[str] = []
"""What this process asked of Python's sockets and resolvers, from its first line on."""


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
        asked.append(f"{event} {arguments[1:]}")


sys.addaudithook(_note)

from fakes import made_up_profile  # noqa: E402 - the hook comes before everything
from PySide6.QtCore import QObject, QTimer, Signal, Slot  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from facelock import app  # noqa: E402
from facelock.desktop.hardening import harden  # noqa: E402
from facelock.desktop.paths import Paths  # noqa: E402
from facelock.desktop.settings_file import load_settings  # noqa: E402
from facelock.services.demo_cast import OnlyStrangers  # noqa: E402
from facelock.services.demo_store import open_demo_folder  # noqa: E402
from facelock.ui.entrances import Entrances  # noqa: E402
from facelock.ui.program import Program  # noqa: E402
from facelock.ui.start import Start  # noqa: E402
from facelock.vault.key_files import prepare_keys  # noqa: E402
from facelock.vault.keys import KDF_FLOOR  # noqa: E402

PASSPHRASE = "seven quiet otters swim"


def say(word: str) -> None:
    """Tell the test."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def open_sockets() -> list[str]:
    """Return every socket this process holds, Qt's too: its path, or the network it belongs to."""
    inodes = set()
    for one in Path("/proc/self/fd").iterdir():
        try:
            target = str(one.readlink())
        except FileNotFoundError:
            continue  # the one that was open to list the folder
        if target.startswith("socket:["):
            inodes.add(target[8:-1])
    found = []
    for kind, column in (("unix", 6), ("tcp", 9), ("tcp6", 9), ("udp", 9), ("udp6", 9)):
        table = Path(f"/proc/self/net/{kind}")
        lines = table.read_text(encoding="utf-8").splitlines()[1:] if table.exists() else []
        for fields in (line.split() for line in lines):
            if fields[column] in inodes:
                inodes.discard(fields[column])
                found.append(fields[7] if kind == "unix" and len(fields) > 7 else kind)
    return found + ["unknown" for _ in inodes]


class Hands(QObject):
    """What the test does to the window, and how it hears of the lock."""

    said = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.program: Program | None = None
        self._was_unlocked = False
        self.said.connect(self.do)
        self._look = QTimer(self)
        self._look.timeout.connect(self.tell)
        self._look.start(20)

    @Slot(str)
    def do(self, word: str) -> None:
        """Do it."""
        assert self.program is not None
        match word:
            case "unlock":
                access = self.program.access
                access.accept(access.slow_open(access.people[0].profile_id, PASSPHRASE))
                self.program.window.refresh()
            case "lock":
                self.program.window.lock()
            case "sockets":
                say(json.dumps({"open": open_sockets(), "asked": asked}))
            case "close":
                self.program.window.close()
            case "refuse":
                access = self.program.access
                access.refused(access.people[0].profile_id)
            case "shown":
                window, eyes = self.program.window, self.program.eyes
                seen = window.isVisible() and not window.isMinimized()
                say(json.dumps({"window": seen, "camera": eyes.is_looking}))
            case "title":
                titles = {one.windowTitle() for one in QApplication.topLevelWidgets()}
                say(json.dumps(sorted(titles - {""})))
            case _:
                QApplication.quit()

    @Slot()
    def tell(self) -> None:
        """Say it when the lock opens or closes."""
        if self.program is None:
            return
        unlocked = self.program.access.unlocked_for is not None
        if unlocked is not self._was_unlocked:
            self._was_unlocked = unlocked
            say("unlocked" if unlocked else "locked")

    def listen(self) -> None:
        """Take words; in a thread of its own."""
        for line in sys.stdin:
            self.said.emit(line.strip())


def main(folder: Path, *, minimised: bool = False) -> int:
    """Run the window until `quit`."""
    harden()
    paths = Paths.below(folder)
    store = open_demo_folder(paths.data)
    if not store.people:
        profile = made_up_profile(1, "Ada", demo=True)
        store.enrol(profile, prepare_keys(profile.profile_id, PASSPHRASE, kdf=KDF_FLOOR))
    opening: Future[app.OpenStore] = Future()
    opening.set_result(app.OpenStore(store, has_keyring=True))
    hands: list[Hands] = []

    def build(opened: app.OpenStore) -> Program:
        cast = OnlyStrangers(realtime=True, loop=True)
        program = app.build(opened, paths, app.real_outside(cast))
        hands[0].program = program
        QTimer.singleShot(0, partial(say, "ready"))
        return program

    entrances = partial(Entrances, paths.state, lambda _is_first: None)
    settings = load_settings(paths.settings_file)
    start = Start(opening, build, settings, None, entrances, minimised=minimised)
    hands.append(Hands())
    threading.Thread(target=hands[0].listen, daemon=True).start()
    return start.run()


if __name__ == "__main__":
    exit_code = main(Path(sys.argv[1]), minimised="--minimised" in sys.argv)
    sys.stdout.flush()
    os._exit(exit_code)  # the listening thread would wait for another line
