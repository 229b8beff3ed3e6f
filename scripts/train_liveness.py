"""Trains the two passive liveness networks from scratch and writes them to models/.

    python scripts/train_liveness.py ../shared/data [--out models] [--only texture|surroundings]

Learned on: LFW folds 1-6 (one picture a person), half of UTKFace, of Yale, and all of NUAA, live
and printed, with the made-up attacks of learning/recapture.py and learning/staging.py. LFW fold 7
says when to stop. Fold 8 and the other halves were never learned on: from them come the limits
(at most 1 % of single live pictures above, for each source) that are printed at the end and stand
in vision/passive.py. Then: python scripts/pin_models.py --write.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
from liveness_data import read_lfw, read_nuaa, read_utkface, read_yale
from liveness_sets import Sources, around_live, around_set, texture_live, texture_set

from facelock.learning.liveness_network import LivenessNetwork, scores, to_onnx
from facelock.learning.liveness_training import Schedule, limit_at, train
from facelock.learning.threads import one_thread

BPCER = 0.01


def main() -> int:
    """Train what was asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=Path("models"))
    parser.add_argument("--only", choices=("texture", "surroundings"))
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
        if options.only != "surroundings":
            _texture(sources, options)
        if options.only != "texture":
            _surroundings(sources, options)
    return 0


def tell(text: str) -> None:
    """Print at once: this takes long."""
    print(text, flush=True)


def _texture(sources: Sources, options: argparse.Namespace) -> None:
    learn = texture_set(sources.learn, share=options.share, seed=1)
    tell(f"texture: {len(learn.pictures)} pictures, {int(learn.attack.sum())} attacks")
    network = train(
        LivenessNetwork(112),
        learn,
        texture_set(sources.stop, share=options.share, seed=2),
        Schedule(),
        tell,
    )
    _write(network, "liveness_texture", options.out)
    for source, pictures in texture_live(sources.test, seed=3).items():
        _tell_limit("texture", source, scores(network, pictures))


def _surroundings(sources: Sources, options: argparse.Namespace) -> None:
    learn = around_set(sources.learn, share=options.share, seed=4)
    tell(f"surroundings: {len(learn.pictures)} pictures, {int(learn.attack.sum())} attacks")
    network = train(
        LivenessNetwork(96, width=1.5),
        learn,
        around_set(sources.stop, share=options.share, seed=5),
        Schedule(),
        tell,
    )
    _write(network, "liveness_surroundings", options.out)
    for source, pictures in around_live(sources.test, seed=6).items():
        _tell_limit("surroundings", source, scores(network, pictures))


def _write(network: LivenessNetwork, name: str, folder: Path) -> None:
    data = to_onnx(network, name)
    (folder / f"{name}.onnx").write_bytes(data)
    tell(f"{name}.onnx: {len(data)} bytes")


def _tell_limit(network: str, source: str, live: np.typing.NDArray[np.float64]) -> None:
    enough = len(live) * BPCER >= 1
    limit = f"{limit_at(live, BPCER):.2f}" if enough else "too few to say"
    tell(
        f"{network} on {source}: n={len(live)} median {np.median(live):.2f} "
        f"limit at BPCER {BPCER}: {limit} most {live.max():.2f}"
    )


if __name__ == "__main__":
    sys.exit(main())
