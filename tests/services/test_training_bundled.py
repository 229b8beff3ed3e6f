"""The recipes of the network that ships, on drawn people and a small network."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import cv2
import numpy as np
import pytest
import torch
from drawn_faces import drawn_crops
from numpy.typing import NDArray
from small_network import SMALL, small_network
from small_training_set import ENOUGH, counts, see_aligned_faces, write_set

from facelock.core.errors import Cancelled
from facelock.core.head import Head
from facelock.learning.heads import ResidualHead
from facelock.learning.network import MobileFaceNet
from facelock.learning.onnx_export import to_onnx
from facelock.learning.tuning import averaged, features_of, to_input
from facelock.learning.weights import sha256_of, weights_from_bytes
from facelock.services import training_bundled, training_route, training_routes
from facelock.services.training import RECIPES as REGISTRY
from facelock.services.training import open_run, run_recipe
from facelock.services.training_judge import RATES, SEVERITIES
from facelock.services.training_recipe import Outcome
from facelock.services.training_route import SHARES, Candidate, choose
from facelock.services.training_routes import BUNDLED, ROUTES
from facelock.services.training_run import Event, Progress, Remark
from facelock.vision.head_file import head_from_bytes

RECIPES = {recipe.name: recipe for recipe in training_bundled.RECIPES}
NETWORK, HEAD = (
    next(name for name, route in ROUTES.items() if route.trains == what)
    for what in ("network", "head")
)
STEPS, EPOCHS = 2, 2


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_set(tmp_path_factory.mktemp("data"), counts(2))


@pytest.fixture(scope="module", autouse=True)
def _small() -> Iterator[None]:
    """A network of few channels, and one route of either kind: few steps, and long ones."""
    routes = {
        name: replace(ROUTES[name], steps=STEPS, frozen=1, learning_rate=0.01)
        for name in (NETWORK, HEAD)
    }
    with pytest.MonkeyPatch.context() as patch:
        see_aligned_faces(patch)
        patch.setattr(training_route, "bare_network", small_network)
        patch.setattr(training_route, "_VIEWS", 2)
        patch.setattr(training_routes, "ROUTES", MappingProxyType(routes))
        patch.setattr(training_routes, "BUNDLED", NETWORK)
        yield


@dataclass(frozen=True)
class Done:
    """A run that came to its end."""

    out: Path
    outcome: Outcome
    told: list[Event]


@pytest.fixture(scope="module")
def done(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Done:
    """Return the run of `bundled`, which several tests look at."""
    out, told = tmp_path_factory.mktemp("runs") / "bundled", list[Event]()
    return Done(out, go(data, out, tell=told.append), told)


def go(
    data: Path,
    out: Path,
    recipe: str = "bundled",
    *,
    tell: Callable[[Event], object] = lambda _event: None,
    stop: Callable[[], bool] = lambda: False,
    resume: bool = False,
) -> Outcome:
    folder, settings = open_run(RECIPES[recipe], data, out, epochs=EPOCHS, resume=resume)
    return run_recipe(RECIPES[recipe], data, folder, settings, tell=tell, should_stop=stop)


def contents(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir()}


def outputs(backbone: bytes, crops: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return what OpenCV makes of aligned faces with an ONNX file."""
    net = cv2.dnn.readNetFromONNX(np.frombuffer(backbone, np.uint8))
    net.setInput(to_input(crops).contiguous().numpy())
    return np.asarray(net.forward(), np.float32)


def trained(out: Path) -> MobileFaceNet:
    """Return the network as a run left it at the end of the training."""
    network = small_network()
    network.load_state_dict(saved_weights(out / f"{NETWORK}.safetensors"))
    return network


def logged(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "log.jsonl").read_text().splitlines()]


def saved_weights(path: Path) -> dict[str, torch.Tensor]:
    saved = path.read_bytes()
    return weights_from_bytes(saved, sha256=sha256_of(saved))


def marked_share(outcome: Outcome, route: str) -> float:
    """Return how far along a route the network is that was chosen."""
    lines = (line for line in outcome.lines if line.startswith(route) and " * " in line)
    (marked,) = lines
    return float(marked.removeprefix(f"{route}, ").split()[0])


def stops_when(what: str, count: int) -> tuple[Callable[[Event], None], Callable[[], bool]]:
    """Return a `tell` and a `should_stop` that says yes once that was told."""
    told: list[tuple[str, int]] = []

    def tell(event: Event) -> None:
        if isinstance(event, Progress):
            told.append((event.what, event.done))

    return tell, lambda: (what, count) in told


def test_a_run_leaves_a_backbone_and_a_head_that_load(done: Done) -> None:
    kept = contents(done.out)
    assert set(kept) == {
        *("run.json", "log.jsonl", "result.json"),
        *(f"{NETWORK}.safetensors", "backbone.onnx", "head.safetensors"),
    }
    assert head_from_bytes(kept["head.safetensors"]).is_identity
    bare, after, mixed = small_network(), trained(done.out), small_network()
    on_the_way = {}
    for share in SHARES:
        mixed.load_state_dict(averaged(bare, after, share))
        on_the_way[to_onnx(mixed)] = share
    assert len(on_the_way) == len(SHARES)  # the training moved something
    share = on_the_way[kept["backbone.onnx"]]
    assert marked_share(done.outcome, NETWORK) == share
    mixed.load_state_dict(averaged(bare, after, share))
    crops = drawn_crops(3)
    assert np.abs(outputs(kept["backbone.onnx"], crops) - features_of(mixed, crops)).max() < 1e-4


