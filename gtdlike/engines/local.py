"""The local engine: articles are coded in this process or in a pool of processes, in the order of the input."""

from __future__ import annotations

import os
import warnings
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeAlias

from gtdlike.article import Article
from gtdlike.coding.base import Coder
from gtdlike.engines.outcome import Outcome, code_article, default_coder, failed, unreadable
from gtdlike.engines.pool import Pool, PoolError

if TYPE_CHECKING:
    from gtdlike.engines.cache import Cache
    from gtdlike.reading import Unreadable

Item: TypeAlias = "Article | Unreadable | Outcome"
"""What is to be coded, what cannot be, and what is coded already and only keeps its place in the order."""

SMALL = 400
"""Fewer articles than this are coded sooner in this process than a pool is ready."""
AHEAD = 50 * SMALL
"""So many items are read ahead, at the most, to see whether so many articles are to be coded."""
CHUNK_ARTICLES = 32
CHUNK_CHARACTERS = 200_000
"""A chunk ends at either limit, so that neither many briefs nor a few books keep one process busy alone."""


def run(
    items: Iterable[Article | Unreadable],
    *,
    coder: Coder | None = None,
    processes: int | None = None,
    cache: Cache | None = None,
) -> Iterator[Outcome]:
    """Code articles and give their outcomes in the order of the input, as they come.

    Without `coder` the rule coder codes. Without `processes` a small input is coded in this process and a larger one
    in as many processes as there are processors; the outcomes are the same. Input is read only a few chunks ahead of
    the outcomes. An article on which the coder raises, or on which a process dies, has the fate `failed`. What is in
    the `cache` is not coded again, and what is not is put there; the outcomes are the same.
    """
    if processes is not None and processes < 1:
        raise ValueError(f"processes={processes}: give 1 or more, or leave it out to let the size of the input decide.")
    coder = default_coder() if coder is None else coder
    return _run(items, coder, processes) if cache is None else _recalling(items, coder, processes, cache)


def _recalling(
    items: Iterable[Article | Unreadable], coder: Coder, processes: int | None, cache: Cache
) -> Iterator[Outcome]:
    """The outcomes of a run that passes over what the cache has."""
    recalled: deque[Outcome] = deque()

    def to_do() -> Iterator[Item]:
        for item in items:
            known = cache.get(item) if isinstance(item, Article) else None
            if known is not None:
                recalled.append(known)
            yield known or item

    for outcome in _run(to_do(), coder, processes):
        # The order is kept, so the next one that was recalled is the next that can come out.
        if recalled and outcome is recalled[0]:
            recalled.popleft()
        else:
            cache.put(outcome)
        yield outcome


def _run(items: Iterable[Item], coder: Coder, processes: int | None) -> Iterator[Outcome]:
    stream = iter(items)
    wanted = processes or _processors()
    if wanted == 1:
        yield from _here(stream, coder)
        return
    if processes is None:
        head, articles = [], 0
        for item in stream:
            head.append(item)
            articles += isinstance(item, Article)
            if articles == SMALL:
                break
            if articles == 0 or len(head) == AHEAD:
                yield from _here(head, coder)
                head, articles = [], 0
        if articles < SMALL:
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


def _here(items: Iterable[Item], coder: Coder) -> Iterator[Outcome]:
    for item in items:
        yield code_article(item, coder) if isinstance(item, Article) else _settled(item)


def _settled(item: Unreadable | Outcome) -> Outcome:
    """The outcome of what need not be coded."""
    return item if isinstance(item, Outcome) else unreadable(item)


def _in_pool(stream: Iterator[Item], pool: Pool) -> Iterator[Outcome]:
    chunks = _chunks(stream)
    pending = deque(_submitted(chunk, pool) for chunk in islice(chunks, pool.look_ahead))
    while pending:
        chunk, job = pending.popleft()
        outcomes = iter(pool.results(job))
        for item in chunk:
            yield _whole(item, next(outcomes)) if isinstance(item, Article) else _settled(item)
        pending.extend(_submitted(following, pool) for following in islice(chunks, 1))


def _submitted(chunk: list[Item], pool: Pool) -> tuple[list[Item], int]:
    return chunk, pool.submit([item for item in chunk if isinstance(item, Article)])


def _whole(article: Article, result: Outcome | str) -> Outcome:
    """A worker sends its outcome without the article, whose text need not travel back; a message means it died."""
    if isinstance(result, str):
        return failed(article, result)
    return Outcome(article, None, result.fate, result.coded, result.message)


def _chunks(items: Iterator[Item]) -> Iterator[list[Item]]:
    chunk: list[Item] = []
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
