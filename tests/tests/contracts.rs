//! Pull contracts from YAML to constants that compile: those that are built in, and two of made-up APIs.
//!
//! `tests/contracts` holds what no built-in source has: paging by URL and by count, a log without an order, one that cannot be asked
//! by time. There is a folder for each API: contract, schemas, and the generated `source.rs`, which is a module of this test. `UPDATE_FIXTURES=1 cargo test -p logwright-tests --test contracts` writes the generated files anew.

use std::fs;
use std::path::{Path, PathBuf};

use logwright::contract::{
    Bound, ClientAuth, End, Grant, InputFormat, Method, Paging, Piece, Place, Scheme, Shape, Source, Template,
};
use logwright::log_types::SOURCES;
use logwright::time::TimeFormat;
use logwright_codegen::compile::{Options, compile};
use logwright_codegen::contract::{self, model};
use logwright_codegen::source::SourceMap;
use logwright_codegen::{emit, format};
use logwright_runtime::pull::plan::words::in_words;
use logwright_runtime::pull::plan::{Begins, Plan};

#[rustfmt::skip]
#[path = "../contracts/doors/source.rs"]
pub mod doors;
#[rustfmt::skip]
#[path = "../contracts/helpdesk/source.rs"]
pub mod helpdesk;

#[test]
fn generated_files_are_fresh() {
    let update = std::env::var_os("UPDATE_FIXTURES").is_some();
    let contracts = compiled(&files("tests/contracts"));
    let names: Vec<_> = contracts.iter().map(|contract| contract.name.as_str()).collect();
    assert_eq!(names, ["doors", "helpdesk"]);
    for contract in &contracts {
        let text = format::file(emit::contract::source(contract, &emit::Home::users("::logwright", false).unwrap()));
        let path = root().join(format!("tests/contracts/{}/source.rs", contract.name));
        if update {
            fs::write(&path, &text).unwrap();
        }
        assert!(fs::read_to_string(&path).unwrap_or_default() == text, "{} is stale", path.display());
    }
}

#[test]
fn a_link_header_that_never_ends() {
    let Source { base_url, sign_in, inputs, logs: [log], .. } = built_in("okta") else { panic!("one log") };
    assert_eq!(base_url, &Template(&[Piece::Text("https://"), Piece::Input("domain")]));
    assert_eq!(inputs[0].format, InputFormat::Hostname);
    assert!(matches!(sign_in[0].scheme, Scheme::Token { prefix: "SSWS", .. }));
    assert_eq!(log.paging, Paging::Link { relation: "next", lasting: true, end: End::EmptyPage });
    assert_eq!((log.response, log.records), (Shape::Records, ""));
    let window = log.window.as_ref().unwrap();
    assert_eq!((window.format, window.start, window.end), (TimeFormat::Rfc3339, Bound::Inclusive, None));
}

#[test]
fn a_cursor_alone_in_a_body() {
    let log = &built_in("onepassword").logs[0];
    assert_eq!(log.request.method, Method::Post);
    let names: Vec<_> = log.request.body.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["limit", "start_time"]);
    let end = End::FlagFalse("/has_more");
    let send = Place::Body("cursor");
    assert_eq!(log.paging, Paging::Cursor { at: "/cursor", send, alone: true, lasting: true, end });
    assert_eq!(log.records, "/items");
}

#[test]
fn an_offset_without_a_filter() {
    let Source { logs: [log], .. } = helpdesk::SOURCE else { panic!("one log") };
    assert_eq!(log.paging, Paging::Offset { send: Place::Query("offset"), page_size: 200, most: Some(10_000) });
    assert!(log.window.is_none());
    assert!(log.order.is_some_and(|order| !order.ascending && order.by == ["at", "number"]));
    assert_eq!((log.records, log.key), ("/data/entries", &["account", "number"][..]));
}

#[test]
fn two_logs_of_one_source() {
    let Source { logs: [opening, change], .. } = doors::SOURCE else { panic!("two logs") };
    assert_eq!(opening.paging, Paging::NextUrl { at: "/paging/next", end: End::NoNext });
    assert_eq!(opening.request.query[0].1, Template(&[Piece::WindowStart, Piece::Text(","), Piece::WindowEnd]));
    assert_eq!(opening.request.query[1], ("complete", Template(&[Piece::Text("true")])));
    assert!(
        matches!(opening.window.as_ref().unwrap().format, TimeFormat::Pattern(pattern) if pattern.parts().len() == 9)
    );
    assert_eq!(change.paging, Paging::None);
    assert_eq!(change.order, None);
}

