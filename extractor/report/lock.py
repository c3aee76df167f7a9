"""One run at a time in a folder of output: a lock that ends with the process that holds it, however that ends."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from pathlib import Path

from extractor.errors import UsageError

NAME = ".extractor.lock"
_ATTEMPTS = 10  # the holder may remove the file between our opening and our locking it


class FolderLock:
    """Holds `folder` from its making until `release`. Raises UsageError where another run holds it, and OSError.

    The system lets go of the lock of a process that dies, so a file that was left behind hinders nobody. Where a file
    system knows no locks, the folder is used without one.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        for _ in range(_ATTEMPTS):
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
            if not _locked(self._file):
                holder = self._holder()
                os.close(self._file)
                raise UsageError(
                    f"{folder} is being written by another run{holder}. "
                    "Wait until it has ended, or name another folder with -o."
                )
            if self._still_there():
                with contextlib.suppress(OSError):  # on a full disk the lock holds without a name
                    os.ftruncate(self._file, 0)
                    os.write(self._file, f"process {os.getpid()} on {socket.gethostname()}".encode())
                return
            os.close(self._file)
        raise UsageError(f"{folder} is being written by other runs. Name another folder with -o.")

    def release(self) -> None:
        """Let others write. Does nothing the second time."""
        if self._file < 0:
            return
        with contextlib.suppress(OSError):  # Windows removes no open file, and there the lock ends with it
            self._path.unlink()
        os.close(self._file)
        self._file = -1
        if sys.platform == "win32":
            with contextlib.suppress(OSError):
                self._path.unlink()

    def _still_there(self) -> bool:
        """Whether the file that we locked is the one that the next run will find."""
        try:
            return os.path.samestat(os.fstat(self._file), self._path.stat())
        except FileNotFoundError:
            return False

    def _holder(self) -> str:
        try:
            written = os.pread(self._file, 200, 0) if hasattr(os, "pread") else os.read(self._file, 200)
        except OSError:
            return ""
        return f" ({written.decode('utf-8', 'replace')})" if written else ""


def _locked(file: int) -> bool:
    """Whether the lock on the open `file` is ours now; true as well where there are no locks."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(file, 1 << 20, os.SEEK_SET)  # behind what is written, which others are to read
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
            os.lseek(file, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return sys.platform != "win32"
    return True
