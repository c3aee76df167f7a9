"""What lies in `.gz` and `.zip` files, whatever these claim of themselves, and files that are none."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import os
import random
import stat
import struct
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.article import Document, UnreadableDocument
from extractor.errors import UnreadableSource, UsageError
from extractor.sources import Fields, documents, formats, list_inputs, names, read_input, unfold
from extractor.sources.limits import LARGEST

Found = Document | UnreadableDocument
Read = Callable[..., list[Found]]
SENTENCE = "柳河镇清理沟渠三十六条，加固堤坝十二处，惠及农户二千六百余户。"
ROW = json.dumps({"id": "r1", "text": SENTENCE}) + "\n" + json.dumps({"text": SENTENCE}) + "\n"


def packed(*members: tuple[str | zipfile.ZipInfo, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return target.getvalue()


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads bytes under the name of a file."""

    def documents_of(data: bytes, name: str = "a.zip", limit: int = LARGEST) -> list[Found]:
        (tmp_path / name).write_bytes(data)
        found = list(documents([tmp_path / name], limit=limit))
        assert len({row.doc for row in found}) == len(found)
        return found

    return documents_of


def texts(found: list[Found]) -> dict[str, str]:
    return {row.doc: row.text if isinstance(row, Document) else row.reason for row in found}


# ---- gzip


@pytest.mark.parametrize(
    ("name", "data", "docs"),
    [
        ("a.txt.gz", SENTENCE, ["a.txt.gz"]),
        ("a.TXT.GZ", SENTENCE, ["a.TXT.GZ"]),
        ("a.gz", SENTENCE, ["a.gz"]),
        ("a.jsonl.gz", ROW, ["r1", "a.jsonl.gz#2"]),
        ("a.csv.gz", f"id,text\n1,{SENTENCE}\n", ["1"]),
    ],
)
def test_a_packed_file_is_read_by_its_inner_ending(tmp_path: Path, name: str, data: str, docs: list[str]) -> None:
    (tmp_path / name).write_bytes(gzip.compress(data.encode()))
    found = list(documents([tmp_path / name]))
    assert [row.doc for row in found] == docs
    assert {row.text for row in found if isinstance(row, Document)} == {SENTENCE}
    if name != "a.gz":  # its kind is not known from its name
        assert [file.path.name for file in list_inputs([tmp_path])] == [name]


def test_packed_files_of_several_parts_are_one(read: Read) -> None:
    [found] = read(gzip.compress("修渠".encode()) + gzip.compress("三条。".encode()), "a.txt.gz")
    assert isinstance(found, Document)
    assert found.text == "修渠三条。"


@pytest.mark.parametrize("name", ["a.tar.gz", "a.tgz", "a.doc.gz"])
def test_a_packed_kind_that_is_not_read_says_so(name: str, read: Read) -> None:
    [found] = read(gzip.compress(b"x"), name)
    assert isinstance(found, UnreadableDocument)
    assert "is not read" in found.reason


def test_a_packed_archive_is_not_read(read: Read) -> None:
    data = gzip.compress(packed(("a.txt", SENTENCE)))
    for name in ("a.zip.gz", "a.gz", "a"):
        [found] = read(data, name)
        assert isinstance(found, UnreadableDocument)
        assert found.reason.startswith("an archive within an archive is not read")


