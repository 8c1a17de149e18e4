"""The JSON Schema of a store, derived from the records, for people who write corpora with other tools."""

from __future__ import annotations

from typing import Any

import msgspec

from tui.corpus.records import TABLES


def store_schema() -> dict[str, Any]:
    """The schema (draft 2020-12) of a whole store: TinyDB's tables of records under whole numbers."""
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
