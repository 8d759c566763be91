//! Schemas that have everything, `login` in types, `made` in transformations and `odd` in names and texts, and what they
//! are exported to: files beside them.
//! `UPDATE_FIXTURES=1 cargo test -p logwright-codegen export` writes them anew.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::*;
use crate::compile::{Options, compile};
use crate::model::Schema;
use crate::source::SourceMap;

fn read(text: &str) -> Schema {
    let sources = SourceMap::from_texts([("acme/login.yml", text)]);
    let (mut schemas, diagnostics) = compile(&sources, &Options::default());
    assert!(!diagnostics.has_errors(), "{}", diagnostics.render_text(&sources, false));
    schemas.remove(0)
}

#[test]
fn every_format_is_as_its_file_says() {
    let schema = read(include_str!("golden/login.yml"));
    let mut found = vec![
        ("login.schema.json", json_schema(&schema)),
        ("login.arrow.json", arrow(&schema).unwrap()),
        ("login.md", markdown(&schema)),
    ];
    for (name, dialect) in [
        ("login.duckdb.sql", Dialect::DuckDb),
        ("login.clickhouse.sql", Dialect::ClickHouse),
        ("login.snowflake.sql", Dialect::Snowflake),
        ("login.bigquery.sql", Dialect::BigQuery),
    ] {
        found.push((name, sql(&schema, dialect).unwrap()));
    }
    let made = read(include_str!("golden/made.yml"));
    found.push(("made.schema.json", json_schema(&made)));
    found.push(("made.md", markdown(&made)));
    found.push(("made.duckdb.sql", sql(&made, Dialect::DuckDb).unwrap()));
    let odd = read(include_str!("golden/odd.yml"));
    found.push(("odd.md", markdown(&odd)));
    found.push(("odd.duckdb.sql", sql(&odd, Dialect::DuckDb).unwrap()));
    for (name, dialect, from) in [
        ("odd.duckdb.load.sql", Dialect::DuckDb, "events/**/*.ndjson"),
        ("odd.clickhouse.load.sql", Dialect::ClickHouse, "-"),
        ("odd.snowflake.load.sql", Dialect::Snowflake, "@events/odd"),
        ("odd.bigquery.load.sql", Dialect::BigQuery, "gs://events/odd/*"),
    ] {
        found.push((name, load(&odd, dialect, from).unwrap()));
    }
    for (name, text) in found {
        // No terminal and no page acts on it; only the store that has no other way is told a key as it is.
        assert!(!text.contains('\u{1b}') || name == "odd.duckdb.load.sql", "{name}");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/export/golden").join(name);
        if std::env::var_os("UPDATE_FIXTURES").is_some() {
            fs::write(&path, &text).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert!(text == expected, "{name}: {}", similar::TextDiff::from_lines(&expected, &text).unified_diff());
    }
}

#[test]
fn a_store_is_told_where_it_can_read() {
    let schema = read(include_str!("golden/login.yml"));
    assert!(load(&schema, Dialect::Snowflake, "events.ndjson").unwrap_err().contains("@STAGE/PATH"));
    assert!(load(&schema, Dialect::BigQuery, "-").unwrap_err().contains("gs://BUCKET"));
    assert!(load(&schema, Dialect::ClickHouse, "").is_err());
    assert!(load(&schema, Dialect::DuckDb, "-").unwrap().contains("'/dev/stdin'"));
}

#[test]
fn a_table_that_grows_without_end_is_refused() {
    let mut text =
        "schema: Acme.Login\ndefinitions:\n  D0: {type: object, fields: [{name: a, type: string}]}\n".to_owned();
    for number in 1..40 {
        let field = |name| format!("{{name: {name}, type: ref, target: D{}}}", number - 1);
        let _ = writeln!(text, "  D{number}: {{type: object, fields: [{}, {}]}}", field("a"), field("b"));
    }
    text += "fields: [{name: a, type: ref, target: D39}]\n";
    let schema = read(&text);
    assert!(arrow(&schema).unwrap_err().contains("more than 20000 columns"));
    assert!(sql(&schema, Dialect::DuckDb).is_err());
    // These name each object once.
    assert!(json_schema(&schema).len() < 100_000 && markdown(&schema).len() < 100_000);
}
