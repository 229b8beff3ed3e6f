"""What the core needs from outside, as protocols. Adapters implement them, fakes too."""

from __future__ import annotations

from typing import Protocol

from facelock.core.comparison import Embedding
from facelock.core.frames import DetectedFace, FaceCrop, Frame, Landmarks
from facelock.core.head import Head
from facelock.core.liveness import Judgement, Layer
from facelock.core.look import Look


class FrameSource(Protocol):
    """A camera. Opened, read and closed by one and the same thread."""

    @property
    def simulated(self) -> bool:
        """True for anything but a physical camera."""
        ...

    def open(self) -> None:
        """Start. Raises CameraNotFound, CameraBusy or CameraDenied. Opening twice is an error."""
        ...

    def read(self) -> Frame:
        """Wait for the next frame. Raises CameraLost, CameraFrozen, or EOFError at a clip's end."""
        ...

    def skip(self) -> None:
        """Let one frame pass, as cheaply as the source can. Raises what `read` raises."""
        ...

    def close(self) -> None:
        """Release the camera. May be called at any time, any number of times."""
        ...


class FaceDetector(Protocol):
    """Finds faces."""

    def detect(self, frame: Frame) -> tuple[DetectedFace, ...]:
        """Return all faces, largest first."""
        ...


class LandmarkFinder(Protocol):
    """Finds the 468 points of one face."""

    def find(self, frame: Frame, face: DetectedFace) -> Landmarks:
        """Return the landmarks of `face` in frame pixels."""
        ...


class Embedder(Protocol):
    """The Siamese network, one input at a time: a frozen backbone, then a head."""

    @property
    def backbone_sha256(self) -> str:
        """Identifies the backbone; its features serve under every head."""
        ...

    @property
    def model_sha256(self) -> str:
        """Identifies backbone and head; embeddings of different ones cannot be compared."""
        ...

    @property
    def head(self) -> Head:
        """What turns a feature into an embedding."""
        ...

    def with_head(self, head: Head | None) -> Embedder:
        """Return the same backbone under another head; None: the one it was loaded with.

        Both serve, in one thread. Raises ModelCorrupt if the head does not fit.
        """
        ...

    def feature(self, crop: FaceCrop) -> Embedding:
        """Return the backbone's unit feature of an aligned face, (D_in,) float32."""
        ...

    def embed(self, crop: FaceCrop) -> Embedding:
        """Return the unit embedding, `head.apply(feature(crop))`, (D,) float32."""
        ...


class Liveness(Protocol):
    """Presentation attack detection on the tracked face. It can only ever deny, or keep waiting."""

    def begin(self, layers: frozenset[Layer]) -> None:
        """Forget the face seen so far: a new attempt begins, under these layers."""
        ...

    def restart(self) -> None:
        """Forget the evidence, not a denial: another face is there, in the same attempt."""
        ...

    def judge(self, frame: Frame, look: Look, *, usable: bool) -> Judgement:
        """Return what all layers say together after this frame, which shows one face.

        `usable`: its quality would do for a comparison. A denial stays until `begin`.
        """
        ...


class Clock(Protocol):
    """Time, passed in so that tests need no sleeping."""

    def monotonic(self) -> float:
        """Seconds since some fixed moment; never goes back."""
        ...

    def wall(self) -> float:
        """Seconds since the epoch."""
        ...

    def boot_id(self) -> str:
        """Name the present boot of the machine; empty if it cannot be known."""
        ...


class SecretKeeper(Protocol):
    """Where the device secret lives: the OS keyring, or nowhere (`NoKeyring`)."""

    @property
    def is_persistent(self) -> bool:
        """False if the secret is forgotten when the app closes."""
        ...

    def get(self, name: str) -> bytes | None:
        """Return a secret, None if there is none of that name. Raises KeyringUnavailable."""
        ...

    def put(self, name: str, secret: bytes) -> None:
        """Keep a secret. Raises KeyringUnavailable."""
        ...

    def delete(self, name: str) -> None:
        """Forget a secret; nothing happens if there is none. Raises KeyringUnavailable."""
        ...
