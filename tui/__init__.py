"""A terminal explorer of the Soviet–Japanese agreements of 1925–1975."""

__version__ = "0.1.0"
