"""How the documents are found: a corpus compiled into one SQLite file, and the questions asked of it."""
