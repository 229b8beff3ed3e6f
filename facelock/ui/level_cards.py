"""The three security levels side by side, each with its plain consequences."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from facelock.core.levels import RULES, Level, LevelRules
from facelock.core.threshold import Threshold
from facelock.ui.choice_radio import ChoiceRadio, link
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.theme import RADIUS, SPACE, colours, heading_font
from facelock.ui.threshold_text import level_name, one_in
from facelock.ui.turning_row import TurningRow
from facelock.ui.wrapping_text import letters_width

translate = QCoreApplication.translate
_CHARACTERS = 22  # a card narrower than so many cannot be read


def _summary(level: Level) -> str:
    match level:
        case Level.CONVENIENT:
            return translate("levels", "For a desk at home.")
        case Level.BALANCED:
            return translate("levels", "For most people.")
        case Level.STRICT:
            return translate("levels", "For shared rooms.")


def liveness_of(level: Level) -> str:
    """Return how a level tells a face from a picture of one."""
    match level:
        case Level.CONVENIENT:
            return translate("levels", "Looks for photos and screens")
        case Level.BALANCED:
            return translate("levels", "Looks for photos and screens, and that your head moves")
        case Level.STRICT:
            return translate("levels", "Asks you to turn your head three times: some ten seconds")


def minutes_text(seconds: float) -> str:
    """Return a time in whole minutes."""
    count = round(seconds / 60)
    if count == 1:
        return translate("levels", "a minute")
    return translate("levels", "{count} minutes").format(count=count)


def days_text(seconds: float) -> str:
    """Return a time in whole days."""
    count = round(seconds / 86_400)
    if count == 1:
        return translate("levels", "a day")
    return translate("levels", "{count} days").format(count=count)


def consequences(rules: LevelRules, threshold: Threshold | None) -> tuple[tuple[str, str], ...]:
    """Return what a level means, as (icon, sentence). `threshold`: of the person inside."""
    fmr = rules.attempt_fmr if threshold is None else threshold.attempt_fmr
    waits = tuple(seconds for seconds in rules.cooldowns if seconds)
    strangers = translate(
        "levels", "By our measurements, opens for at most about 1 in {strangers} strangers"
    )
    failures = translate("levels", "Passphrase only, after {count} failed glances")
    pause = translate("levels", "Waits {seconds} s or more from failed glance {which} on")
    again = translate("levels", "Passphrase again after {days} at the latest")
    idle = translate("levels", "Locks after {time} without use")
    return (
        ("shield", strangers.format(strangers=one_in(fmr))),
        ("key", failures.format(count=rules.failures_before_passphrase)),
        (
            "hourglass",
            pause.format(seconds=round(waits[0]), which=rules.cooldowns.index(waits[0]) + 1),
        ),
        ("refresh", again.format(days=days_text(rules.passphrase_interval))),
        ("lock", idle.format(time=minutes_text(rules.lock_when_idle))),
        _when_left(rules),
    )


def _when_left(rules: LevelRules) -> tuple[str, str]:
    """Return what a level does when its owner leaves, and what that means for the camera."""
    if rules.lock_when_away is None:
        return "camera-off", translate("levels", "The camera is off while Facelock is open")
    words = translate("levels", "Locks {seconds} s after you leave; the camera is on while open")
    if rules.onlooker_shield:
        words = translate(
            "levels",
            "Locks {seconds} s after you leave and hides from a second face; the camera is on "
            "while open",
        )
    return "camera", words.format(seconds=round(rules.lock_when_away))


class LevelCard(QWidget):
    """One level. The whole card can be clicked; the keyboard uses its radio button."""

    def __init__(
        self, level: Level, threshold: Threshold | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.level = level
        self.radio = ChoiceRadio(level_name(level))
        self.radio.setFont(heading_font(self.font()))
        self.radio.toggled.connect(self.update)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self.radio)
        column.addWidget(TextLabel(_summary(level), Rank.MUTED))
        shield, *others = consequences(RULES[level], threshold)
        lines = (shield, ("eye", liveness_of(level)), *others)
        for icon_name, words in lines:
            column.addWidget(IconLine(icon_name, words, Tone.NEUTRAL, Rank.NOTE))
        column.addStretch(1)
        self.radio.setAccessibleDescription(". ".join(words for _, words in lines))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @override
    def mouseReleaseEvent(self, event: object, /) -> None:
        self.radio.click()

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        now = colours(self.palette())
        chosen = self.radio.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(now.accent if chosen else now.outline, 2.0 if chosen else 1.0))
        painter.setBrush(now.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)


class LevelCards(QWidget):
    """Emits `wanted` when another level is chosen, and shows the old one until `show_level`."""

    wanted = Signal(object)  # Level

    def __init__(
        self,
        level: Level,
        thresholds: Mapping[Level, Threshold] | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._level = level
        self._group = QButtonGroup(self)
        row = TurningRow(self._needed, self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(int(1.5 * SPACE))
        self.cards: dict[Level, LevelCard] = {}
        for one in Level:
            card = LevelCard(one, thresholds[one] if thresholds else None)
            self._group.addButton(card.radio)
            self.cards[one] = card
            row.addWidget(card, 1)
        link([card.radio for card in self.cards.values()])
        self.show_level(level)
        self._group.buttonClicked.connect(self._on_clicked)

    @property
    def level(self) -> Level:
        """The level shown as chosen."""
        return next(one for one, card in self.cards.items() if card.radio.isChecked())

    def show_level(self, level: Level) -> None:
        """Show which level is in force."""
        self._level = level
        focused = self.window().focusWidget()
        wants_focus = any(card.radio is focused for card in self.cards.values())
        self.cards[level].radio.setChecked(True)
        if wants_focus:  # it was on the level that was only wished for
            self.cards[level].radio.setFocus()

    def _needed(self) -> int:
        return len(Level) * letters_width(self.fontMetrics(), _CHARACTERS)

    @Slot(QAbstractButton)
    def _on_clicked(self, button: QAbstractButton) -> None:
        chosen = next(one for one, card in self.cards.items() if card.radio is button)
        if chosen is not self._level:
            self.wanted.emit(chosen)
