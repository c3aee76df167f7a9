"""A hostile or broken file costs its own document and no more: it is read in a process of its own, within limits.

One such process serves each process that reads, file after file, and is started anew after a death; it goes when its parent
goes. It is no sandbox: it bounds time and memory and survives crashes. Where there is no `fork` (Windows), files are read
in this process, without the limits.
"""

from __future__ import annotations

import atexit
import importlib
import json
import os
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from typing import Any, Final

from extractor.article import Document, UnreadableDocument

READERS: Final = {
    "pdf": "extractor.sources.pdf",
    "docx": "extractor.sources.docx",
    "html": "extractor.sources.html",
}
"""Kinds of file and the modules whose `document(data, doc)` reads them."""

SECONDS: Final = 60.0  # for one file
MEMORY: Final = 1 << 30  # bytes: all that the process holds, the file's own bytes too

_START: Final = 60.0  # seconds that a process may take to start on a busy machine
_WATCH: Final = 0.2  # seconds between two looks at the parent and at the memory
_SIZE: Final = struct.Struct(">Q")
_OUT_OF_MEMORY: Final = 77  # exit status by which the process says that it held too much
_CODE: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from extractor.sources import guard; guard.serve()"
)
_MEND: Final = "open it in the program it was made with and save its text as plain text (.txt)"
_FAILED: Final = (-6, -5, -4)  # SIGABRT, SIGTRAP, SIGILL: how C libraries give up, above all when memory is refused

Found = Document | UnreadableDocument


def guarded(kind: str, data: bytes, doc: str, *, seconds: float = SECONDS, memory: int = MEMORY) -> Found:
    """What the reader of `kind` (see `READERS`) finds in `data`, read in another process within `seconds` and `memory` bytes.

    A file over a limit or at which its reader dies is unreadable, with the reason. Raises KeyError for an unknown kind.
    """
    module = READERS[kind]
    if not sys.executable or not hasattr(os, "fork"):
        try:
            return _read(module, data, doc)
        except MemoryError:
            return UnreadableDocument(
                doc, f"there is not enough memory to read it: split it into smaller files, or {_MEND}"
            )
    with _lock:
        served = _child is not None and _child.served > 0
        try:
            return _ask(module, data, doc, seconds, memory)
        except _Gone as gone:
            # Whatever it kept of earlier files may have killed it: only a death in a fresh process is laid to this file.
            if not served or gone.late:
                return UnreadableDocument(doc, gone.reason)
        try:
            return _ask(module, data, doc, seconds, memory)
        except _Gone as gone:
            return UnreadableDocument(doc, gone.reason)


def close() -> None:
    """End the process that reads for this one, if there is one; the next file starts another."""
    with _lock:
        _end()


# --- the side that asks -------------------------------------------------------------------------------------------


