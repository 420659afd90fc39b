"""A company's own look: logo, colour, words and templates, read from its folder and checked before they are used."""
