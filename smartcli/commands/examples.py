"""What to type, for the help of each command: examples come first there, before any option."""

from textwrap import fill

from smartcli.language import N_, _

_INDENT = "    "

# By the words of the command ("": smartcli itself): a line that can be typed as it is, and what it does.
EXAMPLES: dict[str, tuple[tuple[str, str], ...]] = {
    "": (
        ("smartcli", N_("See today's page, and choose from a menu.")),
        ("smartcli checkin", N_("Say how you are today. It takes about a minute.")),
        ("smartcli urge", N_("Get help with an urge now.")),
        ("smartcli lapse", N_("Get help after a lapse.")),
        ("smartcli support", N_("See whom you can call.")),
    ),
    "checkin": (
        ("smartcli checkin 6", N_("You feel like a 6 of 10. The other questions follow.")),
        ("smartcli checkin --quick", N_("It takes about ten seconds.")),
        ("smartcli checkin --when yesterday", N_("Say how yesterday was.")),
    ),
    "urge": (
        ("smartcli urge", N_("Get help now.")),
        ("smartcli urge 8", N_("The urge is an 8 of 10. You go straight on to what can help.")),
        ("smartcli urge --unkept", N_("Get the same help, and save nothing.")),
    ),
    "lapse": (
        ("smartcli lapse", N_("Make sure you are safe, then look at what happened.")),
        ('smartcli lapse --when "yesterday 9pm"', N_("Look at what happened yesterday evening.")),
    ),
    "support": (
        ("smartcli support", N_("See whom you can call or text now.")),
        ("smartcli support --all", N_("See everything: meetings and more helplines too.")),
    ),
    "programme": (("smartcli programme", N_("See the four points and what you could do next.")),),
    "do": (
        ("smartcli do", N_("Choose from a list of all exercises.")),
        ("smartcli do cost-benefit", N_("Weigh up a habit.")),
        ("smartcli do craving log --quick", N_("Use any name of an exercise, and its quick version.")),
    ),
    "resume": (("smartcli resume", N_("Go on with what you began last.")),),
    "later": (("smartcli later", N_("Answer what an entry left for later.")),),
    "start": (("smartcli start", N_("Say what you want to change. You can skip any question.")),),
    "exercises": (
        ("smartcli exercises", N_("List all exercises.")),
        ("smartcli exercises --point urges", N_("List those that help with urges.")),
        ("smartcli exercises show cba", N_("Read an exercise without doing it.")),
    ),
    "exercises show": (("smartcli exercises show values", N_("Read the exercise about what matters to you.")),),
    "exercises check": (("smartcli exercises check mine.toml", N_("Check one file that you wrote.")),),
    "exercises new": (("smartcli exercises new my-evening", N_("Write a file for it, to fill in.")),),
    "drafts": (
        ("smartcli drafts", N_("List what you began and did not finish.")),
        ("smartcli drafts --aside", N_("List what was put aside after a crash.")),
    ),
    "drafts show": (("smartcli drafts show 4kq2", N_("Read what you wrote, by the start of its id.")),),
    "drafts restore": (("smartcli drafts restore 4kq2", N_("Bring back what was put aside after a crash.")),),
    "drafts discard": (("smartcli drafts discard 4kq2", N_("Delete what you began. It asks you first.")),),
    "review": (
        ("smartcli review", N_("Look back, newest first.")),
        ("smartcli review --last 5", N_("See only the newest five entries.")),
        ('smartcli review --exercise cba --since "2 weeks ago"', N_("See one exercise, since a day.")),
    ),
    "search": (
        ("smartcli search", N_("Type the words in smartcli, where your shell does not see them.")),
        ("smartcli search --since 2026-11-01", N_("Search only from a day on.")),
    ),
    "show": (
        ("smartcli show last", N_("See the entry you saved last.")),
        ("smartcli show", N_("Choose an entry from a list.")),
    ),
    "compare": (
        ("smartcli compare values", N_("Compare your last two entries of an exercise.")),
        ("smartcli compare values --first", N_("Compare the first with the last.")),
    ),
    "insights": (
        ("smartcli insights", N_("See what all your entries show.")),
        ('smartcli insights --since "4 weeks ago"', N_("Compare four weeks with the four weeks before.")),
    ),
    "edit": (("smartcli edit last", N_("Change the entry you saved last, or add to it.")),),
    "delete": (("smartcli delete last", N_("Hide the entry you saved last. You can bring it back.")),),
    "restore": (("smartcli restore 4kq2", N_("Bring back a hidden entry, by the start of its id.")),),
    "history": (("smartcli history last", N_("See every version of the entry you saved last.")),),
    "purge": (("smartcli purge 4kq2", N_("Erase an entry for good, by the start of its id. It asks you first.")),),
    "export": (
        ("smartcli export -o journal.html", N_("Write a page for any browser.")),
        ("smartcli export --as json -o -", N_("Write everything to standard output, for a program.")),
        ("smartcli export --as csv --exercise check-in -o mood.csv", N_("Write one table for a spreadsheet.")),
    ),
    "print": (
        ("smartcli print cba", N_("Make a blank worksheet. Print it from any browser.")),
        ("smartcli print urge-plan --filled", N_("Make a pocket card of your own plan.")),
        ("smartcli print --all", N_("Make the whole workbook.")),
    ),
    "plan": (
        ("smartcli plan", N_("See your plan.")),
        ("smartcli plan -o plan.html", N_("Write it to a file.")),
    ),
    "share": (
        ("smartcli share", N_("Answer a few questions, then see the page before it is written.")),
        ('smartcli share --for doctor --since "4 weeks ago" --as html', N_("Make a page for a doctor each month.")),
    ),
    "record": (("smartcli record check-in < answers.json", N_('Save answers such as {"mood": 6} from a file.')),),
    "import": (
        ("smartcli import journal.txt", N_("Import what jrnl wrote, or any text with dates.")),
        ("smartcli import Export.zip --dry-run", N_("Only see what would come in.")),
        ("smartcli import --undo", N_("Take the last import back.")),
    ),
    "backup": (
        ("smartcli backup", N_("Write one file with everything, into this folder.")),
        ("smartcli backup --check journal-2026-11-22.zip", N_("Read all of a backup.")),
    ),
    "lock": (
        ("smartcli lock", N_("See what a lock does, and lock your journal with a passphrase.")),
        ("smartcli lock --recovery-sheet", N_("Write the recovery key on paper once more.")),
        ("smartcli lock --off", N_("Take the lock off.")),
    ),
    "unlock": (
        ("smartcli unlock", N_("Try whether you still know your passphrase.")),
        ("smartcli unlock --recover", N_("Open the journal with the recovery key from your paper.")),
    ),
    "where": (
        ("smartcli where", N_("See every place where your data is.")),
        ("smartcli where --network", N_("Try the network, and see that it is refused.")),
    ),
    "settings": (
        ("smartcli settings", N_("See every setting, and where its value comes from.")),
        ("smartcli settings theme dark", N_("Choose colours for a dark background.")),
        ("smartcli settings theme --default", N_("Take that back.")),
    ),
    "remind": (
        ("smartcli remind 20:00", N_("Be reminded every day at 8pm. You see every file before it is written.")),
        ("smartcli remind --pause 2w", N_("Have no reminder for two weeks.")),
        ("smartcli remind --off", N_("Remove the reminder, with every file of it.")),
    ),
    "due": (("smartcli due", N_("See whether you have written anything today.")),),
    "doctor": (
        ("smartcli doctor", N_("Look for anything wrong. Nothing is changed.")),
        ("smartcli doctor --mend", N_("Bring good copies back.")),
        ("smartcli doctor --unlock", N_("Read the entries of a locked journal too.")),
    ),
    "help": (
        ("smartcli help export", N_("See how to use a command.")),
        ("smartcli help cba", N_("Read what an exercise is for.")),
    ),
}


def describe_examples(command: str, width: int) -> str:
    """Return the examples of a command as lines of `width` columns, "" where there are none.

    `command`: its words after "smartcli". The lines to type are never broken.
    """
    lines = [_("For example:")]
    for line, says in EXAMPLES.get(command, ()):
        lines += [line, fill(_(says), width, initial_indent=_INDENT, subsequent_indent=_INDENT)]
    return "\n".join(lines) if len(lines) > 1 else ""
