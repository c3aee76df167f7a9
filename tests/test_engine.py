"""The engine on small rule folders of its own: names, anchors, first characters, settling, and what it says of them."""

from __future__ import annotations

import itertools
import json
import random
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import regex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.article import RawArticle
from extractor.engine import Finder, Rulebook, load_rules, read_rules, settle
from extractor.engine.expand import PatternFault, cut, expand, words_pattern
from extractor.engine.first import first_characters, last_characters
from extractor.engine.match import Match
from extractor.errors import BrokenRules
from extractor.pipeline import Extractor, Options, interpret
from extractor.segment import Passage, segment
from extractor.text import Text

TESTS = Path(__file__).parent
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))

# --- small books --------------------------------------------------------------------------------------------------


def rule(name: str, pattern: str, **more: object) -> str:
    """One `[[rule]]` table; its examples are never run here."""
    lines = [
        "[[rule]]",
        f'id = "{name}"',
        'about = "A rule of a test, no more."',
        'source = "none"',
        f"pattern = '''{pattern}'''",
    ]
    lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in more.items()]
    return "\n".join([*lines, 'yes = [{ text = "[a]" }]', 'no = [{ text = "a", why = "none" }]', ""])


def write_book(
    folder: Path,
    rules: Sequence[str],
    words: Mapping[str, Mapping[str, Any]] | None = None,
    pairs: Sequence[tuple[str, str]] = (),
) -> Rulebook:
    """A rule folder with these rules, each in the folder of its type, read again."""
    by_type: dict[str, list[str]] = {}
    for text in rules:
        by_type.setdefault(text.partition('id = "')[2].partition(".")[0], []).append(text)
    shared = folder / "_shared"
    shared.mkdir(parents=True)
    (shared / "fragments.toml").write_text("[fragment]\nnumber = '\\d+'\n", encoding="utf-8")
    (shared / "precedence.toml").write_text(f"pairs = {json.dumps([list(pair) for pair in pairs])}\n", encoding="utf-8")
    lexicons = [
        f'[{name}]\nabout = "Words of a test."\nsource = "none"\n[{name}.entries]\n'
        + "\n".join(f"{json.dumps(word, ensure_ascii=False)} = {json.dumps(value)}" for word, value in entries.items())
        for name, entries in (words or {}).items()
    ]
    (shared / "lexicon.toml").write_text("\n".join(lexicons) + "\n", encoding="utf-8")
    for kind, texts in by_type.items():
        (folder / kind).mkdir()
        (folder / kind / "rules.toml").write_text("\n".join(texts), encoding="utf-8")
    book = read_rules(folder)
    assert book.faults == []
    return book


def passage(clean: str) -> Passage:
    return segment(RawArticle("test", clean), Text.of(clean))


def found(book: Rulebook, clean: str) -> list[Match]:
    return Finder(book, book.rules).find(passage(clean))


def settled(book: Rulebook, clean: str) -> list[tuple[str, str]]:
    """The winners as rule id and text."""
    return [(match.rule.id, match.text) for match in settle(found(book, clean), book)]


# --- names in patterns --------------------------------------------------------------------------------------------

SPECIAL = ["件(套)", "C++", "1.5倍", "#号", "[元]", "元|角", "a b", "^起", "$元", "\\d"]


def test_fragments_are_put_into_fragments() -> None:
    fragments = {"outer_part": "a {inner_part} b", "inner_part": "x | y"}
    pattern = regex.compile(expand("{outer_part}+", fragments, {}), regex.VERBOSE)
    assert pattern.fullmatch("axbayb")
    assert not pattern.fullmatch("axyb")
    assert not pattern.fullmatch("ax")


def test_a_repetition_is_no_name() -> None:
    assert expand(r"\p{Han}{2,3}\d{4}", {}, {}) == r"\p{Han}{2,3}\d{4}"


