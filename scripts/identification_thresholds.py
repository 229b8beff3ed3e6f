"""Print the threshold at FMR / N for N people with one look each, at every level.

`python scripts/identification_thresholds.py`: N, the FMR of one comparison, and the distance that
keeps it; "name" where the bundled calibration cannot carry it, so that the lock asks for a name.
"""

from __future__ import annotations

from facelock.core.attempt import LOOKS
from facelock.core.levels import RULES, Level
from facelock.services.calibration import load_calibration

PEOPLE = (1, 2, 5, 10, 20, 50)


def main() -> None:
    """Print the table."""
    calibration = load_calibration()
    print(f"strictest FMR of a comparison: {calibration.strictest_fmr:.2e}")
    print("level       " + "".join(f"{f'N = {count}':>14}" for count in PEOPLE))
    for level in Level:
        cells = []
        for count in PEOPLE:
            rate = RULES[level].attempt_fmr / (len(LOOKS) * count)
            distance, _ = calibration.distance_at(rate)
            fits = rate >= calibration.strictest_fmr * (1 - 1e-9)
            shown = f"{distance:.3f}" if fits or count == 1 else "name"
            cells.append(f"{shown:>14}")
        print(f"{level.value:12}" + "".join(cells))


if __name__ == "__main__":
    main()
