"""What becomes of an enrolled person when the network changes.

Embeddings of different networks cannot be compared, so everything that was made of the old ones is
made anew: embeddings, references, thresholds. Nobody has to enrol again where it can be helped:
under a new head the stored features do, under a new backbone the sealed pictures, if they were
kept. Otherwise the record stays as it is, and is not compared with anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import Enum

from facelock.core.comparison import Embedding
from facelock.core.errors import NetworkMismatch
from facelock.core.frames import FaceCrop
from facelock.core.head import Head, NetworkId
from facelock.core.template import Profile, Sample, make_references, make_thresholds
from facelock.core.threshold import Calibration


class Renewal(Enum):
    """What a profile needs before probes of the network in use can be compared with it."""

    NOTHING = "nothing"
    FROM_FEATURES = "from-features"  # same backbone, another head
    FROM_CROPS = "from-crops"  # another backbone, and every picture is there
    ENROL_AGAIN = "enrol-again"  # another backbone, and pictures are missing


def renewal_of(profile: Profile, network: NetworkId) -> Renewal:
    """Return what a profile needs under the network in use."""
    if profile.model_sha256 == network.model_sha256:
        return Renewal.NOTHING
    if profile.backbone_sha256 == network.backbone_sha256:
        return Renewal.FROM_FEATURES
    if all(sample.crop is not None for sample in profile.samples):
        return Renewal.FROM_CROPS
    return Renewal.ENROL_AGAIN


def left_behind(profiles: Sequence[Profile], network: NetworkId) -> tuple[Profile, ...]:
    """Return the profiles that no renewal can bring to the network in use: their face opens none.

    They are kept, their passphrase works, and the person enrols again.
    """
    return tuple(one for one in profiles if renewal_of(one, network) is Renewal.ENROL_AGAIN)


def renewable(profiles: Sequence[Profile], network: NetworkId) -> tuple[Profile, ...]:
    """Return the profiles that have to be renewed and can be."""
    routes = (Renewal.FROM_FEATURES, Renewal.FROM_CROPS)
    return tuple(one for one in profiles if renewal_of(one, network) in routes)


def renewed(
    profile: Profile,
    network: NetworkId,
    head: Head,
    calibration: Calibration,
    feature_of: Callable[[FaceCrop], Embedding],
) -> Profile:
    """Return the profile under the network in use; the rest of it as it was.

    `head` is that network's, `feature_of` its backbone, asked only where the backbone changed.
    Raises NetworkMismatch if the calibration is another network's, or if the profile cannot be
    renewed (`left_behind`).
    """
    check_calibration(calibration, network.model_sha256)
    if renewal_of(profile, network) is Renewal.ENROL_AGAIN:
        raise NetworkMismatch("pictures are missing that a new backbone would need")
    same_backbone = profile.backbone_sha256 == network.backbone_sha256
    samples = tuple(
        _renewed(sample, head, None if same_backbone else feature_of) for sample in profile.samples
    )
    references = make_references(samples)
    return replace(
        profile,
        backbone_sha256=network.backbone_sha256,
        model_sha256=network.model_sha256,
        samples=samples,
        references=references,
        thresholds=make_thresholds(samples, references, calibration, profile.appearances),
    )


def _renewed(
    sample: Sample, head: Head, feature_of: Callable[[FaceCrop], Embedding] | None
) -> Sample:
    feature = sample.feature
    if feature_of is not None and sample.crop is not None:
        feature = feature_of(sample.crop)
    return replace(sample, feature=feature, embedding=head.apply(feature))


def check_calibration(calibration: Calibration, model_sha256: str) -> None:
    """Raise NetworkMismatch unless the calibration was measured with this network.

    Its distances mean nothing under another one: a threshold taken from it could let anybody in.
    """
    if calibration.model_sha256 != model_sha256:
        raise NetworkMismatch("the calibration was measured with another network")