def test_a_packed_file_that_is_cut_off_gives_the_rows_before(read: Read) -> None:
    rows = (json.dumps({"text": str(random.Random(number).random())}) + "\n" for number in range(9000))
    data = gzip.compress("".join(rows).encode())
    cut = UnreadableDocument("a.jsonl.gz", "the gzip file is cut off or damaged: get it again")
    found = read(data[: len(data) // 2], "a.jsonl.gz")
    assert len(found) > 1000
    assert all(isinstance(row, Document) for row in found[:-1])
    assert found[-1] == cut
    assert read(data[:8], "a.jsonl.gz") == [cut]
    [found_text] = read(gzip.compress(SENTENCE.encode())[:-3], "a.txt.gz")
    assert isinstance(found_text, UnreadableDocument)


def test_a_bomb_is_unpacked_no_further_than_needed(read: Read) -> None:
    size = 60_000_000
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(b"x" * 1_000_000) for _ in range(size // 1_000_000)) + packer.flush()
    begun = time.perf_counter()
    for name in ("a.txt.gz", "a.gz"):
        [found] = read(bomb, name, limit=1_000_000)
        assert isinstance(found, UnreadableDocument)
        assert "it has more than 1 MB" in found.reason
    for name in ("a.jsonl.gz", "a.csv.gz"):
        [found] = read(bomb, name, limit=1_000_000)
        assert isinstance(found, UnreadableDocument)
        assert "the gzip file unpacks to over 250 times its size" in found.reason
    members = texts(read(packed(("a.txt", b"x" * size), ("a.csv", b"x" * size), ("b.txt", SENTENCE)), limit=1_000_000))
    assert "it has 60 MB, and one document may have 1 MB" in members["a.zip#a.txt"]
    assert "this member of the archive unpacks to over 250 times its size" in members["a.zip#a.csv"]
    assert members["a.zip#b.txt"] == SENTENCE
    assert time.perf_counter() - begun < 10  # 0.7 s where nothing else runs


# ---- ZIP


def test_members_are_documents_in_the_order_of_the_archive(read: Read) -> None:
    data = packed(
        ("b/one.txt", SENTENCE),
        ("b/", ""),
        ("a.md", "# 修渠\n\n" + SENTENCE),
        ("rows.jsonl", ROW),
        ("t.csv", f"text\n{SENTENCE}\n".encode("gb18030")),
        ("picture.png", b"\x89PNG"),
        (".hidden.txt", "x"),
        ("b/.git/c.txt", "x"),
        ("__MACOSX/b/._one.txt", "x"),
    )
    found = read(data)
    assert [row.doc for row in found] == ["a.zip#b/one.txt", "a.zip#a.md", "r1", "a.zip#rows.jsonl#2", "a.zip#t.csv#2"]
    assert all(isinstance(row, Document) and SENTENCE in row.text for row in found)
    stored = read(packed(("b/one.txt", SENTENCE), method=zipfile.ZIP_STORED))
    assert stored == found[:1]


def test_what_cannot_be_read_in_an_archive_is_said_by_member(read: Read) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    data = packed(
        ("inner.zip", packed(("a.txt", SENTENCE))),
        ("inner.tar.gz", b"x"),
        ("old.doc", b"x"),
        (link, "one.txt"),
        ("empty.txt", ""),
        ("one.txt", SENTENCE),
    )
    found = texts(read(data))
    assert found.pop("a.zip#one.txt") == SENTENCE
    nested = "an archive within an archive is not read: unpack the outer one first"
    assert found == {
        "a.zip#inner.zip": nested,
        "a.zip#inner.tar.gz": nested,
        "a.zip#old.doc": "old Word is not read: save it as .docx or as plain text (.txt)",
        "a.zip#link.txt": "it is a link and holds no text: pack the file that it points to",
        "a.zip#empty.txt": "empty: there is no text in it, so remove it or put the text in",
    }


def test_encrypted_members_say_so(read: Read) -> None:
    data = bytearray(packed(("a.txt", SENTENCE), ("b.txt", SENTENCE)))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    found = texts(read(bytes(data)))
    assert found["a.zip#a.txt"] == "it is encrypted: unpack the archive with its password and give the files"
    assert found["a.zip#b.txt"] == SENTENCE


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_method_that_unpacks_without_bounds_is_not_read(method: int, read: Read) -> None:
    [found] = read(packed(("a.txt", SENTENCE), method=method))
    assert isinstance(found, UnreadableDocument)
    assert f"packed by method {method}, which is not read here" in found.reason


def test_a_damaged_member_costs_itself_alone(read: Read) -> None:
    data = bytearray(packed(*((f"{number}.txt", SENTENCE * 9) for number in range(3)), method=zipfile.ZIP_STORED))
    data[data.index(SENTENCE.encode(), data.index(b"1.txt")) + 5] ^= 255
    found = texts(read(bytes(data)))
    assert found["a.zip#1.txt"] == "this member of the archive is cut off or damaged: get it again"
    assert found["a.zip#0.txt"] == found["a.zip#2.txt"] == SENTENCE * 9


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "this is no ZIP archive, or it is cut off or damaged"),
        (b"PK\x03\x04 no archive at all", "this is no ZIP archive, or it is cut off or damaged"),
        (packed(("a.txt", SENTENCE))[:-5], "this is no ZIP archive, or it is cut off or damaged"),
        (packed(), "holds no file that is read here (it is empty)"),
        (packed(("a.png", b"x"), ("b", b"x")), "holds no file that is read here (endings there: .png none)"),
    ],
)
def test_an_archive_that_gives_nothing_says_why(data: bytes, words: str, read: Read) -> None:
    [found] = read(data)
    assert isinstance(found, UnreadableDocument)
    assert found.doc == "a.zip"
    assert words in found.reason


