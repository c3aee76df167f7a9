"""Sentences end where they should, words joined are the text, and both engines cut alike."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractor.article import RawArticle
from extractor.errors import UsageError
from extractor.normalise import normalise
from extractor.segment import Passage, SegmenterName, _Columns, segment, segmenter, sentences
from extractor.text import Text

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
KNOWN_CUTS = Path(__file__).parent / "known_cuts.txt"


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["雨停了。", "队伍出发。"],
        ["他说：“先救人。”", "众人点头。"],
        ["他说：“先救人。”", "众人点头，", "\n", "又上了船。"],
        ["“先救人！”", "他喊。"],
        ["（记者现场获悉。）", "堤坝无恙。"],
        ["『都安全了。』", "她说。"],
        ["《山路弯弯。》", "这是首歌。"],
        ["真的吗？！", "真的。"],
        ["他想了想……", "还是去了。"],
        ["他想了想…", "还是去了。"],
        ["增长3.5%，达到1.2万吨。", "创下新高。"],
        ["版本为V3.2.1，官网是www.example.com。", "可下载。"],
        ["好极了!", "明天再来。"],
        ["去不去?", "去!", "走。"],
        ["“去不去?”", "“去!”"],
        ["是Yahoo!公司的服务。"],
        ["标题没有句号", "\n", "正文开始。"],
        ["第一段。", "\n\n  \n", "第二段。"],
        ["完了。。。", "真的。"],
        ["分号；不断句，冒号：也不断。"],
    ],
    ids=lambda expected: "|".join(part for part in expected if part.strip()),
)
def test_sentences(expected: list[str]) -> None:
    assert cut("".join(expected)) == [part for part in expected if part.strip()]


def test_blanks_around_a_sentence_are_outside_it() -> None:
    text = "　　雨停了。  队伍出发。\t\n"
    assert sentences(text) == [(2, 6), (8, 13)]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "　\t"])
def test_nothing_holds_no_sentence(text: str) -> None:
    assert sentences(text) == []


ANY_TEXT = st.one_of(st.text(), st.text("。！？!?…”』）》\n 　.3.万a“石城", max_size=40))


@settings(max_examples=400, deadline=None)
@given(ANY_TEXT)
@example("a!b?c。")
def test_sentences_hold_everything_but_blanks(text: str) -> None:
    spans = sentences(text)
    assert [character for start, end in spans for character in text[start:end] if not character.isspace()] == [
        character for character in text if not character.isspace()
    ]
    borders = [border for span in spans for border in span]
    assert borders == sorted(borders)
    assert [text[start:end] for start, end in spans if text[start:end] != text[start:end].strip() or start == end] == []
    assert [text[start:end] for start, end in spans if "\n" in text[start:end]] == []


# Half pairs cannot be encoded, so nothing that is read from a file holds them; extract() takes them out before.
WHOLE_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@settings(max_examples=400, deadline=None)
@given(st.one_of(WHOLE_TEXT, st.text("石城县社工3.5%万元，。“” \n\u200b\U0001f600é٣", max_size=40)))
@example("")
@example("\x00")
@example("\U00020000村的𠮷野家")
@example("a b\u3000c\r\nd")
def test_words_joined_are_the_text(text: str) -> None:
    for name in engines():
        pairs = segmenter(name).tag(text)
        assert "".join(word for word, _ in pairs) == text
        assert all(word and tag for word, tag in pairs)


# 不漏 and 时长 are words of these sentences, and two words each by themselves.
@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(WHOLE_TEXT, st.sampled_from(["全县排查不漏一户。", "志愿服务时长36.5小时。"])), max_size=5))
@example(["全县排查不漏一户。" * 9 + "志愿服务时长36.5小时。"])
def test_tags_remembered_are_those_told(texts: list[str]) -> None:
    for name in engines():
        engine = segmenter(name)
        for most in (0, 20_000):  # forgotten at once, and kept
            columns = _Columns(lambda text, tag=engine.tag: [word for word, _ in tag(text)], engine.tag, most)  # type: ignore[misc]
            for text in ["全县排查,志愿服务一户36小时。", *texts]:
                assert list(zip(*columns(text), strict=True)) == engine.tag(text)
                assert list(zip(*engine.columns(text), strict=True)) == engine.tag(text)


def passage(text: str) -> Passage:
    return segment(RawArticle("test", text), Text.of(text))


@settings(max_examples=150, deadline=None)
@given(WHOLE_TEXT.filter(bool), st.data())
def test_places_of_words_and_sentences_agree(text: str, data: st.DataObject) -> None:
    found = passage(text)
    assert [
        text[start : start + len(word)] for start, word in zip(found.starts, found.words, strict=True)
    ] == found.words
    assert {place for place in range(len(text) + 1) if place in found.edges} == {0, len(text)} | set(found.starts)
    position = data.draw(st.integers(0, len(text) - 1))
    index = found.word_at(position)
    assert found.starts[index] <= position < found.starts[index] + len(found.words[index])
    end = data.draw(st.integers(position, len(text)))
    inside = [
        i for i, (a, w) in enumerate(zip(found.starts, found.words, strict=True)) if position <= a and a + len(w) <= end
    ]
    assert list(found.words_between(position, end)) == inside
    at = found.sentence_at(position)
    assert not any(start <= position < stop and at != i for i, (start, stop) in enumerate(found.sentences))


def in_pieces(text: str, size: int, name: SegmenterName) -> Passage:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("extractor.segment._PIECE", size)
        return segment(RawArticle("test", text), Text.of(text), name)


def assert_same_cut(text: str, size: int) -> None:
    for name in engines():
        whole, pieces = in_pieces(text, len(text), name), in_pieces(text, size, name)
        assert (pieces.words, pieces.tags, list(pieces.starts)) == (whole.words, whole.tags, list(whole.starts))
        assert [place in pieces.edges for place in range(len(text) + 1)] == [
            place in whole.edges for place in range(len(text) + 1)
        ]


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(WHOLE_TEXT, st.text("石城县社工3.5%万元，。、,:;?！“” \n\r\u200b\U0001f600é٣a", max_size=60)),
    st.integers(0, 20),
)
@example("3,5。,\n\r\n", 0)
def test_a_long_text_is_cut_in_pieces_as_it_is_in_one(text: str, size: int) -> None:
    assert_same_cut(text, min(size, max(len(text) - 1, 0)))


def test_a_long_report_is_cut_in_pieces_as_it_is_in_one() -> None:
    assert_same_cut("".join(itertools.islice(corpora_sentences(), 400)), 100)


def test_an_engine_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    real = builtins.__import__

    def without_jieba(name: str, *rest: object, **more: object) -> object:
        if name.startswith("jieba"):
            raise ImportError(name)
        return real(name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without_jieba)
    segmenter.cache_clear()
    with pytest.raises(UsageError, match="extractor-zh\\[jieba\\]"):
        segmenter("jieba")
    segmenter.cache_clear()


# --- two engines --------------------------------------------------------------------------------------------------


def engines() -> list[str]:
    try:
        import jieba  # noqa: F401
    except ImportError:
        return ["rjieba"]
    return ["rjieba", "jieba"]


def corpora_sentences() -> Iterator[str]:
    """The sentences of the corpora of ordinary prose, cleaned; the held-out set stays unread, and sets of codes and rare
    numerals would only lengthen the list of cuts in which hyphens differ."""
    for gold in sorted(CORPORA.glob("*/gold.jsonl")):
        if gold.parent.name in ("held-out", "figures", "times", "negatives", "fresh"):
            continue
        for line in gold.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            text = row.get("text") or (gold.parent / f"{row['doc']}.txt").read_text(encoding="utf-8")
            clean = normalise(RawArticle(row["doc"], text)).text.clean
            yield from (clean[start:end] for start, end in sentences(clean))


def known_cuts() -> set[str]:
    lines = KNOWN_CUTS.read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def test_the_port_cuts_as_the_original_does() -> None:
    jieba = pytest.importorskip("jieba")
    jieba.setLogLevel("WARNING")
    tag = segmenter("rjieba").tag
    unlike = {text for text in corpora_sentences() if [word for word, _ in tag(text)] != list(jieba.cut(text))}
    assert unlike == known_cuts()


def test_both_engines_cut_alike() -> None:
    pytest.importorskip("jieba")
    one, other = segmenter("rjieba").tag, segmenter("jieba").tag
    unlike = {text for text in corpora_sentences() if [w for w, _ in one(text)] != [w for w, _ in other(text)]}
    assert unlike <= known_cuts()
