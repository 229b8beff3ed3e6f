"""A wired window program on a demo store in a folder of the test, with no camera and no network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from fakes import MODEL, FakeClock
from fakes_ui import PASSPHRASE, calibration, profile
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from facelock.app import OpenStore, build
from facelock.core.errors import CameraNotFound
from facelock.core.frames import Frame
from facelock.core.ports import FrameSource
from facelock.core.template import Profile
from facelock.core.threshold import Calibration
from facelock.desktop.autostart import Autostart
from facelock.desktop.paths import Paths
from facelock.services.loading import load_pipeline, network_in_use
from facelock.session.watch import SessionWatch
from facelock.ui.confirm_passphrase import ConfirmPassphrase
from facelock.ui.enrolment.steps import Step
from facelock.ui.enrolment.wizard import EnrolmentWizard
from facelock.ui.lock_page import LockPage
from facelock.ui.outside import Outside
from facelock.ui.program import Program
from facelock.ui.shell import Shell
from facelock.vault.key_files import prepare_keys
from facelock.vault.keyring import NoKeyring
from facelock.vault.keys import KdfParameters
from facelock.vault.store import ProfileStore
from facelock.vision.camera_list import CameraInfo

CHEAP = KdfParameters(memory_kib=64, iterations=1, lanes=1)
CAMERAS = (
    CameraInfo("usb:1:2:a", "Desk camera", 0, 0, physical=True),
    CameraInfo("usb:3:4:b", "Window camera", 2, 0, physical=True),
    CameraInfo("obs", "OBS Virtual Camera", 4, 0, physical=False, why_refused="virtual-device"),
)


class FakeThumbnails(QObject):
    """Implements `ui.camera_choice.LivePictures`."""

    picture = Signal(str, object)
    failed = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.shown: tuple[str, ...] = ()

    def start(self, cameras: Sequence[CameraInfo]) -> None:
        self.shown = tuple(camera.camera_id for camera in cameras if camera.physical)

    def stop(self) -> bool:
        self.shown = ()
        return True

    def show(self, camera_id: str, frame: Frame) -> None:
        self.picture.emit(camera_id, frame)


def no_camera(_camera_id: str) -> FrameSource:
    raise CameraNotFound("none in a test")


def in_use(one: Profile) -> Profile:
    """Return the profile as if the network in use had made it, unless a test says which did."""
    if one.backbone_sha256 != MODEL:
        return one
    network = network_in_use()
    return replace(one, backbone_sha256=network.backbone_sha256, model_sha256=network.model_sha256)


def made_up_in_use() -> Calibration:
    """Return a made-up calibration of the network in use."""
    return replace(calibration(), model_sha256=network_in_use().model_sha256)


@dataclass
class Bench:
    """The program, and the hands that use it. Close it with `close`."""

    qtbot: QtBot
    folder: Path
    people: tuple[Profile, ...] = (profile("Mira", 1),)
    demo: bool = True
    clock: FakeClock = field(default_factory=FakeClock)
    thumbnails: FakeThumbnails = field(default_factory=FakeThumbnails)
    session: SessionWatch | None = None
    has_tray: Callable[[], bool] | None = None
    autostart: Autostart | None = None
    awake: Callable[[], float] | None = None

    def __post_init__(self) -> None:
        self.paths = Paths.below(self.folder)
        store = ProfileStore.open(self.paths.store, NoKeyring(), demo=self.demo, kdf_floor=CHEAP)
        for one in self.people:
            store.enrol(in_use(one), prepare_keys(one.profile_id, PASSPHRASE, kdf=CHEAP))
        outside = Outside(
            load_pipeline=load_pipeline,
            load_calibration=made_up_in_use,
            list_cameras=lambda: CAMERAS,
            open_camera=no_camera,
            live_pictures=lambda: self.thumbnails,
            clock=self.clock,
            awake=self.awake,
            erase=lambda: None,
            has_tray=self.has_tray,
            autostart=self.autostart,
            kdf=CHEAP,
            session=lambda: self.session,
        )
        self.program: Program = build(OpenStore(store, has_keyring=False), self.paths, outside)
        self.access = self.program.access
        self.window = self.program.window
        self.window.show()
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow, timeout=3000)

    @property
    def shell(self) -> Shell:
        page = self.window.page
        assert isinstance(page, Shell)
        return page

    def page(self, which: str | int) -> QWidget:
        """Show the page of the entry of this icon's name, or of this number."""
        names = self.shell.entry_names
        self.shell.show_page(names.index(which) if isinstance(which, str) else which)
        page = self.shell.page
        assert page is not None
        return page

    def unlock(self) -> None:
        """Type the passphrase on the lock page."""
        page = self.window.page
        assert isinstance(page, LockPage)
        if page.who.chosen is None:  # of several people the first
            page.who.combo.setCurrentIndex(1)
        QTest.keyClicks(page.passphrase.edit, PASSPHRASE)
        QTest.keyClick(page.passphrase.edit, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: isinstance(self.window.page, Shell), timeout=5000)

    def press(self, key: Qt.Key) -> None:
        """Press Control and a key."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow, timeout=3000)
        QTest.keyClick(self.window, key, Qt.KeyboardModifier.ControlModifier)

    def forget_confirmation(self) -> None:
        """Let the two minutes pass in which the passphrase need not be typed again."""
        self.clock.advance(121.0)

    def dialog(self) -> ConfirmPassphrase:
        shown = [one for one in self.dialogs() if isinstance(one, ConfirmPassphrase)]
        assert len(shown) == 1
        return shown[0]

    def dialogs(self) -> list[QDialog]:
        return [
            widget
            for widget in QApplication.topLevelWidgets()
            if isinstance(widget, QDialog) and widget.isVisible()
        ]

    def confirm(self, passphrase: str = PASSPHRASE) -> None:
        dialog = self.dialog()
        QTest.keyClicks(dialog.field.edit, passphrase)
        QTest.keyClick(dialog.field.edit, Qt.Key.Key_Return)

    def close(self) -> None:
        self.window.close()
        self.program.stop()
        self.window.deleteLater()
        self.thumbnails.deleteLater()


Make = Callable[..., Bench]


def pass_person(wizard: EnrolmentWizard, qtbot: QtBot) -> None:
    QTest.keyClicks(wizard.person_step.name, "Ada")
    QTest.keyClicks(wizard.person_step.passphrase.edit, PASSPHRASE)
    QTest.keyClicks(wizard.person_step.again.edit, PASSPHRASE)
    qtbot.waitUntil(wizard.next.isEnabled, timeout=5000)
    wizard.next.click()
    qtbot.waitUntil(lambda: wizard.steps.at is Step.CAMERA, timeout=5000)
