"""The strip that tells how far long work on the vault is, and stops it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from facelock.ui.announce import announce
from facelock.ui.card import Card
from facelock.ui.enrolment.progress_line import ProgressLine
from facelock.ui.icon_button import IconButton
from facelock.ui.numbers import locale
from facelock.ui.text_labels import IconLine, Tone
from facelock.ui.theme import SPACE
from facelock.ui.turning_row import TurningRow
from facelock.ui.vault_jobs import Job, JobQueue
from facelock.ui.vault_text import size_text
from facelock.ui.wrapping_text import letters_width

_CHARACTERS = 40  # the words stand beside the button where there is room for so many more


class VaultProgress(Card):
    """Hidden while nothing is under way."""

    def __init__(self, queue: JobQueue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._queue = queue
        self._told: Job | None = None  # the job whose beginning was announced
        self.line = IconLine("hourglass", "")
        self.bar = ProgressLine()
        self.cancel = IconButton("cross", self.tr("Cancel"))
        self.cancel.clicked.connect(queue.cancel)
        self.column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        row = TurningRow(self._row_width)
        row.setSpacing(2 * SPACE)
        row.addWidget(self.line, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.cancel)
        self.column.addLayout(row)
        self.column.addWidget(self.bar)
        self.hide()
        queue.changed.connect(self._tell)

    def _row_width(self) -> int:
        return self.cancel.sizeHint().width() + letters_width(self.fontMetrics(), _CHARACTERS)

    @Slot()
    def _tell(self) -> None:
        job = self._queue.current
        if job is None and self.cancel.hasFocus():
            self.focusNextChild()
        self.setVisible(job is not None)
        if job is None:
            return
        words = self._words(job)
        self.line.say("hourglass", words, Tone.NEUTRAL)
        self.setAccessibleName(words)
        self.bar.share = job.standing.share
        self.bar.update()
        if self._told is not job:
            self._told = job
            announce(self, words)

    def _words(self, job: Job) -> str:
        at = job.standing
        if job.export:
            words = self.tr("Exporting {number} of {count}: {done} of {all}.")
        else:
            words = self.tr("Adding {number} of {count}: {done} of {all}.")
        words = words.format(
            number=locale().toString(min(at.done + 1, at.count)),
            count=locale().toString(at.count),
            done=size_text(min(at.bytes_done, at.bytes_all)),
            all=size_text(at.bytes_all),
        )
        if remaining := at.count - at.done - 1:
            words += " " + self.tr("{count} to go.").format(count=locale().toString(remaining))
        if waiting := len(self._queue.waiting):
            more = self.tr("{count} more waiting.")
            words += " " + more.format(count=locale().toString(waiting))
        return words
