"""The rows of letters: every figure is one token, no character is in two, and words glued by the segmenter are parted."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.article import RawArticle
from extractor.clauses import BORDER, FIGURE, Grammar, Mark, Row, clauses, rows
from extractor.engine import load_rules
from extractor.normalise import normalise
from extractor.segment import Passage, segment

GRAMMAR = Grammar(load_rules().lexicons["clause_word"])


def passage(text: str) -> Passage:
    article = RawArticle("text", text)
    return segment(article, normalise(article).text)


def read(marked: str) -> tuple[Passage, list[Row]]:
    """The rows of a sentence whose figures stand between ⟦ ⟧."""
    marks: list[Mark] = []
    text = ""
    for number, piece in enumerate(marked.replace("⟧", "⟦").split("⟦")):
        if number % 2:
            marks.append(Mark(len(text), len(text) + len(piece), FIGURE, number // 2))
        text += piece
    found = passage(text)
    assert found.clean.rstrip() == text, "the sentence must be clean already"
    return found, rows(found, (0, len(text)), marks, GRAMMAR)


def said(found: Passage, row: Row) -> str:
    """The row's tokens with their letters."""
    return " ".join(
        f"{found.clean[a:b]}/{letter}" for letter, a, b in zip(row.letters, row.starts, row.ends, strict=True)
    )


@pytest.mark.parametrize(
    ("marked", "tokens"),
    [
        ("全村企业总数达⟦33家⟧。", "全村/G 企业/n 总数/n 达/k 33家/# 。/,"),
        ("持证率达⟦98%⟧。", "持证/n 率/n 达/k 98%/# 。/,"),
        ("粮食产量由⟦3万吨⟧增至⟦5万吨⟧。", "粮食产量/n 由/f 3万吨/# 增至/c 5万吨/# 。/,"),
        ("车间招到工人⟦20名⟧。", "车间/n 招/v 到/e 工人/n 20名/# 。/,"),
        ("“春雨”计划覆盖⟦12个⟧村。", "“春雨”/n 计划/n 覆盖/v 12个/# 村/n 。/,"),
        ("她说:“来了⟦3次⟧。”", "她/r 说/s :/, “/x 来/v 了/e 3次/# 。/, ”/x"),
    ],
)
def test_letters(marked: str, tokens: str) -> None:
    found, (row,) = read(marked)
    assert said(found, row) == tokens


def test_a_bracket_is_a_row_of_its_own_behind_its_figure() -> None:
    _, (main, inner) = read("厂方投资⟦5亿美元⟧(约合⟦36亿元⟧),明年投产。")
    assert main.letters.count(FIGURE) == inner.letters.count(FIGURE) == 1
    assert main.letters[inner.behind] == FIGURE
    assert main.behind == -1


def test_brackets_without_figures_are_left_out() -> None:
    _, found = read("雨情(见图)显示,水库蓄水⟦3亿立方米⟧。")
    assert len(found) == 1


def test_clauses_lie_between_borders() -> None:
    assert clauses("nk#,c#,") == [(0, 3), (4, 6)]
    assert clauses(",,") == []


WORDS = st.lists(
    st.sampled_from(
        [
            "全县",
            "企业",
            "增至",
            "33家",
            "的",
            "(",
            ")",
            "“",
            "”",
            "、",
            ",",
            "。",
            "《规划》",
            "率达",
            "每亩",
            "她",
            "说",
            "5%",
            "比",
        ]
    ),
    min_size=1,
    max_size=30,
)


@settings(max_examples=150, deadline=None)
@given(WORDS)
def test_rows_keep_every_figure_once_and_the_order_of_the_text(words: list[str]) -> None:
    text = "".join(words)
    found = passage(text)
    clean = found.clean
    marks = []
    position = 0
    for number in range(len(words)):
        for figure in ("33家", "5%"):
            at = clean.find(figure, position)
            if at >= 0 and (not marks or at >= marks[-1].end):
                marks.append(Mark(at, at + len(figure), FIGURE, number))
                position = at + len(figure)
                break
    given_rows = rows(found, (0, len(clean)), marks, GRAMMAR) if clean else []
    seen = [index for row in given_rows for index in row.marks.values()]
    assert sorted(seen) == sorted(mark.record for mark in marks)
    for row in given_rows:
        assert len(row.letters) == len(row.undecided) == len(row.starts) == len(row.ends)
        assert all(a < b for a, b in zip(row.starts, row.ends, strict=True))
        assert all(end <= start for end, start in zip(row.ends, row.starts[1:], strict=False))
        assert all(row.letters[token] == FIGURE for token in row.marks)
        assert all(0 <= first < last <= len(row.letters) for first, last in clauses(row.letters))
        assert all(BORDER not in row.letters[first:last] for first, last in clauses(row.letters))
