"""The tagger beside the rules: its parts, its training, what it adds to records, and what happens where it is not to be had."""

from __future__ import annotations

import hashlib
import importlib.util
import itertools
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.errors import UsageError
from extractor.models import build, model_finder, network, usable
from extractor.models.card import origin
from extractor.models.cutting import cut
from extractor.models.evaluation import evaluate
from extractor.models.examples import Example, read_examples
from extractor.models.features import Lookup, Sentence, block, features
from extractor.models.labels import KINDS, LABELS, Entity, entities, labels
from extractor.models.tagger import WEIGHTS, CrfTagger, load_tagger, untrained
from extractor.models.training import Settings, train
from extractor.models.viterbi import best_paths, posteriors
from extractor.models.weights import Weights, digest, follows, load_weights
from extractor.pipeline import Extractor, Options, extract

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
needs_crfsuite = pytest.mark.skipif(importlib.util.find_spec("pycrfsuite") is None, reason="needs the extra train")
needs_jieba = pytest.mark.skipif(importlib.util.find_spec("jieba") is None, reason="needs the extra jieba")


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(Options(model="none"))


@pytest.fixture(scope="module")
def tagger(extractor: Extractor) -> CrfTagger:
    return load_tagger("fast", extractor.finder)


def sentence(text: str, extractor: Extractor) -> Sentence:
    from extractor.article import RawArticle

    passage, _ = extractor.passage(RawArticle("test", text))
    return cut(passage, (0, len(passage.clean)))


# --- labels -------------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4), st.sampled_from(KINDS)), max_size=6))
def test_labels_say_what_they_were_made_of(parts: list[tuple[int, int, str]]) -> None:
    spans, at = [], 0
    for gap, size, kind in parts:
        spans.append(Entity(at + gap, at + gap + size, kind))  # type: ignore[arg-type]
        at += gap + size
    path = labels(at + 1, spans)
    assert entities(path) == spans
    assert all(follows(before, behind) for before, behind in itertools.pairwise(path))


# --- decoding -----------------------------------------------------------------------------------------------------

numbers = st.floats(-4, 4, allow_nan=False, width=32)


@settings(deadline=None, max_examples=60)
@given(st.data(), st.lists(st.integers(1, 4), min_size=1, max_size=4))
def test_paths_and_probabilities_are_those_of_all_paths(data: st.DataObject, sizes: list[int]) -> None:
    sizes.sort(reverse=True)
    count = 3
    draw = lambda *shape: np.array(  # noqa: E731
        data.draw(st.lists(numbers, min_size=int(np.prod(shape)), max_size=int(np.prod(shape)))), np.float32
    ).reshape(shape)
    scores, transitions = draw(sizes[0], len(sizes), count), draw(count, count)
    first, last = draw(count), draw(count)
    lengths = np.array(sizes)
    found = best_paths(scores, lengths, transitions, first, last)
    likely = posteriors(scores, lengths, transitions, first, last)
    for chain, size in enumerate(sizes):
        weights = {}
        for path in itertools.product(range(count), repeat=size):
            total = first[path[0]] + last[path[-1]] + sum(scores[i, chain, label] for i, label in enumerate(path))
            weights[path] = float(total + sum(transitions[a, b] for a, b in itertools.pairwise(path)))
        assert weights[tuple(found[:size, chain].tolist())] == pytest.approx(max(weights.values()), abs=1e-4)
        masses = {path: np.exp(weight) for path, weight in weights.items()}
        for step, label in itertools.product(range(size), range(count)):
            share = sum(mass for path, mass in masses.items() if path[step] == label) / sum(masses.values())
            assert likely[step, chain, label] == pytest.approx(share, abs=1e-3)


# --- weights ------------------------------------------------------------------------------------------------------

# Codes are hashes: two of them that differ in a few bits only are not to be expected, and not told apart.
hashes = st.integers(0, 2**64 - 1).map(
    lambda n: int.from_bytes(hashlib.blake2b(str(n).encode(), digest_size=8).digest())
)
codes = st.lists(hashes, unique=True, min_size=1, max_size=200)


def weights_of(numbers: list[int]) -> Weights:
    states = np.arange(len(numbers) * len(LABELS), dtype=np.float32).reshape(len(numbers), -1) / 64
    return Weights(np.array(numbers, np.uint64), states, np.zeros((len(LABELS), len(LABELS)), np.float32))


