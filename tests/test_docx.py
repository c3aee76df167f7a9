"""Word documents built here → their text as Word shows it; what is none, or is meant to do harm, says so."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.article import Document, UnreadableDocument
from extractor.sources import guard
from extractor.sources.docx import document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FIRST = "入秋以来，柳湾县累计清淤河道四十八公里，惠及农户六千余户。"
SECOND = "青石镇中心小学的新食堂日前启用，三百二十名学生吃上热饭菜。"


def docx(body: str, *, notes: Mapping[str, str] | None = None, title: str = "", namespace: str = W) -> bytes:
    """A Word file with this body; `notes` are the contents of its parts `footnotes` and `endnotes`."""
    spaces = (
        f'xmlns:w="{namespace}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    parts = {"word/document.xml": f"<w:document {spaces}><w:body>{body}<w:sectPr/></w:body></w:document>"}
    package = [("officeDocument", "word/document.xml")]
    own = []
    for kind, content in (notes or {}).items():
        parts[f"word/{kind}.xml"] = f"<w:{kind} {spaces}>{content}</w:{kind}>"
        own.append((kind, f"{kind}.xml"))
    if title:
        package.append(("metadata/core-properties", "docProps/core.xml"))
        parts["docProps/core.xml"] = (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
            f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>admin</dc:creator><dc:title>{title}</dc:title>'
            "</cp:coreProperties>"
        )
    parts["_rels/.rels"] = relations(package)
    parts["word/_rels/document.xml.rels"] = relations(own)
    return zipped(parts)


def relations(pairs: list[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONS}/{kind}" Target="{to}"/>' for n, (kind, to) in enumerate(pairs)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def p(*runs: str) -> str:
    return f"<w:p>{''.join(run if run.startswith('<') else r(run) for run in runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(*content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(content) or p()}</w:tc>"


def table(*rows: list[str]) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{chr(10).join(cells)}</w:tr>' for cells in rows)}</w:tbl>"


def read(data: bytes) -> Document:
    found = document(data, "a.docx")
    assert isinstance(found, Document), found
    assert (found.encoding, found.extracted, found.pages) == ("docx", True, ())
    return found


def text(body: str, **parts: Mapping[str, str]) -> str:
    return read(docx(body, **parts)).text


def refused(data: bytes) -> str:
    found = document(data, "a.docx")
    assert isinstance(found, UnreadableDocument), found
    assert found.doc == "a.docx"
    assert "\n" not in found.reason
    return found.reason


# ---- paragraphs


def test_a_paragraph_is_a_line_however_it_is_cut_into_runs() -> None:
    assert text(p(FIRST[:7], FIRST[7:]) + p() + p(SECOND)) == f"{FIRST}\n\n{SECOND}\n"


def test_tabs_and_line_breaks_inside_a_paragraph() -> None:
    inside = "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/><w:t>丁</w:t></w:r>"
    stops = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr>'
    assert text(f"<w:p>{stops}{inside}</w:p>") == "甲\t乙\n丙-丁\n"


def test_line_ends_of_the_xml_are_none_of_the_text() -> None:
    assert text("<w:p>\n  <w:r>\n    <w:t>甲\n乙</w:t>\n  </w:r>\n</w:p>\n") == "甲 乙\n"


def test_links_fields_and_controls_give_what_they_show() -> None:
    link = f'<w:hyperlink w:anchor="x">{r("县政府网站")}</w:hyperlink>'
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE \\* MERGEFORMAT </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("第3版")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{r('已填写')}</w:sdtContent></w:sdt>"
    empty = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('单击此处输入文字')}</w:sdtContent></w:sdt>"
    assert text(p("据", link, "，", field, "，", control, empty, "。")) == "据县政府网站，第3版，已填写。\n"


def test_what_word_does_not_show_is_left_out() -> None:
    ruby = f"<w:ruby><w:rt>{r('lǔ')}</w:rt><w:rubyBase>{r('甪')}</w:rubyBase></w:ruby>"
    body = p("可见", r("不可见", "<w:vanish/>"), r("，又可见", '<w:vanish w:val="0"/>'), f"<w:r>{ruby}</w:r>", "直镇")
    assert text(body) == "可见，又可见甪直镇\n"


def test_signs_of_sign_fonts_are_left_out_and_other_symbols_kept() -> None:
    signs = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Arial" w:char="2103"/><w:sym/></w:r>'
    assert text(p("气温36", signs)) == "气温36℃\n"


# ---- tracked changes


def test_what_was_inserted_is_read_and_what_was_deleted_is_not() -> None:
    body = p(
        "投入",
        f'<w:del w:id="1"><w:r><w:delText>三</w:delText></w:r>{r("旧")}</w:del>',
        f'<w:ins w:id="2">{r("一千二百")}</w:ins>',
        "万元",
        f'<w:moveFrom w:id="3">{r("移走")}</w:moveFrom><w:moveTo w:id="4">{r("。")}</w:moveTo>',
    )
    found = read(docx(body))
    assert found.text == "投入一千二百万元。\n"
    assert any("tracked changes" in warning for warning in found.warnings)
    assert read(docx(p(FIRST))).warnings == ()


def test_paragraphs_whose_break_was_deleted_are_one() -> None:
    mark = "<w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>"
    assert text(f"<w:p>{mark}{r(FIRST[:9])}</w:p>" + p(FIRST[9:]) + p(SECOND)) == f"{FIRST}\n{SECOND}\n"
    assert text(p(SECOND) + f"<w:p>{mark}{r(FIRST)}</w:p>" + table([tc(p("甲")), tc(p("乙"))])) == (
        f"{SECOND}\n{FIRST}\n甲\t乙\n"
    )


def test_properties_as_they_were_before_do_not_count() -> None:
    old = "<w:rPrChange w:id='1'><w:rPr><w:vanish/></w:rPr></w:rPrChange>"
    assert text(p(r("看得见", old))) == "看得见\n"


# ---- tables, boxes, notes


def test_a_row_is_a_line_and_merged_cells_count_once() -> None:
    wide, down, below = (
        '<w:gridSpan w:val="2"/>',
        '<w:vMerge w:val="restart"/>',
        "<w:vMerge/>",
    )
    body = table(
        [tc(p("乡镇")), tc(p("农户与金额"), properties=wide)],
        [tc(p("青石镇"), properties=down), tc(p("320户")), tc(p("260"), p("万元"))],
        [tc(p("青石镇"), properties=below), tc(p("98户")), tc(p("7万元"))],
        [tc(), tc(), tc()],
    )
    assert text(p(FIRST) + body + p(SECOND)) == (
        f"{FIRST}\n乡镇\t农户与金额\n青石镇\t320户\t260 万元\n\t98户\t7万元\n{SECOND}\n"
    )


def test_a_deleted_row_is_left_out() -> None:
    gone = f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr>{tc(p('旧'))}{tc(p('行'))}</w:tr>"
    kept = f"<w:tr>{tc(p('新'))}{tc(p('行'))}</w:tr>"
    assert text(f"<w:tbl>{gone}{kept}</w:tbl>") == "新\t行\n"


def test_a_cell_that_only_lays_out_the_page_keeps_its_paragraphs() -> None:
    inner = table([tc(p("户数")), tc(p("320"))])
    assert text(table([tc(p(FIRST), inner, p(SECOND))])) == f"{FIRST}\n户数\t320\n{SECOND}\n"


def test_a_text_box_follows_its_paragraph_and_is_read_once() -> None:
    box = f"<w:txbxContent>{p('编者按：')}{p(SECOND)}</w:txbxContent>"
    shape = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert text(p(FIRST[:9], shape, FIRST[9:]) + p("完")) == f"{FIRST}\n编者按：\n{SECOND}\n完\n"


def test_notes_stand_below_the_text_under_their_numbers() -> None:
    def note(kind: str, identifier: int, content: str, sort: str = "") -> str:
        return f'<w:{kind} w:id="{identifier}"{sort}>{content}</w:{kind}>'

    body = p(
        "首期投入一千二百万元",
        '<w:r><w:footnoteReference w:id="3"/></w:r>',
        "，惠及六千余户",
        '<w:r><w:endnoteReference w:id="2"/></w:r>',
        "，修复三十六处",
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        "。",
        '<w:del w:id="9"><w:r><w:footnoteReference w:id="4"/></w:r></w:del>',
    )
    line = ' w:type="separator"'
    notes = {
        "footnotes": note("footnote", -1, p(r("———")), line)
        + note("footnote", 2, p("<w:r><w:footnoteRef/></w:r>", " 含两处水闸。"))
        + note("footnote", 3, p("不含征地", "费用。") + p("另行公布。"))
        + note("footnote", 4, p("旧注。")),
        "endnotes": note("endnote", 2, p("截至十月底。")),
    }
    assert text(body, notes=notes) == (
        "首期投入一千二百万元，惠及六千余户，修复三十六处。\n[1] 不含征地费用。 另行公布。\n[2] 含两处水闸。\n[3] 截至十月底。\n"
    )


def test_heads_and_feet_of_pages_are_no_part_of_the_text() -> None:
    data = docx(p(FIRST))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/header1.xml"] = f'<w:hdr xmlns:w="{W}">{p("柳湾县水利简报")}</w:hdr>'.encode()
    parts["word/_rels/document.xml.rels"] = relations([("header", "header1.xml")]).encode()
    assert read(zipped(parts)).text == f"{FIRST}\n"


# ---- the package


def test_a_strict_file_is_read_alike() -> None:
    assert read(docx(p(FIRST) + table([tc(p("甲")), tc(p("乙"))]), namespace=STRICT)).text == f"{FIRST}\n甲\t乙\n"


def test_a_title_counts_only_where_the_text_begins_with_it() -> None:
    assert read(docx(p("柳湾县清淤河道") + p(FIRST), title="柳湾县清淤河道")).stated == {"title": "柳湾县清淤河道"}
    assert read(docx(p("柳湾县清淤河道") + p(FIRST), title="公文模板2023")).stated == {}


def test_a_file_of_python_docx_is_read() -> None:
    python_docx = pytest.importorskip("docx")
    made = python_docx.Document()
    made.add_heading("柳湾县清淤河道", 0)
    made.add_paragraph(FIRST)
    grid = made.add_table(rows=2, cols=3)
    for number, cell in enumerate(("乡镇", "户数", "金额", "青石镇", "320户", "260万元")):
        grid.cell(number // 3, number % 3).text = cell
    made.sections[0].header.paragraphs[0].text = "页眉"
    file = io.BytesIO()
    made.save(file)
    assert read(file.getvalue()).text == f"柳湾县清淤河道\n{FIRST}\n乡镇\t户数\t金额\n青石镇\t320户\t260万元\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not a Word document"),
        (b"{\\rtf1}", "not a Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "save it as .docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK\x03\x04" + bytes(50), "damaged"),
        (zipped({"xl/workbook.xml": "<x/>"}), "without a Word document"),
        (zipped({"word/document.xml": "<w:document"}), "damaged"),
        (docx(""), "empty"),
        (docx(p("<w:r><w:drawing/></w:r>")), "OCR"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, words: str) -> None:
    assert words in refused(data)


# ---- hostile files


def test_a_part_that_swells_is_refused_soon() -> None:
    swollen = zipped({"word/document.xml": f"<w:document xmlns:w='{W}'><w:body>" + " " * 30_000_000})
    assert len(swollen) < 100_000
    found = guard.guarded("docx", swollen, "a.docx", seconds=20, memory=256 << 20)
    assert isinstance(found, UnreadableDocument)
    assert "swells" in found.reason


def test_a_size_that_lies_is_no_way_around() -> None:
    data = bytearray(zipped({"word/document.xml": "<a>" + " " * 60_000_000}))
    central = data.rindex(b"PK\x01\x02")
    data[central + 24 : central + 28] = struct.pack("<I", 100)  # the size it claims to have
    assert isinstance(guard.guarded("docx", bytes(data), "a.docx", memory=256 << 20), UnreadableDocument)


@pytest.mark.parametrize(
    "entities",
    [
        '<!ENTITY a "石石石石石石石石石石">'
        + "".join(f'<!ENTITY {y} "{f"&{x};" * 10}">' for x, y in zip("abcdefgh", "bcdefghi", strict=True)),
        '<!ENTITY i SYSTEM "file:///etc/passwd">',
    ],
)
def test_entities_are_refused(entities: str) -> None:
    body = f'<!DOCTYPE d [{entities}]><w:document xmlns:w="{W}"><w:body>{p("&i;")}</w:body></w:document>'
    assert "entities" in refused(zipped({"word/document.xml": body}))


def test_depth_costs_no_stack() -> None:
    deep = 100_000
    body = "<w:sdt><w:sdtContent>" * deep + p(FIRST) + "</w:sdtContent></w:sdt>" * deep
    assert guard.guarded("docx", docx(body), "a.docx") == read(docx(p(FIRST)))
    tables = "<w:tbl><w:tr><w:tc>" * 20_000 + p(FIRST) + "</w:tc></w:tr></w:tbl>" * 20_000
    found = guard.guarded("docx", docx(tables), "a.docx")
    assert isinstance(found, Document)
    assert found.text == f"{FIRST}\n"


@given(st.binary(max_size=300))
@settings(max_examples=50, deadline=None)
def test_no_bytes_take_the_reader_down(tail: bytes) -> None:
    refused(b"PK\x03\x04" + tail)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_damaged_files_are_read_or_refused(data: st.DataObject) -> None:
    whole = docx(p(FIRST) + table([tc(p("甲")), tc(p("乙"))]) + p(SECOND))
    cut = data.draw(st.one_of(st.just(len(whole)), st.integers(0, len(whole))))
    broken = bytearray(whole[:cut])
    for place in data.draw(st.lists(st.integers(0, max(0, cut - 1)), max_size=5)):
        if place < cut:
            broken[place] ^= 1 << data.draw(st.integers(0, 7))
    found = document(bytes(broken), "a.docx")
    assert isinstance(found, Document | UnreadableDocument)


names = st.sampled_from(
    "w:p w:r w:t w:tab w:br w:tbl w:tr w:tc w:tcPr w:vMerge w:del w:ins w:pPr w:rPr w:trPr w:txbxContent w:sdt w:sdtPr"
    " w:showingPlcHdr w:sdtContent w:footnote w:footnoteReference w:vanish w:sym mc:Fallback w:altChunk w:rPrChange".split()
)
trees = st.recursive(
    st.just("石"),
    lambda inner: st.builds(
        lambda name, parts: f"<{name}>{''.join(parts)}</{name}>", names, st.lists(inner, max_size=4)
    ),
    max_leaves=25,
)


@given(trees)
@settings(max_examples=300, deadline=None)
def test_elements_in_any_order_are_read_or_refused(tree: str) -> None:
    assert isinstance(document(docx(tree + p(FIRST)), "a.docx"), Document)
