//! Other programs: run without a shell, given their time, and their output read up to a bound.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// More than this is not read from anybody.
pub(crate) const MOST_BYTES: u64 = 64 * 1024;

/// What the program prints. Input and output are served beside it, so that neither a silent nor a talkative program, nor one
/// that reads nothing, outlives the deadline.
///
/// # Errors
/// Why it cannot be run, or how it failed, to be read after the program's name.
pub(crate) fn run(argv: &[String], input: Vec<u8>, time: Duration) -> Result<Vec<u8>, String> {
    let (program, arguments) = argv.split_first().ok_or("names no program")?;
    let deadline = Instant::now() + time;
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(if input.is_empty() { Stdio::null() } else { Stdio::piped() })
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot be started: {error}"))?;
    if let Some(mut stdin) = child.stdin.take() {
        // Whoever does not read it does not want it; the exit code tells whether that was right.
        thread::spawn(move || drop(stdin.write_all(&input)));
    }
    let stdout = child.stdout.take().ok_or("has no output")?;
    let output = within(time, move || read_bounded(stdout)).map_err(|late| {
        stop(&mut child);
        format!("{late} and was stopped")
    })?;
    let status = loop {
        match child.try_wait().map_err(|error| format!("cannot be waited for: {error}"))? {
            Some(status) => break status,
            None if Instant::now() >= deadline => {
                stop(&mut child);
                return Err(format!("took longer than {} seconds and was stopped", time.as_secs()));
            }
            None => thread::sleep(Duration::from_millis(5)),
        }
    };
    if !status.success() {
        return Err(format!("failed: {status}"));
    }
    output.map_err(|error| format!("cannot be read from: {error}"))
}

/// What `work` comes to, on a thread of its own that is left alone when the time is up.
pub(crate) fn within<T: Send + 'static>(
    time: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, String> {
    let (sender, receiver) = mpsc::channel();
    // The receiver has gone when the time was up; then nobody wants the result.
    thread::spawn(move || drop(sender.send(work())));
    receiver.recv_timeout(time).map_err(|_| format!("took longer than {} seconds", time.as_secs()))
}

/// What there is to read, and one byte more than is wanted where there is more.
pub(crate) fn read_bounded(from: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn stop(child: &mut Child) {
    // A child that has just ended by itself cannot be killed, which is as good.
    let _ = child.kill();
    let _ = child.wait();
}
