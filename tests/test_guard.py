"""A file read in another process costs its own document at most, and leaves nothing behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.article import Document, UnreadableDocument
from extractor.sources import guard

ROOT = Path(__file__).resolve().parent.parent
READER = """
import ctypes, os, signal, sys, time
from extractor.article import Document, UnreadableDocument

def document(data, doc):
    what, _, argument = data.decode().partition(" ")
    if what == "sleep":
        time.sleep(60)
    elif what == "spin":
        while True:
            pass
    elif what == "die":
        os.kill(os.getpid(), getattr(signal, argument))
    elif what == "segfault":
        ctypes.string_at(0)
    elif what == "leave":
        os._exit(3)
    elif what == "allocate":
        bytearray(int(argument) << 20)
    elif what == "nest":
        document.__globals__["nest"] = lambda: nest()
        nest()
    elif what == "raise":
        raise ValueError("no\\nsuch\\tpart")
    elif what == "print":
        print("x" * 100_000, flush=True)
        os.write(1, b"y" * 100_000)
        assert sys.stdin.read() == ""
    elif what == "pid":
        return Document(doc, str(os.getpid()))
    elif what == "note":
        with open(argument, "w") as file:
            file.write(str(os.getpid()))
        time.sleep(60)
    elif what == "unreadable":
        return UnreadableDocument(doc, "it is not to be read")
    return Document(doc, data.decode(), "pdf", {"title": "\\ud800"}, ("a note",), "metadata", (0, 3), True)
"""
posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="there files are read in the process itself")
pytestmark = posix


@pytest.fixture
def kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A kind of file whose reader does what its bytes say."""
    (tmp_path / "hostile_reader.py").write_text(READER, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(guard.READERS, "hostile", "hostile_reader")
    guard.close()
    yield "hostile"
    guard.close()


def pid(kind: str) -> int:
    """That of the process that reads."""
    found = guard.guarded(kind, b"pid", "p")
    assert isinstance(found, Document)
    return int(found.text)


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{process}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


def gone_within(process: int, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while is_alive(process):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def test_what_the_reader_finds_comes_back_whole(kind: str) -> None:
    text = "石桥乡修渠36条。\r\n" * 100_000
    found = guard.guarded(kind, text.encode(), "a.pdf")
    assert found == Document("a.pdf", text, "pdf", {"title": "\ud800"}, ("a note",), "metadata", (0, 3), True)
    assert guard.guarded(kind, b"unreadable", "b.pdf") == UnreadableDocument("b.pdf", "it is not to be read")


def test_one_process_reads_file_after_file(kind: str) -> None:
    first = pid(kind)
    assert first != os.getpid()
    guard.guarded(kind, b"raise", "a")
    assert pid(kind) == first


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("segfault", "crashed (SIGSEGV)"),
        ("die SIGKILL", "crashed (SIGKILL)"),
        ("die SIGABRT", "crashed (SIGABRT)"),
        ("leave", "crashed (exit status 3)"),
        ("raise", "failed (ValueError: no such part)"),
        ("nest", "nested too deep"),
        ("allocate 3000", "more than 1 GB of memory"),
        ("sleep", "took more than 0.3 s"),
        ("spin", "took more than 0.3 s"),
    ],
)
def test_a_file_that_harms_its_reader_costs_itself_alone(kind: str, what: str, words: str) -> None:
    assert guard.guarded(kind, b"before", "a") == guard.guarded(kind, b"before", "a")
    seconds = 0.3 if what in ("sleep", "spin") else 30
    found = guard.guarded(kind, what.encode(), "b", seconds=seconds)
    assert isinstance(found, UnreadableDocument)
    assert found.doc == "b"
    assert words in found.reason
    assert "\n" not in found.reason
    assert isinstance(guard.guarded(kind, b"after", "c"), Document)


def test_the_limit_of_memory_can_be_chosen_for_each_file(kind: str) -> None:
    assert isinstance(guard.guarded(kind, b"allocate 300", "a"), Document)
    found = guard.guarded(kind, b"allocate 300", "b", memory=256 << 20)
    assert isinstance(found, UnreadableDocument)
    assert "more than 256 MB of memory" in found.reason
    assert isinstance(guard.guarded(kind, b"allocate 300", "c"), Document)