@pytest.mark.parametrize("offset", [-200, 1 << 31, (1 << 32) - 2])
def test_an_archive_with_a_wrong_offset_is_damaged(offset: int, tmp_path: Path) -> None:
    data = bytearray(packed(("a.txt", SENTENCE), ("b.txt", SENTENCE)))
    at = data.rindex(b"PK\x05\x06") + 16  # where the end of the archive says that its directory begins
    struct.pack_into("<I", data, at, (struct.unpack_from("<I", data, at)[0] + offset) % (1 << 32))
    (tmp_path / "a.zip").write_bytes(data)
    for row in documents([tmp_path / "a.zip"]):
        assert isinstance(row, UnreadableDocument)
        assert "is cut off or damaged: get it again" in row.reason
        assert "Invalid" not in row.reason


def test_members_that_lie_over_one_another_are_refused(read: Read) -> None:
    data = packed(("a.txt", bytes(random.Random(1).randbytes(5000))))
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[start:end]
    twice = data[:start] + entry * 2 + data[end:]
    twice = twice[:-14] + struct.pack("<HHIIH", 2, 2, 2 * len(entry), start, 0)
    [found] = read(twice)
    assert isinstance(found, UnreadableDocument)
    assert "lie over one another" in found.reason


@pytest.mark.parametrize(
    ("name", "doc"),
    [
        ("../../etc/x.txt", "a.zip#etc/x.txt"),
        ("/etc/x.txt", "a.zip#etc/x.txt"),
        ("C:\\news\\x.txt", "a.zip#news/x.txt"),
        ("..\\..\\x.txt", "a.zip#x.txt"),
        ("修渠/记.txt", "a.zip#修渠/记.txt"),
        ("a\nb\x1b.txt", "a.zip#a\ufffdb\ufffd.txt"),
    ],
)
def test_names_of_members_are_made_harmless(name: str, doc: str, read: Read) -> None:
    assert texts(read(packed((name, SENTENCE)))) == {doc: SENTENCE}


@pytest.mark.parametrize(("codec", "name"), [("gb18030", "修渠/清理沟渠三十六条.txt"), ("big5", "修渠/惠及農戶.txt")])
def test_names_of_old_packers_are_decoded(codec: str, name: str, read: Read) -> None:
    stand_in = "x" * len(name.encode(codec).removesuffix(b".txt"))
    data = packed((stand_in + ".txt", SENTENCE), ("b.txt", SENTENCE))
    assert list(texts(read(data.replace(stand_in.encode() + b".txt", name.encode(codec))))) == [
        f"a.zip#{name}",
        "a.zip#b.txt",
    ]