@settings(deadline=None)
@given(codes, st.lists(hashes, max_size=50))
def test_features_are_looked_up_by_their_code(known: list[int], others: list[int]) -> None:
    weights = weights_of(known)
    asked = np.array([known + others], np.uint64)
    wanted = {code: row for row, code in enumerate(known, 1)}
    assert weights.rows(asked)[0].tolist() == [wanted.get(code, 0) for code in known + others]
    assert np.allclose(weights.scores(asked)[: len(known)], weights.states)


def test_the_same_weights_make_the_same_file(tmp_path: Path) -> None:
    one = weights_of([5, 2**63 + 1, 77])
    one.save(tmp_path / "a.npz")
    load_weights(tmp_path / "a.npz").save(tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_weights_for_other_features_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weights_of([3]).save(tmp_path / "old.npz")
    monkeypatch.setattr("extractor.models.features.VERSION", -1)
    with pytest.raises(UsageError, match="extractor model train"):
        load_weights(tmp_path / "old.npz")


@pytest.mark.parametrize("mode", ["fast", "accurate"])
def test_weights_ship_with_their_licence_and_card(mode: str) -> None:
    assert (WEIGHTS / f"{mode}.npz").stat().st_size < 8_000_000
    assert "CC BY-SA 4.0" in (WEIGHTS / build.LICENCE).read_text(encoding="utf-8")
    assert f"\n## {mode}@{digest(WEIGHTS / f'{mode}.npz')}\n" in (WEIGHTS / build.CARD).read_text(encoding="utf-8")


# --- features -----------------------------------------------------------------------------------------------------

TEXTS = (
    "社工孟秋实在临江镇启动“暖邻灯”结对行动。",
    "记者从柳河县教育局获悉，《柳河县校园阅读推广办法》下月施行。",
    "A股3.5万手。",
    "「小樹苗」計劃已推行兩年，該計劃明年擴至離島。",
)


def test_a_sentence_has_the_same_features_alone_and_among_others(extractor: Extractor) -> None:
    lookup = Lookup(extractor.finder)
    sentences = [sentence(text, extractor) for text in TEXTS]
    joined = block(sentences)
    together = features(joined, lookup)
    for one, start in zip(sentences, joined.starts, strict=True):
        alone = block([one])
        size = sum(map(len, one.words))
        first = alone.starts[0]
        assert (features(alone, lookup)[:, first : first + size] == together[:, start : start + size]).all()


def test_tagging_in_one_go_and_one_by_one_is_the_same(tagger: CrfTagger, extractor: Extractor) -> None:
    sentences = [sentence(text, extractor) for text in TEXTS]
    assert tagger.tag(sentences) == [tagger.tag([one])[0] for one in sentences]
    assert tagger.tag([]) == []
    assert tagger.tag([Sentence([], [])]) == [[]]


def test_what_is_named_in_plain_sentences(tagger: CrfTagger, extractor: Extractor) -> None:
    text = "12月3日，扶风县民政局局长耿玉兰在绛帐镇宣布，“晚霞管家”助老服务项目正式启动。"
    named = {(text[start:end], kind) for start, end, kind, _ in tagger.tag([sentence(text, extractor)])[0]}
    assert {
        ("扶风县民政局", "organisation"),
        ("耿玉兰", "person"),
        ("绛帐镇", "place"),
        ("“晚霞管家”助老服务项目", "program"),
    } <= named


# --- examples -----------------------------------------------------------------------------------------------------


def test_iob2_is_read_by_characters(tmp_path: Path, extractor: Extractor) -> None:
    rows = [("孟秋实", "B-PER"), ("到", "O"), ("临江", "B-LOC"), ("镇", "I-LOC"), ("小学", "B-OTH"), ("。", "O")]
    path = tmp_path / "small.iob2"
    path.write_text("# id\n" + "".join(f"{n}\t{w}\t{t}\t-\n" for n, (w, t) in enumerate(rows, 1)) + "\n", "utf-8")
    (example,) = read_examples(path, extractor)
    assert example.text == "孟秋实到临江镇小学。"
    assert example.entities == (Entity(0, 3, "person"), Entity(4, 7, "place"))
    assert "program" not in example.kinds


def test_gold_is_read_as_the_pipeline_cleans_it(tmp_path: Path, extractor: Extractor) -> None:
    gold = {
        "doc": "d",
        "text": "臨江鎮(zhèn)啟(qǐ)動「暖鄰燈」行動。孟秋實說。",
        "mentions": [{"type": "program", "raw": "「暖鄰燈」行動", "name": "暖邻灯行动"}],
        "entities": [{"type": "place", "raw": "臨江鎮(zhèn)"}, {"type": "person", "raw": "孟秋實"}],
    }
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(gold, ensure_ascii=False) + "\n", encoding="utf-8")
    found = [(one.text[e.start : e.end], e.kind) for one in read_examples(path, extractor) for e in one.entities]
    assert found == [("临江镇", "place"), ("“暖邻灯”行动", "program"), ("孟秋实", "person")]