def test_bytes_that_exceed_the_memory_by_themselves_are_refused(kind: str) -> None:
    found = guard.guarded(kind, bytes(300 << 20), "a", memory=256 << 20)
    assert isinstance(found, UnreadableDocument)
    assert "more than 256 MB of memory" in found.reason


def test_what_a_reader_prints_or_asks_for_does_not_come_between(kind: str, capfd: pytest.CaptureFixture[str]) -> None:
    found = guard.guarded(kind, b"print", "a")
    assert isinstance(found, Document)
    assert found.text == "print"
    assert capfd.readouterr() == ("", "")


def test_a_death_between_two_files_is_laid_to_neither(kind: str) -> None:
    process = pid(kind)
    os.kill(process, signal.SIGKILL)
    assert isinstance(guard.guarded(kind, b"next", "a"), Document)
    assert pid(kind) != process


def test_no_process_and_no_pipe_is_left_behind(kind: str) -> None:
    if not Path("/proc/self/fd").exists():
        pytest.skip("no list of open files here")
    guard.guarded(kind, b"warm", "a")
    guard.close()
    before = sum(1 for _ in Path("/proc/self/fd").iterdir())
    processes = []
    for _ in range(3):
        processes.append(pid(kind))
        guard.guarded(kind, b"die SIGKILL", "b")
    processes.append(pid(kind))
    guard.close()
    assert sum(1 for _ in Path("/proc/self/fd").iterdir()) == before
    assert not any(map(is_alive, processes))


def test_threads_share_the_process(kind: str) -> None:
    found: list[object] = []
    threads = [
        threading.Thread(target=lambda n=n: found.append(guard.guarded(kind, f"text {n}".encode(), str(n))))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted((f.doc, f.text) for f in found if isinstance(f, Document)) == [
        (str(n), f"text {n}") for n in range(8)
    ]


def test_a_fork_reads_by_a_process_of_its_own(kind: str) -> None:
    ours = pid(kind)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, str(pid(kind)).encode())
            guard.close()
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        theirs = int(pipe.read())
    os.waitpid(child, 0)
    assert theirs != ours
    assert pid(kind) == ours


def work(kind: str, module: str, folder: str, answers: multiprocessing.Queue[object]) -> None:
    """What a worker of the batch does: read in a process that may have no children of multiprocessing's."""
    sys.path.insert(0, folder)
    guard.READERS[kind] = module
    answers.put(pid(kind))
    answers.put(type(guard.guarded(kind, b"segfault", "a")).__name__)
    answers.put(pid(kind))


@pytest.mark.slow
def test_a_daemonic_worker_reads_by_it_and_takes_it_along(kind: str, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    worker = context.Process(target=work, args=(kind, "hostile_reader", str(tmp_path), answers), daemon=True)
    worker.start()
    first, verdict, second = (answers.get(timeout=60) for _ in range(3))
    worker.join(30)
    assert verdict == "UnreadableDocument"
    assert gone_within(first, 5)
    assert gone_within(second, 5)


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_it_dies_with_its_parent_even_while_it_reads(kind: str, tmp_path: Path, how: signal.Signals) -> None:
    note = tmp_path / "pid"
    code = (
        f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(tmp_path)!r}]\n"
        "from extractor.sources import guard\n"
        f"guard.READERS['hostile'] = 'hostile_reader'\nguard.guarded('hostile', b'note {note}', 'a')"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 30
        while not (note.exists() and note.read_text()) and time.monotonic() < until:
            time.sleep(0.02)
        process = int(note.read_text())
        parent.send_signal(how)
        parent.wait(30)
    finally:
        parent.kill()
        parent.wait()
    assert gone_within(process, 5)


def test_an_unknown_kind_is_the_callers_fault() -> None:
    with pytest.raises(KeyError):
        guard.guarded("xyz", b"", "a")


def test_without_fork_files_are_read_here(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert pid(kind) == os.getpid()
    found = guard.guarded(kind, b"raise", "a")
    assert isinstance(found, UnreadableDocument)
    assert "ValueError" in found.reason
