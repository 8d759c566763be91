//! Work that may block, such as a slow disk, a program that prints a secret, or a lock that another process holds.
//!
//! It runs on a thread of its own and not on one of the runtime's, because a runtime that ends waits for its own threads: a
//! program that is told to stop must not wait for somebody else's lock.

use std::thread;

use tokio::sync::oneshot;

/// What `work` comes to; `None` where no thread could be started, or where it panicked.
pub(crate) async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (sender, receiver) = oneshot::channel();
    // When nobody waits any more, the result is dropped, and a lock in it given back.
    thread::Builder::new().spawn(move || drop(sender.send(work()))).ok()?;
    receiver.await.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_result_comes_and_a_panic_is_none() {
        assert_eq!(aside(|| 7).await, Some(7));
        assert_eq!(aside(|| -> u8 { std::panic::resume_unwind(Box::new(())) }).await, None);
    }
}
