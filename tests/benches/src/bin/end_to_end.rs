//! `logwright parse` on a file, beside the same parser on blocks in memory: how much of its speed is left, what a second core
//! adds, and how much memory it takes for a small file and for a large one.
//!
//! `cargo run --release --no-default-features --bin end_to_end -- ../../target/release/logwright`; needs `taskset`.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use logwright::log_types::zendesk::audit;
use logwright_benches::workloads::{self, Workload};
use logwright_benches::{Job, Out, ours};

/// Each is timed so often; the median counts.
const ROUNDS: usize = 9;
/// The cores that the program may use, as `taskset` has them.
const CORES: [&str; 2] = ["0", "0,1"];
const MEGABYTE: u64 = 1_000_000;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, program] = &arguments[..] else { panic!("say where the program is: target/release/logwright") };
    let workload = workloads::audit(50_000);
    let folder = std::env::temp_dir().join(format!("logwright-end-to-end-{}", std::process::id()));
    std::fs::create_dir(&folder).expect("a folder for the events");
    let [small, large] = [10, 1000].map(|megabytes| {
        let file = folder.join(format!("{megabytes}.ndjson"));
        let bytes = write(&file, &workload, megabytes * MEGABYTE).expect("room for the events");
        (file, bytes)
    });
    let mut job = ours::job(&audit::LOG_TYPE, None);
    // The file is the workload so many times.
    let times = large.1 / workload.bytes() as u64;
    let mut seconds = [const { Vec::new() }; 3];
    for _ in 0..ROUNDS {
        // One after the other, so that whatever slows the machine down slows all of them.
        seconds[0].push(seconds_of(|| (0..times).for_each(|_| in_memory(&mut job, &workload))));
        seconds[1].push(seconds_of(|| parse(program, CORES[0], &large.0)));
        seconds[2].push(seconds_of(|| parse(program, CORES[1], &large.0)));
    }
    let [memory, one, two] = seconds.map(|seconds| megabytes(large.1) / median(seconds));
    println!("in memory, one core: {memory:.0} MB/s");
    for (cores, speed) in CORES.into_iter().zip([one, two]) {
        let (of_memory, of_one) = (100.0 * speed / memory, speed / one);
        println!("{program} parse, cores {cores}: {speed:.0} MB/s, {of_memory:.0} % of memory, {of_one:.2} of one core");
        for (file, bytes) in [&small, &large] {
            let kilobytes = peak(program, cores, file);
            println!("    {} MB of events: {:.1} MB resident at most", bytes / MEGABYTE, f64::from(kilobytes) / 1024.0);
        }
    }
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
}

fn seconds_of(run: impl FnOnce()) -> f64 {
    let start = Instant::now();
    run();
    start.elapsed().as_secs_f64()
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}

#[expect(clippy::cast_precision_loss, reason = "sizes are far below what a double counts exactly")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / MEGABYTE as f64
}

fn in_memory(job: &mut Job, workload: &Workload) {
    let mut out = Out::default();
    for block in &workload.blocks {
        out.clear();
        job(block, &mut out);
    }
}

/// Writes the workload again and again, up to about so many bytes.
fn write(file: &Path, workload: &Workload, most: u64) -> std::io::Result<u64> {
    let mut out = BufWriter::new(File::create(file)?);
    let mut bytes = 0;
    for block in workload.blocks.iter().cycle() {
        if bytes >= most {
            break;
        }
        out.write_all(block)?;
        bytes += block.len() as u64;
    }
    out.flush()?;
    Ok(bytes)
}

/// Parses the file on these cores.
fn parse(program: &str, cores: &str, file: &Path) {
    let mut child = start(program, cores, file);
    assert!(child.wait().expect("the child is ours").success(), "{program} failed");
}

/// Parses the file on these cores. Returns the most kilobytes that were resident, which is not timed: to look takes time of the
/// same cores.
fn peak(program: &str, cores: &str, file: &Path) -> u32 {
    let mut child = start(program, cores, file);
    // The kernel tells the peak only while the process is there.
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    loop {
        let told = std::fs::read_to_string(&status).unwrap_or_default();
        let peak = told.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        most = most.max(peak.unwrap_or(0));
        if let Some(status) = child.try_wait().expect("the child is ours") {
            assert!(status.success(), "{program} failed");
            return most;
        }
        sleep(Duration::from_millis(1));
    }
}

fn start(program: &str, cores: &str, file: &Path) -> Child {
    Command::new("taskset")
        .args(["-c", cores, program, "parse", "-t", "Zendesk.Audit"])
        .arg(file)
        .stdout(Stdio::null())
        .spawn()
        .expect("taskset must be installed")
}
