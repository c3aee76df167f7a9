"""The command line: parse, call one function of the library, print.

Results go to standard output, all else to standard error. Exit code 0: all was read; 1: some documents, rules or records
are not as they should be, each with one line that says so; 2: wrong use. Nothing of the pipeline is imported before a
command needs it, so that `extractor --help` is there at once.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import signal
import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand

from extractor.errors import UsageError
from extractor.folders import rules_folder, types_with_rules

if TYPE_CHECKING:
    from extractor.pipeline import Options


class Format(Enum):
    """How `run` prints records."""

    jsonl = "jsonl"
    csv = "csv"
    table = "table"


class Segmenter(Enum):
    """Who cuts words."""

    rjieba = "rjieba"
    jieba = "jieba"


class PublishedFrom(Enum):
    """What may date an article that states no date."""

    name = "name"
    mtime = "mtime"
    none = "none"


class Plain(TyperCommand):
    """A command whose help names its arguments plainly, ARTICLES and GOLD, where typer would add their Python types."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return [re.sub("[{}]", "", piece) for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        for kind, title in (("argument", "Arguments"), ("option", "Options")):
            records = [p.get_help_record(ctx) for p in self.get_params(ctx) if p.param_type_name == kind]
            if rows := [(re.sub(" <.*>$", "", name), said) for name, said in filter(None, records)]:
                with formatter.section(title):
                    formatter.write_dl(rows)


def _type_names() -> list[str]:
    """The record types that the shipped rules read, for the help; what a command takes are those of the contract."""
    try:
        return types_with_rules(rules_folder())
    except UsageError:  # said by the command that needs the rules
        return []


def _types(chosen: list[str] | None) -> list[str] | None:
    if chosen:
        from extractor.facts import RECORD_TYPES

        for name in chosen:
            if name not in RECORD_TYPES:
                known = ", ".join(map(repr, RECORD_TYPES))
                raise typer.BadParameter(f"{name!r} is not one of {known}.")
    return chosen


def _date(written: str) -> dt.date:
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        raise typer.BadParameter(f"{written!r} is not a date: write it as 2024-12-10.") from None


def _size(written: str) -> int:
    from extractor.sources.limits import parse

    try:
        return parse(written)
    except UsageError as error:
        raise typer.BadParameter(str(error)) from None


_NO_CHARSETS = {
    "idna",
    "punycode",
    "undefined",
    "unicode_escape",
    "unicode-escape",
    "raw_unicode_escape",
    "raw-unicode-escape",
}


def _codec(written: str) -> str:
    import codecs

    with contextlib.suppress(LookupError, UnicodeError, ValueError):
        name = codecs.lookup(written).name
        if name not in _NO_CHARSETS:
            "".encode(name)  # some codecs are for bytes alone
            return name
    raise typer.BadParameter(
        f"{written!r} is no encoding of texts: write one such as utf-8, gb18030, big5hkscs, utf-16 or shift_jis."
    )


FieldOption = Annotated[
    list[str] | None,
    typer.Option(
        "--field",
        metavar="OURS=THEIRS",
        help="What a field of JSON Lines or a column of CSV is called; may be repeated. OURS is one of text, id, title, published, publisher, byline, region, url.",
    ),
]
EncodingOption = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="NAME",
        parser=_codec,
        help="The encoding of all text, web pages and tables, such as gb18030. Without it: what the bytes of each say.",
    ),
]
PublishedOption = Annotated[
    dt.date | None,
    typer.Option(
        "--published",
        metavar="YYYY-MM-DD",
        parser=_date,
        help="Publication date of articles that state none: 今年 and 上月 are read against it. Without it their year stays open, as XXXX.",
    ),
]


def _sources_of_dates(chosen: list[PublishedFrom] | None) -> list[PublishedFrom] | None:
    if chosen and PublishedFrom.none in chosen and len(set(chosen)) > 1:
        raise typer.BadParameter("'none' stands alone: leave it out, or the others.")
    return chosen


