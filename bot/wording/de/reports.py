"""German. Trends as pictures, and the press review."""

from bot.wording.reports import ReportWords

_WEEKDAYS = ("Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So.")
_MONTHS = (
    *("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni"),
    *("Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."),
)


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")


REPORTS = ReportWords(
    weekdays=dict(enumerate(_WEEKDAYS)),
    months=dict(enumerate(_MONTHS, 1)),
    day_of="{weekday}, {day}. {month}",
    moment="{date}, {time} Uhr",
    thousands=".",
    within=lambda days: "heute" if days == 1 else f"in den letzten {days} Tagen",
    days=lambda count: "ein Tag" if count == 1 else f"{count} Tage",
    stories=lambda count: "ein Ereignis" if count == 1 else f"{_number(count)} Ereignisse",
    articles=lambda count: "ein Artikel" if count == 1 else f"{_number(count)} Artikel",
    how_to_trend=(
        "Wovon soll ich den Verlauf zeichnen? Schreiben Sie zum Beispiel "
        "<code>/trend Nordkorea</code> oder <code>/trend Nordkorea &amp; Weizen 90d</code>. "
        "Ohne Zahl am Ende sind es 30 Tage."
    ),
    trend_too_long=(
        "So weit reicht das Bild nicht: Es zeigt höchstens {most} Tage. "
        "Schreiben Sie zum Beispiel <code>/trend {query} {most}d</code>."
    ),
    trend_nothing="📊 Zu <code>{query}</code> stand {within} nichts.",
    trend_title="📊 <code>{query}</code> {within}: {articles}, {stories}.",
    trend_peaks="Am meisten:",
    trend_peak="{mark} {date}: {articles}, vor allem {story}",
    trend_slow=(
        "Dieses Bild dauert mir zu lange. Versuchen Sie es mit einem weiteren Wort oder mit "
        "weniger Tagen."
    ),
    trend_not_sent="Das Bild ließ sich gerade nicht schicken. Bitte versuchen Sie es noch einmal.",
    legend_stories="Ereignisse",
    legend_articles="Artikel",
    review_off=(
        "📰 Einen Pressespiegel gibt es hier nicht. Mit <code>/review 6:30</code> kommt täglich "
        "um diese Zeit für jede Liste eine Datei mit allem, was neu ist."
    ),
    review_now="📰 Der Pressespiegel der letzten 24 Stunden ist gleich da.",
    review_daily="📰 Der Pressespiegel kommt täglich um <b>{time} Uhr</b>{csv}.",
    review_csv=", auch als Tabelle (CSV)",
    review_unread=(
        "Das habe ich nicht verstanden. Schreiben Sie zum Beispiel <code>/review 6:30</code>, "
        "<code>/review 6:30 csv</code> für eine Tabelle dazu, <code>/review jetzt</code> oder "
        "<code>/review aus</code>."
    ),
    button_review_at="📰 Täglich {time} Uhr",
    button_review_now="Jetzt",
    button_review_off="Kein Pressespiegel",
    review_title="📰 <b>Pressespiegel</b>, {since} bis {until}",
    review_line="• <b>{label}</b>: {stories}, {articles}",
    review_line_nothing="• <b>{label}</b>: nichts Neues",
    review_nothing="Zu Ihren Listen kam in dieser Zeit nichts Neues.",
    review_no_lists="Noch ist keine Wortliste eingeschaltet. Mit /lists wählen Sie welche aus.",
    review_doubted=(
        "Pressespiegel <b>{label}</b> vom {date}; was zuletzt kam, schickt /review jetzt"
    ),
    review_doubted_whole="Pressespiegel vom {date}; was zuletzt kam, schickt /review jetzt",
    review_file="<b>{label}</b>: {stories}, {articles}",
    review_refused=(
        "⚠️ Den Pressespiegel „{label}“ konnte ich hier nicht schicken. Vielleicht sind in diesem "
        "Chat Dateien nicht erlaubt."
    ),
    review_name="Pressespiegel {label} {date}",
    paper_title="Pressespiegel: {label}",
    paper_period="{since} bis {until}",
    paper_made="Erstellt vom Ausguck am {time}",
    paper_contents="Inhalt",
    paper_to_contents="Zum Inhalt",
    paper_first="zuerst",
    paper_sources="Berichte",
    paper_empty="In dieser Zeit kam nichts Neues.",
    paper_left_out=lambda count: (
        "Ein weiteres Ereignis hat hier keinen Platz."
        if count == 1
        else f"{_number(count)} weitere Ereignisse haben hier keinen Platz."
    ),
    paper_columns={
        "story": "Ereignis",
        "event": "Worum es geht",
        "title": "Überschrift",
        "outlet": "Medium",
        "date": "Datum",
        "time": "Uhrzeit",
        "first": "Zuerst",
        "passage": "Textstelle",
        "link": "Link",
    },
    paper_yes="ja",
    paper_separator=";",
)
