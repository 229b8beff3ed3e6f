"""The settings in the open program: which sections there are, and what they are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from facelock.ui.settings_section import Section, SectionBody

if TYPE_CHECKING:
    from facelock.core.ports import Clock
    from facelock.core.threshold import Calibration
    from facelock.session.watch import SessionWatch
    from facelock.ui.activity_entry import ActivityEntry
    from facelock.ui.keys_entry import KeysEntry
    from facelock.ui.preferences import Preferences
    from facelock.ui.settings_about import Folders
    from facelock.ui.settings_camera import Sight
    from facelock.ui.settings_curtain import LockSession
    from facelock.ui.settings_page import SettingsPage
    from facelock.ui.vault_entry import VaultEntry


@dataclass(frozen=True)
class Machine:
    """What the settings tell and ask about this computer."""

    sight: Sight
    load_calibration: Callable[[], Calibration]  # of the network in use; slow: called in tasks
    clock: Clock
    folders: Folders
    has_keyring: bool
    erase: Callable[[], None] | None = None  # everything; None in a demo
    start: Callable[[], QWidget] | None = None  # makes the card of the start and the tray
    retraining: Callable[[], QWidget] | None = None  # makes the panel; None: there is no such entry
    lock_session: LockSession | None = None  # the whole session; None: nobody can be asked
    session: SessionWatch | None = None  # what the system tells of the login session


class SettingsEntry(QObject):
    """Makes the settings page for the person inside; each section when it is first shown."""

    lock_wanted = Signal()
    idle_changed = Signal()  # the time without use after which it locks
    entry_wanted = Signal(str)  # icon name of another entry of the navigation

    def __init__(
        self,
        preferences: Preferences,
        machine: Machine,
        activity: ActivityEntry,
        keys: KeysEntry,
        vault: VaultEntry,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._access = activity.access
        self._preferences, self._machine = preferences, machine
        self._activity, self._keys, self._vault = activity, keys, vault

    def page(self) -> SettingsPage:
        """Return a new page."""
        from facelock.ui.settings_page import SettingsPage

        return SettingsPage(self._sections())

    def _sections(self) -> tuple[Section, ...]:
        translate = QCoreApplication.translate
        middle = () if self._machine.retraining is None else (self._retraining(),)
        return (
            Section(
                "level",
                "shield",
                translate("settings", "Security level"),
                translate("settings", "How strict the lock is, and what that means for you."),
                self._level,
            ),
            Section(
                "camera",
                "camera",
                translate("settings", "Camera"),
                translate("settings", "Which one looks at you, and whether it sees well enough."),
                self._camera,
            ),
            Section(
                "people",
                "people",
                translate("settings", "People"),
                translate("settings", "Whose face opens Facelock on this computer."),
                self._people,
            ),
            Section(
                "recognition",
                "face",
                translate("settings", "Recognition"),
                translate("settings", "What is kept of you, and how well you are recognised."),
                self._recognition,
            ),
            *middle,
            Section(
                "locking",
                "lock",
                translate("settings", "Locking"),
                translate("settings", "When Facelock locks, and when it asks for the passphrase."),
                self._locking,
            ),
            Section(
                "vault",
                "vault",
                translate("settings", "Vault"),
                translate("settings", "What it may hold."),
                self._vault_room,
            ),
            Section(
                "appearance",
                "sun",
                translate("settings", "Appearance"),
                translate("settings", "Each choice holds at once."),
                self._appearance,
            ),
            Section(
                "activity",
                "activity",
                translate("settings", "Activity"),
                translate("settings", "What happened lately, and what is kept of it."),
                self._activities,
            ),
            Section(
                "about",
                "info",
                translate("settings", "About"),
                translate("settings", "What this lock can do, and where your data lies."),
                self._about,
            ),
        )

    def _retraining(self) -> Section:
        translate = QCoreApplication.translate
        assert self._machine.retraining is not None  # noqa: S101 - the caller has looked
        return Section(
            "retraining",
            "refresh",
            translate("settings", "Retraining"),
            translate("settings", "Let the network learn your face better, on this computer."),
            self._machine.retraining,
        )

    def _level(self) -> QWidget:
        from facelock.ui.settings_level import LevelBody

        body = LevelBody(self._access)
        body.idle_changed.connect(self.idle_changed)
        return body

    def _camera(self) -> QWidget:
        from facelock.ui.settings_camera import CameraBody

        return CameraBody(self._access, self._preferences, self._machine.sight)

    def _people(self) -> QWidget:
        from facelock.ui.settings_people import PeopleBody

        body = PeopleBody(self._access)
        body.people_wanted.connect(partial(self.entry_wanted.emit, "people"))
        return body

    def _recognition(self) -> QWidget:
        from facelock.ui.settings_recognition import RecognitionBody

        return RecognitionBody(self._access, self._machine.load_calibration)

    def _locking(self) -> QWidget:
        from facelock.ui.settings_curtain import CurtainCard
        from facelock.ui.settings_locking import LockingBody

        body = LockingBody(self._access, self._machine.session)
        body.column.addWidget(CurtainCard(self._preferences, self._machine.lock_session))
        if self._machine.start is not None:
            title = QCoreApplication.translate("settings", "Starting, and the tray")
            body.add_section(title, self._machine.start())
        self._keys.settle(body)
        body.lock_wanted.connect(self.lock_wanted)
        body.idle_changed.connect(self.idle_changed)
        return body

    def _vault_room(self) -> QWidget:
        body = SectionBody()
        self._vault.settle(body)
        return body

    def _appearance(self) -> QWidget:
        from facelock.ui.settings_look import LookBody

        return LookBody(self._preferences)

    def _activities(self) -> QWidget:
        from facelock.ui.settings_activity import ActivityBody

        body = ActivityBody(self._access, self._activity.journal, self._machine.clock.wall)
        self._activity.settle(body)
        body.activity_wanted.connect(partial(self.entry_wanted.emit, "activity"))
        return body

    def _about(self) -> QWidget:
        from facelock.ui.settings_about import AboutBody

        machine = self._machine
        body = AboutBody(
            self._access, machine.folders, machine.erase, has_keyring=machine.has_keyring
        )
        body.about_wanted.connect(partial(self.entry_wanted.emit, "info"))
        return body
