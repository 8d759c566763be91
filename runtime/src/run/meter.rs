//! How far a pull is: a bar with the time left on a terminal, a line a minute elsewhere. Of the present, whose end is not known before
//! it is there, what has come.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use logwright::time::Timestamp;

use crate::clock::{self, Clock};
use crate::pull::Summary;
use crate::state::Gap;

/// How often a line is written where there is no terminal.
const EVERY: Duration = Duration::from_secs(60);

const BAR: &str = "[{bar:30}] {percent:>3} % {msg}";
const NO_BAR: &str = "{spinner} {msg}";

/// Shows the backfills of all logs: in one bar together, in lines one by one.
pub(crate) struct Meter<'m> {
    bar: &'m ProgressBar,
    clock: &'m dyn Clock,
    logs: RefCell<BTreeMap<String, Filling>>,
    /// The logs whose present is being pulled, and when it was told of last.
    present: RefCell<BTreeMap<String, Timestamp>>,
}

/// A log's backfill.
struct Filling {
    gap: Gap,
    /// When it was first seen here, and how far it was then: the speed is counted from there.
    began: (Timestamp, Timestamp),
    told_at: Timestamp,
}

impl<'m> Meter<'m> {
    pub(crate) fn new(bar: &'m ProgressBar, clock: &'m dyn Clock) -> Self {
        Self { bar, clock, logs: RefCell::default(), present: RefCell::default() }
    }

    /// Takes note of a page of the log with this title.
    pub(crate) fn page(&self, title: &str, summary: &Summary) {
        let now = self.clock.now();
        match summary.gap {
            Some(gap) => self.of_the_past(title, gap, summary, now),
            None => self.of_the_present(title, summary, now),
        }
    }

    fn of_the_past(&self, title: &str, gap: Gap, summary: &Summary, now: Timestamp) {
        let mut logs = self.logs.borrow_mut();
        let fresh = || Filling { gap, began: (now, gap.filled_to), told_at: now };
        let filling = logs.entry(title.to_owned()).or_insert_with(fresh);
        if filling.gap.start != gap.start {
            *filling = fresh();
        }
        filling.gap = gap;
        if !self.bar.is_hidden() {
            self.draw(&logs, now);
        } else if clock::between(filling.told_at, now) >= EVERY {
            filling.told_at = now;
            tracing::info!("{title}: {}, {} events", filling.text(now), summary.events);
        }
    }

    fn of_the_present(&self, title: &str, summary: &Summary, now: Timestamp) {
        let mut present = self.present.borrow_mut();
        let told_at = present.entry(title.to_owned()).or_insert(now);
        if !self.bar.is_hidden() {
            if self.logs.borrow().is_empty() {
                self.write(NO_BAR, format!("{title}: {} events, {} pages", summary.events, summary.pages));
            }
        } else if clock::between(*told_at, now) >= EVERY {
            *told_at = now;
            tracing::info!("{title}: {} events so far, and more to come", summary.events);
        }
    }

    /// The log's present was pulled to its end, or could not be.
    pub(crate) fn ended(&self, title: &str) {
        self.present.borrow_mut().remove(title);
        self.clear();
    }

    /// The log's backfill is done.
    pub(crate) fn done(&self, title: &str) {
        if self.logs.borrow_mut().remove(title).is_some() {
            tracing::info!("{title}: the backfill is done");
        }
        self.clear();
    }

    /// Writes to standard error while the bar is out of the way.
    pub(crate) fn aside(&self, write: impl FnOnce()) {
        self.bar.suspend(write);
    }

    /// A source is no longer pulled.
    pub(crate) fn gone(&self, source: &str) {
        let is_of_it = |title: &String| title.split(' ').next() == Some(source);
        self.logs.borrow_mut().retain(|title, _| !is_of_it(title));
        self.present.borrow_mut().retain(|title, _| !is_of_it(title));
        self.clear();
    }

    fn clear(&self) {
        if self.logs.borrow().is_empty() && self.present.borrow().is_empty() && !self.bar.is_hidden() {
            blank(self.bar);
        }
    }