def test_the_name_in_utf_8_beside_the_old_one_counts(read: Read) -> None:
    info = zipfile.ZipInfo("____.txt")
    name = "修渠.txt".encode()
    info.extra = struct.pack("<HHBI", 0x7075, 5 + len(name), 1, zlib.crc32(b"____.txt")) + name
    stale = zipfile.ZipInfo("other.txt")
    stale.extra = struct.pack("<HHBI", 0x7075, 5 + len(name), 1, 0) + name
    assert list(texts(read(packed((info, SENTENCE), (stale, SENTENCE))))) == ["a.zip#修渠.txt", "a.zip#other.txt"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_keep_apart(read: Read) -> None:
    found = texts(read(packed(("a.txt", "一。"), ("a.txt", "二。"), ("../a.txt", "三。"))))
    assert found == {"a.zip#a.txt": "一。", "a.zip#a~2.txt": "二。", "a.zip#a~3.txt": "三。"}


def test_a_name_that_comes_thousands_of_times_is_counted_on() -> None:
    number = 20_000
    taken = names.Taken()
    begun = time.process_time()
    numbered = [taken.take("a.txt", ".txt") for _ in range(number)]
    assert time.process_time() - begun < 2  # half a minute, if each were counted from 2
    assert numbered == ["a.txt", *(f"a~{n}.txt" for n in range(2, number + 1))]


def test_an_archive_unfolds_into_its_members(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(
        packed(("x.txt", SENTENCE), ("p.png", b"x" * 100), ("rows.jsonl", ROW), ("y.txt", "二。"))
    )
    [file] = list_inputs([tmp_path])
    parts = unfold(file)
    assert [(part.doc, part.rows) for part in parts] == [
        ("a.zip#x.txt", False),
        ("a.zip#rows.jsonl", True),
        ("a.zip#y.txt", False),
    ]
    assert sum(part.size for part in parts) == file.size
    assert [row for part in parts for row in read_input(part)] == list(read_input(file))
    (tmp_path / "a.zip").write_bytes(b"no archive any more")
    [row] = read_input(parts[0])
    assert isinstance(row, UnreadableDocument)
    assert unfold(file) == [file]


def test_an_archive_under_another_name_says_what_to_do(read: Read) -> None:
    [found] = read(packed(("rows.jsonl", ROW)), "a.dat")
    assert isinstance(found, UnreadableDocument)
    assert "give its name the right ending, .zip or .docx" in found.reason


def test_standard_input_is_told_by_its_first_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    def piped(data: bytes, limit: int = LARGEST) -> dict[str, str]:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
        return texts(list(documents(["-"], limit=limit)))

    assert piped(SENTENCE.encode("gb18030")) == {"stdin": SENTENCE}
    assert piped(gzip.compress(SENTENCE.encode())) == {"stdin": SENTENCE}
    assert piped(packed(("a.txt", SENTENCE))) == {"stdin#a.txt": SENTENCE}
    assert list(piped(ROW.encode("utf-16"))) == ["r1", "stdin#2"]
    assert "more than 100 bytes" in piped(b"x" * 101, limit=100)["stdin"]


# ---- any bytes at all

GOOD = (
    packed(("a.txt", SENTENCE), ("修.jsonl", ROW), ("t.csv", f"text\n{SENTENCE}"), ("b.zip", b"PK")),
    packed(("a.txt", SENTENCE * 3), ("b.md", SENTENCE), method=zipfile.ZIP_STORED),
    gzip.compress(ROW.encode(), mtime=0),
)


@given(st.sampled_from(GOOD), st.integers(0, 2), st.randoms(use_true_random=False), st.sampled_from([50, LARGEST]))
@settings(max_examples=400, deadline=None)
def test_no_bytes_make_reading_an_archive_fail(good: bytes, spoil: int, chance: random.Random, limit: int) -> None:
    data = bytearray(good)
    if spoil == 0:
        del data[chance.randrange(len(data)) :]
    for _ in range(spoil * 3):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    for name in ("a.zip", "a.jsonl.gz", "a.txt.gz", "a.csv.gz", "a"):
        with contextlib.suppress(UnreadableSource):  # and nothing else
            found = list(formats.read(name, io.BytesIO(bytes(data)), "d", Fields(), limit))
            assert found
            assert all(row.text.strip() if isinstance(row, Document) else row.reason for row in found)


# ---- what is no file


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other odd files")
def test_what_is_no_file_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    os.mknod(tmp_path / "s.txt", stat.S_IFSOCK | 0o600)
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "good.txt").write_text(SENTENCE, "utf-8")
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "folder.txt").mkdir()
    found = texts(list(documents([tmp_path, "/dev/null"])))
    assert found.pop("good.txt") == SENTENCE
    assert list(found) == ["gone.txt", "loop.txt", "pipe.txt", "s.txt", "null"]
    assert "link to nothing" in found["gone.txt"]
    assert "cannot be read (Too many levels of symbolic links)" in found["loop.txt"]
    for name in ("pipe.txt", "s.txt", "null"):
        assert "is a pipe, socket or device and no file" in found[name]