@pytest.mark.parametrize("size", [3, len(SPECIAL)], ids=["short", "long"])
@pytest.mark.parametrize("backwards", [False, True], ids=["forwards", "backwards"])
def test_words_stand_for_themselves(size: int, backwards: bool) -> None:
    words = SPECIAL[:size]
    expanded = expand("{unit_word}", {}, {"unit_word": words}, backwards=backwards)
    pattern = regex.compile(("(?r)" if backwards else "") + expanded, regex.VERBOSE)
    assert [word for word in words if not pattern.fullmatch(word)] == []
    assert [
        other for other in ("件套", "CC", "C", "125倍", "ab", "元", "角", "起", "5") if pattern.fullmatch(other)
    ] == []


@pytest.mark.parametrize(
    ("words", "text", "forwards", "backwards"),
    [
        (["人", "人次", "人次数"], "人次数", "人次数", "人次数"),
        (["年", "一年", "上一年"], "上一年", "上一年", "上一年"),
        (["元", "美元", "元人民币"], "美元人民币", "美元", "元人民币"),
    ],
)
@pytest.mark.parametrize("filling", [[], list("甲乙丙丁戊己庚辛")], ids=["short", "long"])
def test_the_longest_word_is_taken(
    words: list[str], text: str, forwards: str, backwards: str, filling: list[str]
) -> None:
    ahead = regex.compile(words_pattern([*words, *filling])).match(text)
    behind = regex.compile("(?r)" + words_pattern([*words, *filling], backwards=True)).match(text, 0, len(text))
    assert (ahead[0] if ahead else None) == forwards
    assert (behind[0] if behind else None) == backwards


WORDS = st.lists(st.text("年月元(.", min_size=1, max_size=3), min_size=1, max_size=14, unique=True)


@QUICK
@given(WORDS, st.text("年月元(.", max_size=5))
def test_any_words_match_longest_first_from_either_end(words: list[str], text: str) -> None:
    ahead = regex.compile(words_pattern(words), regex.VERBOSE).match(text)
    behind = regex.compile("(?r)" + words_pattern(words, backwards=True), regex.VERBOSE).match(text, 0, len(text))
    heads = [word for word in words if text.startswith(word)]
    tails = [word for word in words if text.endswith(word)]
    assert (ahead[0] if ahead else "") == max(heads, key=len, default="")
    assert (behind[0] if behind else "") == max(tails, key=len, default="")


def test_an_unknown_name_is_told_with_the_nearest() -> None:
    with pytest.raises(PatternFault, match=r"\{unit_wrod\}.*Did you mean \{unit_word\}\?"):
        expand("{unit_wrod}", {}, {"unit_word": ["元"]})


def test_a_fragment_inside_itself_is_told() -> None:
    with pytest.raises(PatternFault, match="one_part → two_part → one_part"):
        expand("{one_part}", {"one_part": "{two_part}", "two_part": "a{one_part}"}, {})


# --- the cut ------------------------------------------------------------------------------------------------------

ANCHORS = {"number": 0, "unit_word": 1, "other_word": 1}


@pytest.mark.parametrize(
    ("pattern", "anchor", "open_groups"),
    [
        ("(?<mention> {number} 个 )", "number", ("mention",)),
        ("(?<mention> 共 {unit_word} )", "unit_word", ("mention",)),
        ("{unit_word} (?<mention> {number} )", "number", ("mention",)),  # numerals are scanned once for all
        ("(?<mention> {unit_word} ) {other_word}", "unit_word", ("mention",)),  # of two the earlier
        ("{number}? (?<mention> {unit_word} )", "unit_word", ("mention",)),
        ("(?: {number} )? (?<mention> {unit_word} )", "unit_word", ("mention",)),
        ("(?<mention> (?: {unit_word} | 元 ) {other_word} )", "other_word", ("mention",)),
        ("(?<mention> 甲 ) {number}", "number", ()),
        ("(?= {number} ) (?<mention> {unit_word} )", "unit_word", ("mention",)),
        ("(?<mention> (?<value> {number} ) )", "number", ("mention", "value")),
    ],
)
def test_a_pattern_is_cut_where_it_must_match(pattern: str, anchor: str, open_groups: tuple[str, ...]) -> None:
    divided = cut(pattern, ANCHORS)
    assert divided is not None
    assert (divided.anchor, divided.open_groups) == (anchor, open_groups)


