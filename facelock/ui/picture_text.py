"""What there is to say about a picture and about comparing two of them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from facelock.core.quality import Defect
from facelock.services.pictures import PictureComparison, Unusable
from facelock.ui.numbers import locale
from facelock.ui.threshold_text import level_name, one_in

translate = QCoreApplication.translate


def number(distance: float) -> str:
    """Return a distance with two decimals, as the person's language writes it."""
    return locale().toString(distance, "f", 2)


def why_unusable(found: Unusable) -> str:
    """Say why a picture has no face to compare."""
    if found.look.faces == 0:
        if found.look.too_dark:
            return translate("pictures", "This picture is too dark to see anybody in it.")
        return translate("pictures", "No face was found in this picture.")
    if found.look.faces > 1:
        text = translate(
            "pictures", "There are {count} faces in this picture. Choose one with a single person."
        )
        return text.format(count=found.look.faces)
    return _defect(found.defects[0])


def _defect(defect: Defect) -> str:
    match defect:
        case Defect.CUT_OFF:
            return translate("pictures", "The face is cut off by the edge of the picture.")
        case Defect.TOO_SMALL:
            return translate("pictures", "The face is too small in this picture.")
        case Defect.TOO_DARK | Defect.LOW_CONTRAST:
            return translate("pictures", "The face is too dark or too flat to compare.")
        case Defect.TOO_BRIGHT:
            return translate("pictures", "The face is burnt out by light.")
        case _:
            return translate("pictures", "The face is not clear enough to compare.")


def explanation(result: PictureComparison) -> str:
    """Say in one sentence how the decision came about."""
    if result.mated:
        text = translate(
            "pictures",
            "The distance is {distance}; up to {threshold} counts as the same person at {level}.",
        )
    else:
        text = translate(
            "pictures",
            "The distance is {distance}; only up to {threshold} counts as the same person at "
            "{level}.",
        )
    return text.format(
        distance=number(result.distance),
        threshold=number(result.threshold.distance),
        level=level_name(result.level),
    )


def reliability(result: PictureComparison) -> str:
    """Say how often such a line is wrong about different people."""
    text = translate(
        "pictures",
        "Two different people fall below this line in at most about 1 of {pairs} pairs. Relatives, "
        "and twins above all, can look closer than that.",
    )
    return text.format(pairs=one_in(result.threshold.fmr))
