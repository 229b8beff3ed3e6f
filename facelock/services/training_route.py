"""Trains along one route, and finds on the people held out how far to follow it.

torch comes with `facelock.learning`, which is imported where it is used: what unlocks loads this
package too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from facelock.core.comparison import Embedding
from facelock.core.head import Head
from facelock.services.training_judge import (
    SEVERITIES,
    Figures,
    Judge,
    is_no_worse_when_clean,
    score,
)
from facelock.services.training_routes import Route
from facelock.services.training_run import Run
from facelock.vision.models import load_verified
from facelock.vision.networks import NETWORKS

if TYPE_CHECKING:
    from facelock.learning.network import MobileFaceNet
    from facelock.learning.optimisation import TrainingConfig
    from facelock.learning.tuning import TuningConfig
    from facelock.services.training_faces import TrainingFaces

SHARES = (0.15, 0.3, 0.45, 0.6, 1.0)
"""Of the way from the bare backbone to the trained weights; 0 would be the bare backbone."""

FEW_SHARES = (0.15, 1.0)
"""Where routes are only compared: judging takes longer than training."""

_VIEWS = 4  # augmented pictures of each face, for the head alone
_LARGEST_GRADIENT = 5.0


@dataclass(frozen=True, eq=False)
class Ground:
    """What all routes start from, worked out once."""

    faces: TrainingFaces
    teacher: Embedding = field(repr=False)  # (N, 192) unit features of the training faces
    judge: Judge
    bare: Figures


@dataclass(frozen=True, eq=False)
class Candidate:
    """A network, and what it comes to on the people held out."""

    share: float
    figures: Figures
    backbone: bytes = field(repr=False)  # the ONNX file
    head: Head


def bare_network() -> MobileFaceNet:
    """Return a fresh copy of the backbone as converted. Raises ModelMissing, ModelCorrupt."""
    from facelock.learning.onnx_export import from_onnx

    return from_onnx(load_verified(NETWORKS["bare"].backbone))


def survey(run: Run, faces: TrainingFaces) -> Ground:
    """Look at everything that the routes share. Raises Cancelled."""
    from facelock.learning.tuning import features_of, teacher_features

    network = bare_network()
    count = 2 * len(faces.training.crops)

    def tell(done: int) -> None:
        run.progress("bare network", done, count)

    teacher = teacher_features(network, faces.training.crops, tell)
    judge = Judge.of(
        faces.held_out, lambda done: run.progress("worse pictures", done, len(SEVERITIES))
    )
    run.progress("judging the bare network", 0, 1)
    return Ground(faces, teacher, judge, judge.figures(lambda crops: features_of(network, crops)))


def follow(
    run: Run, name: str, route: Route, ground: Ground, shares: tuple[float, ...] = SHARES
) -> tuple[Candidate, ...]:
    """Train along a route and return a candidate for each of the shares of the way.

    Raises Cancelled, with what was done saved; TrainingDiverged; RunFolderUnusable.
    """
    from facelock.learning.tuning import TuningConfig

    config = TuningConfig(
        seed=run.seed,
        margin=route.margin,
        triplet=route.triplet,
        distillation=route.distillation,
        bank=route.bank,
        frozen=route.frozen,
        steps=route.steps,
    )
    train = _follow_with_head if route.trains == "head" else _follow_with_network
    return train(_Leg(run, name, route, ground, shares), config)


def choose(candidates: tuple[Candidate, ...], bare: Figures) -> Candidate:
    """Return the best of those no worse than the bare backbone on clean faces, else of all."""
    fit = [one for one in candidates if is_no_worse_when_clean(one.figures, bare)]
    return max(fit or candidates, key=lambda one: score(one.figures))


@dataclass(frozen=True, eq=False)
class _Leg:
    """One route to follow."""

    run: Run
    name: str
    route: Route
    ground: Ground
    shares: tuple[float, ...]

    @property
    def stops_early(self) -> bool:
        """True if the best weights on people held out are kept; in a comparison, the last."""
        return self.shares == SHARES


def _follow_with_network(leg: _Leg, config: TuningConfig) -> tuple[Candidate, ...]:
    from facelock.learning.onnx_export import to_onnx
    from facelock.learning.training import Training
    from facelock.learning.tuning import Tuning, averaged, features_of, network_student

    run, ground = leg.run, leg.ground
    network = bare_network()
    faces = ground.faces.training
    student = network_student(network, faces.crops, ground.teacher, config)
    tuning = Tuning(student, faces.people, ground.teacher, config)
    quick = ground.judge.quick()

    def validate() -> float:
        return score(quick.figures(lambda crops: features_of(network, crops)))

    training = Training(
        network,
        _training_config(run, leg.route),
        batches=tuning.batches,
        step=tuning.loss,
        validate=validate if leg.stops_early else None,
    )
    run.train(leg.name, training, network)
    bare, mixed, candidates = bare_network(), bare_network(), []
    for done, share in enumerate(leg.shares):
        run.progress(f"judging {leg.name}", done, len(leg.shares))
        mixed.load_state_dict(averaged(bare, network, share))
        figures = ground.judge.figures(lambda crops: features_of(mixed, crops))
        head = Head.identity(mixed.config.embedding)
        candidates.append(Candidate(share, figures, to_onnx(mixed), head))
    return tuple(candidates)


def _follow_with_head(leg: _Leg, config: TuningConfig) -> tuple[Candidate, ...]:
    from facelock.learning.heads import ResidualHead
    from facelock.learning.onnx_export import to_onnx
    from facelock.learning.training import Training
    from facelock.learning.tuning import Tuning, augmented_views, features_of, head_student

    run, ground = leg.run, leg.ground
    network, faces = bare_network(), ground.faces.training
    head = ResidualHead(network.config.embedding)

    def tell(done: int) -> None:
        run.progress(f"pictures for {leg.name}", done, _VIEWS)

    views = augmented_views(network, faces.crops, _VIEWS, run.seed, tell)
    tuning = Tuning(
        head_student(head, views, ground.teacher, config), faces.people, ground.teacher, config
    )
    seen = ground.judge.embedded(lambda crops: features_of(network, crops))

    def validate() -> float:
        return score(seen.figures(Head(*head.to_head_arrays()).apply))

    training = Training(
        head,
        _training_config(run, leg.route),
        batches=tuning.batches,
        step=tuning.loss,
        validate=validate if leg.stops_early else None,
    )
    run.train(leg.name, training, head)
    weight, bias = head.to_head_arrays()
    eye = np.eye(len(weight), dtype=np.float32)
    candidates = []
    for share in leg.shares:
        part = np.float32(share)
        mixed = Head(part * weight + (1 - part) * eye, part * bias)
        candidates.append(Candidate(share, seen.figures(mixed.apply), to_onnx(network), mixed))
    return tuple(candidates)


def _training_config(run: Run, route: Route) -> TrainingConfig:
    from facelock.learning.optimisation import TrainingConfig

    return TrainingConfig(
        seed=run.seed,
        epochs=run.epochs,
        learning_rate=route.learning_rate,
        weight_decay=route.weight_decay,
        schedule="cosine",
        largest_gradient=_LARGEST_GRADIENT,
        goal="highest",
    )
