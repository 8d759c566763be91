//! Every point at which a replay out of quarantine can be stopped.
//!
//! An older program left records in quarantine that this one can parse: two pages of them, of two days. A replay is stopped at one
//! of its steps, as a pull is in [`points`](super::points). Before it is done again, a pull comes, for which the API may have some of
//! these records as well, corrected or not; and the pull may be stopped too. In the end each is there once, and none in quarantine.

use std::time::Duration;

use logwright::time::Timestamp;
use logwright_runtime::clock::Clock;
use logwright_runtime::identity::fingerprint;
use logwright_runtime::simulator::{Behaviour, Random};
use logwright_runtime::sink::Compression;
use logwright_runtime::state::{OpenWindow, Page, Quarantined, StreamId, Then, WindowKind};
use logwright_runtime::{Failure, State};

use super::disk::Loss;
use super::scene::{LOG, Scene, To, shifted};
use super::subject::Subject;

/// More than a page of a replay has.
const RECORDS: u64 = 130;

/// What comes between a replay that was stopped and the next one.
#[derive(Clone, Copy, Debug)]
enum Between {
    Nothing,
    /// A pull, of nothing new.
    Pull,
    /// A pull of some of the records.
    ServedAgain,
    /// A pull of some of the records, which is stopped at this step.
    ServedAgainAndStopped(u64),
}

/// Stops a replay at each of its steps. Returns how many were stopped.
///
/// # Errors
/// What does not hold, and where the replay was stopped.
pub fn every_point_of_a_replay(to: To) -> Result<u64, String> {
    let mut whole = scene(to)?;
    whole.replay(Loss::Nothing)?.map_err(|failure| failure.to_string())?;
    let (steps, mut stopped) = (whole.fuse.taken(), 0);
    for step in 1..=steps {
        let random_step = 1 + Random::new(step, 9).below(25);
        let all = [Between::Nothing, Between::Pull, Between::ServedAgain, Between::ServedAgainAndStopped(random_step)];
        for between in all {
            // What is printed cannot be lost with the power.
            for lost in 0..if to == To::Files { 3 } else { 1 } {
                stop_at(to, step, lost, between)
                    .map_err(|error| format!("stopped at step {step} of {steps}, {lost}, {between:?}: {error}"))?;
                stopped += 1;
            }
        }
    }
    Ok(stopped)
}

fn stop_at(to: To, step: u64, lost: u64, between: Between) -> Result<(), String> {
    let mut scene = scene(to)?;
    let mut random = Random::new(step, lost);
    if step % 2 == 0 {
        scene.compression = Compression::Zstd;
    }
    scene.fuse.end_at(step);
    let loss = match lost {
        0 => Loss::Nothing,
        1 => Loss::Everything,
        _ => Loss::Some(&mut random),
    };
    if scene.replay(loss)?.is_ok() || scene.crashes != 1 {
        return Err("it was not stopped".to_owned());
    }
    scene.compression = if step % 3 == 0 { Compression::Zstd } else { Compression::None };
    scene.clock.advance(Duration::from_secs(60));
    if matches!(between, Between::ServedAgain | Between::ServedAgainAndStopped(_)) {
        for number in [0, 1, RECORDS - 1] {
            let shown = scene.clock.now();
            scene.simulator.add(LOG, &record(&scene, number)?, Some(shown))?;
        }
    }
    if let Between::ServedAgainAndStopped(step) = between {
        scene.fuse.end_at(step);
        let _ = scene.poll(Loss::Some(&mut random))?;
        scene.fuse.never();
    }
    if !matches!(between, Between::Nothing) {
        scene.poll(Loss::Nothing)?.1.map_err(|failure| failure.to_string())?;
    }
    scene.replay(Loss::Nothing)?.map_err(|failure| failure.to_string())?;
    let delivered = scene.delivered()?;
    let held = scene.state.held().map_err(|failure| failure.to_string())?.len();
    if delivered.len() as u64 != RECORDS || held != 0 {
        return Err(format!("{} of {RECORDS} records are there, and {held} in quarantine", delivered.len()));
    }
    Ok(())
}

/// A collector that has pulled, and in whose quarantine records lie.
fn scene(to: To) -> Result<Scene, String> {
    let mut scene =
        Scene::new(Subject::of(LOG)?, false, to, 0, 3, Duration::from_secs(20 * 3600), Behaviour::default())?;
    scene.poll(Loss::Nothing)?.1.map_err(|failure| failure.to_string())?;
    let records: Vec<_> = (0..RECORDS).map(|number| record(&scene, number)).collect::<Result<_, _>>()?;
    let held = (0..).zip(records).map(|(number, raw)| (id(number).to_string(), raw));
    hold(&scene.state, scene.stream()?, held, scene.clock.now()).map_err(|failure| failure.to_string())?;
    scene.fuse.never();
    Ok(scene)
}

/// Puts records, each with its key, into quarantine, as a program leaves them that cannot parse them.
///
/// # Errors
/// When the state cannot be written.
pub(super) fn hold(
    state: &State,
    stream: StreamId,
    records: impl Iterator<Item = (String, String)>,
    now: Timestamp,
) -> Result<(), Failure> {
    let quarantined = records.map(|(key, raw)| Quarantined {
        key: fingerprint(raw.as_bytes()),
        raw: raw.into_bytes(),
        pointer: "/action".into(),
        code: "type",
        message: "expected a string".into(),
        schema: "older",
        at: now,
        record_key: Some(key),
    });
    let quarantined: Vec<_> = quarantined.collect();
    // A page of neither lane, so that it does not get in their way.
    let number = state.progress(stream)?.windows;
    let kind = WindowKind::Replay;
    let window = OpenWindow { number, kind, start: now, end: now, covers_to: now, next: None, page: 0 };
    let (seen, forget, then) = (&[], &[], Then::GoOn(&window));
    state.commit(stream, &Page { seen, quarantined: &quarantined, then, answered_at: now, server_now: now, forget })?;
    state.end_replay(stream)
}

fn id(number: u64) -> u64 {
    20_000_000_000_000 + number
}

/// Around midnight.
fn record(scene: &Scene, number: u64) -> Result<String, String> {
    let noon: Timestamp = "2026-01-10T12:00:00Z".parse().map_err(|_| "noon is no time")?;
    let seconds = -12 * 3600 + (i64::try_from(number).unwrap_or(0) - 65) * 10;
    Ok(scene.subject.record(id(number), shifted(noon, seconds)))
}
