"""The settings of a watchlist: the lines that begin with @."""

import pytest

from bot.errors import Fault, WatchlistError
from bot.watch.language import parse
from bot.watch.watchlist import Settings


def fault_of(text: str) -> Fault:
    with pytest.raises(WatchlistError) as caught:
        parse(text, "liste.txt", "liste")
    (fault,) = caught.value.faults
    return fault


def test_settings_are_read() -> None:
    text = """
        @label   Der Norden # shown
        @lang    DE
        @feeds   Tagesschau, NDR Info
        @tags    politik
        @ignore  Auswahl Wortwahl, Skiwahl
        @stories wire
        @alert   Quiet
        @visible 1001, -1002
        """

    settings = parse(text, "liste.txt", "liste").settings

    assert settings == Settings(
        label="Der Norden",
        lang="de",
        feeds=("Tagesschau", "NDR Info"),
        tags=("politik",),
        ignore=("Auswahl", "Wortwahl", "Skiwahl"),
        stories="wire",
        alert="quiet",
        visible=("1001", "-1002"),
    )


def test_a_list_without_a_label_is_shown_by_its_name() -> None:
    assert parse("Nordkorea", "liste.txt", "liste").label == "liste"


def test_an_invisible_character_before_a_setting_does_not_make_it_a_phrase() -> None:
    assert parse("\u200b@lang de", "liste.txt", "liste").settings.lang == "de"


@pytest.mark.parametrize("code", ["de", "EN", "zh", "uk", "nds"])
def test_a_language_is_a_code_of_two_letters_or_three(code: str) -> None:
    assert parse(f"@lang {code}", "liste.txt", "liste").settings.lang == code.lower()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("@labl Nordkorea", "did you mean @label?"),
        ("@sprache de", "did you mean @lang?"),
        ("@ lang de", "the settings are @label"),
        ("@realDonaldTrump", "a name that begins with @ is written without it"),
        ("@lang deutsch", "did you mean @lang de?"),
        ("@lang de-AT", "did you mean @lang de?"),
        ("@lang deu", "did you mean @lang de?"),
        ("@lang ua", "did you mean @lang uk?"),
        ("@lang xx", "write a language code: @lang de"),
        ("@alert urgend", "did you mean urgent?"),
        ("@alert sofort", "did you mean now?"),
        ("@alert xyz", "write urgent, now, quiet or digest"),
        ("@stories storys", "did you mean story?"),
        ("@visible admin", "did you mean admins?"),
        ("@visible all 1001", "write all, admins or chat ids"),
        ("@visible jeder", "write all, admins or chat ids"),
        ("@label", "write @label NAME"),
        ("@label " + "x" * 101, "at most 100 characters"),
        ("@feeds ,", "@feeds Tagesschau, NDR"),
        ("@label a\n@label b", "keep one of them"),
    ],
)
def test_a_setting_that_cannot_be_is_told_what_to_write(line: str, told: str) -> None:
    assert told in fault_of(line).remedy


def test_a_wrong_value_is_shown_where_it_stands() -> None:
    fault = fault_of("Kim\n  @alert  urgend")

    assert str(fault) == "liste.txt:2:11: this is no value for @alert; did you mean urgent?"
    assert fault.excerpt == "  @alert  urgend\n          ^"
