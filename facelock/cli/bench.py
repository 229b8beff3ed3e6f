"""`facelock bench`: how long things take on this machine."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING

from facelock.cli.arguments import About, add_command
from facelock.cli.exit_codes import Exit
from facelock.cli.output import Output
from facelock.cli.presence_text import presence_lines, presence_values, visits_lines
from facelock.cli.search_text import search_lines, search_values

if TYPE_CHECKING:
    from facelock.cli.arguments import Commands
    from facelock.services.benchmark_presence import PresenceBenchmark
    from facelock.services.benchmark_search import SearchBenchmark
    from facelock.services.benchmark_visits import TimesOfVisits

LARGEST = 1_000_000

_DESCRIPTION = """\
Measure start, frame, unlock and memory on this machine, on the built-in public-domain faces.

first paint: from the start of the process to the painted lock page, passphrase field usable
cold first embedding: from the start of a process to the first embedding, no camera
frame: detect, align, measure and embed 640 x 480, one thread
time to unlock: from the first frame with a face to accepted, simulated camera at 30 frames/s
memory: resident, the window locked and scanning
verify: from the start of the process to its end, on a demo profile, the face already in view
presence check: processor time of two 640 x 480 JPEG frames a second, decoded and looked at; and the
  same in real time, in two threads, a camera of 30 frames/s beside it
leaving to locked: from the last frame with the owner to the lock, on the camera's clock
returning to unlocked: from the first frame with a face, the camera watching at 2 frames/s, to
  accepted; camera clock and measured computing time, the camera already on
window (with --presence alone, nine seconds a return): the real window at Strict in real time, from
  the moment the owner begins to leave, or to come into the picture, until it shows its lock, or its
  pages
1:N search: one probe against so many made-up templates, exact, and the memory they take
vault: a file put in and taken out, one core, until it is on the disk
FPIR: how often a stranger is taken for one of N enrolled people, on the bundled impostors

The faces are rendered, so liveness is left out of these figures: it would find them."""

_ROWS = (
    ("first_paint_s", "first paint", "s"),
    ("cold_first_embedding_s", "cold start to first embedding", "s"),
    ("frame_ms_p50", "frame, median", "ms"),
    ("frame_ms_p95", "frame, 95 %", "ms"),
    ("seconds_to_unlock_p50", "face in view to unlocked, median", "s"),
    ("seconds_to_unlock_p95", "face in view to unlocked, 95 %", "s"),
    ("rss_locked_mb", "memory, locked and scanning", "MB"),
    ("verify_s", "verify, start to verdict", "s"),
)


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "bench",
        run,
        About(
            summary="measure how fast all of this is here",
            description=_DESCRIPTION,
            examples=(
                "facelock bench",
                "facelock bench --json --runs 9",
                "facelock bench --search",
                "facelock bench --presence --returns 50",
            ),
            exits={Exit.OK: "it was measured"},
        ),
    )
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="starts timed (5)")
    parser.add_argument("--unlocks", type=int, default=10, metavar="N", help="unlocks timed (10)")
    parser.add_argument("--returns", type=int, default=50, metavar="N", help="returns timed (50)")
    alone = parser.add_mutually_exclusive_group()
    alone.add_argument("--search", action="store_true", help="1:N search and FPIR alone")
    alone.add_argument("--presence", action="store_true", help="leaving and coming back alone")
    parser.add_argument(
        "--largest",
        type=int,
        default=LARGEST,
        metavar="N",
        help="templates in the largest gallery searched (%(default)s)",
    )


def run(args: argparse.Namespace) -> int:
    """Measure and print. Raises ModelError, StoreUnwritable."""
    out = Output(as_json=args.json)

    def tell(what: str) -> None:
        out.note(f"measuring: {what} ...")

    values: dict[str, object] = {}
    lines: list[str] = []
    if not (args.search or args.presence):
        values, lines = _machine(args, tell)
        vault_values, vault_lines = _vault(tell)
        values["vault"] = vault_values
        lines += vault_lines
    if not args.search:
        presence = _presence(args.returns, tell)
        values["presence"] = presence_values(presence)
        lines += presence_lines(presence)
    if args.presence:
        visits = _visits(max(args.returns, 1), tell)
        values["window"] = None if visits is None else asdict(visits)
        lines += visits_lines(visits)
    if not args.presence:
        search = _search(args.largest, tell)
        values["search"] = search_values(search)
        lines += search_lines(search)
    out.result(values, lines)
    return Exit.OK


def _machine(
    args: argparse.Namespace, tell: Callable[[str], object]
) -> tuple[dict[str, object], list[str]]:
    from facelock.services.benchmark import run_benchmark
    from facelock.services.benchmark_verify import seconds_to_verdict

    result = run_benchmark(runs=max(args.runs, 1), unlocks=max(args.unlocks, 1), tell=tell)
    tell("verify, from its start to its end")
    values = {**asdict(result), "verify_s": seconds_to_verdict(max(args.runs, 1))}
    lines = [f"{label:34} {_text(values[key]):>11} {unit}" for key, label, unit in _ROWS]
    lines.append(f"torch imported on the way: {'yes' if result.torch_imported else 'no'}")
    return values, lines


def _vault(tell: Callable[[str], object]) -> tuple[dict[str, object], list[str]]:
    from facelock.services.benchmark_vault import run_vault_benchmark

    tell("the vault")
    values = asdict(run_vault_benchmark())
    rows = (("import_mib_s", "vault, file put in"), ("export_mib_s", "vault, file taken out"))
    return values, [f"{label:34} {_text(values[key]):>11} MiB/s" for key, label in rows]


def _presence(returns: int, tell: Callable[[str], object]) -> PresenceBenchmark:
    from facelock.services.benchmark_presence import run_presence_benchmark
    from facelock.services.calibration import load_calibration
    from facelock.services.demo_cast import DemoCast
    from facelock.services.loading import load_pipeline
    from facelock.services.simulation import enrol_from

    tell("a demo profile")
    pipeline, cast = load_pipeline(), DemoCast(realtime=False)
    owner = enrol_from(lambda: [cast.owner_enrolment()], pipeline, load_calibration()).profile
    return run_presence_benchmark(pipeline, owner, returns=max(returns, 1), tell=tell)


def _visits(tries: int, tell: Callable[[str], object]) -> TimesOfVisits | None:
    from facelock.services.benchmark_visits import time_visits
    from facelock.services.calibration import load_calibration
    from facelock.services.loading import load_pipeline

    tell(f"the window, as somebody comes and goes {tries} times")
    return time_visits(load_pipeline(), load_calibration(), tries)


def _search(largest: int, tell: Callable[[str], object]) -> SearchBenchmark:
    from facelock.services.benchmark_search import TEMPLATES, run_search_benchmark
    from facelock.services.calibration import load_calibration

    sizes = [size for size in TEMPLATES if size <= largest] or [max(largest, 1)]
    return run_search_benchmark(load_calibration(), tell, templates=sizes)


def _text(value: object) -> str:
    return "no display" if value is None else f"{value:g}"