@pytest.mark.parametrize(
    "pattern",
    ["(?<mention> 元 )", "(?<mention> {unit_word}? )", "(?<mention> {unit_word} | 元 )", "{unit_word} | (?<mention> 元 )", "(?<mention> (?: {unit_word} ){2,3} )", "(?<! {number} ) (?<mention> 元 )"],
)  # fmt: skip
def test_a_pattern_without_anchor_is_not_cut(pattern: str) -> None:
    assert cut(pattern, ANCHORS) is None


@pytest.mark.parametrize(
    ("pattern", "said"), [("(?<mention> {number}", "add the missing"), ("{number} )", "remove the")]
)
def test_brackets_that_do_not_close_are_told(pattern: str, said: str) -> None:
    with pytest.raises(PatternFault, match=said):
        cut(pattern, ANCHORS)


LETTERS = "年月元美"
LISTED = {"unit_word": ["元", "美元", "月"]}


def patterns(*, names: bool) -> st.SearchStrategy[str]:
    """Small verbose patterns over `LETTERS`."""
    leaf = st.sampled_from([*LETTERS, "[年月]", "[元美]", *(["{unit_word}"] if names else [])])

    def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        many = st.sampled_from(["", "", "?", "*", "+", "{1,2}", "{0,2}", "*?", "??"])
        group = st.tuples(st.sampled_from(["(?: {} )", "( {} )"]), inner, many)
        choice = st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?: {' | '.join(parts)} )")
        row = st.lists(inner, min_size=1, max_size=3).map(" ".join)
        return st.one_of(row, choice, group.map(lambda g: g[0].replace("{}", g[1]) + g[2]))

    return st.recursive(leaf, larger, max_leaves=6)


TEXTS = ["".join(letters) for size in range(1, 5) for letters in itertools.product(LETTERS, repeat=size)]


@QUICK
@given(patterns(names=True))
def test_every_match_begins_and_ends_with_a_character_of_the_set(pattern: str) -> None:
    compiled = regex.compile(expand(pattern, {}, LISTED), regex.VERBOSE)
    matched = [text for text in TEXTS if compiled.fullmatch(text)]
    may_be_empty = compiled.fullmatch("") is not None
    for characters, place in ((first_characters, 0), (last_characters, -1)):
        strict, loose = characters(pattern, {}, LISTED), characters(pattern, {}, LISTED, empty=True)
        seen = {text[place] for text in matched}
        if strict is not None:
            assert seen <= strict
            assert not may_be_empty
        if loose is not None:
            assert seen <= loose


@QUICK
@given(patterns(names=True), st.integers(1, 3))
def test_every_match_begins_with_one_of_the_strings(pattern: str, length: int) -> None:
    compiled = regex.compile(expand(pattern, {}, LISTED), regex.VERBOSE)
    begins = first_characters(pattern, {}, LISTED, length=length)
    if begins is None:
        return
    assert all(0 < len(start) <= length for start in begins)
    for text in TEXTS:
        if compiled.fullmatch(text):
            assert any(text.startswith(start) for start in begins)


def test_the_strings_are_as_narrow_as_the_pattern() -> None:
    words = {"unit_word": ["公里", "米", "公顷"]}
    assert first_characters("{unit_word} 半?", {}, words, length=2) == {"公里", "公顷", "米"}
    assert first_characters("[约近]? {unit_word} 整", {}, words, length=2) == {
        "约公", "约米", "近公", "近米", "公里", "公顷", "米整"
    }  # fmt: skip
    assert first_characters("[年月]{1,3} 日", {}, {}, length=2) == {"年", "月"}
    assert first_characters("(?<dash> [-/] ) \\d (?P=dash) | 年", {}, {}, length=1) == {"-", "/", "年"}


LOOKS = ["{}", "{}", "(?= {} )", "(?= {} | \\Z )", "(?! {} )", "(?<= {} )"]


