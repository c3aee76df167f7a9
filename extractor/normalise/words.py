"""What the segmenter's dictionary says about the border of two lines, and about a word that looks like a name."""

from __future__ import annotations

from functools import lru_cache

# Tags of jieba: preposition, conjunction, adverb, pronoun, particle, place, person, quantity before its noun.
_WANTS_MORE = frozenset({"p", "c", "d", "r", "uj", "uz", "ug", "ud", "ns", "nr", "b", "df"})
_WANTS_BEFORE = frozenset({"uj", "ul", "ug", "uz", "ud", "uv", "c", "y", "k"})

# Verbs without a subject, with which a paragraph may begin.
_ABSOLUTE = frozenset(
    "据说 听说 传说 相传 据悉 获悉 看来 可见 原来 说来 算来 想来 感谢 请看 注意 谢谢 再见 当然 其实".split()
)


@lru_cache(maxsize=4096)
def _tagged(text: str) -> tuple[tuple[str, str], ...]:
    from extractor.segment import segmenter

    return tuple(segmenter().tag(text))


def crosses(above: str, below: str, *, known: bool = False) -> bool:
    """Whether a word lies across the border of two lines: 各|自; with `known`, one of the dictionary or a name, and no other guess.

    >>> crosses("与会者介绍了各", "自的经验"), crosses("这座桥连接", "两岸的村庄")
    (True, False)
    >>> crosses("每天走完", "渠边有树"), crosses("每天走完", "渠边有树", known=True)
    (True, False)
    """
    if above[-1:].isascii() or below[:1].isascii():
        return False
    head = above[-6:]
    position = 0
    for word, tag in _tagged(head + below[:6]):
        if position >= len(head):
            return False
        position += len(word)
        if position > len(head):
            return not known or tag == "nr" or _is_known(word)
    return False


def _is_known(word: str) -> bool:
    from extractor.segment import segmenter

    return segmenter().knows(word)


def breaks_off(above: str, below: str) -> bool:
    """Whether the last word of `above` wants another after it, or the first of `below` one before it, by their part of speech.

    A heading ends in a noun or a verb, and a paragraph does not begin with an adverb or a particle.

    >>> breaks_off("针对新的要求,江城市", "水利系统先后"), breaks_off("一头连着山,一头连着海", "铁路全长36公里")
    (True, False)
    """
    return _tagged(above[-12:])[-1][1] in _WANTS_MORE or _tagged(below[:12])[0][1] in _WANTS_BEFORE | {"d", "f"}


def hangs_on(below: str) -> bool:
    """Whether `below` begins with a conjunction, a particle or a classifier, and so goes on from a line above.

    >>> hangs_on("和水利系统的干部"), hangs_on("和谐乡村建设"), hangs_on("的水渠")
    (True, False, True)
    """
    return _tagged(below[:12])[0][1] in _WANTS_BEFORE


def is_open_ended(above: str) -> bool:
    """Whether the last word of `above` calls for a noun, which a sentence of its own would begin with: 的, 受到, 三十斤.

    >>> is_open_ended("来帮忙的"), is_open_ended("他把糯米")
    (True, False)
    """
    return _tagged(above[-12:])[-1][1] in {"v", "p", "c", "r", "uj", "m", "q", "b"}


def begins_within(below: str) -> bool:
    """Whether `below` begins with a word that begins no paragraph: a verb, a particle, a conjunction, an adverb of degree.

    >>> begins_within("倒进木桶,动作麻利。"), begins_within("豆腐坊开在老街。"), begins_within("近日,水渠通了。")
    (True, False, False)
    """
    word, tag = _tagged(below[:12])[0]
    return (tag[0] == "v" and word not in _ABSOLUTE) or tag in _WANTS_BEFORE


def acts(below: str) -> bool:
    """Whether the first clause of `below` is a verb of two characters and nothing else, whose subject stands on a line above.

    >>> acts("负责,惠及两千户。"), acts("据说,渠已修好。"), acts("近日,渠已修好。")
    (True, False, False)
    """
    if len(below) < 3 or below[2] not in ",、" or below[:2] in _ABSOLUTE:
        return False
    return [tag[0] for _, tag in _tagged(below[:2])] == ["v"]


def makes_words(text: str) -> bool:
    """Whether most of the Chinese characters of `text` stand in words of two or more.

    >>> makes_words("全市新增灌溉面积"), makes_words("鲃鲌鲏鲐鲕鲚鲛鲞")
    (True, False)
    """
    words = [word for word, _ in _tagged(text) if not word.isascii()]
    return 2 * sum(len(word) for word in words if len(word) > 1) > sum(map(len, words))


def may_be_name(word: str) -> bool:
    """Whether nothing in `word` is a word of the dictionary that is no person's name.

    >>> may_be_name("李华"), may_be_name("钱七"), may_be_name("方向"), may_be_name("马上办")
    (True, True, False, False)
    """
    return all(len(part) < 2 or tag.startswith("nr") for part, tag in _tagged(word))
