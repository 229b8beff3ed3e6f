"""In words: how a distance compares with pairs of one person and pairs of different people."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from facelock.services.measured_scores import MeasuredScores, Standing
from facelock.ui.numbers import locale
from facelock.ui.threshold_text import one_in

translate = QCoreApplication.translate
_PEOPLE_FOR = ((300, 100), (30, 10))
"""(people, of how many pairs to speak): seeing none among 300 still leaves one in a hundred."""
_RARE = 0.01  # a bound above this is too wide to be worth saying; the share itself is said


def standing_text(measured: MeasuredScores, distance: float) -> str:
    """Return a sentence on pairs of one person and one on pairs of different people."""
    standing = measured.at(distance)
    sentences = (_among_mated(standing, measured.mated_people), _among_non_mated(standing))
    return " ".join(sentence for sentence in sentences if sentence)


def measured_on(measured: MeasuredScores) -> str:
    """Say how many people stand behind it."""
    text = translate(
        "standing", "Measured on pictures of {people} people, {several} of them with several."
    )
    people, several = (locale().toString(one) for one in (measured.people, measured.mated_people))
    return text.format(people=people, several=several)


def _among_mated(standing: Standing, people: int) -> str:
    """Rounded towards the middle: what is said holds for at least so many."""
    pairs = next((pairs for least, pairs in _PEOPLE_FOR if people >= least), 0)
    if not pairs:
        return ""
    closer = standing.mated_closer
    if closer <= 0.5:
        text = translate("standing", "Closer than {count} of {pairs} pairs of the same person.")
    else:
        text = translate(
            "standing", "Farther apart than {count} of {pairs} pairs of the same person."
        )
    count = min(math.floor(pairs * max(closer, 1 - closer) + 1e-9), pairs - 1)
    return text.format(count=count, pairs=pairs)


def _among_non_mated(standing: Standing) -> str:
    if standing.non_mated_bound <= _RARE:
        text = translate(
            "standing", "At most about 1 of {pairs} pairs of different people is this close."
        )
        return text.format(pairs=one_in(standing.non_mated_bound))
    count = math.ceil(100 * standing.non_mated_closer)
    if count >= 100:
        return translate(
            "standing", "Nearly all pairs of different people are as close as this or closer."
        )
    text = translate(
        "standing", "About {count} of 100 pairs of different people are as close as this or closer."
    )
    return text.format(count=max(count, 1))
