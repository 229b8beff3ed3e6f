"""Who is the principal face, and when it is somebody new."""

from __future__ import annotations

import numpy as np
from real_face import framed

from facelock.core.frames import DetectedFace, FaceBox, Frame
from facelock.vision.tracking import PrincipalTrack


def at(seconds: float) -> Frame:
    return framed(np.zeros((240, 320, 3), np.uint8), seconds)


def face(left: float, top: float = 70, side: float = 100) -> DetectedFace:
    return DetectedFace(FaceBox(left, top, side, side), np.zeros((6, 2), np.float32), 0.9)


MIDDLE = face(110)


def test_a_face_that_moves_a_little_keeps_its_number() -> None:
    track = PrincipalTrack()
    numbers = {track.follow(at(step / 30), (face(100 + step),))[1] for step in range(40)}
    assert len(numbers) == 1


def test_a_face_somewhere_else_gets_a_new_number() -> None:
    track = PrincipalTrack()
    _, first = track.follow(at(0.0), (face(10),))
    _, second = track.follow(at(0.03), (face(200),))
    assert second != first


def test_a_face_seen_again_too_late_gets_a_new_number() -> None:
    track = PrincipalTrack()
    _, first = track.follow(at(0.0), (MIDDLE,))
    _, soon = track.follow(at(0.4), (MIDDLE,))
    _, late = track.follow(at(1.2), (MIDDLE,))
    assert soon == first
    assert late != first


def test_time_going_back_ends_the_track() -> None:
    track = PrincipalTrack()
    _, first = track.follow(at(5.0), (MIDDLE,))
    _, again = track.follow(at(4.9), (MIDDLE,))
    assert again != first


def test_what_is_lost_is_not_found_again() -> None:
    track = PrincipalTrack()
    _, first = track.follow(at(0.0), (MIDDLE,))
    track.lose()
    _, second = track.follow(at(0.03), (MIDDLE,))
    assert second != first


def test_numbers_are_never_used_twice() -> None:
    track = PrincipalTrack()
    numbers = []
    for step in range(10):
        numbers.append(track.follow(at(float(step)), (MIDDLE,))[1])
        track.lose()
    assert len(set(numbers)) == 10


def test_the_largest_of_several_is_the_principal_one() -> None:
    near, far = face(90, 50, 140), face(20, 20, 40)
    assert PrincipalTrack().follow(at(0.0), (near, far))[0] is near


def test_the_middle_counts_more_than_a_little_size() -> None:
    sitting, passing = face(115, 75, 90), face(0, 0, 100)
    assert PrincipalTrack().follow(at(0.0), (passing, sitting))[0] is sitting


def test_a_passer_by_does_not_take_over() -> None:
    track = PrincipalTrack()
    _, number = track.follow(at(0.0), (MIDDLE,))
    closer = face(0, 0, 220)
    principal, same = track.follow(at(0.03), (closer, MIDDLE))
    assert principal is MIDDLE
    assert same == number


def test_a_track_can_be_told_to_be_patient() -> None:
    track = PrincipalTrack(forget_after=1.2)
    _, first = track.follow(at(0.0), (MIDDLE,))
    _, patient = track.follow(at(1.1), (MIDDLE,))
    _, late = track.follow(at(2.4), (MIDDLE,))
    assert patient == first
    assert late != first


def test_a_track_can_be_turned_to_another_face() -> None:
    track = PrincipalTrack()
    beside = face(10, side=60)
    _, first = track.follow(at(0.0), (MIDDLE, beside))
    turned = track.turn_to(at(0.0), beside)
    followed, number = track.follow(at(0.03), (MIDDLE, beside))
    assert followed is beside
    assert number == turned != first
