"""Who may see the daemon's pages: who is on the machine, or has the token."""

from datetime import timedelta

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.web.gate import HEADERS, Gate
from tests.web_kit import EVERYWHERE, LOOPBACK, NOW, serving

TOKEN = "correct-horse"


async def test_on_loopback_no_token_is_needed() -> None:
    async with serving() as client:
        answer = await client.get("/")

        assert (answer.status_code, answer.text) == (200, "hello")


async def test_where_a_token_is_written_all_need_it_be_they_on_the_machine_or_behind_a_proxy() -> (
    None
):
    # What nginx passes on without being told otherwise looks like this: `Host` is our own address.
    async with serving(LOOPBACK, TOKEN) as client:
        refused = await client.get("/")
        entered = await client.get("/", headers={"Authorization": f"Bearer {TOKEN}"})

        assert (refused.status_code, entered.status_code) == (401, 200)


@pytest.mark.parametrize(
    "headers",
    [
        # a name of a stranger that leads here: DNS rebinding
        {"Host": "evil.example"},
        {"Host": "evil.example:8787"},
        {"Host": "192.0.2.7"},
        {"Host": ""},
        {"Host": "[nonsense"},
        # a proxy on this machine, which passes everybody on
        {"X-Forwarded-For": "192.0.2.7"},
        {"Forwarded": "for=192.0.2.7"},
    ],
)
async def test_what_did_not_come_straight_to_loopback_is_asked_for_the_token(
    headers: dict[str, str],
) -> None:
    async with serving() as client:
        refused = await client.get("/", headers=headers)
    async with serving(LOOPBACK, TOKEN) as client:
        let_in = await client.get("/", headers={**headers, "Authorization": f"Bearer {TOKEN}"})

        assert refused.status_code == 401
        assert let_in.status_code == 200


async def test_without_a_token_a_stranger_is_told_what_to_set() -> None:
    async with serving() as client:
        answer = await client.get("/", headers={"Host": "evil.example"})

        assert answer.status_code == 401
        assert "Set web.token" in answer.text


async def test_beyond_loopback_everything_but_healthz_needs_the_token() -> None:
    async with serving(EVERYWHERE, TOKEN) as client:
        assert (await client.get("/healthz")).status_code == 200
        for path in ("/", "/feeds/all.atom", "/no-such-page", "/healthz/", "//healthz"):
            answer = await client.get(f"{str(client.base_url).rstrip('/')}{path}")
            assert answer.status_code == 401, path
            assert TOKEN not in answer.text


@pytest.mark.parametrize(
    "credentials",
    [
        {"Authorization": f"Bearer {TOKEN}"},
        {"Authorization": f"bearer  {TOKEN}"},
        {"Authorization": httpx.BasicAuth("anyone", TOKEN)._auth_header},
    ],
)
async def test_the_token_is_shown_as_a_bearer_or_as_the_password_of_a_feed_reader(
    credentials: dict[str, str],
) -> None:
    async with serving(EVERYWHERE, TOKEN) as client:
        assert (await client.get("/feeds/all.atom", headers=credentials)).status_code == 200


@pytest.mark.parametrize(
    "credentials",
    [
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Bearer"},
        {"Authorization": f"Digest {TOKEN}"},
        {"Authorization": "Basic nonsense"},
        {"Authorization": "Basic /////w=="},
        {"Authorization": "Bearer \xe4"},
        {"Cookie": f"ausguck={TOKEN}"},
        {"Cookie": "ausguck=\xe4"},
    ],
)
async def test_anything_else_is_not(credentials: dict[str, str]) -> None:
    async with serving(EVERYWHERE, TOKEN) as client:
        sent = {name.encode(): value.encode("latin-1") for name, value in credentials.items()}
        answer = await client.get("/", headers=sent)

        assert answer.status_code == 401
        assert "Basic" in answer.headers["WWW-Authenticate"]


