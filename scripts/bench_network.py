"""The network that ships beside the bare backbone, on people it never saw: the card's main table.

    python scripts/bench_network.py ../shared/data [--out figures.json]
    python scripts/bench_network.py ../shared/data --folds 5,6,7,8 --severities 0

LFW fold 8, all pictures against all, clean and at each severity of the degraded protocol; its
official pairs for the accuracy, in ten parts, each at the threshold that is best on the other nine;
and NUAA's live webcam pictures, all against all. Folds 5 to 7 were not trained or chosen on either;
with them there are enough people to say something at FMR 1e-5. Every comparison is `facelock
evaluate --beside-bare`: the same faces through both networks, one embedding a face, the same
resamples.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import io
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from facelock.cli.main import main as facelock
from facelock.learning.degradation import SEVERITIES

PARTS = 10


def evaluate(*arguments: str) -> dict[str, Any]:
    """Return the report of `facelock evaluate --beside-bare`. Raises SystemExit if it fails."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        code = facelock(["evaluate", *arguments, "--beside-bare", "--json"])
    if code != 0:
        raise SystemExit(code)
    report: dict[str, Any] = json.loads(printed.getvalue())
    return report


def link_folds(lfw: Path, folds: set[int], folder: Path) -> None:
    """Make a folder of the people of some folds, and a table of their pairs, in ten parts."""
    with (lfw / "people.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if int(row["fold"]) in folds:
                source = (lfw / "images" / row["person"]).resolve()
                (folder / "people" / row["person"]).symlink_to(source)
    with (lfw / "pairs.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
        pairs = [row for row in rows if int(row["fold"]) in folds]
    with (folder / "pairs.tsv").open("w", encoding="utf-8") as table:
        table.write("fold\timage_a\timage_b\tmated\n")
        for number, row in enumerate(pairs):
            part = number % PARTS + 1
            table.write(f"{part}\t{row['image_a']}\t{row['image_b']}\t{row['mated']}\n")


def lines_of(name: str, report: dict[str, Any]) -> list[str]:
    """Return the lines of one comparison."""
    lines = [f"{name}: {report['mated']} mated, {report['non_mated']} non-mated"]
    ours, bare = report, report["bare"]
    for rate, tmr in ours["tmr_at_fmr"].items():
        if tmr is None:
            lines.append(f"  TMR at FMR {rate}: too few comparisons")
            continue
        low, high = report["difference"]["intervals"]["tmr_at_fmr"][rate]
        change = report["difference"]["tmr_at_fmr"][rate]
        both = f"bare {100 * bare['tmr_at_fmr'][rate]:.2f}, ours {100 * tmr:.2f}"
        interval = f"({100 * low:+.2f} to {100 * high:+.2f})"
        lines.append(f"  TMR at FMR {rate}: {both}, difference {100 * change:+.2f} {interval}")
    if (accuracy := ours["accuracy_10fold"]) is not None:
        low, high = report["difference"]["intervals"]["accuracy_10fold"]
        lines.append(
            f"  accuracy: bare {100 * bare['accuracy_10fold']:.2f}, ours {100 * accuracy:.2f}, "
            f"difference interval {100 * low:+.2f} to {100 * high:+.2f}"
        )
    return lines


def _numbers(text: str) -> set[int]:
    return {int(part) for part in text.split(",")}


def main() -> int:
    """Measure, print, and write what was asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", type=_numbers, default={8}, help="default: 8")
    parser.add_argument(
        "--severities", type=_numbers, default={0, *SEVERITIES}, help="default: 0 and all others"
    )
    parser.add_argument("--out", type=Path, help="write all reports as JSON")
    options = parser.parse_args()
    lfw, reports = options.data / "lfw", {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "people").mkdir()
        link_folds(lfw, options.folds, folder)
        table, images = str(folder / "pairs.tsv"), str(lfw / "images")
        reports["pairs"] = evaluate(table, "--images", images)
        for severity in sorted(options.severities):
            people = str(folder / "people")
            reports[f"severity {severity}"] = evaluate(people, "--degrade", str(severity))
    reports["nuaa"] = evaluate(str(options.data / "nuaa" / "live"))
    for name, report in reports.items():
        print("\n".join(lines_of(name, report)))
    if options.out is not None:
        kept = json.dumps(reports, indent=1) + "\n"
        options.out.write_text(kept, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
