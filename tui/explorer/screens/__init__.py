"""Screens: each owns its state, decides, and hands pages down to its widgets."""
