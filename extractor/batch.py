"""Many documents on many cores: every document exactly once, in the order given, whatever befalls one of them.

The unit of work is a task: some small files, one large one, some members of an archive, or a run of rows of a table, so
that a single big file keeps all cores busy too. A worker reads a task's documents in order and hands their results back
as it goes; when it dies, the results it delivered stand, and a fresh worker goes on behind them, announcing each document
before it reads it. A document that is being read at the second death under such watch is given up with a warning, and
the rest goes on.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from enum import Enum
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from extractor.article import Document, UnreadableDocument
from extractor.errors import BrokenRules, ExtractorError, UsageError
from extractor.report import Rendering, Sink
from extractor.sources import STDIN, Fields, InputFile, list_inputs, read_input, unfold
from extractor.sources.limits import LARGEST
from extractor.sources.names import Taken
from extractor.tally import Failure, Result, Tally

if TYPE_CHECKING:
    from extractor.contract import Article
    from extractor.pipeline import Options

TASK_SIZE = 256_000  # bytes of input: about 0.1 s of work, long against the cost of handing it over
HELD_SIZE = 64_000  # bytes of output that a worker gathers before it hands them over
STARTS = 3  # workers that may die in a row while they start
AHEAD = 4  # tasks per worker that may be begun before the first of them is written: bounds memory
WORTH_A_POOL = 3_000_000  # bytes of input that take as long as starting workers
PACKED = 3  # times as large is a packed text when it is unpacked

Row = Document | UnreadableDocument


class Reader(Protocol):
    """What reads a document: `extractor.pipeline.Extractor`."""

    def read(self, document: Document) -> Sequence[Article]: ...


class Watcher(Protocol):
    """Is told how a run goes on; `extractor.report.terminal.Terminal` shows it to a person."""

    def begin(self, total_bytes: int) -> None: ...
    def advance(self, tally: Tally) -> None: ...
    def fail(self, failure: Failure) -> None: ...
    def finish(self, tally: Tally) -> None: ...


class Silent:
    """Watches and says nothing."""

    def begin(self, total_bytes: int) -> None: ...
    def advance(self, tally: Tally) -> None: ...
    def fail(self, failure: Failure) -> None: ...
    def finish(self, tally: Tally) -> None: ...


@dataclass(frozen=True, slots=True)
class Task:
    """Parts to be read one after the other: a file, or rows that were read already. `size` is in bytes of input."""

    parts: tuple[InputFile | tuple[Row, ...], ...]
    size: int


def run_batch(
    inputs: Sequence[str | Path],
    options: Options,
    *,
    jobs: int | None = None,
    sink: Sink,
    watcher: Watcher | None = None,
    make_reader: Callable[[Options], Reader] | None = None,
    fields: Fields | None = None,
    limit: int = LARGEST,
    encoding: str | None = None,
) -> Tally:
    """Read all `inputs` into `sink`, with `jobs` processes, and say what was read.

    Without `jobs`, a little text is read in this process and much of it on all cores. `make_reader` builds what reads
    documents, in each process anew (a name that can be pickled); it is the pipeline unless a test says otherwise.
    `fields` name the fields of rows; a document of more than `limit` bytes is not read; text is in
    `encoding`, where that is given.
    Raises UsageError when the inputs hold no document at all, or name output of `sink`; when anything is raised, `sink` keeps nothing.
    """
    watcher = watcher or Silent()
    try:
        if own := [given for given in inputs if str(given) != STDIN and sink.owns(Path(given))]:
            raise UsageError(
                f"{own[0]} is output of an earlier run, which this one replaces: name another folder with -o."
            )
        files = [file for file in list_inputs(inputs, fields, limit, encoding) if not sink.owns(file.path)]
        if not files:
            named = ", ".join(map(str, inputs))
            raise UsageError(f"{named}: no articles here. Give files of articles, or folders of them.")
        tally = Tally()
        watcher.begin(sum(file.size for file in files))
        work = _Work(options, sink.rendering, make_reader or _pipeline)
        processes = jobs or _fitting(files)
        tasks = _tasks(files)
        with closing(_here(tasks, work) if processes == 1 else _Pool(work, processes).results(tasks)) as results:
            for result in results:
                if isinstance(result, Result):
                    tally.add(result)
                    for piece in result.pieces:
                        sink.write(piece)
                    if result.text is not None:
                        sink.keep_text(result.doc, result.text)
                    if result.failure is not None:
                        watcher.fail(tally.failures[-1])
                else:  # a task's last result was the one before
                    tally.bytes_done += result.size
                    watcher.advance(tally)
        sink.finish(tally)
    except BaseException:
        sink.discard()
        raise
    watcher.finish(tally)
    return tally


def _pipeline(options: Options) -> Reader:
    from extractor.pipeline import Extractor

    return Extractor(options)


def _fitting(files: Sequence[InputFile]) -> int:
    """The number of processes that suits the size of `files`."""
    unpacked = (file.size * (PACKED if file.path.name.lower().endswith((".gz", ".zip")) else 1) for file in files)
    if sum(unpacked) < WORTH_A_POOL:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# --- cutting the input into tasks ---------------------------------------------------------------------------------


def _tasks(files: Sequence[InputFile]) -> Iterator[Task]:
    """Small files together, large ones alone, archives by their members, tables in runs of rows; in order."""
    names = Taken(file.doc for file in files)
    small: list[InputFile] = []
    size = 0
    for file in _unfolded(files, names):
        here = file.rows or file.piped
        if small and (here or size + file.size > TASK_SIZE):
            yield Task(tuple(small), size)
            small, size = [], 0
        if here:
            yield from _row_tasks(file, names)
        else:
            small.append(file)
            size += file.size
    if small:
        yield Task(tuple(small), size)


def _unfolded(files: Iterable[InputFile], names: Taken) -> Iterator[InputFile]:
    """The files, and the members of archives in their places, each under a name that joins `names`."""
    for file in files:
        for part in unfold(file):
            if part.member is not None:
                part = replace(part, doc=names.take(part.doc))
            yield part


def _row_tasks(file: InputFile, names: Taken) -> Iterator[Task]:
    """The rows of one file, in runs; their sizes add up to that of the file. Names taken in `names` get the file's in front."""
    rows: list[Row] = []
    size, left = 0, file.size
    own = {file.doc}  # in `names` already, and free for one of its rows
    for row in _documents(file):
        named = row
        if row.doc in own:
            own.clear()
        elif row.doc in names:
            named = replace(row, doc=names.take(f"{file.doc}#{row.doc}"))
        names.add(named.doc)
        rows.append(named)
        size += 3 * len(row.text) if isinstance(row, Document) else 1  # a Chinese character takes three bytes
        if size >= TASK_SIZE:
            step = min(size, left)
            left -= step
            yield Task((tuple(rows),), step)
            rows, size = [], 0
    yield Task((tuple(rows),), left)


