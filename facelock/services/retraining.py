"""Retrains the head on the samples of who is enrolled, judges it, and puts it in force or not.

The panel and the command line use this and nothing else. `slow_run` alone takes long: it works on
what `plan` took note of, touches nothing that is in force, and may run in a Task.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from facelock.core.errors import NotEnrolled, RenewalDue
from facelock.core.head_version import HeadVersion
from facelock.core.renewal import check_calibration, renewable
from facelock.core.retraining import Figures, Reason, Refusal, RetrainingOptions, gate
from facelock.core.sample_checks import check_samples
from facelock.services.calibration import load_impostor_features
from facelock.services.loading import bundled_head
from facelock.services.retraining_judge import FOLDS
from facelock.services.retraining_progress import Progress, Stage
from facelock.services.retraining_strangers import Strangers, parted
from facelock.services.retraining_views import views_each
from facelock.services.retraining_work import Ground, Work

if TYPE_CHECKING:
    from facelock.core.template import Profile
    from facelock.services.access import Access
    from facelock.services.recognition import FacePipeline

_PICTURE_SECONDS: Final = 0.010  # through the backbone, varied before
_HEAD_SECONDS: Final = 2.5
_TABLE_SECONDS: Final = 2.0


@dataclass(frozen=True)
class PersonShare:
    """What of one person is used."""

    profile_id: str
    name: str
    samples: int
    pictures: int  # of those samples, that were kept as pictures and can be varied


@dataclass(frozen=True, eq=False)
class Plan:
    """What a retraining would use, and how long it would take. Nothing is changed by making one."""

    trained: tuple[PersonShare, ...]  # anchors and positives
    others: tuple[PersonShare, ...]  # enrolled too: negatives, and held to the gate
    strangers: int  # bundled pictures used as negatives
    held_out_strangers: int  # bundled pictures that only judge
    seconds: float  # expected
    obstacles: tuple[Refusal, ...]  # why it cannot even begin; empty: it can
    profiles: tuple[Profile, ...] = field(default=(), repr=False)


@dataclass(frozen=True, eq=False)
class Outcome:
    """What came of it. `version` may be adopted if nothing was refused."""

    refusals: tuple[Refusal, ...]
    before: Figures | None  # None if it did not get so far
    after: Figures | None
    version: HeadVersion | None
    seconds: float

    @property
    def may_be_adopted(self) -> bool:
        """True if the gate has nothing against it."""
        return self.version is not None and not self.refusals


class Retraining:
    """Owned by the thread of the access; `slow_run` alone may run elsewhere.

    `load_pipeline` loads the networks, of which the backbone alone is used; `wall` gives seconds
    since the epoch.
    """

    def __init__(
        self,
        access: Access,
        load_pipeline: Callable[[], FacePipeline],
        wall: Callable[[], float],
    ) -> None:
        self._access, self._load_pipeline, self._wall = access, load_pipeline, wall
        self._strangers: Strangers | None = None

    def plan(self, profile_id: str | None = None) -> Plan:
        """Return what would be used to retrain for one person, or for everybody (None).

        Raises NotEnrolled, ModelError; RenewalDue while somebody is not under the head in force:
        they would be brought to the new one as well, and not be asked by the gate.
        """
        network = self._access.heads.network()
        if renewable(self._access.profiles, network):
            raise RenewalDue("somebody is not under the network in use")
        profiles = [one for one in self._access.profiles if one.network == network]
        ids = {one.profile_id for one in profiles}
        trained = frozenset(ids if profile_id is None else {profile_id})
        if not trained or not trained <= ids:
            raise NotEnrolled("nobody who could be retrained for")
        strangers = self._parted()
        shares = {one.profile_id: _share(one) for one in profiles}
        return Plan(
            trained=tuple(share for one, share in shares.items() if one in trained),
            others=tuple(share for one, share in shares.items() if one not in trained),
            strangers=len(strangers.training.people),
            held_out_strangers=len(strangers.held_out.people),
            seconds=sum(expected_seconds(profiles)),
            obstacles=check_samples(profiles, trained),
            profiles=tuple(profiles),
        )

    def slow_run(
        self,
        plan: Plan,
        options: RetrainingOptions,
        *,
        progress: Callable[[Progress], None],
        should_stop: Callable[[], bool],
    ) -> Outcome:
        """Check, train and judge; nothing in force changes. Raises Cancelled, ModelError."""
        began = time.perf_counter()
        progress(Progress(Stage.CHECKING, 0.0, None))
        if plan.obstacles:
            return Outcome(plan.obstacles, None, None, None, time.perf_counter() - began)
        ground = self._ground(plan)
        work = Work(
            ground,
            options,
            progress=progress,
            should_stop=should_stop,
            weights=expected_seconds(plan.profiles),
        )
        try:
            trained = work.run()
        except FloatingPointError:
            diverged = Refusal(Reason.DIVERGED)
            return Outcome((diverged,), None, None, None, time.perf_counter() - began)
        refusals = gate(trained.before, trained.after)
        if trained.drawn_nearer and not any(one.reason is Reason.FMR_RISES for one in refusals):
            refusals = (*refusals, Refusal(Reason.FMR_RISES, trained.drawn_nearer))
        version = HeadVersion(
            created_at=self._wall(),
            head=trained.head,
            network=trained.network,
            table=trained.table,
            options=options,
            profile_ids=tuple(share.profile_id for share in plan.trained),
            negatives=tuple(share.profile_id for share in plan.others),
            samples=sum(share.samples for share in plan.trained),
            impostors=plan.strangers,
            before=trained.before,
            after=trained.after,
        )
        seconds = time.perf_counter() - began
        return Outcome(refusals, trained.before, trained.after, version, seconds)

    def _ground(self, plan: Plan) -> Ground:
        """Take note of what is in force. Raises ModelError."""
        pipeline, calibration = self._access.heads.load_both(self._load_pipeline)
        check_calibration(calibration, pipeline.model_sha256)
        return Ground(
            profiles=plan.profiles,
            trained=frozenset(share.profile_id for share in plan.trained),
            level=self._access.level,
            backbone_sha256=pipeline.network.backbone_sha256,
            base=bundled_head(),
            in_force=pipeline.head,
            calibration=calibration,
            strangers=self._parted(),
            feature_of=pipeline.feature_of,
        )

    def _parted(self) -> Strangers:
        if self._strangers is None:
            self._strangers = parted(load_impostor_features())
        return self._strangers


def expected_seconds(profiles: Sequence[Profile]) -> tuple[float, float, float]:
    """Return about how long pictures, training and judging take on two cores."""
    pictures = sum(sample.crop is not None for one in profiles for sample in one.samples)
    each = views_each(sum(len(one.samples) for one in profiles))
    return (
        1.0 + _PICTURE_SECONDS * pictures * each,
        _HEAD_SECONDS,
        FOLDS * (_HEAD_SECONDS + _TABLE_SECONDS) + 2 * _TABLE_SECONDS + 0.2 * len(profiles),
    )


def _share(profile: Profile) -> PersonShare:
    pictures = sum(sample.crop is not None for sample in profile.samples)
    return PersonShare(profile.profile_id, profile.name, len(profile.samples), pictures)
