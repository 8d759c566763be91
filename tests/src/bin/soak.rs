//! The fault matrix for as long as one likes: walks by seed, or kills of the real program.
//!
//! With `pull` or `quarantine` for its first argument it *is* the real program: `logwright` is this very call. So there is always one to kill.

use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use logwright_tests::faults::kills::kill;
use logwright_tests::faults::walk::{Walked, walk};

/// Looks for a seed that loses or doubles an event.
#[derive(Debug, Parser)]
#[command(name = "soak")]
struct Options {
    /// How many walks.
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    walks: u64,
    /// The first seed; from 0 on each switch of the stand-in has a walk of its own, and then come random pairs.
    #[arg(long, value_name = "S", default_value_t = 0)]
    seed: u64,
    /// Only the walk of this seed.
    #[arg(long, value_name = "SEED", conflicts_with_all = ["walks", "seed"])]
    replay: Option<u64>,
    /// Instead of walks, kill the real program so many times.
    #[arg(long, value_name = "N", conflicts_with_all = ["walks", "replay"])]
    kills: Option<u64>,
    /// Go on after a seed that fails.
    #[arg(long)]
    keep_going: bool,
}

fn main() -> ExitCode {
    if matches!(std::env::args().nth(1).as_deref(), Some("pull" | "quarantine")) {
        return logwright_runtime::cli::main();
    }
    let options = Options::parse();
    let began = Instant::now();
    let done = match (options.kills, options.replay) {
        (Some(kills), _) => kill_often(kills, options.seed),
        (None, Some(seed)) => walk_all(seed, 1, false),
        (None, None) => walk_all(options.seed, options.walks, options.keep_going),
    };
    match done {
        Ok(summary) => {
            println!("{summary}, {:.1} s", began.elapsed().as_secs_f64());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn kill_often(kills: u64, seed: u64) -> Result<String, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let done = kill(&program, kills, seed)?;
    Ok(format!(
        "{} kills, {} pulls done before, {} events, none lost, none doubled",
        done.kills, done.finished, done.events
    ))
}

fn walk_all(first: u64, walks: u64, keep_going: bool) -> Result<String, String> {
    let (mut sum, mut failed) = (Walked::default(), 0_u64);
    for seed in first..first.saturating_add(walks) {
        match walk(seed) {
            Ok(walked) => {
                sum.events += walked.events;
                sum.requests += walked.requests;
                sum.crashes += walked.crashes;
                sum.failures += walked.failures;
                sum.tokens += walked.tokens;
            }
            Err(error) if keep_going => {
                failed += 1;
                eprintln!("seed {seed}, {error}");
            }
            Err(error) => return Err(format!("{error}\nto see it alone: soak --replay {seed}")),
        }
    }
    let Walked { events, requests, crashes, failures, tokens } = sum;
    let summary = format!(
        "{walks} walks: {events} events, {requests} requests, {tokens} token pairs, {crashes} crashes, {failures} failed pulls"
    );
    if failed > 0 {
        Err(format!("{failed} seeds fail; {summary}"))
    } else {
        Ok(format!("{summary}, none lost, none doubled"))
    }
}
