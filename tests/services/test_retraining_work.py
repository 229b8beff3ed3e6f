"""A retraining's work: what trains is never what judges, a seed repeats, and stopping ends it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from fakes import MODEL, NO_HEAD
from made_up_faces import a_person, calibration, feature_of, picture, sample, strangers
from made_up_heads import a_matrix
from numpy.typing import NDArray

from facelock.core.errors import Cancelled
from facelock.core.head import Head, network_sha256
from facelock.core.labelled_faces import LabelledFaces
from facelock.core.levels import Level
from facelock.core.retraining import Loss, RetrainingOptions, gate
from facelock.core.template import Profile
from facelock.learning import local_head
from facelock.learning.heads import ResidualHead
from facelock.services import retraining_views
from facelock.services.retraining_judge import FOLDS, blocks
from facelock.services.retraining_progress import Progress, Stage
from facelock.services.retraining_strangers import calibration_with, measure_table, parted
from facelock.services.retraining_views import views_each
from facelock.services.retraining_work import Ground, Trained, Work

QUICK = RetrainingOptions(epochs=5)
ADA, BOB = a_person(1), a_person(2)


class SeenHead(local_head.LocalHead):
    """Takes note of what each head is trained on, and of what it starts from."""

    taught: list[tuple[LabelledFaces, LabelledFaces]]
    starts: list[NDArray[np.float32]]

    def __init__(
        self,
        head: ResidualHead,
        own: LabelledFaces,
        others: LabelledFaces,
        options: RetrainingOptions,
    ) -> None:
        super().__init__(head, own, others, options)
        self.taught.append((own, others))
        self.starts.append(head.to_head_arrays()[0])


@pytest.fixture(autouse=True)
def _few_views(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retraining_views, "MOST_VIEWS", 4)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> type[SeenHead]:
    SeenHead.taught, SeenHead.starts = [], []
    monkeypatch.setattr(local_head, "LocalHead", SeenHead)
    return SeenHead


def ground(*profiles: Profile, trained: Sequence[Profile] = (), in_force: Head = NO_HEAD) -> Ground:
    measured = calibration()
    if in_force is not NO_HEAD:
        name = network_sha256(MODEL, in_force)
        table = measure_table(in_force, strangers())
        measured = calibration_with(table, in_force, name, strangers())
    return Ground(
        profiles=profiles,
        trained=frozenset(one.profile_id for one in trained or profiles),
        level=Level.BALANCED,
        backbone_sha256=MODEL,
        base=NO_HEAD,
        in_force=in_force,
        calibration=measured,
        strangers=strangers(),
        feature_of=feature_of,
    )


def work(
    on: Ground,
    options: RetrainingOptions = QUICK,
    *,
    progress: Callable[[Progress], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Trained:
    return Work(
        on, options, progress=progress, should_stop=should_stop, weights=(1.0, 1.0, 4.0)
    ).run()


def rows(faces: NDArray[np.float32]) -> set[bytes]:
    return {one.tobytes() for one in faces}


def test_what_is_held_out_never_trains_the_head_it_judges(seen: type[SeenHead]) -> None:
    work(ground(ADA, BOB))
    (whole, *folds) = seen.taught
    assert len(folds) == FOLDS
    held_out_strangers = rows(strangers().held_out.embeddings)
    own_features = [rows(np.stack([one.feature for one in each.samples])) for each in (ADA, BOB)]
    for own in own_features:
        assert own <= rows(whole[0].embeddings)
    for fold, (own_faces, others) in enumerate(folds):
        taught = rows(own_faces.embeddings)
        for profile in (ADA, BOB):
            out = blocks(profile.samples)[fold]
            assert out
            for row, one in enumerate(profile.samples):
                assert (one.feature.tobytes() in taught) is (row not in out)
        each = 1 + views_each(18)
        assert len(own_faces.people) == each * (18 - 2 * len(blocks(ADA.samples)[fold]))
        assert not rows(others.embeddings) & held_out_strangers
    for _, others in seen.taught:
        assert not rows(others.embeddings) & held_out_strangers


def test_the_strangers_who_judge_and_those_who_train_are_other_people() -> None:
    parts = strangers()
    assert not rows(parts.training.embeddings) & rows(parts.held_out.embeddings)
    both = len(parts.training.people) + len(parts.held_out.people)
    assert both == len(parts.all.people)
    with pytest.raises(ValueError, match="too few"):
        parted(LabelledFaces(np.eye(5, dtype=np.float32), np.arange(5, dtype=np.int64)))


def test_every_sample_is_held_out_once_and_a_lone_look_never() -> None:
    samples = [*ADA.samples, replace(ADA.samples[0], appearance="glasses")]
    held = sorted(row for part in blocks(samples) for row in part)
    assert held == list(range(9))


def test_others_enrolled_are_negatives_and_held_out_with_their_folds(seen: type[SeenHead]) -> None:
    work(ground(ADA, BOB, trained=[ADA]))
    for fold, (own, others) in enumerate(seen.taught[1:]):
        bobs = rows(np.stack([one.feature for one in BOB.samples]))
        assert not rows(own.embeddings) & bobs
        assert len(rows(others.embeddings) & bobs) == 9 - len(blocks(BOB.samples)[fold])


def test_it_starts_from_the_bundled_head_whatever_is_in_force(seen: type[SeenHead]) -> None:
    other = a_matrix()
    mine = [work(ground(ADA)), work(ground(ADA, in_force=other))]
    assert all(np.array_equal(start, NO_HEAD.weight) for start in seen.starts)
    assert np.array_equal(mine[0].head.weight, mine[1].head.weight)
    assert mine[0].before != mine[1].before


def test_a_seed_repeats_bit_for_bit_and_another_differs() -> None:
    one, again = work(ground(ADA)), work(ground(ADA))
    other = work(ground(ADA), replace(QUICK, seed=7))
    assert np.array_equal(one.head.weight, again.head.weight)
    assert np.array_equal(one.head.bias, again.head.bias)
    assert one.network == again.network != other.network
    assert one.after.people == again.after.people


@pytest.mark.parametrize("loss", Loss)
def test_either_loss_makes_a_better_head_that_passes(loss: Loss) -> None:
    found = work(ground(ADA, BOB), RetrainingOptions(loss=loss, epochs=5))
    assert found.after.fnmr < found.before.fnmr
    assert gate(found.before, found.after) == ()
    assert found.network.model_sha256 == network_sha256(MODEL, found.head)


def test_progress_rises_and_shows_losses_and_distances() -> None:
    told: list[Progress] = []
    work(ground(ADA), progress=told.append)
    shares = [one.fraction for one in told]
    assert shares == sorted(shares)
    assert 0.0 < shares[0] < shares[-1] <= 1.0
    assert {one.stage for one in told} == {Stage.PICTURES, Stage.TRAINING, Stage.JUDGING}
    assert [len(one.losses) for one in told if one.stage is Stage.TRAINING] == [1, 2, 3, 4, 5]
    last = told[-1]
    assert last.before is not None
    assert last.now is not None
    assert last.seconds_left is not None


def test_it_stops_wherever_it_is_asked_to() -> None:
    asked = 0

    def count() -> bool:
        nonlocal asked
        asked += 1
        return False

    work(ground(ADA), should_stop=count)
    for step in (0, asked // 3, asked // 2, asked - 1):
        left = step

        def stop() -> bool:
            nonlocal left
            left -= 1
            return left < 0

        with pytest.raises(Cancelled):
            work(ground(ADA), should_stop=stop)


def test_a_loss_that_leaves_the_numbers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_head, "NEARNESS", float("nan"))
    with pytest.raises(FloatingPointError):
        work(ground(ADA))


def test_fifty_people_with_few_pictures_each_are_done() -> None:
    everybody = [a_person(100 + one, count=4) for one in range(50)]
    found = work(ground(*everybody))
    assert len(found.after.people) == 50
    assert views_each(200) == retraining_views.FEWEST_VIEWS


def test_samples_without_a_picture_serve_as_they_are() -> None:
    samples = [sample(picture(1, one), kept=one < 5) for one in range(9)]
    found = work(ground(a_person(1, samples)))
    (figures,) = found.before.people
    assert figures.mated == 5 * (1 + views_each(9)) + 4
