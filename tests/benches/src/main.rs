//! The race: everyone on the same bytes in the same run, checked to give the same events before any time is taken.
//!
//! Prints a table for each workload, and writes them into the files that are named on the command line:
//! `cargo run --release -- README.md results.svg`.

mod report;

use std::time::Instant;

use logwright::log_type::LogType;
use logwright::log_types::{aws::vpc_flow, okta::system_log, web::access, zendesk::audit};
use logwright_benches::log_types::edge::request;
use logwright_benches::log_types::web::access as by_regex;
use logwright_benches::rivals::{self, lines, value};
use logwright_benches::workloads::{self, Workload};
use logwright_benches::{Job, Out, ours};
use logwright_codegen::compile::{Options, compile};
use logwright_codegen::model::Schema;
use logwright_codegen::source::SourceMap;

use report::{Entry, Race};

/// Each is timed so often, one after the other in turn; the median counts.
const ROUNDS: usize = 9;

/// Whether a rival's events are compared with ours.
#[derive(Clone, Copy, PartialEq)]
enum Check {
    /// The same bytes.
    Bytes,
    /// The same values, in any order of keys.
    Values,
    /// The same values but for the row id, in any order of keys.
    #[cfg(feature = "vrl")]
    ButRowId,
}

/// Who takes part: a name, what makes its job anew, and how its events are checked. The first of a race is ours.
type Entrant = (&'static str, Box<dyn Fn() -> Job>, Check);

fn main() {
    let (flow, header) = (&vpc_flow::LOG_TYPE, Some(workloads::FLOW_HEADER));
    let races = [
        race(&workloads::audit(50_000), &of_audit()),
        race(&workloads::audit_shuffled(50_000), &of_audit()),
        race(&workloads::deep(10_000), &of_deep()),
        race(&workloads::wide(10_000, request::SCHEMA.fields), &of_wide()),
        race(
            &workloads::access(50_000),
            &[
                ("Logwright, fastmatch", Box::new(|| ours::job(&access::LOG_TYPE, None)), Check::Bytes),
                ("Logwright, regex", Box::new(|| ours::job(&by_regex::LOG_TYPE, None)), Check::Bytes),
            ],
        ),
        race(
            &Workload { name: "web access lines, splitting alone", ..workloads::access(50_000) },
            &[
                ("Logwright, fastmatch", Box::new(ours::pattern), Check::Bytes),
                ("regex", Box::new(lines::regex), Check::Bytes),
            ],
        ),
        race(
            &workloads::flow(50_000),
            &[
                ("Logwright, the whole job", Box::new(move || ours::job(flow, header)), Check::Bytes),
                ("csv and serde_json, the whole job", Box::new(lines::csv_whole), Check::Bytes),
            ],
        ),
        race(
            &Workload { name: "VPC flow logs, splitting alone", ..workloads::flow(50_000) },
            &[("Logwright, csv", Box::new(ours::cells), Check::Bytes), ("csv", Box::new(lines::csv), Check::Bytes)],
        ),
    ];
    let table = report::table(&races);
    print!("{table}");
    for file in std::env::args().skip(1) {
        let text =
            if file.rsplit('.').next() == Some("svg") { report::plot(&races) } else { between_marks(&file, &table) };
        std::fs::write(&file, text).unwrap_or_else(|error| panic!("cannot write {file}: {error}"));
    }
}

/// Us, those who derive serde's traits, and the interpreters.
fn everyone(log_type: &'static dyn LogType, schema: &'static Schema, derived: [Entrant; 4]) -> Vec<Entrant> {
    let table = log_type.schema();
    let mut all: Vec<Entrant> = vec![("Logwright", Box::new(move || ours::job(log_type, None)), Check::Bytes)];
    all.extend(derived);
    all.push(("Logwright's interpreter", Box::new(move || value::interpreter(schema)), Check::Bytes));
    all.push(("serde_json::Value and a table", Box::new(move || value::value(table)), Check::Values));
    all
}

/// The entrants of a module of rivals.
macro_rules! derived {
    ($of:ident, $simd:expr) => {
        [
            ("sonic-rs, derive, borrowed", Box::new(rivals::$of::sonic), Check::Bytes),
            ("serde_json, derive, borrowed", Box::new(rivals::$of::borrowed), Check::Bytes),
            ("serde_json, derive, owned", Box::new(rivals::$of::owned), Check::Bytes),
            ("simd-json, derive, borrowed", Box::new(rivals::$of::simd), $simd),
        ]
    };
}

fn of_audit() -> Vec<Entrant> {
    let schema = schema("zendesk/audit.yml", include_str!("../../../schemas/zendesk/audit.yml"));
    #[cfg_attr(not(feature = "vrl"), expect(unused_mut, reason = "nobody else takes part"))]
    let mut all = everyone(&audit::LOG_TYPE, schema, derived!(audit, Check::Bytes));
    #[cfg(feature = "vrl")]
    all.push(("VRL, Vector's language", Box::new(rivals::vector::audit), Check::ButRowId));
    all
}

fn of_deep() -> Vec<Entrant> {
    let schema = schema("okta/system_log.yml", include_str!("../../../schemas/okta/system_log.yml"));
    everyone(&system_log::LOG_TYPE, schema, derived!(deep, Check::Values))
}

fn of_wide() -> Vec<Entrant> {
    let schema = schema("edge/request.yml", include_str!("../schemas/edge/request.yml"));
    everyone(&request::LOG_TYPE, schema, derived!(wide, Check::Bytes))
}

/// The schema for the interpreter.
fn schema(file: &str, text: &str) -> &'static Schema {
    let (mut schemas, _) = compile(&SourceMap::from_texts([(file, text)]), &Options::default());
    Box::leak(Box::new(schemas.remove(0)))
}

