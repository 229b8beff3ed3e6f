"""Settings: what is kept of the person inside, where their line lies, and how well that works."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from facelock.core.errors import FacelockError
from facelock.services.own_scores import OwnScores, own_scores
from facelock.ui.card import Card
from facelock.ui.det_plot import DetPlot, percent_text
from facelock.ui.error_text import error_text
from facelock.ui.look_row import look_sentence
from facelock.ui.numbers import locale
from facelock.ui.plot_style import load_plots
from facelock.ui.pose_coverage import PoseCoverage
from facelock.ui.settings_section import SectionBody
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.theme import SPACE
from facelock.ui.threshold_text import level_note, opens_for, what_decided
from facelock.ui.turning_row import TurningRow
from facelock.ui.wrapping_text import letters_width
from facelock.workers.task import run_task

if TYPE_CHECKING:
    from facelock.core.levels import Level
    from facelock.core.template import Profile
    from facelock.core.threshold import Calibration, Threshold
    from facelock.services.access import Access

_CHARACTERS = 40  # of the words beside the directions


class RecognitionBody(SectionBody):
    """Made anew whenever it is shown: samples, head and level change elsewhere."""

    def __init__(
        self,
        access: Access,
        load_calibration: Callable[[], Calibration],  # slow: called in tasks
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._access, self._load = access, load_calibration
        self._shown: tuple[Profile, Level] | None = None
        self._content: QWidget | None = None
        self._state: IconLine | None = None
        self.plot: DetPlot | None = None

    @property
    def summary(self) -> str:
        """What the plot shows, in words; empty until it is there."""
        return "" if self.plot is None else self.plot.accessibleDescription()

    @override
    def showEvent(self, event: QShowEvent, /) -> None:
        self._refresh()
        super().showEvent(event)

    def _refresh(self) -> None:
        profile, level = self._access.unlocked_profile, self._access.level
        if profile is None:
            self.message.say(self.tr("Your record does not open, see People."), Tone.DANGER)
            return
        if self._shown == (profile, level):
            return
        self._shown = profile, level
        if self._content is not None:
            self._content.hide()
            self._content.deleteLater()
        self.plot = None
        content = SectionBody()
        content.add_section(self.tr("Your pictures"), self._pictures(profile))
        threshold = profile.thresholds[level]
        content.add_section(self.tr("Your line"), self._line(threshold, level))
        self._card = Card()
        self._state = IconLine("hourglass", self.tr("Comparing you with strangers…"))
        self._card.column.addWidget(self._state)
        content.add_section(self.tr("How well you are told apart"), self._card)
        self._content = content
        self.column.addWidget(content)
        work = partial(_measure, profile, level, self._load)
        run_task(content, work, self._on_measured, self._on_failed)

    def _pictures(self, profile: Profile) -> Card:
        card = Card()
        for look in profile.appearances:
            count = sum(sample.appearance == look.name for sample in profile.samples)
            words = self.tr("{look}: {count} pictures")
            text = words.format(look=look_sentence(look), count=locale().toString(count))
            card.column.addWidget(IconLine("face", text))
        self.coverage = PoseCoverage(profile.poses)
        row = TurningRow(self._beside)
        row.setSpacing(2 * SPACE)
        row.addWidget(self.coverage)
        row.addWidget(TextLabel(self.coverage.words, Rank.MUTED), 1)
        card.column.addSpacing(SPACE)
        card.column.addLayout(row)
        return card

    def _beside(self) -> int:
        return self.coverage.width() + letters_width(self.fontMetrics(), _CHARACTERS)

    def _line(self, threshold: Threshold, level: Level) -> Card:
        card = Card()
        card.column.addWidget(IconLine("shield", opens_for(threshold)))
        card.column.addWidget(IconLine("info", what_decided(threshold)))
        if note := level_note(threshold, level):
            card.column.addWidget(IconLine("info", note))
        words = self.tr(
            "Distances between faces go from 0, the same picture, to 4. Up to {line} it is you. "
            "95 % of your own pictures lie within {own} of the others; the stranger in our test "
            "data who looks most like you, at {nearest}."
        )
        text = words.format(
            line=_decimal(threshold.value),
            own=_decimal(threshold.own_q95),
            nearest=_decimal(threshold.nearest_impostor),
        )
        card.column.addWidget(TextLabel(text, Rank.MUTED))
        return card

    @Slot(object)
    def _on_measured(self, measured: tuple[Profile, OwnScores]) -> None:
        profile, scores = measured
        is_late = self._shown is None or profile is not self._shown[0]
        if is_late or self._access.unlocked_for is None or self._state is None:
            return
        if not scores.refused.trials:
            words = self.tr("One picture of a look cannot be compared with itself: add more.")
            self._state.say("info", words, Tone.NEUTRAL)
            return
        self.plot = DetPlot(scores)
        words = self._in_words(scores)
        self.plot.describe(words)
        self._state.say("info", words, Tone.NEUTRAL)
        self._card.column.addWidget(self.plot)
        for note in (
            self.tr(
                "Your pictures are few, and those of one sitting are much alike: in other light, "
                "or on another day, more will be refused than is seen here."
            ),
            self.tr(
                "The lower and the farther left, the better. The dashed curve is of people in all "
                "kinds of pictures, one compared with one; many pictures of you do better."
            ),
        ):
            self._card.column.addWidget(TextLabel(note, Rank.NOTE))

    def _in_words(self, scores: OwnScores) -> str:
        refused, let_in = scores.refused, scores.let_in
        words = self.tr(
            "Of {own} comparisons among your own pictures {refused} would be refused where your "
            "line is; of {others} with pictures of {strangers} strangers {let_in} would be let in. "
            "With so few of yours up to {most} could be refused without its showing here."
        )
        number = locale().toString
        return words.format(
            own=number(refused.trials),
            refused=number(refused.events),
            others=number(let_in.trials),
            strangers=number(scores.strangers),
            let_in=number(let_in.events),
            most=percent_text(refused.interval[1]),
        )

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        words = error_text(error) if isinstance(error, FacelockError) else ""
        if self._state is not None:
            self._state.say("warning", words or self.tr("It cannot be measured."), Tone.WARNING)


def _measure(
    profile: Profile, level: Level, load: Callable[[], Calibration]
) -> tuple[Profile, OwnScores]:
    """For a task. The plots are loaded here too: the window is used meanwhile."""
    scores = own_scores(profile, level, load())
    load_plots()
    return profile, scores


def _decimal(value: float) -> str:
    return locale().toString(value, "f", 2)
