"""How many attacks get through, and how many living faces do not (ISO/IEC 30107-3).

A folder holds `live/` and, beside it, one folder for each attack species. A presentation is one
clip or one picture. Recognition takes no part: only the layers of liveness are judged.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from facelock.core.errors import EvaluationError, PictureError
from facelock.core.intervals import clopper_pearson
from facelock.core.levels import RULES, Level
from facelock.core.liveness import CHALLENGES, LAYERS, PASSIVE, Denied, Layer, Shown
from facelock.core.quality import PROBE_LIMITS
from facelock.vision.liveness import PASSIVE_FRAMES
from facelock.vision.simulated_camera import ClipRange, SimulatedCamera

if TYPE_CHECKING:
    from facelock.core.frames import Frame
    from facelock.services.recognition import FacePipeline

LIVE = "live"
_PICTURES = frozenset({".bmp", ".jpeg", ".jpg", ".pgm", ".png", ".ppm", ".tif", ".tiff", ".webp"})
_CLIPS = frozenset({".avi", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".webm", ".wmv"})
_STEP = 0.1  # seconds between two looks at a still picture

Answer: TypeAlias = Literal["live", "denied", "no response"]
Tell: TypeAlias = Callable[[str, float], object]


@dataclass(frozen=True)
class Presentation:
    """One clip or picture, shown to the camera."""

    path: Path
    species: str  # name of its folder; LIVE for living faces

    @property
    def is_picture(self) -> bool:
        """True if it is a single frame."""
        return self.path.suffix.lower() in _PICTURES


@dataclass(frozen=True)
class Outcome:
    """What liveness said of a presentation."""

    presentation: Presentation
    answer: Answer
    layer: Layer | None = None  # that denied
    why: str = ""  # there was no response
    frame: Frame | None = field(default=None, repr=False)  # on which it was said; or the last one


@dataclass(frozen=True)
class SpeciesReport:
    """All presentations of one folder."""

    species: str
    presentations: int
    pictures: int
    denied: int
    live: int  # taken for live
    denied_by: dict[Layer, int]
    reasons: dict[str, int]  # of no response

    @property
    def responses(self) -> int:
        """How many got an answer."""
        return self.denied + self.live

    @property
    def non_response(self) -> float:
        """Share without an answer."""
        return 1 - self.responses / self.presentations

    @property
    def errors(self) -> int:
        """Living faces denied, or attacks taken for live."""
        return self.denied if self.species == LIVE else self.live

    @property
    def error_rate(self) -> float | None:
        """BPCER of `live`, APCER of a species; of the presentations with an answer."""
        return self.errors / self.responses if self.responses else None

    @property
    def interval(self) -> tuple[float, float]:
        """Clopper-Pearson, 95 %."""
        return clopper_pearson(self.errors, self.responses)


@dataclass(frozen=True)
class LivenessReport:
    """The result of an evaluation."""

    level: Level
    layers: frozenset[Layer]
    species: tuple[SpeciesReport, ...]  # `live` first
    outcomes: tuple[Outcome, ...] = field(repr=False)

    @property
    def attacks(self) -> tuple[SpeciesReport, ...]:
        """The species, without `live`."""
        return self.species[1:]

    @property
    def worst(self) -> SpeciesReport | None:
        """The species with the highest APCER: the one that counts."""
        told = [one for one in self.attacks if one.error_rate is not None]
        return max(told, key=lambda one: one.error_rate or 0.0, default=None)


def find_presentations(folder: Path) -> list[Presentation]:
    """Return all clips and pictures, `live` first, then by name. Raises EvaluationError."""
    if not folder.is_dir():
        raise EvaluationError(f"there is no folder {folder}")
    if not (folder / LIVE).is_dir():
        raise EvaluationError(
            f"{folder} has no folder {LIVE}/: put living faces there, and each kind of attack into "
            "a folder of its own beside it"
        )
    names = sorted(entry.name for entry in folder.iterdir() if _is_species(entry))
    if not names:
        raise EvaluationError(f"{folder} has no attacks: put each kind into a folder beside {LIVE}")
    found = []
    for name in (LIVE, *names):
        below = [Presentation(path, name) for path in _media_below(folder / name)]
        if not below:
            raise EvaluationError(f"no clip and no picture in {folder / name}")
        found += below
    return found


def _is_species(entry: Path) -> bool:
    return entry.is_dir() and entry.name != LIVE and not entry.name.startswith(".")


def _media_below(folder: Path) -> Iterator[Path]:
    """Yield what can be shown. Links to folders are not followed: they may lead in circles."""
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(root, name)
            if not name.startswith(".") and path.suffix.lower() in _PICTURES | _CLIPS:
                yield path


def layers_for(level: Level) -> frozenset[Layer]:
    """Return the layers that can be judged on recordings: a clip answers no challenge."""
    return LAYERS[level] - CHALLENGES


def evaluate_liveness(
    presentations: Sequence[Presentation],
    pipeline: FacePipeline,
    level: Level,
    tell: Tell = lambda _what, _share: None,
) -> LivenessReport:
    """Show each presentation to the layers of a level, and count."""
    layers = layers_for(level)
    outcomes = []
    for number, one in enumerate(presentations):
        tell("presentations", number / len(presentations))
        outcomes.append(_shown(one, pipeline, level, layers))
    tell("presentations", 1.0)
    names = dict.fromkeys(one.species for one in presentations)
    reports = tuple(_report(name, outcomes) for name in names)
    return LivenessReport(level, layers, reports, tuple(outcomes))


def _report(name: str, outcomes: Sequence[Outcome]) -> SpeciesReport:
    own = [one for one in outcomes if one.presentation.species == name]
    answers = Counter(one.answer for one in own)
    return SpeciesReport(
        species=name,
        presentations=len(own),
        pictures=sum(one.presentation.is_picture for one in own),
        denied=answers["denied"],
        live=answers["live"],
        denied_by=dict(Counter(one.layer for one in own if one.layer is not None)),
        reasons=dict(Counter(one.why for one in own if one.why)),
    )


def _shown(
    one: Presentation, pipeline: FacePipeline, level: Level, layers: frozenset[Layer]
) -> Outcome:
    pipeline.restart()
    camera = SimulatedCamera(ClipRange(one.path), realtime=False, loop=False)
    try:
        camera.open()
    except PictureError:
        return Outcome(one, "no response", why="unreadable")
    try:
        if one.is_picture:
            pipeline.liveness.begin(layers & PASSIVE)
            return _judged(one, pipeline, _still(camera.read()), 1e9, usable=True)
        pipeline.liveness.begin(layers)
        return _judged(one, pipeline, _frames(camera), RULES[level].attempt_seconds, usable=None)
    except PictureError:
        return Outcome(one, "no response", why="unreadable")
    finally:
        camera.close()


def _frames(camera: SimulatedCamera) -> Iterator[Frame]:
    while True:
        try:
            yield camera.read()
        except EOFError:
            return


def _still(frame: Frame) -> Iterator[Frame]:
    """Yield one picture as often as the network asks for frames."""
    for number in range(PASSIVE_FRAMES):
        yield replace(frame, captured_at=number * _STEP)


def _judged(
    one: Presentation,
    pipeline: FacePipeline,
    frames: Iterator[Frame],
    limit: float,
    *,
    usable: bool | None,
) -> Outcome:
    """Return the first answer. `usable`: None for what the frame's quality says."""
    causes: Counter[str] = Counter()
    first: float | None = None
    frame: Frame | None = None
    for frame in frames:
        first = frame.captured_at if first is None else first
        if frame.captured_at - first > limit:
            break
        look = pipeline.look(frame)
        if look.face is None or look.faces > 1:
            pipeline.liveness.restart()
            causes["no face" if look.face is None else "several faces"] += 1
            continue
        fit = not PROBE_LIMITS.defects(look.face.report) if usable is None else usable
        said = pipeline.liveness.judge(frame, look, usable=fit)
        if isinstance(said, Denied):
            return Outcome(one, "denied", layer=said.layer, frame=frame)
        if isinstance(said, Shown):
            return Outcome(one, "live", frame=frame)
        causes["too little seen"] += 1
    common = causes.most_common(1)
    return Outcome(one, "no response", why=common[0][0] if common else "no frames", frame=frame)
