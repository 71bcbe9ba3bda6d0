"""The doctor for lists: what is counted, what is said of it, and what each change would do."""

from collections.abc import Sequence

from bot.text.languages import rules_for
from bot.watch.diagnosis import Diagnosis, diagnose, superfluous
from bot.watch.edits import Add, Ignore, Replace, shown
from bot.watch.remedies import Evidence, remedies
from bot.watch.tally import Seen, tally
from bot.watch.trial import Trial, Tried
from bot.watch.watchlist import Watchlist
from tests.lists_kit import a_list, seen

BANKS = a_list("Bank", "Sparkasse", "Gold & Silber")
CYCLE = ("Nordkorea & Weizen", "China & Reis")
NEWS = ("Bank erhöht Zinsen", "Die Bank schließt", "Boot strandet auf Sandbank", "Sparkasse spart")


def examined(watchlist: Watchlist, brought: Sequence[Seen]) -> Diagnosis:
    return diagnose(watchlist, tally(watchlist, brought))


def tried(watchlist: Watchlist, brought: Sequence[Seen], **evidence: object) -> list[Tried]:
    """Try all that is proposed."""
    found = examined(watchlist, brought)
    said = Evidence(**evidence)  # type: ignore[arg-type]  # the caller knows the fields
    trial = Trial(
        watchlist, found.tally, remedies(watchlist, brought, found, said, rules_for), rules_for
    )
    trial.read(brought)
    return trial.results()


def changes(found: Sequence[Tried]) -> list[str]:
    return [shown(each.remedy.edit) for each in found]


# Counting


def test_lines_are_counted_by_article_and_by_event() -> None:
    brought = seen(BANKS, (*NEWS, "Die Bank in der Sparkasse"), {1: 1, 2: 1})

    counted = tally(BANKS, brought)

    assert (counted.articles, counted.events) == (5, 4)
    assert [(each.articles, each.events, each.alone) for each in counted.lines] == [
        (4, 3, 2),
        (2, 2, 1),
        (0, 0, 0),
    ]


def test_an_event_is_unwanted_where_one_of_its_articles_is() -> None:
    counted = tally(BANKS, seen(BANKS, NEWS, {1: 1, 2: 1}, unwanted={2}))

    assert counted.unwanted == 1
    assert [each.unwanted for each in counted.lines] == [1, 0, 0]


def test_forms_know_how_many_events_they_alone_brought() -> None:
    counted = tally(BANKS, seen(BANKS, (*NEWS, "Bank baut auf einer Sandbank")))

    forms = {each.text: (each.events, each.alone) for each in counted.forms}
    assert forms == {"Bank": (3, 2), "Sandbank": (2, 1), "Sparkasse": (1, 1)}


# Judging


def test_a_line_that_never_found_anything_is_named() -> None:
    assert [each.text for each in examined(BANKS, seen(BANKS, NEWS)).never] == ["Gold & Silber"]


def test_few_lines_that_bring_nine_tenths_are_loud() -> None:
    brought = seen(BANKS, [f"Bank Nummer {n}" for n in range(19)] + ["Sparkasse"])

    assert [each.query.text for each in examined(BANKS, brought).loud] == ["Bank"]


def test_of_few_events_none_is_loud() -> None:
    assert examined(BANKS, seen(BANKS, ["Bank"] * 5)).loud == ()


def test_lines_that_bring_as_much_as_each_other_are_not_loud() -> None:
    brought = seen(BANKS, ["Bank", "Sparkasse", "Gold und Silber"] * 5)

    assert examined(BANKS, brought).loud == ()


def test_what_brings_the_false_alarms_is_named_by_line_and_by_form() -> None:
    found = examined(BANKS, seen(BANKS, NEWS, unwanted={3}))

    assert [each.query.text for each in found.unwanted] == ["Bank"]
    assert [(each.text, each.rule, each.unwanted) for each in found.unwanted_forms] == [
        ("Sandbank", "ends with Bank", 1)
    ]


def test_a_compound_that_was_found_alone_is_surprising_and_an_inflected_form_is_not() -> None:
    found = examined(BANKS, seen(BANKS, (*NEWS, "Banken in Not")))

    assert [each.text for each in found.surprising] == ["Sandbank"]


def test_a_line_that_another_one_makes_superfluous_is_named_with_it() -> None:
    watchlist = a_list("Bank", "Bank & Zins", "Gold", "Gold", "-Gold")

    found = examined(watchlist, [])

    assert [(each.query.line, each.by.line, each.how) for each in found.implied] == [
        (2, 1, "cover"),
        (3, 5, "veto"),
        (4, 5, "veto"),
    ]


def test_lines_that_make_each_other_superfluous_are_not_all_named() -> None:
    watchlist = a_list(*CYCLE, f"({CYCLE[0]}) | ({CYCLE[1]})")

    found = examined(watchlist, [])

    assert [(each.query.line, each.by.line) for each in found.implied] == [(1, 3), (2, 3)]


