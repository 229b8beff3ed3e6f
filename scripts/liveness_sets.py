"""The sets that the passive networks learn from: live faces as a webcam sees them, and attacks."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from liveness_data import Picture
from numpy.typing import NDArray

from facelock.core.frames import FaceBox, Pixels
from facelock.learning import recapture, staged_attacks, staged_camera, staging
from facelock.learning import webcam_effects as webcam
from facelock.learning.liveness_training import Labelled
from facelock.vision.surroundings import surroundings

_USUAL = (
    *staged_attacks.SPECIES,
    "phone",
    "phone",
    "sheet",
    "window",
)  # as often as they stand here
_FINE = 224  # pixels of a face while it is printed or shown


@dataclass(frozen=True)
class Sources:
    """Pictures by what they are for. No person is in two of them (NUAA is for learning alone)."""

    learn: list[Picture]
    stop: list[Picture]
    test: list[Picture]

    @classmethod
    def of(cls, pictures: Sequence[Picture]) -> Sources:
        """Divide by LFW's folds, and the others by half of their people or pictures."""
        parts: tuple[list[Picture], list[Picture], list[Picture]] = ([], [], [])
        for number, one in enumerate(pictures):
            match one.source:
                case "lfw":
                    parts[0 if one.fold <= 6 else one.fold - 6].append(one)
                case "utkface":  # no identities: no two pictures of one person are known
                    parts[2 * (number % 2)].append(one)
                case "yale":
                    parts[2 * (zlib.crc32(one.person.encode()) % 2)].append(one)
                case _:
                    parts[0].append(one)
        return cls(*parts)

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many of each source there are for what."""
        return {
            name: dict(Counter(one.source for one in part))
            for name, part in (("learn", self.learn), ("stop", self.stop), ("test", self.test))
        }


def texture_set(
    pictures: Sequence[Picture],
    *,
    share: float,
    seed: int,
    species: Sequence[str] = tuple(recapture.SPECIES),
    of_live: int = 3,
) -> Labelled:
    """Return aligned faces (N, 112, 112, 3): live ones, real prints and made-up attacks.

    `of_live`: how often each face is shown anew as live, and as made-up attack, of LFW; of the
    sources that have fewer, more.
    """
    rng = np.random.default_rng(seed)
    made: list[tuple[Pixels, bool, str]] = []
    for one in pictures:
        fine = webcam.enlarged(one.crop, _FINE, cv2.INTER_CUBIC)
        again = of_live if one.source in {"lfw", "nuaa-live", "nuaa-print"} else 2 * of_live
        for _ in range(max(1, round(again * share))):
            real = one.source == "nuaa-print"
            made.append((_camera(one.crop, fine, rng), real, one.source))
            if not real:
                kind = species[int(rng.integers(len(species)))]
                shown = recapture.filmed(recapture.SPECIES[kind](fine, rng), 112, rng)
                made.append((shown, True, "made-up"))
    return _labelled(made)


def _camera(crop: Pixels, fine: Pixels, rng: np.random.Generator) -> Pixels:
    """Return a face through some webcam, or as it is."""
    return crop if rng.random() < 0.25 else recapture.filmed(fine, 112, rng)


def sitters(pictures: Sequence[Picture]) -> list[staging.Sitter]:
    """Return the live people of a set, ready for staging. NUAA's crops have no room around."""
    return [
        staging.sitter(one.pixels, one.face)
        for one in pictures
        if one.source in {"lfw", "utkface", "yale"}
    ]


def around_set(
    pictures: Sequence[Picture],
    *,
    share: float,
    seed: int,
    species: Sequence[str] = _USUAL,
    of_each: int = 5,
    side: int = 96,
    too_bright: float = 0.35,
) -> Labelled:
    """Return squares around faces (N, side, side, 3): live scenes and made-up attacks, as many."""
    rng = np.random.default_rng(seed)
    people = sitters(pictures)
    made: list[tuple[Pixels, bool, str]] = []
    for number in range(round(len(people) * of_each * share)):
        one = people[number % len(people)]
        kind = species[int(rng.integers(len(species)))]
        shown = staged_attacks.attack_scene(one, people, kind, rng, too_bright=too_bright)
        frame = staged_camera.frame_around(rng, shown.edges)
        made.append((staged_camera.through_camera(shown.scene, frame, rng, side), True, kind))
        # Most live faces in frames of the same shapes as the attacks: those alone tell nothing.
        chance = rng.random()
        if chance > 0.7:
            tight = chance > 0.85
            frame = staged_camera.tight_frame(rng) if tight else staged_camera.frame_around(rng)
        scene = staging.live_scene(one, people, rng)
        made.append((staged_camera.through_camera(scene, frame, rng, side), False, "live"))
    made += [
        (_as_it_is(one, side), False, "as it is") for one in pictures if one.source != "nuaa-print"
    ]
    return _labelled(made)


def _as_it_is(one: Picture, side: int) -> Pixels:
    x, y, width = one.face
    box = FaceBox(x - width / 2, y - width / 2, width, width)
    return surroundings(staging.without_black_ends(one.pixels), box, side)


def around_live(
    pictures: Sequence[Picture], *, seed: int, side: int
) -> dict[str, NDArray[np.uint8]]:
    """Return live squares by source: the pictures as frames, and made-up scenes."""
    rng = np.random.default_rng(seed)
    found: dict[str, list[Pixels]] = {}
    for one in pictures:
        found.setdefault(one.source, []).append(_as_it_is(one, side))
    people = sitters(pictures)
    found["made-up scenes"] = [
        staged_camera.through_camera(
            staging.live_scene(one, people, rng), staged_camera.frame_around(rng), rng, side
        )
        for one in people
    ]
    return {source: np.stack(all_of) for source, all_of in found.items()}


def _labelled(made: Sequence[tuple[Pixels, bool, str]]) -> Labelled:
    """Return a set in which live and attack weigh the same, and so do the kinds within each."""
    attack = np.array([is_attack for _, is_attack, _ in made])
    kinds = Counter((is_attack, kind) for _, is_attack, kind in made)
    # The root: a rare kind counts for more than its number, yet not so much that it is learned by
    # heart.
    raw = np.array([1 / np.sqrt(kinds[is_attack, kind]) for _, is_attack, kind in made])
    weight = np.where(attack, raw / raw[attack].sum(), raw / raw[~attack].sum()) * len(made) / 2
    return Labelled(np.stack([pixels for pixels, _, _ in made]), attack, weight)
