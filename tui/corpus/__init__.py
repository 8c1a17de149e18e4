"""What the documents say: records, dates, text and the store, with no SQL, no Textual and no terminal."""
