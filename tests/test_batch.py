"""A batch keeps its order, loses nothing and writes nothing half, whatever befalls a document or a process."""

from __future__ import annotations

import gzip
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import ROOT

from extractor import batch
from extractor.article import Document
from extractor.batch import Silent, run_batch
from extractor.contract import Article
from extractor.errors import BrokenRules, ExtractorError, UsageError
from extractor.report import Rendering
from extractor.report.folder import FolderSink
from extractor.sources import Fields, list_inputs
from extractor.tally import Failure, Tally


class FakeReader:
    """Obeys its documents: `raise`, `die`, `die once FILE`, and else gives one article."""

    def __init__(self, options: Any) -> None:
        pass

    def read(self, document: Document) -> Sequence[Article]:
        words = document.text.split()
        if words[0] == "refuse":
            raise BrokenRules(["rules/money/rules.toml: is broken", "and more"])
        if words[0] == "raise":
            raise ValueError("a fault\nof two lines")
        if words[0] == "die" and not (words[1:2] == ["once"] and Path(words[2]).exists()):
            if words[1:2] == ["once"]:
                Path(words[2]).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return [Article(extractor="0", rules="hash", doc=document.doc, article=0, id=document.text.strip()[:20])]


class StillbornReader(FakeReader):
    def __init__(self, options: Any) -> None:
        os._exit(7)


class RefusedReader(FakeReader):
    def __init__(self, options: Any) -> None:
        raise UsageError("jieba is not installed. Install it: pip install 'extractor-zh[jieba]'")


class ListSink:
    """Keeps what it is given."""

    rendering = Rendering()

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.state = "open"

    def owns(self, path: Path) -> bool:
        return False

    def write(self, piece: str) -> None:
        self.lines.append(piece)

    def keep_text(self, doc: str, text: str) -> None:
        raise AssertionError("nobody asked for it")

    def finish(self, tally: Tally) -> None:
        self.state = "finished"

    def discard(self) -> None:
        self.state = "discarded"

    @property
    def docs(self) -> list[str]:
        return [json.loads(line)["doc"] for line in self.lines]


class Interrupting(Silent):
    def advance(self, tally: Tally) -> None:
        raise KeyboardInterrupt


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Thirty small articles, two tables and more articles, in the order of their names."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(30):
        (folder / f"a{number:02}.txt").write_text(f"第{number}篇文章。" * 20, encoding="utf-8")
    for name in ("b", "c"):
        rows = ({"id": f"{name}{number:03}", "text": f"第{number}行。" * 50} for number in range(300))
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    (folder / "d.txt").write_text("最后一篇。", encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def _small_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "TASK_SIZE", 5_000)


def read(inputs: Sequence[str | Path], jobs: int = 2, reader: Any = FakeReader) -> tuple[ListSink, Tally]:
    sink = ListSink()
    tally = run_batch(inputs, None, jobs=jobs, sink=sink, make_reader=reader)  # type: ignore[arg-type]
    assert sink.state == "finished"
    return sink, tally


def expected_ids() -> list[str]:
    rows = [f"{name}{number:03}" for name in "bc" for number in range(300)]
    return [f"a{number:02}" for number in range(30)] + rows + ["d"]


def stems(docs: Sequence[str]) -> list[str]:
    return [Path(doc).name.removesuffix(".txt") for doc in docs]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_every_document_once_and_in_order(folder: Path, jobs: int) -> None:
    sink, tally = read([folder], jobs)
    assert stems(sink.docs) == expected_ids()
    assert (tally.documents, tally.articles, tally.failures) == (631, 631, [])
    assert tally.rules == "hash"
    assert tally.bytes_done == sum(path.stat().st_size for path in folder.iterdir())


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_document_that_raises_costs_itself_alone(folder: Path, jobs: int) -> None:
    (folder / "a07.txt").write_text("raise", encoding="utf-8")
    sink, tally = read([folder], jobs)
    assert stems(sink.docs) == [name for name in expected_ids() if name != "a07"]
    [failure] = tally.failures
    assert Path(failure.doc).name == "a07.txt"
    assert failure.reason == "ValueError: a fault of two lines"


