"""Draw the pictures under docs/screenshots, on the demo's public-domain faces.

Everything shown is the real window on a demo store in a temporary folder; nothing is retouched.
`--scale 2` and `--size` are for looking at other screens; write those elsewhere (`--into`).
`--settings` draws every section of the settings, at 1x and at 2x, each in a process of its own.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from facelock.core.frames import Frame
    from facelock.core.template import Profile
    from facelock.ui.program import Program
    from facelock.ui.scan_view import ScanView
    from facelock.ui.settings_camera import CameraBody
    from facelock.ui.settings_recognition import RecognitionBody
    from facelock.ui.shell import Shell

DOCS = Path(__file__).parents[1] / "docs" / "screenshots"
DOCUMENTED = {
    "first-run",
    "capture",
    "locked",
    "vault",
    "people",
    "compare",
    "compare-matched",
    "countdown",
    "shield",
}
"""What goes into the documents besides the settings; the others are for looking at."""

SETTINGS = "settings-"  # what the pictures of the sections begin with
FONT = "Inter"  # if installed; else whatever the machine has
PASSPHRASE = "a passphrase for the pictures"  # noqa: S105 - opens nothing but a temporary demo


def main() -> int:
    """Draw all pages in light and dark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=DOCS, help="folder to write to")
    parser.add_argument("--scale", default="1", help="device pixels per logical pixel")
    parser.add_argument("--size", default="960x680", help="logical size of the window")
    parser.add_argument("--print", type=float, default=1.0, help="how many times larger the font")
    parser.add_argument("--only", default="", help="draw only pages whose name holds this")
    parser.add_argument(
        "--settings", action="store_true", help="draw the settings alone, at both scales"
    )
    options = parser.parse_args()
    if options.settings:
        return _draw_settings(options.into)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = options.scale
    from PySide6.QtGui import QFont, QFontDatabase
    from PySide6.QtWidgets import QApplication

    application = QApplication(sys.argv[:1])
    application.setApplicationName("Facelock")
    if FONT in QFontDatabase.families():
        application.setFont(QFont(FONT, 10))
    font = application.font()
    font.setPointSizeF(font.pointSizeF() * options.print)
    application.setFont(font)
    options.into.mkdir(parents=True, exist_ok=True)
    width, height = (int(part) for part in options.size.split("x"))
    profile = _enrol()
    for dark in (False, True):
        artist = _Artist(application, options, (width, height), dark=dark)
        artist.draw(profile)
    return 0


def _draw_settings(into: Path) -> int:
    """Draw the settings twice: Qt takes its scale when it starts, and keeps it."""
    script = [sys.executable, __file__, "--into", str(into), "--only", SETTINGS]
    codes = [subprocess.run([*script, "--scale", scale], check=False) for scale in ("1", "2")]
    return max(code.returncode for code in codes)


def _enrol() -> Profile:
    """Enrol the demo's owner, through the pipeline, from her simulated camera."""
    from facelock.services.calibration import load_calibration
    from facelock.services.demo_cast import DemoCast
    from facelock.services.loading import load_pipeline
    from facelock.services.simulation import enrol_from

    cast = DemoCast(realtime=False)
    made = enrol_from(
        lambda: (cast.owner_enrolment(),),
        load_pipeline(),
        load_calibration(),
        name=DemoCast.owner_name,
    )
    now = time.time()
    looks = tuple(replace(look, added_at=now) for look in made.profile.appearances)
    return replace(made.profile, created_at=now, appearances=looks)


def _is_whole(view: ScanView) -> bool:
    """Tell whether the whole face was in the picture."""
    face = view.look.face if view.look is not None else None
    return face is not None and face.report.inside >= 1.0


def _is_measured(body: CameraBody) -> bool:
    """Tell whether the picture beside the bars is one of a whole face."""
    light, sharpness = body.meter.light.words.text(), body.meter.sharpness.words.text()
    return light.endswith("good") and sharpness.endswith("good")


def _has_plot(body: RecognitionBody) -> bool:
    return body.plot is not None


def _glance() -> Frame:
    """Return the owner as the lock's camera sees her: another moment, another light."""
    from facelock.services.demo_cast import DemoCast

    camera = DemoCast(realtime=False).owner_glance(5)
    camera.open()
    with closing(camera):
        return [camera.read() for _ in range(60)][-1]


