"""The option `--workers`: how many processes share a command's work."""

from __future__ import annotations

import argparse
import os


def add_workers(parser: argparse.ArgumentParser) -> None:
    """Add the option."""
    parser.add_argument(
        "--workers", type=_count, metavar="N", help="processes (default: one per core)"
    )


def workers_of(args: argparse.Namespace) -> int:
    """How many were asked for; else as many as there are processors for this process."""
    if args.workers:
        return int(args.workers)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 256:
        raise argparse.ArgumentTypeError("from 1 to 256")
    return number
