//! Every code has a text, every text a code, and every example shows what it says.

use std::fmt::Write as _;

use super::*;
use crate::compile::{Options, compile};
use crate::contract;
use crate::diagnostic::Diagnostics;
use crate::source::SourceMap;

/// Codes whose example would be as long as a limit, or is no text.
const WITHOUT_EXAMPLE: &[Code] =
    &[Code::LW0001, Code::LW0002, Code::LW0003, Code::LW0102, Code::LW0103, Code::LW0403, Code::LW0414];

/// The log type that the contracts are about.
const LOGIN: &str = "\
schema: Acme.Login
fields:
  - {name: id, required: true, type: string}
  - {name: time, required: true, type: timestamp, timeFormat: rfc3339, isEventTime: true}
  - {name: user, type: string}
";

/// The keys of a contract that is right. An example gives some of them anew.
const CONTRACT: &str = "\
source: acme
title: Acme
description: A product that people sign in to.
documentation: https://acme.example/docs
inputs:
  region: {description: Where the data is kept, format: dns_label, example: eu}
base_url: https://{region}.acme.example
sign_in:
  api_token:
    description: A token of an administrator.
    inputs: {api_token: {description: The token, secret: true}}
    token: {prefix: Bearer, token: \"{api_token}\"}
limits: {requests_per_minute: 60}
refusals: []
";

/// The keys of its one log.
const LOG: &str = "\
log_type: Acme.Login
retention: 90d
request: {method: GET, path: /v1/logins, query: [{since: \"{window.start}\"}]}
response: {logins: records, meta: {next: string, more: boolean}}
paging: {cursor: {at: /meta/next, send: {query: cursor}, end: no_next}}
order: {by: [time], direction: ascending}
time: {field: time, granularity: 1s}
window: {format: rfc3339, start: inclusive}
lateness: {usual: 15m, rare: 24h}
key: [id]
";

#[test]
fn every_code_is_explained_once_and_in_order() {
    let names: Vec<_> = sections().map(|(name, _)| name).collect();
    let codes: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(names, codes);
    for code in Code::ALL {
        assert!(code.explanation().len() > 60, "{code} says too little");
    }
}

#[test]
fn every_mistake_gives_its_code_and_its_mend_does_not() {
    for code in Code::ALL {
        let blocks = blocks(code.explanation());
        if WITHOUT_EXAMPLE.contains(code) {
            assert!(blocks.is_empty(), "{code} has an example after all");
            continue;
        }
        let [wrong, right] = blocks[..] else { panic!("{code} has {} examples, not 2", blocks.len()) };
        let (sources, diagnostics) = told(wrong);
        let text = diagnostics.render_text(&sources, false);
        assert!(diagnostics.sorted().iter().any(|told| told.code == *code), "{code}: the mistake gives\n{text}");
        let (sources, diagnostics) = told(right);
        let text = diagnostics.render_text(&sources, false);
        let mended = !diagnostics.has_errors() && diagnostics.sorted().iter().all(|told| told.code != *code);
        assert!(mended, "{code}: the mend gives\n{text}");
    }
}

fn blocks(text: &str) -> Vec<&str> {
    text.split("```yaml\n").skip(1).filter_map(|rest| rest.split_once("```").map(|(block, _)| block)).collect()
}

fn told(example: &str) -> (SourceMap, Diagnostics) {
    let sources = if example.starts_with("schema:") {
        SourceMap::from_texts([("acme/login.yml", example.to_owned())])
    } else if example.starts_with("# schemas/") {
        let files = example.split("# schemas/").skip(1).filter_map(|file| file.split_once('\n'));
        SourceMap::from_texts(files.map(|(path, text)| (path.to_owned(), text.to_owned())))
    } else {
        let (keys, log) = (with(CONTRACT, example), with(LOG, example));
        let contract = format!("{keys}logs:\n  - {}", log.trim_end().replace('\n', "\n    "));
        SourceMap::from_texts([("acme/login.yml", LOGIN.to_owned()), ("acme/source.yml", contract)])
    };
    let (schemas, mut diagnostics) = compile(&sources, &Options::default());
    diagnostics.append(contract::compile(&sources, &schemas, &Options::default()).1);
    (sources, diagnostics)
}

/// `base`, with the keys that `example` gives as it gives them.
fn with(base: &str, example: &str) -> String {
    let own = keys(example);
    let part = |(key, text): &(&str, String)| {
        own.iter().find(|(other, _)| other == key).map_or(text.clone(), |(_, text)| text.clone())
    };
    keys(base).iter().map(part).collect()
}

/// The top-level keys of a text, each with all its lines.
fn keys(text: &str) -> Vec<(&str, String)> {
    let mut keys: Vec<(&str, String)> = Vec::new();
    for line in text.lines() {
        match (line.starts_with(' '), line.split_once(':')) {
            (false, Some((key, _))) => keys.push((key, format!("{line}\n"))),
            _ => {
                if let Some((_, text)) = keys.last_mut() {
                    let _ = writeln!(text, "{line}");
                }
            }
        }
    }
    keys
}
