"""The widgets: they know records and pages, post messages, and know nothing of each other."""