#[test]
fn zendesk_has_every_fact() {
    let contracts = compiled(&files("schemas"));
    let zendesk = contracts.iter().find(|contract| contract.name == "zendesk").unwrap();
    let methods: Vec<_> = zendesk.sign_in.iter().map(|way| way.method.as_str()).collect();
    assert_eq!(methods, ["oauth_client", "oauth_code", "oauth_token", "api_token", "password"]);
    let ends: Vec<_> =
        zendesk.sign_in.iter().filter_map(|way| way.ends.as_ref()).map(|ends| ends.on.as_str()).collect();
    assert_eq!(ends, ["2027-04-30", "2026-01-12"]);
    let rotating = zendesk.sign_in.iter().any(|way| match &way.scheme {
        model::Scheme::OAuth(oauth) => {
            matches!(oauth.grant, model::Grant::AuthorizationCode { pkce: true, rotates: true, .. })
        }
        _ => false,
    });
    assert!(rotating);
    for (status, body, method) in [
        (401, "{\"error\":\"Couldn't authenticate you\"}", "password"),
        (401, "{\"error\":\"Couldn't authenticate you\"}", "api_token"),
        (401, "{\"error\":\"invalid_token\"}", "oauth_token"),
        (401, "{\"error\":\"invalid_client\"}", "oauth_client"),
        (400, "{\"error\":\"invalid_grant\"}", "oauth_code"),
        (403, "You are missing the following required scopes: read", "oauth_client"),
        (403, "You do not have access to this page.", "oauth_client"),
        (403, "<html>", "api_token"),
        (404, "", "oauth_client"),
    ] {
        assert!(remedy(zendesk, status, body, method).is_some(), "{status} {body} {method}");
    }
    let says = |status, body, method, part| remedy(zendesk, status, body, method).unwrap().contains(part);
    assert!(says(401, "Couldn't authenticate you", "password", "oauth_client"));
    assert!(says(401, "invalid_client", "oauth_client", "client_id"));
    assert!(says(400, "invalid_grant", "oauth_code", "again in the browser"));
    assert!(says(403, "missing the following required scopes", "oauth_client", "scope"));
    assert!(says(403, "", "oauth_client", "IP restrictions"));

    let [log] = zendesk.logs.as_slice() else { panic!("one log") };
    let names: Vec<_> = log.request.query.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["filter[created_at][]", "filter[created_at][]", "sort", "page[size]"]);
    assert_eq!(log.retention, None);
    assert_eq!(
        log.window.as_ref().map(|window| (window.start, window.end)),
        Some((Bound::Unknown, Some(Bound::Unknown)))
    );
}

#[test]
fn an_oauth_grant_keeps_its_facts() {
    let Scheme::OAuth(oauth) = &doors::SOURCE.sign_in[0].scheme else { panic!("an OAuth server") };
    assert!(matches!(oauth.grant, Grant::ClientCredentials));
    assert_eq!((oauth.token_path, oauth.scope, oauth.ask_lifetime), ("/token", "", None));
    assert_eq!(oauth.assume_lifetime.as_secs(), 3_600);
    assert_eq!(oauth.client_auth, ClientAuth::Basic);
}

#[test]
fn a_log_type_with_mistakes_is_not_called_missing() {
    let contract = fs::read_to_string(root().join("tests/contracts/helpdesk/source.yml")).unwrap();
    let schema = "schema: HelpDesk.Audit\nfields: [{name: at, type: strin}]\n";
    let sources = SourceMap::from_texts([("helpdesk/source.yml", contract.as_str()), ("helpdesk/audit.yml", schema)]);
    let (schemas, _) = compile(&sources, &Options::default());
    let (_, diagnostics) = contract::compile(&sources, &schemas, &Options::default());
    assert!(diagnostics.is_empty(), "{}", diagnostics.render_text(&sources, false));
}

#[test]
fn no_slip_of_the_pen_is_a_panic() {
    let mut files = files("schemas");
    files.retain(|(name, _)| name.starts_with("zendesk/"));
    let contract = files.iter().position(|(name, _)| name == "zendesk/source.yml").unwrap();
    let compiled = |text: String| {
        let mut changed = files.clone();
        changed[contract].1 = text;
        let sources = SourceMap::from_texts(changed);
        let (schemas, _) = compile(&sources, &Options::default());
        let (contracts, diagnostics) = contract::compile(&sources, &schemas, &Options::default());
        assert_eq!(contracts.is_empty(), diagnostics.has_errors());
    };
    let lines: Vec<_> = files[contract].1.lines().collect();
    for index in 0..lines.len() {
        let (before, line, after) = (lines[..index].join("\n"), lines[index], lines[index + 1..].join("\n"));
        let key = line.split_once(':').map_or(line, |(key, _)| key);
        // In turn, so that every line is gone or wrong once or twice and the test stays quick.
        let wrong = [format!("{key}: {{}}"), format!("{key}: [~, 0, '']"), format!("{key}: é{{")];
        compiled(format!("{before}\n{after}"));
        compiled(format!("{before}\n{}\n{after}", wrong[index % wrong.len()]));
    }
}

