"""German. What a chat looks for itself, and what it wants to hear nothing of."""

from bot.wording.own import OwnWords

OWN = OwnWords(
    label="Eigene Suchen",
    claimed="🙋 {name} übernimmt, {time} Uhr",
    somebody="Jemand",
)
