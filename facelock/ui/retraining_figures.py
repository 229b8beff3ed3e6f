"""What a head was worth before and is after a retraining, in sentences and as rows of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from facelock.core.retraining import Figures, PersonFigures
from facelock.ui.retraining_text import decimal, named, whole

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Row:
    """One measure of somebody, before and after."""

    who: str
    what: str
    before: str
    after: str


def headline(before: Figures, after: Figures) -> str:
    """Say in one sentence how many of one's own pictures were, and are, not recognised."""
    mated = sum(one.mated for one in before.people)
    text = translate(
        "retraining figures",
        "Of {count} held-back pictures, as they are and as poor webcams would show them, "
        "{before} were not recognised before, {after} after.",
    )
    return text.format(
        count=whole(mated), before=whole(_missed(before)), after=whole(_missed(after))
    )


def strangers(before: Figures, after: Figures) -> str:
    """Say in one sentence how many strangers were, and are, taken for somebody."""
    text = translate(
        "retraining figures",
        "Of {count} comparisons with strangers held back, {before} matched before, {after} after.",
    )
    return text.format(
        count=whole(sum(one.non_mated for one in before.people)),
        before=whole(sum(one.false_matches for one in before.people)),
        after=whole(sum(one.false_matches for one in after.people)),
    )


def table_rows(before: Figures, after: Figures, names: Mapping[str, str]) -> tuple[Row, ...]:
    """Return the measures of everybody together, and of each person if there are several."""
    rows: list[Row] = []
    if len(before.people) != 1:
        rows += _overall(before, after)
    for old, new in zip(before.people, after.people, strict=True):
        rows += _of_person(named((old.profile_id,), names), old, new)
    return tuple(rows)


def columns() -> tuple[str, str, str, str]:
    """Return the headings of the table."""
    return (
        translate("retraining figures", "Who"),
        translate("retraining figures", "What was measured"),
        translate("retraining figures", "Before"),
        translate("retraining figures", "After"),
    )


def in_words(rows: Sequence[Row]) -> str:
    """Return the table for who hears it."""
    text = translate("retraining figures", "{who}, {what}: {before} before, {after} after.")
    return " ".join(
        text.format(who=row.who, what=row.what, before=row.before, after=row.after) for row in rows
    )


def _missed(figures: Figures) -> int:
    return sum(one.misses for one in figures.people)


def _overall(before: Figures, after: Figures) -> list[Row]:
    everybody = translate("retraining figures", "Everybody")
    return [
        *_counted(everybody, before.people, after.people),
        _apart(everybody, before.separation, after.separation),
    ]


def _of_person(who: str, old: PersonFigures, new: PersonFigures) -> list[Row]:
    return [
        *_counted(who, (old,), (new,)),
        _apart(who, old.separation, new.separation),
        Row(
            who,
            translate("retraining figures", "Distance up to which a picture counts"),
            decimal(old.threshold),
            decimal(new.threshold),
        ),
        Row(
            who,
            translate("retraining figures", "Distance of the nearest stranger"),
            decimal(old.nearest),
            decimal(new.nearest),
        ),
    ]


def _counted(
    who: str, before: Sequence[PersonFigures], after: Sequence[PersonFigures]
) -> tuple[Row, ...]:
    missed = translate("retraining figures", "Own pictures not recognised")
    matching = translate("retraining figures", "Strangers that match")
    near = translate("retraining figures", "Strangers that come unusually near")
    both = (before, after)
    return (
        Row(who, missed, *(_of(each, "misses", "mated") for each in both)),
        Row(who, matching, *(_of(each, "false_matches", "non_mated") for each in both)),
        Row(who, near, *(whole(sum(one.close for one in each)) for each in both)),
    )


def _of(people: Sequence[PersonFigures], part: str, count: str) -> str:
    """Return how many of how many, by the names of two fields."""
    text = translate("retraining figures", "{part} of {count}")
    return text.format(
        part=whole(sum(getattr(one, part) for one in people)),
        count=whole(sum(getattr(one, count) for one in people)),
    )


def _apart(who: str, before: float, after: float) -> Row:
    what = translate("retraining figures", "Gap between own pictures and strangers")
    return Row(who, what, decimal(before), decimal(after))
