"""What the comparison on ORL came to: values for programs, a table for people."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from facelock.services.orl_draws import PAIRS, RIGHT, TIMES, Draws, guessing_is_as_good
from facelock.services.orl_faces import OrlFaces
from facelock.services.orl_figures import Figure, Judged

NETWORKS: Final = MappingProxyType(
    {
        "reference": "the customer's network, trained on these training people",
        "head": "our backbone, its head triplet-trained on the same training people",
        "bare": "our backbone alone",
        "bundled": "the network that ships",
    }
)
DIFFERENCES: Final = (("head", "reference"), ("head", "bare"), ("bundled", "reference"))

_COLUMNS = {
    "accuracy_given": "accuracy (a)",
    "accuracy_chosen": "accuracy (b)",
    "eer": "EER",
    "tmr_at_fmr_1e-2": "TMR @ 1e-2",
    "tmr_at_fmr_1e-3": "TMR @ 1e-3",
    "auc": "AUC",
}
_ERRORS = {
    "fmr_given": "FMR (a)",
    "fnmr_given": "FNMR (a)",
    "fmr_chosen": "FMR (b)",
    "fnmr_chosen": "FNMR (b)",
}
_TITLES = {
    "split": "The customer's split",
    "leave_people_out": "Everybody left out of one training",
}

Figures: TypeAlias = Mapping[str, Figure]


@dataclass(frozen=True, eq=False)
class Protocol:
    """The networks on the same pairs."""

    people: int  # judged on
    mated: int
    non_mated: int
    judged: Mapping[str, Judged]  # by network
    given: Mapping[str, float]  # squared distance that comes with the network
    chosen: Mapping[str, tuple[float, ...]]  # of each fold's training people, squared distances
    differences: Mapping[tuple[str, str], Figures]


@dataclass(frozen=True, eq=False, kw_only=True)
class Report:
    """All of it."""

    faces: OrlFaces
    not_detected: tuple[str, ...]
    seed: int
    epochs: int
    folds: int
    protocols: Mapping[str, Protocol]
    draws: Mapping[str, Draws]  # of fifteen pairs of the split, by network, at (a)

    def values(self) -> dict[str, object]:
        """Return the JSON object. A figure that the comparisons cannot carry is null."""
        faces = self.faces
        return {
            "recipe": "reference-orl",
            "seed": self.seed,
            "epochs": self.epochs,
            "folds": self.folds,
            "people": len(faces.names),
            "images": len(faces.paths),
            "training_people": faces.names_of(~faces.is_test),
            "testing_people": faces.names_of(faces.is_test),
            "left_out": list(faces.left_out),
            "not_detected": len(self.not_detected),
            "undetected": list(self.not_detected),
            "networks": dict(NETWORKS),
            **{name: _protocol_values(one) for name, one in self.protocols.items()},
            "fifteen_pairs": {
                "draws": TIMES,
                "right_in_the_notebook": f"{RIGHT} of {PAIRS}",
                "guessing_as_good": guessing_is_as_good(),
                "networks": {name: asdict(one) for name, one in self.draws.items()},
            },
        }

    def lines(self) -> Iterator[str]:
        """Yield the report as text."""
        faces = self.faces
        yield (
            f"ORL: {len(faces.names)} people, {len(faces.paths)} pictures; trained on at most "
            f"{self.epochs} epochs, seed {self.seed}; without a detected face "
            f"{len(self.not_detected)}"
        )
        if faces.left_out:
            yield f"Not ORL's and left out: {', '.join(faces.left_out)}."
        for name, what in NETWORKS.items():
            yield f"  {name:10} {what}"
        for name, protocol in self.protocols.items():
            yield ""
            yield from self._protocol_lines(name, protocol)
        yield ""
        yield from self._draw_lines()
        yield ""
        yield from _NOTES

    def _protocol_lines(self, name: str, protocol: Protocol) -> Iterator[str]:
        faces = self.faces
        if name == "split":
            how = f"test people {' and '.join(faces.names_of(faces.is_test))}"
        else:
            how = f"{self.folds} folds over {protocol.people} people, mean over the folds"
        yield (
            f"{_TITLES[name]}: {how}; {protocol.mated:,} mated and "
            f"{protocol.non_mated:,} non-mated pairs"
        )
        yield from _table(protocol.judged, _COLUMNS)
        yield from _table(protocol.judged, _ERRORS)
        for network, given in protocol.given.items():
            chosen = ", ".join(f"{math.sqrt(one):.2f}" for one in protocol.chosen[network])
            yield f"  {network:10} Euclidean threshold (a) {math.sqrt(given):.2f}, (b) {chosen}"
        if all(one.resampled is not None for one in protocol.judged.values()):
            for (ours, theirs), figures in protocol.differences.items():
                yield f"  {ours} minus {theirs}: {_differences(figures)}"

    def _draw_lines(self) -> Iterator[str]:
        yield (
            f"Fifteen random pairs of the split, {TIMES:,} times: what {RIGHT} right of {PAIRS} "
            f"({RIGHT / PAIRS:.2f}) are worth"
        )
        for name, one in self.draws.items():
            yield (
                f"  {name:10} accuracy (a) {one.mean:.3f} on average, standard deviation "
                f"{one.deviation:.3f}; 95 % of the draws give {one.low:.2f} to {one.high:.2f}; "
                f"{one.as_good:.1%} give {RIGHT / PAIRS:.2f} or more"
            )
        yield f"  a coin     {guessing_is_as_good():.1%} of its draws give that or more"


_NOTES = (
    "(a) at the threshold that comes with the network: the customer's 3 (Euclidean); for ours the",
    "    distance that the product asks of two pictures at Balanced.",
    "(b) at the equal error threshold of the people it was trained on.",
    "Accuracies weigh mated and non-mated pairs the same, as pairs drawn by the flip of a coin do.",
    "A picture without a detected face matches nobody in ours. Intervals: 95 %, bootstrap over",
    "people; two people have none, and one of no width only says that no error was seen (so few",
    "people leave room for several percent). Unknown: too few pairs for one error at that FMR.",
    "Our backbone learnt from millions of public pictures of other people, the customer's network",
    "from these training people alone: two products are compared here, not two architectures.",
)


def _protocol_values(protocol: Protocol) -> dict[str, object]:
    return {
        "people": protocol.people,
        "mated": protocol.mated,
        "non_mated": protocol.non_mated,
        "networks": {
            name: {
                **_values(one.figures),
                "threshold_given": protocol.given[name],
                "thresholds_chosen": list(protocol.chosen[name]),
            }
            for name, one in protocol.judged.items()
        },
        "differences": {
            f"{ours} minus {theirs}": _values(figures)
            for (ours, theirs), figures in protocol.differences.items()
        },
    }


def _values(figures: Figures) -> dict[str, object]:
    return {
        **{name: one.value for name, one in figures.items()},
        "intervals": {
            name: None if one.interval is None else list(one.interval)
            for name, one in figures.items()
        },
    }


def _table(judged: Mapping[str, Judged], columns: Mapping[str, str]) -> Iterator[str]:
    yield "  " + "".join(f"{title:>14}" for title in ("", *columns.values())).rstrip()
    for name, one in judged.items():
        cells = [one.figures[column] for column in columns]
        yield f"  {name:14}" + "".join(f"{_rate(cell.value):>14}" for cell in cells)
        if any(cell.interval for cell in cells):
            yield f"  {'':14}" + "".join(f"{_span(cell):>14}" for cell in cells)


def _differences(figures: Figures) -> str:
    shown = []
    for name in ("accuracy_given", "accuracy_chosen", "eer", "tmr_at_fmr_1e-3"):
        one = figures[name]
        if one.value is not None and one.interval is not None:
            low, high = one.interval
            title = _COLUMNS[name]
            shown.append(f"{title} {one.value:+.4f} ({low:+.4f} to {high:+.4f})")
    return ", ".join(shown)


def _rate(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.4f}"


def _span(figure: Figure) -> str:
    return "" if figure.interval is None else "{:.3f}-{:.3f}".format(*figure.interval)