def test_a_document_that_kills_its_process_costs_itself_alone(folder: Path) -> None:
    (folder / "a07.txt").write_text("die", encoding="utf-8")
    lines = (folder / "b.jsonl").read_text(encoding="utf-8").splitlines()
    lines[150] = json.dumps({"id": "b150", "text": "die"})
    (folder / "b.jsonl").write_text("\n".join(lines), encoding="utf-8")
    sink, tally = read([folder])
    assert stems(sink.docs) == [name for name in expected_ids() if name not in ("a07", "b150")]
    assert stems([failure.doc for failure in tally.failures]) == ["a07", "b150"]
    assert "SIGKILL" in tally.failures[0].reason


def test_a_process_that_is_killed_from_outside_costs_nothing(folder: Path, tmp_path: Path) -> None:
    (folder / "a07.txt").write_text(f"die once {tmp_path / 'died'}", encoding="utf-8")
    sink, tally = read([folder])
    assert (tmp_path / "died").exists()
    assert stems(sink.docs) == expected_ids()
    assert tally.failures == []


def test_processes_that_cannot_start_end_the_run(folder: Path) -> None:
    with pytest.raises(ExtractorError, match=r"3 processes in a row died while starting \(exit code 7\)"):
        read([folder], reader=StillbornReader)


@pytest.mark.parametrize("jobs", [1, 2])
def test_wrong_options_are_said_once(folder: Path, jobs: int) -> None:
    with pytest.raises(UsageError, match="jieba is not installed"):
        read([folder], jobs, RefusedReader)


@pytest.mark.parametrize("jobs", [1, 2])
def test_broken_rules_end_the_run(folder: Path, jobs: int) -> None:
    (folder / "a07.txt").write_text("refuse", encoding="utf-8")
    with pytest.raises(ExtractorError, match=r"rules\.toml: is broken\nand more"):
        read([folder], jobs)


def test_documents_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        rows = [{"id": "1", "text": "一行。"}, {"id": "c.jsonl", "text": "一行。"}]
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    sink, _ = read([tmp_path])
    assert sink.docs == ["1", "a.jsonl#c.jsonl", "b.jsonl#1", "b.jsonl#c.jsonl", "c.jsonl#1", "c.jsonl"]


def test_a_table_s_rows_are_spread_over_tasks(folder: Path) -> None:
    files = list_inputs([folder / "b.jsonl"])
    tasks = list(batch._tasks(files))
    assert len(tasks) > 2
    assert sum(task.size for task in tasks) == files[0].size


