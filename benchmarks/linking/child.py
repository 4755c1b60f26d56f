"""One measurement of ours, in a process of its own: `python -m benchmarks.linking.child MENTIONS SEED`.

A file of coded rows may stand for both arguments.

The clock runs from coded incidents in memory to linked incidents in memory. What is generated comes before it, and the
settings and codebook are loaded with a first, small run.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attrs import astuple

from benchmarks.linking.coded import read
from benchmarks.linking.mentions import Mention, mentions
from benchmarks.linking.pairs import Key, quality
from gtdlike.linking import Linked, link_members
from gtdlike.linking.linked import Member


def members(told: Sequence[Mention]) -> list[Member]:
    """The mentions as linking takes them."""
    return [Member(one.article, one.coded, telling=one.telling) for one in told]


def clusters(linked: Sequence[Linked]) -> dict[Key, int]:
    """The number of the incident that each telling was linked to."""
    return {(m.article.id, m.telling): number for number, one in enumerate(linked) for m in one.members}


def peak() -> float:
    """The most memory that this process ever had, in MiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # In bytes on macOS, in KiB elsewhere.
    return most / (2**20 if sys.platform == "darwin" else 2**10)


def measure(told: Sequence[Mention]) -> dict[str, Any]:
    """Link mentions: seconds by the clock and of the processor, MiB before and at most, and the quality."""
    given = members(told)
    link_members(given[:100])
    before = peak()
    start, busy = time.perf_counter(), time.process_time()
    linked = link_members(given)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    most = peak()
    found = quality(clusters(linked), {(one.article.id, one.telling): one.truth for one in told})
    told_of = {"incidents": len(linked), "quality": astuple(found)}
    return {"seconds": seconds, "busy": busy, "before": before, "peak": most} | told_of


if __name__ == "__main__":
    given = mentions(int(sys.argv[1]), int(sys.argv[2])) if len(sys.argv) > 2 else read(Path(sys.argv[1]))
    print(json.dumps(measure(given)))
