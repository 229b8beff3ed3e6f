"""The test's end of `gui_process` and `day_process`: starts one, gives it words, hears it."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TESTS = Path(__file__).parent
PATIENCE = 60.0  # seconds; only spent where something is wrong


class WindowProcess:
    """A window that runs."""

    def __init__(self, program: str, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(TESTS / program), *arguments],
            env={**os.environ, "PYTHONPATH": f"{TESTS.parent}{os.pathsep}{TESTS}"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.strip())

    def tell(self, word: str) -> None:
        """Give it a word."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()

    def next(self) -> str:
        """Return the next thing it says."""
        return self._lines.get(timeout=PATIENCE)

    @property
    def is_silent(self) -> bool:
        """True if it said nothing that was not taken yet."""
        return self._lines.empty()

    def end(self) -> int:
        """End it, kindly if it listens; return its exit code."""
        if self.process.poll() is None:
            self.tell("quit")
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            code = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        self._reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


@contextmanager
def a_window(folder: Path) -> Iterator[WindowProcess]:
    """Run a window, locked and ready, until the end of the block."""
    window = WindowProcess("gui_process.py", str(folder))
    try:
        assert window.next() == "ready"
        yield window
    finally:
        window.end()
