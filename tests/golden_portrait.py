"""What the network gives for the portrait; `scripts/pin_models.py --write` renews it.

If it changes, every enrolled template is void: the model hash must change too, so that people are
renewed or told to enrol again.
"""

from __future__ import annotations

EMBEDDING = (
    0.0130,
    0.0004,
    -0.0003,
    0.0036,
    -0.0119,
    -0.0762,
    0.0296,
    -0.1073,
    -0.0448,
    -0.0525,
    0.0140,
    -0.0026,
    -0.0012,
    0.0022,
    -0.0030,
    0.0602,
    0.0015,
    0.0024,
    0.0030,
    0.0090,
    -0.0209,
    -0.0258,
    -0.0213,
    0.0042,
)
"""The first numbers of the portrait's embedding."""
