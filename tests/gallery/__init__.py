"""The gallery in docs/: pictures of every kind of document, of fabricated people, made by one command."""
