"""English. What goes with a query, and what could be better in a list."""

from bot.wording.doctor import DoctorWords


def _days(count: int) -> str:
    return "in the last 24 hours" if count == 1 else f"in the last {count} days"


DOCTOR = DoctorWords(
    how_to_suggest=(
        "What shall I suggest something for? Write <code>/suggest Nordkorea</code>, for instance, "
        "or <code>/suggest Nordkorea 90d</code>. I show which names and words are often in the "
        "same articles. Without a number it is thirty days."
    ),
    suggest_title=lambda days: f"💡 <code>{{query}}</code> {_days(days)}:",
    suggest_nothing=lambda days: f"💡 I have read nothing on <code>{{query}}</code> {_days(days)}.",
    found="Events: {events}, articles: {articles}.",
    found_cut="These are the newest articles only; there are more.",
    forms="<b>How it is written</b>\n{forms}",
    beside="<b>What often comes with it</b>, in events",
    suggestion="• {line}: {events}, {elsewhere}",
    elsewhere=lambda count: f"elsewhere about {count}" if count else "nowhere else",
    no_suggestion="Nothing else comes with it unusually often.",
    tap_to_add="Tap what I shall look for as well.",
    button_suggest="💡 What goes with it?",
    answer_added="From now on I look for that as well",
    answer_too_many="You cannot have so many queries of your own",
    slow="That takes too long. Try it with fewer days, such as <code>7d</code> at the end.",
    how_to_doctor=(
        "Which list shall I examine? Write <code>/doctor</code> to have your own queries examined; "
        "look for something with /add first. As an administrator write, for instance, "
        "<code>/doctor Nordkorea 90d</code>."
    ),
    which_list="Which list shall I examine?",
    unknown_list="There is no list called “{name}”.",
    too_large="This list is too long for me: I examine at most {most} lines here.",
    title=lambda days: f"🩺 <b>{{label}}</b> {_days(days)}",
    counted="Events: {events}, articles: {articles}.",
    counted_unwanted="Events: {events}, articles: {articles}; not relevant: {unwanted}.",
    cut="These are the newest articles only; there are more.",
    anywhere="Articles of all feeds were examined, without regard to the list’s tags.",
    well="👍 I find nothing wrong with it.",
    never="<b>Never found anything</b>",
    idle="<b>Never excluded anything</b>",
    loud="<b>Brings nine tenths of the events</b>",
    unwanted="<b>Brings nine tenths of what is not relevant</b>",
    unwanted_forms="<b>These words brought what is not relevant</b>",
    surprising="<b>Found for these words alone</b>",
    implied="<b>Superfluous</b>",
    implied_how={
        "twin": "• <code>{line}</code> is in line {number} as well",
        "cover": "• <code>{line}</code>: <code>{by}</code> finds all of it already",
        "veto": "• <code>{line}</code> never alerts: <code>{by}</code> excludes all of it",
    },
    share="• {what}: {count} of {all}",
    of_events="• {what}: {count}",
    more="… and {count} more",
    changes="<b>What you could change</b>",
    delete="<s>{line}</s>",
    replace="<code>{old}</code> → <code>{new}</code>",
    effect="Events {events} → {events_after}, articles {articles} → {articles_after}",
    effect_none="what is found stays the same",
    effect_unwanted="not relevant {unwanted} → {unwanted_after}",
    why={
        "excluded": "readers have excluded this",
        "unwanted_form": "this form brings what is not relevant",
        "unwanted_word": "this is in what is not relevant",
        "surprising_form": "another word than you may have in mind",
        "loud": "most comes from this",
        "superfluous": "another line is enough",
    },
    left_out="left out:",
    no_changes="I have found no change that helps.",
    button_apply="Apply {number}.",
    applied="📝 <b>{label}</b> now has: <code>{line}</code>",
    deleted="📝 <b>{label}</b> no longer has: <code>{line}</code>",
    answer_changed="That is so already, or the list is another one by now",
    not_written=(
        "⚠️ I could not change the watchlist <b>{label}</b>. Check that I may write into its "
        "folder, and then tap again."
    ),
)
