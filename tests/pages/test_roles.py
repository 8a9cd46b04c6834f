"""Names that become roles: no spelling of a name is left, and ordinary words are not touched."""

import re
import tomllib
import unicodedata
from pathlib import Path
from time import process_time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import smartcli
from smartcli.blocks import Block, Cell, Grid, Item, Items, Table, Words
from smartcli.pages.ordinary_words import AMBIGUOUS, BESIDE_NAMES, FUNCTION, PARTICLES
from smartcli.pages.roles import Roles, texts
from smartcli.pages.spellings import name_spellings, words
from smartcli.renderers.plain import blocks as as_text

UNSEEN = [
    "\u00ad",
    "\u200d",
    "\u200c",
    "\u200b",
    "\u2060",
    "\u202e",
    "\u2066",
    "\u200f",
    "\ufe0f",
    "\U000e0101",
    "\x00",
]
LETTERS = "abcdefghijklmnopqrstuvwxyzäöüßøæłđéñçžąőşğ"
PART = st.text(LETTERS, min_size=3, max_size=8).map(str.capitalize)
NAMES = st.lists(PART, min_size=1, max_size=3)
TYPED_PLAIN = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "æ": "ae", "ł": "l", "đ": "d"}


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("Sam", "Sam and sam's SAM, Sams brother; not Samantha, sample or possum.", "R and R's R, R's brother; not Samantha, sample or possum."),
        ("Zoë", "zoe, Zoe\u0308 and ZOË", "R, R and R"),
        ("Mary-Jane", "mary jane, Mary-Jane, Maryjane", "R, R, R"),
        ("Anna Smith", "Anna Smith rang; Anna too, and Mr Smith", "R rang; R too, and Mr R"),
        ("anna smith", "Anna rang; Smith too; ANNA's", "R rang; R too; R's"),
        ("my sister Anna", "my sister Anna; my dog; Anna", "R; my dog; R"),
        ("my sister anna", "my sister is out; Anna", "my sister is out; R"),
        ("Jo Smith", "Jo rang. JO too. banjo, journal", "R rang. R too. banjo, journal"),
        ("Jo Smith", "jo", "R"),
        ("Wei Ng", "Dr Ng", "Dr R"),
        ("Dr Ng", "the Dr said", "the Dr said"),
        ("Ben Ali", "Ben came, ali too", "R came, R too"),
        ("Jean-Luc", "jeanluc, Jean Luc, #JeanLuc, Luc", "R, R, #R, R"),
        ("Anna Maria", "#AnnaMaria annamaria88 anna_maria", "#R R88 R"),
        ("Annamaria", "Anna Maria, Anna-Maria, anna-maria", "R, R, R"),
        ("O'Brien", "OBrien o’brien O'Brien's obrien", "R R R's R"),
        ("OBrien", "O'Brien", "R"),
        ("Ronald McDonald", "McDonald and mcdonald, Mc Donald", "R and R, R"),
        ("Donald", "McDonald is not Donald", "McDonald is not R"),
        ("Müller", "Mueller, Muller, MUELLER's, Mu\u0308ller", "R, R, R's, R"),
        ("Mueller", "Müller", "R"),
        ("Søren Łuk", "Soren, his luk, my Soeren and łuk", "R, his R, my R and R"),
        ("Strauß", "Strauss STRAUSS", "R R"),
        ("Jesse", "Jesses Jesse's", "R's R's"),
        ("James", "James' Jameses", "R' R's"),
        ("Sue", "issue, su, Sue", "issue, su, R"),
        ("李明", "我和李明说话", "我和R说话"),
        ("李 小明", "我和李小明,小明", "我和R,R"),
        ("❤", "my ❤ here", "my R here"),
        ("07700 900123", "ring 07700-900123 or 07700900124", "ring R or 07700900124"),
        ("Al", "also Al, all, als, a l", "also R, all, als, a l"),
        ("Muller", "Mueller, Müller", "R, R"),
        ("Đorđe", "Djordje, Dorde", "R, R"),
        ("O'Brien", "O`Brien O\u02b9Brien OʼBrien", "R R R"),
        ("Jo Smith", "J. Smith, Jo S. rang, J.S.; S. Jones. I met Jo. Smith came. J S", "R, R rang, R; S. Jones. I met R. R came. J S"),
        ("Amy Long", "A long way; along; A. Long; AL", "A long way; along; R; AL"),
        ("Jo Ivers", "With Jo I went", "With R I went"),
        ("Anna Andersson", "A.A. and AA; A. Andersson", "A.A. and AA; R"),
        ("Sam", "@samrocks, sam@x.org, https://x.org/sam-b; samaritans.org, @x", "R, R, R; samaritans.org, @x"),
        ("Anna Maria", "#dearannamaria; dearannamaria", "#R; dearannamaria"),
        ("李小明", "小明和李 小明", "R和R"),
        ("김민준", "민준이", "R이"),
        ("", "nothing", "nothing"),
        ("!!", "wow!! Sam", "wow!! Sam"),
        ("-", "a - b", "a - b"),
        ("people from my group", "people there; my group", "people there; my group"),
        ("somebody from work who gets it", "somebody gets it from work", "somebody gets it from work"),
        ("anna who i met at rehab in march", "Anna met me in rehab", "R met me in rehab"),
        ("1", "1 of 1", "1 of 1"),
        ("Mary O'Neil-Smith", "oneil, O'Neil, Neil-Smith", "R, R, R"),
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_written_and_only_it(name: str, text: str, wanted: str) -> None:
    assert Roles({name: "R"})(text) == wanted


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("Will", "Will you come? I will. Will rang. I saw Will. Wills are made.", "Will you come? I will. R rang. I saw R. Wills are made."),
        ("May", "May I? In May, on 5 May, May 2026, the end of May; a picture of May. May's here.", "May I? In May, on 5 May, May 2026, the end of May; a picture of R. R's here."),
        ("June", "June 5; in June 2026; ask June 0123 456789", "June 5; in June 2026; ask R 0123 456789"),
        ("Jan", "13 Jan, 1 Jan 2026, Jan 2026; Jan rang; 41 Jan; Jan 0123; jan", "13 Jan, 1 Jan 2026, Jan 2026; R rang; 41 R; R 0123; R"),
        ("Mark", "Mark my words. mark it. Mark was here.", "Mark my words. mark it. R was here."),
        ("Rose", "The sun rose. Roses are red. Rose came. A card for Rose.", "The sun rose. Roses are red. R came. A card for R."),
        ("Grace", "with grace; with Grace", "with grace; with R"),
        ("Hope", "I hope so. Hope it works. I rang Hope.", "I hope so. Hope it works. I rang R."),
        ("Will Smith", "will smith; I will; Will", "R; I will; R"),
        ("will", "I will; I saw Will", "I will; I saw R"),
        ("Shell", "she'll come; Shell came", "she'll come; R came"),
        ("Don", "Don't go. I don't. don rang", "Don't go. I don't. R rang"),
        ("Ian", "I an", "I an"),
        ("Heather", "the heat her voice", "the heat her voice"),
        ("Forrest", "for rest", "for rest"),
        ("Will", "I WILL NOT GO", "I WILL NOT GO"),
        ("Mark", "MARK RANG", "R RANG"),
        ("Will", "Who helped? Will. I like him. Will, my brother. Will call him. Will called.", "Who helped? R. I like him. R, my brother. Will call him. R called."),
        ("Penny", "not a penny; Penny", "not a penny; R"),
        ("Anna Young", "a young man; Mr Young", "a young man; Mr R"),
    ],
)  # fmt: skip
def test_a_name_that_is_a_word_too_is_told_from_the_word(name: str, text: str, wanted: str) -> None:
    assert Roles({name: "R"})(text) == wanted


