"""Retrains the head on the samples of who is enrolled, judges it, and puts it in force or not.

The panel and the command line use this and nothing else. `slow_run` alone takes long: it works on
what `plan` took note of, touches nothing that is in force, and may run in a Task.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from facelock.core.retraining import Figures, Refusal, RetrainingOptions

if TYPE_CHECKING:
    from facelock.core.head_version import HeadVersion
    from facelock.core.template import Profile
    from facelock.services.retraining_progress import Progress


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
    """Owned by the thread of the access; `slow_run` alone may run elsewhere."""

    def plan(self, profile_id: str | None = None) -> Plan:
        """Return what would be used to retrain for one person, or for everybody (None).

        Raises NotEnrolled.
        """
        raise NotImplementedError

    def slow_run(
        self,
        plan: Plan,
        options: RetrainingOptions,
        *,
        progress: Callable[[Progress], None],
        should_stop: Callable[[], bool],
    ) -> Outcome:
        """Check, train and judge; nothing in force changes. Raises Cancelled, ModelError."""
        raise NotImplementedError