def test_gold_without_entities_teaches_nothing(tmp_path: Path, extractor: Extractor) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"doc": "d", "text": "临江镇。", "mentions": []}) + "\n", encoding="utf-8")
    assert read_examples(path, extractor) == []
    with pytest.raises(UsageError, match="nothing to learn from"):
        build.build("fast", [path], [], tmp_path, Settings())
    with pytest.raises(UsageError, match="no training text"):
        read_examples(tmp_path / "x.csv", extractor)


# --- training -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def subset(extractor: Extractor) -> list[Example]:
    return read_examples(CORPORA / "programs" / "gold.jsonl", extractor)[:360]


@needs_crfsuite
def test_training_on_a_subset_learns_and_is_reproducible(subset: list[Example], extractor: Extractor) -> None:
    like = untrained("fast", extractor.finder)
    told: list[int] = []
    one = train(subset[:300], like, Settings(rounds=25), told.append)
    again = train(subset[:300], like, Settings(rounds=25))
    assert told == list(range(1, 26))
    assert (one.codes == again.codes).all()
    assert (one.states == again.states).all()
    learned = CrfTagger("fast", one, like.lookup)
    assert evaluate(learned, subset[:300]).all.f > 0.9
    assert evaluate(learned, subset[300:]).all.f > 0.4
    assert evaluate(like, subset[:20]).all.given == 0


@needs_crfsuite
def test_our_decoding_is_that_of_crfsuite(subset: list[Example], extractor: Extractor, tmp_path: Path) -> None:
    import pycrfsuite

    like = untrained("fast", extractor.finder)
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({"max_iterations": 25, "feature.minfreq": 2, "c1": 0.1, "c2": 0.05})
    rows = []
    for example in subset:
        joined = block([example.sentence])
        found = features(joined, like.lookup)[:, joined.starts[0] : joined.starts[0] + len(example.text)]
        rows.append([[f"{code:x}" for code in column] for column in found.T.tolist()])
    for row, example in zip(rows[:300], subset, strict=False):
        trainer.append(row, labels(len(example.text), example.entities))
    trainer.train(str(tmp_path / "reference.crfsuite"))
    reference = pycrfsuite.Tagger()
    reference.open(str(tmp_path / "reference.crfsuite"))
    ours = CrfTagger("fast", train(subset[:300], like, Settings(rounds=25)), like.lookup)
    tagged = ours.tag([example.sentence for example in subset[:100]])
    same = sum(
        [(e.start, e.end, e.kind) for e in given] == [(e.start, e.end, e.kind) for e in entities(reference.tag(row))]
        for given, row in zip(tagged, rows[:100], strict=True)
    )
    assert same >= 0.95 * len(tagged)  # ours never breaks a name in two, and cuts at the ends of clauses


