"""What a figure is about, told from its sentence: each row names the figure between ⟦ ⟧ and what must be read of it.

`place` and `date` are the words of the record that the figure names by id; None means empty.
"""

from __future__ import annotations

from typing import Any

import pytest

from extractor import extract

Row = tuple[str, dict[str, Any]]


def told(marked: str) -> dict[str, Any]:
    """The fields of the marked figure, the records that it names by their words."""
    text = marked.replace("⟦", "").replace("⟧", "")
    start = marked.index("⟦")
    records = extract(text, published="2024-06-18").records
    by_id = {record.id: record.raw for record in records}
    figure = next(r for r in records if r.start == start and r.type in ("count", "ratio", "money"))
    fields = figure.model_dump()
    return fields | {name: by_id.get(fields[name]) for name in ("place", "date")}


ITEMS: list[Row] = [
    # behind the number
    ("园区今年引进⟦19家⟧食品企业。", {"item": "食品企业", "predicate": "引进", "subject": "园区", "date": "今年"}),
    ("剧团招来⟦7名⟧年轻歌手。", {"item": "年轻歌手"}),
    ("一名⟦63岁⟧的渔民获救。", {"item": "渔民"}),
    ("捐来价值⟦20万元⟧的取暖设备。", {"item": "取暖设备"}),
    # before it
    ("全乡建成蓄水池⟦36座⟧。", {"item": "蓄水池", "predicate": "建成"}),
    ("车间现有技师⟦41人⟧。", {"item": "技师", "predicate": None}),
    # across words that only link
    ("受灾面积达⟦5.2万亩⟧。", {"item": "受灾面积"}),
    ("年检合格率为⟦97.5%⟧。", {"item": "年检合格率"}),
    ("桥梁总数达⟦214座⟧。", {"item": "桥梁总数"}),
    # a list: each its own noun, one verb for all
    ("社里添置收割机⟦3台⟧、烘干机⟦5台⟧。", {"item": "收割机", "predicate": "添置"}),
    ("社里添置收割机3台、烘干机⟦5台⟧。", {"item": "烘干机", "predicate": "添置"}),
    ("普查记录到候鸟61种、⟦2.7万只⟧。", {"item": "候鸟"}),
    # 分别: the nouns in their order
    ("水稻、大豆、油菜分别为6万亩、⟦2万亩⟧和1万亩。", {"item": "大豆"}),
    ("出口额和进口额分别增长8%和⟦3%⟧。", {"item": "进口额"}),
    # what the clause leaves unsaid
    ("馆里去年举办展览12场，今年又举办⟦9场⟧。", {"item": "展览", "date": "今年"}),
    ("粮站收购小麦8万吨，同比增长⟦4.6%⟧。", {"item": "小麦"}),
    ("志愿者有320人，其中⟦七成⟧是学生。", {"item": "学生", "base": "志愿者"}),
    ("台风过境，全镇紧急转移⟦860人⟧。", {"item": "转移"}),
    # two sides of one change
    ("票价由⟦20元⟧调至25元。", {"item": "票价"}),
    ("票价由20元调至⟦25元⟧。", {"item": "票价", "predicate": "调至"}),
    ("失业率从5.6%降到⟦5.1%⟧。", {"item": "失业率"}),
    # money: what it is for
    ("市财政拨付⟦600万元⟧，用于管网改造。", {"predicate": "拨付", "subject": "市财政"}),
    ("财政下达补助资金⟦500万元⟧。", {"item": "补助资金", "predicate": "下达"}),
    ("厂方投资5亿美元（约合⟦36亿元⟧）。", {"item": "投资"}),
    # a verb within a noun phrase is no predicate
    ("县里实施老旧管网改造项目⟦46个⟧。", {"item": "老旧管网改造项目", "predicate": "实施"}),
    ("符合条件的考生有⟦1.2万人⟧。", {"item": "符合条件的考生", "predicate": None}),
]

