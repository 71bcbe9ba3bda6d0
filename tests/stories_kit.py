"""Articles for tests of stories. All were written for this purpose; the events are invented."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from bot.feeds.urls import same_article
from bot.stories.engine import Stories
from bot.stories.values import Decision, Document

START = datetime(2026, 5, 4, 8, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

WIRE = """Moskau (dpa) - Nordkorea schickt erstmals Soldaten zur Siegesparade auf den Roten Platz.
Nach Angaben des russischen Verteidigungsministers Andrej Beloussow werden am 9. Mai rund 300
Soldaten aus Pjöngjang an der Ehrentribüne vorbeimarschieren. Zugesagt haben nach seinen Worten
bislang zehn von 19 eingeladenen Ländern. Eine Militärkapelle soll die Truppe begleiten, teilte das
Ministerium in Moskau mit. Der japanische Sender NHK hatte zuvor unter Berufung auf Diplomaten über
die Pläne berichtet. Russland und Nordkorea hatten im vorigen Jahr einen Vertrag über gegenseitigen
Beistand unterzeichnet. Seither lieferte Pjöngjang nach westlichen Erkenntnissen Munition und
entsandte Kämpfer in das Gebiet Kursk. Der Siegestag erinnert an das Ende des Zweiten Weltkriegs und
ist der wichtigste Feiertag des Landes. Wegen der Angriffe ukrainischer Drohnen gelten in der
Hauptstadt verschärfte Sicherheitsvorkehrungen. Mehrere Flughäfen stellen an dem Vormittag den
Betrieb ein. Der Kreml wollte nicht bestätigen, dass auch Machthaber Kim Jong Un anreist. Aus Berlin
hieß es, ein Vertreter der Botschaft werde der Veranstaltung fernbleiben."""

OTHER_WORDS = """Auf der Moskauer Siegesparade werden in dieser Woche zum ersten Mal Truppen aus
Nordkorea zu sehen sein. Kim Jong Un entsendet rund 300 Soldaten und eine Militärkapelle, wie
Verteidigungsminister Beloussow am Sonntag sagte. Die Einheit aus Pjöngjang soll am 9. Mai
gemeinsam mit russischen Verbänden über den Roten Platz marschieren, zuerst hatte der japanische
Sender NHK davon erfahren. 19 Länder sind nach Moskau eingeladen, zehn davon kommen. Beobachter
sehen in dem Auftritt der Nordkoreaner ein Signal: Seit dem Beistandsvertrag kämpfen Soldaten aus
Pjöngjang in Kursk an der Seite Russlands, Munition aus Nordkorea gilt als Stütze der Front. Der
Siegestag ist für den Kreml eine Bühne, auf der er zeigt, dass er nicht allein steht."""

MISSILE = """Nordkorea hat nach Angaben des südkoreanischen Militärs eine ballistische Rakete in
Richtung des Japanischen Meeres abgefeuert. Das Geschoss sei am Morgen im Raum Wonsan gestartet
und nach 600 Kilometern ins Wasser gestürzt, erklärte der Generalstab in Seoul. Japans Küstenwache
rief Schiffe zur Vorsicht auf. Schäden wurden nicht gemeldet. Die Regierung in Tokio protestierte
gegen den Start, der gegen Resolutionen der Vereinten Nationen verstößt. Es war der vierte Test in
diesem Jahr; zuletzt hatte Pjöngjang im März einen Marschflugkörper erprobt. Das Weiße Haus sprach
von einer Provokation, die Verbündeten berieten über eine Verschärfung der Sanktionen."""

LOCAL = """Im Rathaus von Bad Wendungen ist man über die Nachricht wenig überrascht, wie eine
Sprecherin am Rand des Frühlingsmarkts sagte. Die Partnerschaft mit einer Stadt an der Wolga ruht
seit vier Jahren, die Austauschschüler fahren inzwischen nach Polen. Ein Verein sammelt weiterhin
Spenden für zwei Familien aus Charkiw, die in der alten Molkerei untergekommen sind."""

OPINION = """Dass nun Soldaten aus Nordkorea über den Roten Platz ziehen, ist kein Zeichen der
Stärke. Die Siegesparade am 9. Mai zeigt einen Kreml, dem die Gäste ausgehen: Von 19 eingeladenen
Ländern kommen zehn, und Beloussow muss Kim Jong Un um 300 Mann und eine Militärkapelle bitten.
Der Siegestag sollte an die Befreiung Europas erinnern, an der Ukrainer ihren Anteil hatten.
Stattdessen marschiert Pjöngjang durch Moskau, das in Kursk mitkämpft und Munition liefert. Das
ist traurig."""

OFFER = """Der Möbelhändler Lindner hat sein Angebot für den Konkurrenten Holzhaus erhöht. Statt
14 bietet das Unternehmen aus Kassel nun 16 Euro je Aktie, insgesamt 2,1 Milliarden Euro. Der
Vorstand von Holzhaus um Vera Krantz will das Gebot prüfen. Lindner hatte im April ein erstes
Gebot vorgelegt, das der Aufsichtsrat als zu niedrig zurückwies. Holzhaus beschäftigt in 80
Filialen rund 9.000 Menschen, die Gewerkschaft Verdi verlangt Zusagen für die Standorte."""

ACCEPTED = """Holzhaus nimmt das erhöhte Angebot von Lindner an. Der Vorstand um Vera Krantz
empfiehlt den Aktionären, für 16 Euro je Aktie zu verkaufen, wie das Möbelhaus mitteilte. Damit
zahlt der Konkurrent aus Kassel 2,1 Milliarden Euro. Den ersten Versuch im April hatte der
Aufsichtsrat von Holzhaus noch als zu niedrig abgelehnt. Lindner sagte zu, bis 2028 keine der 80
Filialen zu schließen; Verdi sprach von einem ersten Schritt für die 9.000 Beschäftigten."""

PARADE = """Mit einer Siegesparade auf dem Roten Platz hat Russland am 9. Mai {year} an das Ende
des Zweiten Weltkriegs erinnert. Präsident Wladimir Putin sprach vor Veteranen von der Stärke der
Armee, danach rollten Panzer und Raketen an der Ehrentribüne vorbei. Staatschefs aus {guests}
verfolgten die Militärparade. Soldaten aus {troops} marschierten mit. Wegen der Drohnen war die
Luftabwehr verstärkt, der Flugverkehr ruhte am Vormittag. {recall}"""
NOW = PARADE.format(year=2025, guests="27 Ländern", troops="Nordkorea", recall="")
THEN = PARADE.format(year=2024, guests="neun Ländern", troops="Zentralasien", recall="")
RECALL = PARADE.format(
    year=2025, guests="27 Ländern", troops="Nordkorea",
    recall="Bei der Siegesparade 2024 war am 9. Mai 2024 nur ein einziger Panzer zu sehen gewesen.",
)  # fmt: skip

STABBING = """Bei einem Messerangriff in einem Bordell in {town} ist am Abend eine Frau verletzt
worden. Die Polizei nahm den Täter noch am Tatort fest. Das Opfer kam in eine Klinik, Lebensgefahr
besteht nach Angaben eines Sprechers nicht. Warum der {age} Jahre alte Mann zustach, ist unklar. Die
Staatsanwaltschaft {town} ermittelt wegen versuchten Totschlags. Zeugen werden gebeten, sich bei der
Kriminalpolizei zu melden. Das Haus war für die Spurensicherung über mehrere Stunden gesperrt."""


def document(
    id_: str, title: str = "", text: str = "", after: timedelta = timedelta(0), **given: str
) -> Document:
    """Return a German document, published some time after the start."""
    outlet, url = given.get("outlet", ""), given.get("url", "")
    return Document(
        id_, title, text, START + after, outlet=outlet, url=url, page=same_article(url),
        guid=given.get("guid", ""), language=given.get("language", "de"),
    )  # fmt: skip


def decided(*documents: Document) -> list[Decision]:
    """Return what is decided on documents in this order."""
    stories = Stories()
    return [stories.add(each) for each in documents]


def sentences(text: str) -> list[str]:
    """Return the sentences of one of the texts above."""
    return [f"{each.strip()}." for each in text.replace("\n", " ").rstrip(".").split(". ")]


def joined(parts: Iterable[str]) -> str:
    """Return sentences as a text."""
    return " ".join(parts)
