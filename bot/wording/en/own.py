"""English. What a chat looks for itself, and what it wants to hear nothing of."""

from bot.wording.own import OwnWords

OWN = OwnWords(
    label="Own queries",
    claimed="🙋 {name} takes this, {time}",
    somebody="Somebody",
)
