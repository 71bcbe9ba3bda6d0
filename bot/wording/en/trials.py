"""English. What a query, a list or an exclusion would have done."""

from bot.wording.trials import TrialWords


def _days(count: int) -> str:
    return "In the last 24 hours" if count == 1 else f"In the last {count} days"


def _old(count: int) -> str:
    if count == 1:
        return "One article matches, but was there already when its feed was added."
    return f"{count} articles match, but were there already when their feeds were added."


TRIALS = TrialWords(
    would="📊 {days} that would have brought <b>{alerts}</b> of {events}, for instance:",
    days=_days,
    alerts=lambda count: "1 alert" if count == 1 else f"{count} alerts",
    events=lambda count: "1 event" if count == 1 else f"{count} events",
    nothing=lambda days: f"📊 {_days(days)} that would not have alerted.",
    old=_old,
    unread="📊 I cannot try this yet: I have not read any article.",
    slow="📊 Trying this on everything that I have read takes too long.",
    damaged=(
        "📊 I cannot try this right now: my index was damaged, and I am making it anew. Nothing is "
        "lost."
    ),
    narrower="{form} (<code>{query}</code>): {alerts}. Missing would be “{title}”, say.",
    forms={
        "exact": "✂️ Only exactly so",
        "often": "✂️ Only if named more often",
        "title": "✂️ Only in the headline",
    },
    of_list="📊 {days}, of {list}:",
    less="<code>{line}</code>: {left} instead of {alerts}. Missing would be “{title}”, say.",
    less_nothing="<code>{line}</code>: would have kept no alert away.",
    asks="This is not saved yet. Shall I look for it from now on?",
    button_save="💾 Save",
    button_discard="✖️ Discard",
    discarded="Discarded. I am not looking for that.",
)
