"""A folder of output: whole files only, and none but our own ever touched.

Files are written under hidden names and get their own when all of them are complete. `summary.json` lists the files of
a run: those and no others are replaced by the next one.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from extractor import __version__
from extractor.errors import UsageError
from extractor.report import Rendering

if TYPE_CHECKING:
    from extractor.tally import Tally

ARTICLES_PER_FILE = 50_000
SUMMARY = "summary.json"
_STEMS = {"jsonl": "articles", "csv": "records"}
_OURS = re.compile(r"(articles-\d{5,}\.jsonl|records-\d{5,}\.csv|summary\.json)")


class FolderSink:
    """Writes `articles-00000.jsonl` … or `records-00000.csv` … and `summary.json` into `folder`.

    Raises UsageError when `folder` is a file, cannot be made, or holds files of these names that no run has listed.
    """

    def __init__(self, folder: Path, rendering: Rendering, *, per_file: int = ARTICLES_PER_FILE) -> None:
        self.rendering = rendering
        self.folder = folder
        self._resolved = folder.resolve()
        self._per_file = per_file
        self._files: list[dict[str, Any]] = []  # name and number of articles of each file written so far
        self._open: IO[bytes] | None = None
        self._made = not folder.exists()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise UsageError(
                f"{folder} is a file, and -o names a folder. For one file write: extractor run … > {folder.name}"
            ) from None
        except OSError as error:
            raise UsageError(f"{folder} cannot be made: {error.strerror}. Name another folder with -o.") from error
        self._earlier = _listed(folder)
        foreign = sorted(p.name for p in folder.iterdir() if _OURS.fullmatch(p.name) and p.name not in self._earlier)
        if foreign:
            raise UsageError(
                f"{folder} holds {foreign[0]}, which no earlier run has listed in {SUMMARY}. "
                "Move it away, or name another folder with -o."
            )

    def owns(self, path: Path) -> bool:
        return path.resolve().is_relative_to(self._resolved)

    def write(self, piece: str) -> None:
        if self._open is None or self._files[-1]["articles"] == self._per_file:
            self._begin_file()
        assert self._open is not None
        self._open.write(piece.encode("utf-8"))
        self._files[-1]["articles"] += 1

    def finish(self, tally: Tally) -> None:
        """Give every file its name. A run that is stopped in the midst leaves `"complete": false` in the summary."""
        if self._open is None:
            self._begin_file()
        self._end_file()
        names = [file["name"] for file in self._files]
        self._write_summary(tally, complete=False, listed=[*names, *self._earlier])
        for name in names:
            self._hidden(name).replace(self.folder / name)
        for name in self._earlier:
            if name not in (*names, SUMMARY):
                (self.folder / name).unlink(missing_ok=True)
        self._write_summary(tally, complete=True, listed=names)

    def discard(self) -> None:
        """Remove what is not complete. The files of an earlier run are as they were."""
        if self._open is not None:
            self._open.close()
            self._open = None
        for file in self._files:
            self._hidden(file["name"]).unlink(missing_ok=True)
        if self._made:
            with contextlib.suppress(OSError):  # somebody has put something there
                self.folder.rmdir()

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

    def _hidden(self, name: str) -> Path:
        return self.folder / f".{name}.part"

    def _write_summary(self, tally: Tally, *, complete: bool, listed: Iterable[str]) -> None:
        articles = {file["name"]: file["articles"] for file in self._files}
        summary = {
            "program": "extractor",
            "extractor": __version__,
            "schema": 1,
            "rules": tally.rules,
            "complete": complete,
            "files": [
                {"name": name, "articles": articles.get(name)} for name in dict.fromkeys(listed) if name != SUMMARY
            ],
            "documents": tally.documents,
            "articles": tally.articles,
            "characters": tally.characters,
            "records": dict(sorted(tally.records.items())),
            "failures": [asdict(failure) for failure in tally.failures],
        }
        hidden = self._hidden(SUMMARY)
        with hidden.open("wb") as file:
            file.write(json.dumps(summary, ensure_ascii=False, indent=2).encode("utf-8") + b"\n")
            file.flush()
            os.fsync(file.fileno())
        hidden.replace(self.folder / SUMMARY)


def _settle(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())
    file.close()


def _listed(folder: Path) -> tuple[str, ...]:
    """The files that an earlier run wrote into `folder`, by its summary; none where there is no such summary."""
    try:
        summary = json.loads((folder / SUMMARY).read_bytes())
        if summary["program"] != "extractor":
            return ()
        return (*(file["name"] for file in summary["files"] if _OURS.fullmatch(file["name"])), SUMMARY)
    except (OSError, ValueError, TypeError, KeyError):
        return ()
