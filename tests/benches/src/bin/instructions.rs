//! Instructions for each event, counted by valgrind's callgrind, so that they do not depend on the machine.
//!
//! The program runs itself under valgrind with some events and with more of them; the difference is what events cost.

use std::process::Command;

use logwright::log_types::zendesk::audit;
use logwright_benches::log_types::web::access as by_regex;
use logwright_benches::{ours, workloads};

/// How many times the workload is gone through in the shorter and in the longer run.
const PASSES: [u64; 2] = [2, 12];
const EVENTS: usize = 500;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, workload, passes] = &arguments[..] {
        return go(workload, passes.parse().expect("a number of passes"));
    }
    for workload in ["audit", "audit_shuffled", "access", "access_regex", "flow"] {
        let counts = PASSES.map(|passes| count(&arguments[0], workload, passes));
        let events = (PASSES[1] - PASSES[0]) * EVENTS as u64;
        println!("{workload}: {} instructions/event", (counts[1] - counts[0]) / events);
    }
}

fn go(name: &str, passes: u64) {
    let (workload, mut job) = match name {
        "audit" => (workloads::audit(EVENTS), ours::job(&audit::LOG_TYPE, None)),
        "audit_shuffled" => (workloads::audit_shuffled(EVENTS), ours::job(&audit::LOG_TYPE, None)),
        "access" => (workloads::access(EVENTS), ours::job(&logwright::log_types::web::access::LOG_TYPE, None)),
        "access_regex" => (workloads::access(EVENTS), ours::job(&by_regex::LOG_TYPE, None)),
        "flow" => (
            workloads::flow(EVENTS),
            ours::job(&logwright::log_types::aws::vpc_flow::LOG_TYPE, Some(workloads::FLOW_HEADER)),
        ),
        other => panic!("no workload `{other}`"),
    };
    let mut out = Vec::new();
    for _ in 0..passes {
        for block in &workload.blocks {
            out.clear();
            job(block, &mut out);
        }
    }
    assert!(!out.is_empty());
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