def _documents(part: InputFile | tuple[Row, ...]) -> Iterator[Row]:
    """The documents of a part; what reading the file raises becomes one more, unreadable."""
    if isinstance(part, tuple):
        yield from part
        return
    try:
        yield from read_input(part)
    except Exception as error:  # whatever a broken file does to its reader, the batch goes on
        yield UnreadableDocument(part.doc, _reason(error))


# --- reading ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Work:
    """What every process needs to know to read documents."""

    options: Options
    rendering: Rendering
    make_reader: Callable[[Options], Reader]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a worker stands in its task: in `part`, before its document number `skip`."""

    part: int = 0
    skip: int = 0
    doc: str = ""  # the document about to be read; empty while the file is opened


def _read(
    task: Task, work: _Work, reader: Reader, start: _Place, announce: Callable[[_Place], object] | None = None
) -> Iterator[Result]:
    """The results of a task's documents from `start` on; each is announced before it is touched."""
    render = work.rendering.renderer()
    for number, part in enumerate(task.parts[start.part :], start.part):
        skip = start.skip if number == start.part else 0
        if announce:
            announce(_Place(number, skip))
        for position, document in enumerate(_documents(part)):
            if position < skip:
                continue
            if announce:
                announce(_Place(number, position, document.doc))
            yield _result(document, number, reader, render, texts=work.rendering.texts)


