"""Trains the surroundings network from scratch and writes it to models/.

    python scripts/train_liveness.py ../shared/data [--out models] [--first-stage FILE]

Learned on: LFW folds 1-6 (one picture a person), half of UTKFace and of Yale, and NUAA's live crops
as they are, with the made-up scenes and attacks of learning/staging.py and staged_attacks.py. LFW
fold 7 says when to stop. Fold 8 and the other halves were never learned on: how many of their
living faces lie above which score is printed at the end, and the limit in vision/surroundings.py
follows from it. Then: python scripts/pin_models.py --write.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

import numpy as np
from liveness_data import read_lfw, read_nuaa, read_utkface, read_yale
from liveness_sets import Sources, around_live, around_set

from facelock.learning.liveness_network import LivenessNetwork, from_onnx, scores, to_onnx
from facelock.learning.liveness_training import Schedule, limit_at, train
from facelock.learning.threads import one_thread
from facelock.vision.surroundings import LIMIT, SIDE

BPCER = 0.01
WIDTH = 1.5  # of the surroundings network


def main() -> int:
    """Train what was asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=Path("models"))
    parser.add_argument("--first-stage", type=Path, help="its file, not to be trained again")
    parser.add_argument("--share", type=float, default=1.0, help="of the pictures, to try it out")
    options = parser.parse_args()
    sources = Sources.of(
        read_lfw(options.data)
        + read_utkface(options.data)
        + read_yale(options.data)
        + read_nuaa(options.data)
    )
    tell(f"faces: {sources.counts()}")
    with one_thread():
        _surroundings(sources, options)
    return 0


def tell(text: str) -> None:
    """Print at once: this takes long."""
    print(text, flush=True)


def _surroundings(sources: Sources, options: argparse.Namespace) -> None:
    """Train on small pictures first, then, without normalisation, on finer ones."""
    if options.first_stage is None:
        learn = around_set(sources.learn, share=options.share, seed=4)
        stop = around_set(sources.stop, share=options.share, seed=5)
        tell(f"surroundings: {len(learn.pictures)} pictures, {int(learn.attack.sum())} attacks")
        network = train(LivenessNetwork(96, width=WIDTH), learn, stop, Schedule(), tell)
        first = to_onnx(network, "liveness_surroundings")
    else:
        first = options.first_stage.read_bytes()
    side = SIDE
    finer = partial(around_set, share=options.share, of_each=4, side=side, too_bright=0.45)
    learn, stop = finer(sources.learn, seed=14), finer(sources.stop, seed=15)
    tell(f"surroundings, finer: {len(learn.pictures)} pictures, {int(learn.attack.sum())} attacks")
    fine = Schedule(epochs=5, rate=6e-4)
    network = train(from_onnx(first, side, width=WIDTH), learn, stop, fine, tell)
    _write(network, "liveness_surroundings", options.out)
    for source, pictures in around_live(sources.test, seed=6, side=side).items():
        _tell_limit("surroundings", source, scores(network, pictures))


def _write(network: LivenessNetwork, name: str, folder: Path) -> None:
    data = to_onnx(network, name)
    (folder / f"{name}.onnx").write_bytes(data)
    tell(f"{name}.onnx: {len(data)} bytes")


def _tell_limit(network: str, source: str, live: np.typing.NDArray[np.float64]) -> None:
    """Print how living faces score, and how many lie above the limit in force."""
    enough = len(live) * BPCER >= 1
    limit = f"{limit_at(live, BPCER):.2f}" if enough else "too few to say"
    tell(
        f"{network} on {source}: n={len(live)} median {np.median(live):.2f} most {live.max():.2f} "
        f"limit at BPCER {BPCER}: {limit} above {LIMIT}: {np.mean(live > LIMIT):.4f}"
    )


if __name__ == "__main__":
    sys.exit(main())