#[test]
fn examples_of_the_reference_compile() {
    let page = fs::read_to_string(root().join("schemas/contract-language.md")).unwrap();
    let blocks: Vec<_> = page.split("```yaml\n").skip(1).filter_map(|rest| rest.split_once("```")).collect();
    let whole: Vec<_> = blocks.iter().map(|(block, _)| *block).filter(|block| block.contains("\nlogs:\n")).collect();
    let schema = blocks.iter().map(|(block, _)| *block).find(|block| block.starts_with("schema: ")).unwrap();
    assert!(!whole.is_empty());
    for block in whole {
        let contracts = compiled(&[
            ("acme/source.yml".to_owned(), block.to_owned()),
            ("acme/login.yml".to_owned(), schema.to_owned()),
        ]);
        assert_eq!(contracts.len(), 1);
    }
}

#[test]
fn excerpts_of_the_reference_are_those_of_contracts_that_there_are() {
    let page = fs::read_to_string(root().join("schemas/contract-language.md")).unwrap();
    let texts: Vec<_> =
        ["tests/contracts", "schemas"].into_iter().flat_map(files).map(|(_, text)| bare(&text)).collect();
    let excerpts: Vec<_> = page.split("```yaml\n    ").skip(1).filter_map(|rest| rest.split_once("```")).collect();
    assert!(excerpts.len() >= 3);
    for (excerpt, _) in excerpts {
        let excerpt = format!("    {excerpt}");
        assert!(texts.iter().any(|text| text.contains(&excerpt)), "no contract holds\n{excerpt}");
    }
}

/// The generator says in the documentation what the engine does: two derivations from the same facts.
#[test]
fn the_words_of_a_contract_are_the_plan_that_the_engine_goes_by() {
    let others = [doors::SOURCE, helpdesk::SOURCE];
    let built_in = compiled(&files("schemas"));
    let facts = compiled(&files("tests/contracts"));
    let pairs = built_in.iter().zip(SOURCES.iter().copied()).chain(facts.iter().zip(&others));
    let mut compared = 0;
    for (contract, source) in pairs {
        assert_eq!((contract.name.as_str(), contract.logs.len()), (source.name, source.logs.len()));
        for (log, constant) in contract.logs.iter().zip(source.logs) {
            let (said, plan) = (contract::consequences(log).join("\n"), Plan::of(constant));
            let says = |words: &str, holds: bool| {
                assert_eq!(said.contains(words), holds, "{}: {words:?} and {plan:?} in\n{said}", log.log_type);
            };
            let overlap = format!("every pull looks back {}", in_words(plan.overlap));
            says(&overlap, plan.begins == Begins::ByTime);
            says("every pull reads the whole log", plan.begins == Begins::AtTheStart);
            says("goes on at the last", plan.goes_on());
            let rare = plan.reconcile.filter(|_| plan.begins != Begins::AtTheStart);
            says("once an hour", rare.is_some());
            says("what was delivered is remembered and skipped", plan.memory.is_none());
            if let Some(memory) = plan.memory {
                says(&format!("delivered within {} is skipped", in_words(memory)), true);
            }
            let widened = plan.widen_start.max(plan.widen_end);
            says(&format!("widened by {}", in_words(widened)), !widened.is_zero());
            compared += 1;
        }
    }
    assert!(compared >= 8, "only {compared} logs were compared");
}

/// A contract without its comments and blank lines.
fn bare(text: &str) -> String {
    let lines = text.lines().map(|line| line.split_once(" # ").map_or(line, |(line, _)| line).trim_end());
    let lines = lines.filter(|line| !line.is_empty() && !line.trim_start().starts_with('#'));
    lines.flat_map(|line| [line, "\n"]).collect()
}

fn built_in(name: &str) -> &'static Source {
    SOURCES.iter().find(|source| source.name == name).unwrap()
}

/// What a user would be told of a refusal: the first that fits.
fn remedy<'c>(contract: &'c model::Source, status: u16, body: &str, method: &str) -> Option<&'c str> {
    let fits = |refusal: &&model::Refusal| {
        refusal.status == status
            && body.contains(&refusal.contains)
            && (refusal.method.is_empty() || refusal.method == method)
    };
    contract.refusals.iter().find(fits).map(|refusal| refusal.remedy.as_str())
}

fn compiled(files: &[(String, String)]) -> Vec<model::Source> {
    let sources = SourceMap::from_texts(files.iter().cloned());
    let (schemas, mut diagnostics) = compile(&sources, &Options::default());
    let (contracts, found) = contract::compile(&sources, &schemas, &Options::default());
    diagnostics.append(found);
    assert!(diagnostics.is_empty(), "{}", diagnostics.render_text(&sources, false));
    contracts
}

/// The YAML files two levels below a folder, with their paths below it.
fn files(folder: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for source in children(&root().join(folder)).into_iter().filter(|path| path.is_dir()) {
        for path in children(&source).into_iter().filter(|path| path.extension().is_some_and(|end| end == "yml")) {
            let name = path.strip_prefix(root().join(folder)).unwrap().to_string_lossy().into_owned();
            files.push((name, fs::read_to_string(path).unwrap()));
        }
    }
    files
}

fn children(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
