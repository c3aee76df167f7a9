"""Sentences and the fields of the record that each of them must give, type by type.

The mention stands between ⟦ ⟧. Fields that a row does not name may be anything; `None` and `()` mean empty.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from extractor import AnyRecord, extract

Row = tuple[str, dict[str, Any]]
WAYS = ("published", "region")  # how the sentence is read, not what comes of it


def read(kind: str, marked: str, **ways: Any) -> tuple[str, list[AnyRecord]]:
    """The marked mention, and the records of its type that the sentence gives."""
    text = marked.replace("⟦", "").replace("⟧", "")
    mention = marked.partition("⟦")[2].partition("⟧")[0]
    return mention, [record for record in extract(text, **ways).records if record.type == kind]


def holds(kind: str, marked: str, fields: dict[str, Any]) -> None:
    mention, records = read(kind, marked, **{name: fields[name] for name in WAYS if name in fields})
    start = marked.index("⟦")
    found = next((r for r in records if (r.start, r.end) == (start, start + len(mention))), None)
    assert found is not None, f"wanted {mention}, read {[record.raw for record in records]}"
    got = {name: getattr(found, name) for name in fields if name not in WAYS}
    if "candidates" in got:
        got["candidates"] = tuple(candidate.adcode for candidate in got["candidates"])
    wanted = {name: value for name, value in fields.items() if name not in WAYS}
    assert {k: Decimal(str(v)) if isinstance(v, float) else v for k, v in wanted.items()} == got


def table(rows: list[Row], known: dict[str, str]) -> list[Any]:
    """Rows as parameters; those in `known` are wrong today, for the reason given, and must fail until they are mended."""
    assert set(known) <= {marked for marked, _ in rows}
    marks = {marked: [pytest.mark.xfail(strict=True, reason=why)] for marked, why in known.items()}
    return [pytest.param(marked, fields, id=marked, marks=marks.get(marked, [])) for marked, fields in rows]


# --- count --------------------------------------------------------------------------------------------------------

COUNTS: list[Row] = [
    ("水库移民搬迁安置点新建住房⟦1260套⟧。", {"value": 1260, "unit": "套", "modifier": "exact", "item": "新建住房", "low": None}),
    ("巡护队发展到近⟦40人⟧。", {"value": 40, "unit": "人", "modifier": "under", "item": "巡护队"}),
    ("救灾帐篷运抵⟦数百顶⟧。", {"value": None, "low": 200, "high": None, "modifier": "approx", "item": "救灾帐篷"}),
    ("每亩栽种苗木⟦三四百株⟧。", {"value": None, "low": 300, "high": 400, "modifier": "range", "unit": "株"}),
    ("合唱团由⟦80多名⟧退休教师组成。", {"value": 80, "modifier": "over", "unit": "名", "item": "退休教师"}),
    ("长堤加高至⟦5.5米⟧左右。", {"value": 5.5, "modifier": "approx", "dimension": "length", "si_value": 5.5}),
    ("冷库最低温度为⟦零下18℃⟧。", {"value": -18, "unit": "℃", "dimension": "temperature"}),
    ("列车时速最高⟦350公里/小时⟧。", {"value": 350, "unit": "公里/小时", "per": "小时", "dimension": "speed"}),
    ("客船核载不超过⟦120人⟧。", {"value": 120, "modifier": "under", "item": "客船"}),
    ("双方签约至少⟦15个⟧项目。", {"value": 15, "modifier": "over", "item": "项目"}),
    ("全县共有古树名木⟦2.3万余株⟧。", {"value": 23000, "modifier": "over", "item": "古树名木"}),
    ("图书馆藏书⟦十几万册⟧。", {"value": 100000, "modifier": "over"}),
    ("夜校开班⟦3至5个⟧。", {"value": None, "low": 3, "high": 5, "modifier": "range"}),
    ("全村种茶⟦6000亩⟧。", {"value": 6000, "dimension": "area"}),
    ("志愿服务时长达⟦4.2万小时⟧。", {"value": 42000, "unit": "小时", "si_value": 151200000, "item": "志愿服务时长"}),
    ("矿井事故造成⟦3死⟧5伤。", {"value": 3, "unit": "死"}),
    ("旅客吞吐量突破⟦800万人次⟧。", {"value": 8000000, "unit": "人次", "modifier": "over", "item": "旅客吞吐量"}),
    ("平均亩产165公斤，比上年增加⟦12公斤⟧。", {"value": 12, "compared_with": "last_year", "dimension": "mass"}),
    ("义诊当天接诊约⟦400余名⟧牧民。", {"value": 400, "modifier": "over", "item": "牧民"}),
    ("這項活動吸引⟦3萬多人⟧參加。", {"value": 30000, "modifier": "over", "unit": "人", "text": "3万多人"}),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "fields"), table(COUNTS, {}))
def test_counts(marked: str, fields: dict[str, Any]) -> None:
    holds("count", marked, fields)


# --- ratio --------------------------------------------------------------------------------------------------------

RATIOS: list[Row] = [
    ("该县森林覆盖率达到⟦71.5%⟧。", {"value": 71.5, "unit": "percent", "modifier": "exact", "item": "森林覆盖率", "base": None}),
    ("青年占总人数的⟦32.8%⟧。", {"value": 32.8, "base": "总人数"}),
    ("物价同比上涨⟦2.1%⟧。", {"value": 2.1, "compared_with": "last_year", "item": "物价"}),
    ("物价环比下降⟦0.4%⟧。", {"value": 0.4, "compared_with": "last_period"}),
    ("合格率提高⟦1.8个百分点⟧。", {"value": 1.8, "unit": "percentage_point", "item": "合格率"}),
    ("约⟦三成⟧农户改种枸杞。", {"value": 30, "unit": "percent", "modifier": "approx", "item": "农户"}),
    ("⟦三分之二⟧的摊位已经租出。", {"value": Decimal("0.666667"), "unit": "fraction", "item": "摊位"}),
    ("死亡率降到⟦千分之八⟧。", {"value": 8, "unit": "per_mille", "item": "死亡率"}),
    ("产量是往年的近⟦三倍⟧。", {"value": 3, "unit": "times", "modifier": "under", "item": "产量"}),
    ("全年产值⟦翻了一番⟧。", {"value": 2, "unit": "times", "item": "产值"}),
    ("降幅在⟦5%至8%⟧之间。", {"value": None, "low": 5, "high": 8, "modifier": "range", "item": "降幅"}),
    ("⟦七成五⟧的居民赞成改造。", {"value": 75, "unit": "percent", "item": "居民"}),
    ("须经⟦半数⟧以上代表同意。", {"value": 0.5, "unit": "fraction", "modifier": "over"}),
    ("超过⟦半数⟧代表投了赞成票。", {"value": 0.5, "modifier": "over"}),
    ("贷款利率下调⟦15个基点⟧。", {"value": Decimal("0.15"), "unit": "percentage_point", "item": "贷款利率"}),
    ("农村垃圾处理率达⟦96%⟧。", {"value": 96, "item": "农村垃圾处理率"}),
    ("护林员持证率达⟦88%⟧。", {"value": 88, "item": "护林员持证率"}),
    ("利润增速为⟦-3.6%⟧。", {"value": -3.6, "unit": "percent", "item": "利润增速"}),
    ("运输业收入占全市的⟦四分之一⟧。", {"value": 0.25, "unit": "fraction", "base": "全市"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("marked", "fields"),
    table(
        RATIOS,
        {
            "利润增速为⟦-3.6%⟧。": "增速 is dropped from the item",
        },
    ),
)
def test_ratios(marked: str, fields: dict[str, Any]) -> None:
    holds("ratio", marked, fields)


# --- money --------------------------------------------------------------------------------------------------------

SUMS: list[Row] = [
    ("捐款总额约⟦38万元⟧。", {"value": 380000, "currency": "CNY", "modifier": "approx", "item": "捐款总额", "per": None}),
    ("票价为每人每月⟦25元⟧。", {"value": 25, "per": "人·月", "item": "票价"}),
    ("奖金从⟦5万元到8万元⟧不等。", {"value": None, "low": 50000, "high": 80000, "modifier": "range"}),
    ("罚款⟦人民币贰万叁仟元整⟧。", {"value": 23000, "currency": "CNY", "item": "罚款"}),
    ("成交额逾⟦1.2亿美元⟧。", {"value": 120000000, "currency": "USD", "modifier": "over"}),
    ("咖啡一杯卖⟦¥28⟧。", {"value": 28, "currency": "CNY", "per": "杯", "item": "咖啡"}),
    ("豆腐⟦两块五⟧一斤。", {"value": 2.5, "currency": "CNY", "item": "豆腐", "per": "斤"}),
    ("保證金⟦NT$3,000萬⟧。", {"value": 30000000, "currency": "TWD", "item": "保证金", "region": "TW"}),
    ("門票調整為⟦120元⟧。", {"value": 120, "currency": "TWD", "region": "TW"}),
    ("月租約⟦8,500元⟧。", {"value": 8500, "currency": "HKD", "modifier": "approx", "per": "月", "item": "月租", "region": "HK"}),
    ("門票約⟦85元⟧。", {"value": 85, "currency": "HKD", "modifier": "approx", "item": "门票", "region": "HK"}),
    ("津貼每月⟦3000元⟧。", {"value": 3000, "currency": "MOP", "per": "月", "item": "津贴", "region": "MO"}),
    ("学费为⟦120元⟧。", {"value": 120, "currency": "CNY", "region": "CN"}),
    ("捐款⟦人民币500元⟧給學校。", {"value": 500, "currency": "CNY", "region": "TW"}),
    ("补贴标准为⟦800元⟧/亩。", {"value": 800, "per": "亩", "item": "补贴标准"}),
    ("企业亏损近⟦3000万港元⟧。", {"value": 30000000, "currency": "HKD", "modifier": "under"}),
    ("修桥花费⟦几十万元⟧。", {"value": None, "low": 200000, "modifier": "approx"}),
    ("进口额⟦5.6亿欧元⟧。", {"value": 560000000, "currency": "EUR", "item": "进口额"}),
    ("工资比上月多了⟦200元⟧。", {"value": 200, "compared_with": "last_month"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("marked", "fields"),
    table(
        SUMS,
        {
            "月租約⟦8,500元⟧。": "the item is 租约: the segmenter joins the hedge to the word before it",
        },
    ),
)
def test_sums(marked: str, fields: dict[str, Any]) -> None:
    holds("money", marked, fields)


# --- date ---------------------------------------------------------------------------------------------------------

DATES: list[Row] = [
    ("大桥于⟦2023年6月8日⟧合龙。", {"timex": "DATE", "value": "2023-06-08", "start_date": "2023-06-08", "end_date": "2023-06-08", "modifier": "", "anchor": None, "doubts": ()}),
    ("截至⟦2024年9月⟧，线路开通十条。", {"value": "2024-09", "modifier": "until", "end_date": "2024-09-30"}),
    ("⟦2022年初⟧以来，园区扩容。", {"value": "2022", "modifier": "since"}),
    ("灯会⟦3月14日至16日⟧举行。", {"value": "2024-03-14/2024-03-16", "start_date": "2024-03-14", "end_date": "2024-03-16", "anchor": "2024-03-20", "published": "2024-03-20"}),
    ("⟦去年底⟧，老站关闭。", {"value": "2023", "modifier": "end", "anchor": "2024-05-06", "published": "2024-05-06"}),
    ("⟦近日⟧，渡口恢复通航。", {"value": "PAST_REF", "start_date": None}),
    ("⟦今后⟧将定期清淤。", {"value": "FUTURE_REF"}),
    ("施工持续了⟦两个半小时⟧。", {"timex": "DURATION", "value": "PT2H30M"}),
    ("⟦近三年⟧，林场扩种。", {"timex": "DURATION", "value": "P3Y"}),
    ("⟦每季度⟧公示一次账目。", {"timex": "SET", "value": "P3M"}),
    ("⟦每周三下午⟧，医生进村坐诊。", {"timex": "SET", "value": "XXXX-WXX-3TAF"}),
    ("⟦上周五⟧，首批学员结业。", {"value": "2024-12-27", "weekday": 5, "anchor": "2025-01-01", "published": "2025-01-01"}),
    ("⟦“十三五”⟧期间，乡镇通了公路。", {"value": "2016/2020", "start_date": "2016-01-01", "end_date": "2020-12-31"}),
    ("⟦上世纪80年代⟧，小镇因矿而兴。", {"value": "198"}),
    ("⟦第三季度⟧，货运量回升。", {"value": "2024-Q3", "start_date": "2024-07-01", "end_date": "2024-09-30", "published": "2024-10-19"}),
    ("⟦7月14日上午6时52分⟧，列车到站。", {"timex": "TIME", "value": "2024-07-14T06:52", "published": "2024-07-20"}),
    ("⟦民国112年前三季⟧，茶葉外銷成長。", {"value": "2023-01/2023-09", "region": "TW"}),
    ("⟦农历八月十五⟧，江边放灯。", {"value": "2024-09-17", "published": "2024-09-20"}),
    ("⟦2023年2月30日⟧的台账有误。", {"value": "2023-02-30", "start_date": None, "doubts": ("impossible_date",)}),
    ("⟦11月20日⟧，大坝蓄水。", {"value": "2023-11-20", "doubts": ("year_from_publication",), "published": "2024-02-01"}),
    ("5月1日他到任，⟦次日⟧下乡。", {"value": "2024-05-02", "published": "2024-06-01"}),
    ("5月1日他到任，⟦当天⟧下乡。", {"value": "2024-05-01", "anchor": "2024-05-01", "published": "2024-06-01"}),
    ("2023年5月31日签约，⟦次日⟧开工。", {"value": "2023-06-01", "anchor": "2023-05-31"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("marked", "fields"),
    table(DATES, {}),
)
def test_dates(marked: str, fields: dict[str, Any]) -> None:
    holds("date", marked, fields)


# --- place --------------------------------------------------------------------------------------------------------

SHARED, APART = "several_places_share_this_name", "parts_do_not_contain_one_another"

PLACES: list[Row] = [
    ("调研组走访⟦江西省赣州市石城县⟧。", {"name": "石城县", "level": "county", "country": "CN", "adcode": "360735", "province": "江西省", "prefecture": "赣州市", "county": "石城县", "in_name": False, "doubts": (), "candidates": ()}),
    ("专家来自⟦南昌⟧。", {"name": "南昌", "level": "prefecture", "adcode": "360100", "province": "江西省", "prefecture": "南昌市", "county": None}),
    ("种苗运往⟦江西省赣州市石城县琴江镇⟧。", {"name": "琴江镇", "level": "township", "adcode": "360735", "township": "琴江镇"}),
    ("⟦石城县⟧民政局召开会议。", {"adcode": "360735", "in_name": True}),
    ("全国推广⟦成都⟧社会工作援藏模式。", {"adcode": "510100", "in_name": True}),
    ("⟦鼓楼区⟧举行花展。", {"adcode": None, "level": "county", "doubts": (SHARED,), "candidates": ("320106", "320302", "350102", "410204")}),
    ("南京市民挤满街头，⟦鼓楼区⟧举行花展。", {"adcode": "320106", "doubts": (), "candidates": ()}),
    ("⟦福州市鼓楼区⟧举行花展。", {"adcode": "350102", "doubts": ()}),
    ("⟦新疆喀什⟧举行运动会。", {"name": "喀什", "adcode": "653100", "doubts": (SHARED,), "candidates": ("653100", "653101")}),
    ("⟦湖北省石城县⟧的代表到会。", {"name": "石城县", "adcode": "360735", "doubts": (APART,)}),
    ("⟦山东省南京市⟧的展台人气高。", {"name": "南京市", "adcode": "320100", "doubts": (APART,)}),
    ("代表团抵达⟦法国⟧。", {"level": "country", "country": "FR", "adcode": None}),
    ("航班飞往⟦香港⟧。", {"country": "HK", "adcode": "810000"}),
    ("老人家住⟦荆州市沙市区联合街道翠湖苑社区⟧。", {"name": "翠湖苑社区", "level": "village", "adcode": "421002", "township": "联合街道"}),
    ("考察团从⟦云南省丽江市古城区⟧出发。", {"name": "古城区", "adcode": "530702"}),
    ("游客涌向⟦杭州西湖⟧。", {"name": "西湖", "level": "poi", "prefecture": "杭州市"}),
    ("旅行社組團到⟦台北市大安區⟧參訪。", {"name": "大安区", "adcode": "710000", "prefecture": "台北市", "region": "TW"}),
    ("⟦京津冀⟧协同发展。", {"level": "region", "adcode": None}),
    ("⟦甘肃省天水市秦安县⟧、庄浪县连片种果。", {"adcode": "620522"}),
    ("甘肃省天水市秦安县、⟦庄浪县⟧连片种果。", {"adcode": "620825", "prefecture": "平凉市"}),
    ("⟦吉林市⟧举办冰雪节。", {"adcode": "220200", "level": "prefecture", "in_name": False}),
    ("⟦上河村⟧修通了路，上河村的茶卖得更远。", {"level": "village", "adcode": None}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("marked", "fields"),
    table(
        PLACES,
        {},
    ),
)
def test_places(marked: str, fields: dict[str, Any]) -> None:
    holds("place", marked, fields)


# --- program ------------------------------------------------------------------------------------------------------

PROGRAMS: list[Row] = [
    ("县里出台⟦《养老服务条例》⟧。", {"name": "养老服务条例", "category": "policy_document", "number": None}),
    ("印发⟦《关于推进乡村水利工作的意见》⟧（水发〔2021〕12号）。", {"category": "policy_document", "number": "水发〔2021〕12号"}),
    ("街道推出⟦“三色管家”服务模式⟧。", {"name": "三色管家服务模式", "category": "service_model"}),
    ("全镇启动⟦“护水行动”⟧。", {"name": "护水行动", "category": "project"}),
    ("推出⟦“邻里食堂”⟧“银发课堂”等志愿服务品牌。", {"name": "邻里食堂", "category": "brand"}),
    ("推出“邻里食堂”⟦“银发课堂”⟧等志愿服务品牌。", {"name": "银发课堂", "category": "brand"}),
    ("打造党建品牌⟦“红色驿站”⟧。", {"name": "红色驿站", "category": "brand"}),
    ("省里实施⟦双百工程⟧。", {"name": "双百工程", "category": "project"}),
    ("获得第九届⟦“海河文学奖”⟧。", {"name": "海河文学奖", "category": "award"}),
    ("设立⟦“青苗助学基金”⟧。", {"name": "青苗助学基金", "category": "fund"}),
    ("村里推行⟦四议两公开工作法⟧。", {"name": "四议两公开工作法", "category": "service_model"}),
    ("全市开展⟦桥梁体检三年行动⟧。", {"name": "桥梁体检三年行动", "category": "project"}),
    ("全国推广⟦成都社会工作援藏模式⟧。", {"name": "成都社会工作援藏模式", "category": "service_model"}),
    ("深圳市启动⟦“扬帆计划”就业行动⟧。", {"name": "扬帆计划就业行动", "category": "project"}),
    ("鎮公所推動⟦「暖村計畫」⟧。", {"name": "暖村计划", "category": "plan", "region": "TW"}),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "fields"), table(PROGRAMS, {}))
def test_programs(marked: str, fields: dict[str, Any]) -> None:
    holds("program", marked, fields)


# --- what states nothing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("count", "他获得第三名，住在13号楼。"),
        ("count", "这是一个新的里程碑。"),
        ("ratio", "老城区面貌一成不变。"),
        ("money", "破除城乡二元结构仍需用力。"),
        ("money", "五角大楼发言人表示。"),
        ("date", "24小时热线随时响应。"),
        ("date", "三年级学生参加植树。"),
        ("place", "和平年代更需铭记历史。"),
        ("place", "宣讲团走进社区，全省各地响应。"),
        ("program", "打通“最后一米”。"),
        ("program", "读者在《江城晚报》上发表文章。"),
        ("program", "各地积极开展购买服务项目。"),
    ],
)
def test_nothing_is_invented(kind: str, text: str) -> None:
    assert [record.raw for record in extract(text).records if record.type == kind] == []


# --- the same sum in two currencies --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "成交价5亿美元（约合人民币36亿元），创下纪录。",
        "他得到80万英镑，折合730多万元。",
        "捐款1.5万欧元(约11.7万元人民币)已到账。",
        "罚款300万卢比（按当日汇率约合25万元人民币）。",
    ],
)
def test_a_sum_told_in_two_currencies_names_the_other(text: str) -> None:
    first, second = (record for record in extract(text).records if record.type == "money")
    assert first.currency != second.currency
    assert (first.equals, second.equals) == (second.id, first.id)


@pytest.mark.parametrize(
    "text",
    [
        "收入3.5亿元，约2亿美元来自海外。",
        "罚款5万元（累计6万元）。",
        "每桶80美元。折合计算另付3万元。",
        "先付5万元，再付2万美元。",
    ],
)
def test_two_sums_side_by_side_are_two(text: str) -> None:
    assert [record.equals for record in extract(text).records if record.type == "money"] == [None, None]


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("印度财政部门宣布，将发债2万亿卢比。", "INR"),
        ("巴基斯坦拨款300亿卢比。此前印度也曾援助。", "PKR"),
        ("他付了500克朗。", "XXX"),
        ("菲律宾渔民每天挣400比索。", "PHP"),
    ],
)
def test_a_shared_name_is_the_currency_of_the_state_named_last(text: str, currency: str) -> None:
    assert [record.currency for record in extract(text).records if record.type == "money"] == [currency]
