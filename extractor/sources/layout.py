"""Characters that stand somewhere on a page → its blocks of lines, in the order in which they are read.

Measures are in points, with y growing downwards. What counts as near is measured in `em`, the width of a Han character.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from statistics import median
from typing import Final, NamedTuple

_MANY: Final = 400  # blocks of a page beyond which they are only sorted: no page of prose holds so many
_MARKS: Final = frozenset("，。；！？")


class Glyph(NamedTuple):
    """One character (a space too) and its box: full advance wide, from the font's descent to its ascent."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(slots=True, eq=False)
class Line:
    """Characters that read on without a break, on one baseline."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    em: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True, eq=False)
class Block:
    """Lines that stand below one another, as in a column; the rows of a table have their cells joined by tabs."""

    lines: list[Line]
    x0: float = field(init=False)
    top: float = field(init=False)
    x1: float = field(init=False)
    bottom: float = field(init=False)
    left: float = field(init=False)  # `left` to `right`: the width that it heads, more than its own for a headline
    right: float = field(init=False)
    headline: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self.x0 = self.left = min(line.x0 for line in self.lines)
        self.x1 = self.right = max(line.x1 for line in self.lines)
        self.top = min(line.top for line in self.lines)
        self.bottom = max(line.bottom for line in self.lines)

    def text(self) -> str:
        r"""Its lines, each ended by a line feed but the last; one that is set in as a paragraph's first begins with 　　.

        >>> lines = [Line("甲" * 8, 20, 0, 100, 10, 10), Line("乙" * 10, 0, 15, 100, 25, 10), Line("丙" * 4, 0, 30, 40, 40, 10)]
        >>> Block(lines).text().split("\n")[:2]
        ['\u3000\u3000甲甲甲甲甲甲甲甲', '乙乙乙乙乙乙乙乙乙乙']
        """
        at_edge = sum(line.x0 - self.x0 < line.em / 2 for line in self.lines)
        prose = at_edge >= 2 or len(self.lines) == 2
        return "\n".join(
            f"　　{line.text}" if prose and self._is_set_in(line, at_edge) else line.text for line in self.lines
        )

    def _is_set_in(self, line: Line, at_edge: int) -> bool:
        return 1.5 < (line.x0 - self.x0) / line.em < 2.5 and (
            2 * at_edge >= len(self.lines) > 2 or self.x1 - line.x1 < 1.2 * line.em
        )


def lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines that `glyphs`, given in the order in which the page draws them, make up; from the top down.

    Characters on one baseline are one line where no gutter between columns parts them.
    """
    return _joined_lines(_pieces(glyphs))


def blocks(lines: list[Line]) -> list[Block]:
    """The blocks that the `lines` of a page make up, in reading order.

    Columns are read from left to right, each from top to bottom; a headline above several of them comes before them all, and
    ends what stands above it. A table is read by rows.
    """
    tables, rest = _tables(lines)
    return _ordered([*tables, *_columns(rest)])


# --- characters → lines -------------------------------------------------------------------------------------------


def _pieces(glyphs: Iterable[Glyph]) -> list[Line]:
    """Runs of characters drawn one after the other without a gap; what is drawn twice, for boldness or a shadow, once."""
    pieces: list[Line] = []
    seen: dict[tuple[str, int, int], tuple[float, float]] = {}
    run: list[Glyph] = []
    for glyph in glyphs:
        height = glyph.bottom - glyph.top
        width = glyph.x1 - glyph.x0
        if height <= 0 or width < 0:
            continue
        space = glyph.text.isspace()
        if not space and _is_shadow(glyph, height, width, seen):
            continue
        if run:
            last = run[-1]
            lower = min(height, last.bottom - last.top)
            apart = glyph.x0 - last.x1
            level = abs(glyph.top + glyph.bottom - last.top - last.bottom) < 0.7 * lower
            if not level or not -0.6 * lower < apart < 0.5 * lower:
                pieces.extend(_split(run))
                run = []
        run.append(glyph)
    pieces.extend(_split(run))
    return pieces


