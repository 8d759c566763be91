//! The plan in words, for whoever wants to know what a collector does and why: `logwright describe SOURCE --plan`.
//!
//! Every number and every condition is read from [`Plan`], by which the engine goes.

use std::fmt::Write as _;
use std::time::Duration;

use logwright::contract::{End, Log, Paging};

use super::{Begins, DEFAULT_LOOK_BACK, Plan, RECONCILE_EVERY};

/// One thing that the plan says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is about, in a word.
    pub about: &'static str,
    /// What there is to say, in sentences.
    pub text: String,
}

/// How `log` is pulled, from where to begin to what is guaranteed.
pub fn plan(log: &Log) -> Vec<Line> {
    let plan = Plan::of(log);
    let line = |about, text| Line { about, text };
    vec![
        line("windows", windows(log, &plan)),
        line("overlap", overlap(log, &plan)),
        line("memory", memory(log, &plan)),
        line("end", end(&log.paging)),
        line("restart", restart(log, &plan)),
        line("outage", outage(log)),
        line("files", delivered(log, &plan, "exactly once", "")),
        line(
            "stdout",
            delivered(
                log,
                &plan,
                "at least once",
                " After a crash one page may come again, with the same `p_row_id`s.",
            ),
        ),
    ]
}

/// A duration in words: `15 minutes`. People say "24 hours" for one day and "2 days" for more.
pub fn in_words(duration: Duration) -> String {
    let millis = duration.as_millis();
    let units = [("day", 86_400_000), ("hour", 3_600_000), ("minute", 60_000), ("second", 1_000)];
    let fits = |(name, unit): &&(&str, u128)| millis.is_multiple_of(*unit) && (*name, millis) != ("day", *unit);
    let (name, count) = units.iter().find(fits).map_or(("millisecond", millis), |(name, unit)| (*name, millis / unit));
    format!("{count} {name}{}", if count == 1 { "" } else { "s" })
}

/// The hour of reconciliation, as in "every hour".
fn hourly() -> String {
    let words = in_words(RECONCILE_EVERY);
    words.strip_prefix("1 ").map_or(words.clone(), str::to_owned)
}

fn windows(log: &Log, plan: &Plan) -> String {
    // Where a cursor leads on, the API may have no other way to say where to begin.
    let (first, anew) = match &log.window {
        Some(_) => (format!("`start` of the configuration, or {} back", in_words(DEFAULT_LOOK_BACK)), "asks by time"),
        None => ("the start of the log".to_owned(), "reads the whole log"),
    };
    let next = what_leads_on(&log.paging);
    let mut said = match plan.begins {
        Begins::AtTheStart => {
            return "The API cannot be asked for a span of time: every pull reads the whole log.".into();
        }
        Begins::ByTime => match plan.piece {
            Some(piece) => format!(
                "Pulls ask for spans of time. The first begins at {first}. The past comes in windows of {}, and the last one \
                 ends now, by the server's clock.",
                in_words(piece)
            ),
            None => format!("Pulls ask from a time on. The first begins at {first}; no end can be given."),
        },
        Begins::WhereTheLastEnded => format!(
            "The first pull asks from {first}. Every other one goes on where the one before ended, by its last {next}, but for one \
             every {}, which {anew}.",
            hourly()
        ),
        Begins::AlwaysWhereTheLastEnded => format!(
            "The first pull asks from {first}. Every other one goes on where the one before ended, by its last {next}."
        ),
    };
    if let Some(longest) = plan.longest {
        said += " No window is longer than ";
        said += &in_words(longest);
        said += ".";
    }
    if plan.widen_start == plan.widen_end && !plan.widen_start.is_zero() {
        let step = in_words(plan.widen_start);
        return said
            + " A record at either end of a window may be left out, so both are moved outward by "
            + &step
            + ".";
    }
    let ends = [("start", plan.widen_start, "earlier"), ("end", plan.widen_end, "later")];
    for (place, by, direction) in ends.into_iter().filter(|(_, by, _)| !by.is_zero()) {
        let step = in_words(by);
        // Writing to a string cannot fail.
        let _ = write!(
            said,
            " A record at the very {place} of a window may be left out, so it is asked for {step} {direction}."
        );
    }
    said
}