@needs_crfsuite
def test_a_card_says_what_was_learned_from_what(tmp_path: Path) -> None:
    texts = tmp_path / "few.jsonl"
    lines = (CORPORA / "programs" / "gold.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    texts.write_text("".join(lines[:60]), encoding="utf-8")
    tests = tmp_path / "other.jsonl"
    tests.write_text("".join(lines[60:80]), encoding="utf-8")
    text = build.build("fast", [texts], [tests], tmp_path / "out", Settings(rounds=5))
    build.write_cards(tmp_path / "out", "fast", text)
    build.write_cards(tmp_path / "out", "fast", text)
    card = (tmp_path / "out" / build.CARD).read_text(encoding="utf-8")
    assert card.count("\n## fast@") == 1
    assert "few.jsonl" in card
    assert "| ALL |" in card
    assert (tmp_path / "out" / "fast.npz").is_file()
    with pytest.raises(UsageError, match="leave it out of one of the two"):
        build.build("fast", [texts], [texts], tmp_path / "out", Settings(rounds=5))
    assert origin(CORPORA / "programs" / "gold.jsonl").endswith("Apache-2.0")


# --- the network of the accurate mode -----------------------------------------------------------------------------


@needs_jieba
def test_the_network_tags_persons_and_places() -> None:
    held = network.load_network()
    texts = ["记者王小明在兰州市采访。", "", "深圳市民政局介绍。" * 40]
    tagged = held.tags(texts)
    assert [len(tags) for tags in tagged] == [len(text) for text in texts]
    names = [held.labels[tag] for tag in tagged[0]]
    assert names[2:5] == ["PER-B", "PER-I", "PER-I"]
    assert {name[:3] for name in names[6:9]} == {"LOC"}


@needs_jieba
def test_another_network_than_the_known_one_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import jieba

    copy = tmp_path / "lac_small"
    shutil.copytree(Path(jieba.__file__).parent / "lac_small", copy)
    with (copy / "model_baseline" / "crfw").open("ab") as file:
        file.write(b"\0")
    with pytest.raises(UsageError, match="another than the one known"):
        network.read_network(copy)
    (copy / "word.dic").unlink()
    with pytest.raises(UsageError, match="is missing"):
        network.read_network(copy)


def test_without_the_network_the_fast_mode_reads(monkeypatch: pytest.MonkeyPatch, extractor: Extractor) -> None:
    network.load_network.cache_clear()
    monkeypatch.setattr(network, "find_spec", lambda _: None)
    assert usable("fast") == ("fast", "")
    chosen, note = usable("accurate")
    assert chosen == "fast"
    assert "extractor-zh[jieba]" in note
    with pytest.warns(UserWarning, match="fast model reads in its place"):
        finder = model_finder("accurate", extractor.finder)
    assert finder is not None
    assert finder.tagger.name == "fast"
    network.load_network.cache_clear()


@needs_jieba
def test_the_accurate_mode_reads(extractor: Extractor) -> None:
    article = extract("孟秋实在兰州市启动“暖邻灯”结对行动。", options=Options(model="accurate"))
    assert article.model is not None
    assert article.model.startswith("accurate@")
    assert [record.name for record in article.records if record.type == "program"] == ["暖邻灯结对行动"]


# --- beside the rules ---------------------------------------------------------------------------------------------


def programs(text: str, model: str = "fast") -> list[tuple[str, bool]]:
    """The names of the programs of a text, each with whether the tagger found it."""
    records = extract(text, options=Options(model=model)).records
    return [(record.name, record.model is not None) for record in records if record.type == "program"]


def test_records_say_who_found_them() -> None:
    article = extract("临江镇启动“暖邻灯”结对行动。", options=Options(model="none"))
    assert article.model is None
    assert all(record.rule and record.model is None for record in article.records)
    article = extract("临江镇启动“暖邻灯”结对行动。")
    assert article.model is not None
    assert all((record.rule is None) != (record.model is None) for record in article.records)


def test_a_part_of_a_persons_name_is_no_place() -> None:
    text = "陈丰县今年六十岁，“慢半拍”是邻居给他起的外号，社工邱石城说，他资助过12名学生。"
    assert [record.raw for record in extract(text).records if record.type == "place"] == []


def test_an_unlisted_village_ends_a_chain() -> None:
    """上 and 下 begin many a village's name, and many a phrase: rules leave such an end open."""
    text = "她出生在四川省广元市苍溪县元坝镇上溪村。"
    (place,) = [record for record in extract(text).records if record.type == "place"]
    assert (place.raw, place.name, place.level) == ("四川省广元市苍溪县元坝镇上溪村", "上溪村", "village")
    assert place.adcode == "510824"


def test_explain_says_what_the_tagger_found() -> None:
    explanation = Extractor(Options()).explain("她出生在四川省广元市苍溪县元坝镇上溪村。")
    assert "    the tagger fast" in explanation.lines()
    shown = json.dumps(explanation.to_json(), ensure_ascii=False)
    assert '"model": "fast", "text": "上溪村"' in shown


def test_a_slogan_is_no_program() -> None:
    assert programs("走进村部，“有话好好说”五个大字映入眼帘，老人们管这里叫“唠嗑屋”。") == []


def test_an_unknown_model_is_refused() -> None:
    with pytest.raises(UsageError, match="none, fast, accurate"):
        extract("临江镇。", options=Options(model="best"))


def test_the_gate_chooses_clauses(extractor: Extractor) -> None:
    from extractor.article import RawArticle
    from extractor.engine import settle
    from extractor.models.gate import Gate

    text = (
        "全县修渠36条，惠及两千户，常开展活动。镇里把这件事叫作“渠长吹哨”，一个月开一次会。"
        "“水到了田头，大家才信。”村民说。局长孟秋实介绍，今年再修5条。"
    )
    passage, _ = extractor.passage(RawArticle("test", text))
    winners = settle(extractor.finder.find(passage), extractor.book)
    windows = Gate(extractor.book).windows(passage, passage.sentences, winners)
    cores = [passage.clean[slice(*window.core)] for window in windows]
    assert cores == ["镇里把这件事叫作“渠长吹哨”", "局长孟秋实介绍"]
    for (start, end), (first, last) in windows:
        assert start <= first < last <= end


def test_a_long_text_is_tagged_piece_by_piece_and_once(extractor: Extractor) -> None:
    text = "".join(f"第{n}场雨后，临江镇第{n}小学启动“暖邻{n}号灯”结对行动，孟秋实到场。" for n in range(2000))
    article = extract(text)
    found = [record for record in article.records if record.type == "program"]
    assert len(text) > 50_000
    assert len({record.start for record in found}) == len(found) == 2000


# --- spaCy --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small_pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline that has learned three names by heart."""
    spacy = pytest.importorskip("spacy")
    from spacy.training import Example as SpacyExample

    pipeline = spacy.blank("zh")
    ner = pipeline.add_pipe("ner")
    lines = [
        ("孟秋实到过雾岭。", [(0, 3, "PERSON"), (5, 7, "GPE")]),
        ("雾岭的渡灯节开幕了。", [(0, 2, "GPE"), (3, 6, "EVENT")]),
        ("渡灯节请来孟秋实。", [(0, 3, "EVENT"), (5, 8, "PERSON")]),
    ]
    for _, named in lines:
        for *_, label in named:
            ner.add_label(label)
    examples = [SpacyExample.from_dict(pipeline.make_doc(text), {"entities": named}) for text, named in lines]
    pipeline.initialize(lambda: examples)
    for _ in range(40):
        pipeline.update(examples, drop=0.0)
    folder = tmp_path_factory.mktemp("spacy") / "small"
    pipeline.to_disk(folder)
    return folder


def test_a_spacy_pipeline_reads_in_the_taggers_place(small_pipeline: Path, extractor: Extractor) -> None:
    finder = model_finder(f"spacy:{small_pipeline}", extractor.finder)
    assert finder is not None
    text = "孟秋实到过雾岭。"
    assert [(text[s:e], kind) for s, e, kind, _ in finder.tagger.tag([sentence(text, extractor)])[0]] == [
        ("孟秋实", "person"),
        ("雾岭", "place"),
    ]
    article = extract("雾岭的渡灯节开幕了。", options=Options(model=f"spacy:{small_pipeline}"))
    (program,) = [record for record in article.records if record.type == "program"]
    assert (program.raw, program.category) == ("渡灯节", "event")
    assert (program.model or program.rule or "").startswith(("spacy:", "program."))


def test_a_pipeline_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    pytest.importorskip("spacy")
    with pytest.raises(UsageError, match="spaCy has no pipeline"):
        extract("临江镇。", options=Options(model="spacy:no_such_pipeline"))
    import spacy

    spacy.blank("zh").to_disk(tmp_path / "blank")
    with pytest.raises(UsageError, match="finds no entities"):
        extract("临江镇。", options=Options(model=f"spacy:{tmp_path / 'blank'}"))
