"""Made-up attacks and scenes: sizes, seeds, and that what they add is there."""

from __future__ import annotations

import numpy as np
import pytest
from real_face import FACE, portrait

from facelock.learning import recapture, staged_attacks, staged_camera, staging
from facelock.learning.staged_camera import BEYOND
from facelock.vision import surroundings


@pytest.fixture(scope="module")
def sitter() -> staging.Sitter:
    left, top, right, bottom = FACE
    return staging.sitter(portrait(), ((left + right) / 2, (top + bottom) / 2, right - left))


def test_the_face_is_in_the_middle_and_the_person_around_it(sitter: staging.Sitter) -> None:
    assert sitter.pixels.shape == (staging.SIDE, staging.SIDE, 3)
    middle = staging.SIDE // 2
    assert sitter.person[middle, middle] > 0.9
    assert sitter.person[:20].mean() < 0.4
    assert 0.1 < sitter.person.mean() < 0.65


def test_a_corner_left_black_is_filled() -> None:
    pixels = np.full((100, 100, 3), 150, np.uint8)
    pixels[np.add.outer(np.arange(100), np.arange(100)) < 40] = 0
    assert staging.without_black_ends(pixels).min() > 60
    plain = np.full((40, 40, 3), 150, np.uint8)
    assert staging.without_black_ends(plain) is plain


@pytest.mark.parametrize("species", staged_attacks.SPECIES)
def test_an_attack_shows_edges_that_a_live_scene_has_not(
    sitter: staging.Sitter, species: str
) -> None:
    one = staged_attacks.attack_scene(sitter, [sitter], species, np.random.default_rng(1))
    again = staged_attacks.attack_scene(sitter, [sitter], species, np.random.default_rng(1))
    np.testing.assert_array_equal(one.scene, again.scene)
    left, top, right, bottom = one.edges
    assert left < staging.MIDDLE < right
    assert top < staging.MIDDLE < bottom
    inside = sum(0 < edge < staging.SIDE for edge in one.edges)
    assert inside >= 2


def test_the_camera_frames_the_scene_as_the_product_cuts_it(sitter: staging.Sitter) -> None:
    rng = np.random.default_rng(2)
    frame = staged_camera.frame_around(rng)
    scene = staging.live_scene(sitter, [sitter], rng)
    seen = staged_camera.through_camera(scene, frame, rng, surroundings.SIDE)
    assert seen.shape == (surroundings.SIDE, surroundings.SIDE, 3)
    assert BEYOND == surroundings.BEYOND
    assert staging.WIDTHS == surroundings.WIDTHS
    tight = staged_camera.tight_frame(rng)
    cut = staged_camera.through_camera(sitter.pixels, tight, rng)
    assert float((cut == BEYOND).all(axis=2).mean()) > 0.5


def test_a_frame_leaves_two_edges_of_an_attack_in_sight(sitter: staging.Sitter) -> None:
    rng = np.random.default_rng(3)
    for _ in range(20):
        shown = staged_attacks.attack_scene(sitter, [sitter], "phone", rng)
        frame = staged_camera.frame_around(rng, shown.edges)
        within = [
            frame[0] < shown.edges[0],
            frame[1] < shown.edges[1],
            frame[2] > shown.edges[2],
            frame[3] > shown.edges[3],
        ]
        assert sum(within) >= 1


@pytest.mark.parametrize("species", list(recapture.SPECIES))
def test_a_recapture_changes_the_picture_and_repeats(species: str) -> None:
    face = np.ascontiguousarray(portrait()[60:284, 110:334])
    changed = recapture.SPECIES[species](face, np.random.default_rng(4))
    again = recapture.SPECIES[species](face, np.random.default_rng(4))
    assert changed.shape == face.shape
    np.testing.assert_array_equal(changed, again)
    assert np.abs(changed.astype(int) - face).mean() > 3


def test_live_faces_and_attacks_go_through_the_same_camera() -> None:
    face = np.ascontiguousarray(portrait()[60:284, 110:334])
    sizes = {recapture.filmed(face, 112, np.random.default_rng(seed)).shape for seed in range(20)}
    assert sizes == {(112, 112, 3)}
