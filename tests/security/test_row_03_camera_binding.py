"""Threat-model row 3: a face opens with the cameras it was bound to; a new one needs a passphrase.

Whoever brings a camera of their own, and knows how to feed it, gets nothing from a face.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import MODEL, FakeClock, fake_pipeline, shown, synthetic_frame
from lock_machine import ADA, BOB, Machine
from sealed_people import PASSPHRASE, keys_for

from facelock.core.activity import Happening
from facelock.core.attempt import Accepted
from facelock.core.errors import NotEnrolled, PassphraseConfirmationNeeded
from facelock.core.frames import Frame
from facelock.core.observation import Match, NewCamera, NoFace, Observation
from facelock.core.policy import Unlocked
from facelock.services.access import Access
from facelock.services.recognition import Recogniser
from facelock.vault.records import MOST_CAMERAS
from facelock.vision.camera import OpenCVCamera
from facelock.vision.camera_list import CameraInfo

pytestmark = pytest.mark.security

HOME, OTHER = "", "usb:dead:beef:1:0"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "store")


@pytest.fixture
def access(machine: Machine) -> Iterator[Access]:
    with machine.started() as started:
        yield started


def looks(access: Access, camera_id: str, person: int = 1, frames: int = 40) -> list[Observation]:
    """Show a person to the lock through a camera; return what was seen."""
    recogniser = Recogniser(fake_pipeline(), access.gallery(MODEL))
    recogniser.restart()
    access.start_scan()
    seen = []
    for frame in shown(person, frames, simulated=False):
        seen.append(recogniser.observe(replace(frame, camera_id=camera_id)).observation)
        if access.observe(seen[-1]) is not None:
            break
    return seen


def test_the_camera_of_the_enrolment_opens_and_another_does_not(access: Access) -> None:
    assert set(looks(access, OTHER)) == {NewCamera(OTHER)}
    assert access.unlocked_for is None
    assert isinstance(looks(access, HOME)[-1], Match)
    assert access.state == Unlocked(ADA.profile_id)


def test_a_new_camera_is_no_failed_attempt_and_tells_nothing_of_who_it_is(access: Access) -> None:
    owner, stranger = looks(access, OTHER, person=1), looks(access, OTHER, person=5)
    assert owner == stranger
    assert access.tick().failures == 0  # type: ignore[union-attr]


def test_a_passphrase_binds_it_and_it_is_told(machine: Machine) -> None:
    with machine.started() as access:
        access.accept(access.slow_open(ADA.profile_id, PASSPHRASE))
        access.bind_camera(ADA.profile_id, OTHER)
        access.bind_camera(ADA.profile_id, OTHER)  # once is enough
        assert machine.journal.count(Happening.CAMERA_ADDED) == 1
        access.lock()
        assert isinstance(looks(access, OTHER)[-1], Match)
    with machine.started() as access:
        assert isinstance(looks(access, OTHER)[-1], Match)  # and it lasts


def test_without_a_passphrase_nothing_is_bound(access: Access) -> None:
    with pytest.raises(PassphraseConfirmationNeeded):
        access.bind_camera(ADA.profile_id, OTHER)
    access.accept(access.slow_open(ADA.profile_id, PASSPHRASE))
    with pytest.raises(NotEnrolled):
        access.bind_camera("f" * 32, OTHER)


def test_one_persons_camera_is_not_another_persons(access: Access) -> None:
    access.accept(access.slow_open(ADA.profile_id, PASSPHRASE))
    access.enrol(BOB, keys_for(BOB), camera_id=OTHER)
    access.lock()
    seen = looks(access, OTHER, person=1, frames=12)
    assert not any(isinstance(one, Match | NewCamera) for one in seen)  # compared, and nobody
    assert isinstance(looks(access, OTHER, person=2)[-1], Match)
    assert access.state == Unlocked(BOB.profile_id)


def test_every_template_is_compared_whatever_the_camera(access: Access) -> None:
    gallery = access.gallery(MODEL)
    assert gallery.seen_by(OTHER).references.shape == gallery.references.shape


def test_another_camera_in_the_middle_of_an_attempt_starts_it_anew(access: Access) -> None:
    recogniser = Recogniser(fake_pipeline(), access.gallery(MODEL))
    recogniser.restart()
    frames = shown(1, 12, simulated=False)
    for frame in frames[:4]:
        recogniser.observe(frame)
    assert isinstance(
        recogniser.observe(replace(frames[4], camera_id=OTHER)).observation, NewCamera
    )
    seen = [recogniser.observe(frame).observation for frame in frames[5:9]]
    assert not any(isinstance(one, Match) for one in seen)


def test_nobody_before_a_new_camera_is_just_nobody(access: Access) -> None:
    recogniser = Recogniser(fake_pipeline(), access.gallery(MODEL))
    empty = replace(synthetic_frame(None), camera_id=OTHER)
    assert recogniser.observe(empty).observation == NoFace()


def test_a_record_without_bindings_opens_for_no_face(machine: Machine) -> None:
    with machine.started() as access:
        access._store.save_machine(replace(access._store.machine, cameras={}))
    with machine.started() as access:
        assert set(looks(access, HOME)) == {NewCamera(HOME)}


def test_the_oldest_is_forgotten_beyond_the_most(access: Access) -> None:
    access.accept(access.slow_open(ADA.profile_id, PASSPHRASE))
    for number in range(MOST_CAMERAS):
        access.bind_camera(ADA.profile_id, f"usb:{number}")
    access.lock()
    assert set(looks(access, HOME)) == {NewCamera(HOME)}
    assert isinstance(looks(access, "usb:0")[-1], Match)


def test_who_is_removed_leaves_no_camera_behind(access: Access) -> None:
    access.accept(access.slow_open(ADA.profile_id, PASSPHRASE))
    access.remove(ADA.profile_id)
    assert access._store.machine.cameras == {}


def test_the_id_comes_from_the_camera_that_delivers_and_not_from_what_was_asked_for() -> None:
    class Capture:
        def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
            return True

        def set(self, propId: int, value: float) -> bool:  # noqa: N803 - OpenCV's name
            del propId, value
            return True

        def read(self):  # type: ignore[no-untyped-def]  # noqa: ANN202
            return True, synthetic_frame(1).pixels.copy()

        def grab(self) -> bool:
            return True

        def release(self) -> None:
            """Nothing is held."""

    info = CameraInfo("usb:046d:0825:1:0", "Cam", 0, 0, physical=True)
    camera = OpenCVCamera(
        "",
        cameras=lambda: (info,),
        capture=lambda _index, _backend: Capture(),
        access=lambda _camera: None,
        connected=lambda _camera: True,
        clock=FakeClock().monotonic,
    )
    camera.open()
    frame: Frame = camera.read()
    camera.close()
    assert (frame.camera_id, frame.simulated) == (info.camera_id, False)


def test_the_accepted_verdict_names_the_person_the_camera_is_bound_to(access: Access) -> None:
    recogniser = Recogniser(fake_pipeline(), access.gallery(MODEL))
    recogniser.restart()
    access.start_scan()
    verdicts = [
        access.observe(recogniser.observe(frame).observation)
        for frame in shown(1, 5, simulated=False)
    ]
    assert verdicts[-1] == Accepted(ADA.profile_id)