PublishedFromOption = Annotated[
    list[PublishedFrom] | None,
    typer.Option(
        "--published-from",
        metavar="WHAT",
        callback=_sources_of_dates,
        help="What may date an article whose document states no date, with a warning: name, a whole date in the name of its file or folders; mtime, the time of its file; none, nothing. May be repeated. Without it: name.",
    ),
]
RulesOption = Annotated[
    Path | None,
    typer.Option(
        "--rules",
        metavar="DIR",
        exists=True,
        file_okay=False,
        help="Read the rules in this folder. Without it: those that ship.",
    ),
]
SegmenterOption = Annotated[
    Segmenter,
    typer.Option(
        "--segmenter",
        metavar="NAME",
        help="Who cuts words: rjieba, or the original jieba (slower; needs the extra jieba).",
    ),
]


def _model(written: str) -> str:
    from extractor.models import checked

    try:
        return checked(written)
    except UsageError as error:
        raise typer.BadParameter(str(error)) from None


ModelOption = Annotated[
    str,
    typer.Option(
        "--model",
        "-m",
        metavar="NAME",
        parser=_model,
        help="What reads beside the rules: none; fast, the tagger that ships; accurate, the same with the tags of jieba's network (slower; needs the extra jieba); spacy:NAME, a pipeline of spaCy that is installed, or a folder with one.",
    ),
]
TypeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--type",
        "-t",
        metavar="TYPE",
        callback=_types,
        help=f"Only this type; may be repeated. Without it: all. TYPE is one of {', '.join(_type_names())}.",
    ),
]

_RULES_HELP = """Look at the rules and prove them.

\b
Example:  extractor rules list --type money
"""
_MODEL_HELP = """Train and measure the tagger that reads beside the rules.

\b
Example:  extractor model info
"""
_CORPUS_HELP = """Measure the output against gold, or against an earlier output.

\b
Example:  extractor corpus score corpora/news/gold.jsonl
"""
app = typer.Typer(
    name="extractor", add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False
)
rules_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
corpus_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
model_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(rules_app, name="rules", help=_RULES_HELP)
app.add_typer(corpus_app, name="corpus", help=_CORPUS_HELP)
app.add_typer(model_app, name="model", help=_MODEL_HELP)


def _print_version(wanted: bool) -> None:
    if wanted:
        from extractor import __version__

        _print(f"extractor {__version__}")
        raise typer.Exit


