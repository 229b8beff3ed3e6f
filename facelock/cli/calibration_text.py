"""A calibration as JSON values and as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from facelock.core.attempt import LOOKS
from facelock.core.levels import RULES
from facelock.services.calibrating_folder import CalibrationReport
from facelock.services.evaluation_levels import level_thresholds

_NAMED = 5  # files named one by one in the text; JSON has all


def as_values(report: CalibrationReport, folds: Sequence[int]) -> dict[str, object]:
    """Return the JSON object. Distances are squared, 0 to 4; rates are shares."""
    calibration, chosen = report.measured.calibration, report.given.chosen
    return {
        "people": calibration.people,
        "images": len(calibration.person_index),
        "people_with_two_images": report.measured.templates,
        "comparisons": calibration.comparisons,
        "not_detected": len(report.not_detected),
        "duplicates": len(report.given.duplicates),
        "mated_median": round(calibration.mated_median, 6),
        "margin_term": round(_margin_term(report), 6),
        "strictest_fmr": float(f"{calibration.strictest_fmr:.6g}"),
        "levels": {
            level.value: {
                "attempt_fmr": RULES[level].attempt_fmr,
                "comparison_fmr": float(f"{RULES[level].attempt_fmr / len(LOOKS):.6g}"),
                "t_fmr": round(line.fmr_term, 6),
                "stands_for": float(f"{line.fmr_term_stands_for:.6g}"),
                "supported": line.level_supported,
                "bound": line.bound,
            }
            for level, line in level_thresholds(calibration).items()
        },
        "fmr_table": [
            [float(f"{fmr:.6g}"), round(float(distance), 6)]
            for fmr, distance in zip(calibration.fmr_grid, calibration.distance_grid, strict=True)
        ],
        "network": report.network,
        "model_sha256": calibration.model_sha256,
        "folds": list(folds),
        "merged": [
            {"person": one.name, "same_as": one.same_as, "reason": one.reason}
            for one in chosen.merged
        ],
        "left_out": dict(chosen.left_out),
        "undetected": list(report.not_detected),
        "unreadable": list(report.unreadable),
    }


def as_lines(report: CalibrationReport, folds: Sequence[int]) -> Iterator[str]:
    """Yield the report as text."""
    calibration, given = report.measured.calibration, report.given
    yield (
        f"{calibration.people:,} people, {len(calibration.person_index):,} pictures; without a "
        f"detected face {len(report.not_detected):,}; exact duplicates {len(given.duplicates):,}"
    )
    of_folds = f", folds {', '.join(map(str, folds))}" if folds else ""
    yield f"{report.network} network{of_folds}; {calibration.comparisons:,} non-mated comparisons"
    yield ""
    yield from _levels(report)
    yield ""
    yield (
        f"median mated distance {calibration.mated_median:.3f}; "
        f"margin term {_margin_term(report):.3f}"
    )
    yield f"strictest FMR these people carry, of one comparison: {calibration.strictest_fmr:.2e}"
    for one in given.chosen.merged:
        yield f"one person: {one.name} and {one.same_as}{_because(one.reason)}"
    for name, other in given.chosen.left_out.items():
        yield f"left out: {name}, who is {other} in another fold"
    for what, names in (
        ("no face was found", report.not_detected),
        ("could not be read", report.unreadable),
    ):
        if names:
            more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            yield f"{len(names)} pictures, {what}: {', '.join(names[:_NAMED])}{more}"


def _levels(report: CalibrationReport) -> Iterator[str]:
    """Yield the table of levels."""
    yield f"{'level':11} {'attempt':>8} {'comparison':>11} {'t_FMR':>6}  FMR, upper 95 % bound"
    for level, line in level_thresholds(report.measured.calibration).items():
        rate = RULES[level].attempt_fmr
        asked = f"{rate:8.0e} {rate / len(LOOKS):11.2e}"
        carried = f"at most {line.fmr_term_stands_for:.2e}"
        if not line.level_supported:
            carried += ": the level is not supported, the strictest that is is used"
        yield f"{level.value:11} {asked} {line.fmr_term:6.3f}  {carried}"


def _margin_term(report: CalibrationReport) -> float:
    return next(iter(level_thresholds(report.measured.calibration).values())).margin_term


def _because(reason: str) -> str:
    return f" ({reason})" if reason else ""
