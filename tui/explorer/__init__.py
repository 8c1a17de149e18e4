"""The Textual application: screens, widgets, and the parts between them."""
