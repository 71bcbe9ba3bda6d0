"""What pictures Telegram takes: by their size in bytes and in pixels, as `sendPhoto` says."""

import struct
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.sandbox.calls import Upload, understand
from bot.sandbox.errors import ApiError
from bot.sandbox.images import size
from bot.sandbox.methods import perform
from bot.sandbox.world import PERSON, World
from tests.sandbox_kit import Hand


def picture(width: int, height: int, form: str = "PNG") -> bytes:
    written = BytesIO()
    Image.new("RGB", (width, height)).save(written, form)
    return written.getvalue()


def header(width: int, height: int) -> bytes:
    """The beginning of a PNG, which is enough to know its size."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)


def sent(content: bytes, **params: object) -> Any:  # noqa: ANN401 - JSON
    call = understand(
        "sendPhoto", {"chat_id": PERSON, **params}, {"photo": Upload("a", content, "image/png")}
    )
    return perform(World(Hand()), call)


def refused(content: bytes, **params: object) -> str:
    with pytest.raises(ApiError) as error:
        sent(content, **params)
    return error.value.description


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_the_size_of_a_picture_is_read_from_its_beginning(form: str) -> None:
    assert size(picture(640, 48, form)) == (640, 48)


@pytest.mark.parametrize("options", [{"lossless": True}, {"exif": b"Exif\0\0"}])
def test_every_kind_of_webp_is_understood(options: dict[str, object]) -> None:
    written = BytesIO()
    Image.new("RGB", (640, 48)).save(written, "WEBP", **options)

    assert size(written.getvalue()) == (640, 48)


def test_a_photo_has_its_size() -> None:
    [photo] = sent(picture(640, 48))["photo"]

    assert (photo["width"], photo["height"]) == (640, 48)


@pytest.mark.parametrize("sides", [(5_000, 5_000), (2_000, 100), (100, 2_000), (1, 1)])
def test_a_picture_within_the_limits_is_taken(sides: tuple[int, int]) -> None:
    assert sent(header(*sides))["photo"]


@pytest.mark.parametrize("sides", [(5_000, 5_001), (10_001, 1), (2_001, 100), (1, 21)])
def test_a_picture_that_is_too_large_or_too_narrow_is_refused(sides: tuple[int, int]) -> None:
    assert refused(header(*sides)) == "Bad Request: PHOTO_INVALID_DIMENSIONS"


def test_a_picture_of_more_than_10_megabytes_is_refused() -> None:
    large = header(10, 10).ljust(10 * 1024 * 1024, b"\0")

    assert sent(large)["photo"]
    assert refused(large + b"\0") == "Bad Request: file is too big"


@given(
    st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF\0\0\0\0WEBP", b""])
)
def test_a_picture_that_breaks_off_is_refused(begin: bytes) -> None:
    assert "IMAGE_PROCESS_FAILED" in refused(begin + b"\xff")


@given(st.binary(max_size=60))
def test_any_bytes_have_a_size_or_none(content: bytes) -> None:
    for begin in (b"", b"\xff\xd8\xff\xe0", b"RIFF\0\0\0\0WEBPVP8X"):
        found = size(begin + content)
        assert found is None or len(found) == 2


def test_a_caption_has_1024_characters_as_it_is_read() -> None:
    longest = f"<b>{'&lt;' * 1_024}</b>"

    assert sent(header(9, 9), caption=longest, parse_mode="HTML")["caption"] == "<" * 1_024
    too_long = refused(header(9, 9), caption="x" * 1_025)
    assert too_long == "Bad Request: message caption is too long"
