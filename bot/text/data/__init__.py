"""Word data of the languages: states and regions, spellings of names."""
