"""Pure: what a chat is told of an article (decide), and in which words (compose)."""
