"""Builds that are killed at random moments: the release is the old one or the new one, whole, each time.

    python benchmarks/kill_builds.py [ARTICLES...] [--kills 50] [--seed 1] [--processes 1]

Without ARTICLES it takes the seeds. One release is built of all but the last tenth of the articles, and overwritten
again and again by one of all of them, with a cache, by a process that is killed (SIGKILL) at a random moment of the
time that it would take. After each kill every file of the release at the output must have the digest that its manifest
gives, and all must be those of the old release or of the new one. In the end one more run must give the same bytes as
one that nobody disturbed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from gtdlike.article import Article
from gtdlike.reading import read


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", nargs="*", default=[str(Path(__file__).parents[1] / "seeds")])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        try_out(Path(folder), options)


def try_out(folder: Path, options: argparse.Namespace) -> None:
    articles = [item for item in read(options.articles) if isinstance(item, Article)]
    write(articles[: len(articles) * 9 // 10], folder / "some.jsonl")
    write(articles, folder / "all.jsonl")
    old, _ = build(folder / "some.jsonl", folder / "old", options)
    new, _ = build(folder / "all.jsonl", folder / "new", options)
    assert old != new, "Give more articles: the two releases must differ."
    # Undisturbed, and with all articles in the cache: as long as most of the builds that are killed would take.
    cache = folder / "beside" / "cache"
    _, seconds = build(folder / "all.jsonl", folder / "again", options, cache)
    _, shortest = build(folder / "all.jsonl", folder / "and again", options, cache)
    shutil.rmtree(cache)

    output, chance, found = folder / "beside" / "release", random.Random(options.seed), Counter[str]()
    shutil.copytree(folder / "old", output)
    for number in range(options.kills):
        if contents(output) == new:
            shutil.rmtree(output)
            shutil.copytree(folder / "old", output)
        # Every second kill comes when a release is being written, as far as this can be foreseen.
        moment = chance.uniform(0, seconds) if number % 2 else chance.uniform(0.75, 1.05) * shortest
        process = subprocess.Popen(command(folder / "all.jsonl", output, options, cache), stderr=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL)  # fmt: skip
        time.sleep(moment)
        process.kill()
        done = process.wait() == 0
        there = contents(output)
        check(output, there)
        assert there in (old, new), f"kill {number}: the release is neither the old one nor the new one"
        left = "; something is left beside it" if len(list(output.parent.iterdir())) > 2 else ""
        what = "the new one" if there == new else "the old one"
        found[f"{what}, {'the build was done' if done else 'the build was killed'}{left}"] += 1
    for what, times in sorted(found.items()):
        print(f"{times:>5} times: {what}")
    build(folder / "all.jsonl", output, options, cache)
    assert contents(output) == new
    assert {path.name for path in output.parent.iterdir()} == {"release", "cache"}
    print(f"{options.kills} kills of builds of {len(articles)} articles ({shortest:.1f} to {seconds:.1f} s each). "
          "No release was missing or half; the last run gave the same bytes as an undisturbed one.")  # fmt: skip


def write(articles: list[Article], path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        for one in articles:
            record = {name: getattr(one, name) for name in ("id", "text", "title", "published", "source", "url")}
            print(json.dumps(record, default=str), file=file)


def command(articles: Path, output: Path, options: argparse.Namespace, cache: Path | None) -> list[str]:
    keep = ["--cache", str(cache)] if cache else ["--no-cache"]
    words = ["-m", "gtdlike", "build", str(articles), "-o", str(output), "--overwrite", *keep]
    return [sys.executable, *words, "--processes", str(options.processes)]


def build(
    articles: Path, output: Path, options: argparse.Namespace, cache: Path | None = None
) -> tuple[dict[str, str], float]:
    start = time.perf_counter()
    subprocess.run(command(articles, output, options, cache), check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)  # fmt: skip
    return contents(output), time.perf_counter() - start


def contents(release: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in release.iterdir()}


def check(release: Path, there: dict[str, str]) -> None:
    told = json.loads((release / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert all(there.get(name) == file["sha256"] for name, file in told.items()), "a file is not as its manifest says"


if __name__ == "__main__":
    main()
