"""The README keeps its word: its examples run and print what it says, and it speaks of every command.

In a block of kind `console`, each line `$ extractor …` is run in a folder that holds `corpora` and `rules`, and prints
the lines below it; `...` stands for anything. Blocks of kind `python` with `>>>` are doctests. A block right below
`<!-- not run -->` is left alone.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from test_cli import commands

README = ROOT / "README.md"
_BLOCK = re.compile(r"^(?P<before>[^\n]*)\n+```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)

_SESSION = re.compile(r"^\$ (?P<command>.*(?:\\\n.*)*)\n(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)


def blocks(kind: str) -> list[tuple[int, str]]:
    """Line number and text of the README's blocks of a kind."""
    text = README.read_text(encoding="utf-8")
    return [
        (text.count("\n", 0, block.start("body")) + 1, block["body"])
        for block in _BLOCK.finditer(text)
        if block["kind"] == kind and block["before"].strip() != "<!-- not run -->"
    ]


def transcripts() -> list[tuple[int, str, str]]:
    """Line number, command and expected output of each command in a console block."""
    found = []
    for line, body in blocks("console"):
        found += [
            (line + body.count("\n", 0, session.start()), session["command"], session["output"])
            for session in _SESSION.finditer(body)
            if "extractor" in session["command"] and "pip install" not in session["command"]
        ]
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as a reader of the README has it, with `extractor` on its path."""
    for name in ("corpora", "rules"):
        (tmp_path / name).symlink_to(ROOT / name)
    shim = tmp_path / "bin" / "extractor"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m extractor "$@"\n')
    shim.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize(("line", "shell", "output"), transcripts(), ids=lambda value: str(value)[:40])
def test_a_command_of_the_readme(line: int, shell: str, output: str, folder: Path) -> None:
    environment = {
        **os.environ,
        "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "120",
    }
    result = subprocess.run(
        ["bash", "-c", shell],
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env=environment,
        timeout=300,
        check=False,
    )
    assert result.returncode in (0, 1), f"README.md, line {line}: {result.stderr}"
    if output.strip():
        checker = doctest.OutputChecker()
        flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
        assert checker.check_output(output, result.stdout, flags), f"README.md, line {line} prints:\n{result.stdout}"


@pytest.mark.parametrize(
    ("line", "body"), [b for b in blocks("python") if ">>>" in b[1]], ids=lambda value: str(value)[:40]
)
def test_python_of_the_readme(line: int, body: str) -> None:
    example = doctest.DocTestParser().get_doctest(body, {}, "README.md", "README.md", line - 1)
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE, verbose=False)
    runner.run(example, out=report.append)
    assert not runner.failures, "".join(report)


@pytest.mark.parametrize("words", [words for words in commands() if words], ids=" ".join)
def test_the_readme_speaks_of_every_command(words: tuple[str, ...]) -> None:
    text = README.read_text(encoding="utf-8")
    if "```" not in text:
        pytest.skip("the README is not written yet")
    pattern = words[0] if len(words) == 1 else rf"{words[0]}\s+(?:[a-z]+\|)*{words[1]}"  # rules check|list|show
    assert re.search(rf"extractor {pattern}\b", text), f"README.md says nothing of `extractor {' '.join(words)}`"
