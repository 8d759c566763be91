//! The command line: one file for each command.
//!
//! Data goes to standard output, everything else to standard error. The exit code says whose turn it is:
//! 0 done; 1 the input is at fault; 2 the command line or the configuration; 3 the world outside, APIs that refuse us among it.

mod auth;
mod check;
mod demo;
mod describe;
mod logs;
mod parse;
mod pull;
mod quarantine;
mod run;
mod simulate;
mod status;
mod table;
mod types;

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{ArgAction, Args, Parser, Subcommand};
use indicatif::{ProgressBar, ProgressDrawTarget};

use crate::clock;
use crate::failure::{self, Failure};
use crate::printable;
use crate::run::meter::blank;
use crate::sign_in;

/// How long the end of the program waits for a renewal of tokens that is under way.
const SETTLING_TIME: Duration = Duration::from_secs(4);

/// Signs in to cloud products, pulls their audit logs, and emits normalised events.
#[derive(Debug, Parser)]
#[command(name = "logwright", version, max_term_width = 100)]
struct Cli {
    /// Say more on standard error; twice for even more.
    #[arg(short, long, global = true, action = ArgAction::Count)]
    verbose: u8,
    /// How log lines on standard error look.
    #[arg(long, global = true, value_enum, value_name = "FORMAT", default_value = "text")]
    log_format: logs::Format,
    #[command(subcommand)]
    command: Command,
}

/// The commands. To add one: a variant here, an arm in `run`, a file beside this one.
#[derive(Debug, Subcommand)]
enum Command {
    /// Pull made-up events from a simulated API on this computer: the whole way, with nothing to set up.
    Demo(demo::Options),
    /// Stand in for a source's API on this computer, with made-up events, until Ctrl-C.
    Simulate(simulate::Options),
    /// Pull everything that is new, once, from every configured source.
    Pull(pull::Options),
    /// Pull from every configured source, continuously, until it is told to stop.
    Run(run::Options),
    /// Show from the state how every source is, also while `run` is at work.
    Status(status::Options),
    /// Look at records that could not be parsed; parse them again, or drop them.
    Quarantine(quarantine::Options),
    /// Check the configuration, then ask each source once; say what works and what to do about what does not.
    Check(check::Options),
    /// Sign in to a source in a browser, once, for ways that need a person.
    Auth(auth::Options),
    /// Turn raw events, one a line, into normalised events.
    Parse(parse::Options),
    /// List the log types and sources that are built in.
    Types(types::Options),
    /// Show what a log type's events hold, or how a source is signed in to and pulled.
    Describe(describe::Options),
}

/// The configuration file, for commands that need one.
#[derive(Debug, Args)]
struct ConfigOptions {
    /// The configuration file.
    #[arg(short, long, value_name = "FILE", default_value = "logwright.yml")]
    config: PathBuf,
    /// Only the source with this name.
    #[arg(short, long, value_name = "NAME")]
    source: Option<String>,
}

/// The program: reads the command line, runs the command, and says what went wrong.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let progress = progress();
    logs::start(cli.verbose, cli.log_format, progress.clone());
    let result = run(&cli.command, &progress);
    progress.finish_and_clear();
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            tell(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}

fn run(command: &Command, progress: &ProgressBar) -> Result<(), Failure> {
    match command {
        Command::Demo(options) => block_on(demo::run(options, &clock::System))?,
        Command::Simulate(options) => block_on(simulate::run(options))?,
        Command::Pull(options) => block_on(interruptible(pull::run(options, progress, &clock::System)))?,
        Command::Run(options) => block_on(run::run(options, progress, &clock::System))?,
        Command::Status(options) => status::run(options, &clock::System),
        Command::Quarantine(options) => quarantine::run(options, &clock::System),
        Command::Check(options) => block_on(check::run(options, &clock::System))?,
        Command::Auth(options) => block_on(auth::run(options, &clock::System))?,
        Command::Parse(options) => parse::run(options, &clock::System),
        Command::Types(options) => types::run(options),
        Command::Describe(options) => describe::run(options),
    }
}

/// Runs a future to its end on this thread.
fn block_on<T>(future: impl Future<Output = T>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::Outside(format!("cannot start: {error}")))?;
    let result = runtime.block_on(future);
    // An interrupted renewal goes on by itself until its tokens are on disk; they could not be had again.
    let settled = async { tokio::time::timeout(SETTLING_TIME, sign_in::settled()).await };
    if runtime.block_on(settled).is_err() {
        tracing::warn!("a renewal of tokens had no answer in time; if its tokens are lost, authorise again");
    }
    Ok(result)
}

/// Ends early at Ctrl-C or SIGTERM, but never between a delivery and its commit: those do not wait, and only a wait is interrupted.
async fn interruptible(work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    tokio::select! {
        result = work => result,
        () = told_to_stop() => {
            Err(Failure::Outside("interrupted; what was delivered is kept, and the next pull goes on from there".to_owned()))
        }
    }
}

/// Waits until the user or the system tells the program to stop.
async fn told_to_stop() {
    let interrupt = async {
        // Where it cannot be waited for, it ends the program as ever.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            () = interrupt => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    interrupt.await;
}

/// A line of progress on a terminal, but only where it does not run into the events.
fn progress() -> ProgressBar {
    let terminal = std::io::stderr().is_terminal() && !std::io::stdout().is_terminal();
    let target = if terminal { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(None, target);
    blank(&bar);
    bar
}

/// Writes to standard output; a reader that has gone is no error to report.
fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(text.as_bytes()).map_err(|error| failure::output(&error))?;
    flush(&mut stdout)
}

/// Sends what waits in a buffer on its way.
fn flush(output: &mut impl Write) -> Result<(), Failure> {
    output.flush().map_err(|error| failure::output(&error))
}

/// Tells a failure on standard error. An empty message was told where it arose.
fn tell(failure: &Failure) {
    let message = failure.to_string();
    if !matches!(failure, Failure::ReaderGone) && !message.is_empty() {
        say(&format!("error: {message}"));
    }
}

/// A line on standard error, or several. What it repeats, such as a file's name, cannot act on the terminal. When that has gone there is nothing left to do.
fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{}", printable::lines(line));
}

/// A number of things.
fn plural(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// The failure of a command that has told its failures already: of the gravest of them, without a message.
fn told(failures: &[Failure]) -> Result<(), Failure> {
    match failures.iter().max_by_key(|failure| failure.exit_code()) {
        None => Ok(()),
        Some(Failure::ReaderGone) => Err(Failure::ReaderGone),
        Some(Failure::Input(_)) => Err(Failure::Input(String::new())),
        Some(Failure::Configuration(_)) => Err(Failure::Configuration(String::new())),
        Some(Failure::Outside(_)) => Err(Failure::Outside(String::new())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_gravest_failure_sets_the_exit_code() {
        let code = |failures: &[Failure]| told(failures).map_or_else(|failure| failure.exit_code(), |()| 0);
        assert_eq!(code(&[]), 0);
        assert_eq!(code(&[Failure::Outside("a".into()), Failure::Configuration("b".into())]), 3);
        assert_eq!(code(&[Failure::Input("a".into()), Failure::ReaderGone]), 1);
        assert_eq!(code(&[Failure::ReaderGone]), 0);
    }
}
