"""A retraining on a throw-away demo profile: enrol, retrain, adopt, and see who gets in.

Nothing is acted: enrolment, service, gate, adoption and lock are those of a real profile. The store
is a demo store in a temporary folder, and all of it is gone afterwards (threat-model row 3).
"""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from facelock.core.attempt import Accepted, Rejected, Verdict
from facelock.desktop.clock import SystemClock
from facelock.services.access import Access
from facelock.services.demo_store import enrol_demo_owner, open_demo_folder
from facelock.services.recognition import Recogniser
from facelock.services.retraining import Outcome, Plan, Retraining
from facelock.services.simulation import frames_of

if TYPE_CHECKING:
    from facelock.core.ports import FrameSource
    from facelock.core.retraining import RetrainingOptions
    from facelock.core.threshold import Calibration
    from facelock.services.demo import Cast
    from facelock.services.recognition import FacePipeline
    from facelock.services.retraining_progress import Progress

_OWNER_SEED, _STRANGER_SEED = 1, 2  # which of the cast's glances is played


@dataclass(frozen=True, eq=False)
class DemoRetraining:
    """What came of it."""

    plan: Plan
    outcome: Outcome
    adopted: bool
    owner_unlocked: bool  # with the head that is in force in the end
    stranger_refused: bool

    @property
    def went_well(self) -> bool:
        """True if the lock does what it should, whatever the gate said of the new head."""
        return self.owner_unlocked and self.stranger_refused


def run_retraining_demo(  # noqa: PLR0913 - what is played, with what, and who hears of it
    cast: Cast,
    load_pipeline: Callable[[], FacePipeline],
    calibration: Calibration,
    options: RetrainingOptions,
    *,
    adopt: bool,
    tell_plan: Callable[[Plan], object],
    progress: Callable[[Progress], None],
    should_stop: Callable[[], bool],
) -> DemoRetraining:
    """Play it in a folder of its own. Raises Cancelled, ModelError, StoreUnwritable, TooFewSamples.

    `adopt`: put the new head in force if the gate has nothing against it.
    """
    passphrase = secrets.token_urlsafe(18)  # typed by nobody but this function
    clock = SystemClock()
    with tempfile.TemporaryDirectory(prefix="facelock-retrain-") as name:
        folder = Path(name)
        enrol_demo_owner(folder, cast, load_pipeline(), calibration, clock, passphrase=passphrase)
        with closing(Access(open_demo_folder(folder), clock)) as access:
            retraining = Retraining(access, load_pipeline, clock.wall)
            plan = retraining.plan()
            tell_plan(plan)
            outcome = retraining.slow_run(plan, options, progress=progress, should_stop=should_stop)
            adopted = False
            if adopt and outcome.may_be_adopted:
                (owner,) = access.people
                staged = access.heads.slow_stage(outcome.version)
                access.confirm(access.slow_open(owner.profile_id, passphrase))
                adopted = access.heads.adopt(staged)
            pipeline = access.heads.load_pipeline(load_pipeline)
            owner_seen = _glance(access, pipeline, cast.owner_glance(_OWNER_SEED))
            stranger_seen = _glance(access, pipeline, cast.stranger_glance(_STRANGER_SEED))
            return DemoRetraining(
                plan=plan,
                outcome=outcome,
                adopted=adopted,
                owner_unlocked=isinstance(owner_seen, Accepted),
                stranger_refused=isinstance(stranger_seen, Rejected),
            )


def _glance(access: Access, pipeline: FacePipeline, source: FrameSource) -> Verdict | None:
    """Lock, and let somebody look at the camera under the head in force; return the verdict."""
    recogniser = Recogniser(pipeline, access.gallery(pipeline.model_sha256))
    recogniser.restart()
    access.lock()
    access.start_scan()
    for frame in frames_of((source,)):
        verdict = access.observe(recogniser.observe(frame).observation)
        if isinstance(verdict, Accepted | Rejected):
            return verdict
        access.start_scan()  # again, after an attempt that came to nothing
    return None
