"""Words of danger: what is plainly said is answered, harmless words are not, and nothing of it is kept.

The four pages in tests/content/danger/ are made sentences, one a line ("\\n" stands for a line break). The list was
mended with the help of `said` and `not-said`, so their numbers flatter it: 22 of 238 missed, 1 false alarm in 252.
`said-unseen` and `not-said-unseen` were written after the list and it must not be mended from them; they show what
to expect of somebody's own words: 18 of 40 missed, 2 false alarms in 40.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from smartcli.blocks import Words
from smartcli.content import danger as module
from smartcli.content.catalog import Catalog, built_in
from smartcli.content.check import check_all
from smartcli.content.danger import (
    Danger,
    read_danger,
    shipped_danger,
    speaks_of_danger,
)
from smartcli.content.slots import EMERGENCY_ANYWHERE, Slots
from smartcli.session.danger_watch import DangerWatch

PAGES = Path(__file__).parent / "danger"
TEXT = (built_in() / "danger.toml").read_text(encoding="utf-8")


def sentences(page: str) -> list[str]:
    lines = (PAGES / f"{page}.txt").read_text(encoding="utf-8").splitlines()
    return [line.replace("\\n", "\n") for line in lines]


@pytest.mark.parametrize(("page", "most"), [("said", 22), ("said-unseen", 18)])
def test_few_sentences_of_danger_are_missed(page: str, most: int) -> None:
    missed = [sentence for sentence in sentences(page) if not speaks_of_danger(sentence)]
    assert len(missed) <= most, "\n".join(missed)


@pytest.mark.parametrize(("page", "most"), [("not-said", 1), ("not-said-unseen", 2)])
def test_few_harmless_sentences_are_answered(page: str, most: int) -> None:
    answered = [sentence for sentence in sentences(page) if speaks_of_danger(sentence)]
    assert len(answered) <= most, "\n".join(answered)


def test_the_pages_are_long_and_no_sentence_stands_twice() -> None:
    assert len(sentences("said")) >= 120
    assert len(sentences("not-said")) >= 120
    every = [
        sentence for page in ("said", "not-said", "said-unseen", "not-said-unseen") for sentence in sentences(page)
    ]
    assert len(set(every)) == len(every)


@pytest.mark.parametrize(
    "words",
    [
        "I do not want to live any more", "I DON’T WANT TO LIVE ANYMORE", "dont want to live any more", "i don`t want to live.",
        "Work was fine.\nI want to\ndie.\nBread, milk.", "want... to... die", "I really just want to fucking die", "want to diiiie",
        "I don't want to die but I don't want to be alive", "better off without me", "hurt myself", "cut myself tonight", "kms",
    ],
)  # fmt: skip
def test_however_it_is_typed(words: str) -> None:
    assert speaks_of_danger(words)


def test_a_harmless_phrase_does_not_hide_a_heavy_one() -> None:
    assert not speaks_of_danger("I cut myself shaving")
    assert speaks_of_danger("I cut myself shaving, and I want to die")
    assert speaks_of_danger("I don't want to die like my dad. I want to kill myself")


def test_an_odd_text_is_no_trouble() -> None:
    for text in ("", "\x00\x1b[31m", "💔" * 50, "‮" * 9, "want to " * 50_000):
        assert not speaks_of_danger(text)


def test_the_exercises_own_words_are_not_answered() -> None:
    """Examples and options come back as answers: none of them may set the note off."""
    heavy = []
    for exercise in Catalog(Path("/nowhere")):
        for field in exercise.fields:
            for option in getattr(field, "options", ()):
                heavy += [option.say] if speaks_of_danger(option.say) else []
            heavy += [field.example] if speaks_of_danger(field.example) else []
    assert heavy == []


def test_the_note_names_whom_to_call_and_how_to_find_support() -> None:
    danger = shipped_danger()
    assert danger
    watch = DangerWatch(Slots(crisis=lambda families: "Samaritans on 116 123", support=lambda typing: "type *"))
    note = "\n".join(block.text for block in watch.note(frozenset()) if isinstance(block, Words))
    for words in (EMERGENCY_ANYWHERE, "Samaritans on 116 123", "type *"):
        assert words in note
    assert "116 123" in watch.last_words(frozenset())
    assert "{" not in note + watch.last_words(frozenset())


def test_nothing_is_written_anywhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert speaks_of_danger("I want to die")
    assert [*tmp_path.rglob("*")] == []
    danger = shipped_danger()
    assert danger
    assert not any("I want to die" in str(value) for value in vars(danger).values())


def test_without_its_file_nothing_is_answered_and_nothing_breaks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fresh: None
) -> None:
    monkeypatch.setattr(module, "built_in", lambda: tmp_path)
    assert not speaks_of_danger("I want to die")


@pytest.fixture
def fresh() -> Iterator[None]:
    shipped_danger.cache_clear()
    yield
    shipped_danger.cache_clear()


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("{emergency} or {crisis} now.", "{emergency} now.", "The note needs {crisis}"),
        ("own people, {support}.", "own people, {suport}.", "There is no slot {suport}"),
        ('  "want to die",\n', '  "want to die",\n  "wanna die",\n', "read the same as one above"),
        ('  "want to die",\n', '  "want to die",\n  "really",\n', "no word to look for"),
        ('  "want to die laughing",\n', '  "want to laugh",\n', "holds none of the phrases"),
        ('  "want to die laughing",\n', '  "want to really die",\n', "which it would silence"),
        ('typed = "wana"', 'typed = "wa na"', "should be one word"),
        ("format = 1\n", "", 'The key "format" is missing.'),
    ],
)
def test_what_is_wrong_in_the_file_is_told_with_its_line(was: str, now: str, said: str, tmp_path: Path) -> None:
    assert TEXT.count(was) == 1
    text = TEXT.replace(was, now)
    (tmp_path / "danger.toml").write_text(text, encoding="utf-8")
    _, source = read_danger(tmp_path)
    [told] = source.problems_as_text()
    file, line, sentence = told.split(":", 2)
    assert file == "danger.toml"
    assert said in sentence
    if now.startswith("  "):
        assert text.split("\n")[int(line) - 1] == now.split("\n")[-2]


def test_the_check_of_all_exercises_reads_both_files(tmp_path: Path, tiny: Catalog) -> None:
    import shutil

    folder = tmp_path / "exercises"
    shutil.copytree(tiny.folder, folder)  # type: ignore[arg-type]
    (folder / "danger.toml").write_text("format = 1\n", encoding="utf-8")
    (folder / "helplines" / "xx.toml").write_text("= 3\n", encoding="utf-8")
    told = check_all(Catalog(tmp_path / "own", folder))
    assert "helplines/xx.toml:1: This is not valid TOML here." in told
    assert any(line.startswith("danger.toml:1: ") for line in told)


def test_a_danger_made_by_hand_needs_no_file() -> None:
    made = Danger(format=1, say="", after="", phrases=("sink the boat.",), exceptions=())
    assert made.is_spoken_of_in("I will sink the boat")
    assert not made.is_spoken_of_in("I will sink the boat of my uncle")


def made(*phrases: str, exceptions: tuple[str, ...] = ()) -> Danger:
    return Danger(format=1, say="", after="", phrases=phrases, exceptions=exceptions)


def test_a_short_exception_does_not_break_a_longer_one_and_neither_hides_what_stands_beside() -> None:
    danger = made("sink it", "end of me", exceptions=("will sink it", "will sink it end of me or not"))
    assert not danger.is_spoken_of_in("He will sink it, end of me or not!")
    assert not danger.is_spoken_of_in("He will sink it.")
    assert danger.is_spoken_of_in("He will sink it. End of me.")
    assert danger.is_spoken_of_in("He will sink it, end of me or not. The end of me")


def test_no_phrase_reaches_across_what_was_taken_out() -> None:
    danger = made("sink it", "want to go down", exceptions=("sink it low",))
    assert not danger.is_spoken_of_in("I want to sink it low go down there")
    assert danger.is_spoken_of_in("I want to go down there")


@pytest.mark.parametrize("words", ["I want to dieee", "siiiink it", "SINK  ITTTT", "Sink-it", "sînk ít"])
def test_letters_held_too_long_and_signs_between_hide_nothing(words: str) -> None:
    assert made("sink it", "want to die").is_spoken_of_in(words)
