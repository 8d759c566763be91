//! Workers that take turns: each reads a block, parses it, and hands its events to the output, which writes them when it is
//! that block's turn.
//!
//! Two things are shared, each behind a lock: the input, from which blocks are taken in order, and the output, to which they go
//! in the same order. A worker whose block comes too early leaves it there and goes on, since to sleep and be woken takes
//! as long as some blocks; whoever brings the block that was waited for writes the others as well. As a rule blocks come in
//! order, and what a worker reads and makes stays with its core. Workers wait when the output is a few blocks behind.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use logwright::json::Buffer;

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
    let most = WAITING * workers.len();
    let spare = workers.iter().map(|_| Vec::new()).collect();
    let state = State { next: 0, waiting: VecDeque::new(), spare, write, ended: None };
    let output = Output { state: Mutex::new(state), most, turned: Condvar::new() };
    thread::scope(|scope| {
        let (input, output) = (&input, &output);
        let mut workers = workers.into_iter().enumerate();
        let first = workers.next();
        for (index, worker) in workers {
            scope.spawn(move || work(index, worker, input, output));
        }
        if let Some((index, worker)) = first {
            work(index, worker, input, output);
        }
    });
    let ended = output.state.into_inner().unwrap_or_else(PoisonError::into_inner).ended;
    let end = input.into_inner().unwrap_or_else(PoisonError::into_inner).end;
    ended.unwrap_or(Ok(())).map(|()| end.unwrap_or(Ok(())))
}

/// What one worker does, until there are no more blocks, or nobody wants them.
fn work(
    index: usize,
    mut worker: Worker<'_>,
    input: &Mutex<Input<impl Read>>,
    output: &Output<impl FnMut(&Done) -> Result<(), Failure>>,
) {
    let (mut buffer, mut events) = Room::default();
    let _end = EndWithPanic(output);
    loop {
        // The lock is for the reading alone.
        let next = locked(input).next(buffer);
        let Some((number, block)) = next else { break };
        let done = worker.run(block, events);
        let Some(room) = output.write(number, index, done) else { break };
        (buffer, events) = room;
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

/// So many blocks for each worker may be parsed or waiting before one has to wait for its turn.
const WAITING: usize = 3;

/// Room for a block and its events.
type Room = (Vec<u8>, Buffer);

/// Where events go.
struct Output<W> {
    state: Mutex<State<W>>,
    /// How far a block may be ahead of the one whose turn it is.
    most: usize,
    turned: Condvar,
}

struct State<W> {
    /// The number of the block whose turn it is.
    next: u64,
    /// That block and those after it, where they have come.
    waiting: VecDeque<Option<(usize, Done)>>,
    /// For each worker the room of its blocks that have been written: it is in the cache of its core.
    spare: Vec<Vec<Room>>,
    write: W,
    /// Nothing is written any more, for this reason.
    ended: Option<Result<(), Failure>>,
}

impl<W: FnMut(&Done) -> Result<(), Failure>> Output<W> {
    /// Takes what came of a block of a worker, and writes all whose turn it is. Returns room for another block; `None` when nothing is
    /// written any more.
    fn write(&self, number: u64, worker: usize, done: Done) -> Option<Room> {
        let place = |state: &State<W>| usize::try_from(number.saturating_sub(state.next)).unwrap_or(usize::MAX);
        // What has rare large lines waits for its turn, so that few of them are in memory.
        let most = if done.is_large() { 1 } else { self.most };
        let is_early = |state: &mut State<W>| place(state) >= most && state.ended.is_none();
        let mut state = self.turned.wait_while(locked(&self.state), is_early).unwrap_or_else(PoisonError::into_inner);
        // A lock that a panic has left ends the wait as well, however early the block is.
        if state.ended.is_none() {
            let place = place(&state);
            if state.waiting.len() <= place {
                state.waiting.resize_with(place + 1, || None);
            }
            state.waiting[place] = Some((worker, done));
            state.write();
        }
        self.turned.notify_all();
        if state.ended.is_none() { Some(state.spare[worker].pop().unwrap_or_default()) } else { None }
    }
}

impl<W: FnMut(&Done) -> Result<(), Failure>> State<W> {
    /// Writes the blocks whose turn it is.
    fn write(&mut self) {
        while let (None, Some(first @ Some(_))) = (&self.ended, self.waiting.front_mut())
            && let Some((worker, done)) = first.take()
        {
            self.waiting.pop_front();
            // A panic is an end: nothing may be written behind it.
            self.ended = Some(Ok(()));
            self.ended = (self.write)(&done).err().map(Err);
            self.next += 1;
            self.spare[worker].push(done.into_room());
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn done(events: &str) -> Done {
        let mut buffer = Buffer::default();
        events.bytes().for_each(|byte| buffer.push(byte));
        Done { events: buffer, count: 1, bad: Vec::new(), lines: 1, buffer: Vec::new() }
    }

    fn output<W: FnMut(&Done) -> Result<(), Failure>>(write: W) -> Output<W> {
        let spare = vec![Vec::new(), Vec::new()];
        let state = State { next: 0, waiting: VecDeque::new(), spare, write, ended: None };
        Output { state: Mutex::new(state), most: WAITING, turned: Condvar::new() }
    }

    #[test]
    fn blocks_that_come_too_early_wait_and_their_workers_go_on() {
        let mut written = Vec::new();
        let output = output(|done: &Done| {
            written.extend_from_slice(done.events.as_bytes());
            Ok(())
        });
        assert!(output.write(2, 1, done("c")).is_some());
        assert!(output.write(1, 1, done("b")).is_some());
        // The room that comes back is that of this worker's block, which has been written.
        let (_, events) = output.write(0, 0, done("a")).unwrap();
        assert_eq!(events.as_bytes(), b"a");
        assert!(output.write(3, 0, done("d")).is_some());
        drop(output);
        assert_eq!(written, b"abcd");
    }

    #[test]
    fn nothing_is_written_behind_an_error() {
        let mut count = 0;
        let output = output(|_: &Done| {
            count += 1;
            Err(Failure::Outside("the disk is full".to_owned()))
        });
        assert!(output.write(1, 1, done("b")).is_some());
        assert!(output.write(0, 0, done("a")).is_none());
        assert!(output.write(2, 0, done("c")).is_none());
        drop(output);
        assert_eq!(count, 1);
    }
}
