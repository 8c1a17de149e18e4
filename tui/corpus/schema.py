"""JSON Schema of a store, derived from the record types, for authors of other corpora."""

from __future__ import annotations

from typing import Any

import msgspec

from tui.corpus.records import TABLES


def store_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12) of a whole store: TinyDB's tables of numbered records."""
    references, definitions = msgspec.json.schema_components(TABLES.values(), ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A corpus of agreements, as a TinyDB store",
        "type": "object",
        "properties": {
            table: {"type": "object", "patternProperties": {"^[0-9]+$": reference}, "additionalProperties": False}
            for table, reference in zip(TABLES, references, strict=True)
        },
        "required": ["agreements"],
        "$defs": definitions,
    }
