"""Text against a slow map that knows of every character where it came from."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.text import Edit, Text

ALPHABET = "甲乙丙丁12 ,。\n"


class SlowMap:
    """Each clean character with its old span, one step at a time: what `Text` computes, said plainly."""

    def __init__(self, source: str) -> None:
        self.clean = source
        self.steps: list[tuple[list[tuple[int, int]], bool]] = []

    def edit(self, edits: list[Edit]) -> None:
        places: list[tuple[int, int]] = []
        clean = ""
        done = 0
        for start, end, new, origin in edits:
            places += [(i, i + 1) for i in range(done, start)]
            first, last = origin if origin is not None else (start, end)
            same = last - first == len(new)
            places += [(first + i, first + i + 1) if same else (first, last) for i in range(len(new))]
            clean += self.clean[done:start] + new
            done = end
        places += [(i, i + 1) for i in range(done, len(self.clean))]
        clean += self.clean[done:]
        moves = any(
            origin is not None and not start <= origin[0] <= origin[1] <= end for start, end, _, origin in edits
        )
        self.steps.append((places, moves))
        self.clean = clean

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        for places, moves in reversed(self.steps):
            if start >= end:
                break
            parts = places[start:end]
            if moves:  # where the order is broken, what was inserted has no place of its own
                parts = [part for part in parts if part[0] < part[1]] or parts[:1]
            start, end = min(part[0] for part in parts), max(part[1] for part in parts)
        return start, end


@st.composite
def edit_lists(draw: st.DrawFn, length: int, *, moves: bool = False) -> list[Edit]:
    """Edits in order for a text of `length`: deletions, insertions, replacements and, where wanted, moves."""
    points = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
    edits = []
    for start, end in zip(points[::2], points[1::2], strict=False):
        new = draw(st.text(ALPHABET, max_size=4))
        origin = None
        if moves and draw(st.booleans()):
            first = draw(st.integers(0, length))
            origin = first, min(length, first + len(new))
        edits.append(Edit(start, end, new, origin))
    return edits


@st.composite
def chains(draw: st.DrawFn, *, moves: bool = False) -> tuple[Text, SlowMap]:
    """A text after a few repairs, and the slow map of the same."""
    source = draw(st.text(ALPHABET, max_size=30))
    text, slow = Text.of(source), SlowMap(source)
    for number in range(draw(st.integers(0, 4))):
        edits = draw(edit_lists(len(text.clean), moves=moves))
        text = text.edit(f"step {number}", edits)
        if edits:
            slow.edit(edits)
    return text, slow


@given(chains())
@settings(max_examples=400, deadline=None)
def test_source_spans_are_those_of_the_slow_map(chain: tuple[Text, SlowMap]) -> None:
    text, slow = chain
    assert text.clean == slow.clean
    for start in range(len(text.clean)):
        for end in range(start + 1, len(text.clean) + 1):
            found, wanted = text.source_span(start, end), slow.source_span(start, end)
            assert found == wanted or (
                found[0] == found[1] and wanted[0] == wanted[1]
            )  # nothing of it was in the source


@given(st.one_of(chains(), chains(moves=True)), st.data())
@settings(max_examples=200, deadline=None)
def test_spans_walked_back_at_once_are_those_walked_back_one_by_one(
    chain: tuple[Text, SlowMap], data: st.DataObject
) -> None:
    text, _ = chain
    places = st.integers(0, len(text.clean))
    spans = [(min(pair), max(pair)) for pair in data.draw(st.lists(st.tuples(places, places), max_size=12))]
    for some in (spans, sorted(spans)):
        assert text.source_spans(some) == [text.source_span(start, end) for start, end in some]


def test_what_was_inserted_twice_and_moved_claims_nothing() -> None:
    text, slow = Text.of("甲乙丙"), SlowMap("甲乙丙")
    for edits in ([Edit(0, 0, "丁", (3, 3)), Edit(0, 0, "戊")], [Edit(0, 2, "己")]):
        text = text.edit("step", edits)
        slow.edit(edits)
    assert text.clean == slow.clean == "己甲乙丙"
    assert slow.source_span(0, 1) == (3, 3)
    assert text.source_span(0, 4) == text.source_span(1, 4) == (0, 3)


@given(chains(moves=True))
@settings(max_examples=400, deadline=None)
def test_a_span_holds_every_character_that_it_comes_from_whatever_was_moved(chain: tuple[Text, SlowMap]) -> None:
    text, slow = chain
    assert text.clean == slow.clean
    for start in range(len(text.clean)):
        for end in range(start + 1, len(text.clean) + 1):
            first, last = text.source_span(start, end)
            assert 0 <= first <= last <= len(text.source)
            for position in range(start, end):
                a, b = slow.source_span(position, position + 1)
                assert a == b or (first <= a and b <= last)


@given(chains(moves=True))
@settings(deadline=None)
def test_an_untouched_run_is_found_where_it_stands(chain: tuple[Text, SlowMap]) -> None:
    text, _ = chain
    touched = [False] * len(text.clean)
    positions = list(range(len(text.source)))  # of each clean character, -1 for a new one
    for step in text.steps:
        after, done = [], 0
        for i, resume in enumerate(step.resume):
            after += positions[done : step._old_start(i)] + [-1] * (step.new_ends[i] - step.new_starts[i])
            done = resume
        positions = after + positions[done:]
    for i, old in enumerate(positions):
        touched[i] = old < 0
        if old >= 0:
            assert text.source[slice(*text.source_span(i, i + 1))] == text.clean[i] == text.source[old]
            assert text.clean_span(old, old + 1) == (i, i + 1)


@given(chains(moves=True), st.integers(0, 40), st.integers(0, 40))
@settings(deadline=None)
def test_clean_spans_stay_inside_and_in_order(chain: tuple[Text, SlowMap], one: int, other: int) -> None:
    text, _ = chain
    start, end = sorted(min(p, len(text.source)) for p in (one, other))
    first, last = text.clean_span(start, end)
    assert 0 <= first <= last <= len(text.clean)


def test_a_gloss_inside_a_span_is_covered_and_one_behind_it_is_not() -> None:
    text = Text.of("石橋鄉(xiāng)的橋(qiáo)。").edit("gloss", [Edit(3, 10, ""), Edit(12, 18, "")])
    assert text.clean == "石橋鄉的橋。"
    assert text.source_span(0, 3) == (0, 3)
    assert text.source_span(2, 5) == (2, 12)


def test_a_moved_caption_keeps_its_place_and_the_halves_around_it_hold_it() -> None:
    source = "全县扩\n图注。\n大面积。\n"
    text = Text.of(source).edit("caption", [Edit(3, 8, ""), Edit(13, 13, "图注。", (4, 7)), Edit(13, 13, "\n", (7, 7))])
    assert text.clean == "全县扩大面积。\n图注。\n"
    assert source[slice(*text.source_span(8, 11))] == "图注。"
    assert text.source_span(2, 4) == (2, 9)
    assert text.source_span(6, 10) == (4, 13)  # across the border: all of both
    assert text.source_span(8, 12) == (4, 7)


def test_everything_deleted_and_nothing_there() -> None:
    assert Text.of("").source_span(0, 0) == (0, 0)
    text = Text.of("甲乙").edit("all", [Edit(0, 2, "")])
    assert (text.clean, text.source_span(0, 0), text.clean_span(0, 2)) == ("", (0, 0), (0, 0))
    assert text.edit("again", [Edit(0, 0, "丙")]).source_span(0, 1)[1] <= 2


def test_a_step_without_edits_leaves_no_trace() -> None:
    text = Text.of("甲")
    assert text.edit("none", []) is text
    assert text.rewrite("none", "甲") is text


@given(st.text("青石镇鎮𠮷\ud800a\x00\uffff", max_size=200), st.data())
def test_a_rewrite_counts_the_characters_that_differ(source: str, data: st.DataObject) -> None:
    length = len(source)
    clean = data.draw(st.text("青石镇鎮𠮷\ud800a\x00\uffff", min_size=length, max_size=length))
    differing = sum(one != other for one, other in zip(source, clean, strict=True))
    for times in (1, 700):  # within a block, and across what is counted at once
        repairs = Text.of(source * times).rewrite("script", clean * times).repairs
        assert repairs == ({"script": differing * times} if differing else {})


def test_repairs_are_counted_by_name() -> None:
    text = (
        Text.of("甲乙丙" * 100)
        .rewrite("fold", "甲丁丙" * 100)
        .edit("cut", [Edit(0, 1, ""), Edit(2, 3, "")])
        .edit("cut", [Edit(0, 1, "")])
    )
    assert text.repairs == {"fold": 100, "cut": 3}


@pytest.mark.parametrize(
    "edits", [[Edit(2, 3, ""), Edit(0, 1, "")], [Edit(0, 2, ""), Edit(1, 3, "")], [Edit(3, 9, "")], [Edit(2, 1, "")]]
)
def test_edits_out_of_order_or_place_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="repair broken: edit"):
        Text.of("甲乙丙丁").edit("broken", edits)


def test_an_origin_outside_the_text_and_a_rewrite_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="origin"):
        Text.of("甲").edit("move", [Edit(1, 1, "乙", (5, 6))])
    with pytest.raises(ValueError, match="length"):
        Text.of("甲").rewrite("fold", "甲乙")


@st.composite
def repaired(draw: st.DrawFn) -> Text:
    """A text after a few repairs that move nothing: edits, and readings anew in which neighbours may share a character."""
    text = Text.of(draw(st.text("abcdefg\n", min_size=4, max_size=30)), history=True)
    for _ in range(draw(st.integers(0, 4))):
        size = len(text.clean)
        if size < 2:
            break
        if draw(st.booleans()):
            cuts = sorted(draw(st.sets(st.integers(0, size), min_size=2, max_size=6)))
            pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
            text = text.edit("edit", [Edit(a, b, draw(st.sampled_from(["", "x", "yz", "uvw"]))) for a, b in pairs])
        else:
            starts, ends = [], []
            place = 0
            while place < size:
                width = min(draw(st.integers(1, 2)), size - place)
                starts.append(place)
                ends.append(place + width)
                place += draw(st.integers(1, width))
            ends = [max(ends[: i + 1]) for i in range(len(ends))]
            text = text.recode("recode", "#" * len(starts), starts, ends, [(0, len(starts))])
    return text


@given(repaired(), st.data())
def test_a_part_maps_as_the_whole_does(text: Text, data: st.DataObject) -> None:
    size = len(text.clean)
    start = data.draw(st.integers(0, size))
    end = data.draw(st.integers(start, size))
    part = text.part(start, end)
    first, last = text.source_span(start, end)
    assert part.clean == text.clean[start:end]
    assert part.source == text.source[first:last]
    for a in range(end - start):
        for b in range(a + 1, end - start + 1):
            whole = text.source_span(start + a, start + b)
            inner = part.source_span(a, b)  # narrower only where an edit itself was cut in two
            assert max(whole[0], first) <= inner[0] + first <= inner[1] + first <= min(whole[1], last)
            if (start, end) == (0, size):
                assert (inner[0] + first, inner[1] + first) == whole


@given(repaired())
def test_the_history_of_a_text_tells_every_edit(text: Text) -> None:
    told = text.source
    for changes in text.changes():
        pieces, done = [], 0
        for change in changes:
            assert told[change.edit.start : change.edit.end] == change.before
            assert 0 <= change.start <= change.end <= len(text.source)
            pieces += (told[done : change.edit.start], change.edit.new)
            done = change.edit.end
        told = "".join((*pieces, told[done:]))
    assert told == text.clean


def test_offsets_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        Text.of("ab").recode("recode", "x", [0], [3], [(0, 1)])
    with pytest.raises(ValueError, match="do not fit"):
        Text.of("ab").recode("recode", "xy", [0], [1], [(0, 2)])


@settings(max_examples=100, deadline=None)
@given(st.text(ALPHABET, max_size=30), st.data())
def test_many_edits_lead_back_like_few(source: str, data: st.DataObject) -> None:
    edits = data.draw(edit_lists(len(source), moves=True))
    few = Text.of(source).edit("test", edits)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("extractor.text._MANY", 0)
        many = Text.of(source).edit("test", edits)
    assert many.clean == few.clean
    places = range(len(few.clean) + 1)
    assert [many.source_span(a, b) for a in places for b in places[a:]] == [
        few.source_span(a, b) for a in places for b in places[a:]
    ]
    assert [many.clean_span(a, a) for a in range(len(source) + 1)] == [
        few.clean_span(a, a) for a in range(len(source) + 1)
    ]
