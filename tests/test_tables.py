"""Rows of CSV, TSV and JSON Lines → documents, whatever the bytes."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.article import Document, UnreadableDocument
from extractor.errors import UsageError
from extractor.sources import documents, jsonl, list_inputs, names, rows, tables
from extractor.sources.fields import NAMES, Fields

Found = Document | UnreadableDocument
LIMIT = 1_000_000
SENTENCE = "柳河镇清理沟渠三十六条，加固堤坝十二处，惠及农户二千六百余户。"


def table(data: str | bytes, fields: Fields | None = None, limit: int = LIMIT) -> list[Found]:
    data = data if isinstance(data, bytes) else data.encode()
    return list(tables.read(io.BytesIO(data), "t.csv", fields or Fields(), limit))


def good(found: list[Found]) -> list[Document]:
    assert [row for row in found if isinstance(row, UnreadableDocument)] == []
    return [row for row in found if isinstance(row, Document)]


def reasons(found: list[Found]) -> dict[str, str]:
    return {row.doc: row.reason for row in found if isinstance(row, UnreadableDocument)}


# ---- tables


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read_whatever_its_encoding_and_delimiter(codec: str, delimiter: str) -> None:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter)
    writer.writerow(["nr, alt", "标题", "text", "published"])
    writer.writerow(["1", "修渠记", f"{SENTENCE}\r\n“再修”;一条,\t完工。", "2023-06-01"])
    writer.writerow(["2", "短", "完工"])
    data = written.getvalue().encode(codec)
    if codec == "utf-16-le":
        data = b"\xff\xfe" + data
    first, second = good(table(data, Fields(title="标题", doc="nr, alt")))
    assert (first.doc, first.text) == ("1", f"{SENTENCE}\r\n“再修”;一条,\t完工。")
    assert first.stated == {"title": "修渠记", "published": "2023-06-01"}
    assert first.encoding == codec.removesuffix("-sig").removesuffix("-le")
    assert (second.doc, second.text, second.stated) == ("2", "完工", {"title": "短"})
    assert second.warnings == ("the row has 3 cells where the header has 4",)


@pytest.mark.parametrize(
    ("codec", "text"),
    [("gb18030", "id,text\n1,加固\n2,修渠\n3,清理沟渠三十六条"), ("big5", "id,text\n1,修渠\n2,惠及農戶二千六百餘戶")],
)
def test_short_cells_are_in_the_encoding_of_the_file(codec: str, text: str) -> None:
    found = good(table(text.encode(codec)))
    assert [row.text for row in found] == [line[2:] for line in text.splitlines()[1:]]
    assert {row.encoding for row in found} == {codec}


def test_a_line_in_another_encoding_is_read_by_itself() -> None:
    data = b"text\n" + f"{SENTENCE}\n".encode() * 3 + f"{SENTENCE}\n".encode("gb18030")
    found = good(table(data))
    assert [row.text for row in found] == [SENTENCE] * 4
    assert [row.encoding for row in found] == ["utf-8"] * 3 + ["gb18030"]
    data = b"text\n" + f"{SENTENCE}\n".encode("gb18030") * 3 + f"{SENTENCE}\n".encode()
    assert [row.text for row in good(table(data))] == [SENTENCE] * 4


def test_a_table_without_the_text_s_column_names_those_it_has() -> None:
    reason = "its header has no field 'text' (fields there: '标题', '正文'): say which one holds the text, as in --field text=标题"
    assert table("标题,正文\n甲,乙\n") == [UnreadableDocument("t.csv", reason)]
    assert tables.without_text(io.BytesIO("标题,正文\n甲,乙\n".encode()), Fields(), LIMIT) == reason
    assert tables.without_text(io.BytesIO(b"text\n"), Fields(), LIMIT) == ""
    assert [row.text for row in good(table("标题,正文\n甲,乙\n", Fields(text="正文")))] == ["乙"]


def test_rows_are_numbered_as_a_spreadsheet_does_and_go_on_after_a_bad_one() -> None:
    found = table('nr,text\n\n1,"甲\n乙"\n2\n3, \n4,丁,戊,己\n')
    assert [row.doc for row in found] == ["t.csv#3", "t.csv#4", "t.csv#5", "t.csv#6"]
    assert list(reasons(found)) == ["t.csv#4", "t.csv#5"]
    assert "(it has 1 cell, the header 2): complete the row" in reasons(found)["t.csv#4"]
    assert "is empty" in reasons(found)["t.csv#5"]
    assert isinstance(found[-1], Document)
    assert found[-1].warnings == ("the row has 4 cells where the header has 2",)


def test_ids_that_come_again_keep_apart() -> None:
    found = good(table("id,text\n1,甲\n1,乙\n1#3,丙\n,丁\n"))
    assert [row.doc for row in found] == ["1", "1#3", "1#3#4", "t.csv#5"]
    assert found[1].warnings == ("1 names a row above already",)


def test_a_text_that_is_null_is_no_other_field() -> None:
    [row] = jsonl.read(io.BytesIO(b'{"text": null}'), "r", Fields(), LIMIT)
    assert row == UnreadableDocument("r#1", "its field 'text' is null: remove the row or put the text in")


@pytest.mark.parametrize("data", [bytes(range(32)) * 40, b"PK\x03\x04 a sheet", b"\xd0\xcf\x11\xe0 a sheet"])
def test_a_binary_table_in_a_folder_is_a_document_that_cannot_be_read(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    found = list(documents([tmp_path]))
    assert [row.doc for row in found] == ["a.csv", "a.txt"]
    assert isinstance(found[0], UnreadableDocument)
    assert "not " in found[0].reason


@pytest.mark.parametrize(
    ("data", "docs"),
    [
        ('id,text\n1,甲\n2,"乙\n3,丙\n4,丁\n', {"1": "甲", "2": "乙!", "3": "丙", "4": "丁"}),
        ('id,text\n1,"甲\n2,"乙\n3,"丙\n4,丁\n', {"1": "甲!", "2": "乙!", "3": "丙!", "4": "丁"}),
        (
            'id,text\n1,"甲\n2,乙\n3,丙\n4,"丁\n戊"\n5,"己"\n',
            {"1": "甲!", "2": "乙", "3": "丙", "4": "丁\n戊", "5": "己"},
        ),
        ('id;text\n1;"甲\n乙\n\n2;"丙\n3;丁', {"1": "甲\n乙!", "2": "丙!", "3": "丁"}),
        ('id,text\r\n"1","甲\r\n"2","乙"\r\n"3","丙"\r\n', {"1": "甲!", "2": "乙", "3": "丙"}),
        ('id,text,url\n1,"甲\n2,乙,v\n3,"丙",w\n', {"t.csv#2": "?", "2": "乙", "3": "丙"}),
        ('id,text\n1,"甲\n2,乙""\n丙"\n3,丁\n', {"1": '甲\n2,乙"\n丙', "3": "丁"}),
    ],
)
def test_a_quotation_that_never_closes_takes_no_other_row(data: str, docs: dict[str, str]) -> None:
    found = {
        row.doc: row.text + "!" * any("never closes" in warning for warning in row.warnings)
        if isinstance(row, Document)
        else "?" * ("never closes" in row.reason)
        for row in table(data)
    }
    assert found == docs


def test_a_quotation_mark_inside_a_cell_of_several_lines_is_warned_of() -> None:
    for data in ('id,text\n1,"甲\n乙"丙\n2,丁\n', 'text\n"甲\n"乙\n丁\n'):
        [first, second] = good(table(data))
        assert "it may hold more rows than one" in first.warnings[0]
        assert (second.text, second.warnings) == ("丁", ())


def test_quotations_that_never_close_cost_no_more_than_their_rows() -> None:
    number = 5000
    begun = time.process_time()
    found = good(table("id,text\n" + "".join(f'x"{n},"修渠{n}条\n' for n in range(number))))
    assert time.process_time() - begun < 3  # minutes, if each row were read to the end of the file
    assert [row.text for row in found] == [f"修渠{n}条" for n in range(number)]
    assert all(row.warnings for row in found)


def test_a_table_cut_off_inside_a_cell_says_so() -> None:
    [row] = good(table('id,text\n1,"甲\n乙'))
    assert (row.text, row.warnings) == (
        "甲\n乙",
        ("a quotation mark opens in the row and never closes; the file may be cut off",),
    )


@pytest.mark.parametrize(
    "data", ["sep=;\nid;text\n1;甲\n", "\r\n\nid,text\r1,甲\r", 'id,"text"\n1,甲', "text,text,id\n甲,乙,1"]
)
def test_tables_as_programs_write_them(data: str) -> None:
    assert [(row.doc, row.text) for row in good(table(data))] == [("1", "甲")]


def test_zero_bytes_and_long_cells_are_no_obstacle() -> None:
    long = "社" * 200_000
    assert [row.text for row in good(table(f"text\n甲\0乙\n{long}\n"))] == ["甲\0乙", long]


def test_an_empty_table_says_so() -> None:
    for data in ("", "\n \n", "id,text\n", "id,text\n\n,\n"):
        assert "no row" in reasons(table(data))["t.csv"]


def test_rows_above_the_limit_cost_themselves_alone() -> None:
    long = "x" * 150
    found = table(f'id,text\n1,{long}\n2,甲\n3,"{long[:50]}\n{long},\n{long}"\n4,乙\n', limit=100)
    assert [row.doc for row in found] == ["t.csv#2", "2", "t.csv#4", "4"]
    assert "the row has 153 bytes, and one document may have 100 bytes" in reasons(found)["t.csv#2"]
    assert "the row has 358 bytes" in reasons(found)["t.csv#4"]
    assert "the row has" in reasons(table(f"{long},text\n1,甲", limit=100))["t.csv"]


@pytest.mark.parametrize("read", [tables.read, jsonl.read])
def test_a_very_long_row_is_never_held(read: object) -> None:
    class Endless(io.RawIOBase):
        """A row of 40 MB between two short ones."""

        def __init__(self) -> None:
            start, end = (b"text\nA\n", b"\nB\n") if read is tables.read else (b'{"text": "A"}\n', b'\n{"text": "B"}\n')
            self._pieces: Iterator[bytes] = iter([start, *[b"x" * 65536] * 640, end])

        def read(self, size: int = -1) -> bytes:
            return next(self._pieces, b"")

    tracemalloc.start()
    found = list(read(Endless(), "t", Fields(), 500_000))  # type: ignore[operator]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [row.text if isinstance(row, Document) else row.reason[:20] for row in found] == [
        "A",
        "the row has 41.9 MB,",
        "B",
    ]
    assert peak < 5_000_000


# ---- JSON Lines


def test_rows_of_json_are_read_in_utf_16_too() -> None:
    text = "\n".join(json.dumps({"text": SENTENCE}, ensure_ascii=False) for _ in range(3))
    found = list(jsonl.read(io.BytesIO(text.encode("utf-16")), "t.jsonl", Fields(), LIMIT))
    assert [(row.text, row.encoding) for row in good(found)] == [(SENTENCE, "utf-16")] * 3


ROWS = "".join(json.dumps({"id": f"r{n}", "text": SENTENCE}, ensure_ascii=False) + "\n" for n in range(3))


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("packed", [False, True])
def test_rows_of_json_are_known_without_an_ending(
    codec: str, packed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = gzip.compress(ROWS.encode(codec)) if packed else ROWS.encode(codec)
    for name in ("rows", "rows.log", "rows.gz"):
        (tmp_path / name).write_bytes(data)
        assert [file.rows for file in list_inputs([tmp_path / name])] == [packed or name != "rows.gz"]
        if packed or name != "rows.gz":
            assert [row.doc for row in documents([tmp_path / name])] == ["r0", "r1", "r2"]
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    assert [row.doc for row in documents(["-"])] == ["r0", "r1", "r2"]


def test_a_first_row_longer_than_what_tells_a_kind_is_a_row(tmp_path: Path) -> None:
    (tmp_path / "rows").write_text(json.dumps({"id": 1, "text": SENTENCE * 5000}, ensure_ascii=False), "utf-8")
    assert [row.doc for row in documents([tmp_path / "rows"])] == ["1"]


def test_a_text_in_braces_is_no_row(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text(f"{{注}}{SENTENCE}\n", "utf-8")
    assert [row.doc for row in documents([tmp_path / "notes"])] == ["notes"]


def test_names_of_rows_stay_on_one_line() -> None:
    [row] = good(list(jsonl.read(io.BytesIO(b'{"id": "a\\nb\\u001b[1m", "text": "c"}'), "t.jsonl", Fields(), LIMIT)))
    assert row.doc == "a\ufffdb\ufffd[1m"


# ---- lines and fields


@given(st.lists(st.binary(max_size=40)), st.integers(1, 60))
@settings(max_examples=200, deadline=None)
def test_lines_are_those_of_the_bytes(lines: list[bytes], limit: int) -> None:
    data = b"\n".join(line.replace(b"\n", b"").replace(b"\xff", b"").replace(b"\xfe", b"") for line in lines)
    expected = data.removeprefix(b"\xef\xbb\xbf").split(b"\n") if not data.startswith(b"\x84\x31\x95\x33") else []
    found = list(rows.lines(io.BytesIO(data), limit))
    if expected:
        assert [line.size for line in found] == [len(line) + 1 for line in expected[:-1]] + [len(expected[-1])] * bool(
            expected[-1]
        )
    for line in found:
        assert line.size <= limit or line.text == ""


def test_fields_are_named_by_pairs() -> None:
    assert Fields.named([]) == Fields()
    found = Fields.named(["text = 正文", "id=nr", "byline=a=b"])
    assert (found.text, found.doc, found.identifier, found.byline) == ("正文", "nr", "nr", "a=b")
    for wrong in (["doc=x"], ["text="], ["=x"], ["text"], ["text=a", "text=b"]):
        with pytest.raises(UsageError):
            Fields.named(wrong)
    for name in NAMES:
        assert Fields.named([f"{name}=x"]) != Fields()


# ---- any bytes at all

TABLE = f'id,text\r\n1,"{SENTENCE}\n{SENTENCE}"\r\n2,{SENTENCE}\r\n'
JSON = "".join(json.dumps({"id": number, "text": SENTENCE}, ensure_ascii=False) + "\n" for number in range(3))


@st.composite
def spoiled(draw: st.DrawFn, *, whole: tuple[bytes, ...]) -> bytes:
    """Good bytes that were cut off, overwritten, put together or are none at all."""
    data = bytearray(draw(st.sampled_from(whole)))
    match draw(st.integers(0, 3)):
        case 0:
            return draw(st.binary(max_size=300))
        case 1:
            return bytes(data[: draw(st.integers(0, len(data)))])
        case 2:
            for _ in range(draw(st.integers(1, 6))):
                data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
            return bytes(data)
        case _:
            alphabet = st.sampled_from(
                [b'"', b",", b"\n", b"\r", b";", b"\t", b"text", b"\0", b"id", "社".encode(), b"\xff\xfe"]
            )
            return b"".join(draw(st.lists(alphabet, max_size=40)))


@given(
    spoiled(whole=tuple(text.encode(codec) for text in (TABLE, JSON) for codec in ("utf-8-sig", "gb18030", "utf-16"))),
    st.sampled_from([20, 200, LIMIT]),
)
@settings(max_examples=400, deadline=None)
def test_no_bytes_make_reading_rows_fail(data: bytes, limit: int) -> None:
    for read in (tables.read, jsonl.read):
        found = list(read(io.BytesIO(data), "t", Fields(), limit))
        assert found
        docs = [row.doc for row in found]
        assert len(set(docs)) == len(docs)
        for row in found:
            assert names.printable(row.doc) == row.doc
            assert row.text.strip() if isinstance(row, Document) else row.reason
    tables.without_text(io.BytesIO(data), Fields(), limit)
    jsonl.without_text(io.BytesIO(data), Fields(), limit)