@QUICK
@given(st.lists(st.tuples(st.sampled_from(LOOKS), patterns(names=False)), min_size=1, max_size=4), st.integers(1, 2))
def test_what_a_match_asks_to_see_behind_itself_stands_there(parts: list[tuple[str, str]], length: int) -> None:
    pattern = " ".join(shape.replace("{}", inner) for shape, inner in parts)
    compiled = regex.compile(pattern, regex.VERBOSE)
    begins = first_characters(pattern, {}, {}, length=length)
    if begins is None:
        return
    for text in TEXTS:
        for place in range(len(text)):
            if compiled.match(text, place):
                assert any(text.startswith(start, place) for start in begins)


def test_a_look_behind_the_pattern_narrows_what_may_stand_there() -> None:
    assert first_characters("(?<= 万 ) (?= [,\\n] ) 多?", {}, {}) == {",", "\n"}
    assert first_characters("(?= [,。] | \\Z )", {}, {}, length=2) == {",", "。"}
    assert first_characters("元 (?= , | \\Z )", {}, {}, length=2) == {"元"}
    assert last_characters("月? (?<= [年月] )", {}, {}) == {"年", "月"}


def test_a_rule_that_the_end_of_the_text_satisfies_is_tried_there(tmp_path: Path) -> None:
    words = {"unit_word": {"元": "CNY"}}
    pattern = "(?<mention> (?<value> {number} ) ) (?= , | \\Z )"
    book = write_book(tmp_path / "rules", [rule("money.test", pattern)], words)
    assert [match.text for match in found(book, "捐款35,另有60")] == ["35", "60"]
    assert found(book, "捐款35元") == []


def test_what_looks_around_is_no_character() -> None:
    assert first_characters("(?= 年 ) (?: 月 | 日 )", {}, {}) == {"月", "日"}
    assert first_characters("(?! 年 ) 月?", {}, {}) is None
    assert last_characters("月 (?<! 年 )", {}, {}) == {"月"}
    assert first_characters("[^年]", {}, {}) is None
    assert first_characters("{day_part} 时", {"day_part": "上午 | 下午"}, {}) == {"上", "下"}


@QUICK
@given(patterns(names=False), patterns(names=False), st.lists(st.text(LETTERS, min_size=1, max_size=7), min_size=1, max_size=6))  # fmt: skip
def test_a_cut_rule_finds_what_its_whole_pattern_finds(before: str, behind: str, texts: list[str]) -> None:
    pattern = f"(?<mention> {before} {{unit_word}} {behind} )"
    whole = regex.compile(expand(pattern, {}, LISTED), regex.VERBOSE)
    with tempfile.TemporaryDirectory() as folder:
        words = {"unit_word": dict.fromkeys(LISTED["unit_word"], "X")}
        book = write_book(Path(folder) / "rules", [rule("money.test", pattern)], words)
    [only] = book.rules
    assert only.cut is not None
    for text in texts:
        matches = found(book, text)
        assert [m.text for m in matches if not whole.fullmatch(text, m.start, m.end)] == []
        assert bool(matches) == bool(whole.search(text))


# --- finding ------------------------------------------------------------------------------------------------------


def test_a_group_begun_before_the_anchor_goes_on_behind_it(tmp_path: Path) -> None:
    pattern = "(?<mention> 共 (?<value> {number} ) (?<unit> {unit_word} ) ) 整"
    book = write_book(tmp_path / "rules", [rule("money.test", pattern)], {"unit_word": {"元": "CNY", "美元": "USD"}})
    [match] = found(book, "捐款共35美元整。")
    assert (match.text, match["value"], match["unit"], match.meaning("unit")) == ("共35美元", "35", "美元", "USD")
    assert found(book, "捐款35美元整。") == []
    assert found(book, "捐款共35美元。") == []


def test_one_name_of_a_list_is_one_match(tmp_path: Path) -> None:
    pattern = "(?: (?<mention> [甲乙丙丁] ) 、 )* (?<mention> [甲乙丙丁] ) 等 {head_word}"
    book = write_book(tmp_path / "rules", [rule("place.test", pattern)], {"head_word": {"村": "village"}})
    assert sorted(match.text for match in found(book, "走访甲、乙、丙等村。")) == ["丙", "乙", "甲"]


