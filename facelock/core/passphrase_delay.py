"""How long a person waits after wrong passphrases: longer and longer, and never for good.

Only the face path locks out (threat-model row 11): after the longest delay the right passphrase
always opens. Pure; time is an argument.
"""

from __future__ import annotations

from dataclasses import dataclass

FREE_TRIES = 4
"""Wrong ones in a row that cost nothing: people mistype."""

FIRST_SECONDS = 5.0
LONGEST_SECONDS = 300.0
_MOST_DOUBLINGS = 10  # beyond the longest already; keeps the power small


def delay_after(wrong: int) -> float:
    """Return the seconds to wait after so many wrong passphrases in a row."""
    if wrong <= FREE_TRIES:
        return 0.0
    doublings = min(wrong - FREE_TRIES - 1, _MOST_DOUBLINGS)
    return min(FIRST_SECONDS * 2.0**doublings, LONGEST_SECONDS)


@dataclass(frozen=True)
class WrongPassphrases:
    """How often in a row a person's passphrase was wrong, and when the next is taken."""

    count: int = 0
    until: float = 0.0  # seconds, same clock as `now`; no try before

    def one_more(self, now: float) -> WrongPassphrases:
        """Return what holds after another wrong one at `now`. A longer wait is never cut short."""
        count = self.count + 1
        return WrongPassphrases(count, max(self.until, now + delay_after(count)))

    def seconds_left(self, now: float) -> float:
        """Return how long to wait from `now`; 0 if the next one is taken at once."""
        return min(max(0.0, self.until - now), LONGEST_SECONDS)
