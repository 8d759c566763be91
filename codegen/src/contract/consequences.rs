//! What follows from the facts of a log, in words: how a collector pulls it without losing or doubling an event.
//!
//! They are said in the documentation of the generated contract, where the author of a `source.yml` sees what each fact has done.
//! The engine derives the same from the same facts, in its own `Plan`, since it has them as constants and not as the model here;
//! the test `contracts` holds these words against that plan.

use std::time::Duration;

use logwright::contract::Bound;

use super::leaf::in_words;
use super::model::{End, Log, Paging};

/// One paragraph for each thing that a collector must do, in Markdown.
pub fn consequences(log: &Log) -> Vec<String> {
    let mut paragraphs = vec![look_back(log)];
    paragraphs.extend(going_on(log));
    paragraphs.extend(bounds(log));
    paragraphs.push(repeats(log));
    paragraphs.push(pages(&log.paging));
    paragraphs.push(outage(log.retention));
    paragraphs
}

fn look_back(log: &Log) -> String {
    if !log.paging.is_lasting() && log.window.is_none() {
        return "The API cannot be asked for a span of time, so every pull reads the whole log.".to_owned();
    }
    let (usual, rare) = (in_words(log.lateness.usual), in_words(log.lateness.rare));
    if log.paging.is_lasting() {
        return match &log.order {
            Some(order) if order.is_of_arrival() => {
                "Records come as they become visible, so that a late one is behind nothing that was pulled.".to_owned()
            }
            _ if log.window.is_none() => {
                "Records become visible late, so once an hour a pull reads the whole log.".to_owned()
            }
            _ => format!("Records become visible late, so once an hour a pull looks back {rare}."),
        };
    }
    format!("Records become visible late, so every pull looks back {usual}, and once an hour one looks back {rare}.")
}

fn going_on(log: &Log) -> Option<String> {
    let what = match log.paging {
        Paging::Cursor { lasting: true, .. } => "cursor",
        Paging::Link { lasting: true, .. } => "link",
        _ => return None,
    };
    let rare = in_words(log.lateness.rare);
    let asked = if log.window.is_some() { format!("looks back {rare}") } else { "reads the whole log".to_owned() };
    Some(format!(
        "A pull goes on at the last {what} of the one before. If the API does not take it any more, the pull {asked}."
    ))
}

fn bounds(log: &Log) -> Option<String> {
    let window = log.window.as_ref()?;
    let step = in_words(log.time.granularity);
    let ends: Vec<_> = [("start", Some(window.start)), ("end", window.end)]
        .into_iter()
        .filter_map(|(name, bound)| Some((name, bound?)))
        .filter(|(_, bound)| *bound != Bound::Inclusive)
        .collect();
    let why = |bound: Bound| if bound == Bound::Unknown { "may be" } else { "is" };
    let said = match ends.as_slice() {
        [] => return None,
        [(name, bound)] => {
            format!("A record at the very {name} of a window {} left out, so the {name} is", why(*bound))
        }
        [(_, start), (_, end), ..] if start == end => {
            format!("A record at either end of a window {} left out, so both are", why(*start))
        }
        _ => "A record at an end of a window may be left out, so both are".to_owned(),
    };
    Some(format!("{said} widened by {step}, the step of `{}`.", log.time.field))
}

fn repeats(log: &Log) -> String {
    let fields: Vec<_> = log.key.iter().map(|field| format!("`{field}`")).collect();
    let told = match fields.as_slice() {
        [more @ .., last] if !more.is_empty() => format!("{} and {last} together tell them apart", more.join(", ")),
        fields => format!("{} tells them apart", fields.concat()),
    };
    if log.window.is_none() {
        return format!("So records come again: {told}, and what was delivered is remembered and skipped.");
    }
    let memory = in_words(log.lateness.rare + Duration::from_secs(3_600));
    format!("So records come again: {told}, and one that was delivered within {memory} is skipped.")
}

fn pages(paging: &Paging) -> String {
    let until = |end: &End, next: &str| match end {
        End::FlagFalse(pointer) => format!("until `{pointer}` is false"),
        End::NoNext => format!("until there is no {next}"),
        End::EmptyPage => "until a page has no records".to_owned(),
    };
    let follow = match paging {
        Paging::None => return "All records come in one answer.".to_owned(),
        Paging::Cursor { at, end, .. } => format!("Pages follow the cursor at `{at}` {}.", until(end, "cursor")),
        Paging::Link { relation, end, .. } => {
            format!("Pages follow the `Link` header with the relation `{relation}` {}.", until(end, "link"))
        }
        Paging::NextUrl { at, end } => format!("Pages follow the URL at `{at}` {}.", until(end, "URL")),
        Paging::Offset { page_size, most, .. } => {
            let limit =
                most.map(|most| format!(" The API serves nothing beyond the offset {most}.")).unwrap_or_default();
            format!(
                "Pages are counted until one has fewer than {page_size} records. Records that arrive meanwhile move the \
                 others, so one may come twice or only at the next pull.{limit}"
            )
        }
    };
    format!("{follow} Any other end is an error and is tried again.")
}

fn outage(retention: Option<Duration>) -> String {
    match retention {
        None => "The API keeps records for ever: a collector that was off catches up from any time.".to_owned(),
        Some(kept) => {
            format!("The API keeps records for {}: a collector that is off for longer loses events.", in_words(kept))
        }
    }
}