def test_an_unless_refuses_what_it_overlaps_and_nothing_else(tmp_path: Path) -> None:
    text = rule("money.test", "(?<mention> {number} {unit_word} )", unless=["元旦"])
    book = write_book(tmp_path / "rules", [text], {"unit_word": {"元": "CNY"}})
    assert settled(book, "2024元旦前收到5元。") == [("money.test", "5元")]


def test_numerals_are_scanned_once_and_read() -> None:
    finder = Finder(load_rules(), [])
    clean = "全县25个村、三十余户，投入1.5万元，增长12.5%，编号A7，两三百人到场，每人3至5件。"
    read = {clean[a:b]: numeral for a, b, numeral in finder.numerals(clean)}
    assert list(read) == ["25", "三十余", "1.5万", "12.5", "两三百", "3至5"]
    values = {raw: (n.value, n.low, n.high, n.modifier) for raw, n in read.items() if n is not None}
    assert values == {
        "25": (25, None, None, "exact"),
        "三十余": (30, None, None, "over"),
        "1.5万": (15000, None, None, "exact"),
        "12.5": (12.5, None, None, "exact"),
        "两三百": (None, 200, 300, "range"),
        "3至5": (None, 3, 5, "range"),
    }


def test_characters_that_make_no_number_are_scanned_without_a_value() -> None:
    finder = Finder(load_rules(), [])
    assert [(b - a, numeral) for a, b, numeral in finder.numerals("一二千三四")] == [(5, None)]


# --- settling -----------------------------------------------------------------------------------------------------


def test_the_longer_match_wins_and_keeps_the_loser_as_rival(tmp_path: Path) -> None:
    book = write_book(
        tmp_path / "rules", [rule("count.short", "(?<mention> 人 )"), rule("count.long", "(?<mention> 人次 )")]
    )
    [winner] = settle(found(book, "万人次"), book)
    assert (winner.rule.id, winner.text) == ("count.long", "人次")
    assert [(rival.rule.id, rival.text) for rival in winner.rivals] == [("count.short", "人")]


@pytest.mark.parametrize(("first", "second"), [("aaa", "bbb"), ("bbb", "aaa")])
def test_between_equals_the_one_that_beats_wins(tmp_path: Path, first: str, second: str) -> None:
    rules = [rule("count.aaa", "(?<mention> 人 )", beats=["count.bbb"]), rule("count.bbb", "(?<mention> 人 )")]
    by_name = {"aaa": rules[0], "bbb": rules[1]}
    book = write_book(tmp_path / "rules", [by_name[first], by_name[second]])
    [winner] = settle(found(book, "万人"), book)
    assert winner.rule.id == "count.aaa"
    assert [rival.rule.id for rival in winner.rivals] == ["count.bbb"]


def test_between_equals_the_one_that_reads_more_around_it_wins(tmp_path: Path) -> None:
    book = write_book(
        tmp_path / "rules",
        [rule("count.bare", "(?<mention> 人 )"), rule("count.wide", "(?<before> 约 ) (?<mention> 人 )")],
    )
    assert settled(book, "约人") == [("count.wide", "人")]
    assert settled(book, "近人") == [("count.bare", "人")]


def test_precedence_decides_between_types_however_long_the_loser(tmp_path: Path) -> None:
    rules = [rule("money.test", "(?<mention> 元 )"), rule("count.test", "(?<mention> 万元户 )")]
    book = write_book(tmp_path / "with", rules, pairs=[("money", "count")])
    [winner] = settle(found(book, "百万元户"), book)
    assert winner.rule.id == "money.test"
    assert [(rival.type, rival.text) for rival in winner.rivals] == [("count", "万元户")]
    without = write_book(tmp_path / "without", rules)
    assert settled(without, "百万元户") == [("count.test", "万元户"), ("money.test", "元")]  # in no pair: they may nest


def test_a_rule_beats_one_of_another_type_by_name(tmp_path: Path) -> None:
    rules = [
        rule("count.hours", "(?<mention> 小时 )", beats=["date.length"]),
        rule("date.length", "(?<mention> 百小时 )"),
        rule("date.other", "(?<mention> 小时前 )"),
    ]
    book = write_book(tmp_path / "rules", rules)
    assert settled(book, "百小时") == [("count.hours", "小时")]
    assert set(settled(book, "小时前")) == {("count.hours", "小时"), ("date.other", "小时前")}


