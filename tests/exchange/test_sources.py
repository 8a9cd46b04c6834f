"""Several files, a folder, an archive or standard input: one import, whatever each file is called."""

import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from smartcli.exchange.imported import Imported, Left
from smartcli.exchange.kinds import read_sources
from smartcli.exchange.sources import open_sources
from smartcli.trouble import Trouble
from tests.exchange.reading import FILES, found, read


def read_all(*paths: Path, kind: str | None = None) -> list[tuple[str, object]]:
    with open_sources(paths) as sources:
        return [*read_sources(sources, kind)]


def words(items: list[tuple[str, object]]) -> list[str]:
    return [item.text for _kind, item in items if isinstance(item, Imported)]


def notes(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_folder_is_read_by_name_and_what_holds_no_entries_is_counted(tmp_path: Path) -> None:
    folder = notes(tmp_path / "vault", **{"2026-11-02.md": "b", "2026-11-01.md": "a", "old__2026-10-01.md": "c"})
    notes(
        folder,
        **{
            ".obsidian__app.json": "{}",
            ".trash__2026-01-01.md": "x",
            ".2026-01-02.md": "x",
            "img__a.png": "x",
            "b.mp3": "x",
        },
    )
    with open_sources([folder]) as sources:
        assert sources.behind["other file"] == 2
        assert words([*read_sources(sources, None)]) == ["a", "b", "c"]


def test_links_are_not_followed_and_counted_and_no_folder_lies_too_deep(tmp_path: Path) -> None:
    folder = notes(tmp_path / "vault", **{f"{'in__' * 40}2026-11-01.md": "deep", "2026-11-02.md": "b"})
    notes(tmp_path, **{"elsewhere__2026-11-03.md": "c"})
    (folder / "loop").symlink_to(folder)
    (folder / "2026-11-03.md").symlink_to(tmp_path / "elsewhere" / "2026-11-03.md")
    (folder / "nowhere.md").symlink_to("nothing")
    with open_sources([folder]) as sources:
        assert sources.behind["other file"] == 3
        assert words([*read_sources(sources, None)]) == ["b", "deep"]


def test_of_several_files_standard_input_has_a_place_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"no date")))
    items = read_all(Path("-"), FILES / "diary.txt")
    assert [item.place for _kind, item in items if isinstance(item, Left)] == ["file 1"]


def test_one_file_that_cannot_be_read_is_named_without_a_word_of_its_name_and_the_rest_comes_in(tmp_path: Path) -> None:
    folder = notes(
        tmp_path, **{"2026-11-01.md": "a", "About Bob.md": "no date", "2026-11-03.html": "x", "1999.md": "no"}
    )
    items = read_all(folder)
    assert words(items) == ["a"]
    left = [item for _kind, item in items if isinstance(item, Left)]
    assert [one.place for one in left] == ["1999.md", "file 3"]
    assert all(one.trouble for one in left)


def test_an_empty_note_among_others_is_an_empty_entry_and_no_trouble(tmp_path: Path) -> None:
    items = read_all(notes(tmp_path, **{"2026-11-01.md": "a", "2026-11-02.md": "", "3.txt": " \n"}))
    assert words(items) == ["a"]
    assert [(item.why, item.trouble) for _kind, item in items if isinstance(item, Left)] == [("empty", None)] * 2


@pytest.mark.parametrize(
    "files", [{}, {"photo.jpg": "x"}, {".hidden.md": "# 2026-11-01"}], ids=["empty", "photos", "hidden"]
)
def test_a_folder_with_nothing_for_us_is_told_as_a_folder(tmp_path: Path, files: dict[str, str]) -> None:
    with pytest.raises(Trouble) as caught, open_sources([notes(tmp_path, **files)]):
        pass
    assert "folder" in caught.value.sentence
    assert "--help" in caught.value.hint


@pytest.mark.parametrize("refused", ["stat", "scandir"])
def test_a_folder_that_may_not_be_entered_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    folder = notes(tmp_path, **{"closed__2026-11-01.md": "a"}) / "closed"
    is_there = getattr(os, refused)

    def refuse(path: str | Path, *given: object, **named: object) -> object:
        if Path(path) == folder if refused == "scandir" else Path(path).parent == folder:
            raise PermissionError(13, "Permission denied")
        return is_there(path, *given, **named)

    monkeypatch.setattr(os, refused, refuse)  # root may enter any
    with pytest.raises(Trouble, match=r"^A folder cannot be read\.$"), open_sources([folder]):
        pass


