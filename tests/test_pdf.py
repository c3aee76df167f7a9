"""PDFs built here → their text in reading order; what has no text, or is broken, says so."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.article import Document, UnreadableDocument
from extractor.sources import guard, layout
from extractor.sources.layout import Glyph
from extractor.sources.pdf import document

pytest.importorskip("pypdfium2")
cidfonts = pytest.importorskip("reportlab.pdfbase.cidfonts")

from reportlab.lib.pdfencrypt import StandardEncryption  # noqa: E402
from reportlab.pdfbase import pdfmetrics  # noqa: E402
from reportlab.pdfgen.canvas import Canvas  # noqa: E402

SONG = "STSong-Light"
WIDTH, HEIGHT = 595, 842
RIVER = (
    "入秋以来，柳湾县组织沿河十二个乡镇清理淤积多年的河道，累计清淤四十八公里，修复护岸三十六处。"
    "县水利部门负责人介绍，工程分两期推进，首期投入一千二百万元，惠及沿岸农户六千余户。"
    "村民说，往年一下大雨就担心河水漫过田埂，如今水流得顺，心里也踏实多了。"
)
SCHOOL = (
    "青石镇中心小学的新食堂日前启用，三百二十名寄宿学生吃上了热饭菜。"
    "食堂由县教育部门和当地企业共同出资建成，总投资二百六十万元，可同时容纳四百人就餐。"
    "校长表示，下一步还将添置消毒设备，并请家长代表轮流到校陪餐。"
)

Draw = Callable[[Canvas], None]


def pdf(*pages: Draw, size: tuple[float, float] = (WIDTH, HEIGHT), title: str = "", encrypt: object = None) -> bytes:
    """A PDF whose pages are drawn by the functions given, in a Chinese font."""
    pdfmetrics.registerFont(cidfonts.UnicodeCIDFont(SONG))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size, encrypt=encrypt)
    if title:
        canvas.setTitle(title)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def wrap(text: str, width: int, *, indent: int = 0) -> list[str]:
    first = text[: width - indent]
    return [first, *(text[start : start + width] for start in range(len(first), len(text), width))]


def put(
    canvas: Canvas, x: float, y: float, lines: Sequence[str], *, size: float = 10, pitch: float = 15, indent: int = 0
) -> float:
    """Draw `lines` from the baseline `y` downwards, and return the baseline below them."""
    canvas.setFont(SONG, size)
    for number, line in enumerate(lines):
        canvas.drawString(x + (indent * size if number == 0 else 0), y - number * pitch, line)
    return y - len(lines) * pitch


def read(data: bytes) -> Document:
    found = document(data, "a.pdf")
    assert isinstance(found, Document), found
    assert found.extracted
    assert found.encoding == "pdf"
    return found


def refused(data: bytes) -> str:
    found = document(data, "a.pdf")
    assert isinstance(found, UnreadableDocument), found
    assert found.doc == "a.pdf"
    assert "\n" not in found.reason
    return found.reason


def run(text: str) -> str:
    """`text` without line ends and spaces."""
    return "".join(text.split())


# ---- reading order


@pytest.mark.parametrize("columns", [2, 3, 4])
@pytest.mark.parametrize("gutter", [10, 14, 24])
def test_columns_are_read_from_the_left_below_their_headline(columns: int, gutter: int) -> None:
    width = (WIDTH - 80 - (columns - 1) * gutter) / columns
    lines = wrap(RIVER * 4, int(width // 10))
    rows = -(-len(lines) // columns)

    def page(canvas: Canvas) -> None:
        canvas.setFont(SONG, 26)
        canvas.drawCentredString(WIDTH / 2, 780, "柳湾清河记")
        for number in range(columns):
            put(canvas, 40 + number * (width + gutter), 740, lines[number * rows : (number + 1) * rows])

    assert run(read(pdf(page)).text) == "柳湾清河记" + RIVER * 4


def test_a_page_of_two_articles_keeps_them_apart() -> None:
    def page(canvas: Canvas) -> None:
        y = put(canvas, 40, 780, ["柳湾县清淤河道四十八公里惠及农户"], size=24) - 10
        lines = wrap(RIVER, 24)
        half = (len(lines) + 1) // 2
        put(canvas, 40, y, lines[:half])
        put(canvas, 300, y, lines[half:])
        y = put(canvas, 40, y - half * 15 - 30, ["青石镇新食堂启用"], size=24) - 10
        lines = wrap(SCHOOL, 15)
        third = -(-len(lines) // 3)
        for number in range(3):
            put(canvas, 40 + number * 175, y, lines[number * third : (number + 1) * third])

    assert run(read(pdf(page)).text) == "柳湾县清淤河道四十八公里惠及农户" + RIVER + "青石镇新食堂启用" + SCHOOL


def test_names_above_the_first_column_do_not_part_it_from_the_others() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 40, 815, ["柳湾日报"], size=12)
        put(canvas, 400, 815, ["2024年12月10日 第3版"], size=9)
        put(canvas, 40, 780, ["柳湾县清淤河道四十八公里惠及农户"], size=24)
        put(canvas, 40, 760, ["本报记者 何清"], size=9)
        lines = wrap(RIVER, 24, indent=2)
        half = (len(lines) + 1) // 2
        put(canvas, 40, 740, lines[:half], indent=2)
        put(canvas, 300, 740, lines[half:])
        y = 740 - half * 15 - 30
        put(canvas, 40, y, ["青石镇新食堂启用"], size=24)
        put(canvas, 40, y - 20, ["本报记者 王秋"], size=9)
        lines = wrap(SCHOOL, 15, indent=2)
        third = -(-len(lines) // 3)
        for number in range(3):
            put(
                canvas,
                40 + number * 175,
                y - 40,
                lines[number * third : (number + 1) * third],
                indent=2 * (number == 0),
            )

    assert run(read(pdf(page)).text) == (
        "柳湾日报2024年12月10日第3版柳湾县清淤河道四十八公里惠及农户本报记者何清"
        + RIVER
        + "青石镇新食堂启用本报记者王秋"
        + SCHOOL
    )


def test_an_article_beside_another_is_read_after_it() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 40, 780, ["柳湾县清淤河道"], size=18)
        lines = wrap(RIVER, 12)
        half = (len(lines) + 1) // 2
        put(canvas, 40, 750, lines[:half])
        put(canvas, 175, 750, lines[half:])
        put(canvas, 320, 780, ["青石镇新食堂启用"], size=18)
        put(canvas, 320, 750, wrap(SCHOOL, 22))

    assert run(read(pdf(page)).text) == "柳湾县清淤河道" + RIVER + "青石镇新食堂启用" + SCHOOL


def test_a_box_between_two_parts_of_a_column_stands_where_it_is() -> None:
    left, right = RIVER, SCHOOL

    def page(canvas: Canvas) -> None:
        put(canvas, 40, 780, wrap(left, 22))
        y = put(canvas, 320, 780, wrap(right[:66], 22))
        canvas.rect(315, y - 75, 240, 70)
        put(canvas, 325, y - 25, ["编者按：河道连着民心，", "修一段，管一段。"], size=9)
        put(canvas, 320, y - 100, wrap(right[66:], 22))

    expected = left + right[:66] + "编者按：河道连着民心，修一段，管一段。" + right[66:]
    assert run(read(pdf(page)).text) == expected


def test_the_order_of_drawing_does_not_matter() -> None:
    lines = wrap(RIVER, 22)
    places = [(40 + 280 * (n // 4), 780 - 15 * (n % 4), line) for n, line in enumerate(lines)]
    random.Random(3).shuffle(places)

    def page(canvas: Canvas) -> None:
        for x, y, line in places:
            put(canvas, x, y, [line])

    assert run(read(pdf(page)).text) == RIVER


def test_lines_stay_lines_and_space_between_blocks_is_an_empty_line() -> None:
    def page(canvas: Canvas) -> None:
        y = put(canvas, 40, 780, ["柳湾清河记"], size=20) - 10
        y = put(canvas, 40, y, ["第一段的第一行就到这里为止", "第一段的第二行也到这里为止"])
        put(canvas, 40, y - 15, ["第二段的第一行就到这里为止", "第二段完。"])

    assert read(pdf(page)).text == (
        "柳湾清河记\n\n第一段的第一行就到这里为止\n第一段的第二行也到这里为止\n\n第二段的第一行就到这里为止\n第二段完。\n"
    )


def test_paragraphs_that_are_set_in_begin_with_two_spaces() -> None:
    def page(canvas: Canvas) -> None:
        y = put(canvas, 40, 780, wrap(RIVER, 30, indent=2), indent=2)
        put(canvas, 40, y, wrap(SCHOOL, 30, indent=2), indent=2)

    lines = read(pdf(page)).text.splitlines()
    assert [line[:4] for line in lines if line.startswith("　　")] == ["　　入秋", "　　青石"]
    assert run("".join(lines)) == RIVER + SCHOOL


def test_a_space_inside_a_line_parts_no_columns() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 40, 780, ["柳湾县 清河见成效"], size=22)
        put(canvas, 40, 740, wrap(RIVER, 40))
        canvas.setFont(SONG, 10)
        canvas.drawString(40, 600, "本报记者")
        canvas.drawString(95, 600, "何清")

    text = read(pdf(page)).text
    assert text.startswith("柳湾县 清河见成效\n")
    assert text.endswith("\n本报记者 何清\n")


def test_a_bullet_belongs_to_its_line() -> None:
    def page(canvas: Canvas) -> None:
        for number, line in enumerate(wrap(RIVER, 30)):
            put(canvas, 40, 700 - 15 * number, ["●" if number % 2 else f"{number}."])
            put(canvas, 62, 700 - 15 * number, [line])

    assert run(read(pdf(page)).text) == "".join(
        ("●" if number % 2 else f"{number}.") + line for number, line in enumerate(wrap(RIVER, 30))
    )


def test_words_of_latin_letters_that_are_drawn_apart_are_words() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        canvas.drawString(40, 700, "Liuwan")
        canvas.drawString(40 + canvas.stringWidth("Liuwan ", "Helvetica", 11), 700, "(River)")

    assert read(pdf(page)).text == "Liuwan (River)\n"


def test_a_table_is_read_by_rows() -> None:
    rows = [
        ("乡镇", "农户", "金额"),
        ("青石镇", "320户", "260万元"),
        ("柳湾乡", "1560户", "85.5万元"),
        ("白沙乡", "98户", "7万元"),
    ]

    def page(canvas: Canvas) -> None:
        put(canvas, 40, 780, wrap(RIVER, 50))
        canvas.setFont(SONG, 10)
        for number, row in enumerate(rows):
            for x, cell in zip((40, 200, 360), row, strict=True):
                canvas.drawString(x, 650 - number * 20, cell)

    assert read(pdf(page)).text.endswith("\n\n" + "\n".join("\t".join(row) for row in rows) + "\n")


def test_a_headline_that_runs_down_the_page_is_one_line() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 40, 780, list("柳湾清河记"), size=22, pitch=26)
        put(canvas, 90, 780, wrap(RIVER, 40))

    assert read(pdf(page)).text.splitlines()[0] == "柳湾清河记"


def test_characters_drawn_one_by_one_from_a_font_that_is_not_there_are_all_read() -> None:
    def page(canvas: Canvas) -> None:
        for number, char in enumerate(RIVER[:40]):
            put(canvas, 40 + 10 * number, 700, [char])
        canvas.saveState()
        canvas.rotate(90)
        put(canvas, 300, -30, ["柳湾县水利资料"])
        canvas.restoreState()

    assert read(pdf(page)).text == f"{RIVER[:40]}\n\n柳湾县水利资料\n"


def test_bold_that_is_drawn_twice_is_read_once() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 40, 700, ["柳湾清河记"], size=20)
        put(canvas, 40.4, 700, ["柳湾清河记"], size=20)
        put(canvas, 40, 600, ["人人人山山山人海，好好好"], size=10)

    assert read(pdf(page)).text == "柳湾清河记\n\n人人人山山山人海，好好好\n"


@pytest.mark.parametrize(
    ("turn", "matrix"),
    [(0, "12 0 0 12 40 700"), (90, "0 12 -12 0 300 40"), (180, "-12 0 0 -12 500 100"), (270, "0 -12 12 0 100 800")],
)
def test_a_page_that_is_shown_turned_is_read_as_it_is_shown(turn: int, matrix: str) -> None:
    content = f"BT /F 1 Tf 1.5 TL {matrix} Tm (Clean water for) Tj T* (the town of Liuwan) Tj ET"
    aside = "BT /F 9 Tf 0.7 0.7 -0.7 0.7 300 300 Tm (DRAFT) Tj ET"
    page = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate {turn} /Contents 4 0 R"
        " /Resources << /Font << /F 5 0 R >> >> >>"
    )
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    kids = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    found = read(assemble(["<< /Type /Catalog /Pages 2 0 R >>", kids, page, stream(content + " " + aside), font]))
    assert found.text == "Clean water for\nthe town of Liuwan\n"
    assert any("5 characters drawn at a slant" in warning for warning in found.warnings)


def test_lines_that_run_up_the_side_come_after_the_text() -> None:
    def page(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.rotate(90)
        canvas.setFont("Helvetica", 9)
        canvas.drawString(300, -30, "Liuwan Bulletin")
        canvas.restoreState()
        put(canvas, 60, 780, wrap(RIVER, 50))

    assert read(pdf(page)).text.endswith("也踏实多了。\n\nLiuwan Bulletin\n")


def test_a_watermark_is_left_out_and_counted() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 40, 780, wrap(RIVER, 50))
        canvas.saveState()
        canvas.translate(300, 400)
        canvas.rotate(45)
        put(canvas, 0, 0, ["内部资料"], size=40)
        canvas.restoreState()

    found = read(pdf(page))
    assert run(found.text) == RIVER
    assert any("4 characters drawn at a slant" in warning for warning in found.warnings)


def regions(rng: random.Random, box: tuple[float, float, float, float], depth: int) -> list[tuple[float, ...]]:
    """`box` (left, top, right, bottom, y downwards) cut at random into the regions of articles."""
    left, top, right, bottom = box
    wide, high = right - left, bottom - top
    if depth == 0 or (wide < 330 and high < 260):
        return [box]
    share, gap = rng.uniform(0.35, 0.65), rng.uniform(7, 12)
    if wide < 330 or (high > 260 and rng.random() < 0.5):
        cut = top + share * high
        parts = (left, top, right, cut - gap), (left, cut + gap, right, bottom)
    else:
        cut = left + share * wide
        parts = (left, top, cut - gap, bottom), (cut + gap, top, right, bottom)
    return [region for part in parts for region in regions(rng, part, depth - 1)]


def article(canvas: Canvas, rng: random.Random, region: tuple[float, ...], number: int) -> str:
    """Draw an article into `region`, a headline over columns of paragraphs, and return its text."""
    left, top, right, bottom = region
    size = rng.choice([16, 20, 26])
    title = f"柳湾第{number}号堤坝清淤修复护岸完成投入使用"[: int((right - left) // size) - 1]
    y = HEIGHT - top - size
    canvas.setFont(SONG, size)
    if rng.random() < 0.5:
        canvas.drawString(left, y, title)
    else:
        canvas.drawCentredString((left + right) / 2, y, title)
    y -= 24
    columns = rng.randint(1, max(1, min(4, int((right - left) // 110))))
    gutter = rng.uniform(10, 20)
    width = int((right - left - (columns - 1) * gutter + 0.001) / columns // 10)
    pitch = rng.choice([13, 15, 17])
    room = int((y - (HEIGHT - bottom)) // pitch) * columns
    text = (RIVER + SCHOOL) * 9
    lines = []
    while len(lines) < room * rng.uniform(0.7, 1):
        start = rng.randrange(60)
        lines += wrap(f"{number}." + text[start : start + rng.randint(30, 130)], width, indent=2)
    lines = lines[:room]
    each = -(-len(lines) // columns)
    for column in range(columns):
        for row, line in enumerate(lines[column * each : (column + 1) * each]):
            indent = 2 if line.startswith(f"{number}.") else 0
            put(canvas, left + column * (width * 10 + gutter), y - row * pitch, [line], indent=indent)
    return title + "".join(lines)


def test_most_articles_of_random_pages_are_read_whole() -> None:
    drawn: list[str] = []
    whole = 0
    for seed in range(12):
        rng = random.Random(seed)
        parts = regions(rng, (40, 60, 555, 800), rng.randint(0, 3))
        here: list[str] = []
        text = read(
            pdf(lambda c: here.extend(article(c, rng, part, n) for n, part in enumerate(parts, 10)))  # noqa: B023
        ).text
        assert sorted(run(text)) == sorted(run("".join(here)))
        drawn += here
        whole += sum(run(one) in run(text) for one in here)
    assert len(drawn) > 30
    assert whole > 0.9 * len(drawn)


# ---- pages


def numbered(number: int, text: str) -> Draw:
    def page(canvas: Canvas) -> None:
        put(canvas, 40, 810, ["柳湾县水利简报"], size=9)
        put(canvas, 480, 810, ["2024年第6期"], size=9)
        put(canvas, 40, 770, wrap(text, 50))
        put(canvas, 280, 30, [f"— {number} —"], size=9)

    return page


def test_heads_feet_and_page_numbers_are_left_out_and_counted() -> None:
    found = read(pdf(*(numbered(9 + n, text) for n, text in enumerate((RIVER, SCHOOL, RIVER[40:])))))
    assert run(found.text) == "2024年第6期" + RIVER + SCHOOL + RIVER[40:]  # what is dated stays, once
    assert any("8 lines" in warning for warning in found.warnings)
    assert [run(found.text[start:])[:6] for start in found.pages] == ["2024年第", SCHOOL[:6], RIVER[40:46]]


def test_figures_at_the_top_of_several_pages_are_no_page_numbers() -> None:
    def page(figure: str) -> Draw:
        return lambda canvas: (put(canvas, 40, 800, [f"共{figure}户"]), put(canvas, 40, 770, wrap(RIVER, 50)), None)[2]

    text = read(pdf(page("36"), page("125"), page("88"))).text
    assert [figure in text for figure in ("共36户", "共125户", "共88户")] == [True] * 3


def test_the_pages_begin_where_they_say() -> None:
    found = read(pdf(*(lambda canvas, t=text: put(canvas, 40, 700, wrap(t, 50)) and None for text in (RIVER, SCHOOL))))
    assert len(found.pages) == 2
    assert found.pages[0] == 0
    assert found.text[found.pages[1] :].startswith(SCHOOL[:20])


def image(canvas: Canvas) -> None:
    canvas.drawInlineImage(_picture(), 40, 40, 500, 700)


def _picture() -> object:
    from PIL import Image

    return Image.new("L", (20, 30), 200)


def test_a_scan_asks_for_text_recognition() -> None:
    assert "OCR" in refused(pdf(image, image))


def test_a_scanned_page_among_others_is_named() -> None:
    found = read(pdf(lambda c: put(c, 40, 700, wrap(RIVER, 50)) and None, image, image))
    assert run(found.text) == RIVER
    assert any("pages 2-3" in warning and "OCR" in warning for warning in found.warnings)
    assert len(found.pages) == 3


def test_a_pdf_without_anything_on_it_is_empty() -> None:
    assert refused(pdf(lambda canvas: None)).startswith("empty")


# ---- metadata


def test_the_metadata_state_nothing() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 40, 740, wrap(RIVER, 50))

    assert read(pdf(page, title="Microsoft Word - 稿件3.doc")).stated == {}


# ---- encryption and damage


def test_a_pdf_behind_a_password_says_so() -> None:
    locked = StandardEncryption("secret", ownerPassword="owner", strength=128)
    assert "password" in refused(pdf(lambda c: put(c, 40, 700, [RIVER[:20]]) and None, encrypt=locked))


def test_a_pdf_that_only_forbids_copying_is_read() -> None:
    closed = StandardEncryption("", ownerPassword="owner", strength=128, canCopy=0)
    assert read(pdf(lambda c: put(c, 40, 700, [RIVER[:20]]) and None, encrypt=closed)).text == RIVER[:20] + "\n"


@pytest.mark.parametrize("data", [b"", b"%PD", b"PK\x03\x04", RIVER.encode(), b"\x00" * 2000])
def test_what_is_no_pdf_is_told(data: bytes) -> None:
    assert "not a PDF" in refused(data)


def test_a_pdf_cut_off_says_so() -> None:
    data = pdf(lambda canvas: put(canvas, 40, 700, wrap(RIVER, 50)) and None)
    assert "broken or cut off" in refused(data[:200])


# ---- a text layer with embedded codes


def coded(text: str, *, mapped: bool) -> bytes:
    """A PDF whose font numbers the characters as it likes, and says in a ToUnicode map, if `mapped`, what they are."""
    codes = {char: number for number, char in enumerate(dict.fromkeys(text), 1)}
    shown = "".join(f"{codes[char]:04x}" for char in text)
    pairs = "\n".join(f"<{code:04x}> <{char.encode('utf-16-be').hex()}>" for char, code in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{pairs}\nendbfchar\nendcmap end end"
    )
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        stream(f"BT /F 1 Tf 12 0 0 12 40 700 Tm <{shown}> Tj ET"),
        "<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Own /Encoding /Identity-H /DescendantFonts [6 0 R]"
        + (" /ToUnicode 7 0 R >>" if mapped else " >>"),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Own /DW 1000 /FontDescriptor 8 0 R"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        stream(cmap),
        "<< /Type /FontDescriptor /FontName /AAAAAA+Own /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0"
        " /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>",
    ]
    return assemble(parts)


def stream(content: str | bytes) -> bytes:
    packed = zlib.compress(content.encode() if isinstance(content, str) else content)
    return f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream"


def assemble(parts: Sequence[str | bytes]) -> bytes:
    """The objects `parts`, numbered from 1, as a PDF file."""
    data = b"%PDF-1.4\n"
    offsets = []
    for number, part in enumerate(parts, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n".encode() + (part.encode() if isinstance(part, str) else part) + b"\nendobj\n"
    start = len(data)
    data += f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    return data + f"trailer << /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


def test_a_font_with_its_own_codes_is_read_by_its_map() -> None:
    assert read(coded(RIVER[:30] + "𠮷⼈", mapped=True)).text == RIVER[:30] + "𠮷⼈\n"  # a radical stays what it is


def test_a_font_that_does_not_say_what_it_draws_asks_for_text_recognition() -> None:
    assert "OCR" in refused(coded(RIVER[:30], mapped=False))


# ---- hostile files


def test_a_stream_that_swells_is_bounded() -> None:
    swollen = zlib.compress(zlib.compress(b"BT /F 1 Tf (a) Tj ET\n" * 2_000_000, 9), 9)
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        f"<< /Length {len(swollen)} /Filter [/FlateDecode /FlateDecode] >>\nstream\n".encode()
        + swollen
        + b"\nendstream",
    ]
    found = guard.guarded("pdf", assemble(parts), "a.pdf", memory=256 << 20)
    assert isinstance(found, UnreadableDocument)


@given(st.binary(max_size=300))
@settings(max_examples=50, deadline=None)
def test_no_bytes_take_the_reader_down(tail: bytes) -> None:
    assert isinstance(guard.guarded("pdf", b"%PDF-1.4\n" + tail, "a.pdf"), UnreadableDocument)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_damaged_files_are_read_or_refused(data: st.DataObject) -> None:
    whole = damageable()
    cut = data.draw(st.integers(100, len(whole)))
    broken = bytearray(whole[:cut])
    for place in data.draw(st.lists(st.integers(0, cut - 1), max_size=12)):
        broken[place] ^= 1 << data.draw(st.integers(0, 7))
    found = guard.guarded("pdf", bytes(broken), "a.pdf", seconds=10)
    assert isinstance(found, Document | UnreadableDocument)
    if isinstance(found, UnreadableDocument):
        assert "its reader failed" not in found.reason


_whole: list[bytes] = []


def damageable() -> bytes:
    if not _whole:
        _whole.append(pdf(numbered(1, RIVER), numbered(2, SCHOOL)) + coded(RIVER, mapped=True))
    return _whole[0]


boxes = st.builds(
    lambda text, x, y, width, height: Glyph(text, x, y, x + width, y + height),
    st.sampled_from("石桥a1， 　"),
    st.floats(-1e4, 1e4),
    st.floats(-1e4, 1e4),
    st.floats(0, 50),
    st.floats(0, 50),
)


@given(st.lists(boxes, max_size=60))
@settings(max_examples=150, deadline=None)
def test_every_character_is_read_once_wherever_it_stands(glyphs: list[Glyph]) -> None:
    spread = [
        Glyph(chr(0x4E00 + number), *glyph[1:]) for number, glyph in enumerate(glyphs) if glyph.bottom > glyph.top
    ]
    text = layout.text(layout.blocks(layout.lines(spread)))
    assert sorted(run(text)) == sorted(glyph.text for glyph in spread)
