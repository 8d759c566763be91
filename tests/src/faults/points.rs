//! Every point at which a pull can be stopped: one pull is done once for each of its steps, stopped there, and done again.
//!
//! A step is a write (before it, in its midst, after it and not synced), a rename, a removal, a sync of a folder, and each side of
//! a commit, and each side of a request. What was not synced is kept, or lost, or some of it. And the API is as it was when the collector comes back, or
//! a late event has moved every page by one, or it does not take the cursor any more so that the window begins anew. And how files
//! are packed may have changed in between.

use std::time::Duration;

use logwright_runtime::clock::Clock;
use logwright_runtime::simulator::{Behaviour, Random};
use logwright_runtime::sink::Compression;

use super::disk::Loss;
use super::scene::{Scene, To, shifted};
use super::subject::Subject;

/// What has become of the API when the collector comes back.
#[derive(Clone, Copy, Debug)]
enum Meanwhile {
    Nothing,
    /// Events have become visible behind the cursor and ahead of it, in the day that is over and in this one.
    Late,
    /// Cursors are written otherwise.
    CursorGone,
    /// The same, and the page that was delivered last is no longer the same.
    CursorGoneAndLate,
}

/// Which pull is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The first one, of less than a day.
    First,
    /// The first one, of a gap of two days and the present.
    Gap,
    /// One that looks back over rare lateness, or goes on at the last cursor.
    Next,
}

/// How files are packed by the process that is stopped, and by the one after it: each step is stopped with several.
const PACKED: [[Compression; 2]; 4] = [
    [Compression::None, Compression::None],
    [Compression::None, Compression::Zstd],
    [Compression::Zstd, Compression::None],
    [Compression::Zstd, Compression::Zstd],
];

/// Stops a pull of a log at each of its steps. Returns how many pulls were stopped.
///
/// # Errors
/// What does not hold, and where the pull was stopped.
pub fn every_point(log_type: &str, what: What, to: To) -> Result<u64, String> {
    let mut stopped = 0;
    let pulled = (Subject::of(log_type)?, what, to);
    let whole = scene(pulled).and_then(|mut scene| {
        scene.poll(Loss::Nothing)?.1.map_err(|failure| failure.to_string())?;
        Ok(scene.fuse.taken())
    })?;
    for meanwhile in [Meanwhile::Nothing, Meanwhile::Late, Meanwhile::CursorGone, Meanwhile::CursorGoneAndLate] {
        for step in 1..=whole {
            for lost in 0..3 {
                stop_at(pulled, step, lost, meanwhile).map_err(|error| {
                    format!("{log_type}, {what:?}, stopped at step {step} of {whole}, {lost}, {meanwhile:?}: {error}")
                })?;
                stopped += 1;
            }
        }
    }
    Ok(stopped)
}

/// Some pages around midnight, so that most of them have files of two days.
fn scene((subject, what, to): (Subject, What, To)) -> Result<Scene, String> {
    let behaviour = Behaviour { page_size: Some(6), ..Behaviour::default() };
    let hours = if what == What::Gap { 30 } else { 20 };
    let mut scene = Scene::new(subject, false, to, 0, 3, Duration::from_secs(hours * 3600), behaviour)?;
    let add_some = |scene: &Scene, first| {
        (0..20_u32).try_for_each(|number| {
            let seconds = -12 * 3600 + (i64::from(number) - 10) * 60;
            add(scene, first + u64::from(number * 7 % 20), seconds)
        })
    };
    add_some(&scene, 100)?;
    if what == What::Next {
        scene.poll(Loss::Nothing)?.1.map_err(|failure| failure.to_string())?;
        scene.clock.advance(Duration::from_secs(2 * 3600));
        add_some(&scene, 200)?;
        scene.fuse.never();
    }
    Ok(scene)
}

fn stop_at(pulled: (Subject, What, To), step: u64, lost: u64, meanwhile: Meanwhile) -> Result<(), String> {
    let mut scene = scene(pulled)?;
    let [before, after] = PACKED[usize::try_from(step + lost).unwrap_or(0) % PACKED.len()];
    scene.compression = before;
    scene.fuse.end_at(step);
    let mut random = Random::new(step, lost);
    let unsynced = match lost {
        0 => Loss::Nothing,
        1 => Loss::Everything,
        _ => Loss::Some(&mut random),
    };
    let _ = scene.poll(unsynced)?;
    if scene.crashes != 1 {
        return Err("it was not stopped".to_owned());
    }
    scene.compression = after;
    scene.clock.advance(Duration::from_secs(300));
    if matches!(meanwhile, Meanwhile::Late | Meanwhile::CursorGoneAndLate) {
        for (id, seconds) in [(1, -12 * 3600 - 540), (2, -12 * 3600 - 61), (3, -12 * 3600 + 61), (4, -12 * 3600 + 540)]
        {
            add(&scene, id, seconds)?;
        }
    }
    if matches!(meanwhile, Meanwhile::CursorGone | Meanwhile::CursorGoneAndLate) {
        scene.simulator.change(|behaviour| behaviour.cursor_life = Some(Duration::from_secs(3 * 3600)));
    }
    // What came late is found by the look back over a day, which may not be due yet.
    for _ in 0..3 {
        scene.poll(Loss::Nothing)?.1.map_err(|failure| failure.to_string())?;
        scene.clock.advance(Duration::from_secs(40 * 60));
    }
    let now = scene.clock.now();
    scene.check_all_is_there(now)
}

/// Adds an event, so many seconds from noon.
fn add(scene: &Scene, id: u64, seconds: i64) -> Result<(), String> {
    let noon: logwright::time::Timestamp = "2026-01-10T12:00:00Z".parse().map_err(|_| "noon is no time")?;
    let at = shifted(noon, seconds);
    let log_type = scene.subject.log.log_type;
    scene.simulator.add(log_type, &scene.subject.record(id, at), Some(scene.clock.now()))
}
