"""Stands in for the retraining and the heads where the panel is driven without a store or torch."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from fakes import MODEL, NO_HEAD

from facelock.core.errors import Cancelled, FacelockError, KeyringUnavailable, NotEnrolled
from facelock.core.head import NetworkId
from facelock.core.head_version import HeadTable, HeadVersion
from facelock.core.levels import Level
from facelock.core.retraining import (
    Figures,
    Loss,
    PersonFigures,
    Reason,
    Refusal,
    RetrainingOptions,
)
from facelock.core.template import Profile
from facelock.core.threshold import Bound, ScoreDensities
from facelock.services.retraining import Outcome, PersonShare, Plan
from facelock.services.retraining_progress import Progress, Stage

BEGAN = 1_764_400_000.0  # when the first made-up head was trained, seconds since the epoch


def humps(mated: float, non_mated: float) -> ScoreDensities:
    """Return two humps around these squared distances."""
    edges = np.linspace(0.0, 4.0, 81)
    middle = (edges[:-1] + edges[1:]) / 2
    one, other = (
        np.exp(-(((middle - centre) / width) ** 2))
        for centre, width in ((mated, 0.22), (non_mated, 0.3))
    )
    return ScoreDensities(edges, one / one.sum(), other / other.sum())


def person_figures(
    profile_id: str, misses: int, *, close: int = 4, separation: float = 3.1
) -> PersonFigures:
    return PersonFigures(
        profile_id=profile_id,
        mated=40,
        misses=misses,
        threshold=0.62,
        bound=Bound.FMR,
        non_mated=2400,
        false_matches=0,
        close=close,
        separation=separation,
        nearest=0.93,
    )


def figures(
    ids: Sequence[str], misses: int, *, separation: float = 3.1, mated: float = 0.5
) -> Figures:
    """Return the figures of a made-up head: everybody misses as often."""
    return Figures(
        level=Level.BALANCED,
        people=tuple(person_figures(one, misses, separation=separation) for one in ids),
        attempt_fmr=1e-4,
        densities=humps(mated, 1.7),
    )


def head_version(
    ids: Sequence[str], number: int = 1, *, backbone: str = MODEL, loss: Loss = Loss.TRIPLET
) -> HeadVersion:
    """Return a made-up head; the number tells it from others."""
    densities = humps(0.4, 1.8)
    return HeadVersion(
        created_at=BEGAN + 86_400.0 * number,
        head=NO_HEAD,
        network=NetworkId(backbone, f"{number:064x}"),
        table=HeadTable(np.array([1e-4]), np.array([0.8]), 0.35, 500, 100_000, densities),
        options=RetrainingOptions(loss=loss),
        profile_ids=tuple(ids),
        negatives=(),
        samples=24 * len(ids),
        impostors=2000,
        before=figures(ids, 3),
        after=figures(ids, 1, separation=3.6, mated=0.4),
    )


class FakeRetraining:
    """Tells some steps and gives `outcome`; waits before each step while `may_go_on` is not set."""

    def __init__(self, profiles: Sequence[Profile], *, steps: int = 8, pause: float = 0.0) -> None:
        self.profiles = tuple(profiles)
        self.steps, self.pause = steps, pause
        self.obstacles: tuple[Refusal, ...] = ()
        self.refusals: tuple[Refusal, ...] = ()
        self.trouble: Exception | None = None
        self.early = False  # refused before anything was measured
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.threads: list[str] = []
        self.options: list[RetrainingOptions] = []
        self.told = 0
        self.ended = threading.Event()

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(one.profile_id for one in self.profiles)

    def plan(self, profile_id: str | None = None) -> Plan:
        if profile_id is not None and profile_id not in self.ids:
            raise NotEnrolled(profile_id)
        shares = [PersonShare(one.profile_id, one.name, 24, 20) for one in self.profiles]
        wanted = [one for one in shares if profile_id in {None, one.profile_id}]
        return Plan(
            trained=tuple(wanted),
            others=tuple(one for one in shares if one not in wanted),
            strangers=2000,
            held_out_strangers=600,
            seconds=28.0,
            obstacles=self.obstacles,
            profiles=self.profiles,
        )

    def slow_run(
        self,
        plan: Plan,
        options: RetrainingOptions,
        *,
        progress: Callable[[Progress], None],
        should_stop: Callable[[], bool],
    ) -> Outcome:
        self.threads.append(threading.current_thread().name)
        self.options.append(options)
        try:
            for step in range(self.steps):
                while not self.may_go_on.wait(0.01) and not should_stop():
                    pass
                if should_stop():
                    raise Cancelled
                if self.trouble is not None:
                    raise self.trouble
                progress(self.at(step, options.epochs))
                self.told += 1
                threading.Event().wait(self.pause)
            return self.outcome(plan)
        finally:
            self.ended.set()

    def at(self, step: int, epochs: int) -> Progress:
        """Return how far it is at a step."""
        share = step / self.steps
        stage = tuple(Stage)[min(int(share * 4), 3)]
        losses = tuple(0.31 / (1 + 0.3 * index) for index in range(int(share * epochs)))
        return Progress(
            stage=stage,
            fraction=share,
            seconds_left=None if step == 0 else 28.0 * (1 - share),
            losses=losses,
            before=humps(0.5, 1.7),
            now=humps(0.5 - 0.12 * share, 1.7 + 0.2 * share),
        )

    def outcome(self, plan: Plan) -> Outcome:
        ids = tuple(one.profile_id for one in (*plan.trained, *plan.others))
        if self.early:
            return Outcome(self.refusals, None, None, None, 1.0)
        made = replace(
            head_version(ids, 9),
            profile_ids=tuple(one.profile_id for one in plan.trained),
            negatives=tuple(one.profile_id for one in plan.others),
        )
        worse = any(one.reason is Reason.FNMR_RISES for one in self.refusals)
        after = figures(ids, 4, separation=2.9, mated=0.6) if worse else made.after
        return Outcome(self.refusals, made.before, after, made, 20.0)


class FakeHeads:
    """Keeps what is adopted."""

    def __init__(self, versions: Sequence[HeadVersion] = ()) -> None:
        self.kept = tuple(versions)
        self.in_force: HeadVersion | None = None
        self.trouble: FacelockError | None = None  # raised by staging
        self.adopt_trouble: FacelockError | None = None
        self.dropped = 0
        self.lost = 0  # how often what was staged is worth nothing
        self.staged_in: list[str] = []  # names of threads
        self.may_stage = threading.Event()
        self.may_stage.set()

    @property
    def versions(self) -> tuple[HeadVersion, ...]:
        return tuple(one for one in self.kept if one.network.backbone_sha256 == MODEL)

    def slow_stage(self, version: HeadVersion | None) -> tuple[HeadVersion | None]:
        self.may_stage.wait(5.0)
        self.staged_in.append(threading.current_thread().name)
        if self.trouble is not None:
            raise self.trouble
        return (version,)

    def adopt(self, staged: tuple[HeadVersion | None]) -> bool:
        lags = isinstance(self.adopt_trouble, KeyringUnavailable)
        if self.adopt_trouble is not None and not lags:
            raise self.adopt_trouble
        if self.lost > 0:
            self.lost -= 1
            return False
        (self.in_force,) = staged
        if self.in_force is not None and self.in_force not in self.kept:
            self.kept = (self.in_force, *self.kept)
        if self.adopt_trouble is not None:
            raise self.adopt_trouble
        return True

    def drop(self, _staged: object) -> None:
        self.dropped += 1
