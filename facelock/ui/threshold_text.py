"""A person's threshold in words: who else it would open for, and what set it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from facelock.core.levels import Level
from facelock.core.threshold import Bound, Threshold
from facelock.ui.numbers import locale

translate = QCoreApplication.translate


def level_name(level: Level) -> str:
    """Return what a level is called."""
    match level:
        case Level.CONVENIENT:
            return translate("threshold", "Convenient")
        case Level.BALANCED:
            return translate("threshold", "Balanced")
        case Level.STRICT:
            return translate("threshold", "Strict")


def one_in(fmr: float) -> str:
    """Return how many strangers it takes, e.g. "10,000", to two digits."""
    strangers = 1.0 / max(fmr, 1e-9)
    step = 10 ** max(len(str(int(strangers))) - 2, 0)
    return locale().toString(int(strangers / step + 1e-6) * step)


def opens_for(threshold: Threshold) -> str:
    """Say how many strangers the lock may open for. Rounded against ourselves."""
    text = translate(
        "threshold", "By our measurements it opens for at most about 1 in {strangers} strangers."
    )
    return text.format(strangers=one_in(threshold.attempt_fmr))


def level_note(threshold: Threshold, level: Level) -> str:
    """Say that the data cannot carry the level; empty if they can."""
    if threshold.level_supported:
        return ""
    text = translate(
        "threshold",
        "{level} asks for more than our measurements can show. The strictest line they support is "
        "used instead.",
    )
    return text.format(level=level_name(level))


def same_line_note(thresholds: Mapping[Level, Threshold]) -> str:
    """Say that the levels differ in everything but the line; empty if they differ in that too."""
    if len({threshold.value for threshold in thresholds.values()}) > 1:
        return ""
    return translate(
        "threshold",
        "Your line is the same at all three: it lies so close around your own pictures that it "
        "meets the strictest our measurements can show. The levels differ in the rest.",
    )


def what_decided(threshold: Threshold) -> str:
    """Say which bound set the line."""
    match threshold.bound:
        case Bound.MARGIN:
            return translate("threshold", "The line lies close around this person's own pictures.")
        case Bound.FMR:
            return translate("threshold", "The line is set by how often strangers look alike.")
        case Bound.NEAREST_IMPOSTOR:
            return translate(
                "threshold",
                "The line is drawn in by somebody in our test data who looks quite like this "
                "person.",
            )
        case Bound.CLAMP:
            return translate("threshold", "The line was held within safe limits.")
