"""The command line as a shell meets it: what stands on which stream, and the exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from conftest import ROOT, Command

from extractor import __version__
from extractor.cli import FactType, app
from extractor.facts import RECORD_TYPES

TYPES = list(RECORD_TYPES)


def commands() -> Iterator[tuple[str, ...]]:
    """Every command and group, as its words."""

    def below(group: object, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        yield words
        for name, child in getattr(group, "commands", {}).items():
            yield from below(child, (*words, name))

    yield from below(typer.main.get_command(app), ())


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
def test_every_command_has_help_with_an_example(words: tuple[str, ...], command: Command) -> None:
    result = command(*words, "--help")
    assert result.returncode == 0
    [example, *_] = [line for line in result.stdout.splitlines() if line.strip().startswith("Example")]
    assert " ".join(("extractor", *words)) in example
    assert all(len(line) <= 100 for line in result.stdout.splitlines())


def test_help_imports_nothing_of_the_pipeline() -> None:
    code = "import sys, extractor.cli; print(*(m for m in sys.modules if m.startswith(('extractor', 'regex', 'rjieba', 'opencc', 'orjson'))))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert result.stdout.split() == ["extractor", "extractor.cli"]


def test_help_is_quick(command: Command) -> None:
    def seconds() -> float:
        begun = time.perf_counter()
        command("--help")
        return time.perf_counter() - begun

    assert min(seconds() for _ in range(3)) < 1.0  # 0.1 s where nothing else runs


def test_types_of_the_command_line_are_those_of_the_contract() -> None:
    assert [kind.value for kind in FactType] == TYPES


def test_version(command: Command) -> None:
    result = command("--version")
    assert (result.returncode, result.stdout) == (0, f"extractor {__version__}\n")


# --- run ----------------------------------------------------------------------------------------------------------


def test_run_prints_one_article_a_line(command: Command, news_file: Path, news: str) -> None:
    result = command("run", news_file)
    assert result.returncode == 0, result.stderr
    [article] = map(json.loads, result.stdout.splitlines())
    assert (article["doc"], article["extractor"]) == ("report.txt", __version__)
    assert {record["type"] for record in article["records"]} >= {"count", "money", "ratio", "place"}
    for record in article["records"]:
        assert news[record["start"] : record["end"]] == record["raw"]
    assert "sentences" not in article
    assert "1 document, 1 article" in result.stderr


def test_run_reads_standard_input(command: Command, news: str) -> None:
    result = command("run", "-", "--quiet", stdin=news)
    assert result.returncode == 0
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr == ""


def test_run_gives_sentences_where_asked(command: Command, news_file: Path) -> None:
    [article] = map(json.loads, command("run", news_file, "--sentences").stdout.splitlines())
    assert article["sentences"]


def test_run_keeps_to_the_types_asked_for(command: Command, news_file: Path) -> None:
    [article] = map(json.loads, command("run", news_file, "-t", "money", "--type", "ratio").stdout.splitlines())
    assert {record["type"] for record in article["records"]} == {"money", "ratio"}


def test_run_reads_relative_dates_against_published(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("今年9月，石城县培育社工400名。", encoding="utf-8")
    [article] = map(json.loads, command("run", "a.txt", "--published", "2024-12-10", "-t", "date").stdout.splitlines())
    assert [record["value"] for record in article["records"]] == ["2024-09"]


def test_run_prints_csv(command: Command, news_file: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(command("run", news_file, "-f", "csv").stdout)))
    assert {row["doc"] for row in rows} == {"report.txt"}
    assert [row["value"] for row in rows if row["type"] == "money"] == ["360000000"]


def test_run_prints_a_table_without_colour_into_a_pipe(command: Command, news_file: Path) -> None:
    result = command("run", news_file, "-f", "table")
    assert "≈ 360,000,000 CNY" in result.stdout
    assert "\x1b" not in result.stdout


def test_run_writes_a_folder(command: Command, news_file: Path, tmp_path: Path) -> None:
    result = command("run", news_file, "-o", "facts")
    assert (result.returncode, result.stdout) == (0, "")
    [article] = map(json.loads, (tmp_path / "facts" / "articles-00000.jsonl").read_text(encoding="utf-8").splitlines())
    assert article["sentences"]
    summary = json.loads((tmp_path / "facts" / "summary.json").read_text(encoding="utf-8"))
    assert (summary["documents"], summary["complete"], summary["rules"]) == (1, True, article["rules"])


def test_run_gives_the_same_with_one_process_and_two(command: Command, tmp_path: Path, news: str) -> None:
    for number in range(20):
        (tmp_path / f"{number:02}.txt").write_text(news * (number + 1), encoding="utf-8")
    files = sorted(tmp_path.glob("*.txt"))
    one, two = command("run", *files, "-j", "1"), command("run", *files, "-j", "2")
    assert one.returncode == two.returncode == 0
    assert one.stdout == two.stdout


def test_run_goes_on_after_a_document_that_cannot_be_read(command: Command, news_file: Path, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(bytes(range(256)) * 20)
    result = command("run", "b.txt", news_file)
    assert result.returncode == 1
    assert len(result.stdout.splitlines()) == 1
    [warning] = [line for line in result.stderr.splitlines() if line.startswith("warning:")]
    assert warning.startswith("warning: b.txt: ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run"], "ARTICLES"),
        (["run", "report.txt", "--type", "dates"], "'count', 'ratio', 'money', 'date', 'place', 'program'"),
        (["run", "report.txt", "--format", "xml"], "'jsonl', 'csv', 'table'"),
        (["run", "report.txt", "--published", "2024"], "write it as 2024-12-10"),
        (["run", "report.txt", "--jobs", "0"], "--jobs"),
        (["run", "report.txt", "--rules", "nowhere"], "nowhere"),
        (["run", "report.txt", "--segmenter", "thulac"], "'rjieba', 'jieba'"),
        (["run", "nowhere.txt"], "nowhere.txt"),
        (["run", "empty"], "empty"),
        (["run", "report.txt", "-o", "report.txt"], "extractor run … > report.txt"),
        (["run", "report.txt", "-o", "facts", "-f", "table"], "jsonl or --format csv"),
        (["rules", "show", "money.nothing"], "no rule is called money.nothing"),
        (["corpus", "score", "report.txt", "report.txt"], "line 1"),
        (["corpus", "compare", "empty", "empty"], "articles-*.jsonl"),
        (["schmea"], "schema"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use_is_one_line_and_exit_code_2(
    arguments: list[str], said: str, command: Command, news_file: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    result = command(*arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("error: ")
    assert result.stderr.count("\n") == 1
    assert said in result.stderr
    assert not (tmp_path / "facts").exists()


def test_a_reader_that_stops_ends_it_quietly(tmp_path: Path, news: str) -> None:
    rows = (json.dumps({"id": str(number), "text": news}) + "\n" for number in range(3000))
    (tmp_path / "many.jsonl").write_text("".join(rows))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-m", "extractor", "run", "many.jsonl", "-j", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 128 + signal.SIGPIPE


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_stopped_leaves_no_file(number: int, code: int, tmp_path: Path, news: str) -> None:
    row = json.dumps({"text": news * 20}) + "\n"
    with (tmp_path / "many.jsonl").open("w") as file:
        file.writelines(row for _ in range(20_000))
    with subprocess.Popen(
        [sys.executable, "-m", "extractor", "run", "many.jsonl", "-o", "facts", "-j", "2"],
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        while not list(tmp_path.glob("facts/.articles-*")) and process.poll() is None:
            time.sleep(0.05)
        process.send_signal(number)
        assert process.wait(60) == code
    assert not (tmp_path / "facts").exists()


# --- the other commands -------------------------------------------------------------------------------------------


def test_explain_names_the_rule(command: Command) -> None:
    result = command("explain", "全年税收约3.6亿元，同比增长5%。")
    assert result.returncode == 0, result.stderr
    assert "money." in result.stdout
    json.loads(command("explain", "全年税收约3.6亿元。", "--json").stdout)


def test_rules_hold(command: Command) -> None:
    result = command("rules", "check")
    assert (result.returncode, result.stdout) == (0, ""), result.stdout
    assert "rules hold, with" in result.stderr


def test_rules_check_prints_all_faults(command: Command, tmp_path: Path) -> None:
    (tmp_path / "rules" / "money").mkdir(parents=True)
    (tmp_path / "rules" / "money" / "rules.toml").write_text("[[rule]]\nid = 'money.x'\n")
    result = command("rules", "check", "--rules", "rules")
    assert result.returncode == 1
    assert "rules.toml" in result.stdout


def test_rules_list_and_show(command: Command) -> None:
    listed = command("rules", "list", "--type", "money").stdout.splitlines()
    assert listed
    assert all(line.startswith("money.") for line in listed)
    name = listed[0].split()[0]
    shown = command("rules", "show", name).stdout
    assert shown.splitlines()[0] == name
    assert "\n  yes " in shown
    assert "\n  no " in shown


def test_corpus_commands(command: Command, news_file: Path, tmp_path: Path, news: str) -> None:
    gold = {"doc": "report", "mentions": [{"type": "money", "raw": "3.6亿元", "value": 360000000, "currency": "CNY"}]}
    (tmp_path / "gold.jsonl").write_text(json.dumps(gold), encoding="utf-8")
    for folder in ("before", "after"):
        command("run", news_file, "-t", "money", "-o", folder)
    scored = command("corpus", "score", "gold.jsonl", "before", "--errors", "5")
    assert scored.returncode == 0, scored.stderr
    assert "1.000" in next(line for line in scored.stdout.splitlines() if line.startswith("money"))
    compared = command("corpus", "compare", "before", "after")
    assert compared.stdout == "0 gained, 0 lost, 0 changed, 1 the same\n"


def test_schema(command: Command) -> None:
    path = ROOT / "extractor" / "records.schema.json"
    assert command("schema").stdout == path.read_text(encoding="utf-8"), "the models changed: run `make schema`"
