"""What a user gets from a package index: a wheel that works away from the checkout, with its rules inside."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(importlib.util.find_spec("hatchling") is None, reason="hatchling is not installed"),
    pytest.mark.skipif(importlib.util.find_spec("pip") is None, reason="pip is not installed"),
]


def call(*arguments: str | Path, cwd: Path) -> str:
    result = subprocess.run(
        list(map(str, arguments)), capture_output=True, encoding="utf-8", cwd=cwd, timeout=300, check=False
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source distribution."""
    folder = tmp_path_factory.mktemp("dist")
    call(sys.executable, "-m", "hatchling", "build", "-d", folder, cwd=ROOT)
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` of a fresh environment with the wheel, which borrows our dependencies and not our checkout."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, with_pip=False, symlinks=True)
    [packages] = folder.glob("lib/python*/site-packages")
    (packages / "borrowed.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    [wheel] = built.glob("*.whl")
    call(
        sys.executable, "-m", "pip", "--python", folder / "bin" / "python", "install", "--quiet",
        "--disable-pip-version-check", "--no-deps", "--no-index", "--force-reinstall", wheel, cwd=built,
    )  # fmt: skip
    return folder / "bin"


def test_what_is_imported_is_what_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    core = {_name(requirement) for requirement in project["dependencies"]}
    extras = {
        _name(requirement)
        for extra in ("jieba", "spacy", "train")
        for requirement in project["optional-dependencies"][extra]
    }
    imported = set()
    for path in (ROOT / "extractor").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add(str(node.module).partition(".")[0])
    foreign = imported - sys.stdlib_module_names - {"extractor"}
    assert foreign - extras == core
    assert extras <= foreign


def _name(requirement: str) -> str:
    """The module of a requirement, which for nearly all of ours is its name in lower case."""
    name = re.split(r"[^\w-]", requirement)[0].replace("-", "_").lower()
    return {"python_crfsuite": "pycrfsuite"}.get(name, name)


def test_the_wheel_holds_the_rules_and_nothing_strange(built: Path) -> None:
    [wheel] = built.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {f"extractor/models/weights/{name}" for name in ("fast.npz", "accurate.npz", "CARD.md", "LICENSE.txt")} <= {
        *names
    }
    assert any(name.startswith("extractor/_rules/money/") for name in names)
    assert {"extractor/records.schema.json", "extractor/py.typed"} <= set(names)
    tops = {name.split("/")[0] for name in names}
    assert len(tops) == 2, tops


def test_the_source_distribution_holds_all_that_is_needed_to_test_it(built: Path) -> None:
    [sdist] = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"Makefile", "pyproject.toml", "LICENSE", "tests/conftest.py", "extractor/cli.py"} <= names
    assert any(name.startswith("corpora/") for name in names)
    assert any(name.startswith("rules/money/") for name in names)


def test_the_installed_command_reads_an_article(installed: Path, news_file: Path) -> None:
    where = call(installed / "python", "-c", "import extractor; print(extractor.__file__)", cwd=news_file.parent)
    assert Path(where.strip()).is_relative_to(installed.parent)
    [article] = map(json.loads, call(installed / "extractor", "run", news_file, cwd=news_file.parent).splitlines())
    assert {record["type"] for record in article["records"]} >= {"count", "money", "ratio", "place"}


def test_the_installed_command_proves_its_rules(installed: Path, tmp_path: Path) -> None:
    call(installed / "extractor", "rules", "check", cwd=tmp_path)


@pytest.mark.skipif(importlib.util.find_spec("spacy") is None, reason="the extra `spacy` is not installed")
def test_spacy_finds_the_component_by_its_name(installed: Path, tmp_path: Path) -> None:
    code = "import spacy; nlp = spacy.blank('zh'); nlp.add_pipe('extractor'); print(len(nlp('投入3.6亿元。').spans['facts']))"
    assert call(installed / "python", "-c", code, cwd=tmp_path) == "1\n"
