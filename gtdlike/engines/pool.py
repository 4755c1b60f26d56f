"""A pool of coding processes that outlives the death of any of them."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType

from attrs import evolve

from gtdlike.article import Article
from gtdlike.coding.base import Coder
from gtdlike.engines.outcome import Outcome, code_article

READY_SECONDS = 60
_coder: Coder | None = None  # of this worker process


class PoolError(RuntimeError):
    """A pool of processes cannot work here, and why."""


class Pool:
    """A coder in several processes. Submit lists of articles; get their outcomes, or a message where one died.

    When a process dies, Python's pool is lost with all that was in it. The oldest job is then coded article by
    article in a process of its own, which finds the one that kills; the other jobs are submitted again. So one
    deadly article costs itself, and a little time.
    """

    def __init__(self, coder: Coder, processes: int) -> None:
        self.look_ahead = 3 * processes
        self._processes = processes
        self._pickled = _pickle(coder)
        self._jobs: dict[int, tuple[Sequence[Article], Future[list[Outcome]]]] = {}
        self._next = 0
        self._executor = self._start(processes)

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._executor.shutdown(wait=kind is None, cancel_futures=True)

    def submit(self, articles: Sequence[Article]) -> int:
        """Hand in a list of articles. The answer is the number of the job."""
        job = self._next
        self._next += 1
        try:
            self._jobs[job] = articles, self._executor.submit(_code, articles)
        except BrokenProcessPool:
            self._restart()
            self._jobs[job] = articles, self._executor.submit(_code, articles)
        return job

    def results(self, job: int) -> list[Outcome | str]:
        """Wait for a job. The outcomes come in the order of its articles; a message stands for a process that died."""
        articles, future = self._jobs.pop(job)
        try:
            return list(future.result())
        except Exception as error:
            # A process died, or one article's outcome cannot travel; coded one by one, they show which it is.
            if isinstance(error, BrokenProcessPool):
                self._restart()
            return self._one_by_one(articles)

    def _restart(self) -> None:
        _give_up(self._executor)
        self._executor = self._start(self._processes)
        for job, (articles, future) in self._jobs.items():
            if not future.done() or future.cancelled() or future.exception() is not None:
                self._jobs[job] = articles, self._executor.submit(_code, articles)

    def _one_by_one(self, articles: Sequence[Article]) -> list[Outcome | str]:
        results: list[Outcome | str] = []
        alone = self._start(1)
        for article in articles:
            try:
                results += alone.submit(_code, [article]).result()
            except BrokenProcessPool:
                results.append("The process that coded the article died. Code it alone to see why.")
                _give_up(alone)
                alone = self._start(1)
            except Exception as error:
                results.append(f"The coder's incidents could not be sent back: {type(error).__name__}: {error}")
        alone.shutdown(wait=True)
        return results

    def _start(self, processes: int) -> ProcessPoolExecutor:
        # "spawn" everywhere: a forked process can hang for ever on a lock that a thread of its parent held.
        context = multiprocessing.get_context("spawn")
        executor = ProcessPoolExecutor(processes, context, _begin, (self._pickled,))
        try:
            executor.submit(_ready).result(READY_SECONDS)
        except (BrokenProcessPool, TimeoutError) as error:
            executor.shutdown(wait=False, cancel_futures=True)
            raise PoolError(
                "no worker process could start. A script that starts processes must do its work under "
                "`if __name__ == '__main__':`, and the coder must be importable from a module."
            ) from error
        return executor


def _give_up(broken: ProcessPoolExecutor) -> None:
    """End a pool in which a process died.

    Python ends the others itself, but one that is being started at that moment may escape it, and then Python waits
    for it for ever.
    """
    left = list((broken._processes or {}).values())
    broken.shutdown(wait=False, cancel_futures=True)
    for process in left:
        process.kill()


def _pickle(coder: Coder) -> bytes:
    try:
        return pickle.dumps(coder)
    except Exception as error:
        raise PoolError(f"the coder {type(coder).__qualname__} cannot be pickled ({error}).") from error


def _begin(pickled: bytes) -> None:
    """Make a worker ready: it has the coder once, leaves Ctrl-C to its parent, and does not outlive it."""
    global _coder
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _coder = pickle.loads(pickled)


def _end_with_parent() -> None:
    """A parent that is killed cannot tell its workers, and they would wait for work for ever."""
    parent = multiprocessing.parent_process()
    assert parent is not None, "this is a worker process"
    parent.join()
    os._exit(1)


def _ready() -> bool:
    return _coder is not None


def _code(articles: Sequence[Article]) -> list[Outcome]:
    assert _coder is not None, "the worker was started without its initializer"
    # The parent has the articles; their texts need not travel back.
    return [evolve(code_article(article, _coder), article=None) for article in articles]
