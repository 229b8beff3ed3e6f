"""Threat-model row 23: time does not tell who is enrolled, since everybody is always compared."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from fakes import MODEL, made_up_profile, person_embedding

from facelock.core.comparison import Gallery
from facelock.core.levels import Level
from facelock.core.template import make_gallery

pytestmark = pytest.mark.security

PEOPLE = [made_up_profile(person, f"Person {person}") for person in range(1, 9)]
PROBES = {
    "the first": person_embedding(1, 0.2),
    "one in the middle": person_embedding(4, 0.2),
    "the last": person_embedding(8, 0.2),
    "a stranger": person_embedding(99),
    "nothing at all": np.zeros(192, np.float32),
}


class Watched(np.ndarray[Any, Any]):
    """References that note every calculation made with them."""

    work: list[tuple[str, tuple[int, ...]]] = []  # noqa: RUF012  # one list for all views

    def __array_ufunc__(
        self,
        ufunc: np.ufunc,
        method: str,
        *inputs: Any,  # noqa: ANN401  # numpy's signature
        **kwargs: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        Watched.work.append((ufunc.__name__, self.shape))
        plain = [np.asarray(one) for one in inputs]
        return getattr(ufunc, method)(*plain, **kwargs)


@pytest.mark.parametrize("probe", PROBES)
def test_every_reference_is_compared_once_whoever_it_is(probe: str) -> None:
    gallery = make_gallery(PEOPLE, Level.BALANCED, demo=False, model_sha256=MODEL)
    watched = Gallery(
        gallery.references.view(Watched),
        gallery.owners,
        gallery.thresholds,
        demo=False,
        model_sha256=MODEL,
    )
    Watched.work.clear()
    found = watched.nearest(PROBES[probe])
    assert Watched.work == [("matmul", (len(PEOPLE), 192))]
    plain = gallery.nearest(PROBES[probe])
    assert found == plain


def test_the_work_is_the_same_in_whatever_order_people_enrolled() -> None:
    probe = person_embedding(3, 0.2)
    answers = set()
    for order in (PEOPLE, PEOPLE[::-1]):
        nearest = make_gallery(order, Level.BALANCED, demo=False, model_sha256=MODEL).nearest(probe)
        assert nearest is not None
        answers.add((nearest.profile_id, round(nearest.distance, 5), nearest.is_match))
    assert len(answers) == 1
