"""A line that is added to somebody's file leaves the rest as it was written."""

import pytest

from bot.watch.language import decode, with_line


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_it_comes_last_in_the_files_encoding_and_with_its_line_ends(
    encoding: str, end: str
) -> None:
    content = f"Müller{end}Köln".encode(encoding)

    more = with_line(content, "-Düsseldorf")

    assert more.startswith(content)
    assert decode(more) == f"Müller{end}Köln{end}-Düsseldorf{end}"


def test_letters_that_the_encoding_lacks_turn_the_file_into_utf_8() -> None:
    more = with_line("Müller\n".encode("windows-1252"), "-Київ")

    assert more.decode("utf-8") == "Müller\n-Київ\n"
