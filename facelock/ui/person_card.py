"""One enrolled person: who, since when, from what, how strict; and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QEvent, QLocale, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from facelock.core.enrolment import Pose
from facelock.core.levels import Level
from facelock.core.template import MAX_NAME_LENGTH, Profile, Source
from facelock.ui.avatar import Avatar
from facelock.ui.card import Card, Rule
from facelock.ui.icon_button import IconToolButton
from facelock.ui.look_row import LookRow
from facelock.ui.numbers import locale
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.theme import SPACE, heading_font
from facelock.ui.threshold_text import level_note, opens_for, what_decided


class PersonCard(Card):
    """Shows a profile at a level. It changes nothing itself; the page does."""

    rename_wanted = Signal(str, str)  # profile id, new name
    remove_wanted = Signal(str)  # profile id
    forget_wanted = Signal(str, str)  # profile id, name of a look

    def __init__(
        self,
        profile: Profile,
        level: Level,
        *,
        inside: bool,
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._profile = profile
        self.look_rows: list[LookRow] = []
        self.setAccessibleName(profile.name)
        top = QHBoxLayout()
        top.setSpacing(2 * SPACE)
        top.addWidget(Avatar(profile), 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(self._names(inside=inside), 1)
        top.addLayout(self._buttons())
        self.column.addLayout(top)
        self.column.addSpacing(SPACE // 2)
        self.column.addWidget(Rule())
        self.column.addSpacing(SPACE // 2)
        if note:
            self.column.addWidget(IconLine("warning", note, Tone.DANGER))
        for line in self._facts(level):
            self.column.addWidget(line)

    def _names(self, *, inside: bool) -> QVBoxLayout:
        self.name_label = TextLabel(self._profile.name, Rank.HEADING)
        self.name_field = QLineEdit(self._profile.name)
        self.name_field.setMaxLength(MAX_NAME_LENGTH)
        self.name_field.setFont(heading_font(self.font()))
        self.name_field.setAccessibleName(self.tr("New name"))
        self.name_field.returnPressed.connect(self._on_named)
        self.name_field.installEventFilter(self)
        self._names_stack = QStackedWidget()
        self._names_stack.addWidget(self.name_label)
        self._names_stack.addWidget(self.name_field)
        since = QDateTime.fromSecsSinceEpoch(int(self._profile.created_at)).date()
        day = locale().toString(since, QLocale.FormatType.LongFormat)
        column = QVBoxLayout()
        column.setSpacing(SPACE // 2)
        column.addWidget(self._names_stack)
        column.addWidget(TextLabel(self.tr("Enrolled on {day}").format(day=day), Rank.MUTED))
        if inside:
            column.addWidget(IconLine("unlock", self.tr("Inside now"), Tone.GOOD, Rank.NOTE))
        column.addStretch(1)
        return column

    def _buttons(self) -> QHBoxLayout:
        name = self._profile.name
        self.rename_button = IconToolButton("edit", self.tr("Rename {name}").format(name=name))
        self.remove_button = IconToolButton("trash", self.tr("Remove {name}").format(name=name))
        self.rename_button.clicked.connect(self.begin_rename)
        self.remove_button.clicked.connect(self._on_remove)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        for button in (self.rename_button, self.remove_button):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _facts(self, level: Level) -> list[QWidget]:
        profile = self._profile
        threshold = profile.thresholds[level]
        count = self.tr("{count} pictures").format(count=len(profile.samples))
        poses = ", ".join(self._pose_name(pose) for pose in profile.poses)
        pictures = self.tr("{count}: {poses}").format(count=count, poses=poses) if poses else count
        lines: list[QWidget] = [IconLine("face", pictures)]
        lines += self._look_rows()
        lines.append(IconLine("shield", opens_for(threshold)))
        lines.append(_indented(TextLabel(what_decided(threshold), Rank.NOTE)))
        if note := level_note(threshold, level):
            lines.append(IconLine("info", note, Tone.NEUTRAL, Rank.NOTE))
        if threshold.needs_better_samples:
            words = self.tr(
                "These pictures differ a lot. To be recognised better, remove them and enrol again "
                "in better light."
            )
            lines.append(IconLine("warning", words, Tone.WARNING))
        return lines

    def _pose_name(self, pose: str) -> str:
        names = {
            Pose.CENTRE.value: self.tr("straight on"),
            Pose.LEFT.value: self.tr("left"),
            Pose.RIGHT.value: self.tr("right"),
            Pose.UP.value: self.tr("up"),
            Pose.DOWN.value: self.tr("down"),
        }
        return names.get(pose, pose)

    def _look_rows(self) -> list[LookRow]:
        """Return a row for each look, where there is more than the usual one."""
        looks = self._profile.appearances
        if len(looks) < 2:
            return []
        enrolled = sum(look.source is Source.ENROLLED for look in looks)
        for look in looks:
            removable = enrolled > 1 or look.source is Source.REMEMBERED
            row = LookRow(look, self._profile.name, removable=removable)
            row.remove_wanted.connect(self._on_forget)
            self.look_rows.append(row)
        return self.look_rows

    @Slot(str)
    def _on_forget(self, look: str) -> None:
        self.forget_wanted.emit(self._profile.profile_id, look)

    @override
    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if (
            watched is self.name_field
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            self._end_rename()
            return True
        return super().eventFilter(watched, event)

    @Slot()
    def begin_rename(self) -> None:
        """Turn the name into a field; Enter keeps, Escape leaves it."""
        self.name_field.setText(self._profile.name)
        self._names_stack.setCurrentWidget(self.name_field)
        self.name_field.selectAll()
        self.name_field.setFocus()

    def _end_rename(self) -> None:
        self._names_stack.setCurrentWidget(self.name_label)
        self.rename_button.setFocus()

    @Slot()
    def _on_named(self) -> None:
        name = self.name_field.text()
        if name.strip() == self._profile.name:
            self._end_rename()
        else:
            self.rename_wanted.emit(self._profile.profile_id, name)

    @Slot()
    def _on_remove(self) -> None:
        self.remove_wanted.emit(self._profile.profile_id)


def _indented(label: TextLabel) -> TextLabel:
    """Put a note under the text of the line above, not under its icon."""
    label.setContentsMargins(18 + SPACE, 0, 0, 0)
    return label
