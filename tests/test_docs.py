"""Both READMEs keep their word: their examples run and print what they say, and they speak of every command.

- A block of kind `console` is a session: its lines `$ …` are run one after the other in a folder that holds `corpora`
  and `rules`, and print the lines below them; `...` stands for anything, and a command without output may print anything.
- A block right below a line that ends in `NAME`: is a file of that name, which lies in the folder of every session.
- Blocks of kind `python` with `>>>` are doctests.
- A table row `| type | sentence with its [mention] | name value, name value |` in backticks is read, and its record
  must have those fields.
- A block right below `<!-- not run -->` is left alone.
"""

from __future__ import annotations

import doctest
import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from test_cli import commands

from extractor import extract

READMES = ("README.md", "README.zh.md")
PUBLISHED = "2025-03-06"  # of the sentences in tables
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
_BLOCK = re.compile(r"^(?P<before>[^\n]*)\n+```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_SESSION = re.compile(r"^\$ (?P<command>.*(?:\\\n.*)*)\n(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)
_FILE = re.compile(r"`(?P<name>[\w.-]+)`[:：]$")
_ROW = re.compile(r"^\| `(?P<type>\w+)` \| (?P<sentence>[^|]*\[[^|]*) \| (?P<fields>[^|]*`[^|]*) \|$", re.MULTILINE)


def blocks(readme: str, kind: str | None = None) -> Iterator[tuple[int, str, str]]:
    """Line number, line above and text of the blocks of a kind, or of all."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    for block in _BLOCK.finditer(text):
        if block["before"].strip() != "<!-- not run -->" and block["kind"] == (kind or block["kind"]):
            yield text.count("\n", 0, block.start("body")) + 1, block["before"], block["body"]


def sessions() -> list[object]:
    return [
        pytest.param(readme, line, body, id=f"{readme}:{line}")
        for readme in READMES
        for line, _, body in blocks(readme, "console")
    ]


def doctests() -> list[object]:
    return [
        pytest.param(readme, line, body, id=f"{readme}:{line}")
        for readme in READMES
        for line, _, body in blocks(readme, "python")
        if ">>>" in body
    ]


def rows() -> list[object]:
    found = []
    for readme in READMES:
        for row in _ROW.finditer((ROOT / readme).read_text(encoding="utf-8")):
            fields = dict(re.findall(r"`(\w+)` ([^,，`]+)", row["fields"]))
            found.append(pytest.param(row["type"], row["sentence"], fields, id=f"{readme}:{row['sentence']}"))
    return found


def folder(readme: str, place: Path) -> Path:
    """A folder as a reader has it: the corpora, the rules, the files that the README shows, `extractor` on the path."""
    for name in ("corpora", "rules"):
        (place / name).symlink_to(ROOT / name)
    for _, before, body in blocks(readme):
        if file := _FILE.search(before.strip()):
            (place / file["name"]).write_text(body, encoding="utf-8")
    tools = place / ".bin"
    tools.mkdir()
    for name, arguments in (("extractor", "-m extractor"), ("python", "")):
        shim = tools / name
        shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments} "$@"\n')
        shim.chmod(0o755)
    return place


@pytest.mark.parametrize(("readme", "line", "body"), sessions())
def test_a_session_of_the_readme(readme: str, line: int, body: str, tmp_path: Path) -> None:
    place = folder(readme, tmp_path)
    environment = {
        **os.environ,
        "PATH": f"{place / '.bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
        "COLUMNS": "120",
    }
    for session in _SESSION.finditer(body):
        result = subprocess.run(
            ["bash", "-c", session["command"]],
            capture_output=True,
            encoding="utf-8",
            cwd=place,
            env=environment,
            timeout=300,
            check=False,
        )
        where = f"{readme}, line {line + body.count(chr(10), 0, session.start())}"
        assert result.returncode in (0, 1), f"{where}: {result.stderr}"
        if session["output"].strip():
            right = doctest.OutputChecker().check_output(session["output"], result.stdout, FLAGS)
            assert right, f"{where} prints:\n{result.stdout}{result.stderr}"


@pytest.mark.parametrize(("readme", "line", "body"), doctests())
def test_python_of_the_readme(
    readme: str, line: int, body: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "import spacy" in body:
        if importlib.util.find_spec("spacy") is None:
            pytest.skip("the extra `spacy` is not installed")
        import extractor.spacy_component  # noqa: F401 - registers the component where the package is not installed
    monkeypatch.chdir(folder(readme, tmp_path))
    example = doctest.DocTestParser().get_doctest(body, {}, readme, readme, line - 1)
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=FLAGS, verbose=False)
    runner.run(example, out=report.append)
    assert not runner.failures, "".join(report)


@pytest.mark.parametrize(("kind", "sentence", "fields"), rows())
def test_a_row_of_the_readme(kind: str, sentence: str, fields: dict[str, str]) -> None:
    start, end = sentence.index("["), sentence.index("]") - 1
    article = extract(sentence.replace("[", "").replace("]", ""), published=PUBLISHED)
    [record] = [r for r in article.records if (r.type, r.start, r.end) == (kind, start, end)]
    given = record.model_dump(mode="json")
    assert {name: str(given[name]) for name in fields} == fields


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("words", [words for words in commands() if words], ids=" ".join)
def test_the_readme_speaks_of_every_command(words: tuple[str, ...], readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    pattern = words[0] if len(words) == 1 else rf"{words[0]}\s+(?:[a-z]+\|)*{words[1]}"  # rules check|list|show
    assert re.search(rf"extractor {pattern}\b", text), f"{readme} says nothing of `extractor {' '.join(words)}`"