    fn draw(&self, logs: &BTreeMap<String, Filling>, now: Timestamp) {
        let sum = |part: fn(&Gap) -> Duration| logs.values().map(|filling| part(&filling.gap).as_secs()).sum();
        self.bar.set_length(sum(whole));
        self.bar.set_position(sum(filled));
        let left = logs.values().filter_map(|filling| filling.left(now)).max();
        let which = match (logs.len(), logs.keys().next()) {
            (1, Some(title)) => title.clone(),
            (count, _) => format!("{count} logs"),
        };
        self.write(BAR, format!("backfill of {which}{}", left.map_or(String::new(), time_left)));
    }

    fn write(&self, template: &str, message: String) {
        set_style(self.bar, template);
        self.bar.set_message(message);
        self.bar.tick();
    }
}

/// A bar that shows nothing: by its own default it would show how much there is of nothing.
pub(crate) fn blank(bar: &ProgressBar) {
    set_style(bar, "{msg}");
    bar.set_message("");
    bar.reset();
}

fn set_style(bar: &ProgressBar, template: &str) {
    // The templates are constants, and right.
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
}

impl Filling {
    fn text(&self, now: Timestamp) -> String {
        let percent = filled(&self.gap).as_secs() * 100 / whole(&self.gap).as_secs().max(1);
        let at = clock::text(clock::whole_seconds(self.gap.filled_to));
        format!("backfill {percent} %, at {at}{}", self.left(now).map_or(String::new(), time_left))
    }

    /// The time left, by the speed so far; unknown before anything was done.
    fn left(&self, now: Timestamp) -> Option<Duration> {
        let (since, from) = self.began;
        let done = clock::between(from, self.gap.filled_to).as_secs_f64();
        let rest = clock::between(self.gap.filled_to, self.gap.end).as_secs_f64();
        let took = clock::between(since, now).as_secs_f64();
        Duration::try_from_secs_f64(took * rest / done).ok()
    }
}

fn whole(gap: &Gap) -> Duration {
    clock::between(gap.start, gap.end)
}

fn filled(gap: &Gap) -> Duration {
    clock::between(gap.start, gap.filled_to)
}

fn time_left(left: Duration) -> String {
    match left.as_secs() {
        seconds @ 0..120 => format!(", {seconds} s left"),
        seconds @ 120..7200 => format!(", {} min left", seconds / 60),
        seconds => format!(", {} h left", seconds / 3600),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{Manual, earlier};
    use crate::testing::noon;

    #[test]
    fn a_backfill_tells_its_share_and_the_time_left_by_its_speed() {
        let hours = |hours: u64| Duration::from_secs(3600 * hours);
        let gap = Gap { start: earlier(noon(), hours(100)), end: noon(), filled_to: earlier(noon(), hours(75)) };
        let mut filling = Filling { gap, began: (noon(), gap.start), told_at: noon() };
        let later = clock::later(noon(), Duration::from_secs(600));
        assert_eq!(filling.text(later), "backfill 25 %, at 2026-11-19T09:00:00Z, 30 min left");
        // Nothing done yet: no speed.
        filling.began.1 = gap.filled_to;
        assert_eq!(filling.left(later), None);
    }

    #[test]
    fn elsewhere_than_on_a_terminal_it_is_a_line_a_minute() {
        let (clock, bar) = (Manual::new(noon()), ProgressBar::hidden());
        let meter = Meter::new(&bar, &clock);
        let start = earlier(noon(), Duration::from_secs(86_400));
        let gap = Some(Gap { start, end: noon(), filled_to: start });
        let told = || meter.logs.borrow()["acme L"].told_at;
        for (second, expected) in [(0, 0), (30, 0), (59, 0), (61, 61), (90, 61)] {
            let wait = clock::between(clock.now(), clock::later(noon(), Duration::from_secs(second)));
            clock.advance(wait);
            meter.page("acme L", &Summary { gap, ..Summary::default() });
            assert_eq!(told(), clock::later(noon(), Duration::from_secs(expected)), "{second}");
        }
        meter.gone("acme");
        assert!(meter.logs.borrow().is_empty());

        let told = || meter.present.borrow()["acme L"];
        let began = clock.now();
        for (seconds, expected) in [(0, 0), (59, 0), (2, 61), (30, 61)] {
            clock.advance(Duration::from_secs(seconds));
            meter.page("acme L", &Summary::default());
            assert_eq!(told(), clock::later(began, Duration::from_secs(expected)), "{seconds}");
        }
        meter.ended("acme L");
        assert!(meter.present.borrow().is_empty());
    }
}
