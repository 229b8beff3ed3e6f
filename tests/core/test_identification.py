"""The FPIR is what drawing galleries at random would give, and never more than N x FMR."""

from __future__ import annotations

import numpy as np
import pytest
from fakes import person_embedding

from facelock.core.identification import Neighbours, neighbours, one_template_each
from facelock.core.labelled_faces import LabelledFaces

DISTANCE = 1.75  # far out, so that made-up strangers come near


def faces(people: int = 30, images: int = 2) -> LabelledFaces:
    rows = [person_embedding(one, 0.5, image) for one in range(people) for image in range(images)]
    return LabelledFaces(np.stack(rows), np.repeat(np.arange(people), images))


@pytest.fixture(scope="module")
def near() -> Neighbours:
    (found,) = neighbours(faces(), [DISTANCE])
    return found


def test_each_person_has_one_template_fused_of_their_images() -> None:
    templates = one_template_each(faces(4, 12))
    assert templates.people.tolist() == [0, 1, 2, 3]
    first_ten = faces(4, 12).embeddings[:10].mean(axis=0)
    first_ten /= np.linalg.norm(first_ten)
    np.testing.assert_allclose(templates.embeddings[0], first_ten, atol=1e-6)


def test_who_is_near_is_who_a_loop_finds(near: Neighbours) -> None:
    everybody = faces()
    templates = one_template_each(everybody)
    expected = {
        (row, other)
        for row, (face, person) in enumerate(
            zip(everybody.embeddings, everybody.people, strict=True)
        )
        for other, template in enumerate(templates.embeddings)
        if other != person and 2 - 2 * float(face.astype(float) @ template) <= DISTANCE
    }
    assert set(zip(near.probe.tolist(), near.other.tolist(), strict=True)) == expected
    assert len(expected) > 20
    assert near.fmr == pytest.approx(len(expected) / (60 * 29))


@pytest.mark.parametrize("size", [1, 5, 29])
def test_it_is_the_share_of_galleries_drawn_at_random(near: Neighbours, size: int) -> None:
    rng = np.random.default_rng(1)
    hits = trials = 0
    for row, person in enumerate(near.person):
        mine = set(near.other[near.probe == row].tolist())
        others = [one for one in range(near.people) if one != person]
        for _ in range(300):
            hits += bool(mine & set(rng.choice(others, size, replace=False).tolist()))
            trials += 1
    assert near.identification(size).fpir == pytest.approx(hits / trials, abs=0.012)


def test_with_one_enrolled_it_is_the_fmr_and_with_more_it_stays_below_their_product(
    near: Neighbours,
) -> None:
    one = near.identification(1)
    assert one.fpir == pytest.approx(near.fmr)
    last = one
    for size in (2, 5, 10, 29):
        now = near.identification(size)
        assert last.fpir < now.fpir <= now.predicted <= 1.0
        assert now.predicted == pytest.approx(min(size * near.fmr, 1.0))
        assert now.low <= now.fpir <= now.high
        last = now
    everybody = np.mean([bool((near.probe == row).any()) for row in range(len(near.person))])
    assert last.fpir == pytest.approx(everybody)


def test_without_a_single_false_positive_the_bound_says_how_little_that_proves() -> None:
    (nobody,) = neighbours(faces(), [0.1])
    assert nobody.fmr == 0.0
    for size, trials in ((1, 435), (10, 43), (29, 15)):
        found = nobody.identification(size)
        assert (found.fpir, found.low, found.predicted) == (0.0, 0.0, 0.0)
        assert found.high == pytest.approx(1 - 0.025 ** (1 / trials))


def test_a_person_of_many_pictures_counts_as_much_as_one_of_few() -> None:
    probes = np.array([0, 0, 0, 1, 2])
    near = Neighbours(np.array([0, 1, 2]), np.array([1, 1, 1]), probes, people=3)
    assert near.fmr == pytest.approx(1 / 3 * 1 / 2)
    assert near.identification(2).fpir == pytest.approx(1 / 3)


def test_several_distances_are_looked_at_in_one_go() -> None:
    near, far = neighbours(faces(), [1.6, 1.8])
    assert len(near.probe) < len(far.probe)
    assert near.fmr < far.fmr


@pytest.mark.parametrize("size", [0, 30])
def test_a_gallery_that_the_people_at_hand_cannot_fill_is_refused(
    near: Neighbours, size: int
) -> None:
    with pytest.raises(ValueError, match="30 people"):
        near.identification(size)


def test_one_person_alone_is_refused() -> None:
    with pytest.raises(ValueError, match="strangers"):
        neighbours(faces(1), [1.0])
