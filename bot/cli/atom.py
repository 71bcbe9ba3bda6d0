"""`ausguck atom LIST`: a watchlist as a feed for other readers, under a secret address."""

from argparse import Namespace
from difflib import get_close_matches

from bot import clock
from bot.cli import DONE, NO, complain, json_line
from bot.cli.settings import configured, finish, read_watchlists
from bot.config import Config
from bot.daemon.intake import open_store
from bot.errors import Fault, UserError
from bot.store import atom as kept
from bot.watch.watchlist import Watchlist
from bot.web.atom import new_secret, path
from bot.web.server import address


def atom(arguments: Namespace) -> int:
    """Print where a list's feed is; it is made at the first ask.

    Raises:
        UserError: there is no such list, or nobody knows the port.
    """
    config = configured(arguments)
    if arguments.off:
        return _close(config, arguments.list)
    watchlist = _wanted(config, arguments.list)
    if not config.web.port:
        what = "port 0 is another one after each start"
        raise UserError(Fault("web.listen", what, 'write a port, such as "127.0.0.1:8787"'))
    secret = finish(_secret(config, watchlist.name, anew=arguments.new))
    url = address(config.web.host, config.web.port) + path(watchlist.name, secret)
    if arguments.json:
        print(json_line({"list": watchlist.name, "url": url}))
    else:
        print(url)
    if "all" not in watchlist.settings.visible:
        complain("not everybody may see this list in Telegram; who has this address reads it")
    return DONE


def _wanted(config: Config, name: str) -> Watchlist:
    lists, faults = read_watchlists(config)
    known = {each.name: each for each in lists}
    if name in known:
        return known[name]
    if broken := [fault for fault in faults if fault.where == f"{name}.txt"]:
        raise UserError(*broken)
    near = get_close_matches(name, known, n=1)
    remedy = f"did you mean {near[0]}?" if near else "write the name of its file without .txt"
    raise UserError(Fault(name, "there is no such watchlist", remedy))


async def _secret(config: Config, name: str, *, anew: bool) -> str:
    async with open_store(config, clock.now) as store, store.write() as tx:
        secret = None if anew else await kept.secret(tx, name)
        if secret is None:
            secret = new_secret()
            await kept.put_secret(tx, name, secret)
    return secret


def _close(config: Config, name: str) -> int:
    """End the feed of a list, which need not be there any more."""
    was_there = finish(_drop(config, name))
    print("its address leads nowhere any more" if was_there else "it has no feed")
    return DONE if was_there else NO


async def _drop(config: Config, name: str) -> bool:
    async with open_store(config, clock.now) as store, store.write() as tx:
        was_there = await kept.secret(tx, name) is not None
        await kept.drop_secret(tx, name)
    return was_there
