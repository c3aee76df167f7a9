"""What the segmenter's dictionary says about the border of two lines, and about a word that looks like a name."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=4096)
def _tagged(text: str) -> tuple[tuple[str, str], ...]:
    from extractor.segment import segmenter

    return tuple(segmenter().tag(text))


def crosses(above: str, below: str) -> bool:
    """Whether a word lies across the border of two lines: 各|自.

    >>> crosses("与会者介绍了各", "自的经验"), crosses("这座桥连接", "两岸的村庄")
    (True, False)
    """
    head = above[-6:]
    position = 0
    for word, _ in _tagged(head + below[:6]):
        if position >= len(head):
            return False
        position += len(word)
        if position > len(head):
            return True
    return False


def may_be_name(word: str) -> bool:
    """Whether nothing in `word` is a word of the dictionary that is no person's name.

    >>> may_be_name("李华"), may_be_name("钱七"), may_be_name("方向"), may_be_name("马上办")
    (True, True, False, False)
    """
    return all(len(part) < 2 or tag.startswith("nr") for part, tag in _tagged(word))
