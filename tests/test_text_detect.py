"""Telling the language of an article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.detect import detect

# The first article of the Universal Declaration of Human Rights; what is not of it is our own.
ARTICLES = {
    "de": "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft "
    "und Gewissen begabt und sollen einander im Geist der Brüderlichkeit begegnen.",
    "en": "All human beings are born free and equal in dignity and rights. They are endowed with "
    "reason and conscience and should act towards one another in a spirit of brotherhood.",
    "fr": "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués "
    "de raison et de conscience et doivent agir les uns envers les autres dans un esprit de "
    "fraternité.",
    "es": "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como "
    "están de razón y conciencia, deben comportarse fraternalmente los unos con los otros.",
    "pt": "Todos os seres humanos nascem livres e iguais em dignidade e em direitos. Dotados de "
    "razão e de consciência, devem agir uns para com os outros em espírito de fraternidade.",
    "it": "Tutti gli esseri umani nascono liberi ed eguali in dignità e diritti. Essi sono dotati "
    "di ragione e di coscienza e devono agire gli uni verso gli altri in spirito di fratellanza.",
    "nl": "Alle mensen worden vrij en gelijk in waardigheid en rechten geboren. Zij zijn begiftigd "
    "met verstand en geweten, en behoren zich jegens elkander in een geest van broederschap te "
    "gedragen.",
    "sv": "Alla människor är födda fria och lika i värde och rättigheter. De är utrustade med "
    "förnuft och samvete och bör handla gentemot varandra i en anda av broderskap.",
    "fi": "Kaikki ihmiset syntyvät vapaina ja tasavertaisina arvoltaan ja oikeuksiltaan. Heille on "
    "annettu järki ja omatunto, ja heidän on toimittava toisiaan kohtaan veljeyden hengessä.",
    "pl": "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są oni "
    "obdarzeni rozumem i sumieniem i powinni postępować wobec innych w duchu braterstwa.",
    "cs": "Všichni lidé se rodí svobodní a sobě rovní co do důstojnosti a práv. Jsou nadáni "
    "rozumem a svědomím a mají spolu jednat v duchu bratrství.",
    "sk": "Všetci ľudia sa rodia slobodní a sebe rovní, čo sa týka ich dôstojnosti a práv. Sú "
    "obdarení rozumom a svedomím a majú navzájom jednať v bratskom duchu.",
    "hu": "Minden emberi lény szabadon születik és egyenlő méltósága és joga van. Az emberek, "
    "ésszel és lelkiismerettel bírván, egymással szemben testvéri szellemben kell hogy "
    "viseltessenek.",
    "tr": "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Akıl ve vicdana "
    "sahiptirler ve birbirlerine karşı kardeşlik zihniyeti ile hareket etmelidirler.",
    "ro": "Toate ființele umane se nasc libere și egale în demnitate și în drepturi. Ele sunt "
    "înzestrate cu rațiune și conștiință și trebuie să se comporte unele față de altele în "
    "spiritul fraternității.",
    "ru": "Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены "
    "разумом и совестью и должны поступать в отношении друг друга в духе братства.",
    "uk": "Всі люди народжуються вільними і рівними у своїй гідності та правах. Вони наділені "
    "розумом і совістю і повинні діяти у відношенні один до одного в дусі братерства.",
    "bg": "Всички хора се раждат свободни и равни по достойнство и права. Те са надарени с разум "
    "и съвест и следва да се отнасят помежду си в дух на братство.",
    "el": "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.",
    "ar": "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق، وقد وهبوا عقلا وضميرا وعليهم أن "
    "يعامل بعضهم بعضا بروح الإخاء.",
    "fa": "تمام افراد بشر آزاد به دنیا می‌آیند و از لحاظ حیثیت و حقوق با هم برابرند. همه دارای "
    "عقل و وجدان هستند و باید نسبت به یکدیگر با روح برادری رفتار کنند.",
    "zh": "人人生而自由,在尊严和权利上一律平等。",
    "ja": "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。",
    "ko": "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.",
}


@pytest.mark.parametrize("language", ARTICLES)
def test_a_paragraph_tells_its_language(language: str) -> None:
    assert detect(ARTICLES[language]) == language


@pytest.mark.parametrize(
    "title",
    ["", "Olympia", "Trump in Berlin", "Champions League: Real Madrid - FC Bayern 2:1", "12:30"],
)
def test_a_headline_that_may_be_in_any_language_is_in_none(title: str) -> None:
    assert detect(title) is None


def test_names_in_a_row_have_no_language() -> None:
    assert detect("Müller Schmidt García López Dupont Kowalski Rossi Smith Johnson " * 5) is None


@pytest.mark.parametrize(
    ("title", "expected"),
    [("北朝鮮の兵士", "ja"), ("北京阅兵", "zh"), ("북한 군인", "ko"), ("Βόρεια Κορέα", "el")],
)
def test_a_script_of_one_language_tells_it_in_a_few_letters(title: str, expected: str) -> None:
    assert detect(title) == expected


@pytest.mark.parametrize(
    "inside",
    ["„Let's make America great again“, sagte er. ", "Владимир Путин ", "Recep Tayyip Erdoğan, "],
)
def test_a_foreign_name_or_quotation_in_an_article_changes_nothing(inside: str) -> None:
    assert detect(inside + ARTICLES["de"]) == "de"


def test_a_notice_in_another_language_before_a_long_article_changes_nothing() -> None:
    assert detect(f"{ARTICLES['en']} {ARTICLES['de'] * 40}") == "de"


def test_capitals_soft_hyphens_and_letters_with_marks_apart_do_not_matter() -> None:
    assert detect(ARTICLES["de"].upper()) == "de"
    assert detect("\u00ad".join(ARTICLES["de"])) == "de"
    assert detect(ARTICLES["fr"].replace("é", "e\u0301")) == "fr"


def test_a_language_that_is_not_in_the_table_is_not_taken_for_one_that_is() -> None:
    zulu = (
        "Bonke abantu bazalwa bekhululekile belingana ngesithunzi nangamalungelo. Bahlanganiswe "
        "wumcabango nangunembeza futhi kufanele baphathane ngomoya wobunye."
    )

    assert detect(zulu) is None


@given(st.text())
def test_any_text_has_a_language_or_none(text: str) -> None:
    language = detect(text)

    assert language is None or language.isalpha()
