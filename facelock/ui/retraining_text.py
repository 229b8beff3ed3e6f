"""What there is to say about a retraining: before it, while it runs, and of what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from facelock.core.errors import KeyringUnavailable
from facelock.core.retraining import Loss, Reason, Refusal
from facelock.services.retraining import Plan
from facelock.services.retraining_progress import Stage
from facelock.ui.numbers import locale

translate = QCoreApplication.translate
_MOST_NAMES = 6  # more people than that are counted, not named


def whole(number: int) -> str:
    """Return a whole number as the person's language writes it."""
    return locale().toString(number)


def decimal(number: float, digits: int = 2) -> str:
    """Return a number with so many decimals, as the person's language writes it."""
    return locale().toString(number, "f", digits)


def in_force_words(untold: KeyringUnavailable | None) -> str:
    """Say that another head is in force; `untold` if the keyring does not know of it yet."""
    if untold is None:
        return translate("retraining", "It is in force now, for everybody on this computer.")
    return translate(
        "retraining",
        "It is in force now, for everybody on this computer. "
        "The system's keyring did not answer; it is told later.",
    )


def named(profile_ids: Sequence[str], names: Mapping[str, str]) -> str:
    """Return whom these ids stand for, as one phrase; whoever has no name is somebody."""
    if not profile_ids:
        return translate("retraining", "somebody")
    if len(profile_ids) > _MOST_NAMES:
        return translate("retraining", "{count} people").format(count=whole(len(profile_ids)))
    return locale().createSeparatedList(
        [names.get(one) or translate("retraining", "somebody") for one in profile_ids]
    )


def pictures(count: int) -> str:
    """Return so many pictures."""
    if count == 1:
        return translate("retraining", "one picture")
    return translate("retraining", "{count} pictures").format(count=whole(count))


def moment(at: float) -> str:
    """Return a day and a time of day; `at`: seconds since the epoch."""
    when = QDateTime.fromSecsSinceEpoch(int(at))
    day = locale().toString(when.date(), QLocale.FormatType.LongFormat)
    return f"{day}, {locale().toString(when.time(), QLocale.FormatType.ShortFormat)}"


def loss_name(loss: Loss) -> str:
    """Return what a loss is called."""
    match loss:
        case Loss.TRIPLET:
            return translate("retraining", "Triplet")
        case Loss.CONTRASTIVE:
            return translate("retraining", "Contrastive")


def loss_note(loss: Loss) -> str:
    """Say in one line what a loss does."""
    match loss:
        case Loss.TRIPLET:
            return translate(
                "retraining",
                "Looks at three pictures: your own two must lie nearer than a stranger's.",
            )
        case Loss.CONTRASTIVE:
            return translate(
                "retraining",
                "Looks at two pictures: alike are drawn together, others pushed apart.",
            )


def stage_words(stage: Stage) -> str:
    """Say what is being done."""
    match stage:
        case Stage.CHECKING:
            return translate("retraining", "Checking the pictures")
        case Stage.PICTURES:
            return translate("retraining", "Varying the pictures as webcams would")
        case Stage.TRAINING:
            return translate("retraining", "Learning")
        case Stage.JUDGING:
            return translate("retraining", "Judging the result by what was held back")


def duration(seconds: float) -> str:
    """Return a time to wait, in round words."""
    if seconds < 8:
        return translate("retraining", "a few seconds")
    if seconds < 25:
        return translate("retraining", "about {count} seconds").format(
            count=whole(5 * round(seconds / 5))
        )
    if seconds < 45:
        return translate("retraining", "about half a minute")
    if seconds < 90:
        return translate("retraining", "about a minute")
    return translate("retraining", "about {count} minutes").format(count=whole(round(seconds / 60)))


def remaining(seconds: float | None) -> str:
    """Say how long it will still take; empty while nobody can tell."""
    if seconds is None:
        return ""
    return translate("retraining", "{time} to go").format(time=duration(seconds))