/// The text of `file` with the tables in place of those that it has between its two marks.
fn between_marks(file: &str, table: &str) -> String {
    const MARKS: [&str; 2] = ["<!-- results -->\n", "<!-- end of results -->\n"];
    let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("cannot read {file}: {error}"));
    let (before, rest) = text.split_once(MARKS[0]).unwrap_or_else(|| panic!("{file} has no {}", MARKS[0]));
    let (_, after) = rest.split_once(MARKS[1]).unwrap_or_else(|| panic!("{file} has no {}", MARKS[1]));
    format!("{before}{}\n{table}{}{after}", MARKS[0], MARKS[1])
}

fn race(workload: &Workload, entrants: &[Entrant]) -> Race {
    let mut out = Out::default();
    let expected = events(&mut entrants[0].1(), workload);
    for (name, make, check) in entrants.iter().skip(1) {
        let found = events(&mut make(), workload);
        let same = match check {
            Check::Bytes => found == expected,
            Check::Values => values(&found, "") == values(&expected, ""),
            #[cfg(feature = "vrl")]
            Check::ButRowId => values(&found, "p_row_id") == values(&expected, "p_row_id"),
        };
        assert!(same, "{name} gives other events: {}", first_other(&found, &expected));
    }
    let mut running: Vec<Job> = entrants.iter().map(|(_, make, _)| make()).collect();
    let mut times = vec![Vec::with_capacity(ROUNDS); entrants.len()];
    for _ in 0..ROUNDS {
        for (job, times) in running.iter_mut().zip(&mut times) {
            let start = Instant::now();
            for block in &workload.blocks {
                out.clear();
                job(block, &mut out);
            }
            times.push(start.elapsed().as_secs_f64());
        }
    }
    let entries = entrants.iter().zip(times).map(|((name, ..), mut times)| {
        times.sort_by(f64::total_cmp);
        Entry { name, seconds: times[ROUNDS / 2] }
    });
    Race { name: workload.name, bytes: workload.bytes(), events: workload.events, entries: entries.collect() }
}

/// All events of a workload.
fn events(job: &mut Job, workload: &Workload) -> Vec<u8> {
    let mut out = Out::default();
    for block in &workload.blocks {
        job(block, &mut out);
    }
    out.as_bytes().to_vec()
}

/// The events without the member `but`.
fn values(events: &[u8], but: &str) -> Vec<serde_json::Value> {
    let events = events.split(|byte| *byte == b'\n').filter(|event| !event.is_empty());
    let value = |event| {
        let mut value: serde_json::Value = serde_json::from_slice(event).expect("an event is JSON");
        value.as_object_mut().and_then(|members| members.remove(but));
        value
    };
    events.map(value).collect()
}

/// The first line that differs, and what is expected there.
fn first_other(found: &[u8], expected: &[u8]) -> String {
    let (found, expected) = (String::from_utf8_lossy(found), String::from_utf8_lossy(expected));
    let other = found.lines().zip(expected.lines()).find(|(found, expected)| found != expected);
    other.map_or_else(String::new, |(found, expected)| format!("{found}, not {expected}"))
}
