"""Which articles are passed by for their language: Japanese and Korean ones, and no Chinese one that quotes either."""

from __future__ import annotations

import pytest

from extractor.article import Document
from extractor.normalise.script import foreign_language
from extractor.pipeline import Extractor, Options

JAPANESE = {
    "report": "北浜市は5日、市内12カ所の小学校に太陽光発電の設備を新たに設けると発表した。事業費は約3億6千万円で、来年4月から順次運用を始める。市の担当者は「災害時にも電気が使えるようにしたい」と話している。",
    "many kanji": "財務省が三日発表した貿易統計速報によると、十月の輸出額は前年同月比三・一%増の九兆四千億円、輸入額は一・二%減の九兆六千億円だった。貿易収支は二千億円の赤字で、赤字額は前年同月比六割減少した。",
    "statute": "第三条 市長は、前条の規定により許可を受けた者が次の各号のいずれかに該当するときは、当該許可を取り消し、又は期間を定めて使用の停止を命ずることができる。",
    "katakana": "アプリのダウンロード数が100万件を超えたことを受け、スタートアップ企業のミナトテックは新しいサービスを始める。",
    "one sentence": "台風10号は5日夜、九州に上陸した。",
    "headline and lead": "北浜市 太陽光発電を12校に\n市教委 来年度予算案に3億円計上\n\n北浜市教育委員会は5日、市立小学校12校に太陽光発電設備を設置する方針を固めた。",
    "list": "主な出席者は次の通り。\n北浜市長 山本一郎\n副市長 田中花子\n教育長 佐藤健\n会議では来年度の予算案について話し合われた。市民からの意見も紹介された。",
}  # fmt: skip

CHINESE = {
    "katakana titles": "书店里，日文原版的《ミナトの町》《カモメとぼく》《キッチンのうた》卖得最好。店长说，今年卖出的日文书有3600册，比去年多两成，《ミナトの町》一本就卖了800册。",
    "names": "日本歌手みなと美空和ひかり5日在江城演出，到场观众3600人。主办方说，两人明年还会来，票价从380元起，青年票打五折。",
    "of Taiwan": "青石鄉の味，一碗要價120元。老闆說，店名的「の」字是女兒取的，去年賣出3萬6000碗，今年目標5萬碗。",
    "a quotation": "他在信里写道：“また会いましょう。皆さんのことは忘れません。”这封信今年由江城市档案馆收藏，馆内同类信件共有36封，1937年以前的有12封。",
    "a sign": "店门口挂着“いらっしゃいませ”，老板却是江城人。他说，一天能卖360份便当，每份25元，请了5名帮工。",
    "short": "《ミナト》上映，票房3.6亿元。",
    "half and half": "江城市与北浜市5日签署友好城市协议，两市将在环保、教育、旅游等6个领域合作，首批互派学生36名。市长说，合作将使两市3万名市民受益。\n\n北浜市と江城市は5日、友好都市協定を結んだ。両市は環境や教育など6分野で協力する。",
    "plain": "青石乡修渠36条，投入资金500万元，惠及农户2600余户。",
    "a Korean name": "韩国歌手나래5日在江城演出，到场观众3600人，票价从380元起。",
    "empty": "",
    "figures": "36 12 2024-12-10",
}  # fmt: skip

KOREAN = {
    "report": "북항시는 5일 시내 초등학교 12곳에 태양광 발전 설비를 새로 설치한다고 밝혔다. 사업비는 약 36억 원이다.",
    "with Han": "北港市는 5일 시내 초등학교 12곳에 태양광(太陽光) 발전 설비를 설치한다고 밝혔다.",
    "short": "태풍 10호, 남해 상륙.",
}


@pytest.mark.parametrize("name", JAPANESE)
def test_a_japanese_article_is_passed_by(name: str) -> None:
    assert foreign_language(JAPANESE[name]) == "ja"


@pytest.mark.parametrize("name", KOREAN)
def test_a_korean_article_is_passed_by(name: str) -> None:
    assert foreign_language(KOREAN[name]) == "ko"


@pytest.mark.parametrize("name", CHINESE)
def test_a_chinese_article_that_quotes_another_language_is_read(name: str) -> None:
    assert foreign_language(CHINESE[name]) is None


@pytest.mark.parametrize(
    ("text", "language", "called"),
    [(JAPANESE["report"], "ja", "Japanese"), (KOREAN["report"], "ko", "Korean")],
)
def test_what_is_passed_by_is_an_article_without_records_and_says_so(text: str, language: str, called: str) -> None:
    [found] = Extractor(Options(sentences=True)).read(Document("a.txt", text))
    assert (found.language, found.records, found.repairs, found.sentences) == (language, (), {}, ())
    assert [warning for warning in found.warnings if called in warning] == list(found.warnings)
    assert len(found.warnings) == 1
    assert (found.start, found.end) == (0, len(text))


@pytest.mark.parametrize("name", ["katakana titles", "of Taiwan", "a quotation", "half and half"])
def test_the_figures_of_a_chinese_article_with_kana_are_read(name: str) -> None:
    [found] = Extractor(Options()).read(Document("a.txt", CHINESE[name]))
    assert found.language.startswith("zh")
    assert found.records
    assert not any("Japanese:" in warning for warning in found.warnings)