def test_mentions_that_do_not_overlap_all_stand_in_text_order(tmp_path: Path) -> None:
    book = write_book(
        tmp_path / "rules", [rule("count.test", "(?<mention> 人 )"), rule("money.test", "(?<mention> 元 )")]
    )
    assert [text for _, text in settled(book, "元人元人")] == ["元", "人", "元", "人"]


def records_of(finder: Finder, text: str) -> list[dict[str, Any]]:
    found_in, _ = Extractor(Options()).passage(RawArticle("test", text))
    matches = settle(finder.find(found_in), finder.book)
    dumped = [record.model_dump(mode="json") for record in interpret(matches, found_in, None)]
    return [{**r, "rivals": sorted(json.dumps(rival, sort_keys=True) for rival in r["rivals"])} for r in dumped]


CORPORA = TESTS.parent / "corpora"


@pytest.mark.parametrize("seed", range(2))
def test_the_order_of_rules_decides_nothing(seed: int) -> None:
    book = load_rules()
    shuffled = list(book.rules)
    random.Random(seed).shuffle(shuffled)
    texts = [path.read_text(encoding="utf-8") for path in sorted((CORPORA / "news").glob("*.txt"))]
    lines = (CORPORA / "sentences" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    texts += [json.loads(line)["text"] for line in lines]
    ordered, disordered = Finder(book, book.rules), Finder(book, shuffled)
    for text in texts:
        assert records_of(disordered, text) == records_of(ordered, text)


# --- what it says -------------------------------------------------------------------------------------------------


def test_an_explanation_names_winners_losers_and_reasons() -> None:
    told = Extractor().explain("破除城乡二元结构，投入约3.5万元，第三名领奖。")
    [(record, matches)] = [(r, m) for r, m in told.readings if r.type == "money"]
    assert (record.raw, [match.rule.id for match in matches]) == ("3.5万元", ["money.amount_unit"])
    reasons = [(loss.match.rule.id, loss.match.text, loss.reason) for loss in told.rejected]
    assert ("money.amount_unit", "二元", "unless: lies inside 二元") in reasons
    assert ("count.classifier", "三名", "guard cardinal refuses it") in reasons
    lines = told.lines()
    assert any(line.startswith("✓ money") and "[3.5万元]" in line and "modifier=approx" in line for line in lines)
    assert any("money.amount_unit: " in line for line in lines)
    assert any("guard cardinal refuses it" in line for line in lines)


def test_an_explanation_says_to_whom_a_match_lost() -> None:
    told = Extractor().explain("拨款5万元至10万元，增长6.8个百分点。")
    losses = {(loss.match.type, loss.match.text): loss.reason for loss in told.rejected}
    lost = [reason for reason in losses.values() if reason.startswith("loses to ")]
    assert lost
    winners = {(match.rule.id, match.text) for _, matches in told.readings for match in matches}
    assert {reason.removeprefix("loses to ") for reason in lost} <= {f"{rule} [{text}]" for rule, text in winners}
    assert told.to_json()["readings"][0]["record"]["low"] == 50000


def test_nothing_to_explain() -> None:
    told = Extractor().explain("雨停了。")
    assert told.readings == ()
    assert told.lines()[-1] == "No rule matches."


def test_a_broken_folder_is_refused_with_all_its_faults() -> None:
    with pytest.raises(BrokenRules) as caught:
        load_rules(TESTS / "bad_rules" / "many_faults")
    faults = caught.value.faults
    assert len(faults) == 10
    assert {fault.partition(":")[0].partition(",")[0] for fault in faults} == {
        "many_faults/_shared/fragments.toml",
        "many_faults/_shared/precedence.toml",
        "many_faults/money/lexicon.toml",
        "many_faults/money/rules.toml",
        "many_faults/program/rules.toml",
    }
    assert str(caught.value) == "\n".join(faults)
