"""English. What a chat looks for itself, and what it wants to hear nothing of."""

from bot.wording.own import OwnWords


def _counted(count: int) -> str:
    if count == 1:
        return "Counted: one person finds this not relevant. An administrator can exclude it."
    return f"Counted: {count} people find this not relevant. An administrator can exclude it."


def _story_title(count: int) -> str:
    return "📰 One outlet reports it:" if count == 1 else f"📰 {count} outlets report it:"


def _days(count: int) -> str:
    return "in the last 24 hours" if count == 1 else f"in the last {count} days"


OWN = OwnWords(
    label="Your own queries",
    how_to_add=(
        "What shall I look for? Write, for instance:\n"
        "<code>/add victory parade</code>\n"
        "<code>/add Nordkorea &amp; (Soldat | Truppen)</code>\n"
        '<code>/add "Kim Jong Un"</code>\n'
        "<code>/add -videogame</code> to leave out articles with this word."
    ),
    which_to_remove="What shall I stop looking for?",
    unknown_query="I am not looking for that here. Which of these queries should go?",
    unreadable=(
        "⚠️ I can no longer read your own queries, and until that is mended there are no alerts on "
        "them. Remove what is wrong, then look for it anew with /add:"
    ),
    added="🔎 From now on I look for this:",
    added_exclusion="🚫 From now on I leave this out of your own queries:",
    found_already="💡 The watchlist <b>{label}</b>, which is on here, already looks for that.",
    nothing_added="None of it has been saved.",
    removed="I no longer look for <code>{query}</code>.",
    too_long="That is too long: a query has at most {most} characters.",
    too_many="You can have at most {most} queries of your own. /remove makes room.",
    button_undo="✖️ Undo",
    plain_text=(
        "Shall I look for that? Then tap this line to copy it, and send it to me:\n"
        "<code>/add {text}</code>\nEverything I can do is under /help."
    ),
    plain_link=(
        "Write <code>/why LINK</code> to learn why there was an alert on an article or not, "
        "or <code>/test LINK</code> to try your lists on it."
    ),
    unknown_command="I do not know this command. Everything I can do is under /help.",
    too_much=(
        "That is too fast for me. I’ll be back in a minute; what you write until then I won’t read."
    ),
    how_to_test=(
        "Write <code>/test</code> with a text or a LINK after it, or reply to a message with it. "
        "I tell you which lists match, and why."
    ),
    test_title="🧪 <b>{title}</b>",
    test_matches="✅ <b>{label}</b>: <code>{query}</code>",
    test_excluded="🚫 <b>{label}</b> would match, but this is excluded: <code>{line}</code>",
    test_nothing="No list matches.",
    how_to_search=(
        "What shall I search for? Write <code>/search Nordkorea</code>, for instance, or "
        "<code>/search Nordkorea &amp; Weizen 30d</code>. Without a number it is seven days; "
        "with <code>best</code> at the end, the best comes first and not the newest."
    ),
    search_title=lambda days: f"🔎 <code>{{query}}</code> {_days(days)}:",
    search_nothing=lambda days: f"🔎 I have read nothing on <code>{{query}}</code> {_days(days)}.",
    search_best=lambda days: f"🔎 <code>{{query}}</code> {_days(days)}, the best first:",
    search_ranked="… This is only the best of the newest: there is more.",
    search_many="… and more. With another word, or fewer days, it becomes clearer.",
    search_since="ℹ️ I search all that I have read since {time}; I have nothing older.",
    search_empty="I have not read anything yet that I could search.",
    search_slow="This search takes too long. Try it with another word, or with fewer days.",
    search_damaged=(
        "My index was damaged, and I am making it anew. Nothing is lost: search again in a few "
        "minutes."
    ),
    search_being_filled=(
        "⚠️ My index was damaged and is being made anew: I do not find everything yet."
    ),
    test_nearest="Closest:",
    test_unreadable="I could not read this page: {error}.",
    text_gone="🗒 I no longer keep the text.",
    claimed="🙋 {name} is on it, {time}",
    somebody="Somebody",
    answer_claimed_before="Somebody has taken this already",
    answer_claim_of_another="Only the person who took it can undo that",
    answer_muted="Muted until {time}",
    answer_counted=_counted,
    which_to_exclude=(
        "What is not relevant about it? In this chat I’ll leave articles with the word you choose "
        "out of {lists}. <code>title:</code> means: only if it is in the headline."
    ),
    nothing_to_exclude=(
        "I find no word in this article that could be excluded. For your own queries you can "
        "exclude one yourself with <code>/add -word</code>."
    ),
    button_exclude="without {line}",
    button_relevant="Change nothing",
    kept="Everything stays as it is.",
    excluded=(
        "👍 From now on I leave out of {lists} here whatever <code>{line}</code> applies to. "
        "You can take that back under /subs."
    ),
    exclusion_dropped="<code>{line}</code> is not excluded from {list} any more.",
    subs_exclusion="{list}, without <code>{line}</code>",
    which_story=(
        "Reply to an alert with /story, or write <code>/story LINK</code>. "
        "I’ll show you who reports it, and who was first."
    ),
    story_title=_story_title,
    story_more=lambda count: f"… and {count} more.",
    which_split="Write <code>/split LINK</code> with the article that is about another event.",
    split_alone="This is the only article about this event that I know of.",
    unknown_article=(
        "I know of no event that this article is about: no watchlist matches it, or I have not "
        "read it. <code>/why LINK</code> says more."
    ),
    split="✂️ This article now counts as an event of its own, and that will stay so.",
    split_first="The event began with this article. Name the ones that do not belong to it.",
    list_settings="⚙️ <b>{label}</b>\nAlerts come: {mode}.",
    list_muted="🔇 Muted until {time}.",
    modes={
        "urgent": "at once, even in quiet hours",
        "now": "at once",
        "quiet": "without a sound",
        "digest": "collected",
    },
    button_mute_day="🔇 24 hours",
    button_mute_week="🔇 7 days",
    button_off="✖️ Switch off",
    button_collect="🗞 As a digest",
    button_as_before="👍 Leave it as it is",
    button_to_file="📝 Write it into the watchlist",
    in_file=(
        "📝 The watchlist <b>{list}</b> now has the line <code>-{line}</code>. "
        "It applies to everybody."
    ),
    not_in_file=(
        "⚠️ I could not write <code>-{line}</code> into the watchlist <b>{list}</b>. "
        "Check that I may write into its folder, and then tap again."
    ),
)
