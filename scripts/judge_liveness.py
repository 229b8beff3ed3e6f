"""Judges the texture network where it was not taught: leave one person out, leave one source out.

    python scripts/judge_liveness.py ../shared/data [--json]

Trains smaller networks anew (fewer pictures and epochs than what ships, the same kind), each
without what it is then judged on:

- NUAA, leave one person out: taught on the other people, live and printed, and on a tenth of LFW.
  The limit is what 1 % of live pictures exceed of people not taught on: those of one more person
  of NUAA, and LFW's fold 8, whichever is higher.
- without NUAA at all: taught on LFW and made-up attacks, judged on NUAA's live faces and prints.
- each made-up attack species left out in turn, judged on it with LFW folds 7 and 8.

Single pictures, APCER and BPCER with Clopper-Pearson intervals, 95 %. The lock takes the mean over
five frames and more, and has the other layers beside it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from liveness_data import Picture, read_lfw, read_nuaa
from liveness_sets import texture_set
from numpy.typing import NDArray

from facelock.core.frames import Pixels
from facelock.core.intervals import clopper_pearson
from facelock.learning.liveness_network import LivenessNetwork, scores
from facelock.learning.liveness_training import Schedule, limit_at, train
from facelock.learning.recapture import SPECIES
from facelock.learning.threads import one_thread

BPCER = 0.01
SHORT = Schedule(epochs=5, patience=5)


def main() -> int:
    """Judge and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", metavar="NAME", help="one of the parts of the report")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    nuaa, lfw = read_nuaa(options.data), read_lfw(options.data)
    with one_thread():
        report = {
            name: judge()
            for name, judge in (
                ("nuaa_leave_one_person_out", partial(leave_people_out, nuaa, lfw)),
                ("without_nuaa", partial(leave_nuaa_out, nuaa, lfw)),
                *((f"without_{one}", partial(leave_species_out, one, lfw)) for one in SPECIES),
            )
            if options.only in (None, name)
        }
    print(json.dumps(report) if options.json else json.dumps(report, indent=2))
    return 0


def leave_people_out(nuaa: Sequence[Picture], lfw: Sequence[Picture]) -> dict[str, Any]:
    """Return the rates of each person left out, and of all of them together."""
    people = sorted({one.person for one in nuaa})
    taught, apart = (
        [one for one in lfw if one.fold <= 6][::8],
        [one for one in lfw if one.fold == 8],
    )
    counts, each = np.zeros(4, int), {}
    for number, person in enumerate(people):
        stop = people[(number + 1) % len(people)]
        learn = [one for one in nuaa if one.person not in {person, stop}]
        other = [one for one in nuaa if one.person == stop]
        network = _trained([*learn, *taught], other)
        limit = max(
            limit_at(_scores(network, apart, "lfw"), BPCER),
            float(np.quantile(_scores(network, other, "nuaa-live"), 1 - BPCER)),
        )
        left = [one for one in nuaa if one.person == person]
        found = _counted(network, limit, left)
        each[person] = _rates(found)
        counts += found
        print(f"person {person}: {each[person]}", file=sys.stderr, flush=True)
    return {"all": _rates(counts), "each": each}


def leave_nuaa_out(nuaa: Sequence[Picture], lfw: Sequence[Picture]) -> dict[str, Any]:
    """Return the rates on NUAA of a network that never saw a real print."""
    network = _trained(
        [one for one in lfw if one.fold <= 6][::2], [one for one in lfw if one.fold == 7]
    )
    limit = limit_at(_scores(network, [one for one in lfw if one.fold == 8], "lfw"), BPCER)
    return _rates(_counted(network, limit, nuaa))


def leave_species_out(name: str, lfw: Sequence[Picture]) -> dict[str, Any]:
    """Return the rates on a made-up species of a network that was taught the others."""
    others = [species for species in SPECIES if species != name]
    learn = [one for one in lfw if one.fold <= 6][::2]
    network = _trained(learn, [one for one in lfw if one.fold == 7], others)
    live = _scores(network, [one for one in lfw if one.fold == 8], "lfw")
    shown = texture_set([one for one in lfw if one.fold >= 7], share=0.34, seed=9, species=(name,))
    attacks = scores(network, shown.pictures[shown.attack])
    limit = limit_at(live, BPCER)
    filmed = scores(network, shown.pictures[~shown.attack])
    passed, denied = int((attacks <= limit).sum()), int((filmed > limit).sum())
    return _rates(np.array([passed, len(attacks), denied, len(filmed)]))


def _trained(
    learn: Sequence[Picture], stop: Sequence[Picture], species: Sequence[str] = tuple(SPECIES)
) -> LivenessNetwork:
    taught = texture_set(learn, share=0.34, seed=7, species=species)
    check = texture_set(stop, share=0.34, seed=8, species=species)
    return train(LivenessNetwork(112), taught, check, SHORT, lambda _text: None)


def _crops(pictures: Sequence[Picture], source: str) -> NDArray[np.uint8]:
    found: list[Pixels] = [one.crop for one in pictures if one.source == source]
    return np.stack(found) if found else np.zeros((0, 112, 112, 3), np.uint8)


def _scores(
    network: LivenessNetwork, pictures: Sequence[Picture], source: str
) -> NDArray[np.float64]:
    return scores(network, _crops(pictures, source))


def _counted(
    network: LivenessNetwork, limit: float, pictures: Sequence[Picture]
) -> NDArray[np.int64]:
    """Return attacks taken for live, attacks, live denied, live."""
    live = _scores(network, pictures, "nuaa-live")
    attacks = _scores(network, pictures, "nuaa-print")
    return np.array([(attacks <= limit).sum(), len(attacks), (live > limit).sum(), len(live)])


def _rates(counts: NDArray[np.int64]) -> dict[str, Any]:
    passed, attacks, denied, live = (int(one) for one in counts)
    return {
        "attacks": attacks,
        "apcer": round(passed / attacks, 4) if attacks else None,
        "apcer_interval": [round(end, 4) for end in clopper_pearson(passed, attacks)],
        "live": live,
        "bpcer": round(denied / live, 4) if live else None,
        "bpcer_interval": [round(end, 4) for end in clopper_pearson(denied, live)],
    }


if __name__ == "__main__":
    sys.exit(main())