async def test_a_token_in_the_address_becomes_a_cookie_and_vanishes_from_it() -> None:
    async with serving(EVERYWHERE, TOKEN) as client:
        entered = await client.get(f"/feeds/all.atom?name=Anna+B&token={TOKEN}&x=")

        assert entered.status_code == 303
        assert entered.headers["Location"] == "./all.atom?name=Anna+B&x="
        cookie = entered.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert TOKEN not in cookie
        followed = await client.get("/feeds/all.atom?name=Anna")
        assert followed.text == "hello Anna"


async def test_the_redirect_leads_nowhere_else() -> None:
    async with serving(EVERYWHERE, TOKEN) as client:
        there = str(client.base_url).rstrip("/")
        answer = await client.get(f"{there}//evil.example/https:%2F%2Fevil?token={TOKEN}")

        assert answer.headers["Location"] == "./https:%2F%2Fevil"


async def test_a_wrong_token_in_the_address_sets_no_cookie() -> None:
    async with serving(EVERYWHERE, TOKEN) as client:
        answer = await client.get("/?token=wrong")

        assert answer.status_code == 401
        assert "Set-Cookie" not in answer.headers


async def test_after_ten_wrong_tokens_a_minute_none_is_compared() -> None:
    moments = [NOW]
    gate = Gate(EVERYWHERE, TOKEN, lambda: moments[-1])
    async with serving(EVERYWHERE, gate=gate) as client:
        codes = [(await client.get(f"/?token={n}")).status_code for n in range(11)]
        right = await client.get(f"/?token={TOKEN}")
        moments.append(NOW + timedelta(seconds=61))
        later = await client.get(f"/?token={TOKEN}")

        assert codes == [401] * 10 + [429]
        assert right.status_code == 429
        assert right.headers["Retry-After"] == "60"
        assert later.status_code == 303


async def test_who_has_a_long_token_is_not_locked_out_by_the_wrong_ones_of_others() -> None:
    token = "a-token-that-nobody-guesses"
    async with serving(EVERYWHERE, token) as client:
        wrong = [(await client.get(f"/?token={n}")).status_code for n in range(12)]
        right = await client.get("/", headers={"Authorization": f"Bearer {token}"})

        assert wrong == [401] * 10 + [429] * 2
        assert right.status_code == 200


async def test_who_shows_no_token_is_not_counted() -> None:
    async with serving(EVERYWHERE, TOKEN) as client:
        for _ in range(12):
            assert (await client.get("/")).status_code == 401
        answer = await client.get("/", headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200


async def test_a_cookie_of_a_former_token_is_taken_back() -> None:
    gate = Gate(EVERYWHERE, TOKEN, lambda: NOW)
    async with serving(EVERYWHERE, gate=gate) as client:
        await client.get(f"/?token={TOKEN}")
        gate.token = "another"
        refused = await client.get("/")

        assert refused.status_code == 401
        assert "Max-Age=0" in refused.headers["Set-Cookie"]
        assert not client.cookies


async def test_every_answer_says_what_a_browser_may_do_with_it() -> None:
    async with serving(EVERYWHERE, TOKEN) as client:
        for path in ("/healthz", "/", f"/?token={TOKEN}"):
            headers = (await client.get(path)).headers
            assert {name: headers[name] for name in HEADERS} == HEADERS
            assert "server" not in headers


async def test_what_may_change_something_is_not_taken_from_a_page_of_another_site() -> None:
    async def change(_request: Request) -> PlainTextResponse:
        return PlainTextResponse("changed")

    async with serving(routes=[Route("/change", change, methods=["POST"])]) as client:
        here = str(client.base_url).rstrip("/")
        own = await client.post("/change", headers={"Origin": here})
        foreign = await client.post("/change", headers={"Origin": "https://evil.example"})
        hidden = await client.post("/change", headers={"Origin": "null"})

        assert own.status_code == 200
        assert (foreign.status_code, hidden.status_code) == (403, 403)
