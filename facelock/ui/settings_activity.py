"""Settings: what happened lately, in short, and the pictures of who was refused."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from facelock.core.activity import Activity
from facelock.services.activity import GROUPS, UNLOCKS, Group
from facelock.ui.card import Card
from facelock.ui.icon_button import IconButton
from facelock.ui.numbers import locale
from facelock.ui.settings_section import SectionBody
from facelock.ui.text_labels import IconLine, Tone
from facelock.workers.task import run_task

if TYPE_CHECKING:
    from collections.abc import Callable

    from facelock.services.access import Access
    from facelock.services.activity import ActivityJournal

_DAYS = 7
_SECONDS = _DAYS * 86_400.0


class ActivityBody(SectionBody):
    """`wall`: seconds since the epoch, now."""

    activity_wanted = Signal()

    def __init__(
        self,
        access: Access,
        journal: ActivityJournal,
        wall: Callable[[], float],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._access, self._journal, self._wall = access, journal, wall
        self._unlocks = IconLine("unlock", self.tr("Looking what happened lately…"))
        self._refusals = IconLine("check", "")
        self._changes = IconLine("settings", "")
        self.go = IconButton("activity", self.tr("Show everything"))
        self.go.clicked.connect(self.activity_wanted)
        card = Card()
        for line in (self._unlocks, self._refusals, self._changes):
            card.column.addWidget(line)
        card.column.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(card)
        for line in (self._refusals, self._changes):
            line.hide()

    @property
    def lines(self) -> tuple[str, ...]:
        """What the summary says."""
        shown = (self._unlocks, self._refusals, self._changes)
        return tuple(line.text() for line in shown if not line.isHidden())

    @override
    def showEvent(self, event: QShowEvent, /) -> None:
        inside = self._access.unlocked_for
        if inside is not None:
            work = partial(self._journal.read, inside.profile_id)
            run_task(self, work, self._on_read, self._on_failed)
        super().showEvent(event)

    @Slot(object)
    def _on_read(self, activities: Sequence[Activity]) -> None:
        if self._access.unlocked_for is None:
            return
        since = self._wall() - _SECONDS
        lately = [one.what for one in activities if one.at >= since]
        unlocks = sum(what in UNLOCKS for what in lately)
        refusals = sum(what in GROUPS[Group.REFUSALS] for what in lately)
        changes = sum(what in GROUPS[Group.CHANGES] for what in lately)
        self._say(self._unlocks, self.tr("In the last {days} days it was opened: {count}"), unlocks)
        if refusals:
            words = self.tr("Refused, or only the passphrase was left: {count}")
            self._refusals.say("warning", words, Tone.WARNING)
        else:
            words = self.tr("Nobody was refused.")
            self._refusals.say("check", words, Tone.GOOD)
        self._say(self._refusals, words, refusals)
        self._say(self._changes, self.tr("Settings, people and keys changed: {count}"), changes)

    def _say(self, line: IconLine, words: str, count: int) -> None:
        line.label.setText(words.format(days=_DAYS, count=locale().toString(count)))
        line.show()

    @Slot(object)
    def _on_failed(self, _error: Exception) -> None:
        """The hook tells of what nobody foresaw; the page of the activity tells the rest."""
        self._unlocks.hide()
