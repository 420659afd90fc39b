"""The index site of one reader: a folder that opens from disk and holds what this reader may read, nothing else.

`numbers.py` says which numbers of a report stand on counted rows, `rows.py` reads these rows, `lists.py` arranges them,
`index.py` arranges the documents, `pages.py` writes both as HTML, `folder.py` puts a folder in place, and `making.py`
does all of it.
"""