LINKS: list[Row] = [
    ("女工占总人数的⟦72.8%⟧。", {"base": "总人数", "item": "女工"}),
    ("产量占全省的⟦三成⟧。", {"base": "全省", "item": "产量"}),
    ("⟦三分之二⟧的受访者支持续建。", {"item": "受访者", "base": "受访者"}),
    ("能耗只有旧机型的⟦三分之一⟧。", {"item": "能耗", "base": "旧机型"}),
    ("每亩增收⟦800元⟧。", {"per": "亩"}),
    ("补助标准为每人每月⟦300元⟧。", {"per": "人·月"}),
    ("景区日均接待游客⟦1.3万人次⟧。", {"per": "日", "item": "游客"}),
    ("豆腐一斤卖⟦3元⟧。", {"per": "斤"}),
    ("销量同比增长⟦12%⟧。", {"compared_with": "last_year", "item": "销量", "predicate": "同比增长"}),
    ("均价环比下跌⟦2.1%⟧。", {"compared_with": "last_period"}),
    ("客流比2019年增长⟦两成⟧。", {"compared_with": "2019", "date": None}),
    ("升学率高出全省平均水平⟦3.2个百分点⟧。", {"compared_with": "average", "item": "升学率", "predicate": "高出"}),
    ("支出超预算⟦12亿元⟧。", {"compared_with": "plan"}),
    # place and date: the last before it in the sentence; a time that is compared with dates nothing
    ("5月，浙江嘉兴新开门店⟦32家⟧。", {"place": "浙江嘉兴", "date": "5月", "predicate": "新开"}),
    ("去年，绍兴市发放补贴6400万元，宁波市发放⟦5100万元⟧。", {"place": "宁波市", "date": "去年", "subject": "宁波市"}),
    ("今年产量较去年增加⟦3万吨⟧。", {"date": "今年"}),
    # who does it, also where the clause does not say so again
    ("合作社引进新品种，带动农户⟦210户⟧。", {"subject": "合作社", "predicate": "带动"}),
    ("专案组在昆明收网，抓获嫌疑人⟦14名⟧。", {"subject": "专案组", "predicate": "抓获"}),
    ("该企业净利润为⟦2.4亿元⟧。", {"subject": "该企业", "item": "净利润"}),
    ("涉案的⟦26件⟧瓷器被警方查封。", {"predicate": "查封"}),
]

SPEAKERS: list[tuple[str, str | None]] = [
    ("据县农业局介绍，全县种植油茶⟦1.5万亩⟧。", "县农业局"),
    ("镇党委书记周启明表示，今年将新建大棚⟦310座⟧。", "周启明"),
    ("统计局数据显示，上半年物价上涨⟦1.2%⟧。", "统计局"),
    ("“去年我养了⟦40头⟧牛。”牧民马占山说。", "马占山"),
    ("理事长何翠兰说：“一天要请⟦12名⟧短工。”", "何翠兰"),
    ("瓜农老魏说一天能卖⟦300个⟧。", "瓜农老魏"),
    ("气象台预计，明天降雨⟦50毫米⟧。", "气象台"),
    ("据了解，全县有茶农⟦3万户⟧。", None),
    ("这本小说卖出⟦3万册⟧。", None),
    ("村口新修水渠⟦2公里⟧。", None),
]


@pytest.mark.parametrize(("marked", "fields"), [*ITEMS, *LINKS])
def test_what_a_figure_is_about(marked: str, fields: dict[str, Any]) -> None:
    first = marked.index("⟦")
    single = marked[: first + 1] + marked[first + 1 :].replace("⟦", "").replace("⟧", "⟧", 1)
    head, _, rest = single.partition("⟧")
    found = told(head + "⟧" + rest.replace("⟧", ""))
    assert {name: found[name] for name in fields} == fields


@pytest.mark.parametrize(("marked", "speaker"), SPEAKERS)
def test_who_says_it(marked: str, speaker: str | None) -> None:
    assert told(marked)["speaker"] == speaker


def test_he_is_the_person_cited_before() -> None:
    text = "院长谭立新说，门诊量增长12%。他告诉记者，住院患者有2140人。"
    figures = [record for record in extract(text).records if record.type in ("count", "ratio")]
    assert [figure.speaker for figure in figures] == ["谭立新", "谭立新"]


def test_a_paragraph_carries_its_date_on_and_the_next_does_not() -> None:
    text = "2023年，全县新建学校12所。改造食堂8个。\n\n招聘教师40名。"
    records = extract(text, published="2024-03-01").records
    by_id = {record.id: record.raw for record in records}
    counts = [record for record in records if record.type == "count"]
    assert [by_id.get(count.date or "") for count in counts] == ["2023年", "2023年", None]


def test_links_name_records_of_the_article() -> None:
    records = extract("6月2日，青岛港装卸集装箱3万标箱，占全港的一半。", published="2024-06-18").records
    ids = {record.id for record in records}
    for record in records:
        if record.type in ("count", "ratio", "money"):
            assert {name for name in (record.place, record.date) if name} <= ids