class _Gone(Exception):
    """The process is no more, for this `reason`; `late` when its time was up."""

    def __init__(self, reason: str, *, late: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.late = late


class _Child:
    """The process that reads, and its two pipes."""

    def __init__(self) -> None:
        import select

        self.process = subprocess.Popen(
            [sys.executable, "-c", _CODE, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what a C library says while it dies helps nobody
            bufsize=0,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.requests, self.replies = self.process.stdin, self.process.stdout
        os.set_blocking(self.requests.fileno(), False)
        self.served = 0
        self._writable, self._readable = select.poll(), select.poll()
        self._writable.register(self.requests, select.POLLOUT)
        self._readable.register(self.replies, select.POLLIN)

    def send(self, data: bytes, until: float) -> None:
        """Write `data`; raises BrokenPipeError when nobody reads, TimeoutError after `until`."""
        rest = memoryview(data)
        while rest:
            if not self._writable.poll(_left(until)):
                raise TimeoutError
            try:
                rest = rest[os.write(self.requests.fileno(), rest) :]
            except BlockingIOError:
                continue

    def receive(self, until: float, most: int) -> bytes:
        """One reply; raises EOFError when there is none to come or it is larger than `most`, TimeoutError after `until`."""
        size = _SIZE.unpack(self._bytes(_SIZE.size, until))[0]
        if size > most:
            raise EOFError
        return self._bytes(size, until)

    def _bytes(self, size: int, until: float) -> bytes:
        parts = []
        while size:
            if not self._readable.poll(_left(until)):
                raise TimeoutError
            part = os.read(self.replies.fileno(), min(size, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def end(self) -> int:
        """Kill it, close its pipes and return how it ended: its exit status, or a signal's number below zero."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.requests.close()
        self.replies.close()
        return self.process.returncode

    def status(self) -> int:
        """How it ended by itself, as it did or is about to: its pipes are closed already."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(1)
        return self.end()

    def forget(self) -> None:
        """Let go of it in a fork of its parent, which must neither use its pipes nor keep them open."""
        self.requests.close()
        self.replies.close()
        self.process.returncode = 0  # not ours to wait for


_lock = threading.RLock()
_child: _Child | None = None


def _end() -> int:
    global _child
    child, _child = _child, None
    return child.end() if child is not None else 0


def _after_fork() -> None:
    global _child, _lock
    _lock = threading.RLock()
    if _child is not None:
        _child.forget()
        _child = None


atexit.register(close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def _ask(module: str, data: bytes, doc: str, seconds: float, memory: int) -> Found:
    """What the process answers, started where none is alive. Raises _Gone when it dies or is ended."""
    global _child
    if _child is not None and _child.process.poll() is not None:
        _end()
    if _child is None:
        _child = _Child()
        try:
            _child.receive(time.monotonic() + _START, 0)
        except (EOFError, TimeoutError):
            status = _child.status()
            _child = None
            raise _Gone(f"no process to read it could be started ({_ended(status)}): free some memory") from None
    child = _child
    try:
        until = time.monotonic() + seconds
        head = json.dumps([module, doc, seconds, memory]).encode()
        child.send(b"".join((_SIZE.pack(len(head)), head, _SIZE.pack(len(data)), data)), until)
        found = _found(json.loads(child.receive(until, memory)), doc)
    except TimeoutError:
        _end()
        raise _Gone(
            f"reading it took more than {seconds:g} s: split it into smaller files, or {_MEND}", late=True
        ) from None
    except (EOFError, BrokenPipeError, ValueError, TypeError, LookupError):
        status, _child = child.status(), None
        if status == -signal.SIGALRM:
            raise _Gone(
                f"reading it took more than {seconds:g} s: split it into smaller files, or {_MEND}", late=True
            ) from None
        if status == _OUT_OF_MEMORY:
            raise _Gone(_too_large(memory)) from None
        why = "the file may be damaged" + (f" or need more than {_size(memory)} of memory" if status in _FAILED else "")
        raise _Gone(f"its reader crashed ({_ended(status)}), so {why}: {_MEND}") from None
    except BaseException:  # an interrupt: what the process answers now belongs to no question
        _end()
        raise
    child.served += 1
    return found


def _found(answer: Mapping[str, Any], doc: str) -> Found:
    if "reason" in answer:
        return UnreadableDocument(doc, answer["reason"])
    return Document(
        **{**answer, "doc": doc, "warnings": tuple(answer["warnings"]), "pages": tuple(answer["pages"])},
    )


def _left(until: float) -> float:
    return max(0.0, (until - time.monotonic()) * 1000)


def _ended(status: int) -> str:
    if status >= 0:
        return f"exit status {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"


def _too_large(memory: int) -> str:
    return f"reading it needs more than {_size(memory)} of memory: split it into smaller files, or {_MEND}"


def _size(memory: int) -> str:
    return f"{memory / (1 << 30):.3g} GB" if memory >= 1 << 30 else f"{memory >> 20} MB"


# --- the side that reads ------------------------------------------------------------------------------------------


def _read(module: str, data: bytes, doc: str) -> Found:
    """What the reader in `module` makes of `data`; what it raises becomes the reason, MemoryError apart."""
    try:
        found: Found = importlib.import_module(module).document(data, doc)
    except MemoryError:
        raise
    except RecursionError:
        return UnreadableDocument(doc, f"its parts are nested too deep to be read: {_MEND}")
    except Exception as error:  # a reader's own fault must not cost the other files
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        return UnreadableDocument(doc, f"its reader failed ({what}), so the file may be damaged: {_MEND}")
    return found


def serve() -> None:
    """The life of the process that reads: question after question on standard input, until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    quiet = os.open(os.devnull, os.O_RDWR)
    os.dup2(quiet, 0)  # a reader that reads or prints must not come between
    os.dup2(quiet, 1)
    memory = _Memory()
    threading.Thread(target=_watch, args=(os.getppid(), memory), daemon=True).start()
    answers.write(_SIZE.pack(0))
    answers.flush()
    while head := questions.read(_SIZE.size):
        module, doc, seconds, most = json.loads(questions.read(_SIZE.unpack(head)[0]))
        memory.limit(most)
        # The parent ends this process when the time is up; should the parent be gone by then, the alarm does.
        signal.setitimer(signal.ITIMER_REAL, seconds + 1)
        try:
            found = _read(module, questions.read(_SIZE.unpack(questions.read(_SIZE.size))[0]), doc)
            answer = json.dumps(asdict(found)).encode()
            answers.write(_SIZE.pack(len(answer)))
            answers.write(answer)
            answers.flush()
        except MemoryError:
            os._exit(_OUT_OF_MEMORY)  # what is left of this file must not weigh on the next
        signal.setitimer(signal.ITIMER_REAL, 0)
        del found, answer
        if memory.is_over(most // 2):
            os._exit(0)  # the parent starts another


class _Memory:
    """What this process holds, and may."""

    def __init__(self) -> None:
        self.most = MEMORY
        self._peak = _peak()  # may be the parent's: a fork passes it on

    def limit(self, most: int) -> None:
        """Set the limit to `most` bytes, by the system where it can."""
        import resource

        self.most = most
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        kinds = [resource.RLIMIT_DATA] if sys.platform == "linux" else [resource.RLIMIT_AS, resource.RLIMIT_DATA]
        for kind in kinds:
            try:
                resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))
            except (OSError, ValueError):
                continue  # macOS refuses some: there the watch alone bounds the memory

    def is_over(self, most: int) -> bool:
        """Whether it holds more than `most` bytes; where only the highest point is known, whether it ever did."""
        try:
            with open("/proc/self/statm", "rb") as pages:  # noqa: PTH123 - asked five times a second
                return int(pages.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") > most
        except OSError:
            return _peak() > max(most, self._peak)


def _peak() -> int:
    """The most memory that this process ever held, in bytes."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _watch(parent: int, memory: _Memory) -> None:
    """Ends this process when its parent is gone, or when it holds too much and the system sets no bound."""
    while True:
        time.sleep(_WATCH)
        if os.getppid() != parent:
            os._exit(0)
        if memory.is_over(memory.most):
            os._exit(_OUT_OF_MEMORY)