@pytest.mark.parametrize("data", [b"\x7fELF\x02\x01\0\xff", b"2026-11-01\n\xff\xd9\0\x01", b"\0" * 9])
def test_what_is_no_text_is_not_sent_to_be_saved_as_utf_8(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "2026-11-01.md"
    path.write_bytes(data)
    with pytest.raises(Trouble, match="not a text file"):
        read_all(path)


@pytest.mark.parametrize("name", ["x" * 300, "a\nb", "/".join(["x" * 200] * 30)])
def test_a_name_that_no_file_can_have_is_a_file_that_is_not_there(name: str) -> None:
    with pytest.raises(Trouble), open_sources([Path(name)]):
        pass


def test_an_archive_in_a_folder_that_cannot_be_read_is_named_beside_the_others(tmp_path: Path) -> None:
    folder = notes(tmp_path, **{"2026-11-01.md": "a", "0.zip": "x"})
    (folder / "1.zip").write_bytes(b"PK\x03\x04 damaged")
    with zipfile.ZipFile(folder / "2.zip", "w") as archive:
        archive.writestr("2026-11-02.md", "b")
    items = read_all(folder)
    assert words(items) == ["b", "a"]
    assert [item.place for _kind, item in items if isinstance(item, Left)] == ["0.zip", "1.zip"]


def test_several_files_of_several_programs_are_one_import(tmp_path: Path) -> None:
    items = read_all(FILES / "diary.txt", FILES / "jrnl-4.6.json", FILES / "daylio.csv")
    assert {kind for kind, _item in items} == {"text", "jrnl", "daylio"}
    places = [item.place for _kind, item in items if isinstance(item, Imported)]
    assert places[0] == "file 1, line 1"


def test_a_file_that_breaks_off_stops_all_of_it(tmp_path: Path) -> None:
    one = {"creationDate": "2026-11-01T10:00:00Z", "text": "x"}
    (tmp_path / "a.json").write_text(json.dumps({"entries": [one] * 3})[:-30])
    (tmp_path / "b.txt").write_text("2026-11-01\nb\n")
    with pytest.raises(Trouble, match="file 1"):
        read_all(tmp_path)


def test_an_archive_is_read_however_deep_its_files_lie(tmp_path: Path) -> None:
    path = tmp_path / "Export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Export/Journal.json", (FILES / "dayone.json").read_bytes())
        archive.writestr("__MACOSX/Export/._Journal.json", b"\0\1")
        archive.writestr("Export/photos/a.jpeg", b"x")
    assert len(read(path)) == len(read(FILES / "dayone.json"))


def test_standard_input_is_a_file_without_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    class Piped:
        buffer = io.BytesIO((FILES / "diary.txt").read_bytes())

        def isatty(self) -> bool:
            return False

    monkeypatch.setattr("sys.stdin", Piped())
    assert words(read_all(Path("-"))) == [one.text for one in found(FILES / "diary.txt")]


def test_an_office_file_is_called_so(tmp_path: Path) -> None:
    path = tmp_path / "diary.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/notes.txt", "2026-11-01\nx")
    with pytest.raises(Trouble, match="office"):
        read_all(path)


@pytest.mark.parametrize(
    "text", ["{ no JSON }\n2026-11-01\nx\n", "[2026-11-01 10:00] x\n", "[idea]\n\n2026-11-01\nx\n"]
)
def test_words_in_brackets_are_not_taken_for_json(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text)
    assert [one.text for one in found(path)] == ["x"]


def test_a_kind_that_is_named_is_believed(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"a": 1}\n2026-11-01\nx\n')
    assert [one.text for one in found(path, "text")] == ["x"]


def test_a_table_by_any_name_is_told_as_one(tmp_path: Path) -> None:
    path = tmp_path / "export.txt"
    path.write_text((FILES / "daylio.csv").read_text(encoding="utf-8-sig"))
    assert len(read(path)) == len(read(FILES / "daylio.csv"))
    path.write_text("Date;Note;More\n2026-11-01;a;b\n")
    with pytest.raises(Trouble) as caught:
        read(path)
    assert "--from mapping.toml" in caught.value.hint


def test_too_much_in_a_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from smartcli.exchange import sources

    folder = notes(tmp_path, **{f"2026-11-0{day}.md": "x" * 100 for day in range(1, 6)})
    monkeypatch.setattr(sources, "LARGEST", 499)
    with pytest.raises(Trouble):
        read_all(folder)
    monkeypatch.setattr(sources, "LARGEST", 500)
    assert len(read_all(folder)) == 5
    monkeypatch.setattr(sources, "_MOST", 4)
    with pytest.raises(Trouble):
        read_all(folder)


ENTRY = {"uuid": "A", "creationDate": "2026-11-01T10:00:00Z", "text": "x"}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([ENTRY, ENTRY | {"uuid": "B"}]),
        "\n".join(json.dumps(one) for one in (ENTRY, ENTRY | {"uuid": "B"})),
        json.dumps(ENTRY, indent=1) + "\n" + json.dumps(ENTRY | {"uuid": "B"}),
        json.dumps({"entries": [ENTRY, ENTRY | {"uuid": "B"}], "metadata": {"version": "1.0"}}),
    ],
)
def test_a_list_json_lines_and_an_object_of_entries_are_the_same(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text)
    assert [one.identity for one in found(path)] == ["A", "B"]


@pytest.mark.parametrize(
    "text", ["[", "[{}", "[{},]", "{}{", '{"a": 1} x', '[{"a": 1, "a": 2}]', "[] []", '{"entries": [], "entries": []}']
)
def test_json_that_is_damaged_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(Trouble):
        read(path)


def test_words_that_stand_only_in_rich_text_come_in(tmp_path: Path) -> None:
    rich = {"contents": [{"text": "All packed.\n", "attributes": {"line": {"header": 1}}},
                         {"embeddedObjects": [{"type": "photo"}]}, {"text": "Here we go."}]}  # fmt: skip
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"entries": [{**ENTRY, "text": "", "richText": json.dumps(rich)}]}))
    assert [one.text for one in found(path)] == ["All packed.\n(photo)\nHere we go."]
    path.write_text(json.dumps({"entries": [{**ENTRY, "text": "", "richText": "[" * 5000}]}))
    assert [one.text for one in found(path)] == [""]
