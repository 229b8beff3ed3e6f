"""What one frame showed, once compared: every exit of the pipeline is one of these values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from facelock.core.quality import Defect


@dataclass(frozen=True)
class NoFace:
    """Nobody is in the picture, or it is too dark to tell."""

    too_dark: bool = False
    black: bool = False  # for two seconds: the shutter is closed, or there is no light at all


@dataclass(frozen=True)
class SeveralFaces:
    """More than one face counts: refused, and never a failed attempt."""

    count: int


@dataclass(frozen=True)
class NewCamera:
    """A face, seen by a camera that no enrolled person's face opens with. Never compared.

    A passphrase binds the camera (threat-model row 3).
    """

    camera_id: str


@dataclass(frozen=True)
class PoorQuality:
    """There is a face, but not one fit for comparison. Never a failed attempt."""

    defects: tuple[Defect, ...]


@dataclass(frozen=True)
class PresentationAttack:
    """The liveness layer denies. Final for the attempt."""

    reason: str  # name of the layer that denied, for the log


@dataclass(frozen=True)
class Gathering:
    """A usable frame was fused into the probe; no comparison was due yet."""

    usable_frames: int


@dataclass(frozen=True)
class Unproven:
    """The fused probe is somebody's, and liveness has not seen enough yet. Opens nothing."""

    usable_frames: int


@dataclass(frozen=True)
class NonMatch:
    """The fused probe was compared with every template and is nobody's."""

    usable_frames: int
    distance: float = field(repr=False)  # to the nearest template, squared Euclidean, 0-4
    threshold: float = field(repr=False)  # of that template


@dataclass(frozen=True)
class Match:
    """The fused probe lies within the threshold of one enrolled person."""

    profile_id: str
    usable_frames: int
    distance: float = field(repr=False)
    threshold: float = field(repr=False)


Observation: TypeAlias = (
    NoFace
    | SeveralFaces
    | NewCamera
    | PoorQuality
    | PresentationAttack
    | Gathering
    | Unproven
    | NonMatch
    | Match
)