@app.callback()
def extractor(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Facts from Chinese news reports: typed records, each tied to the exact words of its source.

    `run` reads articles. `normalise` shows their cleaned text. `explain` says why a sentence is read as it is. `rules`, `corpus` and `model` are for those who change the
    rules or the tagger. Each command has its own --help.

    \b
    Example:  extractor run report.txt --format table
    """


@app.command(cls=Plain)
def run(
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLES", help="Files and folders; - is standard input.")],
    output_format: Annotated[
        Format,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="jsonl: one article a line; csv: one record a row; table: to look at.",
        ),
    ] = Format.jsonl,
    types: TypeOption = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR",
            help="Write files into this folder, and summary.json. Without it: standard output.",
        ),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            "-j",
            metavar="N",
            min=1,
            help="Number of processes. Without it: all cores for much text, one for little.",
        ),
    ] = None,
    published: PublishedOption = None,
    fields: FieldOption = None,
    max_document: Annotated[
        int | None,
        typer.Option(
            "--max-document",
            metavar="SIZE",
            parser=_size,
            help="The most bytes that one file, archive member or row may have, such as 500KB or 2GB. Without it: 64MB.",
        ),
    ] = None,
    encoding: EncodingOption = None,
    save_text: Annotated[
        bool,
        typer.Option(
            "--save-text",
            help="Write the text drawn out of HTML, PDF and DOCX, in which offsets count, into DIR/text; with -o DIR.",
        ),
    ] = False,
    published_from: PublishedFromOption = None,
    model: ModelOption = "fast",
    segmenter: SegmenterOption = Segmenter.rjieba,
    rules: RulesOption = None,
    sentences: Annotated[
        bool, typer.Option("--sentences", help="Give the offsets of each article's sentences too (with -o always).")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary; warnings stay.")] = False,
) -> None:
    """Read articles and print their records.

    Reads text (.txt .text .md), web pages (.html .htm .xhtml), PDF, Word (.docx), JSON Lines (.jsonl .ndjson) and
    tables with a header (.csv .tsv), in any usual encoding, damaged or not; each of them packed (.gz) too, and many of them
    in a .zip. A row is one document, its text in the field text; a file of text may hold several articles. In a folder,
    files with other endings are passed over; standard input is text, JSON Lines or what its first bytes tell.

    Records go to standard output, all else to standard error. Each document that cannot be read costs one warning and
    the exit code 1; the others are read all the same. In a folder given by -o, the files of an earlier run are replaced
    and all others are left alone.

    \b
    Examples:  extractor run report.txt --format table
               extractor run articles/ -o facts/ --jobs 8
               extractor run articles/ --format csv > records.csv
               extractor run rows.csv --field text=content --field published=date
               cat report.txt | extractor run - --type money --published 2024-12-10
    """
    from extractor.batch import run_batch
    from extractor.report import open_sink
    from extractor.report.terminal import Terminal
    from extractor.sources import Fields
    from extractor.sources.limits import LARGEST

    options = _options(segmenter, rules, types, published, sentences or output is not None, published_from, model)
    rows = Fields.named(fields or ())
    sink = open_sink(output, output_format.value, sentences=options.sentences, texts=save_text)
    with Terminal(quiet=quiet) as terminal:
        tally = run_batch(
            articles,
            options,
            jobs=jobs,
            sink=sink,
            watcher=terminal,
            fields=rows,
            limit=max_document or LARGEST,
            encoding=encoding,
        )
    raise typer.Exit(1 if tally.failures else 0)


@app.command(cls=Plain)
def explain(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A sentence or more; - reads standard input.")],
    published: PublishedOption = None,
    model: ModelOption = "fast",
    segmenter: SegmenterOption = Segmenter.rjieba,
    rules: RulesOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say which rules read TEXT, who won and why.

    Each ✓ is a record with its rule and the groups of its pattern; each ✗ below it is a reading that lost, with the
    reason. What no rule read in the end stands under "Put aside".

    \b
    Examples:  extractor explain "全年税收约3.6亿元，同比增长5%。"
               extractor explain "今年9月起" --published 2024-12-10
    """
    import json

    from extractor.pipeline import Extractor
    from extractor.sources.names import printable

    if text == "-":
        text = sys.stdin.buffer.read().decode("utf-8", errors="replace")
    explanation = Extractor(_options(segmenter, rules, None, published, False, model=model)).explain(text)
    if as_json:
        _print(json.dumps(explanation.to_json(), ensure_ascii=False))
    else:
        _print(*map(printable, explanation.lines()))


@app.command(cls=Plain)
def normalise(
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLES", help="Files and folders; - is standard input.")],
    diff: Annotated[
        bool, typer.Option("--diff", help="List every repair instead: offsets in the document, kind, before → after.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object an article: its text and the edits of each repair.")
    ] = False,
    fields: FieldOption = None,
    encoding: EncodingOption = None,
) -> None:
    """Show the text as the rules read it, after all repairs, and prove what the repairs did.

    Wrong encodings and escapes are undone, debris is removed, lines are joined, characters simplified. Each edit is told
    with its place, and the list is replayed on the source: it must give the same text, or the exit code is 1. A program
    can replay the edits of --json: those of each repair count in the text that the one before it left.

    \b
    Examples:  extractor normalise report.txt
               extractor normalise report.txt --diff
               extractor normalise articles/ --json > clean.jsonl
    """
    import json

    from extractor.article import UnreadableDocument
    from extractor.report.repairs import explained, lines
    from extractor.sources import Fields, documents

    failures = edits = several = 0
    for found in explained(documents(articles, Fields.named(fields or ()), encoding=encoding)):
        if isinstance(found, UnreadableDocument):
            failures += 1
            _say(f"warning: {found.doc}: {found.reason}")
            continue
        for warning in found.warnings:
            _say(f"note: {found.article.doc}: {warning}")
        edits += found.edits
        several += 1
        if not found.replayed:
            failures += 1
            _say(f"fault: {found.article.doc}: its repairs do not replay; please report this")
        if as_json:
            _print(json.dumps(found.to_json(), ensure_ascii=False))
        elif diff:
            _print(found.heading(), *lines(found.text, found.article.start))
        else:
            _print(found.heading(), found.text.clean.rstrip("\n"))
    if several and not failures:
        _say(
            f"{several} article{'s' if several > 1 else ''}; {edits} edits replayed: they alone make this text of the source"
        )
    raise typer.Exit(1 if failures else 0)


@rules_app.command("check", cls=Plain)
def rules_check(rules: RulesOption = None) -> None:
    """Prove every rule: its examples hold, alone and among all rules. Prints all faults at once.

    Each `yes` must be read with the fields it states, each `no` must stay unread, each `known` must still fail, and
    each `unless` and guard must be earned by a `no`. Exit code 1 where anything does not hold.

    \b
    Example:  extractor rules check --rules my-rules/
    """
    from extractor.engine import load_rules
    from extractor.proof import check_rules

    if faults := check_rules(rules):
        _print(*faults)
        _say(f"{len(faults)} fault{'' if len(faults) == 1 else 's'} in the rules.")
        raise typer.Exit(1)
    loaded = load_rules(rules).rules
    examples = sum(len(rule.yes) + len(rule.no) + len(rule.known) for rule in loaded)
    _print(f"{len(loaded)} rules hold, with {examples} examples.")


@rules_app.command("list", cls=Plain)
def rules_list(types: TypeOption = None, rules: RulesOption = None) -> None:
    """List the rules in the order of their ids: id and what each reads.

    \b
    Example:  extractor rules list --type money
    """
    from extractor.engine import load_rules

    loaded = load_rules(rules).rules
    found = sorted((rule for rule in loaded if not types or rule.type in types), key=lambda rule: rule.id)
    width = max((len(rule.id) for rule in found), default=0)
    _print(*(f"{rule.id:{width}}  {rule.about}" for rule in found))


@rules_app.command("show", cls=Plain)
def rules_show(
    rule_id: Annotated[str, typer.Argument(metavar="RULE", help="Its id, as `rules list` prints it.")],
    rules: RulesOption = None,
) -> None:
    """Show one rule: its pattern, its examples, its known debts.

    \b
    Example:  extractor rules show money.amount_unit
    """
    from extractor.engine import load_rules
    from extractor.report.rule import lines

    _print(*lines(load_rules(rules), rule_id))


@corpus_app.command("score", cls=Plain)
def corpus_score(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", exists=True, dir_okay=False, help="Gold: JSON Lines, one document a line.")
    ],
    output: Annotated[
        Path | None,
        typer.Argument(
            metavar="OUTPUT",
            exists=True,
            help="What `extractor run` wrote: a JSON Lines file or a folder. Without it: the texts of GOLD are read now.",
            show_default=False,
        ),
    ] = None,
    texts: Annotated[
        Path | None,
        typer.Option(
            "--texts",
            metavar="DIR",
            exists=True,
            file_okay=False,
            help="Where the texts of the gold are. Without it: beside GOLD.",
        ),
    ] = None,
    errors: Annotated[
        int,
        typer.Option(
            "--errors",
            metavar="N",
            min=0,
            help="List up to so many mistakes, below the table: records missed, false, or wrong in value.",
        ),
    ] = 0,
    model: ModelOption = "fast",
    segmenter: SegmenterOption = Segmenter.rjieba,
    rules: RulesOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Score output against gold, for each type; without OUTPUT, what is read from the texts of the gold.

    A text stands in its line of GOLD, or in a file <doc>.txt beside GOLD. The columns:

    gold: mentions to be found. false: records that found none. P, R, F: precision, recall and F of finding. value: share of the found with the right value. FACT: F of found and
    right in value. item, modifier, kind: shares of those right among the found. What gold calls optional counts neither
    way; a place inside a name has a line of its own.

    \b
    Examples:  extractor corpus score corpora/news/gold.jsonl --errors 20
               extractor corpus score corpora/news/gold.jsonl facts/
    """
    from extractor.corpus import load_gold, load_output, read_gold, score

    documents = load_gold(gold, texts)
    given = (
        load_output(output)
        if output
        else read_gold(documents, _options(segmenter, rules, None, None, False, model=model))
    )
    scores = score(documents, given)
    if as_json:
        _print(scores.to_json())
    else:
        _print(*scores.lines(errors))


@corpus_app.command("compare", cls=Plain)
def corpus_compare(
    old: Annotated[
        Path, typer.Argument(metavar="OLD", exists=True, help="Earlier output: a JSON Lines file or a folder.")
    ],
    new: Annotated[Path, typer.Argument(metavar="NEW", exists=True, help="Later output, likewise.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """List the records that a change gained (+), lost (-) and changed (~).

    \b
    Example:  extractor corpus compare before/ after/
    """
    from extractor.corpus import compare, load_output

    difference = compare(load_output(old), load_output(new))
    if as_json:
        _print(difference.to_json())
    else:
        _print(*difference.lines())


class Trained(Enum):
    """Which of the two taggers that ship."""

    fast = "fast"
    accurate = "accurate"


_FILES = "Gold (.jsonl) whose lines have entities, or words with labels in IOB2 columns (.iob2)."


@model_app.command("train", cls=Plain)
def model_train(
    texts: Annotated[list[Path], typer.Argument(metavar="TEXTS", exists=True, dir_okay=False, help=_FILES)],
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="DIR", file_okay=False, help="Write the weights and their card into this folder."
        ),
    ],
    tests: Annotated[
        list[Path] | None,
        typer.Option(
            "--test",
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="Measure on this file afterwards, for the card; may be repeated. It must not be one of TEXTS.",
        ),
    ] = None,
    mode: Annotated[
        Trained, typer.Option("--mode", metavar="MODE", help="fast, or accurate, which needs the extra jieba.")
    ] = Trained.fast,
    rounds: Annotated[int, typer.Option("--rounds", metavar="N", min=1, help="Rounds of training.")] = 80,
    least: Annotated[
        int, typer.Option("--least", metavar="N", min=1, help="How often a feature must be seen to count.")
    ] = 2,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> None:
    """Train the tagger; the same texts make the same weights.

    Needs the extra train. Writes DIR/MODE.npz and the model card, DIR/CARD.md. Put into extractor/models/weights, the
    weights ship with the package. Training on 250,000 characters takes some minutes.

    \b
    Example:  extractor model train gold.jsonl train.iob2 --test test.iob2 -o weights/
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from extractor.models.build import build, write_cards
    from extractor.models.training import Settings

    columns = (
        TextColumn("training"),
        BarColumn(),
        TextColumn("round {task.completed} of {task.total}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), disable=quiet, transient=True) as progress:
        task = progress.add_task("training", total=rounds)
        text = build(
            mode.value,
            texts,
            tests or [],
            output,
            Settings(rounds=rounds, least=least),
            lambda number: progress.update(task, completed=number),
        )
    write_cards(output, mode.value, text)
    _print(text)


@model_app.command("evaluate", cls=Plain)
def model_evaluate(
    files: Annotated[list[Path], typer.Argument(metavar="FILES", exists=True, dir_okay=False, help=_FILES)],
    model: ModelOption = "fast",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Measure the tagger alone: exact spans of programs, places, persons and organisations, and characters a second.

    \b
    Examples:  extractor model evaluate corpora/programs/gold.jsonl
               extractor model evaluate zh_gsdsimp-ud-test.iob2 --model accurate
    """
    import json

    from extractor.models import model_finder, usable
    from extractor.models.build import measure
    from extractor.pipeline import Extractor, Options

    chosen, note = usable(model)
    if note:
        _say(f"note: {note}")
    finder = model_finder(chosen, Extractor(Options(model="none")).finder)
    if finder is None:
        raise typer.BadParameter("'none' finds nothing: name a model.")
    measured = {str(path): found for path, found in measure(finder.tagger, files)}
    if as_json:
        results = {name: found.to_json() for name, found in measured.items()}
        _print(json.dumps({"model": finder.tagger.version, "files": results}, ensure_ascii=False))
        return
    _print(finder.tagger.version)
    for name, found in measured.items():
        _print("", f"{name}: {found.characters:,} characters, {found.speed:,.0f} a second")
        _print(f"{'kind':14}{'gold':>7}{'given':>7}{'P':>9}{'R':>9}{'F':>9}")
        for kind, row in found.rows().items():
            _print(f"{kind:14}{row.gold:>7}{row.given:>7}{row.precision:>9.3f}{row.recall:>9.3f}{row.f:>9.3f}")


@model_app.command("info", cls=Plain)
def model_info(
    mode: Annotated[Trained, typer.Option("--mode", metavar="MODE", help="fast or accurate.")] = Trained.fast,
) -> None:
    """Say what the weights that ship are: size, training texts, licence, scores.

    \b
    Example:  extractor model info --mode accurate
    """
    from extractor.models.build import about

    _print(*about(mode.value))


@app.command(cls=Plain)
def schema() -> None:
    """Print the JSON Schema of one output line.

    A line is an article with its records; each field is described.

    \b
    Example:  extractor schema > records.schema.json
    """
    import json

    from extractor.contract import json_schema

    _print(json.dumps(json_schema(), ensure_ascii=False, indent=2))


_WRONG_USE: type[Exception] = typer.BadParameter.__mro__[2]  # ClickException: versions of typer differ in its home


def main() -> NoReturn:
    """Run the command line and leave with its exit code; every error of use is one line that says what to do."""
    code = 130
    with contextlib.suppress(KeyboardInterrupt):  # even while the error is told
        _reopen_closed()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number and signal.getsignal(number) is signal.SIG_DFL:  # nohup has it ignored
                signal.signal(number, _stop)
        code = _exit_code()
    if code == 130:
        _say("stopped; nothing half-written is left.")
    sys.exit(code)


def _exit_code() -> int:
    """Run the command line and give its exit code, once what went wrong is said."""
    from extractor.errors import ExtractorError
    from extractor.report import ReaderGone, silence

    try:
        code = app(prog_name="extractor", standalone_mode=False) or 0
        sys.stdout.flush()
    except typer.Abort:  # typer's word for Ctrl-C
        return 130
    except ExtractorError as error:
        _say(f"error: {error}")
        code = 2
    except _WRONG_USE as error:
        _say(_as_line(error))
        code = 2
    except (ReaderGone, BrokenPipeError):
        silence(sys.stdout)
        code = 128 + 13
    except OSError as error:  # of the system, and no fault of ours: a disk, a stream, a limit
        where = f"{error.filename}: " if error.filename else ""
        _say(f"error: {where}{error.strerror or error}.")
        code = 2
    try:
        sys.stdout.flush()
    except OSError:
        silence(sys.stdout)
    return code


def _reopen_closed() -> None:
    """Give standard streams that were closed a file, so that the next file opened does not take their place.

    There is nothing to read from it; writing to standard output fails and says so; standard error goes nowhere.
    """
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if getattr(sys, name) is None:
            file = os.open(os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY)
            os.dup2(file, number, inheritable=True)
            if file != number:
                os.close(file)
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115


def _options(
    segmenter: Segmenter,
    rules: Path | None,
    types: list[str] | None,
    published: dt.date | None,
    sentences: bool,
    published_from: list[PublishedFrom] | None = None,
    model: str = "fast",
) -> Options:
    from extractor.articles import BY_NAME
    from extractor.models import usable
    from extractor.pipeline import Options

    chosen, note = usable(model)
    if note:
        _say(f"note: {note}")

    inferred = (
        frozenset(one.value for one in published_from if one is not PublishedFrom.none) if published_from else BY_NAME
    )
    return Options(
        published_from=inferred,
        segmenter=segmenter.value,
        rules=rules,
        types=frozenset(types) if types else None,
        published=published,
        sentences=sentences,
        model=chosen,
    )


def _as_line(error: BaseException) -> str:
    """A parser's complaint with the way to help; the bare command's complaint is its whole help."""
    message: str = error.format_message() if hasattr(error, "format_message") else str(error)
    if type(error).__name__ == "NoArgsIsHelpError":
        return message
    message = message.replace("Value error, ", "")  # the validator's word, of no use to a person
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "extractor"
    sentence = " ".join(message.split()).rstrip(".")
    return f"error: {sentence}. See: {command} --help"


def _print(*lines: str) -> None:
    """Write result lines to standard output."""
    from extractor.report import put

    put(sys.stdout.buffer, "".join(line + "\n" for line in lines), flush=True)


def _say(line: str) -> None:
    from extractor.report import say

    say(line)


def _stop(number: int, _: object) -> NoReturn:
    """Leave on SIGTERM or SIGHUP as on any error: with unfinished files removed, whatever else is sent meanwhile."""
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit(128 + number)
