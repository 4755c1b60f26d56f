"""The local engine: articles are coded in this process or in a pool of processes, in the order of the input."""

from __future__ import annotations

import os
import warnings
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING

from gtdlike.article import Article
from gtdlike.coding.base import Coder
from gtdlike.engines.outcome import Outcome, code_article, default_coder, failed, unreadable
from gtdlike.engines.pool import Pool, PoolError

if TYPE_CHECKING:
    from gtdlike.reading import Unreadable

SMALL = 400
"""Fewer articles than this are coded sooner in this process than a pool is ready."""
CHUNK_ARTICLES = 32
CHUNK_CHARACTERS = 200_000
"""A chunk ends at either limit, so that neither many briefs nor a few books keep one process busy alone."""


def run(
    items: Iterable[Article | Unreadable], *, coder: Coder | None = None, processes: int | None = None
) -> Iterator[Outcome]:
    """Code articles and give their outcomes in the order of the input, as they come.

    Without `coder` the rule coder codes. Without `processes` a small input is coded in this process and a larger one
    in as many processes as there are processors; the outcomes are the same. Input is read only a few chunks ahead of
    the outcomes. An article on which the coder raises, or on which a process dies, has the fate `failed`.
    """
    if processes is not None and processes < 1:
        raise ValueError(f"processes={processes}: give 1 or more, or leave it out to let the size of the input decide.")
    return _run(items, default_coder() if coder is None else coder, processes)


def _run(items: Iterable[Article | Unreadable], coder: Coder, processes: int | None) -> Iterator[Outcome]:
    stream = iter(items)
    wanted = processes or _processors()
    if wanted == 1:
        yield from _here(stream, coder)
        return
    if processes is None:
        head = list(islice(stream, SMALL))
        if len(head) < SMALL:
            yield from _here(head, coder)
            return
        stream = chain(head, stream)
    try:
        pool = Pool(coder, wanted)
    except PoolError as error:
        # The work can be done without a pool, only slower, so this is no reason to stop.
        warnings.warn(f"Coding in one process: {error}", RuntimeWarning, stacklevel=2)
        yield from _here(stream, coder)
        return
    with pool:
        yield from _in_pool(stream, pool)


def _here(items: Iterable[Article | Unreadable], coder: Coder) -> Iterator[Outcome]:
    for item in items:
        yield code_article(item, coder) if isinstance(item, Article) else unreadable(item)


def _in_pool(stream: Iterator[Article | Unreadable], pool: Pool) -> Iterator[Outcome]:
    chunks = _chunks(stream)
    pending = deque(_submitted(chunk, pool) for chunk in islice(chunks, pool.look_ahead))
    while pending:
        chunk, job = pending.popleft()
        outcomes = iter(pool.results(job))
        for item in chunk:
            yield _whole(item, next(outcomes)) if isinstance(item, Article) else unreadable(item)
        pending.extend(_submitted(following, pool) for following in islice(chunks, 1))


def _submitted(chunk: list[Article | Unreadable], pool: Pool) -> tuple[list[Article | Unreadable], int]:
    return chunk, pool.submit([item for item in chunk if isinstance(item, Article)])


def _whole(article: Article, result: Outcome | str) -> Outcome:
    """A worker sends its outcome without the article, whose text need not travel back; a message means it died."""
    if isinstance(result, str):
        return failed(article, result)
    return Outcome(article, None, result.fate, result.coded, result.message)


def _chunks(items: Iterator[Article | Unreadable]) -> Iterator[list[Article | Unreadable]]:
    chunk: list[Article | Unreadable] = []
    size = 0
    for item in items:
        chunk.append(item)
        size += len(item.text) if isinstance(item, Article) else 0
        if len(chunk) >= CHUNK_ARTICLES or size >= CHUNK_CHARACTERS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _processors() -> int:
    """The processors that this process may use, which in a container can be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