@pytest.mark.parametrize("noted", ["07700 900123", "+44 7700 900123", "+44 (0)7700 900123", "0044 7700900123"])
@pytest.mark.parametrize(
    "written",
    ["07700900123", "(07700) 900-123", "+44 7700 900123", "+44 (0)7700 900123", "0044 7700 900 123", "07700.900.123",
     "07 70 09 00 12 3", "0\u00ad7700\u200b900123", "٠٧٧٠٠ ٩٠٠١٢٣", "07700/900123", "4477009 00123", "07700–900123"],
)  # fmt: skip
def test_a_telephone_number_is_found_however_it_is_spaced_and_dialled(noted: str, written: str) -> None:
    for roles in (Roles({noted: "R"}), Roles({}, {noted: "…"})):
        done = roles(f"at 10 ring {written}, 2 times; 07700 900124")
        assert done in ("at 10 ring R, 2 times; 07700 900124", "at 10 ring …, 2 times; 07700 900124")


@given(st.text("123456789", min_size=9, max_size=11), st.data())
def test_digits_are_compared_whatever_stands_between_them(digits: str, data: st.DataObject) -> None:
    apart = st.sampled_from(["", "", " ", "-", ") ", ".", "/", "\u00a0", "\u2009", "\u200b"])
    written = "".join(digit + data.draw(apart) for digit in digits[:-1]) + digits[-1]
    before = data.draw(st.sampled_from(["0", "+44 ", "0044", ""]))
    assert Roles({f"0{digits}": "R"})(f"call {before}{written} soon") == "call R soon"
    other = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    assert Roles({f"0{digits}": "R"})(f"call {before}{other} soon") == f"call {before}{other} soon"


