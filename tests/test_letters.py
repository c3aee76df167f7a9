"""The letters of a text hold every character that anything looks for, and leave the common ones out."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractor import restore
from extractor.articles.lines import _BARS, _TONED
from extractor.letters import letters
from extractor.normalise import captions, compose, control, private, script, thousands, width
from extractor.restore.unseen import UNSEEN

LOOKED_FOR = {
    "signs of escapes": restore._ESCAPE_SIGNS,
    "signs of lost text": restore._GONE_SIGNS,
    "Western letters": restore._LATIN_LETTERS,
    "unseen characters": UNSEEN,
    "line ends and blanks": control.LETTERS,
    "accents": compose.CHARACTERS,
    "private use": private.CHARACTERS,
    "wide forms": width.letters(),
    "marks of thousands": thousands.MARKS,
    "traditional characters": script.letters(),
    "kana": script.KANA,
    "Hangul": script._HANGUL_LETTERS,
    "signs of captions": captions._SHOWN,
    "bars": _BARS,
    "toned letters": _TONED,
    "ASCII": frozenset(map(chr, range(128))),
}


@pytest.mark.parametrize("name", LOOKED_FOR)
def test_no_character_that_is_looked_for_is_left_out(name: str) -> None:
    assert letters("".join(LOOKED_FOR[name])) == LOOKED_FOR[name]


@given(st.text(max_size=40))
@example("\U0010ffff\ud800\x00")
def test_the_letters_are_characters_of_the_text_and_the_rest_are_common_han(text: str) -> None:
    found = letters(text)
    assert found <= set(text)
    assert all("\u4e00" <= character <= "\u9fff" for character in set(text) - found)


def test_few_letters_of_a_report_are_left() -> None:
    report = "近日,石桥乡修渠36条,全乡群众受益,村民都说往后种田不再靠天吃饭了,收成会更好。"
    assert letters(report) == set("36,。")
