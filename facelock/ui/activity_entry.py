"""Activity in the open program: its page, the notice after an unlock, pictures of the refused."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Slot
from PySide6.QtWidgets import QWidget

from facelock.core.activity import Activity, Happening
from facelock.services.access import Access
from facelock.services.activity import ActivityJournal
from facelock.services.snapshots import RefusedPictures
from facelock.ui.activity_text import notice_text
from facelock.ui.refusal_watch import RefusalWatch
from facelock.ui.unlock_notice import UnlockNotice
from facelock.workers.task import run_task

if TYPE_CHECKING:
    from facelock.core.ports import Clock
    from facelock.ui.lock_page import LockPage
    from facelock.ui.settings_section import SectionBody
    from facelock.ui.shell import Shell
    from facelock.vault.store import ProfileStore


class Greeting(QObject):
    """Looks, once, whether there is something to tell, and tells it. Belongs to the shell."""

    def __init__(
        self, access: Access, journal: ActivityJournal, shell: Shell, icon_name: str
    ) -> None:
        super().__init__(shell)
        self._access, self._journal = access, journal
        self._shell, self._icon_name = shell, icon_name
        inside = access.unlocked_for
        if inside is not None:
            work = partial(journal.since_last_unlock, inside.profile_id)
            run_task(self, work, self._on_read, self._on_failed)

    @Slot(object)
    def _on_read(self, activities: tuple[Activity, ...]) -> None:
        names = {one.profile_id: one.name for one in self._access.people if one.name}
        if self._access.unlocked_for is None or not (text := notice_text(activities, names)):
            return
        notice = UnlockNotice(text)
        notice.show_wanted.connect(self._show_page)
        again = partial(Greeting, self._access, self._journal, icon_name=self._icon_name)
        self._shell.add_banner(notice, again)

    @Slot(object)
    def _on_failed(self, _error: Exception) -> None:
        """The hook tells of what nobody foresaw; a notice is not owed then."""

    @Slot()
    def _show_page(self) -> None:
        self._shell.show_entry(self._icon_name)


class ActivityEntry:
    """Makes the lock that notes what happens, and whatever shows it."""

    def __init__(self, store: ProfileStore, vaults: Path, clock: Clock) -> None:
        self._journal = ActivityJournal(store, clock)
        self._journal.note(Happening.STARTED)
        self.access = Access(store, clock, self._journal)
        self._pictures = RefusedPictures(self.access, store, vaults, clock)
        self._watch = RefusalWatch(self._pictures)

    @property
    def journal(self) -> ActivityJournal:
        """Where what happened is read."""
        return self._journal

    def page(self) -> QWidget:
        """Return a new page."""
        from facelock.ui.activity_page import ActivityPage
        from facelock.ui.refused_pictures import RefusedPicturesCard

        page = ActivityPage(self.access, self._journal)
        page.add_extra(RefusedPicturesCard(self._pictures))
        return page

    def watch(self, page: LockPage) -> LockPage:
        """Keep pictures of who is refused on this lock page, for those who asked for them."""
        self._watch.watch(page)
        return page

    def settle(self, body: SectionBody) -> None:
        """Add the section about these pictures."""
        from facelock.ui.settings_snapshots import SnapshotsCard

        title = QCoreApplication.translate("activity", "Pictures of who was refused")
        body.add_section(title, SnapshotsCard(self.access, self._pictures))

    def greet(self, shell: Shell, icon_name: str) -> None:
        """Tell the person who has just come in what happened since they were here."""
        Greeting(self.access, self._journal, shell, icon_name)
