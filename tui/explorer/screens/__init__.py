"""The screens: each owns its state, decides, and hands records down to its widgets."""
