"""German: which words belong to a keyword, by dictionary and rule.

Words are folded (`bot.text.fold`) and mostly go as a `Word`, which knows how it began: "Krieg" is
a noun, "kriegen" none. `rules` is the way in.
"""
