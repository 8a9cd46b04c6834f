"""Words that look like names: listed for a last look, without a flood of others."""

from smartcli.pages.likely_names import likely_names


def test_what_has_a_capital_inside_a_sentence_is_listed_as_a_name_that_may_have_been_forgotten() -> None:
    found = likely_names(
        [
            "Then I met Peter Parker in Leeds on Monday, in May. Walked home with Jean-Luc. AA helped, and I spoke French.",
            "I told Dr. Ng; I saw Robin. The Rover; a rover. 'Tomorrow', said Anna's boss (Kim).",
        ],
        ["Robin"],
    )
    assert found == ["Peter Parker", "Leeds", "Jean-Luc", "Ng", "Anna", "Kim"]


def test_what_begins_like_a_name_is_listed_from_the_beginning_of_a_sentence_too() -> None:
    texts = ["Annie rang. Annabel too. Annoying. Also Joey. Анны не было.", "annoying; Sample. Tomorrow."]
    assert likely_names(texts, like=["Anna", "Jo", "Анна"]) == ["Annie", "Annabel", "Joey", "Анны"]
    assert likely_names(texts) == ["Joey"]