class _Artist:
    def __init__(
        self,
        application: QApplication,
        options: argparse.Namespace,
        size: tuple[int, int],
        *,
        dark: bool,
    ) -> None:
        self._application = application
        self._folder: Path = options.into
        self._size = size
        self._only: str = options.only
        self._scale: str = options.scale
        self._dark = dark

    def draw(self, profile: Profile) -> None:
        """Walk through the program and take a picture of each page."""
        from facelock.core.settings import Appearance
        from facelock.ui.theme import apply_appearance

        apply_appearance(self._application, Appearance.DARK if self._dark else Appearance.LIGHT)
        if self._only.startswith(SETTINGS):
            with self._program(profile) as program:
                self._unlock(program)
                self._settings(program)
            return
        with self._program(None) as program:
            self._take(program.window, "first-run")
            self._wizard(program)
        with self._program(profile) as program:
            self._lock_page(program)
            self._unlock(program)
            self._leaving(program)
            self._pages(program)
            self._settings(program)

    @contextmanager
    def _program(self, profile: Profile | None) -> Iterator[Program]:
        from facelock import app
        from facelock.desktop.paths import Paths
        from facelock.services.demo_cast import DemoCast
        from facelock.vault.key_files import prepare_keys

        with tempfile.TemporaryDirectory(prefix="facelock-pictures-") as folder:
            paths = Paths.below(Path(folder))
            opened = app.open_demo_store(paths)
            outside = app.real_outside(DemoCast(realtime=True, loop=True))
            program = app.build(opened, paths, outside)
            if profile is not None:
                program.access.enrol(profile, prepare_keys(profile.profile_id, PASSPHRASE))
                program.window.refresh()
            program.window.resize(*self._size)
            program.window.show()
            try:
                yield program
            finally:
                program.window.close()
                program.stop()
                self._settle()

    def _wizard(self, program: Program) -> None:
        wizard = program.open_wizard()
        wizard.resize(*self._size)
        self._take(wizard, "consent")
        wizard.consent_step.agree.click()
        wizard.next.click()
        step = wizard.person_step
        step.name.setText("Eileen Collins")
        step.passphrase.edit.setText(PASSPHRASE)
        step.again.edit.setText(PASSPHRASE)
        self._until(wizard.next.isEnabled)
        wizard.next.click()
        self._until(wizard.next.isEnabled)
        wizard.next.click()
        self._until(lambda: program.eyes.pipeline is not None)
        self._until(lambda: wizard.capture_step.count.text().startswith("2"))
        self._take(wizard, "capture")
        wizard.reject()

    def _lock_page(self, program: Program) -> None:
        from facelock.core.leaving import Arming
        from facelock.ui.lock_page import LockPage

        page = program.window.page
        assert isinstance(page, LockPage)  # noqa: S101 - for mypy
        self._until(lambda: program.eyes.pipeline is not None)
        page.back.begin_as(Arming.AFTER_ABSENCE)  # the camera is on before the face is compared
        page.hide()
        page.show()
        self._for(2.0)
        views: list[ScanView] = []
        page.scan.changed.connect(views.append)
        page.back.ask()
        self._until(lambda: any(_is_whole(view) for view in views))
        self._take(program.window, "locked")
        self._until(lambda: program.access.unlocked_for is not None)
        self._take(program.window, "unlocking")
        program.window.lock()

    def _unlock(self, program: Program) -> None:
        opened = program.access.slow_open(program.access.profiles[0].profile_id, PASSPHRASE)
        program.access.accept(opened)
        program.window.refresh()
        self._settle()

    def _leaving(self, program: Program) -> None:
        """Take what is shown when the owner leaves, and when somebody looks on."""
        stage, leaving = program.stage, program.leaving
        assert stage is not None  # noqa: S101 - for mypy
        owner, _, both, nobody, _ = stage.buttons
        nobody.click()
        self._until(lambda: bool(leaving.countdown.text))
        self._take(program.window, "countdown")
        owner.click()
        self._until(lambda: not leaving.countdown.text)
        program.access.leaving.set_shield(True)
        leaving.watch.settle()
        both.click()
        self._until(lambda: leaving.shield.is_up)
        self._take(program.window, "shield")
        owner.click()
        self._until(lambda: not leaving.shield.is_up)
        program.access.leaving.set_shield(None)

    def _pages(self, program: Program) -> None:
        from facelock.resources import resource
        from facelock.ui.compare_page import ComparePage
        from facelock.ui.shell import Shell

        shell = program.window.page
        assert isinstance(shell, Shell)  # noqa: S101 - for mypy
        self._vault(program)
        self._show(shell, "people")
        self._take(program.window, "people")
        self._show(shell, "compare")
        page = shell.page
        assert isinstance(page, ComparePage)  # noqa: S101 - for mypy
        self._settle()
        self._take(program.window, "compare-empty")
        owner, stranger = (resource(f"assets/faces/{name}.jpg") for name in ("collins", "hopper"))
        for name, other in (("compare-matched", _glance()), ("compare", stranger)):
            page.left.take(owner)
            page.right.take(other)
            self._until(page.card.isVisible)
            self._settle()
            below = page.verticalScrollBar().maximum()  # the demo's strip takes some of the room
            program.window.resize(self._size[0], self._size[1] + below)
            self._take(program.window, name)
            program.window.resize(*self._size)
        self._show(shell, "info")
        self._settle()
        self._take(program.window, "about")

    def _settings(self, program: Program) -> None:
        """Take every section as a whole: the window is as high as it needs."""
        from facelock.ui.settings_camera import CameraBody
        from facelock.ui.settings_page import SettingsPage
        from facelock.ui.settings_recognition import RecognitionBody
        from facelock.ui.shell import Shell

        shell = program.window.page
        assert isinstance(shell, Shell)  # noqa: S101 - for mypy
        self._show(shell, "settings")
        page = shell.page
        assert isinstance(page, SettingsPage)  # noqa: S101 - for mypy
        for key in page.keys:
            body = page.body(key)
            if isinstance(body, CameraBody):
                self._until(lambda: program.eyes.pipeline is not None)
                body.meter.button.click()
            elif isinstance(body, RecognitionBody):
                self._until(partial(_has_plot, body))
            self._for(0.5)
            below = page.page(key).verticalScrollBar().maximum()
            program.window.resize(self._size[0], self._size[1] + below)
            self._for(0.2)
            if isinstance(body, CameraBody):
                self._until(partial(_is_measured, body))
            self._take(program.window, f"{SETTINGS}{key}")
            program.window.resize(*self._size)

    def _show(self, shell: Shell, icon_name: str) -> None:
        shell.show_page(shell.entry_names.index(icon_name))
        self._settle()

    def _vault(self, program: Program) -> None:
        """Take the vault: with a note, with a picture that may be shown to anybody, at work."""
        from facelock.resources import resource
        from facelock.ui.shell import Shell
        from facelock.ui.vault_page import VaultPage

        shell = program.window.page
        assert isinstance(shell, Shell)  # noqa: S101 - for mypy
        page = shell.page
        assert isinstance(page, VaultPage)  # noqa: S101 - for mypy
        assert page.room is not None  # noqa: S101 - for mypy
        room = page.room
        vault = program.vault.desk.open()
        room.list.choose([vault.items[0].item_id])
        self._for(0.5)
        self._take(program.window, "vault-note")
        vault.add_bytes("Lease of the flat.pdf", bytes(482_113))
        vault.add_note("Where the spare key is", "Under the third flower pot.")
        picture = vault.add_file(resource("assets/faces/hopper.jpg"))
        room.refresh()
        room.list.choose([picture.item_id])
        self._for(0.5)
        self._take(program.window, "vault")
        room.delete()
        self._take(program.window, "vault-undo")

    def _take(self, widget: QWidget, name: str) -> None:
        from PySide6.QtGui import QImage

        self._settle()
        is_documented = name in DOCUMENTED or name.startswith(SETTINGS)
        if self._only in name and (self._folder != DOCS or is_documented):
            mode = "dark" if self._dark else "light"
            if name.startswith(SETTINGS) and self._scale != "1":
                mode = f"{mode}@{self._scale}x"
            picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
            picture.save(str(self._folder / f"{name}-{mode}.png"), quality=0)  # the smallest file

    def _settle(self) -> None:
        from PySide6.QtCore import QEvent

        for _ in range(5):
            self._application.processEvents()
        self._application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _for(self, seconds: float) -> None:
        from PySide6.QtTest import QTest

        QTest.qWait(round(seconds * 1000))

    def _until(self, condition: Callable[[], bool], seconds: float = 60.0) -> None:
        from PySide6.QtTest import QTest

        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError("the program did not get there")
            QTest.qWait(10)


if __name__ == "__main__":
    sys.exit(main())