def _result(
    document: Row, part: int, reader: Reader, render: Callable[[Article], bytes], *, texts: bool = False
) -> Result:
    if not isinstance(document, Document):
        return Result(document.doc, part, failure=" ".join(document.reason.split()))
    try:
        articles = reader.read(document)
        return Result(
            document.doc,
            part,
            pieces=tuple(map(render, articles)),
            records=Counter(record.type for article in articles for record in article.records),
            characters=len(document.text),
            undated=sum(map(_undated, articles)),
            rules=articles[0].rules if articles else None,
            text=document.text if texts and document.extracted else None,
        )
    except (BrokenRules, UsageError):  # would meet every document alike
        raise
    except Exception as error:  # a fault of ours in one document must not cost the others
        return Result(document.doc, part, characters=len(document.text), failure=_reason(error))


def _undated(article: Article) -> int:
    """The number of dates that a publication date would settle, and the article has none: 今年 is XXXX, 每周三 is no date."""
    if article.published:
        return 0
    return sum(r.type == "date" and r.timex != "SET" and "XXXX" in r.value for r in article.records)


def _reason(error: Exception) -> str:
    """One line; an error that nobody foresaw names its class, for the one who will mend it."""
    text = " ".join(str(error).split())
    return text if isinstance(error, ExtractorError) else f"{type(error).__name__}: {text}".rstrip(": ")


def _here(tasks: Iterable[Task], work: _Work) -> Generator[Result | Task]:
    """Results in this process; each task follows its own."""
    reader = work.make_reader(work.options)
    for task in tasks:
        yield from _read(task, work, reader, _Place())
        yield task


# --- the workers --------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Refused:
    """A worker cannot begin: the options or the rules are wrong, for this worker as for all."""

    error: str


class _Said(Enum):
    """What a worker says beside results and places."""

    READY = "ready"
    DONE = "done"  # with its task


