"""What happened on this lock: a list by day, narrowed by kind and time, and kept as a file."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QFrame,
    QLabel,
    QListView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from facelock.core.activity import Activity, Happening
from facelock.core.errors import FacelockError
from facelock.services.activity import GROUPS, ActivityJournal, Group
from facelock.services.activity_export import export_activities
from facelock.ui.activity_model import ActivityModel
from facelock.ui.card import Card
from facelock.ui.confirm_passphrase import ConfirmPassphrase
from facelock.ui.error_text import error_text
from facelock.ui.flow_layout import FlowLayout
from facelock.ui.icon_button import IconButton
from facelock.ui.message_bar import MessageBar
from facelock.ui.page import Page
from facelock.ui.text_labels import IconLine, Tone
from facelock.ui.theme import SPACE
from facelock.workers.task import run_task

if TYPE_CHECKING:
    from facelock.services.access import Access
    from facelock.ui.refused_pictures import RefusedPicturesCard

_DAY_SECONDS = 86_400.0
_LIST_HEIGHT = 320  # logical pixels, at least


class ActivityPage(Page):
    """Shows the person inside what concerns them. The log is read, and checked, in a task."""

    def __init__(
        self,
        access: Access,
        journal: ActivityJournal,
        parent: QWidget | None = None,
        *,
        now: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(
            self.tr("Activity"),
            self.tr("Who came in, who was refused, and what was changed."),
            parent,
        )
        self._access, self._journal, self._now = access, journal, now
        self._all: tuple[Activity, ...] = ()
        self._shown: tuple[Activity, ...] = ()
        self._target: Path | None = None
        self._extra: RefusedPicturesCard | None = None
        self.export_button = IconButton("export", self.tr("Export"))
        self.export_button.clicked.connect(self._on_export)
        corner = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        self.heading_row.addWidget(self.export_button, 0, corner)
        self.message = MessageBar()
        self.column.addWidget(self.message)
        self.extras = QVBoxLayout()  # pictures of who was refused, where they are kept
        self.column.addLayout(self.extras)
        self._add_filters()
        self._add_list()

    def _add_filters(self) -> None:
        kinds: tuple[tuple[str, Group | None], ...] = (
            (self.tr("Everything"), None),
            (self.tr("Opened and locked"), Group.UNLOCKS),
            (self.tr("Refusals and warnings"), Group.REFUSALS),
            (self.tr("Changes"), Group.CHANGES),
            (self.tr("Vault and backups"), Group.VAULT),
        )
        periods = (
            (self.tr("At any time"), 0),
            (self.tr("In the last day"), 1),
            (self.tr("In the last 7 days"), 7),
            (self.tr("In the last 30 days"), 30),
        )
        self.kinds = _choice(self.tr("What is shown"), kinds)
        self.periods = _choice(self.tr("From when"), periods)
        row = FlowLayout(gap=SPACE, row_gap=SPACE)
        for choice in (self.kinds, self.periods):
            choice.currentIndexChanged.connect(self._filter)
            row.addWidget(choice)
        self.column.addLayout(row)

    def _add_list(self) -> None:
        self.model = ActivityModel(self.palette(), self.font())
        self.model.setParent(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setAccessibleName(self.tr("Activity, newest first"))
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setSpacing(SPACE // 4)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(_LIST_HEIGHT)
        self.card = Card()
        self.card.column.addWidget(self.list)
        self.column.addWidget(self.card, 1)
        self.empty = IconLine("info", "", Tone.NEUTRAL)
        self.column.addWidget(self.empty)
        self._blank = QLabel()  # takes what is left while there is no list
        self.column.addWidget(self._blank, 1)
        self._filter()

    @override
    def showEvent(self, event: QShowEvent, /) -> None:
        super().showEvent(event)
        self.refresh()

    @override
    def changeEvent(self, event: QEvent, /) -> None:
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "model"):
            self.model.wear(self.palette())
        super().changeEvent(event)

    def add_extra(self, card: RefusedPicturesCard) -> None:
        """Show something above the list, refreshed with it."""
        self._extra = card
        card.hide()
        self.extras.addWidget(card)

    def refresh(self) -> None:
        """Read the log again."""
        if self._extra is not None:
            self._extra.refresh()
        inside = self._access.unlocked_for
        if inside is not None:
            work = partial(self._journal.read, inside.profile_id)
            run_task(self, work, self._on_read, self._on_failed)

    @Slot(object)
    def _on_read(self, activities: tuple[Activity, ...]) -> None:
        if activities != self._all:
            self._all = activities
            self._filter()

    @Slot()
    def _filter(self) -> None:
        group, days = self.kinds.currentData(), self.periods.currentData()
        kinds = frozenset(Happening) if group is None else GROUPS[group]
        since = self._now() - days * _DAY_SECONDS if days else float("-inf")
        self._shown = tuple(one for one in self._all if one.what in kinds and one.at >= since)
        self.model.show(self._shown, self._names())
        is_empty = not self._shown
        for widget, visible in (
            (self.card, not is_empty),
            (self.empty, is_empty),
            (self._blank, is_empty),
        ):
            widget.setVisible(visible)
        words = self.tr("Nothing of that kind happened in that time.")
        if not self._all:
            words = self.tr("Nothing has happened yet.")
        self.empty.say("info", words, Tone.NEUTRAL)
        self.export_button.setEnabled(bool(self._shown))

    def _names(self) -> Mapping[str, str]:
        return {one.profile_id: one.name for one in self._access.people if one.name}

    @Slot()
    def _on_export(self) -> None:
        if self._access.is_confirmed:
            self._choose_file()
            return
        action = self.tr("What is shown here will be written into a file that is not sealed.")
        dialog = ConfirmPassphrase(self._access, action, self.tr("Export"), self)
        dialog.confirmed.connect(self._choose_file)
        dialog.open()

    @Slot()
    def _choose_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Export the activity"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Table (*.csv)"), self.tr("JSON (*.json)")])
        dialog.setDefaultSuffix("csv")
        dialog.selectFile("facelock-activity.csv")
        dialog.fileSelected.connect(self.export_to)
        dialog.open()

    @Slot(str)
    def export_to(self, path: str) -> None:
        """Write what is shown into this file."""
        self._target = Path(path)
        work = partial(export_activities, self._target, self._shown, self._names())
        run_task(self, work, self._on_exported, self._on_failed)

    @Slot(object)
    def _on_exported(self, _: object) -> None:
        inside = self._access.unlocked_for
        self._journal.note(Happening.LOG_EXPORTED, inside.profile_id if inside else "")
        name = self._target.name if self._target else ""
        self.message.say(self.tr("Written: {name}").format(name=name), Tone.GOOD)
        self.refresh()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, FacelockError):
            self.message.say(error_text(error), Tone.DANGER)


def _choice(name: str, options: Sequence[tuple[str, object]]) -> QComboBox:
    choice = QComboBox()
    choice.setAccessibleName(name)
    choice.setToolTip(name)
    for words, value in options:
        choice.addItem(words, value)
    return choice
