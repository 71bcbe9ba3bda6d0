"""`Not relevant`: what an article has in it is excluded, from its lists and in this chat alone."""

import asyncio
from collections.abc import Sequence

import structlog

from bot.alerts.compose import Button as Key
from bot.alerts.compose import Message
from bot.alerts.html import bold, escape, shorten
from bot.store import alerts, chats, claims, notices, own, pending
from bot.store.alerts import Alert
from bot.store.chats import Chat
from bot.telegram import trials, views
from bot.telegram.desk import Desk
from bot.telegram.handling import held_by
from bot.telegram.rights import may_settle
from bot.telegram.talk import Button, Part, Press, Talk
from bot.text.languages import rules_for
from bot.watch.language import with_line
from bot.watch.personal import exclusion, is_own
from bot.watch.proposals import proposals

log = structlog.get_logger()

LABEL, LINE = 40, 60
MOST_LISTS = 5


class Relevance(Part):
    """One method for each button."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def buttons(self) -> Sequence[Button]:
        """Return what can be pressed."""
        return (
            Button("nr", self.irrelevant, "asks"),
            Button("ex", self.exclude),
            Button("ux", self.drop),
            Button("pr", self.adopt, "admin"),
        )

    async def irrelevant(self, press: Press) -> None:
        """Offer what could be excluded; who may not settle that is counted."""
        async with self._desk.store.read() as connection:
            held = await held_by(connection, press.talk.home, press.data)
        if held is None or press.talk.user_id is None:
            await press.stale()
            return
        talk = press.talk
        if not (talk.is_admin or await may_settle(talk.bot, talk.home, talk.user_id)):
            async with self._desk.store.write() as tx:
                count = await claims.vote(tx, held.alert.id, press.talk.user_id)
            await press.answer(press.words.own.answer_counted(count))
            return
        offered = await self._offered(held.alert)
        await press.answer()
        await press.reply(await self._offer(press, held.alert, offered))

    async def _offer(self, press: Press, alert: Alert, offered: Sequence[str]) -> Message:
        words = press.words.own
        if not offered:
            return Message(words.nothing_to_exclude)
        keys = [
            (
                Key(
                    words.button_exclude.format(line=shorten(line, LABEL)),
                    f"ex:{press.data}:{views.handle(line)}",
                ),
            )
            for line in offered
        ]
        keys.append((Key(words.button_relevant, "ex:"),))
        lines = [words.which_to_exclude.format(lists=self._lists(press, alert))]
        lines += await self._tried(press, alert.watchlists[0], offered)
        return Message("\n".join(lines), tuple(keys))

    async def _tried(self, press: Press, name: str, lines: Sequence[str]) -> Sequence[str]:
        """Say what each of some exclusions would have kept away from a list."""
        lists = self._desk.library.matcher.watchlists
        watchlist = next((each for each in lists if each.name == name), None)
        if watchlist is None:
            return ()
        found = await trials.tried(self._desk, watchlist)
        less = await trials.without(found, lines, press.words)
        if not less:
            return ()
        words, label = press.words.trials, self._desk.reader(press.talk.home).label(name)
        shown = {"days": words.days(trials.DAYS), "list": bold(shorten(label, LABEL))}
        return ["", words.of_list.format(**shown), *less]

    async def exclude(self, press: Press) -> None:
        """Exclude what was chosen from the lists of the alert, in this chat."""
        letter, _, handle = press.data.partition(":")
        if not letter:
            await press.answer()
            await press.replace(Message(press.words.own.kept))
            return
        async with self._desk.store.read() as connection:
            held = await held_by(connection, press.talk.home, letter)
        offered = await self._offered(held.alert) if held else ()
        line = views.named(handle, dict.fromkeys(offered, ""))
        if held is None or line is None:
            await press.stale()
            return
        proposed = await self._exclude(press.talk, held.alert, line)
        await self._desk.take_in_own()
        await self._leave_out(press.talk.home)
        said = press.words.own.excluded
        shown = said.format(lists=self._lists(press, held.alert), line=escape(shorten(line, LINE)))
        keys = [(Key(press.words.own.button_to_file, f"pr:{number}"),) for number in proposed]
        await press.answer()
        await press.replace(Message(shown, tuple(keys)))

    async def _exclude(self, talk: Talk, alert: Alert, line: str) -> Sequence[int]:
        """Exclude a line; return what an admin who did so could write into a file."""
        now, chat, proposed = self._desk.now(), talk.home, []
        is_admins = talk.is_admin and chat.type == "private"
        async with self._desk.store.write() as tx:
            on = await chats.subscribed(tx, chat.id)
            for name in [name for name in alert.watchlists if name in on]:
                is_new = await own.exclude(tx, chat.id, name, line, now)
                if is_new and not is_own(name) and await own.excluders(tx, name, line) == 1:
                    # What one chat finds irrelevant may be so for all: its file's keeper decides.
                    number = await own.number_of(tx, chat.id, name, line)
                    label = self._desk.reader(chat).label(name)
                    params = {"list": label, "line": line, "exclusion": str(number)}
                    admins = [each.id for each in await chats.admins(tx) if each.id != chat.id]
                    await notices.post(tx, admins, "exclusion_proposed", params, now)
                    proposed += [number] if is_admins else []
        return proposed

    async def _leave_out(self, chat: Chat) -> None:
        """Leave out of what the chat is still to be told what it excludes by now."""
        async with self._desk.store.read() as connection:
            excluded = {
                exclusion(each.id): each.watchlist
                for each in await own.excluded(connection, chat.id)
            }
            waiting = await alerts.waiting(connection, chat.id)
        matcher = self._desk.library.matcher
        for alert in waiting:
            found = await asyncio.to_thread(matcher.match, alert.found.article)
            names = {excluded[m.watchlist] for m in found if m.watchlist in excluded}
            async with self._desk.store.write() as tx:
                await pending.leave_out(tx, alert.id, sorted(names))

    async def drop(self, press: Press) -> None:
        """Take an exclusion back."""
        dropped = None
        if views.is_number(press.data):
            async with self._desk.store.write() as tx:
                dropped = await own.drop_exclusion(tx, press.chat.id, int(press.data))
        if dropped is None:
            await press.stale()
            return
        await self._desk.take_in_own()
        label = self._desk.reader(press.chat).label(dropped.watchlist)
        shown = {"line": escape(dropped.line), "list": bold(shorten(label, LABEL))}
        await press.answer()
        await press.talk.answer(Message(press.words.own.exclusion_dropped.format(**shown)))

    async def adopt(self, press: Press) -> None:
        """Write what one chat excludes into the list's file, so that it holds for all."""
        proposed = None
        if views.is_number(press.data):
            async with self._desk.store.read() as connection:
                proposed = await own.exclusion(connection, int(press.data))
        if proposed is None:
            await press.stale()
            return
        await press.answer()
        name, library = proposed.watchlist, self._desk.library
        content = await library.content(name)
        shown = {"list": escape(shorten(name, LABEL)), "line": escape(proposed.line)}
        try:
            if not isinstance(content, bytes):
                raise FileNotFoundError(name)
            await library.save(name, with_line(content, f"-{proposed.line}"))
        except OSError as error:
            log.warning("watchlist.not_written", watchlist=name, error=str(error))
            await press.talk.answer(Message(press.words.own.not_in_file.format(**shown)))
            return
        await press.replace(Message(press.words.own.in_file.format(**shown)))

    async def _offered(self, alert: Alert) -> Sequence[str]:
        found = alert.found
        matches = [match for match in found.matches if match.watchlist in alert.watchlists]
        return await asyncio.to_thread(proposals, found.article, matches, rules_for)

    def _lists(self, press: Press, alert: Alert) -> str:
        label = self._desk.reader(press.talk.home).label
        names = alert.watchlists[:MOST_LISTS]
        return ", ".join(bold(shorten(label(name), LABEL)) for name in names)