def test_the_parts_that_are_kept_are_kept(done: Done) -> None:
    after = trained(done.out).state_dict()
    same = {name for name, one in small_network().state_dict().items() if after[name].equal(one)}
    assert {name.split(".")[0] for name in same} <= {"stem", "blocks"}
    assert {name for name in after if name.startswith("stem.")} <= same
    assert not any(name.startswith("head.") and name.endswith(".conv.weight") for name in same)


def test_what_is_done_and_what_came_of_it_is_told(done: Done) -> None:
    told, outcome = done.told, done.outcome
    remarks = [event.text for event in told if isinstance(event, Remark)]
    assert f"{2 * ENOUGH} faces of {ENOUGH} people train" in remarks[0]
    assert f"{2 * ENOUGH} of {ENOUGH} are held out" in remarks[0]
    assert outcome.lines[0] == remarks[0]
    assert Progress("faces", 4 * ENOUGH, 4 * ENOUGH) in told
    assert Progress(NETWORK, EPOCHS, EPOCHS) in told
    assert all(0 <= event.done <= event.total for event in told if isinstance(event, Progress))
    log = logged(done.out)
    assert [(line["part"], line["epoch"]) for line in log] == [(NETWORK, 1), (NETWORK, 2)]
    assert all(0 <= line["validation"] <= 1 for line in log)  # the best weights are kept
    result = json.loads((done.out / "result.json").read_text())
    assert set(result) == set(outcome.values) == {"bare", NETWORK}
    assert set(result[NETWORK]) == {f"{share:.2f}" for share in SHARES}
    for figures in (result["bare"], *result[NETWORK].values()):
        assert set(figures) == {str(severity) for severity in SEVERITIES}
        assert all(0 <= rate <= 1 for rates in figures.values() for rate in rates)


@pytest.fixture
def two_threads() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(before)


@pytest.mark.usefixtures("two_threads")
def test_every_route_leaves_its_own_files_whatever_came_between(data: Path, tmp_path: Path) -> None:
    go(data, tmp_path / "whole", "bundled-routes")
    whole = contents(tmp_path / "whole")
    for what, count in (("faces", 3), (NETWORK, 1), (HEAD, 1)):
        tell, stop = stops_when(what, count)
        begun = (tmp_path / "halved").exists()
        with pytest.raises(Cancelled):
            go(data, tmp_path / "halved", "bundled-routes", tell=tell, stop=stop, resume=begun)
    assert torch.get_num_threads() == 2
    outcome = go(data, tmp_path / "halved", "bundled-routes", resume=True)
    assert contents(tmp_path / "halved") == whole
    assert {line["validation"] for line in logged(tmp_path / "whole")} == {
        None
    }  # all go to the end
    made = {name for name in whole if name.endswith((".onnx", "head.safetensors"))}
    assert made == {
        *(f"{NETWORK}-backbone.onnx", f"{NETWORK}-head.safetensors"),
        *(f"{HEAD}-backbone.onnx", f"{HEAD}-head.safetensors", f"{HEAD}.safetensors"),
    }
    head = head_from_bytes(whole[f"{HEAD}-head.safetensors"])
    learnt = ResidualHead(SMALL.embedding)
    learnt.load_state_dict(saved_weights(tmp_path / "whole" / f"{HEAD}.safetensors"))
    assert not head.is_identity
    share, weight = marked_share(outcome, HEAD), learnt.weight.detach().numpy()
    assert np.abs(head.weight - np.eye(len(weight)) - share * weight).max() < 1e-6
    assert np.abs(head.bias - share * learnt.bias.detach().numpy()).max() < 1e-6
    assert whole[f"{HEAD}-backbone.onnx"] == to_onnx(small_network())


def a_candidate(share: float, clean: float, worse: float) -> Candidate:
    figures = {0: (clean,) * len(RATES), 3: (worse,) * len(RATES)}
    return Candidate(share, figures, b"", Head.identity(2))


@pytest.mark.parametrize(
    ("found", "best"),
    [
        ([(0.9, 0.5), (0.9, 0.7), (0.9, 0.6)], 1),  # the best score
        ([(0.9, 0.5), (0.7, 0.99), (0.79, 0.9)], 0),  # the others are worse on clean faces
        ([(0.8, 0.3), (0.7, 0.9)], 0),  # as good as the bare backbone is good enough
        ([(0.7, 0.2), (0.7, 0.5), (0.6, 0.5)], 1),  # all are worse there
        ([(0.9, 0.5), (0.9, 0.5)], 0),  # the nearer to the bare backbone
    ],
)
def test_the_best_is_chosen_of_those_no_worse_on_clean_faces(
    found: list[tuple[float, float]], best: int
) -> None:
    bare = a_candidate(0, 0.8, 0.4).figures
    candidates = tuple(a_candidate(place, *rates) for place, rates in enumerate(found))
    assert choose(candidates, bare) is candidates[best]


def test_the_network_that_ships_is_made_along_a_known_route() -> None:
    assert BUNDLED in ROUTES
    assert all(route.summary for route in ROUTES.values())
    assert {"bundled", "bundled-routes"} <= set(REGISTRY)
    assert all(0 < share <= 1 for share in SHARES)
    assert list(SHARES) == sorted(SHARES)
