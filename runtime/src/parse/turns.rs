//! Workers that take turns: each reads a block, parses it, and writes its events when it is that block's turn.
//!
//! What a worker reads, makes and writes stays with its core. Only two things are shared, each behind a lock: the input, from
//! which blocks are taken in order, and the output, to which they go in the same order. So no worker is ahead of the output
//! by more than a block.

use std::io::{self, Read};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::blocks::{Block, Blocks};
use super::worker::{Done, Worker};
use crate::failure::Failure;

/// Parses all blocks of an input by some workers, each but the first on a thread of its own, and writes what comes of them by
/// `write`, in their order. The inner result is that of reading.
///
/// # Errors
/// What `write` says first; nothing is written after that.
pub(super) fn take_turns(
    workers: Vec<Worker<'_>>,
    blocks: Blocks<impl Read + Send>,
    write: impl FnMut(&Done) -> Result<(), Failure> + Send,
) -> Result<io::Result<()>, Failure> {
    let input = Mutex::new(Input { blocks, taken: 0, end: None });
    let output = Output { state: Mutex::new(State { next: 0, write, ended: None }), turned: Condvar::new() };
    thread::scope(|scope| {
        let mut workers = workers.into_iter();
        let first = workers.next();
        for worker in workers {
            scope.spawn(|| work(worker, &input, &output));
        }
        if let Some(worker) = first {
            work(worker, &input, &output);
        }
    });
    let ended = output.state.into_inner().unwrap_or_else(PoisonError::into_inner).ended;
    let end = input.into_inner().unwrap_or_else(PoisonError::into_inner).end;
    ended.unwrap_or(Ok(())).map(|()| end.unwrap_or(Ok(())))
}

/// What one worker does, until there are no more blocks, or nobody wants them.
fn work(
    mut worker: Worker<'_>,
    input: &Mutex<Input<impl Read>>,
    output: &Output<impl FnMut(&Done) -> Result<(), Failure>>,
) {
    let (mut buffer, mut events) = (Vec::new(), Vec::new());
    let _end = EndWithPanic(output);
    loop {
        // The lock is for the reading alone.
        let next = locked(input).next(buffer);
        let Some((number, block)) = next else { break };
        let done = worker.run(block, events);
        if !output.write(number, &done) {
            break;
        }
        (buffer, events) = done.into_room();
    }
}

/// Where blocks come from.
struct Input<R> {
    blocks: Blocks<R>,
    /// How many have been taken.
    taken: u64,
    /// How it ended, once it has.
    end: Option<io::Result<()>>,
}

impl<R: Read> Input<R> {
    /// The next block and its number.
    fn next(&mut self, buffer: Vec<u8>) -> Option<(u64, Block)> {
        if self.end.is_some() {
            return None;
        }
        // A panic is an end: nobody else may read on behind it.
        self.end = Some(Ok(()));
        match self.blocks.next(buffer) {
            Ok(Some(block)) => {
                self.end = None;
                self.taken += 1;
                return Some((self.taken - 1, block));
            }
            Ok(None) => {}
            Err(error) => self.end = Some(Err(error)),
        }
        None
    }
}

/// Where events go.
struct Output<W> {
    state: Mutex<State<W>>,
    turned: Condvar,
}

struct State<W> {
    /// The number of the block whose turn it is.
    next: u64,
    write: W,
    /// Nothing is written any more, for this reason.
    ended: Option<Result<(), Failure>>,
}

impl<W: FnMut(&Done) -> Result<(), Failure>> Output<W> {
    /// Writes what came of a block when its turn comes; false when nothing is written any more.
    fn write(&self, number: u64, done: &Done) -> bool {
        let others = |state: &mut State<W>| state.next != number && state.ended.is_none();
        let mut state = self.turned.wait_while(locked(&self.state), others).unwrap_or_else(PoisonError::into_inner);
        // A lock that a panic has left ends the wait as well, whichever turn it is.
        if state.ended.is_none() && state.next == number {
            // A panic is an end: nothing may be written behind it.
            state.ended = Some(Ok(()));
            state.ended = (state.write)(done).err().map(Err);
            state.next += 1;
        }
        self.turned.notify_all();
        state.ended.is_none()
    }
}

/// Ends the turns with a panic: else the others would wait for one that never comes.
struct EndWithPanic<'o, W>(&'o Output<W>);

impl<W> Drop for EndWithPanic<'_, W> {
    fn drop(&mut self) {
        if thread::panicking() {
            locked(&self.0.state).ended.get_or_insert(Ok(()));
            self.0.turned.notify_all();
        }
    }
}

fn locked<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
