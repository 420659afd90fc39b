"""Warm processes for rendering: WeasyPrint is bound to one core, and its set-up costs more than a document."""

import gc
import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import get_context
from multiprocessing.util import Finalize
from typing import TypeVar

COLLECT_EVERY = 8  # a document leaves some 10 MB behind
_jobs = itertools.count(1)
Job = TypeVar("Job")
Made = TypeVar("Made")


@cache
def warm_pool(workers: int) -> ProcessPoolExecutor:
    """Processes that stay until the program ends, fonts and stylesheets ready after their first document.

    Spawned, not forked: the caller may run threads, and Pango must not be copied half-way through.
    """
    context = get_context("spawn")
    return ProcessPoolExecutor(max_workers=workers, mp_context=context, initializer=_own_temporary_folder)


def _own_temporary_folder() -> None:
    """WeasyPrint copies fonts into temporary files; a pool process ends without the handlers that remove them."""
    folder = tempfile.mkdtemp(prefix="jixiao-")
    tempfile.tempdir = folder
    Finalize(None, shutil.rmtree, args=(folder,), kwargs={"ignore_errors": True}, exitpriority=0)


def warm_up(workers: int) -> None:
    """Start the processes and let them set up their fonts, while the caller is busy with something else."""
    for _ in range(workers):
        _submit(_set_up, None, workers)


def each(work: Callable[[Job], Made], jobs: Sequence[Job], workers: int) -> Iterator[Made | Exception]:
    """The result of every job in order, or the error of that job alone.

    A process that dies (out of memory, a crash in a library) takes its neighbours' jobs with it: those are done
    again, one by one, so that only the job that kills is lost.
    """
    futures = [_submit(work, job, workers) for job in jobs]
    for job, future in zip(jobs, futures, strict=True):
        result = _outcome(future)
        yield _again(work, job, workers) if isinstance(result, BrokenProcessPool) else result


def _submit(work: Callable[[Job], Made], job: Job, workers: int) -> Future[Made]:
    try:
        return warm_pool(workers).submit(_done, work, job)
    except BrokenProcessPool:
        warm_pool.cache_clear()
        return warm_pool(workers).submit(_done, work, job)


def _done(work: Callable[[Job], Made], job: Job) -> Made:
    """One job. Python looks for garbage between jobs instead of during them: a quarter of a document's time."""
    gc.disable()
    try:
        return work(job)
    finally:
        if next(_jobs) % COLLECT_EVERY == 0:
            gc.collect()


def _outcome(future: Future[Made]) -> Made | Exception:
    try:
        return future.result()
    except Exception as error:  # noqa: BLE001 - whatever happened to one document is that document's
        return error


def _set_up(_: None) -> None:
    from flows.rendering.pdf import press

    press()
    gc.freeze()


def _again(work: Callable[[Job], Made], job: Job, workers: int) -> Made | Exception:
    return _outcome(_submit(work, job, workers))