@pytest.mark.parametrize(
    ("contact", "text", "wanted"),
    [
        ("0170 1234567, sam@example.org", "SAM@example.org or 01701234567", "… or …"),
        ("0170 1234567 or 0171 7654321", "0171-7654321, 0170/1234567", "…, …"),
        ("12 High Street, Leeds", "to 12 high street in Leeds; 12 days", "to … in …; 12 days"),
        ("WhatsApp 0170 1234567", "0170 1234567", "…"),
        ("insta @annie_88", "annie_88 wrote, Annie 88 too", "… wrote, … too"),
        ("at work, evenings", "at work; evenings", "at work; evenings"),
        ("https://example.org/sam", "see example.org/sam", "see …"),
        (
            "12 Elm Street, Leeds LS1 4AB",
            "Elm Street; near elm street; 12 Elm St; leeds; ls14ab",
            "…; near …; 12 … St; …; …",
        ),
        ("5 Musterstraße, 10115 Berlin", "Musterstrasse; in 10115; BERLIN", "…; in …; …"),
        ("the church in Bath", "in Bath I had a bath; a church", "in … I had a bath; a church"),
        ("evenings, call first; at his work: Barclays", "evenings at work; barclays", "evenings at work; …"),
        ("Afternoons are best", "my afternoons; Afternoons", "my afternoons; Afternoons"),
        ("signal: jo.42", "jo42 and jo.42", "… and …"),
        ("https://facebook.com/annie.smith.77", "facebook; annie.smith.77", "facebook; …"),
        ("kim@smithjoinery.co.uk", "www.smithjoinery.co.uk, kim@gmail.com", "…, kim@gmail.com"),
        ("123456", "£123456; 123456", "£123456; …"),
        ("+7 916 123-45-67", "8 916 123 45 67", "8 …"),
        ("07700 900123", "at 10 07700 900123", "at 10 …"),
        (
            "https://clinic.example.org/team, reception@clinic.example.org",
            "the team at reception; clinic.example.org/team",
            "the team at reception; …",
        ),
        ("x", "x marks", "x marks"),
    ],
)
def test_of_each_part_of_a_contact_nothing_is_left(contact: str, text: str, wanted: str) -> None:
    assert Roles({}, {contact: "…"})(text) == wanted


def test_the_name_of_a_thing_is_meant_in_small_letters_too() -> None:
    roles = Roles({}, things={"Sugar at night": "R", "hope": "H"})
    assert roles("sugar at night; sugar; a night; I hope") == "R; R; a night; I H"


def test_of_a_part_that_people_share_nobody_can_tell_whose_it_is() -> None:
    for names in ({"Jo Smith": "P", "Al Smith": "Q", "Sam Smith": "P"}, {"Sam Smith": "P", "Al Smith": "Q"}):
        done = Roles(names)("Mr Smith and Al Smith")
        assert done in ("Mr P or Q and Q", "Mr Q or P and Q")
    for names in ({"Smith": "P", "Al Smith": "Q"}, {"Al Smith": "Q", "Smith": "P"}):
        assert Roles(names)("Mr Smith; Al") == "Mr P; Q"


def test_a_role_begins_a_sentence_as_the_name_did() -> None:
    roles = Roles({"Jo Ng": "a friend"})
    assert roles("Jo rang. Jo came! I met Jo; J. Ng, Dr. Ng.\n(Ng) @jo") == (
        "A friend rang. A friend came! I met a friend; a friend, Dr. a friend.\n(A friend) a friend"
    )


def test_words_that_stay_since_they_may_be_words_are_told() -> None:
    roles = Roles({"Will": "R", "Rose Hill": "S", "Anna": "T"})
    assert Roles({"Jan": "R"}).words_left("13 Jan, Jan") == ["Jan"]
    assert roles.words_left("Will rang. I will go. Will you? The sun rose. May; Rose; Anna") == ["will", "Will", "rose"]


def test_the_time_grows_as_the_text_does() -> None:
    long = " ".join(f"Word{chr(97 + number % 26)}{chr(97 + number // 26)}" for number in range(300))
    begun = process_time()
    roles = Roles({"Anna Smith": "R", "Jo": "S", long: "T", long.lower(): "U"}, {"07700 900123": "…", long: "…"})
    for text in ("AnnaJo" * 3000, "1 " * 6000, "a\u0301" * 6000):
        roles(text)
    assert process_time() - begun < 8  # under one second; where anything is quadratic, minutes


def spellings(parts: list[str]) -> list[str]:
    """Return a name as others may write it."""
    name = " ".join(parts)
    plain = "".join(TYPED_PLAIN.get(letter, letter) for letter in name.lower())
    bare = "".join(one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one))
    return [
        *(name, name.lower(), name.upper(), "-".join(parts), "_".join(parts), "#" + "".join(parts), "".join(parts).lower()),
        *(unicodedata.normalize("NFD", name), plain, plain.title(), bare, "\n".join(parts), ", ".join(reversed(parts))),
        *parts,
        *(part.lower() for part in parts),
    ]  # fmt: skip