def plan_lines(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Say what will be used and for how long, as (icon, sentence)."""
    lines = [("face", _samples(plan))]
    if plan.others:
        others = named(
            [one.profile_id for one in plan.others],
            {one.profile_id: one.name for one in plan.others},
        )
        words = translate(
            "retraining",
            "Also enrolled: {who}. They are told apart, and may not be recognised worse.",
        )
        lines.append(("people", words.format(who=others)))
    words = translate(
        "retraining",
        "Strangers that come with Facelock: {used} to be told apart from, {held} more that only "
        "judge the result.",
    )
    strangers = words.format(used=pictures(plan.strangers), held=whole(plan.held_out_strangers))
    lines.append(("shield", strangers))
    words = translate(
        "retraining", "It takes {time}. Everything else in Facelock can be used meanwhile."
    )
    lines.append(("hourglass", words.format(time=duration(plan.seconds))))
    return tuple(lines)


def _samples(plan: Plan) -> str:
    if len(plan.trained) > _MOST_NAMES:
        text = translate(
            "retraining",
            "{people} people with {samples} samples, {pictures} of them kept as pictures.",
        )
        return text.format(
            people=whole(len(plan.trained)),
            samples=whole(sum(one.samples for one in plan.trained)),
            pictures=whole(sum(one.pictures for one in plan.trained)),
        )
    text = translate(
        "retraining", "{name}: {samples} samples, {pictures} of them kept as pictures."
    )
    return " ".join(
        text.format(name=one.name, samples=whole(one.samples), pictures=whole(one.pictures))
        for one in plan.trained
    )


def refusal_sentence(refusal: Refusal, names: Mapping[str, str]) -> str:
    """Say why a retraining cannot begin, or its result is not used; `names` by profile id."""
    return f"{_why(refusal.reason).format(who=named(refusal.profile_ids, names))}"


def refusal_advice(reason: Reason) -> str:
    """Say what could help against a reason."""
    match reason:
        case Reason.TOO_FEW_SAMPLES:
            return translate(
                "retraining", "Enrol again, and let the camera see the face from all sides."
            )
        case Reason.NO_PICTURES:
            return translate(
                "retraining", "Enrol again, and allow that the pictures are kept. They stay sealed."
            )
        case Reason.MIXED_PEOPLE:
            return translate("retraining", "Enrol again, with nobody else before the camera.")
        case Reason.SWAPPED_PEOPLE:
            return translate(
                "retraining",
                "See under People whether the names are right. If they are, enrol again.",
            )
        case Reason.REPEATED_SAMPLES:
            return translate("retraining", "Enrol again, and turn the head when you are asked to.")
        case Reason.TOO_DARK:
            return translate("retraining", "Enrol again with more light on the face.")
        case Reason.DIVERGED:
            return translate(
                "retraining", "Press “Use the defaults” under Advanced, and try again."
            )
        case Reason.FNMR_RISES | Reason.FMR_RISES | Reason.LEVEL_NOT_KEPT:
            return translate(
                "retraining",
                "More varied pictures help: enrol again in the light, and with the glasses, in "
                "which you are not recognised now.",
            )
        case Reason.NOT_BETTER:
            return translate(
                "retraining",
                "There is nothing to do: with these pictures the present one is as good.",
            )


def _why(reason: Reason) -> str:
    match reason:
        case Reason.TOO_FEW_SAMPLES:
            return translate(
                "retraining",
                "There are too few samples of {who}: none could be held back to judge by.",
            )
        case Reason.NO_PICTURES:
            return translate(
                "retraining",
                "No pictures of {who} were kept, so there is nothing that can be varied.",
            )
        case Reason.MIXED_PEOPLE:
            return translate(
                "retraining", "Some of the samples of {who} seem to show somebody else."
            )
        case Reason.SWAPPED_PEOPLE:
            return translate(
                "retraining", "The samples of {who} look like somebody else who is enrolled."
            )
        case Reason.REPEATED_SAMPLES:
            return translate(
                "retraining", "The samples of {who} are one and the same picture, over and over."
            )
        case Reason.TOO_DARK:
            return translate("retraining", "The pictures of {who} are too dark to learn from.")
        case Reason.DIVERGED:
            return translate("retraining", "The training went astray.")
        case Reason.FNMR_RISES:
            return translate(
                "retraining", "It would fail to recognise {who} more often than the present one."
            )
        case Reason.NOT_BETTER:
            return translate(
                "retraining", "It does not tell faces apart better than the present one."
            )
        case Reason.FMR_RISES:
            return translate(
                "retraining",
                "Strangers would match {who}, or come near to it, more often than now.",
            )
        case Reason.LEVEL_NOT_KEPT:
            return translate(
                "retraining", "It would open for strangers more often than the level allows."
            )
