"""Words that say nothing about what a German or English article is about, folded.

Beside the most frequent words of each language (`bot.text.stems.frequent`): words of reporting,
of time and of newspapers' headings. What else is frequent is learned from the articles.
"""

_GERMAN = """
aber alle allem allen aller alles als also am an andere anderen anderer anderes auch auf aus bei
beim bereits besonders bin bis bisher bislang bist da dabei dadurch dafuer dagegen daher damit
danach dann daran darauf daraus darf darin darueber darum darunter das dass davon davor dazu
dein deine dem den denen denn dennoch der deren derzeit des deshalb dessen deswegen dich die dies
diese dieselbe diesem diesen dieser dieses dir doch dort du duerfen duerfte durch eben ebenfalls
eigentlich ein einander eine einem einen einer eines einfach einige einigen einiger einmal eins
einst einzige erst erste ersten erster erstes erstmals es etwa etwas euch euer ever fast ganz ganze
ganzen gar geben gegen gegenueber gehen geht gehoert gemacht genau gerade gern gibt ging grosse
grossen grosser grosses gut gute guten guter hab habe haben hat hatte hatten hier hin hinter
hoch ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im immer in indem ins insgesamt ist ja je
jede jedem jeden jeder jedes jedoch jemand jetzt kam kann kaum kein keine keinem keinen keiner
klar knapp koennen koennte koennten komme kommen kommt konnte konnten kuenftig kurz laesst lange
lassen laut lieber los machen macht mal man mehr mehrere mehreren mein meine meinem meinen meiner
meist mich mir mit mittlerweile moeglich muss muesse muessen musste nach nachdem nahe naemlich
neben nein neu neue neuen neuer neues nicht nichts nie niemand noch nun nur ob obwohl oder offenbar
oft ohne paar pro rund sagen sagt sagte sagten schon sehr sei seien sein seine seinem seinen seiner
seines seit seitdem selbst sich sie sieht sind so sobald sodass sogar sogenannte sogenannten solche
solchen soll solle sollen sollte sollten sondern sonst sowie sowohl spaeter sprach spricht stand
statt steht stehen teil teils trotz ueber um und uns unser unsere unter uhr viel viele vielen
vielleicht voll vom von vor voran vorher wann war waere waeren waren warum was weder weg wegen
weil weit weitere weiteren weiterer weiteres weiterhin welche welchem welchen welcher wem wen wenig
wenige weniger wenn wer werde werden weshalb wie wieder wieso will wir wird wirklich wo wohl wollen
wollte wollten worden wurde wurden wuerde wuerden zeigt zu zufolge zuletzt zum zunaechst zur
zurueck zusammen zwar zwei zwischen drei vier fuenf sechs sieben acht neun zehn
heute gestern morgen tag tage tagen woche wochen monat monate monaten jahr jahre jahren jahres
montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag montags
januar februar maerz april juni juli august september oktober november dezember
vormittag nachmittag abend nacht stunden minuten prozent angaben
bericht berichte berichten berichtet berichtete erklaerte erklaert teilte mit mitteilte
dpa afp rtr reuters apa kna epd sid sda keystone ots dpa-afx
"""

_ENGLISH = """
about above after again against all also am an and any are around as at back be because been before
being below between both but by can could day days did do does doing down during each even ever
every few first for from further get gets getting go goes going got had has have having he her here
hers him his how if in into is it its just last least less like made make makes making many may me
might month months more most much must my need needs never new news next no nor not now of off
on once one only or other our out over own per put really said same say saying says see set she
should since so some still such take takes than that the their them then there these they this those
three through to today told too took two under until up upon us used using very via want was watch
way we week weeks well went were what when where which while who whom why will with within without
would year years yesterday yet you your
monday tuesday wednesday thursday friday saturday sunday
january february march april june july august september october november december
"""

EMPTY = frozenset((_GERMAN + _ENGLISH).split())
"""All of them; the few that mean something in the other language are rare there."""
