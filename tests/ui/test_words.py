"""Every value that may reach a person has a sentence of its own."""

from __future__ import annotations

import inspect

import pytest

from facelock.core import errors
from facelock.core.attempt import Accepted, Inconclusive, Rejected
from facelock.core.enrolment import Guidance, Pose
from facelock.core.observation import Gathering, Match, NoFace, NonMatch, PresentationAttack
from facelock.core.policy import Why
from facelock.core.quality import Defect
from facelock.ui.error_text import error_text
from facelock.ui.guidance_text import (
    defect_sentence,
    guidance_sentence,
    observation_sentence,
    passphrase_only_sentence,
    pose_name,
    verdict_sentence,
)

UNEXPECTED = error_text(RuntimeError("x"))
LEAVES = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, errors.FacelockError) and not kind.__subclasses__()
]


@pytest.mark.parametrize("kind", LEAVES, ids=lambda kind: kind.__name__)
def test_every_error_says_what_to_do(kind: type[errors.FacelockError]) -> None:
    sentence = error_text(kind("a secret detail"))
    assert sentence.endswith(".")
    assert sentence != UNEXPECTED
    assert "secret detail" not in sentence


def test_an_unknown_error_points_to_the_log() -> None:
    assert "log" in UNEXPECTED


@pytest.mark.parametrize("guidance", Guidance)
def test_every_guidance_is_one_short_sentence(guidance: Guidance) -> None:
    sentence = guidance_sentence(guidance)
    assert sentence.endswith(".")
    assert len(sentence) < 90


@pytest.mark.parametrize("defect", Defect)
def test_every_defect_is_something_to_change(defect: Defect) -> None:
    assert defect_sentence(defect).endswith(".")


@pytest.mark.parametrize("why", Why)
def test_every_reason_for_the_passphrase_is_explained(why: Why) -> None:
    assert "passphrase" in passphrase_only_sentence(why)


def test_no_sentence_of_the_lock_tells_how_near_a_face_was() -> None:
    seen = (
        NoFace(),
        Gathering(3),
        NonMatch(5, 0.61, 0.6),
        NonMatch(5, 3.9, 0.6),
        Match("a", 5, 0.59, 0.6),
        PresentationAttack("surroundings"),
    )
    sentences = [observation_sentence(one) for one in seen]
    assert sentences[1] == sentences[2] == sentences[3] == sentences[4]
    assert not any(character.isdigit() for sentence in sentences for character in sentence)


def test_every_verdict_has_its_own_sentence() -> None:
    verdicts = (Accepted("a"), Rejected("no-match"), Rejected("surroundings"), Inconclusive())
    assert len({verdict_sentence(verdict) for verdict in verdicts}) == 4


def test_every_pose_has_a_name() -> None:
    assert len({pose_name(pose) for pose in Pose}) == 5
