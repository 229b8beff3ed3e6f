"""What the network gives for the portrait; `scripts/pin_models.py --write` renews it.

If it changes, every enrolled template is void: the model hash must change too, so that people are
renewed or told to enrol again.
"""

from __future__ import annotations

EMBEDDING = (
    0.0133,
    0.0018,
    0.0001,
    0.0036,
    -0.0121,
    -0.0729,
    0.0342,
    -0.1053,
    -0.0512,
    -0.0600,
    0.0134,
    -0.0024,
    -0.0008,
    0.0034,
    -0.0028,
    0.0615,
    0.0022,
    0.0028,
    0.0029,
    0.0086,
    -0.0198,
    -0.0238,
    -0.0227,
    0.0038,
)
"""The first numbers of the portrait's embedding."""
