"""Files, rows and bytes → documents; documents → articles with their facts and where these stand."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import os
import sys
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.article import Document, RawArticle, UnreadableDocument
from extractor.articles import articles
from extractor.errors import UsageError
from extractor.sources import Fields, documents, list_inputs, read_input
from extractor.sources.decode import decode

SENTENCE = "石桥乡入冬以来组织群众兴修水利，清理沟渠三十六条，加固堤坝十二处，惠及农户二千六百余户。"
TRADITIONAL = "石橋鄉入冬以來組織群眾興修水利，清理溝渠三十六條，加固堤壩十二處，惠及農戶二千六百餘戶。"


# ---- bytes


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-32"])
def test_simplified_text_is_decoded_from_every_usual_encoding(codec: str) -> None:
    text = f"　　{SENTENCE}\r\n{SENTENCE}\n"
    assert decode(text.encode(codec)).text == text


@pytest.mark.parametrize("codec", ["big5", "cp950", "big5hkscs", "gb18030", "utf-8"])
def test_traditional_text_is_not_taken_for_the_other_encoding(codec: str) -> None:
    found = decode(TRADITIONAL.encode(codec))
    assert (found.text, found.warnings) == (TRADITIONAL, ())


def test_short_lines_of_either_encoding_are_told_apart() -> None:
    for text in ("惠及农户二千六百余户", "清理沟渠三十六条", "加固堤坝"):
        assert decode(text.encode("gb18030")).text == text
    for text in ("惠及農戶二千六百餘戶", "清理溝渠三十六條", "組織群眾興修水利"):
        assert decode(text.encode("big5")).text == text


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode(b"\xef\xbb\xbf" + SENTENCE.encode()) == (SENTENCE, "utf-8", ())


def test_a_file_of_several_encodings_is_read_line_by_line() -> None:
    lines = [SENTENCE.encode("gb18030" if number % 3 == 0 else "utf-8") for number in range(30)]
    found = decode(b"\n".join(lines))
    assert found.text == "\n".join([SENTENCE] * 30)
    assert found.encoding == "utf-8"
    assert "several encodings" in found.warnings[0]


def test_one_line_of_utf8_in_a_gbk_file_is_read_as_such() -> None:
    found = decode((SENTENCE.encode("gb18030") + b"\r\n") * 20 + SENTENCE.encode())
    assert found.text == (SENTENCE + "\r\n") * 20 + SENTENCE
    assert found.encoding == "gb18030"


def test_what_cannot_be_decoded_is_counted_and_never_passed_over() -> None:
    data = SENTENCE.encode() + b"\n\xff\xfe\xff" + SENTENCE.encode()
    found = decode(data)
    assert found.text.startswith(SENTENCE + "\n")
    assert "\ufffd" in found.text
    assert any("U+FFFD" in warning for warning in found.warnings)


def test_a_text_cut_off_inside_a_character_says_so() -> None:
    found = decode(SENTENCE.encode()[:-1])
    assert found.text == SENTENCE[:-1] + "\ufffd"
    assert "cut off" in found.warnings[0]


@given(st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_no_bytes_make_decoding_fail(data: bytes) -> None:
    found = decode(data)
    assert isinstance(found.text, str)
    found.text.encode()


# ---- files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "news"
    (root / "b" / ".git").mkdir(parents=True)
    (root / "z.txt").write_text(SENTENCE, "utf-8")
    (root / "b" / "a.md").write_text(f"# 修渠记\n\n{SENTENCE}", "utf-8")
    (root / "b" / "rows.jsonl").write_text(
        json.dumps({"id": "r1", "text": SENTENCE}) + "\n\n{broken\n" + json.dumps({"text": SENTENCE}), "utf-8"
    )
    (root / "picture.png").write_bytes(b"\x89PNG")
    (root / ".hidden.txt").write_text("x", "utf-8")
    (root / "b" / ".git" / "c.txt").write_text("x", "utf-8")
    return root


def test_a_folder_is_read_sorted_with_names_relative_to_it(folder: Path) -> None:
    assert [file.doc for file in list_inputs([folder])] == ["b/a.md", "b/rows.jsonl", "z.txt"]
    assert [file.size > 0 for file in list_inputs([folder])] == [True] * 3
    assert [found.doc for found in documents([folder])] == ["b/a.md", "r1", "b/rows.jsonl#3", "b/rows.jsonl#4", "z.txt"]


def test_a_bad_row_is_reported_and_the_rest_goes_on(folder: Path) -> None:
    bad = [found for found in documents([folder]) if isinstance(found, UnreadableDocument)]
    assert [found.doc for found in bad] == ["b/rows.jsonl#3"]
    assert "not a JSON object" in bad[0].reason


def test_inputs_that_share_a_name_keep_apart(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "old"
    other.mkdir()
    (other / "z.txt").write_text(SENTENCE, "utf-8")
    docs = [file.doc for file in list_inputs([folder, other, other / "z.txt"])]
    assert docs == ["b/a.md", "b/rows.jsonl", "news/z.txt", "old/z.txt"]
    assert [file.doc for file in list_inputs([folder / "z.txt", other / "z.txt"])] == ["news/z.txt", "old/z.txt"]


def test_rows_of_two_files_with_one_id_keep_apart(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text('{"id": "1", "text": "甲"}\n{"id": "1", "text": "乙"}\n', "utf-8")
    docs = [found.doc for found in documents([tmp_path])]
    assert docs == ["1", "1#2", "b.jsonl#1", "b.jsonl#1#2"]
    assert len(set(docs)) == 4


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\x00\x01\x02\x03abc", "binary"),
        (bytes(range(1, 9)) * 30, "binary"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04", "ZIP"),
        (b"\xff" * 100, "no encoding"),
    ],
)
def test_a_file_that_is_no_text_says_why(tmp_path: Path, data: bytes, words: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    [found] = documents([file])
    assert isinstance(found, UnreadableDocument)
    assert found.doc == "a.txt"
    assert words in found.reason
    assert "\n" not in found.reason


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a.doc", "old Word is not read: save it as .docx or as plain text (.txt)"),
        ("a.XLSX", "Excel is not read: save the sheet as CSV (.csv)"),
        ("a.tar", "a tar archive is not read: unpack it first, or pack its files as .zip"),
        ("a.epub", "EPUB is not read: save it as a web page (.html) or as plain text (.txt)"),
    ],
)
def test_a_named_file_of_a_kind_that_is_not_read_says_what_to_do(
    tmp_path: Path, name: str, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / name).write_text(f"<p>{SENTENCE}</p>", "utf-8")
    (tmp_path / "b.txt").write_text(SENTENCE, "utf-8")
    bad, good = documents([tmp_path / name, tmp_path / "b.txt"])
    assert bad == UnreadableDocument(name, reason)
    assert isinstance(good, Document)
    assert [found.doc for found in documents([tmp_path])] == ["b.txt"]
    assert caplog.messages == [f"note: 1 file passed over in {tmp_path}: {reason}"]


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv"])
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.4\n%\xe2\xe3\n1 0 obj\n", "a PDF: give its name the ending .pdf"),
        (b"PK\x03\x04\x14\n\n", "a ZIP archive or an Office document: give its name the right ending, .zip or .docx"),
    ],
)
def test_a_binary_file_with_the_name_of_a_text_is_one_failure(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(data)
    [found] = documents([tmp_path / name])
    assert found == UnreadableDocument(name, f"not plain text but {words}")


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bytes]]:
    """Stands for the readers that libraries do the work of; what they were asked to read."""
    asked: list[tuple[str, bytes]] = []

    def guarded(kind: str, data: bytes, doc: str) -> Document:
        asked.append((kind, data))
        return Document(doc, f"{kind}里的文章。", extracted=True)

    monkeypatch.setitem(sys.modules, "extractor.sources.guard", SimpleNamespace(guarded=guarded))
    return asked


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.html", b"x", "html"),
        ("a.HTM", b"x", "html"),
        ("a.xhtml", b"x", "html"),
        ("a.pdf", b"x", "pdf"),
        ("a.docx", b"x", "docx"),
        ("a", b"%PDF-1.4 ...", "pdf"),
        ("a.unknown", b"\xef\xbb\xbf\n<!DOCTYPE HTML><p>", "html"),
        ("a", b"PK\x03\x04 [Content_Types].xml PK word/document.xml", "docx"),
        ("a.pdf.gz", gzip.compress(b"x", mtime=0), "pdf"),
        ("a.gz", gzip.compress(b"%PDF-1.4", mtime=0), "pdf"),
        ("a", gzip.compress(b"%PDF-1.4", mtime=0), "pdf"),
    ],
)
def test_a_format_of_a_library_is_read_by_ending_or_first_bytes(
    tmp_path: Path, name: str, data: bytes, kind: str, library: list[tuple[str, bytes]]
) -> None:
    (tmp_path / name).write_bytes(data)
    assert list(documents([tmp_path / name])) == [Document(name, f"{kind}里的文章。", extracted=True)]
    assert [asked[0] for asked in library] == [kind]


def test_a_missing_path_is_reported_and_the_others_are_read(folder: Path, tmp_path: Path) -> None:
    found = list(documents([tmp_path / "gone.txt", folder / "z.txt"]))
    assert isinstance(found[0], UnreadableDocument)
    assert "does not exist" in found[0].reason
    assert isinstance(found[1], Document)
    with pytest.raises(UsageError, match="does not exist"):
        list_inputs([tmp_path / "gone.txt"])


def test_a_folder_without_articles_names_what_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    with pytest.raises(UsageError, match=r"\.txt.*\.jsonl"):
        list_inputs([tmp_path])
    with pytest.raises(UsageError, match="no input"):
        list_inputs([])


@pytest.mark.skipif(
    os.name == "nt" or (hasattr(os, "geteuid") and os.geteuid() == 0), reason="root may read everything"
)
def test_a_file_without_permission_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(SENTENCE, "utf-8")
    file.chmod(0)
    [found] = documents([file])
    assert isinstance(found, UnreadableDocument)


def test_a_file_that_went_away_and_a_dangling_link_are_reported(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    (tmp_path / "b.txt").symlink_to(tmp_path / "nowhere.txt")
    files = list_inputs([tmp_path])
    (tmp_path / "a.txt").unlink()
    found = [next(read_input(file)) for file in files]
    assert [type(one) for one in found] == [UnreadableDocument, UnreadableDocument]
    reasons = [one.reason for one in found if isinstance(one, UnreadableDocument)]
    assert "cannot be read" in reasons[0]
    assert "is a link to nothing" in reasons[1]


@pytest.mark.parametrize(
    ("data", "docs"),
    [
        (SENTENCE.encode(), ["stdin"]),
        (('{"text": "甲"}\n{"id": "x", "text": "乙"}').encode(), ["stdin#1", "x"]),
        (b"\xef\xbb\xbf\n" + '{"text": "甲"}'.encode(), ["stdin#2"]),
        (b"", ["stdin"]),
    ],
)
def test_standard_input_is_text_or_rows(monkeypatch: pytest.MonkeyPatch, data: bytes, docs: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    assert [found.doc for found in documents(["-"])] == docs


def test_rows_state_facts_beside_their_text(tmp_path: Path) -> None:
    row = {
        "doc": "d", "text": SENTENCE, "published": "2023-06-01", "title": "修渠记", "publisher": "江城日报", "region": "HK",
        "url": "https://example.org/1", "byline": ["张三", "李四"], "mentions": [1], "articles": {},
    }  # fmt: skip
    (tmp_path / "a.jsonl").write_text(json.dumps(row), "utf-8")
    [document] = documents([tmp_path / "a.jsonl"])
    assert isinstance(document, Document)
    [found] = articles(document)
    assert found.source == SENTENCE
    assert (found.title, found.byline, found.publisher, found.region) == ("修渠记", ("张三", "李四"), "江城日报", "HK")
    assert (found.published, found.url, found.evidence) == (dt.date(2023, 6, 1), "https://example.org/1", {})


def test_fields_may_have_other_names(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"nr": 7, "content": SENTENCE, "date": 20230601}), "utf-8")
    [document] = documents([tmp_path / "a.jsonl"], Fields(text="content", identifier="nr", published="date"))
    assert isinstance(document, Document)
    assert (document.doc, articles(document)[0].published) == ("7", dt.date(2023, 6, 1))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("[1]", "not a JSON object"),
        ('{"body": "甲"}', "(fields there: 'body'): say which one holds the text, as in --field text=body"),
        ('{"text": 5}', "not a string"),
        ('{"text": " "}', "is empty"),
        ("[" * 5000, "nested"),
    ],
)
def test_a_row_without_text_says_what_to_do(tmp_path: Path, row: str, words: str) -> None:
    (tmp_path / "a.jsonl").write_text(row, "utf-8")
    [found] = documents([tmp_path / "a.jsonl"])
    assert isinstance(found, UnreadableDocument)
    assert words in found.reason
    assert found.doc == "a.jsonl#1"


def test_half_a_surrogate_pair_in_a_row_is_replaced_with_a_warning(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "修渠\\ud800记"}', "utf-8")
    [found] = documents([tmp_path / "a.jsonl"])
    assert isinstance(found, Document)
    assert found.text == "修渠\ufffd记"
    assert found.warnings == ("1 half surrogate pair read as U+FFFD",)


def test_half_a_surrogate_pair_in_a_text_is_replaced_with_a_warning() -> None:
    text = "登录\n修渠\ud800记\n江城日报 2024-12-10 09:30\n" + SENTENCE + "\udc00\n"
    [found] = articles(Document("d", text))
    assert (found.title, found.source[-1]) == ("修渠\ufffd记", "\ufffd")
    assert found.end == len(text) - 1
    assert found.warnings == ("2 half surrogate pairs read as U+FFFD",)
    assert articles(Document("d", SENTENCE))[0].warnings == ()


def test_half_a_surrogate_pair_in_what_a_row_states_is_replaced(tmp_path: Path) -> None:
    row = {"id": "a\ud800", "title": "\udc00题", "byline": ["张\ud800"], "text": SENTENCE}
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + '\n{"\\ud800": 1}', "utf-8")
    document, bad = documents([tmp_path / "a.jsonl"])
    assert isinstance(document, Document)
    assert (document.doc, document.stated) == ("a\ufffd", {"title": "\ufffd题", "byline": "张\ufffd"})
    assert isinstance(bad, UnreadableDocument)
    assert "'\ufffd'" in bad.reason


def test_a_date_that_is_none_is_said_to_be_none() -> None:
    [found] = articles(Document("d", SENTENCE, stated={"published": "soon"}))
    assert found.published is None
    assert "soon" in found.warnings[0]


GOLD_ROWS = "".join(json.dumps({"doc": doc, "mentions": []}) + "\n" for doc in "abc")


def test_rows_without_any_text_beside_the_articles_are_passed_over_with_one_note(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    (tmp_path / "gold.jsonl").write_text(GOLD_ROWS, "utf-8")
    (tmp_path / "one.jsonl").write_text('{"licence": "Apache-2.0"}\n', "utf-8")
    assert [found.doc for found in documents([tmp_path])] == ["a.txt"]
    assert len(caplog.messages) == 2
    assert any("gold.jsonl is passed over: none of its 3 rows has a field 'text'" in note for note in caplog.messages)


def test_rows_without_any_text_are_one_failure_where_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text(GOLD_ROWS, "utf-8")
    [found] = documents([tmp_path / "gold.jsonl"])
    assert isinstance(found, UnreadableDocument)
    assert found.doc == "gold.jsonl"
    assert "none of its 3 rows has a field 'text' (fields there: 'doc', 'mentions')" in found.reason
    with pytest.raises(UsageError, match=r"gold\.jsonl: none of its 3 rows"):
        list_inputs([tmp_path])


def test_tables_without_any_text_beside_the_articles_are_passed_over(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    (tmp_path / "list.csv").write_text("file,date\na.txt,2023\n", "utf-8")
    (tmp_path / "list.tsv.gz").write_bytes(gzip.compress(b"file\tdate\na.txt\t2023\n"))
    assert [found.doc for found in documents([tmp_path])] == ["a.txt"]
    assert [note.split(" (")[0] for note in caplog.messages] == [
        f"note: {name} is passed over: its header has no field 'text'" for name in ("list.csv", "list.tsv.gz")
    ]
    assert [type(found) for found in documents([tmp_path], Fields(text="file"))] == [Document, Document, Document]


@pytest.mark.parametrize("row", ['{"text": "甲"}', "{broken", '{"text": null}', "[1]"])
def test_one_row_that_is_other_makes_every_row_speak_for_itself(tmp_path: Path, row: str) -> None:
    (tmp_path / "rows.jsonl").write_text(GOLD_ROWS + row, "utf-8")
    for inputs in (tmp_path, tmp_path / "rows.jsonl"):
        assert [found.doc for found in documents([inputs])] == ["a", "b", "c", "rows.jsonl#4"]


# ---- articles


def read(text: str) -> list[RawArticle]:
    found = articles(Document("page.txt", text))
    for article in found:
        assert article.source == text[article.start : article.end]
        assert article.source == article.source.strip()
        for start, end in article.evidence.values():
            assert 0 <= start < end <= len(text)
    return found


BODY = "石桥乡入冬以来组织群众兴修水利,清理沟渠36条,加固堤坝12处,惠及农户2600余户,投入资金500万元。"
WEB = f"""首页 > 新闻 > 正文
登录
石桥乡兴修水利 两千农户受益
2023年6月1日 09:30　来源：江城日报　作者：李明
字体：大 中 小
图片
{BODY}
分享到
{BODY}
责任编辑：王某
点赞 8
全部评论
• 回复
查看{{{{ item.count }}}}条回复
相关阅读
县里召开会议,投入资金9亿元。
Copyright © 江城日报 版权所有
"""


def test_furniture_of_a_page_is_outside_its_article() -> None:
    [found] = read(WEB)
    assert found.source.startswith("石桥乡兴修水利 两千农户受益")
    assert found.source.endswith(BODY)
    assert found.title == "石桥乡兴修水利 两千农户受益"
    assert (found.publisher, found.published) == ("江城日报", dt.date(2023, 6, 1))
    assert WEB[slice(*found.evidence["published"])] == "2023年6月1日"
    assert WEB[slice(*found.evidence["publisher"])] == "江城日报"


@pytest.mark.parametrize(
    ("line", "publisher", "published"),
    [
        ("江城发布 2023-06-01 08:15:30", "江城发布", dt.date(2023, 6, 1)),
        ("2023年6月1日 09:30 来源:《江城日报》", "江城日报", dt.date(2023, 6, 1)),
        ("发布时间:2023-06-01 来源:县水利局 浏览次数:36次", "县水利局", dt.date(2023, 6, 1)),
        ("来源:江城晚报 记者:李明 2023/6/1", "江城晚报", dt.date(2023, 6, 1)),
        ("2023-06-01", "", dt.date(2023, 6, 1)),
        ("来源:新华社", "新华社", None),
        ("时间:2023年06月01日 08:00 【字体:大 中 小】", "", dt.date(2023, 6, 1)),
    ],
)
def test_a_source_line_gives_publisher_and_date(line: str, publisher: str, published: dt.date | None) -> None:
    [found] = read(f"石桥乡兴修水利\n{line}\n{BODY}\n")
    assert (found.title, found.publisher, found.published) == ("石桥乡兴修水利", publisher, published)


@pytest.mark.parametrize(
    "body", ["2023年6月1日,石桥乡的水渠全线通水,惠及农户2600余户。", "据县水利局消息,2023年6月1日水渠全线通水。"]
)
def test_a_date_or_source_in_a_sentence_is_no_fact_of_the_article(body: str) -> None:
    [found] = read(f"石桥乡兴修水利\n{body}\n")
    assert (found.publisher, found.published) == ("", None)


def test_a_dateline_gives_the_publisher_and_no_date() -> None:
    [found] = read(f"石桥乡兴修水利\n新华社江城3月5日电(记者张三、李四){BODY}\n")
    assert (found.publisher, found.published, found.byline) == ("新华社", None, ("张三", "李四"))


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("■ 本报记者 张明", ("张明",)),
        ("通讯员 李华文/图", ("李华",)),
        ("本报记者 张明 通讯员 李华 王小雨", ("张明", "李华", "王小雨")),
        ("文/张明 图/李华", ("张明", "李华")),
        ("作者:阿依古丽·买买提", ("阿依古丽·买买提",)),
        ("李华", ("李华",)),
    ],
)
def test_a_byline_gives_the_authors(line: str, names: tuple[str, ...]) -> None:
    [found] = read(f"石桥乡兴修水利\n{line}\n{BODY}\n")
    assert found.byline == names
    assert found.title == "石桥乡兴修水利"


@pytest.mark.parametrize("line", ["引水上山", "记者调查", "金钥匙", "治水三年"])
def test_a_heading_is_no_byline(line: str) -> None:
    [found] = read(f"石桥乡兴修水利\n{line}\n{BODY}\n")
    assert found.byline == ()


PAGE = f"""石桥乡兴修水利
■ 本报记者 张明

