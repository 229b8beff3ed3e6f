"""Activity in the open program: its page, and the notice after an unlock."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from facelock.core.activity import Activity
from facelock.ui.activity_text import notice_text
from facelock.ui.unlock_notice import UnlockNotice
from facelock.workers.task import run_task

if TYPE_CHECKING:
    from facelock.services.access import Access
    from facelock.services.activity import ActivityJournal
    from facelock.ui.shell import Shell


class Greeting(QObject):
    """Looks, once, whether there is something to tell, and tells it. Belongs to the shell."""

    def __init__(
        self, access: Access, journal: ActivityJournal, shell: Shell, icon_name: str
    ) -> None:
        super().__init__(shell)
        self._access, self._shell, self._icon_name = access, shell, icon_name
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
        self._shell.add_banner(notice)

    @Slot(object)
    def _on_failed(self, _error: Exception) -> None:
        """The hook tells of what nobody foresaw; a notice is not owed then."""

    @Slot()
    def _show_page(self) -> None:
        self._shell.show_entry(self._icon_name)


class ActivityEntry:
    """Builds what belongs to the journal of this program."""

    def __init__(self, access: Access, journal: ActivityJournal) -> None:
        self._access, self._journal = access, journal

    def page(self) -> QWidget:
        """Return a new page."""
        from facelock.ui.activity_page import ActivityPage

        return ActivityPage(self._access, self._journal)

    def greet(self, shell: Shell, icon_name: str) -> None:
        """Tell the person who has just come in what happened since they were here."""
        Greeting(self._access, self._journal, shell, icon_name)
