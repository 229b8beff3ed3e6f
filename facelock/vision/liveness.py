"""The place of presentation attack detection. This version checks nothing, and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from facelock.core.look import Look


class NoLiveness:
    """Implements `core.ports.Liveness` without a single check: a printed photo can pass.

    `is_active` is False, and every screen and report says that liveness is not active.
    """

    @property
    def is_active(self) -> bool:
        """False."""
        return False

    def judge(self, look: Look) -> str | None:  # noqa: ARG002 - the port's signature
        """Deny nothing."""
        return None

    def reset(self) -> None:
        """Nothing is remembered."""