@pytest.mark.skipif(not Path("/proc/version").exists(), reason="a file of Linux")
def test_files_that_the_kernel_makes_up_are_never_opened(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("/proc/kmsg")
    (tmp_path / "b.txt").write_text(SENTENCE, "utf-8")
    (tmp_path / "c.csv").symlink_to("/proc/version")
    found = {row.doc: row for row in documents([tmp_path])}
    for doc in ("a.txt", "c.csv"):
        row = found.pop(doc)
        assert isinstance(row, UnreadableDocument)
        assert "leave it out" in row.reason
    assert list(found) == ["b.txt"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_an_encoding_that_needs_a_mark_says_so(encoding: str, tmp_path: Path) -> None:
    for name, text in (("a.txt", SENTENCE), ("b.csv", f"text\n{SENTENCE}"), ("c.jsonl", '{"text": "a"}')):
        (tmp_path / name).write_text(text, f"{encoding}-le")
        [row] = documents([tmp_path / name], encoding=encoding)
        assert isinstance(row, UnreadableDocument)
        assert f"Give {encoding}-le or {encoding}-be" in row.reason
        [row] = documents([tmp_path / name], encoding=f"{encoding}-le")
        assert isinstance(row, Document)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other odd files")
def test_an_open_pipe_is_read_once(tmp_path: Path) -> None:
    ours, theirs = os.pipe()
    try:
        os.write(theirs, ROW.encode())
        os.close(theirs)
        [file] = list_inputs([f"/dev/fd/{ours}"])
        assert file.piped
        assert len(list(read_input(file))) == 2
    finally:
        os.close(ours)


@pytest.mark.parametrize("path", ["a\0b.txt", "x" * 5000, "a.txt/b.txt"])
def test_a_path_that_cannot_be_is_reported(path: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    bad, good = documents([f"{tmp_path}/{path}", tmp_path / "a.txt"])
    assert isinstance(bad, UnreadableDocument)
    assert isinstance(good, Document)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other odd files")
def test_names_of_any_bytes_can_be_printed(tmp_path: Path) -> None:
    for name in (
        "新闻稿件.txt".encode("gb18030"),
        b"\xff\xfe\x81.txt",
        b"a\nb.txt",
        b"\x1b[31m.txt",
        b"C\xc2\x9b31m.txt",
    ):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(SENTENCE, "utf-8")
    docs = [row.doc for row in documents([tmp_path])]
    assert len(set(docs)) == 5
    assert {"新闻稿件.txt", "C\ufffd31m.txt"} <= set(docs)
    for doc in docs:
        doc.encode()
        assert "\n" not in doc
        assert "\x1b" not in doc


def test_a_folder_that_is_closed_to_us_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    (tmp_path / "closed").mkdir()
    opened = os.scandir

    def scandir(path: str) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = texts(list(documents([tmp_path])))
    assert found.pop("a.txt") == SENTENCE
    assert "cannot be read (Permission denied): check that it is there and open to you" in found["closed"]
    with pytest.raises(UsageError, match="Permission denied"):
        list_inputs([tmp_path / "closed"])


def test_a_file_above_the_limit_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(10_000_000_000)  # takes no room on the disk
    (tmp_path / "b.txt").write_text(SENTENCE, "utf-8")
    found = texts(list(documents([tmp_path])))
    assert found["a.txt"].startswith("it has 10 GB, and one document may have 64 MB")
    assert found["b.txt"] == SENTENCE


# ---- names of output


@given(st.text(max_size=300))
@settings(max_examples=50, deadline=None)
def test_a_name_for_a_file_is_one_everywhere(doc: str) -> None:
    name = names.of_file(doc)
    assert 0 < len(name.encode()) <= 200
    assert not set(name) & set('/\\:*?"<>|\0\n')
    assert name[0] != "."
    assert "/" not in names.inside(doc) or ".." not in names.inside(doc).split("/")