{BODY}

下一步

{BODY}

江苏盐城: 新桥通车

{BODY}

(据盐城市水利局)

云岭村有了新水渠

{BODY}

{BODY[:-1]}。(据《江城晚报》)

“新渠新貌”
——写在通水之时
一渠清水润万家

李华

{BODY}
"""


def test_a_newspaper_page_holds_several_articles() -> None:
    found = read(PAGE)
    assert [article.title for article in found] == [
        "石桥乡兴修水利",
        "江苏盐城: 新桥通车",
        "云岭村有了新水渠",
        "“新渠新貌”",
    ]
    assert [article.publisher for article in found] == ["", "盐城市水利局", "江城晚报", ""]
    assert [article.byline for article in found] == [("张明",), (), (), ("李华",)]
    assert found[0].source.endswith(BODY)
    assert "下一步" in found[0].source
    assert found[1].source.endswith("(据盐城市水利局)")
    assert [article.index for article in found] == [0, 1, 2, 3]


def test_each_article_of_a_feed_has_its_own_source_line() -> None:
    text = "\n".join(
        f"第{n}渠通水\n江城日报 2023-06-0{day}\n{BODY}\n责任编辑:王某" for n, day in (("一", 1), ("二", 2))
    )
    found = read(text)
    assert [article.published for article in found] == [dt.date(2023, 6, 1), dt.date(2023, 6, 2)]
    assert "责任编辑" not in "".join(article.source for article in found)


def test_the_date_of_a_page_counts_for_all_its_articles() -> None:
    found = read(
        f"2023年6月1日 星期四 第3版 要闻\n青山报\n一渠通水\n本报记者 张明\n{BODY}\n二渠通水\n本报记者 李华\n{BODY}\n"
    )
    assert [article.title for article in found] == ["一渠通水", "二渠通水"]
    assert {article.published for article in found} == {dt.date(2023, 6, 1)}


@pytest.mark.parametrize(
    "heading",
    [
        "【云岭案例】\n\n水到渠成",
        "引水上山\n分三步修好灌溉渠",
        "一、治水先行",
        "(二)引水上山",
        "——写在通水之时",
        "记者:水从哪里来?",
    ],
)
def test_headings_and_embedded_cases_stay_in_their_article(heading: str) -> None:
    [found] = read(f"石桥乡兴修水利\n\n{BODY}\n\n{heading}\n\n{BODY}\n")
    assert heading in found.source


@pytest.mark.parametrize(
    "text", [SENTENCE, "登录人数36万人,收藏8万次", "全乡修渠36条。(据县水利局)", f"{SENTENCE}\n收藏的人有36万。"]
)
def test_a_plain_passage_is_one_article_as_it_is(text: str) -> None:
    [found] = read(text)
    assert (found.start, found.source) == (0, text)


def test_an_advertisement_that_trails_off_is_outside() -> None:
    text = f"{BODY} {BODY} 水利建設好書上線 本書收集了36篇案例 欲購從速 |\n|"
    [found] = read(text)
    assert found.source == f"{BODY} {BODY}"


def test_the_title_of_a_text_whose_line_ends_became_spaces() -> None:
    text = "石桥乡:“清渠”行动润万家 " + f"{BODY} " * 6
    [found] = read(text)
    assert found.title == "石桥乡:“清渠”行动润万家"
    assert read(f"{BODY} " * 6)[0].title == ""


@pytest.mark.parametrize(
    "line", ["登录 | 注册", "您当前的位置： 首页 >> 财经 >> 口岸", "※ 未經授權請勿轉載", "推薦閱讀　更多新聞"]
)
def test_lines_of_several_buttons_are_furniture(line: str) -> None:
    [found] = read(f"{line}\n石桥乡兴修水利\n{BODY}\n{line}\n")
    assert (found.title, found.source.count(line)) == ("石桥乡兴修水利", 0)


def test_a_stated_title_makes_the_text_one_article() -> None:
    [found] = articles(Document("d", PAGE, stated={"title": "水利专版"}))
    assert found.title == "水利专版"
    assert found.source == PAGE.strip()


def test_a_page_without_an_article_is_read_whole_with_a_warning() -> None:
    [found] = read("登录\n注册\n返回首页")
    assert found.warnings
    assert articles(Document("d", " \n ")) == []


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("〔記者陳大文／台北報導〕水利署昨日公布，新渠通水，灌溉面積達三千公頃。", "TW"),
        ("全渠造價新臺幣36億元，分三年完成。", "TW"),
        ("民國112年，新渠通水。", "TW"),
        ("渠務署說，去年開支達36億港元，較前年多，將於下月檢討。", "HK"),
        ("全年開支為36億澳門元，較前年增加，將於下月檢討。", "MO"),
        ("企业向香港出口货值36亿港元，比去年增长。", "CN"),
        ("民国时期修建的水渠仍在使用。", "CN"),
        ("這條公屋邨有單位漏水，房署說會派員跟進。", "HK"),
        ("【本報訊】渠務署昨日公布，新渠全長1200呎，料明年完成。", "HK"),
        ("縣府昨天說，兩所國小的水渠明年修好。", "TW"),
        ("本澳居民說，市政署應將水渠開放參觀。", "MO"),
        ("縣委組織鄉鎮幹部赴香港參觀，學習公屋管理。", "CN"),
        ("縣政府說，全長36公里的水渠將於明年完成。", "CN"),
        ("公屋居民说，立法会将讨论房署的计划。", "CN"),
        ("陳大文說，這條渠修得好。", "CN"),
    ],
)
def test_the_region_needs_evidence(text: str, region: str) -> None:
    assert read(text)[0].region == region


def test_the_region_of_a_page_counts_for_an_article_that_shows_none() -> None:
    body = "新橋全長360米，昨日開始通車，過百名市民到場，他們說來往兩岸時間將會縮短，並希望巴士公司開辦新路線，應付上班時間的需求。"
    found = read(f"即時新聞 港聞 兩岸 國際\n香港港聞日報\n新橋通車\n2024-09-12 記者 陳大文\n{body}\n")
    assert [article.region for article in found] == ["HK"]


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("新桥通车 发布时间：2024-07-03 09:15 今年以来，全乡修渠36条。", "2024-07-03"),
        ("縣水利局：新橋通車 發(fā)佈時間：2024年7月3日 今年以來，全鄉修渠36條。", "2024年7月3日"),
        ("新桥通车 2024-07-03 09:15 今年以来，全乡修渠36条。", "2024-07-03"),
        ("新桥通车 来源：江城日报 发布日期:2024/7/3 今年以来，全乡修渠36条。", "2024/7/3"),
    ],
)
def test_a_text_of_one_line_may_state_its_publication(line: str, date: str) -> None:
    [found] = read(line)
    assert found.published == dt.date(2024, 7, 3)
    assert found.title.endswith(("新桥通车", "新橋通車"))
    assert line[slice(*found.evidence["published"])] == date
    assert found.source == line


@pytest.mark.parametrize(
    "line",
    ["2024年7月3日，全乡修渠36条。", "全乡修渠36条。发布时间：2024-07-03", "新桥2024年7月3日通车后，全乡修渠36条。"],
)
def test_a_date_in_a_text_of_one_line_is_no_publication_date(line: str) -> None:
    [found] = read(line)
    assert (found.published, found.title) == (None, "")


def test_a_source_line_with_pronunciations_in_it_is_read() -> None:
    line = "發(fā)佈時間：2023-06-01 來源：江城晚報(bào)"
    text = f"石橋鄉(xiāng)興修水利\n{line}\n{TRADITIONAL}\n"
    [found] = read(text)
    assert (found.published, found.publisher) == (dt.date(2023, 6, 1), "江城晚報")
    assert text[slice(*found.evidence["published"])] == "2023-06-01"


def test_an_article_goes_on_below_headlines_that_interrupt_it() -> None:
    long = BODY + BODY
    [found] = read(f"石桥乡兴修水利\n{long}\n相关新闻\n新桥通车\n老桥拆除\n{long}\n{long}\n责任编辑:王某\n")
    assert found.source.endswith(long)
    [found] = read(f"石桥乡兴修水利\n{long}\n相关新闻\n新桥通车\n{long}\n老桥拆除\n{long}\n")
    assert found.source.count(long) == 1


def test_articles_that_state_different_dates_give_none_to_the_next() -> None:
    heads = ["一渠通水\n江城日报 2023-06-01", "二渠通水\n江城日报 2023-06-02", "三渠通水\n记者 李明"]
    found = read("\n".join(f"{head}\n{BODY}" for head in heads))
    assert [article.published for article in found] == [dt.date(2023, 6, 1), dt.date(2023, 6, 2), None]


def test_no_word_of_pages_is_missed_by_the_search_for_them_all() -> None:
    from extractor.articles import page
    from extractor.articles.lines import Kind, kind_of
    from extractor.normalise.furniture import is_furniture

    shapes = [
        *page._KNOWN, *WEB.splitlines(), "点赞 36", "已有3人点赞", "36人看过", "赞(3)", "今日热榜", "扫码下载APP", "03:25", "A03 要闻", "第3版", "—— END ——",
        "相关阅读", "往期精彩", "你可能还喜欢", "网友评论", "我来说两句", "共36条评论", "还可输入140个字", "下一篇:新桥通车", "编审:李某", "终审 | 李某", "[责任编辑:李某]",
        "声明:本文仅代表作者观点", "未经授权,不得转载", "Copyright 2024", "湘ICP备1234号", "主办:县政府 承办:县数据局", "· 新桥通车 2024-01-13", "字号:大 中 小", "◀ 第03版:要闻 ▶",
        "长按识别二维码", "點擊藍字 關注我們", "往下閱讀", "索引号:1234", "新闻热线:0000-1234567", "#江城 #水利", "收录于合集", "延伸閱讀:新橋通車後的三年",
    ]  # fmt: skip
    found = 0
    for shape in shapes:
        if shape and (is_furniture(shape) or kind_of(shape) in (Kind.furniture, Kind.aside, Kind.end)):
            found += 1
            assert kind_of(shape, hinted=bool(page.hints(shape))) is kind_of(shape), shape
    assert found > 120


# Whatever their words, sentences are no furniture: these hold the words of buttons, editors, sources, comments and pagers.
PLAIN = [
    SENTENCE,
    TRADITIONAL,
    "登录系统的村民有36人，注册的有12人。",
    "相关阅读材料已发到各村。",
    "责任编辑：王某说，稿件已经刊出。",
    "审核：材料齐全的，当场办结。",
    "下一篇章从水渠开始。",
    "下一条渠长360米。",
    "上一版规划用了三年。",
    "共3条评论意见被采纳。",
    "点赞36次，收藏12次。",
    "声明：双方同意停工。",
    "声明称，本站将于五月开放。",
    "来源：县水利局的统计。",
    "2023年6月1日，水渠通水。",
    "首页 > 新闻 > 正文都改了版。",
    "图为新修的水渠。",
    "记者李明从县水利局获悉，水渠已通水。",
    "本报讯（记者 李明）水渠昨日通水。",
    "编辑部收到来信36封。",
    "“分享到这里就结束了。”他说。",
    "位置：县城以东三公里。",
    "已有36人报名。",
    "评论区有36条留言。",
    "热门推荐的景点有三处。",
    "END是这条渠的代号。",
    "全文完整地记下了经过。",
    "版权所有者是县文化馆。",
    "① 渠长36公里。",
    "• 投入资金500万元。",
    "今天是2024年10月20日。",
    "谁来修渠？",
    "通水了！",
    "未经授权，任何人不得放水。",
]


@given(
    st.lists(st.sampled_from(PLAIN), min_size=1, max_size=9).flatmap(st.permutations),
    st.sampled_from(["", "\n", "\r\n", "\n\n", "\n　　"]),
    st.sampled_from(["", "　　", "\n"]),
)
@settings(max_examples=1500, deadline=None)
def test_plain_text_never_loses_a_character(sentences: list[str], between: str, before: str) -> None:
    text = before + between.join(sentences)
    found = read(text)
    kept = "".join(article.source for article in found)
    assert "".join(kept.split()) == "".join(text.split())


@given(st.lists(st.sampled_from(PLAIN), min_size=1, max_size=6), st.sampled_from(["", "修渠记"]))
@settings(max_examples=300, deadline=None)
def test_a_row_never_loses_a_character(sentences: list[str], title: str) -> None:
    text = "\n".join(sentences)
    [found] = articles(Document("row", text, stated={"title": title, "published": "2023-06-01"} if title else {}))[:1]
    assert not title or found.source == text


@given(
    st.lists(st.sampled_from(PLAIN), min_size=1, max_size=6),
    st.sampled_from(["石桥乡兴修水利", "一渠清水润万家 三千农户受益"]),
)
@settings(max_examples=300, deadline=None)
def test_a_title_and_its_paragraphs_are_all_in_the_article(sentences: list[str], title: str) -> None:
    text = title + "\n" + "\n".join(sentences)
    found = read(text)
    assert "".join("".join(article.source for article in found).split()) == "".join(text.split())


def test_line_ends_of_every_kind_keep_their_place() -> None:
    for end in ("\n", "\r\n", "\r"):
        found = read(PAGE.replace("\n", end))
        assert len(found) == 4


@given(
    st.lists(st.sampled_from(PAGE.splitlines() + WEB.splitlines() + ["", " ", "　", "|", "\x0c"]), max_size=14),
    st.sampled_from(["\n", "\r\n"]),
)
@settings(max_examples=400, deadline=None)
def test_whatever_the_lines_articles_are_slices_in_order(lines: list[str], end: str) -> None:
    text = end.join(lines)
    found = read(text)
    assert bool(found) == bool(text.strip(" 　\r\n|\x0c") or "|" in text)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert [article.index for article in found] == list(range(len(found)))
