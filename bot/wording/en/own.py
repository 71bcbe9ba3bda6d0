"""English. What a chat looks for itself, and what it wants to hear nothing of."""

from bot.wording.own import OwnWords


def _counted(count: int) -> str:
    if count == 1:
        return "Counted. Only an administrator can set that here."
    return f"Counted: {count} find this irrelevant. An administrator can set it."


def _story_title(count: int) -> str:
    return "📰 One outlet reports it:" if count == 1 else f"📰 {count} outlets report it:"


OWN = OwnWords(
    label="Own queries",
    how_to_add=(
        "What shall I look for? Write, for instance,\n"
        "<code>/add victory parade</code>\n"
        "<code>/add Nordkorea &amp; (Soldat | Truppen)</code>\n"
        '<code>/add "Kim Jong Un"</code>\n'
        "<code>/add -videogame</code> to leave out articles with this word."
    ),
    which_to_remove="What shall I look for no more?",
    unknown_query="I do not look for that here. I look for:",
    added="🔎 From now on I look for this:",
    removed="I look for <code>{query}</code> no more.",
    too_long="That is too long: a query has at most {most} characters.",
    too_many="More than {most} queries of your own are not possible. /remove makes room.",
    button_undo="✖️ Take it back",
    plain_text=(
        "Shall I look for that? Then tap this line to copy it, and send it to me:\n"
        "<code>/add {text}</code>\nAll that I can do is under /help."
    ),
    plain_link=(
        "Write <code>/why LINK</code> to learn why an article was told or not, "
        "or <code>/test LINK</code> to try your lists on it."
    ),
    unknown_command="I do not know this command. All that I can do is under /help.",
    too_much="That is too fast for me. Please try again in a minute.",
    how_to_test=(
        "Write <code>/test</code> with a text or a LINK after it, or answer a message with it. "
        "I tell you which lists match, and why."
    ),
    test_title="🧪 <b>{title}</b>",
    test_matches="✅ <b>{label}</b>: <code>{query}</code>",
    test_excluded="🚫 <b>{label}</b> would match, but it is excluded here: <code>{line}</code>",
    test_nothing="No list matches.",
    test_nearest="The nearest is:",
    test_unreadable="I could not read this page: {error}.",
    test_feed_only="<b>{label}</b> is for certain feeds only, and was not tried here.",
    claimed="🙋 {name} takes this, {time}",
    somebody="Somebody",
    answer_claimed_before="Somebody has taken this already",
    answer_muted="Muted until {time}",
    answer_counted=_counted,
    which_to_exclude=(
        "What is wrong with it? From {lists} I leave out here whatever your choice holds on. "
        "<code>title:</code> means: only if the word is in the headline."
    ),
    nothing_to_exclude=(
        "I find no word in this article that could be excluded. With <code>/add -word</code> you "
        "exclude one from your own queries yourself."
    ),
    button_exclude="without {line}",
    button_relevant="Change nothing",
    kept="Everything stays as it is.",
    excluded=(
        "👍 From {lists} nothing comes here any more on which <code>{line}</code> holds. "
        "You take that back under /subs."
    ),
    exclusion_dropped="<code>{line}</code> is not excluded from {list} any more.",
    subs_exclusion="{list}, without <code>{line}</code>",
    which_story=(
        "Answer an alert with /story, or write <code>/story LINK</code>. "
        "I show who reports it, and who was first."
    ),
    story_title=_story_title,
    story_more=lambda count: f"… and {count} more.",
    which_split="Write <code>/split LINK</code> with the article that is of another event.",
    split="✂️ This article is an event of its own now, and stays one.",
    split_first="The event began with this article. Name the others, which do not belong to it.",
    list_settings="⚙️ <b>{label}</b>\nHow it is told: {mode}.",
    modes={
        "urgent": "at once, in quiet hours as well",
        "now": "at once",
        "quiet": "without a sound",
        "digest": "collected",
    },
    button_mute_day="🔇 24 hours",
    button_mute_week="🔇 7 days",
    button_off="✖️ Switch off",
    answer_mode="{label}: {mode}",
    button_collect="🗞 Collected from now on",
    button_as_before="👍 Leave it so",
    button_to_file="📝 Write it into the watchlist",
    in_file="📝 The watchlist <b>{list}</b> says <code>-{line}</code> now.",
    not_in_file="That could not be written into the watchlist <b>{list}</b>: <i>-{line}</i>",
)