fn overlap(log: &Log, plan: &Plan) -> String {
    let next = what_leads_on(&log.paging);
    let (overlap, hourly) = (in_words(plan.overlap), hourly());
    match (plan.begins, plan.reconcile) {
        (Begins::AtTheStart, _) => "None: every pull reads everything.".to_owned(),
        (Begins::AlwaysWhereTheLastEnded, _) | (_, None) => format!(
            "None: records come in the order in which they become visible, so a late one is ahead of the {next} like every new one."
        ),
        (Begins::ByTime, Some(rare)) => format!(
            "Records become visible late, so a window begins {overlap} before what is covered, and every {hourly} one begins {} \
             before it.",
            in_words(rare)
        ),
        (Begins::WhereTheLastEnded, _) if log.window.is_none() => format!(
            "A late record may be behind the {next}, so every {hourly} the whole log is read anew. That ends with a fresh {next}."
        ),
        (Begins::WhereTheLastEnded, Some(rare)) => format!(
            "A late record may be behind the {next}, so every {hourly} a window begins {} before what is covered, by time. It \
             ends with a fresh {next}.",
            in_words(rare)
        ),
    }
}

fn memory(log: &Log, plan: &Plan) -> String {
    let fields: Vec<_> = log.key.iter().map(|field| format!("`{field}`")).collect();
    let told = match fields.as_slice() {
        [more @ .., last] if !more.is_empty() => {
            format!("{}, {last} and the time together tell records apart", more.join(", "))
        }
        fields => format!("{} and the time together tell records apart", fields.concat()),
    };
    let Some(memory) = plan.memory else {
        return format!(
            "{told}. The API cannot be asked for a part of them, so one that was delivered is remembered for ever, and is skipped when it comes \
             again; the state grows with the log."
        );
    };
    let memory = in_words(memory);
    let until = match plan.begins {
        Begins::AlwaysWhereTheLastEnded => format!("an event is pulled that is {memory} younger than its delivery"),
        _ => format!("what is covered is {memory} beyond its time"),
    };
    format!("{told}. One that was delivered is remembered until {until}, and is skipped when it comes again.")
}

fn end(paging: &Paging) -> String {
    let until = |end: &End, next: &str| match end {
        End::FlagFalse(pointer) => format!("`{pointer}` is false"),
        End::NoNext => format!("a page leads to no other: there is no {next}"),
        End::EmptyPage => "a page has no records".to_owned(),
    };
    let ends = match paging {
        Paging::None => return "A window is one answer.".to_owned(),
        Paging::Cursor { end, .. } | Paging::Link { end, .. } | Paging::NextUrl { end, .. } => {
            until(end, what_leads_on(paging))
        }
        Paging::Offset { page_size, .. } => format!("a page has fewer than {page_size} records"),
    };
    let most = match paging {
        Paging::Offset { most: Some(most), .. } => {
            format!(
                " The API skips no more than {most} records: a longer window cannot be drained, and the pull says so."
            )
        }
        _ => String::new(),
    };
    format!("A window is done when {ends}. Whatever else looks like an end is an error, and is asked again.{most}")
}

fn restart(log: &Log, plan: &Plan) -> String {
    let next = what_leads_on(&log.paging);
    if !plan.resumes {
        return "A window that was interrupted begins anew: pages are counted, and meanwhile records may have moved."
            .into();
    }
    if log.paging == Paging::None {
        return "A window that was interrupted is asked again.".to_owned();
    }
    let mut said = format!(
        "A window that was interrupted goes on at the page where it stopped, with the same bounds. If the API does not take the \
         {next} any more, the window begins anew"
    );
    if log.paging.is_lasting() && log.window.is_some() {
        said += ", ";
        said += &in_words(plan.overlap);
        said += if plan.begins == Begins::AlwaysWhereTheLastEnded {
            " before the latest event"
        } else {
            " before what is covered"
        };
    }
    said + "; what was delivered is skipped."
}

fn outage(log: &Log) -> String {
    match log.retention {
        None => "The API keeps records for ever: after any time off, everything is made up for.".to_owned(),
        Some(kept) => format!(
            "The API keeps records for {}. A collector that is off for longer loses what was dropped meanwhile, and says so.",
            in_words(kept)
        ),
    }
}

/// What is promised to a sink.
fn delivered(log: &Log, plan: &Plan, how_often: &str, besides: &str) -> String {
    let which = match (plan.begins, plan.reconcile) {
        (Begins::AtTheStart | Begins::AlwaysWhereTheLastEnded, _) | (_, None) => {
            "Every record that becomes visible, however late,".to_owned()
        }
        (_, Some(rare)) => format!("Every record that becomes visible within {} of its time", in_words(rare)),
    };
    let kept = if log.retention.is_some() { ", and is pulled before the API drops it," } else { "" };
    format!("{which}{kept} is delivered {how_often}, or is in quarantine.{besides}").replace(",,", ",")
}

/// What people call it.
fn what_leads_on(paging: &Paging) -> &'static str {
    match paging {
        Paging::Link { .. } => "link",
        Paging::NextUrl { .. } => "URL",
        Paging::Cursor { .. } | Paging::Offset { .. } | Paging::None => "cursor",
    }
}

#[cfg(test)]
mod tests;
