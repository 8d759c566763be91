//! Futures in turn, in one thread: a pull by itself, and both lanes beside each other by a seeded choice.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use logwright::event::Profile;
use logwright_runtime::account::Stream;
use logwright_runtime::api::Api;
use logwright_runtime::pull::{Lane, Pull, Summary, pull_lane};
use logwright_runtime::simulator::Random;
use logwright_runtime::sink::{Delivery, Sink};
use logwright_runtime::{Failure, State};
use tokio::runtime::Runtime;

use super::fuse::Fuse;

/// More than any pull takes.
const MOST_TURNS: u32 = 1_000_000;

/// The sink as both lanes have it.
struct Shared<'s>(&'s Mutex<Box<dyn Sink>>);

impl Sink for Shared<'_> {
    fn deliver(&mut self, page: &Delivery<'_>) -> Result<(), Failure> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).deliver(page)
    }
}

/// What gives futures their turns, until they are done or the process is gone.
pub(super) struct Turns<'t> {
    pub(super) runtime: &'t Runtime,
    pub(super) fuse: &'t Fuse,
}

impl Turns<'_> {
    /// Both lanes beside each other, until both are done: at each answer the choice says which of them goes on.
    pub(super) fn lanes(
        &self,
        api: &Api<'_>,
        stream: Stream,
        state: &State,
        sink: &Mutex<Box<dyn Sink>>,
        random: &mut Random,
    ) -> Result<Option<Result<(), Failure>>, String> {
        let one = |lane| async move {
            let (sink, on_page) = (&mut Shared(sink), &mut |_: &Summary| {});
            pull_lane(Pull { api, stream, state, sink, profile: Profile::Lake, on_page }, lane).await
        };
        let (mut live, mut past) = (pin!(one(Lane::Live)), pin!(one(Lane::Backfill)));
        // The live lane notes the gap before it asks for anything.
        let (mut begins, mut done) = (true, [None, None]);
        let both = self.to_end(|context| {
            let first = std::mem::take(&mut begins) || random.one_in(2);
            if first && done[0].is_none() {
                done[0] = ready(live.as_mut().poll(context));
            } else if !first && done[1].is_none() {
                done[1] = ready(past.as_mut().poll(context));
            }
            match &done {
                [Some(live), Some(past)] => Poll::Ready(live.clone().and(past.clone())),
                _ => Poll::Pending,
            }
        })?;
        match both {
            // The live lane may have come upon a gap when the other had none to do.
            Some(Ok(())) => self.at_once(one(Lane::Backfill)),
            both => Ok(both),
        }
    }

    /// Runs a future that waits for nothing but its turn.
    pub(super) fn at_once<T>(&self, future: impl Future<Output = T>) -> Result<Option<T>, String> {
        let mut future = pin!(future);
        self.to_end(|context| future.as_mut().poll(context))
    }

    /// Steps on until there is a result; `None` where the process is gone before. After each step, what was begun beside it has
    /// its turn, such as the renewal of a token.
    fn to_end<T>(&self, mut step: impl FnMut(&mut Context<'_>) -> Poll<T>) -> Result<Option<T>, String> {
        let mut turns = 0;
        self.runtime.block_on(poll_fn(|context| {
            turns += 1;
            match step(context) {
                Poll::Ready(done) => Poll::Ready(Ok(Some(done))),
                Poll::Pending if self.fuse.has_ended() => Poll::Ready(Ok(None)),
                Poll::Pending if turns > MOST_TURNS => {
                    Poll::Ready(Err("the pull waits for something else than its clock".to_owned()))
                }
                Poll::Pending => {
                    context.waker().wake_by_ref();
                    Poll::Pending
                }
            }
        }))
    }
}

fn ready<T>(poll: Poll<T>) -> Option<T> {
    if let Poll::Ready(done) = poll { Some(done) } else { None }
}
