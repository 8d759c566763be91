//! Tables: what is inferred from cells, that it compiles, and that the records parse under it.

use super::*;
use crate::compile::{Options, compile};
use crate::interpret::Interpreter;
use crate::source::SourceMap;

/// The schema of a stream, proved as the command proves it.
fn infer(lines: &[&str]) -> String {
    let mut samples = Samples::default();
    samples.header(lines[0], None).unwrap();
    for line in &lines[1..] {
        samples.record(line).unwrap();
    }
    let text = samples.schema("Acme.Login").unwrap();
    let sources = SourceMap::from_texts([("acme/login.yml", text.as_str())]);
    let (schemas, diagnostics) = compile(&sources, &Options::default());
    assert!(!diagnostics.has_errors(), "{}", diagnostics.render_text(&sources, false));
    let interpreter = Interpreter::new(&schemas[0]);
    let mut parser = interpreter.lines();
    for line in lines {
        assert!(parser.parse(line.as_bytes()).is_ok(), "{line} does not parse under\n{text}");
    }
    text
}

#[test]
fn every_choice_says_why() {
    let found = infer(&[
        "\u{feff}id;time; ip;score;ok;zip;note;none",
        "1;2026-03-01T11:32:44Z; 203.0.113.7;1;true;01234;\"a;b\";",
        "2;2026-03-01T11:32:45Z;;0.5;FALSE;98765;7;",
    ]);
    let expected = r#"# Inferred from 2 samples; each choice says why. Go through it, and write the descriptions.
schema: Acme.Login
parser:
  csv:
    hasHeader: true # the first line names the columns
    delimiter: ";" # it stands between the names
    trimSpace: true # a name has white space around it
fields:
  - name: id
    required: true # in all 2 samples
    type: bigint # 2 integers
  - name: time
    required: true # in all 2 samples
    type: timestamp # 2 strings, each is RFC 3339
    timeFormat: rfc3339
    isEventTime: true # proposed: the first required timestamp with such a name
  - name: ip
    type: string # 1 string
    indicators: [ip] # each is an IP address
  - name: score
    required: true # in all 2 samples
    type: float # 1 integer and 1 number
  - name: ok
    required: true # in all 2 samples
    type: boolean # 2 booleans
  - name: zip
    required: true # in all 2 samples
    type: string # mixed: 1 integer and 1 string
  - name: note
    required: true # in all 2 samples
    type: string # mixed: 1 integer and 1 string
  - name: none
    type: string # never anything but empty
"#;
    assert_eq!(found, expected);
}

#[test]
fn a_dash_is_no_value_where_others_are_more_than_texts() {
    let found = infer(&["user,port,sent", "jane,80,-", "-,-,-"]);
    let expected = r#"# Inferred from 2 samples; each choice says why. Go through it, and write the descriptions.
schema: Acme.Login
parser:
  csv:
    hasHeader: true # the first line names the columns
    emptyValues: ["-"] # 4 cells, also where others are numbers, times or the like
fields:
  - name: user
    type: string # 1 string
  - name: port
    type: bigint # 1 integer
  - name: sent
    type: string # never anything but empty
"#;
    assert_eq!(found, expected);
    let found = infer(&["ip", "203.0.113.7", "-"]);
    assert!(found.contains("emptyValues") && found.contains("indicators: [ip]"), "{found}");
    // Among texts it may be one.
    let found = infer(&["sign,none", "+,-", "-,-"]);
    assert!(!found.contains("emptyValues"), "{found}");
    assert!(
        found.contains("- name: sign\n    required: true # in all 2 samples\n    type: string # 2 strings"),
        "{found}"
    );
    assert!(
        found.contains("- name: none\n    required: true # in all 2 samples\n    type: string # 2 strings"),
        "{found}"
    );
}

#[test]
fn a_number_is_one_only_where_nothing_is_lost() {
    for (cell, kind) in [
        ("7", "bigint"),
        ("-7", "bigint"),
        ("0", "bigint"),
        ("9223372036854775807", "bigint"),
        ("9223372036854775808", "string"),
        ("007", "string"),
        ("+7", "string"),
        ("-0", "string"),
        ("0.5", "float"),
        ("-1e300", "float"),
        ("1e999", "string"),
        ("1.", "string"),
        (".5", "string"),
        ("00.5", "string"),
        ("1_000", "string"),
        ("inf", "string"),
        ("true", "boolean"),
        ("t", "string"),
        ("yes", "string"),
    ] {
        assert!(infer(&["a,b", &format!("{cell},x")]).contains(&format!("type: {kind} #")), "{cell}");
    }
    // 1 and 0 alone are numbers, and with words they are texts.
    assert!(infer(&["a,b", "1,x", "true,x"]).contains("type: string # mixed: 1 boolean and 1 integer"));
}

#[test]
fn columns_are_those_of_the_header() {
    let found = infer(&["a\tb\ta\t\tp_x", "1\t\tx\ty\tz"]);
    assert!(found.contains("delimiter: \"\\t\" #"), "{found}");
    // Of two columns of one name the last wins.
    assert!(
        found.contains("- name: a\n    required: true # in the only sample\n    type: string # 1 string"),
        "{found}"
    );
    assert!(found.contains("# The key \"\" is left out") && found.contains("# The key p_x is left out"), "{found}");
    // A second stream may have other columns.
    let mut samples = Samples::default();
    for (header, record) in [("a,b", "1,2"), ("b,c", "3,4")] {
        samples.header(header, None).unwrap();
        samples.record(record).unwrap();
    }
    let found = samples.schema("Acme.Login").unwrap();
    assert!(found.contains("- name: a\n    type") && found.contains("- name: b\n    required: true"), "{found}");
}

#[test]
fn what_is_no_table_is_refused() {
    let mut samples = Samples::default();
    assert!(samples.record("a").unwrap_err().contains("no header"));
    assert!(samples.header(",,", None).unwrap_err().contains("names no column"));
    assert!(samples.header("\"a", None).unwrap_err().contains("expected `\"`"));
    samples.header("a,b", None).unwrap();
    assert_eq!(samples.record("1").unwrap_err(), "1 cells, but the header has 2");
    assert!(samples.schema("Acme.Login").unwrap_err().contains("no event"));
}
