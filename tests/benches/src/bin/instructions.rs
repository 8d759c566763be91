//! Instructions for each event, counted by valgrind's callgrind, so that they do not depend on the machine.
//!
//! The program runs itself under valgrind with some events and with more of them; the difference is what events cost.

use std::process::Command;

use logwright::log_types::zendesk::audit;
use logwright_benches::workloads::Workload;
use logwright_benches::{Job, Out, ours, workloads};

/// How many times the workload is gone through in the shorter and in the longer run.
const PASSES: [u64; 2] = [2, 12];
const EVENTS: usize = 500;

/// Those of one log type alone, and those of the others.
const WORKLOADS: &[&str] = &[
    "audit",
    "audit_shuffled",
    "page",
    #[cfg(feature = "all")]
    "deep",
    #[cfg(feature = "all")]
    "wide",
    #[cfg(feature = "all")]
    "access",
    #[cfg(feature = "all")]
    "access_regex",
    #[cfg(feature = "all")]
    "flow",
];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, workload, passes] = &arguments[..] {
        return go(workload, passes.parse().expect("a number of passes"));
    }
    println!("{} log types are linked", logwright::log_types::ALL.len());
    for workload in WORKLOADS {
        let counts = PASSES.map(|passes| count(&arguments[0], workload, passes));
        let events = (PASSES[1] - PASSES[0]) * EVENTS as u64;
        println!("{workload}: {} instructions/event", (counts[1] - counts[0]) / events);
    }
}

fn go(name: &str, passes: u64) {
    // So that every log type is in the program, whichever is used.
    assert!(!logwright::log_types::ALL.iter().any(|log_type| log_type.schema().log_type.is_empty()));
    let (workload, mut job) = prepared(name);
    let mut out = Out::default();
    for _ in 0..passes {
        for block in &workload.blocks {
            out.clear();
            job(block, &mut out);
        }
    }
    assert!(!out.as_bytes().is_empty());
}

#[cfg(feature = "all")]
fn prepared(name: &str) -> (Workload, Job) {
    use logwright::log_types::{aws::vpc_flow, okta::system_log, web::access};
    use logwright_benches::log_types::edge::request;
    use logwright_benches::log_types::web::access as by_regex;

    match name {
        "deep" => (workloads::deep(EVENTS), ours::job(&system_log::LOG_TYPE, None)),
        "wide" => (workloads::wide(EVENTS, request::SCHEMA.fields), ours::job(&request::LOG_TYPE, None)),
        "access" => (workloads::access(EVENTS), ours::job(&access::LOG_TYPE, None)),
        "access_regex" => (workloads::access(EVENTS), ours::job(&by_regex::LOG_TYPE, None)),
        "flow" => (workloads::flow(EVENTS), ours::job(&vpc_flow::LOG_TYPE, Some(workloads::FLOW_HEADER))),
        other => of_audit(other),
    }
}

#[cfg(not(feature = "all"))]
fn prepared(name: &str) -> (Workload, Job) {
    of_audit(name)
}

fn of_audit(name: &str) -> (Workload, Job) {
    match name {
        "audit" => (workloads::audit(EVENTS), ours::job(&audit::LOG_TYPE, None)),
        "audit_shuffled" => (workloads::audit_shuffled(EVENTS), ours::job(&audit::LOG_TYPE, None)),
        "page" => (workloads::pages(EVENTS / 100), ours::page(&audit::LOG_TYPE)),
        other => panic!("no workload `{other}`"),
    }
}

/// The instructions of one run, as valgrind tells them on its last lines: `Collected : 123`.
fn count(program: &str, workload: &str, passes: u64) -> u64 {
    let file = std::env::temp_dir().join(format!("callgrind.{workload}.{passes}"));
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", &format!("--callgrind-out-file={}", file.display()), program, workload])
        .arg(passes.to_string())
        .output()
        .expect("valgrind must be installed");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let line = told.lines().find_map(|line| line.split_once("Collected : ")).unwrap_or_else(|| panic!("{told}"));
    line.1.trim().parse().expect("a count")
}
