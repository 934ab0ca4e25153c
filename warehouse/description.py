"""What describes a release to people and tools: a Data Package, a dictionary of its columns, checksums."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FIELD_TYPES = {
    "VARCHAR": "string",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "DECIMAL(18,2)": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
}
DATAPACKAGE, DICTIONARY, CHECKSUMS = "datapackage.json", "data_dictionary.md", "SHA256SUMS"


def describe_release(manifest: dict[str, Any]) -> dict[str, str]:
    """File name -> text, all made of the manifest: nothing in them depends on when or where."""
    return {
        DATAPACKAGE: json.dumps(datapackage(manifest), indent=2, ensure_ascii=False) + "\n",
        DICTIONARY: dictionary(manifest),
        CHECKSUMS: "".join(f"{table['sha256']}  {table['file']}\n" for table in manifest["tables"]),
    }


def datapackage(manifest: dict[str, Any]) -> dict[str, Any]:
    """The release as a Data Package, version 2 of that standard."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "gigawire",
        "id": manifest["release_id"],
        "title": "Deals of AI infrastructure",
        "description": "Who contracted how much compute, power, space, chips and money from whom, read from the news.",
        "version": f"{manifest['schema_version']}.0",
        "resources": [resource(table) for table in manifest["tables"]],
    }


def resource(table: dict[str, Any]) -> dict[str, Any]:
    """A table of the release as a Data Resource with its Table Schema."""
    names = [column["name"] for column in table["columns"]]
    schema: dict[str, Any] = {"fields": [field(column) for column in table["columns"]], "primaryKey": table["key"]}
    if "deal_id" in names and table["name"] != "deals":
        deals = {"resource": "deals", "fields": ["deal_id"]}
        schema["foreignKeys"] = [{"fields": ["deal_id"], "reference": deals}]
    return {
        "name": table["name"],
        "type": "table",
        "path": table["file"],
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "description": f"{table['description']} One row: {table['grain']}.",
        "bytes": table["bytes"],
        "hash": f"sha256:{table['sha256']}",
        "schema": schema,
    }


def field(column: dict[str, str]) -> dict[str, str]:
    """A column as a field of a Table Schema; its unit stands in a property of its own."""
    told = {"name": column["name"], "type": FIELD_TYPES[column["type"]], "description": column["meaning"]}
    return {**told, "unit": column["unit"]} if column["unit"] else told


def dictionary(manifest: dict[str, Any]) -> str:
    """Every table and column for people, as Markdown."""
    lines = ["# The tables of this release", "", f"Schema version {manifest['schema_version']}. Times are UTC.", ""]
    for table in manifest["tables"]:
        keys = ", ".join(f"`{name}`" for name in table["key"])
        lines += [f"## {table['name']}", "", f"{table['description']} One row: {table['grain']}. Key: {keys}.", ""]
        lines += ["| column | type | unit | meaning |", "|---|---|---|---|"]
        lines += [f"| `{c['name']}` | {c['type']} | {c['unit']} | {c['meaning']} |" for c in table["columns"]]
        lines.append("")
    return "\n".join(lines)


def is_described(folder: Path, manifest: dict[str, Any]) -> bool:
    """Whether the folder holds the descriptions of this very manifest."""
    return all((folder / name).read_text("utf-8") == text for name, text in describe_release(manifest).items())
