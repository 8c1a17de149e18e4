"""Records, dates, text and the store of a corpus. Imports no SQL, Textual or terminal code."""
