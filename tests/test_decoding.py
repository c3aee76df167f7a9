"""Bytes in any usual encoding, of any length: the text comes back, or its loss is told."""

from __future__ import annotations

import io
from pathlib import Path

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.article import Document
from extractor.sources import documents
from extractor.sources.decode import Recoded, decode, readability

ROOT = Path(__file__).parent.parent
NEWS = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpora" / "reports").glob("*.txt")))
TRADITIONAL = opencc.OpenCC("s2t").convert(NEWS)
JAPANESE = (ROOT / "corpora" / "clean" / "japanese.txt").read_text(encoding="utf-8")
KOREAN = (ROOT / "corpora" / "clean" / "korean.txt").read_text(encoding="utf-8")


def kept(text: str, codec: str) -> str:
    """What of `text` comes back from its own bytes."""
    return "".join(c for c in text if c.encode(codec, "ignore").decode(codec) == c)


@pytest.mark.parametrize("length", [50, 200, 1000, 10_000])
@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (NEWS, "gbk"),
        (NEWS, "gb18030"),
        (NEWS, "utf-8"),
        (NEWS, "utf-8-sig"),
        (NEWS, "utf-16"),
        (NEWS, "utf-16-le"),
        (NEWS, "utf-16-be"),
        (TRADITIONAL, "cp950"),
        (TRADITIONAL, "big5hkscs"),
    ],
)
def test_chinese_comes_back_from_every_encoding(text: str, codec: str, length: int) -> None:
    whole = kept(text, codec)
    for start in range(0, len(whole) - length, len(whole) // 9):
        piece = whole[start : start + length // 2]
        assert decode(piece.encode(codec)).text == piece


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [(JAPANESE, "cp932", "shift_jis"), (JAPANESE, "euc_jp", "euc-jp"), (KOREAN, "cp949", "euc-kr")],
)
def test_other_languages_are_not_taken_for_chinese(text: str, codec: str, name: str) -> None:
    whole = kept(text, codec)
    assert decode(whole.encode(codec)) == (whole, name, ())


def test_two_characters_of_gbk_that_are_utf8_by_chance_are_read_as_words() -> None:
    for word in ("一些", "一位", "习染", "一师"):
        assert word.encode("gbk").decode("utf-8")  # valid, and nonsense
        assert decode(word.encode("gbk")).text == word


def test_lines_of_several_encodings_are_each_read_in_their_own() -> None:
    lines = [line for line in NEWS.split("\n") if line.strip()]
    data = b"\n".join(line.encode("gb18030" if i % 3 == 0 else "utf-8") for i, line in enumerate(lines))
    found = decode(data)
    assert found.text.split("\n") == lines
    assert any("several encodings" in warning for warning in found.warnings)


def test_wrong_readings_read_worse() -> None:
    for line in NEWS.split("\n")[:40]:
        if len(line) > 20:
            wrong = line.encode().decode("gb18030", "replace")
            assert readability(line) > readability(wrong) + 2


def test_the_user_names_the_encoding(tmp_path: Path) -> None:
    text = "全縣新建社工站。\n"
    (tmp_path / "a.txt").write_bytes(text.encode("big5"))
    [told] = documents([tmp_path / "a.txt"], encoding="big5")
    [wrong] = documents([tmp_path / "a.txt"], encoding="gb18030")
    assert isinstance(told, Document)
    assert (told.text, told.encoding) == (text, "big5")
    assert isinstance(wrong, Document)
    assert wrong.text != text


def test_zeros_here_and_there_do_not_make_a_text_binary(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("全县新建\x00社工站\x0019个。\n".encode())
    (tmp_path / "b.txt").write_bytes("全县新建社工站19个，2024年建成。\n".encode("utf-16-le"))
    (tmp_path / "c.txt").write_bytes(bytes(range(256)) * 50)
    found = {one.doc: one for one in documents([tmp_path])}
    assert [type(found[name]).__name__ for name in ("a.txt", "b.txt", "c.txt")] == [
        "Document",
        "Document",
        "UnreadableDocument",
    ]
    assert found["b.txt"].text == "全县新建社工站19个，2024年建成。\n"  # type: ignore[union-attr]


@given(
    st.text(max_size=400), st.sampled_from(["gb18030", "utf-8", "utf-16", "utf-16-be", "utf-8-sig"]), st.integers(1, 99)
)
def test_recoded_bytes_are_those_of_the_text_however_they_are_asked_for(text: str, codec: str, size: int) -> None:
    text = text.encode("utf-8", "replace").decode().removeprefix("\ufeff")
    stream = Recoded(io.BytesIO(text.encode(codec)), codec)
    for _ in range(2):
        pieces = iter(lambda: stream.read(size), b"")
        assert b"".join(pieces).decode() == text
        stream.seek(0)


@given(st.binary(max_size=600))
def test_no_bytes_make_decoding_fail(data: bytes) -> None:
    found = decode(data)
    found.text.encode("utf-8")  # no half surrogates
    assert len(found.text) <= len(data)
    assert found.encoding
