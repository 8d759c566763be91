//! Facts of a log that cannot be true together, so that no plan of pulling could follow from them.
//!
//! Each fact is checked where it is read; what is left for here needs several of them at once.

use std::time::Duration;

use super::Reader;
use super::leaf::in_words;
use super::model::{Log, Paging};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// How often the look back is.
const HOUR: Duration = Duration::from_secs(3600);

/// Where the facts stand: the keys of the log.
#[derive(Clone, Copy)]
pub(super) struct Places<'p> {
    /// The path to the log.
    pub(super) path: &'p str,
    pub(super) time: Span,
    pub(super) lateness: Span,
    pub(super) paging: Span,
    pub(super) order: Span,
    pub(super) window: Span,
}

impl Reader<'_> {
    pub(super) fn check_together(&self, log: &Log, places: Places<'_>) {
        let found = [
            coarse_times(log, places),
            back_in_time(log, places),
            short_windows(log, places),
            an_end_that_lasts(log, places),
        ];
        for diagnostic in found.into_iter().flatten() {
            self.reading.push(diagnostic);
        }
    }
}

/// A time is rounded down to its step, so a record is always up to a step later than its time says.
fn coarse_times(log: &Log, places: Places<'_>) -> Option<Diagnostic> {
    let (step, usual) = (log.time.granularity, log.lateness.usual);
    if step <= usual {
        return None;
    }
    let (step, usual) = (in_words(step), in_words(usual));
    let message = format!("times in steps of {step} make records up to {step} late, and only {usual} are usual");
    let help = format!("Write a `lateness` whose `usual` is {step} or more, or the true `granularity`.");
    let diagnostic = Diagnostic::error(Code::LW0723, places.lateness, message).also(places.time, "the time's step");
    Some(diagnostic.at(format!("{}.lateness", places.path)).help(help))
}

/// A cursor that goes towards the past never comes to what is new.
fn back_in_time(log: &Log, places: Places<'_>) -> Option<Diagnostic> {
    if !log.paging.is_lasting() || log.order.as_ref().is_none_or(|order| order.ascending) {
        return None;
    }
    let message = "newest first, pages lead into the past: what lasts would never lead to what is new";
    let diagnostic = Diagnostic::error(Code::LW0724, places.paging, message).also(places.order, "the order");
    Some(diagnostic.at(format!("{}.paging", places.path)).help("Ask for `ascending`, or remove `lasting`."))
}

/// The hourly look back must fit into a window, with something new in it.
fn short_windows(log: &Log, places: Places<'_>) -> Option<Diagnostic> {
    let window = log.window.as_ref()?;
    let longest = window.longest?;
    let (message, help) = if window.end.is_none() {
        let message = "windows have a longest span, but no end can be given".to_owned();
        (message, "Add `end`, or remove `longest`.".to_owned())
    } else if longest <= log.lateness.rare + HOUR + 2 * log.time.granularity {
        // The look back counts from the last one, up to an hour ago; and a window may be widened by a step at both ends.
        let (longest, rare) = (in_words(longest), in_words(log.lateness.rare));
        let message = format!("a window of {longest} cannot look back {rare} and still reach anything new");
        (
            message,
            format!(
                "If no window is longer than {longest}, what is later cannot be asked for: write a shorter `rare`."
            ),
        )
    } else {
        return None;
    };
    let diagnostic = Diagnostic::error(Code::LW0725, places.window, message).also(places.lateness, "the lateness");
    Some(diagnostic.at(format!("{}.window", places.path)).help(help))
}

/// What holds the end of the first window in it never leads beyond that.
fn an_end_that_lasts(log: &Log, places: Places<'_>) -> Option<Diagnostic> {
    let holds_the_window = matches!(log.paging, Paging::Cursor { alone: true, .. } | Paging::Link { .. });
    let has_end = log.window.as_ref().is_some_and(|window| window.end.is_some());
    if !log.paging.is_lasting() || !holds_the_window || !has_end {
        return None;
    }
    let message = "what lasts was made for one window and cannot lead beyond its end";
    let help = "Ask without an end: remove it from `window` and `request`. Or remove `lasting`.";
    let diagnostic = Diagnostic::error(Code::LW0726, places.paging, message).also(places.window, "the window");
    Some(diagnostic.at(format!("{}.paging", places.path)).help(help))
}
