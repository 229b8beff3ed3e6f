"""The window program, wired: which page is made of what, and what leads to what.

Pages are imported when they are first made: the lock page must be painted before anything else is
worth its time. `facelock.app` hands in everything from outside.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from facelock.ui.activity_entry import ActivityEntry
from facelock.ui.camera_sign import CameraSign
from facelock.ui.curtain import Curtain
from facelock.ui.first_paint import FirstPaint
from facelock.ui.identifying import Identifying
from facelock.ui.in_tray import Desk, InTray
from facelock.ui.keys_entry import KeysEntry
from facelock.ui.leaving import Leaving
from facelock.ui.lock_page import LockPage
from facelock.ui.main_window import MainWindow, Pages
from facelock.ui.outside import Outside
from facelock.ui.remembering import Remembering
from facelock.ui.renewing import Renewing
from facelock.ui.session_lock import SessionLock
from facelock.ui.shell import Entry, Shell
from facelock.ui.untold_sleep import UntoldSleep
from facelock.ui.vault_entry import VaultEntry
from facelock.ui.viewing import Viewing
from facelock.ui.window_teller import WindowTeller
from facelock.workers.eyes import Eyes

if TYPE_CHECKING:
    from facelock.desktop.paths import Paths
    from facelock.ui.enrolment.wizard import EnrolmentWizard
    from facelock.ui.people_page import PeoplePage
    from facelock.ui.preferences import Preferences
    from facelock.vault.store import ProfileStore


_STOP_TRIES = 5  # of two seconds each


class Program(QObject):
    """The wired program. Show `window`; end with `stop`."""

    def __init__(
        self,
        store: ProfileStore,
        paths: Paths,
        preferences: Preferences,
        outside: Outside,
        *,
        has_keyring: bool,
    ) -> None:
        super().__init__()
        self._paths = paths
        self._has_keyring = has_keyring
        self._stopped = False
        self.preferences = preferences
        self.activity = ActivityEntry(store, paths.vaults, outside.clock)
        self.access = self.activity.access
        heads = self.access.heads
        self._load_both = partial(heads.load_both, outside.load_pipeline, outside.load_calibration)
        self._outside = outside = outside.under(heads)
        self.eyes = Eyes(outside.load_pipeline)
        self.renewing = Renewing(
            self.access, self.eyes, outside.load_pipeline, outside.load_calibration, self
        )
        self.renewing.finished.connect(self._on_renewed)
        self.renewing.head_changed.connect(self._on_renewed)
        self.identifying = Identifying(self.access, outside.load_calibration, outside.clock.wall)
        self.renewing.head_changed.connect(self.identifying.forget_calibration)
        self.remembering = Remembering(
            self.access, store, self.identifying, outside.clock, self._load_both
        )
        self.remembering.changed.connect(self._on_renewed)
        self.viewing = Viewing(outside, preferences)
        self.viewing.changed.connect(self.eyes.reopen)
        self.stage = self.viewing.stage
        self._people: PeoplePage | None = None
        self.vault = VaultEntry(self.access, store, paths)
        self.keys = KeysEntry(self.access, store, kdf=outside.kdf, parent=self)
        pages = Pages(self._first_run, self._lock_page, self._shell, self._shell_again)
        session = outside.session()
        idle_seconds = None if session is None else session.idle_seconds
        self.window = MainWindow(self.access, pages, self.stage, idle_seconds=idle_seconds)
        self.session_lock = (
            None if session is None else SessionLock(self.window, self.eyes, session)
        )
        clock = outside.clock
        self.teller = WindowTeller(self.window, self.access, self.eyes, paths.state, clock.wall)
        self.curtain = Curtain(self.window, self.access, preferences)
        self.viewing.settle(self.window)
        desk = Desk(outside.has_tray, outside.autostart, clock.monotonic)
        self.in_tray = InTray(self.window, self.access, self.activity.journal, preferences, desk)
        look = self.viewing.look_through_camera
        self.leaving = Leaving(
            self.window, self.access, self.eyes, look, clock, idle_seconds=idle_seconds
        )
        if outside.awake is not None:
            UntoldSleep(self.window, self.access, clock.monotonic, outside.awake)
        # Loading takes both cores: the person sees the passphrase field before it begins.
        FirstPaint(self.window).done.connect(self._on_first_paint)

    def stop(self) -> None:
        """Lock, end both loops, forget the key and release the store."""
        self._stopped = True
        self.teller.stop()
        self.curtain.stop()
        if self.session_lock is not None:
            self.session_lock.stop()
        self.in_tray.stop()
        self.leaving.stop()
        self.access.lock()
        # The loop may be inside the loading of the networks, which nothing can interrupt.
        for _ in range(_STOP_TRIES):
            if self.eyes.stop():
                break
        self.access.close()

    @Slot()
    def open_wizard(self) -> EnrolmentWizard:
        """Enrol somebody. Raises ModelError if the calibration is missing or changed."""
        from facelock.ui.enrolment.wizard import EnrolmentWizard

        self.viewing.ask()
        wizard = EnrolmentWizard(
            self.access,
            self.eyes,
            self.viewing.cameras(),
            self._outside.load_calibration(),
            first=not self.access.is_enrolled,
            kdf=self._outside.kdf,
            parent=self.window,
        )
        wizard.setWindowModality(Qt.WindowModality.WindowModal)
        wizard.camera_chosen.connect(self.viewing.choose)
        wizard.finished_with.connect(self._on_enrolled)
        wizard.face_seen.connect(self.window.idle.use)
        wizard.finished.connect(wizard.deleteLater)
        wizard.finished.connect(self.leaving.expect_nobody_else)
        self.leaving.watch.expect_others(True)
        wizard.open()
        return wizard

    def _first_run(self) -> QWidget:
        from facelock.ui.first_run import FirstRunPage

        page = FirstRunPage(demo=self.access.demo)
        page.begin.connect(self.open_wizard)
        return page

    def _lock_page(self) -> LockPage:
        page = LockPage(
            self.access,
            self.eyes,
            self.viewing.look_through_camera,
            self.renewing,
            identifying=self.identifying,
            now=self._outside.clock.monotonic,
        )
        page.opening.connect(self._on_opening)
        self.keys.watch(page)
        return self.activity.watch(page)

    def _shell(self) -> Shell:
        shell = self._shell_again()
        self.remembering.begin(shell)
        self.activity.greet(shell, "activity")
        self.keys.greet(shell)
        return shell

    def _shell_again(self) -> Shell:
        inside = self.access.unlocked_for
        translate = QCoreApplication.translate
        shell = Shell(
            (inside.name if inside else None) or "",
            (
                Entry("vault", translate("navigation", "Vault"), self.vault.page),
                Entry("people", translate("navigation", "People"), self._people_page),
                Entry("compare", translate("navigation", "Compare"), self._compare_page),
                Entry("settings", translate("navigation", "Settings"), self._settings_page),
                Entry("activity", translate("navigation", "Activity"), self.activity.page),
                Entry("info", translate("navigation", "About"), self._about_page),
            ),
            demo=self.access.demo,
        )
        shell.add_sign(CameraSign(self.eyes))
        shell.lock_wanted.connect(self.window.lock)
        return shell

    def _people_page(self) -> QWidget:
        from facelock.ui.people_page import PeoplePage

        page = PeoplePage(self.access, calibration=lambda: self.identifying.calibration)
        page.add_wanted.connect(self.open_wizard)
        page.changed.connect(self.window.refresh)
        page.destroyed.connect(self._on_people_gone)
        self._people = page
        return page

    def _compare_page(self) -> QWidget:
        from facelock.services.picture_desk import PictureDesk
        from facelock.ui.compare_page import ComparePage

        desk = PictureDesk(self._load_both, head_in_force=lambda: self.access.heads.in_force)
        return ComparePage(self.access, self.eyes, self.viewing.look_through_camera, desk)

    def _settings_page(self) -> QWidget:
        from facelock.ui.retraining_entry import make_panel
        from facelock.ui.settings_camera import Sight
        from facelock.ui.settings_entry import Machine, SettingsEntry

        translate, outside = QCoreApplication.translate, self._outside
        sight = Sight(
            outside.list_cameras, outside.live_pictures, self.eyes, self.viewing.look_through_camera
        )
        machine = Machine(
            sight=sight,
            load_calibration=outside.load_calibration,
            clock=outside.clock,
            folders=(
                (translate("folders", "Faces and keys, sealed"), self._paths.store),
                (translate("folders", "Vaults, encrypted"), self._paths.vaults),
                (translate("folders", "Preferences"), self._paths.config),
                (translate("folders", "Log"), self._paths.log),
            ),
            has_keyring=self._has_keyring,
            erase=outside.erase,
            lock_session=None if self.session_lock is None else self.session_lock.lock_session,
            session=None if self.session_lock is None else self.session_lock.session,
            start=self.in_tray.card,
            retraining=partial(make_panel, self.access, outside.load_pipeline, outside.clock.wall),
        )
        entry = SettingsEntry(self.preferences, machine, self.activity, self.keys, self.vault)
        page = entry.page()
        entry.setParent(page)
        entry.lock_wanted.connect(self.window.lock)
        entry.idle_changed.connect(self.window.refresh)
        entry.entry_wanted.connect(self._show_entry)
        return page

    def _about_page(self) -> QWidget:
        from facelock.ui.about_page import AboutPage

        return AboutPage()

    @Slot()
    def _on_opening(self) -> None:
        self.leaving.watch.settle()  # it takes the camera over, which stays open

    @Slot()
    def _on_first_paint(self) -> None:
        if self._stopped:
            return
        if self.session_lock is not None:
            self.session_lock.start()
        self.eyes.start()
        if self.access.is_enrolled:
            self.viewing.ask()

    @Slot(str)
    def _show_entry(self, icon_name: str) -> None:
        if isinstance(self.window.page, Shell):
            self.window.page.show_entry(icon_name)

    @Slot()
    def _on_people_gone(self) -> None:
        self._people = None

    @Slot(str)
    def _on_enrolled(self, _profile_id: str) -> None:
        self.renewing.settle()
        self.window.refresh()
        self._on_renewed()

    @Slot()
    def _on_renewed(self) -> None:
        if self._people is not None:
            self._people.refresh()
