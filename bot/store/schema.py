"""The tables. Names are the vocabulary of docs/tour.md; instants are microseconds in UTC."""

from sqlalchemy import (
    REAL,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
    text,
)

from bot.store import tables
from bot.store.indexed import archived, words
from bot.store.tables import chat_id, entry_id, table
from bot.store.types import Duration, Flag, Instant, Int64, Json

__all__ = ["archived", "words"]
metadata = tables.metadata

feeds = table(
    "feeds",
    Column("id", Integer, primary_key=True),
    Column("url", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("origin", Text, nullable=False),  # config, store
    Column("state", Text, nullable=False, server_default="active"),  # active, paused, gone, removed
    Column("every", Duration),
    Column("tags", Json, nullable=False),
    Column("added", Instant, nullable=False),
    Column("next_due", Instant, nullable=False),
    Column("lease_until", Instant),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_digest", Text),
    Column("first_success", Instant),
    Column("last_success", Instant),
    Column("errors", Integer, nullable=False, server_default="0"),
    Column("last_error", Text),
    Column("former_url", Text),  # as it was written or added, if it has moved since
    Column("due_reason", Text),
    Column("interval", Duration),
    Column("last_full", Instant),
    Column("streak", REAL, nullable=False, server_default="0"),
    Column("rhythm", Json, nullable=False, server_default="[]"),
    Column("hints", Json),
    Column("moved_to", Text),
    Column("moved_polls", Integer, nullable=False, server_default="0"),
    Column("told", Text),  # what an admin knows of it: ill, silent; null: that it is well
    Index("feeds_due", "state", "next_due"),
    Index("feeds_former_url", "former_url"),
)

entries = table(
    "entries",
    Column("id", Integer, primary_key=True),
    Column("feed_id", Integer, ForeignKey("feeds.id", ondelete="CASCADE"), nullable=False),
    Column("key", Text, nullable=False),
    Column("subject", Text, nullable=False),  # the same for the same article in every feed
    Column("link", Text),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("changes", Integer, nullable=False, server_default="0"),
    Column("published", Instant, nullable=False),
    Column("seen", Instant, nullable=False),
    Column("old", Flag, nullable=False),
    Column("late", Flag, nullable=False),
    Column("read_due", Instant),  # when its page is to be read (again); null: done
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("lease_until", Instant),
    # its feed listed it when it was last read whole
    Column("listed", Flag, nullable=False, server_default="1"),
    Column("unlisted", Instant),  # since when its feed lists it no more
    UniqueConstraint("feed_id", "key"),
    Index("entries_listed", "feed_id", sqlite_where=text("listed = 1")),
    Index("entries_read_due", "read_due"),
    Index("entries_subject", "subject"),
    Index("entries_unlisted", "unlisted", sqlite_where=text("unlisted IS NOT NULL")),
    Index("entries_text", "seen", sqlite_where=text("text <> ''")),
)

articles = table(
    "articles",
    entry_id(primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("text_from", Text, nullable=False),  # see bot.model.TextFrom
    Column("language", Text),
    Column("read", Instant, nullable=False),
    # its page is behind a paywall, and the feed's text stands in
    Column("walled", Flag, nullable=False, server_default="0"),
    Index("articles_read", "read"),
    Index("articles_text", "read", sqlite_where=text("text_from <> 'gone'")),
)

matches = table(
    "matches",
    Column("id", Integer, primary_key=True),
    entry_id(),
    Column("watchlist", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("spans", Json, nullable=False),
    Column("found", Instant, nullable=False),
    Index("matches_entry", "entry_id"),
    Index("matches_watchlist", "watchlist", "found"),
)

members = table(
    "members",
    Column("id", Integer, primary_key=True),
    entry_id(unique=True),
    Column("story", Integer, nullable=False),  # the entry that opened it
    Column("verdict", Text, nullable=False),  # see bot.stories.values.Verdict
    Column("decision", Json, nullable=False),  # why, as a bot.stories.values.Decision
    Column("joined", Instant, nullable=False),
    Index("members_story", "story"),
    Index("members_joined", "joined"),
)

watchlists = table(
    "watchlists",
    Column("name", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("saved", Instant, nullable=False),
)

chats = table(
    "chats",
    Column("id", Int64, primary_key=True, autoincrement=False),
    Column("type", Text, nullable=False),  # private, group, supergroup, channel
    Column("language", Text, nullable=False),
    Column("state", Text, nullable=False),  # asked, active, paused, asleep
    Column("admin", Flag, nullable=False),
    Column("since", Instant, nullable=False),
    Column("held_until", Instant),  # Telegram asked for a pause
    # How it wants to be told: see bot.alerts.timing.Manner.
    Column("muted_until", Instant),
    Column("quiet", Json),
    Column("digests", Json, nullable=False, server_default="[]"),
    Column("folding", Text, nullable=False, server_default=""),
    Column("thread", Integer),
    Column("zone", Text, nullable=False, server_default=""),  # its own time zone
    Column("spoken", Text, nullable=False, server_default=""),  # the language it asked for
    # Of a topic: the group that it is in. It has an id of our own, and is a chat in all else.
    Column("group_id", Int64),
    Column("asleep_since", Instant),
    Column("acts_for", Int64),  # the channel that is managed from this private chat
    Index("chats_group_id", "group_id"),
)

subscriptions = table(
    "subscriptions",
    chat_id(primary_key=True),
    Column("watchlist", Text, primary_key=True),
    Column("since", Instant, nullable=False),
    Column("muted_until", Instant),
    Column("mode", Text, nullable=False, server_default=""),  # empty: as the list says
    Column("offered", Instant),  # when a digest was offered, as it brings so much
)

own_lists = table(
    "own_lists",
    Column("id", Integer, primary_key=True),
    chat_id(unique=True),
    Column("source", Text, nullable=False),  # as a watchlist's file
)

exclusions = table(
    "exclusions",
    Column("id", Integer, primary_key=True),
    chat_id(),
    Column("watchlist", Text, nullable=False),
    Column("line", Text, nullable=False),  # a query: what holds it is not told here
    Column("created", Instant, nullable=False),
    UniqueConstraint("chat_id", "watchlist", "line"),
)

versions = table(
    "versions",
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),  # of the watchlist
    Column("source", Text, nullable=False),
    Column("saved", Instant, nullable=False),
    Index("versions_name", "name"),
)

drafts = table(
    "drafts",
    Column("id", Integer, primary_key=True),
    chat_id(),
    Column("name", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),  # of a watchlist's file that was sent
    Column("created", Instant, nullable=False),
)

decisions = table(
    "decisions",
    entry_id(primary_key=True),
    Column("watchlist", Text, primary_key=True),
    chat_id(primary_key=True),
    Column("action", Text, nullable=False),  # now, catch_up, silent
    Column("reason", Text, nullable=False),
    Column("decided", Instant, nullable=False),
    Index("decisions_decided", "decided"),
)

heard = table(
    "heard",
    chat_id(primary_key=True),
    Column("subject", Text, primary_key=True, nullable=False),  # of alerts that are forgotten
    Index("heard_subject", "subject"),
)

notices = table(
    "notices",
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False),
    Column("params", Json, nullable=False),
    Column("created", Instant, nullable=False),
)

outbox = table(
    "outbox",
    Column("id", Integer, primary_key=True),
    chat_id(),
    Column("kind", Text, nullable=False),  # see bot.store.outbox.Letter
    Column("state", Text, nullable=False),  # pending, sending, sent, uncertain, dead
    Column("due", Instant, nullable=False),
    Column("changed", Instant, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("notice_id", Integer, ForeignKey("notices.id", ondelete="CASCADE")),
    Column("carried_by", Integer, ForeignKey("outbox.id", ondelete="SET NULL")),
    Column("message_id", Int64),
    Column("error", Text),
    Column("edits", Integer),  # of an edit: the row whose message it changes
    Column("answers", Integer),  # of a story's news: the row whose message it answers
    Column("burst", Flag, nullable=False, server_default="0"),  # a digest of too many alerts
    Column("plain", Flag, nullable=False, server_default="0"),  # its HTML was refused
    Index("outbox_state", "state", "due"),
    Index("outbox_chat", "chat_id", "kind", "changed"),
    Index("outbox_edits", "edits"),
    Index("outbox_carried_by", "carried_by"),
    # Small ones, so that the history of a chat, or what else waits, costs nothing.
    Index("outbox_uncertain", "chat_id", sqlite_where=text("state = 'uncertain'")),
    Index("outbox_notice", "notice_id", sqlite_where=text("notice_id IS NOT NULL")),
    Index("outbox_changes", "state", "kind", "due", sqlite_where=text("kind = 'edit'")),
)

alerts = table(
    "alerts",
    Column("id", Integer, primary_key=True),
    chat_id(),
    entry_id(),
    Column("subject", Text, nullable=False),
    Column("watchlists", Json, nullable=False),
    Column("created", Instant, nullable=False),
    Column("outbox_id", Integer, ForeignKey("outbox.id", ondelete="SET NULL")),
    Column("claimed_by", Int64),  # the id of who said "I take this"
    Column("claimed_at", Instant),
    Column("story", Integer),  # the entry that opened it; null: it is in none
    Column("muted_until", Instant),  # until then its story brings no sound
    UniqueConstraint("chat_id", "subject"),
    Index("alerts_story", "story"),
    Index("alerts_outbox", "outbox_id"),
    Index("alerts_entry", "entry_id"),
)

votes = table(
    "votes",
    Column(
        "alert_id",
        Integer,
        ForeignKey("alerts.id", ondelete="CASCADE"),
        primary_key=True,
        nullable=False,
    ),
    Column("user_id", Int64, primary_key=True, nullable=False),  # who called it not relevant
)

codes = table(
    "codes",
    Column("digest", Text, primary_key=True),  # the code itself is not kept
    Column("purpose", Text, nullable=False),  # own, invite, share, handover
    Column("expires", Instant, nullable=False),
    Column("data", Json),
    Column("uses", Integer, nullable=False, server_default="1"),  # how often it can still be used
)

settings = table(
    "settings",
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
