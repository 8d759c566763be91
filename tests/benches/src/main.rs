//! The race: everyone on the same bytes in the same run, checked to give the same events before any time is taken.
//!
//! Prints a table for each workload, and writes them into the files that are named on the command line:
//! `cargo run --release -- README.md results.svg`.

mod report;

use std::time::Instant;

use logwright::log_types::{aws::vpc_flow, web::access, zendesk::audit};
use logwright_benches::log_types::web::access as by_regex;
use logwright_benches::rivals::{derive, lines, value};
use logwright_benches::workloads::{self, Workload};
use logwright_benches::{Job, ours};
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
    /// It does a smaller job.
    None,
}

fn main() {
    let schema: &'static Schema = Box::leak(Box::new(audit_schema()));
    let mut races = Vec::new();
    for workload in [workloads::audit(50_000), workloads::audit_shuffled(50_000)] {
        let jobs: Vec<(&str, fn(&'static Schema) -> Job, Check)> = vec![
            ("Logwright", |_| ours::job(&audit::LOG_TYPE, None), Check::Bytes),
            ("sonic-rs, derive, borrowed", |_| derive::sonic(), Check::Bytes),
            ("serde_json, derive, borrowed", |_| derive::borrowed(), Check::Bytes),
            ("serde_json, derive, owned", |_| derive::owned(), Check::Bytes),
            ("simd-json, derive, borrowed", |_| derive::simd(), Check::Bytes),
            ("Logwright's interpreter", value::interpreter, Check::Bytes),
            ("serde_json::Value and a table", |_| value::value(), Check::Values),
        ];
        races.push(race(&workload, schema, &jobs));
    }
    races.push(race(
        &workloads::access(50_000),
        schema,
        &[
            ("Logwright, fastmatch", |_| ours::job(&access::LOG_TYPE, None), Check::Bytes),
            ("Logwright, regex", |_| ours::job(&by_regex::LOG_TYPE, None), Check::Bytes),
            ("regex, splitting alone", |_| lines::regex(), Check::None),
        ],
    ));
    races.push(race(
        &workloads::flow(50_000),
        schema,
        &[
            (
                "Logwright, the whole job",
                |_| ours::job(&vpc_flow::LOG_TYPE, Some(workloads::FLOW_HEADER)),
                Check::Bytes,
            ),
            ("csv and serde_json, the whole job", |_| lines::csv_whole(), Check::Bytes),
            ("csv, splitting alone", |_| lines::csv(), Check::None),
        ],
    ));
    let table = report::table(&races);
    print!("{table}");
    for file in std::env::args().skip(1) {
        let text = if file.ends_with(".svg") { report::plot(&races) } else { between_marks(&file, &table) };
        std::fs::write(&file, text).unwrap_or_else(|error| panic!("cannot write {file}: {error}"));
    }
}

/// The text of `file` with the tables in place of those that it has between its two marks.
fn between_marks(file: &str, table: &str) -> String {
    const MARKS: [&str; 2] = ["<!-- results -->\n", "<!-- end of results -->\n"];
    let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("cannot read {file}: {error}"));
    let (before, rest) = text.split_once(MARKS[0]).unwrap_or_else(|| panic!("{file} has no {}", MARKS[0]));
    let (_, after) = rest.split_once(MARKS[1]).unwrap_or_else(|| panic!("{file} has no {}", MARKS[1]));
    format!("{before}{}\n{table}{}{after}", MARKS[0], MARKS[1])
}

/// The schema of the audit log, for the interpreter.
fn audit_schema() -> Schema {
    let text = include_str!("../../../schemas/zendesk/audit.yml");
    let sources = SourceMap::from_texts([("zendesk/audit.yml", text)]);
    let (mut schemas, _) = compile(&sources, &Options::default());
    schemas.remove(0)
}

/// The first job is ours.
fn race(
    workload: &Workload,
    schema: &'static Schema,
    jobs: &[(&'static str, fn(&'static Schema) -> Job, Check)],
) -> Race {
    let mut out = Vec::with_capacity(1 << 20);
    let expected = events(&mut jobs[0].1(schema), workload);
    for (name, make, check) in jobs.iter().skip(1) {
        let found = events(&mut make(schema), workload);
        match check {
            Check::Bytes => assert!(found == expected, "{name} gives other events"),
            Check::Values => assert!(values(&found) == values(&expected), "{name} gives other events"),
            Check::None => {}
        }
    }
    let mut running: Vec<Job> = jobs.iter().map(|(_, make, _)| make(schema)).collect();
    let mut times = vec![Vec::with_capacity(ROUNDS); jobs.len()];
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
    let entries = jobs.iter().zip(times).map(|((name, ..), mut times)| {
        times.sort_by(f64::total_cmp);
        Entry { name, seconds: times[ROUNDS / 2] }
    });
    Race { name: workload.name, bytes: workload.bytes(), events: workload.events, entries: entries.collect() }
}

/// All events of a workload.
fn events(job: &mut Job, workload: &Workload) -> Vec<u8> {
    let mut out = Vec::new();
    for block in &workload.blocks {
        job(block, &mut out);
    }
    out
}

fn values(events: &[u8]) -> Vec<serde_json::Value> {
    let events = events.split(|byte| *byte == b'\n').filter(|event| !event.is_empty());
    events.map(|event| serde_json::from_slice(event).expect("an event is JSON")).collect()
}
