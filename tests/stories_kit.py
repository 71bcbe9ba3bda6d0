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
