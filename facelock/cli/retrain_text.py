"""What `facelock retrain` says: what is used, how far it is, before and after, why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from facelock.cli.progress_bar import ProgressBar
from facelock.core.retraining import FEWEST_SAMPLES, Figures, PersonFigures, Reason, Refusal

if TYPE_CHECKING:
    from facelock.core.head_version import HeadVersion
    from facelock.services.retraining import Outcome, PersonShare, Plan
    from facelock.services.retraining_progress import Progress

SHIPPED: Final = "shipped"
_NAME_DIGITS: Final = 8  # of a head's hash, in lists
_REMOVED: Final = "somebody who was removed"

_WHY: Final[Mapping[Reason, str]] = {
    Reason.TOO_FEW_SAMPLES: (
        f"There are fewer than {FEWEST_SAMPLES} samples of {{who}}: none could be held back to "
        "judge by. Enrol again."
    ),
    Reason.NO_PICTURES: (
        "No pictures of {who} were kept, so nothing can be varied. Enrol again, and keep them."
    ),
    Reason.MIXED_PEOPLE: (
        "Some samples of {who} seem to show somebody else. Enrol again, alone before the camera."
    ),
    Reason.SWAPPED_PEOPLE: (
        "Samples of {who} look more like somebody else who is enrolled. Are the names right? "
        "If they are, enrol again."
    ),
    Reason.REPEATED_SAMPLES: (
        "Samples of {who} are the same picture over and over. Enrol again, turning the head."
    ),
    Reason.TOO_DARK: "The pictures of {who} are too dark. Enrol again with more light.",
    Reason.DIVERGED: "The training went astray. Try again with the default loss and margin.",
    Reason.FNMR_RISES: "It would fail to recognise {who} more often than the present head.",
    Reason.NOT_BETTER: "It tells people apart no better than the present head.",
    Reason.FMR_RISES: "Strangers would match {who}, or come near to it, more often than now.",
    Reason.LEVEL_NOT_KEPT: "It would open for strangers more often than the level allows.",
}


def plan_lines(plan: Plan) -> Iterator[str]:
    """Yield what will be used, and how long it takes."""
    for share in plan.trained:
        yield f"{share.name}: {share.samples} samples, {share.pictures} of them kept as pictures"
    if plan.others:
        names = ", ".join(share.name for share in plan.others)
        yield f"Enrolled too, and not to be recognised worse: {names}"
    yield (
        f"Strangers: {plan.strangers:,} pictures to be told apart from, and "
        f"{plan.held_out_strangers:,} of others that only judge"
    )
    if not plan.obstacles:
        yield f"Takes about {round(plan.seconds)} s. Ctrl+C ends it and changes nothing."


@contextmanager
def progress_on() -> Iterator[Callable[[Progress], None]]:
    """Yield what shows progress as a bar; it is gone afterwards."""
    bar = ProgressBar()
    try:
        yield lambda progress: bar.tell("retraining", progress.fraction)
    finally:
        bar.clear()


def reason_of(outcome: Outcome, *, adopted: bool, dry_run: bool) -> str:
    """Return why it was adopted or not, as a program reads it."""
    if outcome.refusals:
        return ",".join(one.reason.value for one in outcome.refusals)
    if dry_run:
        return "dry-run"
    return "adopted" if adopted else "declined"


def figure_lines(plan: Plan, outcome: Outcome) -> Iterator[str]:
    """Yield the table of before and after; nothing if it did not get so far."""
    before, after = outcome.before, outcome.after
    if before is None or after is None:
        return
    names = _names(plan)
    yield ""
    yield f"{f'On held-out pictures, {before.level.value}':36}{'before':>20}{'after':>20}"
    for old, new in zip(before.people, after.people, strict=True):
        yield names[old.profile_id]
        yield _row("own pictures that are missed", *(_share(one) for one in (old, new)))
        yield _row("strangers that match", *(f"{one.false_matches}" for one in (old, new)))
        yield _row("strangers unusually near", *(f"{one.close}" for one in (old, new)))
        yield _row("gap to strangers (d')", *(f"{one.separation:.2f}" for one in (old, new)))
        yield _row("threshold", *(f"{one.threshold:.3f}" for one in (old, new)))
    yield "Everybody"
    yield _row("own pictures that are missed", f"{before.fnmr:.1%}", f"{after.fnmr:.1%}")
    yield _row("gap to strangers (d')", f"{before.separation:.2f}", f"{after.separation:.2f}")
    yield _row("an attempt of a stranger", f"{before.attempt_fmr:.1e}", f"{after.attempt_fmr:.1e}")
    yield ""


def outcome_lines(plan: Plan, outcome: Outcome, reason: str) -> tuple[str, ...]:
    """Say what came of it, and why."""
    if outcome.refusals:
        why = [f"  {sentence(one, _names(plan))}" for one in outcome.refusals]
        return ("Not adopted; everything is as it was:", *why)
    match reason:
        case "adopted":
            return ("Adopted.",)
        case "dry-run":
            return ("It may be adopted. Nothing was changed.",)
        case _:
            return ("Not adopted; everything is as it was.",)


def sentence(refusal: Refusal, names: Mapping[str, str]) -> str:
    """Return one reason in words; `names` by profile id."""
    who = ", ".join(names.get(one, one) for one in refusal.profile_ids) or "somebody"
    return _WHY[refusal.reason].format(who=who)


def outcome_values(
    plan: Plan, outcome: Outcome, *, adopted: bool, reason: str
) -> dict[str, object]:
    """Return the outcome for programs."""
    names = _names(plan)
    return {
        "adopted": adopted,
        "reason": reason,
        "seconds": round(outcome.seconds, 2),
        "before": _figure_values(outcome.before, names),
        "after": _figure_values(outcome.after, names),
        "may_be_adopted": outcome.may_be_adopted,
        "refusals": [
            {
                "reason": one.reason.value,
                "people": [names.get(each, each) for each in one.profile_ids],
                "message": sentence(one, names),
            }
            for one in outcome.refusals
        ],
        "head": None if outcome.version is None else short_name(outcome.version),
        "trained": [_share_values(one) for one in plan.trained],
        "strangers": plan.strangers,
        "held_out_strangers": plan.held_out_strangers,
    }


def short_name(version: HeadVersion | None) -> str:
    """Return how a head is called in lists; the one that Facelock came with is `SHIPPED`."""
    return SHIPPED if version is None else version.network.model_sha256[:_NAME_DIGITS]


def version_values(version: HeadVersion, names: Mapping[str, str]) -> dict[str, object]:
    """Return a head that is kept, for programs."""
    return {
        "name": short_name(version),
        "created": datetime.fromtimestamp(version.created_at, UTC).isoformat(timespec="seconds"),
        "people": [names.get(one, one) for one in version.profile_ids],
        "samples": version.samples,
        "strangers": version.impostors,
        "loss": version.options.loss.value,
        "margin": version.options.used_margin,
        "epochs": version.options.epochs,
        "before": _figure_values(version.before, names),
        "after": _figure_values(version.after, names),
    }


def version_lines(
    versions: Sequence[HeadVersion], in_force: HeadVersion | None, names: Mapping[str, str]
) -> Iterator[str]:
    """Yield the heads that are kept, the one in force marked by a star."""
    for one in versions:
        when = datetime.fromtimestamp(one.created_at, UTC).strftime("%Y-%m-%d %H:%M UTC")
        people = ", ".join(names.get(each, _REMOVED) for each in one.profile_ids)
        yield (
            f"{_star(one is in_force)} {short_name(one)}  {when}  {people}: {one.samples} samples; "
            f"missed {one.before.fnmr:.1%} before, {one.after.fnmr:.1%} after"
        )
    yield f"{_star(in_force is None)} {SHIPPED:{_NAME_DIGITS}}  the one that Facelock came with"


def _star(marked: bool) -> str:  # noqa: FBT001 - one flag, one character
    return "*" if marked else " "


def _names(plan: Plan) -> dict[str, str]:
    return {share.profile_id: share.name for share in (*plan.trained, *plan.others)}


def _row(what: str, before: str, after: str) -> str:
    return f"    {what:32}{before:>20}{after:>20}"


def _share(one: PersonFigures) -> str:
    return f"{one.misses} of {one.mated} ({one.fnmr:.1%})"


def _share_values(share: PersonShare) -> dict[str, object]:
    return {"name": share.name, "samples": share.samples, "pictures": share.pictures}


def _figure_values(figures: Figures | None, names: Mapping[str, str]) -> dict[str, object] | None:
    if figures is None:
        return None
    return {
        "level": figures.level.value,
        "fnmr": figures.fnmr,
        "fmr": figures.fmr,
        "separation": figures.separation,
        "attempt_fmr": figures.attempt_fmr,
        "people": [
            {
                "name": names.get(one.profile_id, one.profile_id),
                "mated": one.mated,
                "misses": one.misses,
                "fnmr": one.fnmr,
                "non_mated": one.non_mated,
                "false_matches": one.false_matches,
                "fmr": one.fmr,
                "close": one.close,
                "threshold": one.threshold,
                "bound": one.bound.value,
                "separation": one.separation,
                "nearest": one.nearest,
            }
            for one in figures.people
        ],
    }
