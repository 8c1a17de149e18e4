"""What the reader sees: the Textual application, its screens and widgets."""
