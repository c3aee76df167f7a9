"""Whether quoted words and titles name an undertaking."""

from __future__ import annotations

import re

from extractor.engine.match import Match
from extractor.segment import Passage

_SERVED = re.compile("为[老民农企侨军幼残童]")  # 为老服务: a modifier, where 为 else is a preposition
_COUNTED = re.compile(r"(?:\d+|[两三四五六七八九十])(?:[个项场种套类款期届]|大(?!学))")
# Characters that begin a predicate, unless they begin a noun: 对外, 就业, 向日葵, 和美.
_PREDICATE = re.compile(
    "[由是于与被把已也第]|在(?![线校地职])|从(?!业)|向(?!日)|对(?![外话口接标台])|和(?![美谐合平])|让(?!利)|将(?!军)"
    "|都(?!市)|就(?![业医餐近诊])|还(?![乡款田])|为(?![老民农企侨军幼残童])"
)
_ADVERBS = re.compile("正在|已经|不断|积极|陆续|纷纷|同时|全面|持续|一直|曾经|先后|逐步|逐渐|主要|首次|特别|如何|非常")
_NUMERAL = re.compile(r"[\d一二两三四五六七八九十百千万几数首第]")
_CUP = re.compile("决赛|颁奖|大赛|比赛|开赛|总决赛|赛")
_LIKENED = re.compile(
    "(?:沦为|变成|成了|变为|所谓的?|如同|好比|好似|像是?|不是|警惕|戏称为?|[喻誉]为|比作|该叫|不叫|搞|杜绝|防止|避免|谨防|拒绝|反对|开玩笑说|打造成)$"
)
_QUOTATION = re.compile("“[^“”\\n]{1,16}”、?$")
_FIVE_YEARS = re.compile("十[一二三四五六]五")


def between_nominal(match: Match, passage: Passage) -> bool:
    """What stands between a quoted name and its type word belongs to one noun phrase: “甲”惠民服务项目."""
    start, end = match.groups.get("between") or match.groups.get("gap") or (0, 0)
    if start == end:
        return True
    if _COUNTED.match(match.clean, start) or _PREDICATE.match(match.clean, start):
        return False  # “甲”“乙”两大工程: what follows counts the names; “甲”由乙主持: a clause
    lexicons = match.rule.book.lexicons
    clause_words, told = lexicons["clause_maker"], lexicons["told_head"]
    for index in passage.words_between(start, end):
        word = passage.words[index]
        if word == "为" and _SERVED.match(match.clean, passage.starts[index]):
            continue
        if (
            passage.tags[index][0] == "v"
            and index
            and passage.words[index - 1] in told
            and passage.starts[index] > start
        ):
            return False  # “甲”平台|整治低俗直播: the type word has come, and a verb behind it
        if word in clause_words or _ends_noun_phrase(word, passage.tags[index]):
            return False
        if word == "的" and passage.starts[index] > start:
            return False
    return True


def _ends_noun_phrase(word: str, tag: str) -> bool:
    """Whether a word ends the noun phrase it stands in; 有声 and 良种 are words of nouns for all their tags."""
    if tag == "d":
        return len(word) < 2 or bool(_ADVERBS.fullmatch(word))
    if tag == "m":
        return bool(_NUMERAL.match(word))
    return tag in ("p", "c", "r", "ul", "uz", "ug", "f", "y")


def ends_word(match: Match, passage: Passage) -> bool:
    """The type word ends a word that means it: 营 in 研学营 does, in 经营 it does not."""
    start, end = match.groups["head"]
    if end not in passage.edges and passage.knows(passage.words[passage.word_at(end)]):
        return False
    if len(match["head"]) > 1:
        return True
    if end - start == 1 and match["head"] not in "奖节杯展赛" and start - match.groups["between"][0] < 2:
        return False  # “甲”法, “甲”日: too little for a name of its kind
    return not match.clean.endswith(match.rule.book.endings("head_in_word", 2), 0, end)


def title_core(core: str) -> str:
    """A title without what stands in brackets behind it: (试行), (2024—2026年)."""
    return re.sub(r"(?:\([^()]*\))+$", "", core) or core


