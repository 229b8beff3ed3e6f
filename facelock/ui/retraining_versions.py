"""Every head that is kept: when and of what it was made, what it is worth, the way back to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from facelock.core.head_version import HeadVersion
from facelock.ui.card import Card, Rule
from facelock.ui.push_button import PushButton
from facelock.ui.retraining_figures import headline
from facelock.ui.retraining_switch import KeepsHeads
from facelock.ui.retraining_text import loss_name, moment, named, pictures, whole
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.theme import SPACE
from facelock.ui.turning_row import TurningRow
from facelock.ui.wrapping_text import letters_width

translate = QCoreApplication.translate
_CHARACTERS = 40  # the words stand beside the button where there is room for so many


class VersionRow(QWidget):
    """One head; None is the one that Facelock came with. It changes nothing itself."""

    use_wanted = Signal(object)  # HeadVersion | None

    def __init__(
        self,
        version: HeadVersion | None,
        names: Mapping[str, str],
        *,
        in_force: bool,
        why_not: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.version = version
        title = (
            self.tr("As shipped with Facelock") if version is None else moment(version.created_at)
        )
        self.use = PushButton(self.tr("Use this one"))
        self.use.setAccessibleName(self.tr("Use this one: {version}").format(version=title))
        self.use.clicked.connect(self._on_use)
        words = QVBoxLayout()
        words.setSpacing(SPACE // 2)
        lines: list[QWidget] = [TextLabel(title)]
        if in_force:
            lines.append(IconLine("check", self.tr("In force now"), Tone.GOOD, Rank.NOTE))
        if why_not:
            lines.append(IconLine("info", why_not, Tone.WARNING, Rank.NOTE))
        if version is not None:
            lines += [TextLabel(text, Rank.MUTED) for text in _facts(version, names)]
        else:
            lines.append(TextLabel(self.tr("Learnt nothing on this computer."), Rank.MUTED))
        for line in lines:
            words.addWidget(line)
        row = TurningRow(self._row_width, self)
        row.setContentsMargins(0, SPACE // 2, 0, SPACE // 2)
        row.setSpacing(2 * SPACE)
        row.addLayout(words, 1)
        row.addWidget(self.use, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.use.setVisible(not in_force and not why_not)  # it has a parent now
        self.setAccessibleName(title)

    @Slot()
    def _on_use(self) -> None:
        self.use_wanted.emit(self.version)

    def _row_width(self) -> int:
        return self.use.sizeHint().width() + letters_width(self.fontMetrics(), _CHARACTERS)


class VersionsCard(Card):
    """Newest first, the one that Facelock came with last."""

    use_wanted = Signal(object)  # HeadVersion | None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[VersionRow] = []
        self._rules: list[Rule] = []
        self._busy = False

    def show_heads(self, heads: KeepsHeads, names: Mapping[str, str]) -> None:
        """Show what is kept. `names` by profile id: of everybody enrolled."""
        for old in (*self.rows, *self._rules):
            self.column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows, self._rules = [], []
        usable, in_force = heads.versions, heads.in_force
        for version in (*heads.kept, None):
            if self.rows:
                self._rules.append(Rule())
                self.column.addWidget(self._rules[-1])
            row = VersionRow(
                version,
                names,
                in_force=_same(version, in_force),
                why_not=self._why_not(version, usable, names),
            )
            row.use.setEnabled(not self._busy)
            row.use_wanted.connect(self.use_wanted)
            self.rows.append(row)
            self.column.addWidget(row)

    def _why_not(
        self,
        version: HeadVersion | None,
        usable: Sequence[HeadVersion],
        names: Mapping[str, str],
    ) -> str:
        """Say why a head cannot be put in force; empty if it can."""
        if version is None:
            return ""
        if not any(_same(version, one) for one in usable):
            return self.tr(
                "Made for an earlier network of Facelock: it fits no more. Retrain once more."
            )
        if not version.part_takers <= set(names):
            return self.tr("Trained on somebody who is no longer enrolled: it is not used again.")
        return ""

    def set_busy(self, busy: bool, /) -> None:  # noqa: FBT001 - a setter
        """Take no choice while something else is at work."""
        self._busy = busy
        for row in self.rows:
            row.use.setEnabled(not busy)


def _facts(version: HeadVersion, names: Mapping[str, str]) -> list[str]:
    known = [one for one in version.profile_ids if one in names]
    who = named(known or version.profile_ids, names)
    made = translate(
        "retraining",
        "Trained for {who} on {samples} samples and {strangers} of strangers. "
        "{loss} loss, {epochs} epochs.",
    ).format(
        who=who,
        samples=whole(version.samples),
        strangers=pictures(version.impostors),
        loss=loss_name(version.options.loss),
        epochs=whole(version.options.epochs),
    )
    return [made, headline(version.before, version.after)]


def _same(one: HeadVersion | None, other: HeadVersion | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.network == other.network
