"""What an article says of its named undertakings beyond the single match."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import extract
from extractor.facts.program import Program
from extractor.pipeline import Options


def programs(text: str) -> list[Program]:
    records = extract(text, options=Options(model="none")).records  # what is told of names, whoever finds them
    return [record for record in records if isinstance(record, Program)]


def raws(text: str) -> list[str]:
    return [record.raw for record in programs(text)]


def only(text: str) -> Program:
    [record] = programs(text)
    return record


# --- echoes -------------------------------------------------------------------------------------------------------

LEDGER = "榆林街道探索“四色账本”邻里互助服务模式。"


@pytest.mark.parametrize(
    ("later", "mention"),
    [
        ("墙上贴着“四色账本”，人人能看。", "“四色账本”"),
        ("有了四色账本，谁家缺人手一看便知。", "四色账本"),
        ("四色账本模式已在六个社区推广。", "四色账本模式"),
        ("“四色账本”的做法传开了。", "“四色账本”"),
    ],
)
def test_a_name_is_found_again_in_short(later: str, mention: str) -> None:
    first, echo = programs(LEDGER + later)
    assert first.raw == "“四色账本”邻里互助服务模式"
    assert echo.raw == mention
    assert echo.name == first.name == "四色账本邻里互助服务模式"
    assert echo.category == "service_model"


@pytest.mark.parametrize(
    "later",
    [
        "“四色账本”志愿服务队有队员四十人。",  # a team
        "四色账本志愿者协会昨天成立。",
        "“四色账本”宣讲团有二十人。",
        "街道印了一本《四色账本的故事》。",
        "该模式将继续推广。",
        "“四色账本”们",  # people called so
        "三十名“四色账本”今天来到社区。",
    ],
)
def test_no_echo_where_something_else_is_meant(later: str) -> None:
    assert raws(LEDGER + later) == ["“四色账本”邻里互助服务模式"]


def test_a_title_names_the_undertaking_before_the_text_does() -> None:
    found = programs("“四色账本”让老楼亮起来\n\n" + LEDGER)
    assert [record.name for record in found] == ["四色账本邻里互助服务模式"] * 2


def test_ordinary_words_are_echoes_in_marks_only() -> None:
    assert raws("社区启动“向日葵”助学计划。孩子们种下向日葵。“向日葵”走进六所学校。") == [
        "“向日葵”助学计划",
        "“向日葵”",
    ]


def test_a_phrase_of_ordinary_words_is_an_echo_only_by_itself() -> None:
    found = raws("市里启动“绿色出行”宣传活动。市民绿色出行比例提高。一年来，绿色出行走进千家万户。")
    assert found == ["“绿色出行”宣传活动", "绿色出行"]


def test_an_echo_with_a_type_word_of_its_own_has_its_category() -> None:
    found = programs("协会推出“暖巷”助老服务品牌。去年，暖巷品牌获奖，“暖巷”行动随之启动。")
    assert [(record.raw, record.category) for record in found] == [
        ("“暖巷”助老服务品牌", "brand"),
        ("暖巷品牌", "brand"),
        ("“暖巷”行动", "project"),
    ]


def test_a_type_word_alone_in_title_marks_is_the_last_title_that_ends_so() -> None:
    found = programs(
        "省里公布《湿地保护条例》。市里跟着印发《助餐服务管理办法（试行）》。《办法》共六章，《条例》共九章。"
    )
    assert [record.name for record in found] == [
        "湿地保护条例",
        "助餐服务管理办法(试行)",
        "助餐服务管理办法(试行)",
        "湿地保护条例",
    ]


def test_a_type_word_alone_without_its_title_keeps_its_own_name() -> None:
    assert only("《办法》自明年起施行。").name == "办法"


# --- short names --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "short"),
    [
        ("《江州市助餐服务管理办法》（以下简称《办法》）共六章。", "江州市助餐服务管理办法", "办法"),
        ("《江州市助餐服务管理办法》（江民发〔2023〕7号，以下简称《办法》）共六章。", "江州市助餐服务管理办法", "办法"),
        ("《江州市助餐服务管理办法》由江州市民政局印发，下称《办法》。", "江州市助餐服务管理办法", "办法"),
        ("“春苗”乡村儿童阅读计划（下称“春苗计划”）走进石桥小学。", "春苗乡村儿童阅读计划", "春苗计划"),
        ("“春苗”乡村儿童阅读计划，简称春苗计划，走进石桥小学。", "春苗乡村儿童阅读计划", "春苗计划"),
        ("今年，澳区青年安居支持行动（简称青安行动）扩面。", "澳区青年安居支持行动", "青安行动"),
        ("县里启动石桥河谷生态修复工程（以下简称“河谷工程”）。", "石桥河谷生态修复工程", "河谷工程"),
    ],
)
def test_a_short_name_is_tied_to_the_name_before_it(text: str, name: str, short: str) -> None:
    full, brief = programs(text)
    assert (full.name, full.short_name) == (name, short)
    assert (brief.name, brief.short_name) == (name, short)
    assert brief.raw.strip("“”《》") == short


def test_later_mentions_by_the_short_name_have_the_full_name() -> None:
    found = programs("青年安居支持行动（简称青安行动）今年扩面。青安行动补贴提高。“青安行动”已满三年。")
    assert {record.name for record in found} == {"青年安居支持行动"}
    assert {record.short_name for record in found} == {"青安行动"}
    assert len(found) == 4


def test_the_short_name_of_a_body_is_none_of_an_undertaking() -> None:
    text = "由青禾公益基金会（以下简称“青禾”）发起的“春苗”阅读计划走进石桥小学。“青禾”负责人到场。"
    assert [(record.raw, record.short_name) for record in programs(text)] == [("“春苗”阅读计划", None)]


def test_an_ordinary_word_as_short_name_is_no_mention() -> None:
    found = programs("《江州市养犬管理条例（草案）》（以下简称草案）提请审议，草案共五章。")
    assert [(record.raw, record.short_name) for record in found] == [("《江州市养犬管理条例（草案）》", "草案")]


# --- numbers and issuers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("《助餐服务管理办法》（江民发〔2023〕7号）印发。", "江民发〔2023〕7号"),
        ("《助餐服务管理办法》（江民发[2023]7号）印发。", "江民发[2023]7号"),
        ("《助餐服务管理办法》（江民发（２０２３）７号）印发。", "江民发(2023)7号"),
        ("关于印发《助餐服务管理办法》的通知（江民发〔2023〕7号）已下达。", "江民发〔2023〕7号"),
        ("《助餐服务管理办法》（江州市民政局，江民发〔2023〕7号）全文公布。", "江民发〔2023〕7号"),
        ("编号为江民发〔2023〕7号的《助餐服务管理办法》公布。", "江民发〔2023〕7号"),
        ("《养老服务条例》（国务院令第731号）施行。", "国务院令第731号"),
        ("《助餐服务管理办法》（2024年第6号）公布。", "2024年第6号"),
        ("江州市人民政府发布第7号令，公布《养犬管理规定》。", "第7号令"),
        ("根据江办发(2019)3号文件《养犬管理规定》执行。", "江办发(2019)3号"),
        ("《助餐服务管理办法》公布。他住在7号楼，编号是（3）12号。", None),
        ("《助餐服务管理办法》公布。（江民发〔2023〕7号）", None),
    ],
)
def test_the_number_of_a_document(text: str, number: str | None) -> None:
    assert only(text).number == number


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("江州市民政局印发《助餐服务管理办法》。", "江州市民政局"),
        ("近日，江州市民政局、市财政局联合印发了《助餐服务管理办法》。", "江州市民政局、市财政局"),
        ("国务院发布的《养老服务条例》施行。", "国务院"),
        ("《助餐服务管理办法》由江州市民政局会同公安、住建部门制定。", "江州市民政局"),
        ("《助餐服务管理办法》（江民发〔2023〕7号）近日由江州市民政局印发。", "江州市民政局"),
        ("《助餐服务管理办法》（江州市残联编制）挂网。", "江州市残联"),
        ("《助餐服务管理办法》，由全国妇联发布。", "全国妇联"),
        ("省民政厅、省财政厅等六部门联发《助餐服务管理办法》。", "省民政厅、省财政厅"),
        ("江州市政府令第12号公布《养犬管理规定》。", "江州市政府"),
        ("江州市民政局：《助餐服务管理办法》下月施行。", "江州市民政局"),
        ("江州市教育局在《校园安全管理办法》中说，校门口要有人值守。", "江州市教育局"),
        ("江州市民政局关于印发《助餐服务管理办法》的通知已下达。", "江州市民政局"),
        ("发文机关为江州市人民政府办公室的《助餐服务管理办法》公布。", "江州市人民政府办公室"),
        ("江州市民政局（以下简称市局）印发《助餐服务管理办法》。", "江州市民政局"),
        ("省发展改革委（简称省发改委）、省能源局联合印发《抽水蓄能实施方案》。", "省发展改革委、省能源局"),
        ("芜湖市出台《助餐服务管理办法》。", "芜湖市"),
        ("江州市人民代表大会常务委员会表决通过《养犬管理条例》。", "江州市人民代表大会常务委员会"),
        ("为落实《养老服务条例》，石桥县加快建设。", None),
        ("根据《养老服务条例》，老人可以申请补贴。", None),
        ("该局印发《助餐服务管理办法》。", None),
        ("有关部门出台《助餐服务管理办法》。", None),
        ("议员林向前质询当局，《助餐服务管理办法》何时修订。", None),
        ("甲乙双方签署《助餐合作备忘录》。", None),
    ],
)
def test_the_issuer_of_a_document(text: str, issuer: str | None) -> None:
    assert only(text).issuer == issuer


def test_titles_joined_in_one_clause_have_one_issuer() -> None:
    found = programs("平江市民政局出台《助餐管理办法》《助浴服务细则》和《助行服务规范》。")
    assert [record.issuer for record in found] == ["平江市民政局"] * 3


# --- what holds for all texts -------------------------------------------------------------------------------------

PIECES = [
    "“四色账本”",
    "四色账本",
    "邻里互助模式",
    "《办法》",
    "《江州助餐办法》",
    "(以下简称《办法》)",
    "简称",
    "“",
    "”",
    "《",
    "》",
    "(",
    ")",
    "印发",
    "市民政局",
    "。",
    "，",
    "\n",
    "江民发〔2023〕7号",
    "行动",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_text_is_read_without_overlap_and_from_its_source(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = programs(text)
    for record in found:
        assert text[record.start : record.end] == record.raw
    assert all(one.end <= other.start for one, other in pairwise(found))