def _serve(connection: Connection, work: _Work) -> None:
    """The life of a worker: task after task until its connection closes, as it does when the parent dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        reader = work.make_reader(work.options)
        connection.send(_Said.READY)
        while True:
            task, start, watched = connection.recv()
            held: list[Result] = []
            size = 0
            for result in _read(task, work, reader, start, connection.send if watched else None):
                held.append(result)
                size += sum(map(len, result.pieces)) + len(result.text or "")
                if watched or size > HELD_SIZE:
                    connection.send(held)
                    held, size = [], 0
            connection.send(held)
            connection.send(_Said.DONE)
    except ExtractorError as error:
        connection.send(_Refused(str(error)))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass  # the parent has gone


@dataclass(slots=True)
class _Job:
    """A task that has been begun: where it stands, and what it gave that is not written yet."""

    task: Task
    place: _Place = _Place()
    results: deque[Result] = field(default_factory=deque)
    watched: bool = False  # workers announce each document, so that a death can be laid to it
    deaths: int = 0  # under watch, at this place
    done: bool = False

    def take(self, results: Iterable[Result]) -> None:
        for result in results:
            self.results.append(result)
            skip = self.place.skip if result.part == self.place.part else 0
            self.stand(_Place(result.part, skip + 1))

    def stand(self, place: _Place) -> None:
        if (place.part, place.skip) != (self.place.part, self.place.skip):
            self.deaths = 0
        self.place = place

    def bury(self, exit_code: int | None) -> None:
        """Make ready for another worker, giving up what was being read at the second death under watch."""
        self.deaths += self.watched
        self.watched = True
        if self.deaths < 2:
            return
        part, doc = self.task.parts[self.place.part], self.place.doc
        if isinstance(part, tuple):
            doc = part[self.place.skip].doc
        reason = f"the process that read it died twice ({_death(exit_code)}); the run went on without it"
        if doc:
            self.take([Result(doc, self.place.part, failure=reason)])
        elif not isinstance(part, tuple):  # died in finding the file's next document: no way to go on behind that
            self.results.append(Result(part.doc, self.place.part, failure=reason))
            self.stand(_Place(self.place.part + 1))
            self.done = self.place.part == len(self.task.parts)


def _death(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        try:
            name = signal.Signals(-exit_code).name
        except ValueError:
            name = str(-exit_code)
        return f"signal {name}" + (", perhaps for lack of memory" if name == "SIGKILL" else "")
    return f"exit code {exit_code}"


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection
    job: _Job | None = None
    ready: bool = False


class _Pool:
    """Workers that are started when there is work for them and replaced when they die."""

    def __init__(self, work: _Work, size: int) -> None:
        self._work = work
        self._size = size
        self._workers: list[_Worker] = []
        self._stillborn = 0  # workers in a row that died before they were ready
        self._context = _context()

    def results(self, tasks: Iterator[Task]) -> Generator[Result | Task]:
        """Results in the order of the tasks; each task follows its own."""
        order: deque[_Job] = deque()  # begun and not yet written, first to last
        again: deque[_Job] = deque()  # lost their worker
        try:
            while True:
                while again or len(order) < AHEAD * self._size:
                    if (worker := self._free()) is None:
                        break
                    if again:
                        job = again.popleft()
                    elif (task := next(tasks, None)) is not None:
                        job = _Job(task)
                        order.append(job)
                    else:
                        break
                    if not self._hand(worker, job):
                        again.appendleft(job)
                if not order:
                    return
                again.extend(self._listen())
                while order:
                    head = order[0]
                    while head.results:
                        yield head.results.popleft()
                    if not head.done:
                        break
                    yield order.popleft().task
        finally:
            self._close()

    def _free(self) -> _Worker | None:
        for worker in self._workers:
            if worker.job is None:
                return worker
        return self._start() if len(self._workers) < self._size else None

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._work), daemon=True)  # type: ignore[attr-defined]
        process.start()
        theirs.close()  # so that ours ends when the worker does
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _hand(self, worker: _Worker, job: _Job) -> bool:
        try:
            worker.connection.send((job.task, job.place, job.watched))
        except (BrokenPipeError, ConnectionResetError):
            self._drop(worker)
            return False
        worker.job = job
        return True

    def _listen(self) -> Iterator[_Job]:
        """Take what workers have sent; yields the jobs of those that died."""
        busy = {worker.connection: (worker, worker.job) for worker in self._workers if worker.job is not None}
        for connection in wait(list(busy)):
            worker, job = busy[cast("Connection", connection)]
            try:
                message = worker.connection.recv()
            except (EOFError, OSError):
                self._drop(worker)
                if worker.ready:
                    job.bury(worker.process.exitcode)
                if not job.done:
                    yield job
                continue
            match message:
                case _Said.READY:
                    worker.ready = True
                    self._stillborn = 0
                case _Said.DONE:
                    job.done = True
                    worker.job = None
                case _Place():
                    job.stand(message)
                case _Refused():
                    raise UsageError(message.error)
                case results:
                    job.take(results)

    def _drop(self, worker: _Worker) -> None:
        """Forget a dead worker. Raises ExtractorError when none gets as far as its first task."""
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.join(5)
        self._stillborn += not worker.ready
        if self._stillborn == STARTS:
            raise ExtractorError(
                f"{STARTS} processes in a row died while starting ({_death(worker.process.exitcode)}). "
                "Free some memory, or run with --jobs 1."
            )

    def _close(self) -> None:
        for worker in self._workers:
            worker.connection.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join(5)
            if worker.process.exitcode is None:
                worker.process.kill()
                worker.process.join()
        self._workers.clear()


def _context() -> BaseContext:
    """Processes that inherit nothing of ours: a fork would copy the threads of a progress bar and every pipe's end."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["extractor.batch", "extractor.pipeline"])
    if threading.current_thread() is threading.main_thread():  # no other may set signals
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # what it starts with: Ctrl-C is for us alone
        try:
            forkserver.ensure_running()
        finally:
            signal.signal(signal.SIGINT, before)
    return context
