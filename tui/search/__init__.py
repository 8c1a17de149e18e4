"""Full-text search over a compiled catalogue."""