def test_a_line_that_only_others_together_make_superfluous_is_named_with_all_of_them() -> None:
    watchlist = a_list("(Bank & Zins) | (Gold & Silber)", "Bank", "Gold")

    [only] = examined(watchlist, []).implied

    assert [each.line for each in (only.query, only.by, *only.more)] == [1, 2, 3]


def test_a_line_is_superfluous_as_long_as_another_one_finds_all_of_it() -> None:
    assert superfluous(a_list("Bank", "Bank & Zins"), 2) is not None
    assert superfluous(a_list("title:Bank", "Bank & Zins"), 2) is None
    assert superfluous(a_list("Bank"), 2) is None


def test_a_list_without_anything_to_say_is_well() -> None:
    watchlist = a_list("Bank")

    assert examined(watchlist, seen(watchlist, ["Bank", "Banken"])).is_well


# Changing


def test_a_form_that_brought_false_alarms_can_be_ignored_and_what_that_does_is_tried() -> None:
    [first, *_] = tried(BANKS, seen(BANKS, NEWS, unwanted={3}))

    assert first.remedy.edit == Ignore("Sandbank")
    assert (first.articles, first.events, first.unwanted) == (3, 3, 0)
    assert [each.article.title for each in first.left_out] == ["Boot strandet auf Sandbank"]
    assert first.source.endswith("@ignore Sandbank\n")


def test_a_list_without_settings_excludes_the_form_instead() -> None:
    [first, *_] = tried(BANKS, seen(BANKS, NEWS, unwanted={3}), may_ignore=False)

    assert first.remedy.edit == Add('-"Sandbank"')


def test_a_word_that_false_alarms_have_and_others_have_not_can_be_excluded() -> None:
    games = [f"Bank trifft im Fußball, Teil {n}" for n in range(3)]
    brought = seen(
        BANKS, [*games, *(f"Bank erhöht Zinsen auf {n}" for n in range(20))], None, {1, 2}
    )

    found = tried(BANKS, brought)

    assert "-Fußball" in changes(found) or "-title:Fußball" in changes(found)
    assert found[0].unwanted == 0


def test_what_chats_exclude_is_proposed_for_all() -> None:
    found = tried(BANKS, seen(BANKS, NEWS, unwanted={3}), excluded=["Boot & Sandbank"])

    assert "-(Boot & Sandbank)" in changes(found)


def test_a_superfluous_line_can_go_and_nothing_changes() -> None:
    watchlist = a_list("Bank", "Bank & Zins")

    [only] = [
        each
        for each in tried(watchlist, seen(watchlist, ["Bank", "Bank hebt Zins"]))
        if each.remedy.why == "superfluous"
    ]

    assert only.remedy.edit == Replace(2, "Bank & Zins", "")
    assert (only.articles, only.events, only.left_out) == (2, 2, ())


def test_a_loud_line_is_not_narrowed_as_long_as_it_makes_another_one_superfluous() -> None:
    watchlist = a_list("Weizen", "Weizen & Nordkorea")
    brought = seen(watchlist, [f"Weizen, Teil {n}" for n in range(12)])

    assert changes(tried(watchlist, brought)) == ["Weizen & Nordkorea"]


def test_a_loud_word_can_be_kept_to_titles_or_become_the_name_that_it_is_part_of() -> None:
    names = [f"Die Deutsche Bank meldet {n}" for n in range(8)]
    brought = seen(BANKS, [*names, *(f"Die Bank und {n}" for n in range(8))])

    found = {shown(each.remedy.edit): each for each in tried(BANKS, brought)}

    assert found["Deutsche Bank"].events == 8
    assert {each.article.title for each in found["Deutsche Bank"].left_out} == {
        "Die Bank und 0",
        "Die Bank und 1",
        "Die Bank und 2",
    }


def test_an_event_counts_as_left_out_only_where_all_its_articles_are() -> None:
    stories = {1: 1, 3: 1}

    found = tried(BANKS, seen(BANKS, NEWS, stories, unwanted={3}))

    assert not any(each.remedy.edit == Ignore("Sandbank") for each in found)


def test_a_change_that_would_leave_nothing_is_not_proposed() -> None:
    watchlist = a_list("Bank")

    found = tried(watchlist, seen(watchlist, ["Sandbank", "Eine Sandbank"], None, {1}))

    assert found == []


def test_what_is_proposed_can_be_read_whatever_the_articles_say() -> None:
    watchlist = a_list("Bank")
    hostile = ['Bank "UND" (NICHT | @label', "Bank & -Sandbank#x", "Sandbank /re*/ NEAR/3 ODER <b>"]

    found = tried(watchlist, seen(watchlist, hostile, None, {1, 2, 3}), excluded=["(", "A B"])

    assert all(each.source for each in found)
    assert "-(" not in changes(found)
