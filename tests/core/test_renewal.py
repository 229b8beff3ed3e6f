"""Whoever can be brought to a new network is; nobody is ever compared across two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from fakes import (
    DIMENSION,
    MODEL,
    STRAIGHT,
    made_up_calibration,
    made_up_profile,
    person_embedding,
)

from facelock.core.comparison import Embedding
from facelock.core.errors import NetworkMismatch
from facelock.core.frames import FaceCrop
from facelock.core.head import Head, NetworkId, network_sha256
from facelock.core.levels import Level
from facelock.core.renewal import Renewal, left_behind, renewable, renewal_of, renewed
from facelock.core.template import Profile, make_gallery
from facelock.core.threshold import Calibration

OTHER_BACKBONE = "e" * 64


def a_head(seed: int = 1) -> Head:
    """Return a head near the identity."""
    noise = np.random.default_rng(seed).normal(scale=0.02, size=(DIMENSION, DIMENSION))
    return Head((np.eye(DIMENSION) + noise).astype(np.float32), np.zeros(DIMENSION, np.float32))


HEAD = a_head()
NEW_HEAD = NetworkId(MODEL, network_sha256(MODEL, HEAD))
NEW_BACKBONE = NetworkId(OTHER_BACKBONE, network_sha256(OTHER_BACKBONE, HEAD))


def calibration(network: NetworkId) -> Calibration:
    made_up = made_up_calibration()
    return replace(
        made_up, model_sha256=network.model_sha256, features=HEAD.apply(made_up.features)
    )


def crop(number: int) -> FaceCrop:
    return FaceCrop(np.full((112, 112, 3), number, np.uint8))


def with_crops(profile: Profile, missing: int | None = None) -> Profile:
    samples = [
        replace(sample, crop=None if index == missing else crop(index))
        for index, sample in enumerate(profile.samples)
    ]
    return replace(profile, samples=tuple(samples))


def never(_: FaceCrop) -> Embedding:
    pytest.fail("the backbone is the same: no picture is needed")


def by_picture(person: int) -> Callable[[FaceCrop], Embedding]:
    def feature_of(seen: FaceCrop) -> Embedding:
        return person_embedding(person + 100, 0.3, int(seen.pixels[0, 0, 0]))

    return feature_of


@pytest.mark.parametrize(
    ("profile", "network", "needs"),
    [
        (made_up_profile(), NetworkId(MODEL, MODEL), Renewal.NOTHING),
        (made_up_profile(), NEW_HEAD, Renewal.FROM_FEATURES),
        (with_crops(made_up_profile()), NEW_HEAD, Renewal.FROM_FEATURES),
        (made_up_profile(), NEW_BACKBONE, Renewal.ENROL_AGAIN),
        (with_crops(made_up_profile()), NEW_BACKBONE, Renewal.FROM_CROPS),
        (with_crops(made_up_profile(), missing=3), NEW_BACKBONE, Renewal.ENROL_AGAIN),
    ],
)
def test_what_a_person_needs(profile: Profile, network: NetworkId, needs: Renewal) -> None:
    assert renewal_of(profile, network) is needs
    assert (profile in renewable([profile], network)) is (
        needs in (Renewal.FROM_FEATURES, Renewal.FROM_CROPS)
    )
    assert (profile in left_behind([profile], network)) is (needs is Renewal.ENROL_AGAIN)


def assert_under(profile: Profile, network: NetworkId, before: Profile) -> None:
    assert profile.network == network
    assert renewal_of(profile, network) is Renewal.NOTHING
    for sample in profile.samples:
        np.testing.assert_allclose(sample.embedding, HEAD.apply(sample.feature), atol=1e-6)
    kept = ("profile_id", "name", "created_at", "demo", "poses")
    assert all(getattr(profile, name) == getattr(before, name) for name in kept)
    assert [one.crop for one in profile.samples] == [one.crop for one in before.samples]
    assert {one.pose for one in profile.samples} == {STRAIGHT}
    gallery = make_gallery([profile], Level.BALANCED, demo=False, model_sha256=network.model_sha256)
    nearest = gallery.nearest(profile.samples[0].embedding)
    assert nearest is not None
    assert nearest.is_match


def test_under_a_new_head_everything_is_made_of_the_features() -> None:
    before = made_up_profile()
    after = renewed(before, NEW_HEAD, HEAD, calibration(NEW_HEAD), never)
    assert_under(after, NEW_HEAD, before)
    for sample, old in zip(after.samples, before.samples, strict=True):
        np.testing.assert_array_equal(sample.feature, old.feature)
        assert not np.allclose(sample.embedding, old.embedding, atol=1e-3)
    assert after.thresholds != before.thresholds


def test_under_a_new_backbone_everything_is_made_of_the_pictures() -> None:
    before = with_crops(made_up_profile())
    after = renewed(before, NEW_BACKBONE, HEAD, calibration(NEW_BACKBONE), by_picture(1))
    assert_under(after, NEW_BACKBONE, before)
    for index, sample in enumerate(after.samples):
        np.testing.assert_array_equal(sample.feature, person_embedding(101, 0.3, index))


def test_back_and_forth_between_two_heads_nothing_is_lost() -> None:
    before = made_up_profile()
    there = renewed(before, NEW_HEAD, HEAD, calibration(NEW_HEAD), never)
    identity, old = Head.identity(DIMENSION), NetworkId(MODEL, MODEL)
    back = renewed(there, old, identity, made_up_calibration(), never)
    for sample, first in zip(back.samples, before.samples, strict=True):
        np.testing.assert_allclose(sample.embedding, first.embedding, atol=1e-6)
    for level in Level:
        assert back.thresholds[level].value == pytest.approx(before.thresholds[level].value)


def test_without_pictures_a_new_backbone_is_refused() -> None:
    profile = with_crops(made_up_profile(), missing=0)
    with pytest.raises(NetworkMismatch, match="pictures"):
        renewed(profile, NEW_BACKBONE, HEAD, calibration(NEW_BACKBONE), by_picture(1))


@pytest.mark.security
def test_thresholds_are_never_taken_from_another_networks_calibration() -> None:
    with pytest.raises(NetworkMismatch, match="calibration"):
        renewed(made_up_profile(), NEW_HEAD, HEAD, made_up_calibration(), never)


@pytest.mark.security
def test_a_template_of_another_network_never_matches_not_even_its_own_numbers() -> None:
    """Both profiles hold the very probe; the one of the other network is not compared."""
    old, new = made_up_profile(1, "Ada"), replace(made_up_profile(2, "Bob"), model_sha256="a" * 64)
    for network, mine, other in ((MODEL, old, new), ("a" * 64, new, old)):
        gallery = make_gallery([old, new], Level.CONVENIENT, demo=False, model_sha256=network)
        assert set(gallery.owners) == {mine.profile_id}
        theirs = gallery.nearest(other.references[0].embedding)
        assert theirs is not None
        assert not theirs.is_match
    nobody = make_gallery([old, new], Level.CONVENIENT, demo=False, model_sha256="b" * 64)
    assert nobody.nearest(old.references[0].embedding) is None


@pytest.mark.security
def test_a_gallery_is_refused_by_probes_of_another_network() -> None:
    gallery = make_gallery([made_up_profile()], Level.BALANCED, demo=False, model_sha256=MODEL)
    gallery.check_network(MODEL)
    with pytest.raises(NetworkMismatch, match="gallery"):
        gallery.check_network("a" * 64)
