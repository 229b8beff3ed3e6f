"""An X server of the test's own with two monitors side by side, and a program that fills them.

Xvfb knows one screen. RandR 1.5 lets anybody divide it into monitors; each is a screen to Qt.
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

LEFT, RIGHT = (0, 0, 1280, 800), (1280, 0, 1024, 768)
"""x, y, width and height."""

_DESKTOP = """
import sys
from PySide6.QtGui import QGuiApplication, QRasterWindow, QPainter, QColor

class Desktop(QRasterWindow):
    def paintEvent(self, event):
        QPainter(self).fillRect(0, 0, self.width(), self.height(), QColor(255, 0, 255))

application = QGuiApplication(sys.argv)
desktop = Desktop()
desktop.setGeometry(application.primaryScreen().virtualGeometry())
desktop.show()
print("there", flush=True)
application.exec()
"""

_LOOK = """
import json, sys
from PySide6.QtGui import QGuiApplication

application = QGuiApplication(sys.argv)
shares = []
for area in json.loads(sys.argv[1]):
    picture = application.primaryScreen().grabWindow(0, *area).toImage()
    points = [(x, y) for x in range(0, picture.width(), 8) for y in range(0, picture.height(), 8)]
    glaring = sum(picture.pixelColor(x, y).name() == "#ff00ff" for x, y in points)
    shares.append(glaring / len(points))
print(json.dumps(shares))
"""


class _Monitor(ctypes.Structure):
    """XRRMonitorInfo."""

    _fields_ = (
        ("name", ctypes.c_ulong),
        ("primary", ctypes.c_int),
        ("automatic", ctypes.c_int),
        ("outputs_count", ctypes.c_int),
        *((name, ctypes.c_int) for name in ("x", "y", "width", "height")),
        *((name, ctypes.c_int) for name in ("width_mm", "height_mm")),
        ("outputs", ctypes.POINTER(ctypes.c_ulong)),
    )


class _Resources(ctypes.Structure):
    """The beginning of XRRScreenResources."""

    _fields_ = (
        ("timestamp", ctypes.c_ulong),
        ("config_timestamp", ctypes.c_ulong),
        ("crtcs_count", ctypes.c_int),
        ("crtcs", ctypes.c_void_p),
        ("outputs_count", ctypes.c_int),
        ("outputs", ctypes.POINTER(ctypes.c_ulong)),
    )


class Monitors:
    """Divides the screen of a display, and takes a part away again."""

    def __init__(self, display: str) -> None:
        self._x11, self._randr = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXrandr.so.2")
        pointer, number = ctypes.c_void_p, ctypes.c_ulong
        self._x11.XOpenDisplay.restype = pointer
        self._x11.XDefaultRootWindow.restype = number
        self._x11.XInternAtom.restype = number
        self._x11.XInternAtom.argtypes = (pointer, ctypes.c_char_p, ctypes.c_int)
        self._randr.XRRAllocateMonitor.restype = ctypes.POINTER(_Monitor)
        self._randr.XRRGetScreenResources.restype = ctypes.POINTER(_Resources)
        self._display = pointer(self._x11.XOpenDisplay(display.encode()))
        self._root = number(self._x11.XDefaultRootWindow(self._display))

    def divide(self) -> None:
        """Make a left monitor, which is the primary one, and a right one."""
        resources = self._randr.XRRGetScreenResources(self._display, self._root).contents
        self._add(b"left", LEFT, resources.outputs[0])
        self.plug_in()

    def plug_in(self) -> None:
        """Make the right one."""
        self._add(b"right", RIGHT, None)

    def unplug(self) -> None:
        """Take the right one away. Its place is still there to look at."""
        name = ctypes.c_ulong(self._x11.XInternAtom(self._display, b"right", 0))
        self._randr.XRRDeleteMonitor(self._display, self._root, name)
        self._x11.XSync(self._display, 0)

    def close(self) -> None:
        self._x11.XCloseDisplay(self._display)

    def _add(self, name: bytes, place: tuple[int, int, int, int], output: int | None) -> None:
        made = self._randr.XRRAllocateMonitor(self._display, int(output is not None))
        one = made.contents
        one.name = self._x11.XInternAtom(self._display, name, 0)
        one.x, one.y, one.width, one.height = place
        one.width_mm, one.height_mm = place[2] // 4, place[3] // 4
        if output is not None:
            one.primary = 1
            one.outputs[0] = output
        self._randr.XRRSetMonitor(self._display, self._root, made)
        self._x11.XSync(self._display, 0)


@contextmanager
def two_screens() -> Iterator[str]:
    """Run an X server with two monitors; the name of its display."""
    size = f"{LEFT[2] + RIGHT[2]}x{max(LEFT[3], RIGHT[3])}x24"
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-noreset"]
    server = subprocess.Popen(
        [*command, "-nolisten", "tcp"], pass_fds=(writing,), stderr=subprocess.DEVNULL
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            display = f":{told.readline().strip()}"
        monitors = Monitors(display)
        monitors.divide()
        monitors.close()
        yield display
    finally:
        server.terminate()
        server.wait()


@contextmanager
def a_desktop(display: str) -> Iterator[None]:
    """Fill both monitors with one glaring colour, as another program's window would."""
    program = subprocess.Popen(
        [sys.executable, "-c", _DESKTOP],
        env=_environment(display),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert program.stdout is not None
    try:
        assert program.stdout.readline().strip() == "there"
        yield
    finally:
        program.kill()
        program.wait()
        program.stdout.close()


def glaring(display: str) -> list[float]:
    """Return which share of each monitor's place shows the desktop, as another program sees it."""
    command = [sys.executable, "-c", _LOOK, json.dumps([LEFT, RIGHT])]
    looked = subprocess.run(
        command, env=_environment(display), capture_output=True, check=True, timeout=60, text=True
    )
    shares: list[float] = json.loads(looked.stdout)
    return shares


def _environment(display: str) -> dict[str, str]:
    return {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
