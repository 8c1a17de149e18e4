"""The compiled store: tables, compilation, the cache of compiled files, and reading them."""