def strong_head(match: Match, passage: Passage) -> bool:
    """The type word that ends quoted words is one that names take, and something stands before it."""
    head = match["head"]
    if head == "杯":  # “挑战杯”决赛, 第三届“挑战杯”
        return bool(_CUP.match(match.clean, match.end)) or match.clean[match.start - 1 : match.start] == "届"
    if "的" in match["core"] or match["core"].startswith(("天天", "每天", "一场", "一次", "各种")):
        return False  # “医院的开放日”: a phrase
    if match.clean.startswith("类", match.end):
        return False  # “慈善项目和慈善信托”类别: a kind
    return head not in match.rule.book.lexicons["weak_head"] or (
        len(match["core"]) >= 4 and head in ("活动", "项目", "模式", "机制", "平台", "节", "展", "周")
    )


def titles_document(match: Match, passage: Passage) -> bool:
    """The title ends as documents and undertakings do, not as newspapers, books and broadcasts do."""
    book = match.rule.book
    core = title_core(match["core"])
    if core.endswith(book.endings("publication_head", 1)):
        return False
    return core.endswith(book.endings("document_head", 1) + book.endings("program_head", 2))


def names_undertaking(match: Match, passage: Passage) -> bool:
    """Quoted words that nothing but the clause around them calls an undertaking: short, no sentence, no work, no person."""
    core = match["core"]
    start = match.groups["quote"][0]
    before = match.clean[max(start - 4, 0) : start]
    head = match.groups["head"][0]
    if match["head"] == "奖" and match.clean[head - 1 : head] in ("褒", "嘉", "夸", "过", "颁", "获"):
        return False
    if core.startswith(("最美", "十佳", "十大", "优秀", "先进")):
        return False  # those who are honoured
    if core.endswith(("号", "人", "员", "者", "哥", "姐", "队", "团", "们", "精神", "经济")):
        return False  # a ship, a person, a body of people
    if not coined(match, passage) or (len(core) == 4 and passage.knows(core)):
        return False  # an idiom: 绿水青山
    return not before.endswith(match.rule.book.endings("work_kind", 1))


def _goes_on(match: Match, passage: Passage) -> bool:
    """Whether a noun follows the mention at once, so that the mention only modifies it."""
    if match.end not in passage.edges or match.end >= len(match.clean):
        return False
    index = passage.word_at(match.end)
    return passage.tags[index][0] == "n" and len(passage.words[index]) > 1


def _likened(match: Match) -> bool:
    """Whether the words before a quotation, or before the row of quotations that it stands in, liken, doubt or judge."""
    clean, opening = match.clean, match.groups["core"][0] - 1
    while clean[max(opening - 1, 0) : opening] in ("”", "、") and (
        row := _QUOTATION.search(clean, max(opening - 20, 0), opening)
    ):
        opening = row.start()
    return _LIKENED.search(clean, max(opening - 4, 0), opening) is not None


def coined(match: Match, passage: Passage) -> bool:
    """The quoted words name something: no slogan, no quotation of speech, no general term such as “长效机制”."""
    core = match["core"]
    if _FIVE_YEARS.fullmatch(core) and match["head"] in ("规划", "纲要") and match["between"]:
        return True
    if core in match.rule.book.lexicons["slogan"] and not (
        len(match["between"]) > 3 and match["head"].endswith(("论坛", "博览会", "大会", "规划", "纲要"))
    ):
        return False  # but “一带一路”国际合作高峰论坛
    if match["head"] == "品牌" and not match["between"] and _goes_on(match, passage):
        return False  # “甲”品牌花生油: goods
    if core.endswith((",", "…", "、", ";")):
        return False  # “您慢走，”: speech that goes on
    if any(mark in core for mark in "。!?") or (":" in core and "between" not in match):
        return False
    if len(core) == 4 and match["between"].startswith("的") and passage.knows(core):
        return False  # “一呼百应”的动员机制: an idiom describes it
    if (core.endswith(("式", "化", "型", "级")) and not match["head"].endswith(("模式", "工作法"))) or _likened(match):
        return False  # “一站式”服务 tells how; 沦为“形象工程” judges
    if (core.startswith(("要", "让", "把", "不", "没", "我们", "我要", "办好")) and "between" not in match) or (
        match.clean[max(match.start - 1, 0) : match.start] == ":" and len(core) > 12
    ):
        return False
    if (
        re.fullmatch("一.一.|.一.一|[两三四五六七八九十].{1,2}", core)
        and ("between" in match or "gap" in match)
        and len(match["between"]) < 4
        and not match.clean.startswith(match["head"], match.groups["core"][1] + 1)
    ):
        return False
    return core not in match.rule.book.lexicons["general_word"] and not re.search(r"\d+[个名家]", core)
