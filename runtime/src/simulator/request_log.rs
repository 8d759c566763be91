//! What the stand-in was asked, so that a test can count requests and compare whole URLs.
//!
//! Header values and bodies are never kept: they hold credentials.

use std::sync::{Arc, Mutex, PoisonError};

use logwright::time::Timestamp;

/// One request that was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The method, such as `GET`.
    pub method: String,
    /// Path and query, exactly as they were sent.
    pub target: String,
    /// The status of the answer.
    pub status: u16,
    /// Whether the request was signed in with credentials that the stand-in accepts.
    pub authorised: bool,
    /// When it came, by the server's clock.
    pub at: Timestamp,
}

/// The requests so far, in the order of their answers. A clone shows the same log.
#[derive(Clone, Debug, Default)]
pub struct RequestLog(Arc<Mutex<Vec<Seen>>>);

impl RequestLog {
    /// A copy of the log.
    pub fn all(&self) -> Vec<Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many answers had this status.
    pub fn count(&self, status: u16) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().filter(|seen| seen.status == status).count()
    }

    pub(super) fn push(&self, seen: Seen) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(seen);
    }
}
