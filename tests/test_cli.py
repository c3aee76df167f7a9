"""The command line as a shell meets it: what stands on which stream, and the exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from conftest import ROOT, Command

from extractor import __version__
from extractor.cli import app
from extractor.facts import RECORD_TYPES
from extractor.folders import rules_folder, types_with_rules

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
    assert sorted(result.stdout.split()) == ["extractor", "extractor.cli", "extractor.errors", "extractor.folders"]


def test_help_is_quick(command: Command) -> None:
    def seconds() -> float:
        begun = time.perf_counter()
        command("--help")
        return time.perf_counter() - begun

    assert min(seconds() for _ in range(3)) < 1.0  # 0.1 s where nothing else runs


def test_types_of_the_help_are_those_of_the_contract(command: Command) -> None:
    assert types_with_rules(rules_folder()) == sorted(TYPES)
    assert f"one of {', '.join(sorted(TYPES))}." in " ".join(command("run", "--help").stdout.split())


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
def test_help_names_what_to_give_plainly(words: tuple[str, ...], command: Command) -> None:
    lines = command(*words, "--help").stdout.splitlines()
    assert [line for line in lines if re.search(r"<(?!type>|doc>)|\{|list\[", line)] == []


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


def test_run_says_how_many_dates_lack_a_publication_date(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("今年9月，石城县每周三培育社工400名。", encoding="utf-8")
    (tmp_path / "b.txt").write_text("去年底完工，今年开放。", encoding="utf-8")

    def said(*arguments: str) -> list[str]:
        return [line for line in command("run", *arguments).stderr.splitlines() if "anchored" in line]

    assert said("a.txt") == ["1 date could not be anchored: give --published YYYY-MM-DD"]
    assert said("a.txt", "b.txt", "-j", "2") == ["3 dates could not be anchored: give --published YYYY-MM-DD"]
    assert said("a.txt", "--published", "2024-12-10") == said("a.txt", "-t", "count") == said("a.txt", "-q") == []


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


def test_run_refuses_kinds_of_file_that_it_cannot_read(command: Command, news_file: Path, tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_text("石城县3个村", "utf-8")
    result = command("run", "a.doc", news_file)
    assert result.returncode == 1
    assert len(result.stdout.splitlines()) == 1
    assert [line for line in result.stderr.splitlines() if line.startswith("warning:")] == [
        "warning: a.doc: old Word is not read: save it as .docx or as plain text (.txt)"
    ]


def test_run_reads_tables_and_archives_with_fields_of_any_name(command: Command, tmp_path: Path, news: str) -> None:
    table = '编号;日期;正文\n七;2024-12-10;"今年9月，石城县\n培育社工400名。"\n'
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("old/t.csv", table.encode("gb18030"))
        archive.writestr("old/report.txt", news)
    result = command(
        "run", "a.zip", "-t", "count", "--field", "text=正文", "--field", "id=编号", "--field", "published=日期"
    )
    assert result.returncode == 0, result.stderr
    row, report = map(json.loads, result.stdout.splitlines())
    assert (row["doc"], row["published"], report["doc"]) == ("七", "2024-12-10", "a.zip#old/report.txt")
    [record] = row["records"]
    assert "今年9月，石城县\n培育社工400名。"[record["start"] : record["end"]] == record["raw"] == "400名"


def test_run_reads_no_document_above_the_limit(command: Command, tmp_path: Path, news_file: Path) -> None:
    (tmp_path / "rows.jsonl").write_text(json.dumps({"text": "社" * 300}) + '\n{"id": "2", "text": "社工3名。"}\n')
    (tmp_path / "large.txt").write_text("社工3名。" * 200, "utf-8")
    result = command("run", "rows.jsonl", "large.txt", news_file, "--max-document", "1KB")
    assert result.returncode == 1
    assert [json.loads(line)["doc"] for line in result.stdout.splitlines()] == ["2", "report.txt"]
    assert [line for line in result.stderr.splitlines() if line.startswith("warning:")] == [
        "warning: rows.jsonl#1: the row has 1.81 KB, and one document may have 1 KB: "
        "cut it into smaller ones, or allow more with --max-document 1MB",
        "warning: large.txt: it has 2.6 KB, and one document may have 1 KB: "
        "cut it into smaller ones, or allow more with --max-document 1MB",
    ]


@pytest.mark.parametrize("format_", ["jsonl", "csv", "table"])
def test_run_writes_rows_with_half_pairs(format_: str, command: Command, tmp_path: Path) -> None:
    row = {"id": "a\ud800", "title": "\udc00题", "text": "\ud800石城县3\udfff个村"}
    (tmp_path / "a.jsonl").write_text(json.dumps(row), "utf-8")
    result = command("run", "a.jsonl", "--format", format_)
    assert result.returncode == 0
    assert "a\ufffd" in result.stdout
    assert "石城县" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run"], "ARTICLES"),
        (["run", "report.txt", "--type", "dates"], "'count', 'ratio', 'money', 'date', 'place', 'program'"),
        (["run", "report.txt", "--format", "xml"], "'jsonl', 'csv', 'table'"),
        (["run", "report.txt", "--published", "2024"], "write it as 2024-12-10"),
        (["run", "report.txt", "--jobs", "0"], "--jobs"),
        (["run", "report.txt", "--field", "body=x"], "text, id, title, published, publisher, byline, region, url"),
        (["run", "report.txt", "--field", "text"], "as in text=content"),
        (["run", "report.txt", "--field", "text=a", "--field", "text=b"], "two names are given for the field text"),
        (["run", "report.txt", "--max-document", "ten"], "write it as 10MB, 500KB or 2GB"),
        (["run", "report.txt", "--max-document", "0"], "write it as 10MB, 500KB or 2GB"),
        *(
            (["run", "report.txt", "--encoding", name], "is no encoding of texts: write one such as utf-8")
            for name in ("idna", "punycode", "undefined", "unicode_escape", "raw-unicode-escape", "rot13", "hex", "x")
        ),
        (["run", "report.txt", "--save-text"], "name a folder for them with -o DIR"),
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


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("words", [["run", "report.txt"], ["schema"], ["--help"]], ids=" ".join)
@pytest.mark.parametrize("where", [">/dev/full", ">&-"])
def test_an_output_that_takes_nothing_is_one_line(words: list[str], where: str, news_file: Path) -> None:
    result = shell(f"{' '.join(words)} {where}", news_file.parent)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("error: ")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("where", ["2>&-", "<&- 2>&-", *(["2>/dev/full"] if Path("/dev/full").exists() else [])])
def test_no_record_is_lost_with_the_warnings(where: str, news_file: Path) -> None:
    (news_file.parent / "bad.pdf").write_text("no PDF")
    result = shell(f"run bad.pdf report.txt {where}", news_file.parent)
    assert result.returncode == 1
    assert [json.loads(line)["doc"] for line in result.stdout.splitlines()] == ["report.txt"]


def test_a_folder_is_written_with_all_streams_closed(news_file: Path) -> None:
    assert shell("run report.txt -o facts <&- >&- 2>&-", news_file.parent).returncode == 0
    [line] = (news_file.parent / "facts" / "articles-00000.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["doc"] == "report.txt"


def shell(words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = f"{sys.executable} -m extractor {words}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        ["sh", "-c", command], capture_output=True, encoding="utf-8", cwd=folder, env=environment, check=False
    )


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 128 + signal.SIGHUP)]
)
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


def test_explain_speaks_plainly_and_leaves_out_bare_anchors(command: Command) -> None:
    text = "路边的二元结构，第三名领奖。"
    lines = command("explain", text).stdout.splitlines()
    assert "✗ money    [二元] money.amount_unit: lies in 二元, which the rule leaves alone (unless)" in lines
    [refused] = [line for line in lines if "[三名]" in line]
    assert "guard cardinal refuses it; wanted: the numeral counts" in refused
    assert not any("shape" in line for line in lines)
    reasons = [loss["reason"] for loss in json.loads(command("explain", text, "--json").stdout)["rejected"]]
    assert {"unless: lies inside 二元", "shape street_name finds no mention"} <= set(reasons)


def test_explain_says_why_the_winner_wins(command: Command) -> None:
    lines = command("explain", "三块钱，2024年9月投入").stdout.splitlines()
    losses = [line.partition(": ")[2] for line in lines if " loses to " in line]
    assert "loses to money.amount_unit [三块钱], as money goes before count" in losses
    assert any(loss.endswith(", which is longer") for loss in losses)


def test_rules_hold(command: Command) -> None:
    result = command("rules", "check")
    assert (result.returncode, result.stderr) == (0, ""), result.stdout
    assert re.fullmatch(r"\d+ rules hold, with \d+ examples\.\n", result.stdout)


@pytest.mark.parametrize(
    ("text", "faults"),
    [("[[rule]]\nid = 'money.x'\n", "5 faults in the rules.\n"), ("rule = [\n", "1 fault in the rules.\n")],
)
def test_rules_check_prints_and_counts_all_faults(text: str, faults: str, command: Command, tmp_path: Path) -> None:
    (tmp_path / "rules" / "money").mkdir(parents=True)
    (tmp_path / "rules" / "money" / "rules.toml").write_text(text)
    result = command("rules", "check", "--rules", "rules")
    assert (result.returncode, result.stderr) == (1, faults)
    assert result.stdout.startswith("rules/money/rules.toml")
    assert result.stdout.endswith("\n")


def test_a_folder_that_holds_no_rules_is_one_error(command: Command, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / "foreign" / name).mkdir(parents=True)
    said = "foreign:\n  holds no rules: it needs <type>/rules.toml files.\n"
    checked = command("rules", "check", "--rules", "foreign")
    assert (checked.returncode, checked.stdout) == (1, said)
    explained = command("explain", "雨停了。", "--rules", "foreign")
    assert (explained.returncode, explained.stderr) == (2, f"error: {said}")


def test_a_folder_may_hold_lexicons_alone(command: Command, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "rules" / "_shared", tmp_path / "rules" / "_shared")
    shutil.copytree(ROOT / "rules" / "ratio", tmp_path / "rules" / "ratio")
    (tmp_path / "rules" / "_shared" / "precedence.toml").unlink()
    (tmp_path / "rules" / "words").mkdir()
    (tmp_path / "rules" / "words" / "lexicon.toml").write_text(
        '[street_food]\nabout = "Street food, for later."\nsource = "our own list"\nwords = ["煎饼"]\n',
        encoding="utf-8",
    )
    result = command("rules", "list", "--rules", "rules")
    assert "words/rules.toml" not in result.stderr


def test_rules_list_and_show(command: Command) -> None:
    listed = command("rules", "list", "--type", "money").stdout.splitlines()
    assert listed
    assert all(line.startswith("money.") for line in listed)
    name = listed[0].split()[0]
    shown = command("rules", "show", name).stdout
    assert shown.splitlines()[0] == name
    assert re.search(r"^  yes +\S.*  value=\d", shown, re.MULTILINE)
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


def test_corpus_score_reads_the_texts_itself(command: Command, tmp_path: Path, news_file: Path) -> None:
    rows = [
        {"doc": "report", "mentions": [{"type": "money", "raw": "3.6亿元", "value": 360000000, "currency": "CNY"}]},
        {
            "doc": "row",
            "text": "今年发放补助320元。",
            "published": "2025-03-06",
            "region": "TW",
            "mentions": [
                {"type": "date", "raw": "今年", "timex": "DATE", "value": "2025"},
                {"type": "money", "raw": "320元", "value": 320, "currency": "TWD"},
            ],
        },
        {"doc": "none", "text": "石城县下雨。", "mentions": []},
        {"doc": "nothing", "text": "雨停了。", "mentions": []},
    ]
    (tmp_path / "gold").mkdir()
    news_file.rename(tmp_path / "gold" / "report.txt")
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (tmp_path / "gold" / "gold.jsonl").write_text(lines, encoding="utf-8")
    scored = command("corpus", "score", "gold/gold.jsonl")
    assert (scored.returncode, scored.stderr) == (0, "")
    counts, empty, header, *table = scored.stdout.splitlines()
    assert (counts, empty) == ("4 documents", "2 of them without any mention; 1 of these got a record")
    assert header.split()[:4] == ["type", "gold", "false", "P"]
    assert next(line.split()[1:] for line in table if line.startswith("money"))[:7] == ["2", "0", *["1.000"] * 5]
    assert next(line.split()[6] for line in table if line.startswith("date")) == "1.000"
    told = json.loads(command("corpus", "score", "gold/gold.jsonl", "--json").stdout)
    assert (told["documents_without_mention"], told["of_them_with_a_record"]) == (2, 1)
    assert told["place"]["false"] >= 1


# --- a seventh type -----------------------------------------------------------------------------------------------

HOTLINE_RULES = """
[[rule]]
id      = "hotline.short"
about   = "A service number of five digits behind 热线 or 拨打."
source  = "the example of the README"
pattern = '(?<= 热线 | 拨打 ) (?<mention> (?<digits> 1 \\d{4} ) ) (?! \\d )'
yes = [
  { text = "市民可拨打[12345]。", number = "12345" },
]
no = [
  { text = "邮编12345不变。", why = "a postcode" },
]
"""
HOTLINE_MODULE = '''
"""Service numbers."""

from typing import Literal

from extractor.engine.match import Match
from extractor.facts.base import Record
from extractor.facts.reading import evidence
from extractor.segment import Passage


class Hotline(Record):
    """A service number: 12345."""

    type: Literal["hotline"] = "hotline"
    number: str


def read(matches: list[Match], passage: Passage) -> list[Hotline]:
    """The service numbers of an article."""
    return [Hotline(**evidence(match, passage), number=match["digits"]) for match in matches]
'''


def test_a_type_is_a_folder_a_module_and_its_name_in_the_union(tmp_path: Path) -> None:
    for name in ("extractor", "rules"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "extractor", *arguments],
            input="来电请拨打12345。",
            capture_output=True,
            encoding="utf-8",
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
            check=False,
        )

    (tmp_path / "rules" / "hotline").mkdir()
    (tmp_path / "rules" / "hotline" / "rules.toml").write_text(HOTLINE_RULES, encoding="utf-8")
    fault = "rules/hotline:\n  no record type hotline: "
    union = "add extractor/facts/hotline.py and its line in the AnyRecord union.\n"
    assert run("rules", "check").stdout == fault + union

    facts = tmp_path / "extractor" / "facts"
    (facts / "hotline.py").write_text(HOTLINE_MODULE, encoding="utf-8")
    union = "extractor/facts/hotline.py is there, so add its line in the AnyRecord union.\n"
    assert run("rules", "check").stdout == fault + union

    code = (facts / "__init__.py").read_text(encoding="utf-8")
    code = code.replace("import Date\n", "import Date\nfrom extractor.facts.hotline import Hotline\n")
    (facts / "__init__.py").write_text(code.replace("| Program,", "| Program | Hotline,"), encoding="utf-8")
    assert run("rules", "check").returncode == 0
    assert "hotline" in run("run", "--help").stdout
    [article] = map(json.loads, run("run", "-", "-t", "hotline").stdout.splitlines())
    assert [(record["raw"], record["number"]) for record in article["records"]] == [("12345", "12345")]
    assert "number 12345" in run("run", "-", "-f", "table").stdout
    [row] = [r for r in csv.DictReader(io.StringIO(run("run", "-", "-f", "csv").stdout)) if r["type"] == "hotline"]
    assert row["number"] == "12345"
    gold = {"doc": "a", "text": "请拨打12345。", "mentions": [{"type": "hotline", "raw": "12345", "number": "12345"}]}
    (tmp_path / "gold.jsonl").write_text(json.dumps(gold), encoding="utf-8")
    assert json.loads(run("corpus", "score", "gold.jsonl", "--json").stdout)["hotline"]["FACT"] == 1

    shutil.rmtree(tmp_path / "rules" / "hotline")
    assert run("rules", "check").stdout == (
        "rules/hotline:\n  no rules for the record type hotline: add hotline/rules.toml.\n"
    )


def test_schema(command: Command) -> None:
    path = ROOT / "extractor" / "records.schema.json"
    assert command("schema").stdout == path.read_text(encoding="utf-8"), "the models changed: run `make schema`"


DAMAGED = "水渠通到田头\n\n石桥鎮(zhèn)新修水渠&#51;6公里。\n" + "群众筹资45万元。".encode().decode("latin-1") + "\n"


def test_normalise_shows_the_cleaned_text(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DAMAGED, "utf-8")
    done = command("normalise", "a.txt")
    assert done.returncode == 0
    assert done.stdout.splitlines()[1:] == ["水渠通到田头", "石桥镇新修水渠36公里。", "群众筹资45万元。"]
    assert "edits replayed" in done.stderr


def test_normalise_tells_every_repair_with_its_place(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DAMAGED, "utf-8")
    lines = [line.split("\t") for line in command("normalise", "a.txt", "--diff").stdout.splitlines()[1:]]
    assert [kind for _, kind, _ in lines[:3]] == ["escape", "mojibake", "gloss"]
    for where, _, shown in lines[:3]:
        start, end = map(int, where.split(":"))
        before = shown.partition("⟦")[2].partition(" → ")[0]
        assert len(before.replace("\\u00", "")) >= end - start  # control characters are written out
    assert "⟦(zhèn) → ⟧" in lines[2][2]


def test_the_repairs_of_normalise_can_be_replayed_by_a_program(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DAMAGED, "utf-8")
    found = json.loads(command("normalise", "a.txt", "--json").stdout)
    text = DAMAGED[found["start"] : found["end"]]
    for repair in found["repairs"]:
        for start, end, new in reversed(repair["edits"]):
            text = text[:start] + new + text[end:]
    assert text == found["text"]
    assert found["replayed"] is True


def test_normalise_passes_by_what_cannot_be_read(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DAMAGED, "utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    done = command("normalise", ".")
    assert done.returncode == 1
    assert "warning: b.txt: empty" in done.stderr
    assert "群众筹资45万元。" in done.stdout
