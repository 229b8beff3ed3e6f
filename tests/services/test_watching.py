"""Whom the watch looks for while it is open: whoever is inside, and nobody else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest
from fakes import (
    MODEL,
    FakeEmbedder,
    FakeLiveness,
    fake_pipeline,
    made_up_profile,
    person_embedding,
    shown,
)
from fakes_ui import FakeAccess

from facelock.core.policy import Unlocked
from facelock.core.presence import Who
from facelock.services.gallery import Terms
from facelock.services.watching import watch_work

if TYPE_CHECKING:
    from facelock.core.template import Profile
    from facelock.services.access import Access

OWNER, HOUSEMATE = 1, 3
CAMERA = "usb:1:2:a"


class OneCamera(FakeAccess):
    """Everybody's face opens with one camera."""

    camera_id = ""

    @property
    def terms(self) -> Terms:
        known = {one.profile_id: (self.camera_id,) for one in self.profiles}
        return replace(super().terms, cameras=known)


def access(*people: Profile, inside: int = 0) -> FakeAccess:
    return OneCamera(people, demo=False, state=Unlocked(people[inside].profile_id))


def looks(lock: FakeAccess, person: int | None, frames: int = 6) -> list[Who | None]:
    """Return what is said of a person before the camera, two frames a second."""
    pipeline = fake_pipeline(FakeEmbedder([]), FakeLiveness())
    work = watch_work(cast("Access", lock), pipeline, now=0.0)
    assert work is not None
    seen = [work(frame) for frame in shown(person, frames, rate=2.0)]
    return [None if one is None else one.who for one in seen]


@pytest.fixture
def both() -> tuple[Profile, Profile]:
    return made_up_profile(OWNER), made_up_profile(HOUSEMATE, "Bea")


def test_whoever_is_inside_is_the_owner_and_a_housemate_is_a_stranger(
    both: tuple[Profile, Profile],
) -> None:
    assert looks(access(*both), OWNER)[-1] is Who.OWNER
    assert looks(access(*both), HOUSEMATE)[-1] is Who.STRANGER
    assert looks(access(*both, inside=1), HOUSEMATE)[-1] is Who.OWNER
    assert looks(access(*both, inside=1), OWNER)[-1] is Who.STRANGER


def test_before_a_camera_they_do_not_open_with_nothing_is_said_of_a_face(
    both: tuple[Profile, Profile],
) -> None:
    lock = access(*both)
    cast("OneCamera", lock).camera_id = CAMERA
    assert set(looks(lock, OWNER)) | set(looks(lock, HOUSEMATE)) == {None}
    assert set(looks(lock, None)) == {Who.NOBODY}


def test_nobody_is_watched_for_while_locked_or_with_nothing_to_compare(
    both: tuple[Profile, Profile],
) -> None:
    pipeline = fake_pipeline(FakeEmbedder([person_embedding(OWNER)]), FakeLiveness())
    assert watch_work(cast("Access", FakeAccess(both, demo=False)), pipeline, now=0.0) is None
    other = replace(both[0], model_sha256="0" * len(MODEL))
    assert watch_work(cast("Access", access(other)), pipeline, now=0.0) is None