def _is_shadow(
    glyph: Glyph, height: float, width: float, seen: dict[tuple[str, int, int], tuple[float, float]]
) -> bool:
    """Whether the same character was drawn nearly here before; notes it where not."""
    step = max(height, 1.0)
    column, row = int(glyph.x0 // step), int(glyph.top // step)
    for x in (column - 1, column, column + 1):
        for y in (row - 1, row, row + 1):
            other = seen.get((glyph.text, x, y))
            if other is not None and abs(other[0] - glyph.x0) < 0.25 * width and abs(other[1] - glyph.top) < 0.2 * step:
                return True
    seen[glyph.text, column, row] = (glyph.x0, glyph.top)
    return False


def _split(run: list[Glyph]) -> list[Line]:
    """The lines that `run` holds: a row of spaces as wide as a gutter parts them, spaces at an end are dropped."""
    pieces: list[Line] = []
    part: list[Glyph] = []
    blank = 0.0
    for glyph in run:
        if glyph.text.isspace():
            blank += glyph.x1 - glyph.x0
        else:
            if part and blank > 2.5 * (glyph.bottom - glyph.top):
                pieces.append(_piece(part))
                part = []
            blank = 0.0
        if part or not glyph.text.isspace():
            part.append(glyph)
    if part:
        pieces.append(_piece(part))
    return pieces


def _piece(part: list[Glyph]) -> Line:
    while part[-1].text.isspace():
        part.pop()
    texts = [part[0].text]
    for left, right in pairwise(part):
        gap = right.x0 - left.x1
        if gap > 0.2 * (right.bottom - right.top) and _is_latin(left.text) and _is_latin(right.text):
            texts.append(" ")
        texts.append(right.text)
    heights = [glyph.bottom - glyph.top for glyph in part]
    wide = [glyph.x1 - glyph.x0 for glyph in part if glyph.text > "\u2e7f"]
    height = median(heights)
    return Line(
        "".join(texts),
        part[0].x0,
        min(glyph.top for glyph in part),
        max(glyph.x1 for glyph in part),
        max(glyph.bottom for glyph in part),
        min(median(wide), height) or height if wide else height,
    )


def _is_latin(text: str) -> bool:
    return text.isascii() and text.isalnum()


class _Grid:
    """Lines by where they stand, so that the neighbours of one are found without a look at all."""

    def __init__(self, lines: Iterable[Line]) -> None:
        lines = list(lines)
        self._step = max(median(line.bottom - line.top for line in lines), 1.0) if lines else 1.0
        self._rows: dict[int, list[Line]] = {}
        for line in lines:
            for row in self._range(line.top, line.bottom):
                self._rows.setdefault(row, []).append(line)

    def between(self, top: float, bottom: float) -> list[Line]:
        """The lines that touch the strip from `top` to `bottom`, each once."""
        found = (line for row in self._range(top, bottom) for line in self._rows.get(row, ()))
        return list(dict.fromkeys(line for line in found if line.bottom > top and line.top < bottom))

    def _range(self, top: float, bottom: float) -> range:
        first, last = int(top // self._step), int(bottom // self._step)
        return range(first, min(last, first + 1000) + 1)


def _level(one: Line, other: Line) -> bool:
    """Whether both stand on one baseline, in letters of like height."""
    lower = min(one.bottom - one.top, other.bottom - other.top)
    return min(one.bottom, other.bottom) - max(one.top, other.top) > 0.6 * lower


def _joined_lines(pieces: list[Line]) -> list[Line]:
    """`pieces` on one baseline joined to lines, but never across the gutter between two columns."""
    grid = _Grid(pieces)
    joined: dict[Line, Line] = {}  # a piece and the one that it reads on with
    for piece in pieces:
        right = [
            other
            for other in grid.between(piece.top, piece.bottom)
            if other is not piece and other.x0 > piece.x0 and _level(piece, other)
        ]
        nearest = min(right, key=lambda other: other.x0, default=None)
        if nearest is not None and not _is_apart(piece, nearest, grid):
            joined[piece] = nearest
    followers = set(joined.values())
    lines = []
    done: set[Line] = set()
    for piece in pieces:
        if piece in followers or piece in done:
            continue
        chain = [piece]
        done.add(piece)
        while (following := joined.get(chain[-1])) is not None and following not in done:
            chain.append(following)
            done.add(following)
        lines.append(_joined(chain))
    lines.sort(key=lambda line: (line.top, line.x0))
    return lines


def _joined(chain: list[Line]) -> Line:
    if len(chain) == 1:
        return chain[0]
    texts = [chain[0].text]
    for left, right in pairwise(chain):
        gap = right.x0 - left.x1
        latin = _is_latin(left.text[-1]) and _is_latin(right.text[0])
        if gap > (0.2 if latin else 0.7) * min(left.em, right.em):
            texts.append(" ")
        texts.append(right.text)
    return Line(
        "".join(texts),
        chain[0].x0,
        min(line.top for line in chain),
        max(line.x1 for line in chain),
        max(line.bottom for line in chain),
        max(line.em for line in chain),
    )


def _is_apart(left: Line, right: Line, grid: _Grid) -> bool:
    """Whether the gap between two pieces on one baseline parts two columns, and is no space inside a line.

    A gutter goes on above or below, with text on both sides of it; a space is soon crossed by another line.
    """
    em = min(left.em, right.em)
    gap = right.x0 - left.x1
    if gap < 0.6 * em:
        return False
    if gap > 3 * max(left.em, right.em):
        return True
    reach = 1.5 * em
    crossed = alone = False
    for top, bottom in (
        (min(left.top, right.top) - reach, min(left.top, right.top)),
        (max(left.bottom, right.bottom), max(left.bottom, right.bottom) + reach),
    ):
        near = [line for line in grid.between(top, bottom) if not (_level(line, left) or _level(line, right))]
        start, end = _widest_gap(left.x1, right.x0, near)
        beside_left = any(line.x1 <= start and line.x1 > left.x0 for line in near)
        beside_right = any(line.x0 >= end and line.x0 < right.x1 + 2.5 * em for line in near)  # it may be set in
        is_open = end - start > 0.5 * em
        if is_open and beside_left and beside_right:
            return True
        crossed = crossed or not is_open
        alone = alone or beside_left or beside_right
    if crossed:
        return False
    return gap > (0.9 if alone else 2) * em


def _widest_gap(start: float, end: float, lines: list[Line]) -> tuple[float, float]:
    """The widest part of `start` to `end` that none of `lines` covers."""
    widest = (start, start)
    for line in sorted(lines, key=lambda line: line.x0):
        if line.x1 <= start:
            continue
        if line.x0 >= end:
            break
        if line.x0 - start > widest[1] - widest[0]:
            widest = (start, line.x0)
        start = line.x1
    return (start, end) if end - start > widest[1] - widest[0] else widest


# --- tables -------------------------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class _Column:
    cells: list[Line]
    x0: float
    x1: float


def _tables(lines: list[Line]) -> tuple[list[Block], list[Line]]:
    """Tables among `lines`, each a block with a line for a row; and the other lines."""
    rows = _rows(lines)
    tables: list[Block] = []
    taken: set[Line] = set()
    position = 0
    while position < len(rows):
        columns = [_Column([cell], cell.x0, cell.x1) for cell in rows[position]]
        end = position + 1
        while end < len(rows) and len(columns) > 1 and _fits(columns, rows[end]):
            end += 1
        found = rows[position:end]
        enough = len(found) >= 3 or (len(found) == 2 and len(columns) > 2)
        if len(columns) > 1 and enough and not any(map(_is_prose, columns)):
            tables.append(Block([_row(row) for row in found]))
            taken.update(cell for row in found for cell in row)
            position = end
        else:
            position += 1
    return tables, [line for line in lines if line not in taken]


def _rows(lines: list[Line]) -> list[list[Line]]:
    """Lines on one baseline together, from left to right; lone lines are rows too."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.middle):
        last = rows[-1][0] if rows else None
        if last is not None and abs(line.middle - last.middle) < 0.4 * min(line.em, last.em):
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda line: line.x0)
    return rows


def _fits(columns: list[_Column], row: list[Line]) -> bool:
    """Whether each cell of `row` stands in a column of its own; it is added there."""
    usual = columns[0].cells[0].em
    if not 2 <= len(row) <= len(columns) or any(not 0.8 < cell.em / usual < 1.25 for cell in row):
        return False
    if row[0].top - max(column.cells[-1].bottom for column in columns) > 3 * row[0].em:
        return False
    found = []
    for cell in row:
        under = [column for column in columns if cell.x0 < column.x1 and cell.x1 > column.x0]
        if len(under) != 1 or under[0] in found:
            return False
        found.append(under[0])
    for column, cell in zip(found, row, strict=True):
        column.cells.append(cell)
        column.x0, column.x1 = min(column.x0, cell.x0), max(column.x1, cell.x1)
    return True


def _is_prose(column: _Column) -> bool:
    """Whether the lines of a column are full or hold marks of sentences, as those of a text do, and cells of a table do not."""
    cells, width = column.cells, column.x1 - column.x0
    if width < 8 * median(cell.em for cell in cells):
        return False
    filled = sum(cell.x1 - cell.x0 for cell in cells) / len(cells)
    marked = sum(not _MARKS.isdisjoint(cell.text) for cell in cells)
    return filled > 0.85 * width or 3 * marked >= len(cells)


def _row(cells: list[Line]) -> Line:
    return Line(
        "\t".join(cell.text for cell in cells),
        cells[0].x0,
        min(cell.top for cell in cells),
        max(cell.x1 for cell in cells),
        max(cell.bottom for cell in cells),
        median(cell.em for cell in cells),
    )


# --- lines → blocks in order --------------------------------------------------------------------------------------


def _columns(lines: list[Line]) -> list[Block]:
    """Lines below one another, of one size and evenly spaced, as blocks."""
    grid = _Grid(lines)
    blocks = []
    done: set[Line] = set()
    for line in lines:  # from the top down
        if line in done:
            continue
        chain = [line]
        done.add(line)
        while (following := _next(chain, grid)) is not None and following not in done:
            chain.append(following)
            done.add(following)
        blocks.append(Block(chain))
    return blocks


def _next(chain: list[Line], grid: _Grid) -> Line | None:
    """The line that goes on with the block `chain`: right below it, the only one there, and below no other."""
    last = chain[-1]
    x0, x1 = min(line.x0 for line in chain[-4:]), max(line.x1 for line in chain[-4:])  # the last line may be short
    near = [
        other
        for other in grid.between(last.bottom - 0.2 * last.em, last.bottom + 1.3 * last.em)
        if other is not last and other.middle > last.bottom - 0.3 * last.em and other.x0 < x1 and other.x1 > x0
    ]
    if not near:
        return None
    line = min(near, key=lambda other: other.top)
    if any(other is not line and _level(other, line) for other in near):
        return None
    if not 0.85 < line.em / last.em < 1.18 or min(x1, line.x1) - max(x0, line.x0) < min(line.em, last.em):
        return None
    if any(
        other is not last and other.x0 < line.x1 and other.x1 > line.x0 and _level(other, last)
        for other in grid.between(last.top, last.bottom)
    ):
        return None
    if len(chain) == 1:
        return line
    usual = min(below.top - above.top for above, below in pairwise(chain[-4:]))
    return line if line.top - last.top < usual + 0.45 * line.em else None


def _ordered(blocks: list[Block]) -> list[Block]:
    """`blocks` in reading order: those above a row of headlines before what stands below it, and so from left to right."""
    blocks = sorted(blocks, key=lambda block: (block.top, block.x0))
    if len(blocks) > _MANY:
        return blocks
    _spread(blocks)
    ordered: list[Block] = []
    waiting = [blocks]
    while waiting:
        region = waiting.pop()
        parts = _cut(region, across=True) or _cut(region, across=False)
        if parts:
            waiting.extend(reversed(parts))
        else:
            ordered.extend(_in_sequence(region))
    return ordered


def _cut(blocks: list[Block], *, across: bool) -> tuple[list[Block], list[Block]] | None:
    """`blocks` above and below the first line `across` the page, or left and right of one down it, where articles begin.

    Nothing crosses that line, and all that comes first below it (or first in what is right of it) is a headline.
    """
    ordered = sorted(blocks, key=lambda block: block.top if across else block.left)
    reached = -inf
    for number, block in enumerate(ordered):
        start = block.top if across else block.left
        if number and start > reached - 0.3 * block.lines[0].em:
            rest = ordered[number:]
            if all(one.headline for one in rest if not any(_is_above(other, one) for other in rest)):
                return ordered[:number], rest
        reached = max(reached, block.bottom if across else block.right)
    return None


def _is_above(one: Block, other: Block) -> bool:
    return one is not other and one.top < other.top and one.left < other.right and one.right > other.left


def _in_sequence(blocks: list[Block]) -> list[Block]:
    """`blocks` of one article, or of several that nothing parts (Breuel 2003, "High performance document layout analysis").

    A block comes before one below it, where they share some width, and before one to its right, unless a third that
    spans both stands between them.
    """
    blocks = sorted(blocks, key=lambda block: (block.top, block.x0))
    after: list[list[int]] = [[] for _ in blocks]
    waiting = [0] * len(blocks)
    for i, one in enumerate(blocks):
        wider = [other for other in blocks if other is not one and other.right > one.right and other.left < one.right]
        for j, other in enumerate(blocks):
            if i == j:
                continue
            if _shares_width(one, other):
                first = (one.top + one.bottom, i) < (other.top + other.bottom, j)
            else:
                first = one.left < other.left and not any(
                    between is not other and between.right > other.left and _is_between(between, one, other)
                    for between in wider
                )
            if first:
                after[i].append(j)
                waiting[j] += 1
    ordered: list[Block] = []
    left = set(range(len(blocks)))
    while left:
        ready = [i for i in left if not waiting[i]]
        chosen = min(ready or left)  # rules that contradict one another: from the top
        left.remove(chosen)
        ordered.append(blocks[chosen])
        for j in after[chosen]:
            waiting[j] -= 1
    return ordered


def _spread(blocks: list[Block]) -> None:
    """Let headlines head all columns that begin below them, as far as nothing stands beside them."""
    if not blocks:
        return
    usual = median(line.em for block in blocks for line in block.lines)
    headlines = [block for block in blocks if block.lines[0].em >= 1.2 * usual and len(block.lines) <= 4]
    for block in headlines:
        block.headline = True
        em = block.lines[0].em
        beside = [
            other
            for other in blocks  # another headline may stand a little higher or lower
            if other.bottom > block.top - (near := 3 * usual if other in headlines else 0)
            and other.top < block.bottom + near
        ]
        left = max((other.x1 for other in beside if other.x1 <= block.x0), default=-inf)
        right = min((other.x0 for other in beside if other.x0 >= block.x1), default=inf)
        below = [
            other
            for other in blocks
            if -0.3 * em < other.top - block.bottom < 6 * usual and other.x0 > left - usual and other.x1 < right + usual
            if other not in headlines or (other.x0 < block.x1 and other.x1 > block.x0)
        ]
        block.left, block.right = _headed(block, _ranges(below), usual)


def _ranges(blocks: list[Block]) -> list[tuple[float, float]]:
    """The widths that `blocks` take up, from the left; those that share some are one."""
    ranges: list[tuple[float, float]] = []
    for block in sorted(blocks, key=lambda block: block.x0):
        if ranges and block.x0 < ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(ranges[-1][1], block.x1))
        else:
            ranges.append((block.x0, block.x1))
    return ranges


def _headed(block: Block, columns: list[tuple[float, float]], em: float) -> tuple[float, float]:
    """From where to where `block` heads `columns`: those that it stands above the middle of, or that begin where it does."""
    own = [i for i, (start, end) in enumerate(columns) if start < block.x1 and end > block.x0]
    if not own:
        return block.x0, block.x1
    runs = [(columns[i][0], columns[j][1]) for i in range(own[0] + 1) for j in range(own[-1], len(columns))]
    fitting = [
        run for run in runs if abs(run[0] - block.x0) < em or abs(run[0] + run[1] - block.x0 - block.x1) < 3 * em
    ]
    start, end = max(fitting, key=lambda run: run[1] - run[0], default=(columns[own[0]][0], columns[own[-1]][1]))
    return min(start, block.x0), max(end, block.x1)


def _shares_width(one: Block, other: Block) -> bool:
    narrower = min(one.right - one.left, other.right - other.left)
    return min(one.right, other.right) - max(one.left, other.left) > min(
        0.1 * narrower, one.lines[0].em, other.lines[0].em
    )


def _is_between(block: Block, one: Block, other: Block) -> bool:
    """Whether `block` stands below one of the two and above the other."""
    slack = 0.3 * block.lines[0].em
    return block.top >= min(one.bottom, other.bottom) - slack and block.bottom <= max(one.top, other.top) + slack


def text(blocks: Sequence[Block]) -> str:
    """The lines of `blocks`, with an empty line between two of them.

    >>> text([Block([Line("甲", 0, 0, 10, 10, 10)]), Block([Line("乙", 0, 40, 10, 50, 10)])])
    '甲\\n\\n乙'
    """
    return "\n\n".join(block.text() for block in blocks)
