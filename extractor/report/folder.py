"""A folder of output: whole files only, and none but our own ever touched.

Files are written under hidden names and get their own when all of them are complete. `summary.json` lists the files of
a run: those and no others are replaced by the next one. A lock keeps a second run out while one writes. The texts that offsets count in, where they are asked for, lie
in the folder `text`; each is written into a hidden folder first.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from extractor import __version__
from extractor.errors import ExtractorError, UsageError
from extractor.report import Rendering
from extractor.report.lock import FolderLock
from extractor.sources.names import Taken, of_file, printable
from extractor.text import half_pairs

if TYPE_CHECKING:
    from extractor.tally import Tally

ARTICLES_PER_FILE = 50_000
SUMMARY = "summary.json"
TEXTS = "text"
_BEGUN = "begun-summary.json"  # what the summary is while files get their names
_LONG = 80  # characters of a name in a message
_STEMS = {"jsonl": "articles", "csv": "records"}
_OURS = re.compile(r"(articles-\d{5,}\.jsonl|records-\d{5,}\.csv|summary\.json)")
_HIDDEN = re.compile(rf"\.({_OURS.pattern}|{re.escape(_BEGUN)})\.part")
_OUR_TEXT = re.compile(r"[^./\\\x00-\x1f:][^/\\\x00-\x1f:]*\.txt")


class FolderSink:
    """Writes `articles-00000.jsonl` … or `records-00000.csv` … and `summary.json` into `folder`.

    Raises UsageError when `folder` is a file, cannot be made or written, is being written by another run, or holds files
    of these names that no run has listed.
    """

    def __init__(self, folder: Path, rendering: Rendering, *, per_file: int = ARTICLES_PER_FILE) -> None:
        self.rendering = rendering
        self.folder = folder
        self._per_file = per_file
        self._files: list[dict[str, Any]] = []  # name and number of articles of each file written so far
        self._open: IO[bytes] | None = None
        self._texts: dict[str, str] = {}  # name of its file and document of each text
        self._taken = Taken()  # those names as file systems compare them that ignore case
        try:
            self._made = not folder.exists()
            folder.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise UsageError(
                f"{folder} is a file, and -o names a folder. For one file write: extractor run … > {folder.name}"
            ) from None
        except OSError as error:
            raise UsageError(
                f"{_short(folder)} cannot be made: {error.strerror}. Name another folder with -o."
            ) from error
        except ValueError:  # a zero byte in it
            raise UsageError(f"{_short(folder)} is no name of a folder. Name another with -o.") from None
        try:
            self._lock = FolderLock(folder)
        except OSError as error:
            self._unmake()
            raise UsageError(f"{folder} cannot be written: {error.strerror}. Name another folder with -o.") from error
        self._real = os.path.realpath(folder)
        self._earlier, self._earlier_texts = _listed(folder)
        foreign = sorted(p.name for p in folder.iterdir() if _OURS.fullmatch(p.name) and p.name not in self._earlier)
        if foreign:
            self._lock.release()
            raise UsageError(
                f"{folder} holds {foreign[0]}, which no earlier run has listed in {SUMMARY}. "
                "Move it away, or name another folder with -o."
            )
        self._remove_left_over()

    def owns(self, path: Path) -> bool:
        folder, name = os.path.split(os.path.realpath(path))  # resolve() raises at a loop of links
        if folder == self._real:
            return _OURS.fullmatch(name.removeprefix(".").removesuffix(".part")) is not None
        return folder == os.path.join(self._real, TEXTS) and name in self._earlier_texts  # noqa: PTH118

    def write(self, piece: bytes) -> None:
        with self._writing():
            if self._open is None or self._files[-1]["articles"] == self._per_file:
                self._begin_file()
            assert self._open is not None
            self._open.write(piece)
        self._files[-1]["articles"] += 1

    def keep_text(self, doc: str, text: str) -> None:
        """Write `text` as UTF-8, its line ends as they are, so that the offsets of `doc` count in it."""
        if not self._texts:
            with self._writing():
                self._begin_texts()
        stem = of_file(doc)
        folded = self._taken.take(stem.casefold())
        name = stem + folded.removeprefix(stem.casefold()) + ".txt"
        self._texts[name] = doc
        with self._writing():
            (self._hidden(TEXTS) / name).write_bytes(half_pairs(text)[0].encode("utf-8"))

    def finish(self, tally: Tally) -> None:
        """Give every file its name. A run that is stopped in the midst leaves `"complete": false` in the summary."""
        with self._writing():
            if self._open is None:
                self._begin_file()
            self._end_file()
            names = [file["name"] for file in self._files]
            # Both are written before anything gets its name: from then on a full disk is no matter.
            self._write_summary(_BEGUN, tally, complete=False, listed=[*names, *self._earlier])
            self._write_summary(SUMMARY, tally, complete=True, listed=names)
            self._hidden(_BEGUN).replace(self.folder / SUMMARY)
            for name in names:
                self._hidden(name).replace(self.folder / name)
            for name in self._earlier:
                if name not in (*names, SUMMARY):
                    (self.folder / name).unlink(missing_ok=True)
            self._finish_texts()
            self._hidden(SUMMARY).replace(self.folder / SUMMARY)
        self._lock.release()

    def discard(self) -> None:
        """Remove what is not complete. The files of an earlier run are as they were."""
        if self._open is not None:
            with contextlib.suppress(OSError):  # what it still holds may have no room on the disk
                self._open.close()
            self._open = None
        self._remove_left_over()
        self._lock.release()
        self._unmake()

    def _unmake(self) -> None:
        if self._made:
            with contextlib.suppress(OSError):  # somebody has put something there
                self.folder.rmdir()

    def _remove_left_over(self) -> None:
        """Remove the hidden files of this run, or of one that was killed."""
        with contextlib.suppress(OSError):
            for path in self.folder.iterdir():
                if _HIDDEN.fullmatch(path.name):
                    with contextlib.suppress(OSError):
                        path.unlink()
        shutil.rmtree(self._hidden(TEXTS), ignore_errors=True)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """Says in one line what the disk refuses."""
        try:
            yield
        except OSError as error:
            raise ExtractorError(
                f"{self.folder} cannot be written ({error.strerror}). Make room, or name another folder with -o."
            ) from error

    def _begin_file(self) -> None:
        self._end_file()
        name = f"{_STEMS[self.rendering.format]}-{len(self._files):05}.{self.rendering.format}"
        self._files.append({"name": name, "articles": 0})
        self._open = self._hidden(name).open("wb")
        self._open.write(self.rendering.header.encode())

    def _end_file(self) -> None:
        if self._open is None:
            return
        _settle(self._open)
        self._open = None

    def _begin_texts(self) -> None:
        """Make room for texts. Raises UsageError where `text` is a file."""
        place, hidden = self.folder / TEXTS, self._hidden(TEXTS)
        if place.exists() and not place.is_dir():
            raise UsageError(f"{place} is a file, and --save-text needs a folder of that name. Move it away.")
        hidden.mkdir()
        if place.is_dir():  # what others have put there keeps its name
            foreign = {path.name for path in place.iterdir()} - set(self._earlier_texts)
            self._taken = Taken(name.removesuffix(".txt").casefold() for name in foreign)

    def _finish_texts(self) -> None:
        place = self.folder / TEXTS
        if self._texts:
            place.mkdir(exist_ok=True)
            for name in self._texts:
                (self._hidden(TEXTS) / name).replace(place / name)
            self._hidden(TEXTS).rmdir()
        for name in self._earlier_texts:
            if name not in self._texts:
                (place / name).unlink(missing_ok=True)
        if self._earlier_texts and not self._texts:
            with contextlib.suppress(OSError):  # somebody has put something there
                place.rmdir()

    def _hidden(self, name: str) -> Path:
        return self.folder / f".{name}.part"

    def _write_summary(self, name: str, tally: Tally, *, complete: bool, listed: Iterable[str]) -> None:
        articles = {file["name"]: file["articles"] for file in self._files}
        summary = {
            "program": "extractor",
            "extractor": __version__,
            "schema": 1,
            "rules": tally.rules,
            "complete": complete,
            "files": [
                {"name": file, "articles": articles.get(file)} for file in dict.fromkeys(listed) if file != SUMMARY
            ],
            "texts": [
                {"name": f"{TEXTS}/{file}", "doc": self._texts.get(file)}
                for file in (self._texts if complete else dict.fromkeys((*self._texts, *self._earlier_texts)))
            ],
            "documents": tally.documents,
            "articles": tally.articles,
            "characters": tally.characters,
            "records": dict(sorted(tally.records.items())),
            "failures": [asdict(failure) for failure in tally.failures],
        }
        with self._hidden(name).open("wb") as file:
            file.write(json.dumps(summary, ensure_ascii=False, indent=2).encode("utf-8") + b"\n")
            _settle(file)


def _settle(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())
    file.close()


def _short(folder: Path) -> str:
    """What is shown of a name that may be too long, or hold what no name can."""
    name = printable(str(folder))
    return name if len(name) <= _LONG else name[:_LONG] + "…"


def _listed(folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The files that an earlier run wrote into `folder`, and those in its `text`, by its summary; none where there is none."""
    try:
        summary = json.loads((folder / SUMMARY).read_bytes())
        if summary["program"] != "extractor":
            return (), ()
        files = (file["name"] for file in summary["files"] if _OURS.fullmatch(file["name"]))
        texts = (text["name"].removeprefix(f"{TEXTS}/") for text in summary.get("texts", ()))
        return (*files, SUMMARY), tuple(name for name in texts if _OUR_TEXT.fullmatch(name))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return (), ()
