"""Distances between many faces, and the templates made of them."""

from __future__ import annotations

import numpy as np
import pytest
from fakes import person_embedding

from facelock.core.comparison import fuse, squared_distance
from facelock.core.labelled_faces import TEMPLATE_IMAGES, LabelledFaces


def faces(*images: int, noise: float = 0.3) -> LabelledFaces:
    """Return so many images of person 0, 1, 2 ..."""
    people = np.repeat(np.arange(len(images)), images)
    rows = [person_embedding(int(person) + 1, noise, n) for n, person in enumerate(people)]
    return LabelledFaces(np.stack(rows), people)


def test_every_face_is_measured_against_every_other_block_by_block() -> None:
    one, other = faces(*[1] * 700), faces(2, 3)
    seen: list[int] = []
    for rows, distance in one.distances(other):
        assert distance.shape == (len(rows), 5)
        seen += rows.tolist()
        for row in (0, -1):
            expected = [squared_distance(one.embeddings[rows[row]], b) for b in other.embeddings]
            np.testing.assert_allclose(distance[row], expected, atol=1e-6)
    assert seen == list(range(700))


def test_mated_distances_are_those_between_different_images_of_a_person() -> None:
    some = faces(3, 1, 2)
    first, second = some.mated_distances()
    a, b, c = some.embeddings[:3]
    expected = [squared_distance(a, b), squared_distance(a, c), squared_distance(b, c)]
    np.testing.assert_allclose(first, expected, atol=1e-6)
    np.testing.assert_allclose(second, squared_distance(*some.embeddings[4:]), atol=1e-6)


def test_a_template_is_fused_of_ten_images_at_most_of_those_who_have_two() -> None:
    some = faces(2, 1, TEMPLATE_IMAGES + 5)
    templates = some.templates()
    assert templates.people.tolist() == [0, 2]
    np.testing.assert_array_equal(templates.embeddings[0], fuse(list(some.embeddings[:2])))
    np.testing.assert_array_equal(
        templates.embeddings[1], fuse(list(some.embeddings[3 : 3 + TEMPLATE_IMAGES]))
    )


def test_nobody_with_two_images_gives_no_template() -> None:
    templates = faces(1, 1).templates()
    assert templates.embeddings.shape == (0, 192)
    assert templates.people.shape == (0,)


@pytest.mark.parametrize("people", [np.zeros(3, np.int64), np.zeros((2, 1), np.int64)])
def test_each_face_belongs_to_one_person(
    people: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
) -> None:
    with pytest.raises(ValueError, match="one person"):
        LabelledFaces(np.ones((2, 192), np.float32), people)


def test_faces_are_rows() -> None:
    with pytest.raises(ValueError, match="one person"):
        LabelledFaces(np.ones(192, np.float32), np.zeros(192, np.int64))
