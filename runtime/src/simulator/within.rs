//! The stand-in without a socket: a request goes straight to the service. What would keep a client waiting takes no time; it is told.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::reply::Way;
use super::service::{Incoming, Service};
use crate::http::{Ask, Carry, Fault, Reply};

/// How long the client waits for an answer, like [`crate::http::Http`] on a network.
const PATIENCE: Duration = Duration::from_secs(60);

/// The way to a stand-in inside the process.
pub(super) struct Within<W> {
    pub(super) service: Arc<Service>,
    /// Told of every wait.
    pub(super) wait: W,
}

impl<W: Fn(Duration) + Send + Sync> Carry for Within<W> {
    fn carry(&self, ask: &Ask, authorization: Option<&str>) -> Result<Reply, Fault> {
        let query = ask.url.query().map_or(String::new(), |query| format!("?{query}"));
        let reply = self.service.answer(&Incoming {
            method: if ask.body.is_some() { "POST" } else { "GET" },
            target: &format!("{}{query}", ask.url.path()),
            authorization,
            content_type: ask.body.as_ref().map_or("", |body| body.media_type),
            body: ask.body.as_ref().map_or(&[], |body| body.text.as_bytes()),
        });
        match reply.way {
            Way::Arrives => {}
            Way::Reset => return Err(Fault("connection reset by peer".to_owned())),
            Way::CutOff => return Err(Fault("the answer ended before its end".to_owned())),
            Way::Slow(time) if time < PATIENCE => (self.wait)(time),
            Way::Slow(_) | Way::Silence | Way::Stalled => {
                (self.wait)(PATIENCE);
                return Err(Fault("operation timed out".to_owned()));
            }
        }
        let headers = reply.headers.into_iter();
        let headers = headers
            .filter_map(|(name, value)| Some((HeaderName::from_static(name), HeaderValue::try_from(value).ok()?)));
        let mut all = HeaderMap::new();
        for (name, value) in headers {
            all.append(name, value);
        }
        Ok(Reply { status: reply.status, headers: all, body: reply.body })
    }
}