@pytest.mark.parametrize("jobs", [1, 2])
def test_members_of_archives_are_spread_and_keep_their_order(folder: Path, jobs: int) -> None:
    with zipfile.ZipFile(folder / "b2.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(40):
            archive.writestr(f"m{number:02}.txt", f"第{number}篇文章。" + "".join(map(str, range(300))))
        archive.writestr("picture.png", b"x")
        archive.writestr("rows.jsonl", '{"id": "b000", "text": "一行。"}\n{"id": "d.txt", "text": "一行。"}\n')
        archive.writestr("inner.zip", b"x")
        archive.writestr("last.txt", "raise")
    (folder / "b3.txt.gz").write_bytes(gzip.compress("一篇。".encode()))
    (folder / "b4.jsonl.gz").write_bytes((folder / "b.jsonl").read_bytes())
    (folder / "b5.jsonl.gz").write_bytes(gzip.compress((folder / "b.jsonl").read_bytes()))
    sink, tally = read([folder], jobs)
    members = [f"b2.zip#m{number:02}.txt" for number in range(40)]
    rows = [f"b{number:03}" for number in range(300)]
    assert sink.docs[330:] == [
        *members,
        "b2.zip#rows.jsonl#b000",
        "b2.zip#rows.jsonl#d.txt",
        "b3.txt.gz",
        *(f"b5.jsonl.gz#{row}" for row in rows),
        *(f"c{row[1:]}" for row in rows),
        "d.txt",
    ]
    assert [failure.doc for failure in tally.failures] == ["b2.zip#inner.zip", "b2.zip#last.txt", "b4.jsonl.gz"]
    assert tally.documents == len(sink.docs) + 3
    assert tally.bytes_done == sum(path.stat().st_size for path in folder.iterdir())


def test_a_member_that_kills_its_process_costs_itself_alone(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for number in range(9):
            archive.writestr(f"{number}.txt", "die" if number == 4 else "一篇。")
    sink, tally = read([tmp_path])
    assert sink.docs == [f"a.zip#{number}.txt" for number in range(9) if number != 4]
    assert [failure.doc for failure in tally.failures] == ["a.zip#4.txt"]


def test_an_archive_s_members_are_several_tasks(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for number in range(9):
            archive.writestr(f"{number}.txt", "x" * 4000)
    [file] = list_inputs([tmp_path])
    tasks = list(batch._tasks([file]))
    assert len(tasks) == 9
    assert sum(task.size for task in tasks) == file.size


def test_names_that_an_archive_and_a_file_share_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "a.zip#x.txt").write_text("一篇。", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(2 * '{"id": "b.jsonl", "text": "一行。"}\n', encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("x.txt", "二篇。")
    sink, _ = read([tmp_path])
    assert sink.docs == ["a.zip#x.txt~2", "a.zip#x.txt", "b.jsonl", "b.jsonl#2"]


def test_fields_and_the_limit_reach_the_rows(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("nr,content\n1,一行。\n2," + 100 * "长" + "\n", encoding="utf-8")
    sink = ListSink()
    tally = run_batch(
        [tmp_path], None, jobs=1, sink=sink, make_reader=FakeReader,  # type: ignore[arg-type]
        fields=Fields.named(["text=content", "id=nr"]), limit=200,
    )  # fmt: skip
    assert sink.docs == ["1"]
    assert [failure.doc for failure in tally.failures] == ["a.csv#3"]


def test_a_file_that_kills_whoever_opens_it_is_given_up() -> None:
    files = tuple(list_inputs([Path(__file__)])) * 2
    job = batch._Job(batch.Task(files, 0))
    for _ in range(3):
        job.bury(-signal.SIGSEGV)
    assert [(result.doc, result.part) for result in job.results] == [(files[0].doc, 0)]
    assert (job.place.part, job.done) == (1, False)


def test_an_interrupt_leaves_nothing_behind(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "facts"
    with pytest.raises(KeyboardInterrupt):
        run_batch(
            [folder],
            None,  # type: ignore[arg-type]
            jobs=2,
            sink=FolderSink(out, Rendering()),
            watcher=Interrupting(),
            make_reader=FakeReader,
        )
    assert not out.exists()
    assert multiprocessing.active_children() == []


def test_no_articles_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        read([tmp_path])


# --- the folder ---------------------------------------------------------------------------------------------------


def write(folder: Path, pieces: int, per_file: int = 10, failures: Sequence[Failure] = ()) -> None:
    sink = FolderSink(folder, Rendering(), per_file=per_file)
    for number in range(pieces):
        sink.write(b"%d\n" % number)
    sink.finish(Tally(pieces, pieces, 100, records=Counter(money=2), failures=list(failures), rules="hash"))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_rolls_its_files_and_sums_them_up(tmp_path: Path) -> None:
    write(tmp_path, 25, failures=[Failure("x.pdf", "is a scan")])
    assert names(tmp_path) == ["articles-00000.jsonl", "articles-00001.jsonl", "articles-00002.jsonl", "summary.json"]
    assert (tmp_path / "articles-00002.jsonl").read_text() == "20\n21\n22\n23\n24\n"
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary["complete"] is True
    assert summary["files"][2] == {"name": "articles-00002.jsonl", "articles": 5}
    assert summary["failures"] == [{"doc": "x.pdf", "reason": "is a scan"}]
    assert (summary["documents"], summary["records"], summary["rules"]) == (25, {"money": 2}, "hash")


def test_a_later_run_replaces_its_own_files_and_no_others(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    write(tmp_path, 25)
    write(tmp_path, 3)
    assert names(tmp_path) == ["articles-00000.jsonl", "notes.txt", "summary.json"]
    assert (tmp_path / "articles-00000.jsonl").read_text() == "0\n1\n2\n"
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_failed_run_leaves_the_earlier_one_as_it_was(tmp_path: Path) -> None:
    write(tmp_path, 25)
    before = {name: (tmp_path / name).read_text() for name in names(tmp_path)}
    sink = FolderSink(tmp_path, Rendering())
    sink.write(b"half\n")
    sink.discard()
    assert {name: (tmp_path / name).read_text() for name in names(tmp_path)} == before


def test_a_file_of_our_name_that_is_not_ours_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "articles-00000.jsonl").write_text("mine")
    with pytest.raises(UsageError, match=r"articles-00000\.jsonl, which no earlier run"):
        FolderSink(tmp_path, Rendering())


def test_a_summary_of_another_program_gives_no_licence(tmp_path: Path) -> None:
    (tmp_path / "summary.json").write_text('{"files": [{"name": "../notes.txt"}]}')
    with pytest.raises(UsageError, match=r"summary\.json"):
        FolderSink(tmp_path, Rendering())


def test_a_second_run_into_a_folder_is_refused_while_the_first_writes(tmp_path: Path) -> None:
    first = FolderSink(tmp_path, Rendering())
    first.write(b"first\n")
    with pytest.raises(UsageError, match=rf"process {os.getpid()} on .*Wait until it has ended"):
        FolderSink(tmp_path, Rendering())
    first.finish(Tally())
    assert (tmp_path / "articles-00000.jsonl").read_text() == "first\n"
    write(tmp_path, 1)
    assert names(tmp_path) == ["articles-00000.jsonl", "summary.json"]


def test_the_lock_of_a_dead_process_hinders_nobody(tmp_path: Path) -> None:
    code = f"""
import os, pathlib
from extractor.report import Rendering
from extractor.report.folder import FolderSink
FolderSink(pathlib.Path({str(tmp_path)!r}), Rendering()).write(b"half")
os._exit(9)
"""
    subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT)
    assert ".extractor.lock" in names(tmp_path)
    write(tmp_path, 1)
    assert names(tmp_path) == ["articles-00000.jsonl", "summary.json"]


def test_what_a_killed_run_has_left_goes(tmp_path: Path) -> None:
    (tmp_path / ".text.part").mkdir()
    left = (".records-00000.csv.part", ".articles-00003.jsonl.part", ".summary.json.part", ".text.part/a.txt")
    for name in (*left, ".mine.part"):
        (tmp_path / name).write_text("half")
    write(tmp_path, 1)
    assert names(tmp_path) == [".mine.part", "articles-00000.jsonl", "summary.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on a file's size there")
@pytest.mark.parametrize("room", [0, 5_000, 20_050])
def test_a_full_disk_is_one_line_and_leaves_nothing_half(room: int, tmp_path: Path) -> None:
    write(tmp_path / "facts", 1)
    code = f"""
import pathlib, resource, signal
from extractor.errors import ExtractorError
from extractor.report import Rendering
from extractor.report.folder import FolderSink
from extractor.tally import Failure, Tally
sink = FolderSink(pathlib.Path("facts"), Rendering())
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))
try:
    for number in range(20):
        sink.write(b"x" * 1000)
    sink.finish(Tally(failures=[Failure("a", "x" * 30_000)]))
except ExtractorError as error:
    print(error)
    sink.discard()
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path, env=environment
    )
    assert result.stdout == "facts cannot be written (File too large). Make room, or name another folder with -o.\n"
    assert result.stderr == ""
    assert names(tmp_path / "facts") == ["articles-00000.jsonl", "summary.json"]
    assert (tmp_path / "facts" / "articles-00000.jsonl").read_text() == "0\n"
    assert json.loads((tmp_path / "facts" / "summary.json").read_text())["complete"] is True


@pytest.mark.parametrize("name", ["x" * 300, "a\0b"])
def test_a_folder_that_cannot_be_is_one_line(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Name another") as raised:
        FolderSink(tmp_path / name, Rendering())
    assert "\0" not in str(raised.value)


def test_csv_files_each_begin_with_the_header(tmp_path: Path) -> None:
    sink = FolderSink(tmp_path, Rendering("csv"), per_file=1)
    sink.write(b"a\r\n")
    sink.write(b"b\r\n")
    sink.finish(Tally())
    for name in ("records-00000.csv", "records-00001.csv"):
        assert (tmp_path / name).read_text().startswith("doc,article,title,published,type,id,")


def extracted(kind: str, data: bytes, doc: str) -> Document:
    return Document(doc, data.decode(), extracted=True)


def keep_texts(folder: Path, inputs: Path, *, wanted: bool = True) -> dict[str, str]:
    """Runs over `inputs` with texts kept; the texts by document, as the summary lists them."""
    sink = FolderSink(folder, Rendering(texts=wanted))
    run_batch([inputs], None, jobs=1, sink=sink, make_reader=FakeReader)  # type: ignore[arg-type]
    summary = json.loads((folder / "summary.json").read_text())
    return {text["doc"]: (folder / text["name"]).read_bytes().decode() for text in summary["texts"]}


def test_texts_are_kept_as_offsets_count_in_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "extractor.sources.guard", SimpleNamespace(guarded=extracted))
    inputs, out = tmp_path / "in", tmp_path / "out"
    (inputs / "a").mkdir(parents=True)
    pages = {"a.html": "一\r\n二\r三\n", "A.html": "四", "a/b.html": "五", "a_b.html": "六", "a/..html": "x"}
    for name, text in pages.items():
        (inputs / name).write_bytes(text.encode())
    (inputs / "plain.txt").write_text("七", encoding="utf-8")
    with zipfile.ZipFile(inputs / "z.zip", "w") as archive:
        archive.writestr("../../up.html", "八")
    del pages["a/..html"]  # hidden
    expected = {**pages, "z.zip#up.html": "八"}
    assert keep_texts(out, inputs) == expected
    assert len({name.casefold() for name in names(out / "text")}) == len(expected)
    assert names(out) == ["articles-00000.jsonl", "summary.json", "text"]

    (out / "text" / "mine.txt").write_text("mine")
    (inputs / "mine.html").write_text("九", encoding="utf-8")
    (inputs / "A.html").unlink()
    del expected["A.html"]
    assert keep_texts(out, inputs) == {**expected, "mine.html": "九"}
    (inputs / "mine.html").unlink()
    assert (out / "text" / "mine.txt").read_text() == "mine"
    assert len(names(out / "text")) == len(expected) + 2

    assert keep_texts(out, inputs, wanted=False) == {}
    assert names(out / "text") == ["mine.txt"]
    (out / "text" / "mine.txt").unlink()
    assert keep_texts(out, inputs) == expected
    assert keep_texts(out, inputs, wanted=False) == {}
    assert names(out) == ["articles-00000.jsonl", "summary.json"]


def test_a_failed_run_keeps_no_texts_and_those_of_the_earlier_one(tmp_path: Path) -> None:
    for end in ("finish", "discard"):
        sink = FolderSink(tmp_path, Rendering(texts=True))
        sink.keep_text("a.html", end)
        sink.finish(Tally()) if end == "finish" else sink.discard()
    assert (tmp_path / "text" / "a.html.txt").read_text() == "finish"
    assert names(tmp_path) == ["articles-00000.jsonl", "summary.json", "text"]


def test_a_half_of_a_pair_in_a_text_takes_one_place(tmp_path: Path) -> None:
    sink = FolderSink(tmp_path, Rendering(texts=True))
    sink.keep_text("a", "一\ud800二")
    sink.finish(Tally())
    assert (tmp_path / "text" / "a.txt").read_text(encoding="utf-8") == "一\ufffd二"


def test_a_file_where_texts_should_go_is_said(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("mine")
    sink = FolderSink(tmp_path, Rendering(texts=True))
    with pytest.raises(UsageError, match="--save-text needs a folder of that name"):
        sink.keep_text("a", "一")


def test_a_loop_of_links_is_no_output_of_ours(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    assert not FolderSink(tmp_path / "out", Rendering()).owns(tmp_path / "loop.txt")


def test_a_run_does_not_read_its_own_output(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一篇文章。", encoding="utf-8")
    for _ in range(2):
        sink = FolderSink(tmp_path / "facts", Rendering())
        tally = run_batch([tmp_path], None, jobs=1, sink=sink, make_reader=FakeReader)  # type: ignore[arg-type]
        assert tally.documents == 1


def test_what_others_have_put_into_the_output_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "extractor.sources.guard", SimpleNamespace(guarded=extracted))
    for name in ("a.txt", "b.txt", "text/c.txt", "d.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("一篇文章。", encoding="utf-8")
    for inputs, number in (([tmp_path], 4), ([tmp_path], 4), ([tmp_path / "a.txt"], 1)):
        sink = FolderSink(tmp_path, Rendering(texts=True))
        tally = run_batch(inputs, None, jobs=1, sink=sink, make_reader=FakeReader)  # type: ignore[arg-type]
        assert tally.documents == number


def test_output_of_a_run_is_no_input_of_the_next(tmp_path: Path) -> None:
    write(tmp_path / "facts", 1)
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "facts" / "articles-00000.jsonl")
    for given in (tmp_path / "facts" / "articles-00000.jsonl", tmp_path / "link.jsonl"):
        sink = FolderSink(tmp_path / "facts", Rendering())
        with pytest.raises(UsageError, match="is output of an earlier run"):
            run_batch([given], None, jobs=1, sink=sink, make_reader=FakeReader)  # type: ignore[arg-type]
    assert names(tmp_path / "facts") == ["articles-00000.jsonl", "summary.json"]
