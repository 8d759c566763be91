//! Every point at which a pull can be stopped in which the tokens of a person are renewed.
//!
//! A renewal spends the refresh token, and what it buys is in one answer. A process that is stopped between that answer and the
//! file may have left room for the new pair, half of it, the whole of it, or the file with its new name. Where the pair is whole,
//! nobody notices; where it is not, the next process says that a person has to agree again, and goes on when he has. Wherever else
//! it is stopped, nobody notices either. And no event is lost or doubled.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use logwright::time::Timestamp;
use logwright_runtime::clock::{self, Clock};
use logwright_runtime::simulator::Behaviour;
use serde_json::{Value, json};

use super::disk::Loss;
use super::scene::{LOG, Scene, To};
use super::subject::Subject;

/// What a process that is stopped after the answer to a renewal leaves where the tokens are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    /// As after a loss of power.
    Nothing,
    Room,
    Half,
    Whole,
    InPlace,
}

const ALL: [Left; 5] = [Left::Nothing, Left::Room, Left::Half, Left::Whole, Left::InPlace];

/// What is told to an operator whose tokens are spent.
const AGAIN: &str = "logwright auth acme";

/// Stops a pull at each of its steps, one of which renews the tokens. Returns how many pulls were stopped, and how many of them
/// after the answer to the renewal.
///
/// # Errors
/// What does not hold, and where the pull was stopped.
pub fn every_point_of_a_renewal(to: To) -> Result<(u64, u64), String> {
    let mut whole = scene(to)?;
    whole.poll(Loss::Nothing)?.1.map_err(|failure| failure.to_string())?;
    let (steps, mut stopped, mut spent) = (whole.fuse.taken(), 0, 0);
    if token_requests(&whole, 200) != 2 {
        return Err("the tokens were not renewed".to_owned());
    }
    for step in 1..=steps {
        for left in ALL {
            let was_spent = stop_at(to, step, left)
                .map_err(|error| format!("stopped at step {step} of {steps}, {left:?}: {error}"))?;
            (stopped, spent) = (stopped + 1, spent + u64::from(was_spent));
        }
    }
    Ok((stopped, spent))
}

/// A person has agreed, two hours have gone by, and there are some pages to pull.
fn scene(to: To) -> Result<Scene, String> {
    let behaviour = Behaviour { page_size: Some(8), ..Behaviour::default() };
    let mut scene = Scene::new(Subject::of(LOG)?, false, to, 20, 5, Duration::from_secs(4 * 3600), behaviour)?;
    scene.sign_in_by_person()?;
    scene.agree()?;
    scene.clock.advance(Duration::from_secs(7000));
    scene.fuse.never();
    Ok(scene)
}

/// Whether the pull was stopped after the answer to the renewal.
fn stop_at(to: To, step: u64, left: Left) -> Result<bool, String> {
    let mut scene = scene(to)?;
    let unseen = Arc::new(Mutex::new(None));
    scene.on_unseen = Arc::new({
        let unseen = Arc::clone(&unseen);
        move |ask, reply| {
            if ask.url.path() == "/oauth/tokens" {
                *unseen.lock().unwrap_or_else(PoisonError::into_inner) = Some(reply.body.clone());
            }
        }
    });
    scene.fuse.end_at(step);
    let _ = scene.poll(Loss::Nothing)?;
    if scene.crashes != 1 {
        return Err("it was not stopped".to_owned());
    }
    let answer = unseen.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(answer) = &answer {
        let tokens = scene.tokens().ok_or("there is no place for tokens")?;
        leave(left, tokens, answer, scene.clock.now()).map_err(|error| error.to_string())?;
    }
    let is_lost = answer.is_some() && !matches!(left, Left::Whole | Left::InPlace);
    let before = token_requests(&scene, 200);
    if is_lost {
        // Each attempt says so, and that nothing can be pulled changes nothing.
        for _ in 0..2 {
            match scene.poll(Loss::Nothing)?.1 {
                Err(failure) if failure.to_string().contains(AGAIN) => {}
                other => return Err(format!("the tokens are spent, and the pull ends with {other:?}")),
            }
            scene.clock.advance(Duration::from_secs(900));
        }
        scene.agree()?;
    }
    for _ in 0..3 {
        scene.poll(Loss::Nothing)?.1.map_err(|failure| failure.to_string())?;
        scene.clock.advance(Duration::from_secs(60));
    }
    let (refused, renewed) = (token_requests(&scene, 400), token_requests(&scene, 200) - before);
    // What was not renewed before the stop is renewed after it, once; a pair that was is used.
    let due = u64::from(is_lost || before < 2);
    if (refused > 0) != is_lost || renewed != due {
        return Err(format!("{refused} refusals and {renewed} new pairs, of which {due} is due"));
    }
    let now = scene.clock.now();
    scene.check_all_is_there(now).map(|()| answer.is_some())
}

/// Leaves the tokens as the process would have that was to write the pair in this answer.
fn leave(left: Left, tokens: &Path, answer: &[u8], now: Timestamp) -> std::io::Result<()> {
    let mut pair: Value = serde_json::from_slice(&fs::read(tokens)?)?;
    let issued: Value = serde_json::from_slice(answer)?;
    for name in ["access_token", "refresh_token"] {
        pair[name] = issued[name].clone();
    }
    pair["obtained_at"] = json!(clock::text(now));
    let (pair, beside) = (pair.to_string(), tokens.with_extension("json.new"));
    match left {
        Left::Nothing => Ok(()),
        Left::Room => fs::write(beside, " ".repeat(pair.len())),
        Left::Half => fs::write(beside, &pair[..pair.len() / 2]),
        Left::Whole => fs::write(beside, pair),
        Left::InPlace => fs::write(tokens, pair),
    }
}

/// How many requests for tokens were answered with this status.
fn token_requests(scene: &Scene, status: u16) -> u64 {
    let all = scene.simulator.requests().all();
    all.iter().filter(|seen| seen.target == "/oauth/tokens" && seen.status == status).count() as u64
}
