"""English. Trends as pictures, and the press review."""

from bot.wording.reports import ReportWords

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

REPORTS = ReportWords(
    weekdays=dict(enumerate(_WEEKDAYS)),
    months=dict(enumerate(_MONTHS, 1)),
    day_of="{weekday} {day} {month}",
    moment="{date}, {time}",
    thousands=",",
    within=lambda days: "today" if days == 1 else f"in the last {days} days",
    days=lambda count: "one day" if count == 1 else f"{count} days",
    stories=lambda count: "one event" if count == 1 else f"{count:,} events",
    articles=lambda count: "one article" if count == 1 else f"{count:,} articles",
    how_to_trend=(
        "What shall I draw the course of? Write <code>/trend Nordkorea</code>, for instance, or "
        "<code>/trend Nordkorea &amp; Weizen 90d</code>. Without a number it is 30 days."
    ),
    trend_too_long=(
        "The picture does not go back that far: it shows {most} days at most. "
        "Write <code>/trend {query} {most}d</code>, for instance."
    ),
    trend_nothing="📊 Nothing on <code>{query}</code> {within}.",
    trend_title="📊 <code>{query}</code> {within}: {articles}, {stories}.",
    trend_peaks="The most:",
    trend_peak="{mark} {date}: {articles}, above all {story}",
    trend_slow=("This picture takes me too long. Try it with one more word, or with fewer days."),
    trend_not_sent="The picture could not be sent just now. Please try again.",
    legend_stories="events",
    legend_articles="articles",
    review_off=(
        "📰 There is no press review here. With <code>/review 6:30</code>, each day at that time "
        "a file comes for every list, with all that is new."
    ),
    review_now="📰 The press review of the last 24 hours is on its way.",
    review_daily="📰 The press review comes daily at <b>{time}</b>{csv}.",
    review_csv=", also as a table (CSV)",
    review_unread=(
        "I did not understand that. Write <code>/review 6:30</code>, for instance, "
        "<code>/review 6:30 csv</code> for a table as well, <code>/review now</code> or "
        "<code>/review off</code>."
    ),
    button_review_at="📰 Daily at {time}",
    button_review_now="Now",
    button_review_off="No press review",
    review_title="📰 <b>Press review</b>, {since} to {until}",
    review_line="• <b>{label}</b>: {stories}, {articles}",
    review_line_nothing="• <b>{label}</b>: nothing new",
    review_nothing="There was nothing new on your lists.",
    review_no_lists="No watchlist is on yet. Choose some with /lists.",
    review_doubted=("press review <b>{label}</b> of {date}; for the latest, send /review now"),
    review_doubted_whole="press review of {date}; for the latest, send /review now",
    review_file="<b>{label}</b>: {stories}, {articles}",
    review_refused=(
        "⚠️ The press review “{label}” could not be sent here. Perhaps this chat allows no files."
    ),
    review_name="Press review {label} {date}",
    paper_title="Press review: {label}",
    paper_period="{since} to {until}",
    paper_made="Made by Ausguck on {time}",
    paper_contents="Contents",
    paper_to_contents="To the contents",
    paper_first="first",
    paper_sources="Reports",
    paper_empty="There was nothing new.",
    paper_left_out=lambda count: (
        "There is no room here for one more event."
        if count == 1
        else f"There is no room here for {count:,} more events."
    ),
    paper_columns={
        "story": "Event",
        "event": "About",
        "title": "Headline",
        "outlet": "Outlet",
        "date": "Date",
        "time": "Time",
        "first": "First",
        "passage": "Passage",
        "link": "Link",
    },
    paper_yes="yes",
    paper_separator=",",
)
