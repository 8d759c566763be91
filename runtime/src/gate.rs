//! A gate before the network: once it is closed no request begins, and those under way can be waited for.
//!
//! What has been asked for may not be asked for again, such as a token that ends the one before it. So a stop lets answers come
//! in and be committed, rather than cutting them off.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// A gate, open at first.
#[derive(Debug, Default)]
pub struct Gate {
    closed: AtomicBool,
    under_way: AtomicUsize,
}

/// A request under way, until it is dropped.
#[derive(Debug)]
pub struct UnderWay<'g>(&'g Gate);

impl Gate {
    /// Goes through; waits for ever when the gate is closed, which it stays.
    pub async fn enter(&self) -> UnderWay<'_> {
        if self.closed.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        self.under_way.fetch_add(1, Ordering::SeqCst);
        UnderWay(self)
    }

    /// Closes it for good.
    pub fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
    }

    /// Whether no request is under way.
    pub fn is_quiet(&self) -> bool {
        self.under_way.load(Ordering::SeqCst) == 0
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use std::task::Poll;

    use super::*;

    #[tokio::test]
    async fn who_is_through_is_waited_for_and_nobody_follows_once_it_is_closed() {
        let gate = Gate::default();
        let through = gate.enter().await;
        gate.close();
        assert!(!gate.is_quiet());
        let mut late = std::pin::pin!(gate.enter());
        let waits = std::future::poll_fn(|context| Poll::Ready(late.as_mut().poll(context).is_pending())).await;
        assert!(waits);
        drop(through);
        assert!(gate.is_quiet());
    }
}