ORDINARY = AMBIGUOUS | BESIDE_NAMES | FUNCTION | PARTICLES


@given(NAMES, st.sampled_from(["", "'s", "’s", "s"]), st.sampled_from(["", *UNSEEN]), st.integers(0, 30), st.data())
def test_no_spelling_of_a_name_is_left(
    parts: list[str], ending: str, unseen: str, place: int, data: st.DataObject
) -> None:
    plain = {one for word in words(" ".join(parts)) for one in name_spellings(word.spellings)}
    assume(not plain & ORDINARY)
    assume(not any(re.match("mc|mac|fitz", one) for one in plain))
    for written in spellings(parts):
        if unseen and len(written) > 1:
            at = 1 + place % (len(written) - 1)
            written = written[:at] + unseen + written[at:]
        done = Roles({" ".join(parts): "0"})(f"ask {written}{ending} about it")
        left = re.sub(r"[\W_]|0|s\b", "", done.replace("ask", "", 1).replace("about it", ""))
        assert left in ("", "s"), (written, done)


@given(
    st.lists(PART, min_size=1, max_size=3, unique=True),
    st.lists(st.sampled_from(["and", "Then", "I", "saw", "@", "#", ".", "J", "07700", "900123", "-"]), max_size=6),
    st.data(),
)
def test_where_names_became_roles_none_is_found_again(parts: list[str], others: list[str], data: st.DataObject) -> None:
    said = [*others, *(data.draw(st.sampled_from(spellings(parts))) for _number in range(3))]
    text = "".join(word + data.draw(st.sampled_from([" ", ", ", "\n"])) for word in data.draw(st.permutations(said)))
    roles = Roles({" ".join(parts): "…"}, {"07700 900123": "…"})
    assert not roles.used_in(roles(text)), (text, roles(text))


def sentences() -> list[str]:
    """Return the texts of the exercises that ship: English that names nobody."""
    found: list[str] = []

    def gather(value: object) -> None:
        if isinstance(value, str) and " " in value:
            found.append(value)
        elif isinstance(value, dict | list):
            for one in value.values() if isinstance(value, dict) else value:
                gather(one)

    folder = Path(smartcli.__file__).parent.parent / "exercises"
    for path in sorted((folder if folder.is_dir() else Path(smartcli.__file__).parent / "exercises").rglob("*.toml")):
        gather(tomllib.loads(path.read_text()))
    return found


def test_ordinary_words_stay_as_they_are() -> None:
    written = sentences()
    assert len(written) > 500
    people = ["Zo", "Will May", "Mark", "Rose", "Grace", "Hope", "Al", "Ian", "Sue", "Bill", "An", "So", "Shell", "Don", "Art", "Ann", "Ng Wei"]  # fmt: skip
    roles = Roles(dict.fromkeys(people, "R"))
    touched = [(text, done) for text in written if (done := roles(text)) != text]
    assert not touched, touched[:5]


@given(
    st.lists(st.sampled_from(sorted(FUNCTION | AMBIGUOUS)), min_size=1, max_size=8), st.sampled_from(sorted(AMBIGUOUS))
)
def test_in_small_letters_no_word_that_is_a_name_too_becomes_a_role(said: list[str], name: str) -> None:
    text = " ".join(said)
    assert Roles({name.capitalize(): "R"})(text) == text


@given(st.text())
def test_without_names_every_text_stays_as_it_is(text: str) -> None:
    assert Roles({})(text) == text
    assert Roles({"Qwertyuiop": "x"}, {"9182736450918": "x"})(text) == text


@given(st.text(), st.text(), st.text())
def test_any_name_and_contact_can_be_looked_for_in_any_text(name: str, contact: str, text: str) -> None:
    Roles({name: "R"}, {contact: "…"}, {contact: "T"})(text + name + contact)


def test_every_text_of_every_block_is_gone_through() -> None:
    blocks: list[Block] = [
        Words("Sam"),
        Items([Item("Sam", ("sam",))]),
        Table(["Sam", ""], [["a Sam", "b"]]),
        Grid([Cell("Sam", [Item("Sam")], "Sam")] * 4),
    ]
    assert "sam" not in as_text(Roles({"Sam": "R"}).on(blocks)).casefold()
    assert [*texts(blocks)].count("Sam") == 3 + 4 * 3


@pytest.mark.parametrize("text", ["王小明来了", "来了王小明", "王小明和小明", "王小王小明"])
def test_of_names_that_overlap_nothing_is_left(text: str) -> None:
    said = Roles({"王小": "A", "小明": "B"})(text)
    assert not set(said) & set("王小明")
    assert set(text) - set("王小明") <= set(said)
