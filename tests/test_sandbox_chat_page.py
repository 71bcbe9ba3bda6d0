"""The sandbox's chat page: one file that needs and fetches nothing else."""

import re
from importlib.resources import files

PAGE = (files("bot.sandbox") / "chat.html").read_text(encoding="utf-8")


def test_the_page_never_parses_text_as_html_or_code() -> None:
    risky = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc"

    assert re.findall(risky, PAGE) == []


def test_the_page_loads_nothing_from_elsewhere_and_its_policy_forbids_it() -> None:
    assert re.findall(r"""(?:src|href)\s*=\s*["'](?!data:,)|@import|url\(""", PAGE) == []
    assert "default-src 'none'" in PAGE
    assert "connect-src 'self'" in PAGE


def test_a_link_must_be_of_a_harmless_scheme() -> None:
    allowed = re.search(r"\[([^\]]*)\]\.includes\(url\.protocol\)", PAGE)

    assert allowed is not None
    assert allowed[1] == '"http:", "https:", "mailto:"'


def test_links_open_apart_and_tell_nothing_about_the_page() -> None:
    assert 'target: "_blank", rel: "noopener noreferrer"' in PAGE
