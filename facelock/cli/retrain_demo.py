"""`facelock retrain --demo`: the same on a profile that is thrown away afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facelock.cli.exit_codes import Exit
from facelock.cli.retrain_text import (
    figure_lines,
    outcome_lines,
    outcome_values,
    plan_lines,
    progress_on,
    reason_of,
)

if TYPE_CHECKING:
    from facelock.cli.output import Output
    from facelock.core.retraining import RetrainingOptions
    from facelock.services.retraining import Plan

_HONESTY = """\
DEMO. The samples and the glances at the lock are rendered from one photograph of each person. So
this shows that the machinery works, not what it is worth to people. Liveness is off. Everything
lives in a temporary folder, and is gone afterwards."""


def show_demo(out: Output, options: RetrainingOptions, *, adopt: bool) -> int:
    """Play it, and end with one JSON object or its text. Raises Cancelled, ModelError, StoreError.

    The exit code says whether the lock did what it should, not what the gate said.
    """
    from facelock.services import calibration, loading
    from facelock.services.demo_cast import DemoCast
    from facelock.services.retraining_demo import run_retraining_demo

    cast = DemoCast(realtime=False)
    out.say(_HONESTY)
    for credit in cast.credits:
        out.say(f"  {credit}")
    out.say()
    out.say(f"{cast.owner_name} is being enrolled.")

    def tell_plan(plan: Plan) -> None:
        for line in plan_lines(plan):
            out.say(line)

    with progress_on() as progress:
        played = run_retraining_demo(
            cast,
            loading.load_pipeline,
            calibration.load_calibration(),
            options,
            adopt=adopt,
            tell_plan=tell_plan,
            progress=progress,
            should_stop=lambda: False,
        )
    for line in figure_lines(played.plan, played.outcome):
        out.say(line)
    reason = reason_of(played.outcome, adopted=played.adopted, dry_run=not adopt)
    values = outcome_values(played.plan, played.outcome, adopted=played.adopted, reason=reason)
    values |= {
        "demo": True,
        "owner_unlocked": played.owner_unlocked,
        "stranger_refused": played.stranger_refused,
        "faces": list(cast.credits),
    }
    under = "under the new head" if played.adopted else "under the head as shipped"
    opened = "UNLOCKED" if played.owner_unlocked else "NOT UNLOCKED"
    refused = "REFUSED" if played.stranger_refused else "NOT REFUSED"
    lines = (
        *outcome_lines(played.plan, played.outcome, reason),
        f"{under}: {cast.owner_name} {opened}, {cast.stranger_name} {refused}",
    )
    out.result(values, lines)
    return Exit.OK if played.went_well else Exit.NO
