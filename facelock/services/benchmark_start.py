"""The shortest way from a fresh process to one embedding: what a cold start costs."""

from __future__ import annotations

from facelock.core.frames import Frame
from facelock.services.loading import load_pipeline
from facelock.vision.portrait import Sitter, load_portrait


def first_embedding() -> int:
    """Load and verify the models, see the built-in face, embed it; return the dimension.

    Raises ModelError; ValueError if the built-in face is not found, which cannot happen.
    """
    pixels = load_portrait(Sitter.COLLINS).pixels
    pipeline = load_pipeline()
    look = pipeline.look(Frame(pixels.copy(), captured_at=0.0, simulated=True))
    if look.face is None:
        message = "the built-in face was not found"
        raise ValueError(message)
    return int(pipeline.embed(look.face).shape[0])
