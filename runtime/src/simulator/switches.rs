//! Every switch of the stand-in by name: what `simulate --with` takes, and what the fault matrix goes through.
//!
//! A switch is written `NAME`, or `NAME=VALUE` where it has a value. One that spoils answers may say which:
//! `NAME@N` the request with number N, counted from 0, `NAME@N..M` those from N up to and without M, and every one where it says
//! nothing.

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Duration;

use logwright::contract::Bound;

use super::behaviour::{Behaviour, Damage, Fault, Oddity, RetryAfter};
use crate::suggest;

/// A switch.
#[derive(Clone, Copy, Debug)]
pub struct Switch {
    /// Its name.
    pub name: &'static str,
    /// An example of its value; empty where it has none.
    pub example: &'static str,
    /// What it does.
    pub what: &'static str,
    turn: Turn,
}

#[derive(Clone, Copy, Debug)]
enum Turn {
    /// Spoils answers to requests for records.
    Answers(fn(&str) -> Option<Fault>),
    /// Spoils answers to requests for tokens.
    Tokens(fn(&str) -> Option<Fault>),
    /// Changes how the stand-in behaves all the time.
    Always(fn(&mut Behaviour, &str) -> Option<()>),
}

impl Switch {
    /// Whether it spoils single answers, and so takes a range of requests.
    pub const fn is_of_answers(&self) -> bool {
        !matches!(self.turn, Turn::Always(_))
    }

    /// The switch with its example value.
    pub fn text(&self) -> String {
        if self.example.is_empty() { self.name.to_owned() } else { format!("{}={}", self.name, self.example) }
    }
}

/// Turns on the switch that `text` writes.
///
/// # Errors
/// When there is no such switch, or its value or range cannot be read.
///
/// ```
/// use logwright_runtime::simulator::{Behaviour, turn_on};
///
/// let mut behaviour = Behaviour::default();
/// turn_on(&mut behaviour, "429-reset=20@2..5")?;
/// turn_on(&mut behaviour, "late=10:4m")?;
/// assert_eq!(behaviour.faults[0].0, 2..5);
/// assert!(turn_on(&mut behaviour, "gzpi").unwrap_err().contains("did you mean `gzip`?"));
/// # Ok::<(), String>(())
/// ```
pub fn turn_on(behaviour: &mut Behaviour, text: &str) -> Result<(), String> {
    let (rest, requests) = match text.split_once('@') {
        Some((rest, range)) => (rest, Some(range)),
        None => (text, None),
    };
    let (name, value) = rest.split_once('=').unwrap_or((rest, ""));
    let switch = SWITCHES.iter().find(|switch| switch.name == name).ok_or_else(|| {
        let hint = suggest::hint(name, SWITCHES.iter().map(|switch| switch.name));
        format!("there is no switch `{name}`{hint}")
    })?;
    let bad = || match switch.example {
        "" => format!("`{name}` takes no value"),
        example => format!("the value of `{name}` is one like `{example}`, not `{value}`"),
    };
    if value.is_empty() != switch.example.is_empty() {
        return Err(bad());
    }
    let range = match requests {
        None => 0..u64::MAX,
        Some(_) if !switch.is_of_answers() => {
            return Err(format!("`{name}` is not one of single answers; leave out `@`"));
        }
        Some(range) => {
            requests_in(range).ok_or_else(|| format!("`{range}` is neither a number nor a range like 2..5"))?
        }
    };
    match switch.turn {
        Turn::Answers(fault) => behaviour.faults.push((range, fault(value).ok_or_else(bad)?)),
        Turn::Tokens(fault) => behaviour.token_faults.push((range, fault(value).ok_or_else(bad)?)),
        Turn::Always(change) => change(behaviour, value).ok_or_else(bad)?,
    }
    Ok(())
}

fn requests_in(text: &str) -> Option<Range<u64>> {
    match text.split_once("..") {
        Some((from, to)) => Some(from.parse().ok()?..to.parse().ok()?),
        None => text.parse().ok().map(|number: u64| number..number.saturating_add(1)),
    }
}

/// A time such as `90s`, `15m`, `6h` or `2d`; a number alone means seconds.
fn time(text: &str) -> Option<Duration> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match &text[digits.len()..] {
        "" | "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return None,
    };
    digits.parse::<u64>().ok()?.checked_mul(unit).map(Duration::from_secs)
}

/// A value for each of some records: `3:4m,17:6h`.
fn by_record<T>(into: &mut BTreeMap<u64, T>, text: &str, value: impl Fn(&str) -> Option<T>) -> Option<()> {
    for one in text.split(',') {
        let (number, text) = one.split_once(':')?;
        into.insert(number.parse().ok()?, value(text)?);
    }
    Some(())
}

fn oddity(text: &str) -> Option<Oddity> {
    Some(match text {
        "nulls" => Oddity::Nulls,
        "bare" => Oddity::Bare,
        "unknown-field" => Oddity::UnknownField,
        "long-text" => Oddity::LongText,
        "fractional-seconds" => Oddity::FractionalSeconds,
        "offset" => Oddity::Offset,
        _ => return None,
    })
}

fn damage(text: &str) -> Option<Damage> {
    Some(match text {
        "key-missing" => Damage::KeyMissing,
        "key-null" => Damage::KeyNull,
        "key-float" => Damage::KeyFloat,
        "time-missing" => Damage::TimeMissing,
        "time-malformed" => Damage::TimeMalformed,
        "invalid-utf8" => Damage::InvalidUtf8,
        "not-an-object" => Damage::NotAnObject,
        _ => return None,
    })
}

const fn answers(name: &'static str, what: &'static str, fault: fn(&str) -> Option<Fault>) -> Switch {
    Switch { name, example: "", what, turn: Turn::Answers(fault) }
}

const fn always(
    name: &'static str,
    example: &'static str,
    what: &'static str,
    change: fn(&mut Behaviour, &str) -> Option<()>,
) -> Switch {
    Switch { name, example, what, turn: Turn::Always(change) }
}

const fn waiting(
    name: &'static str,
    example: &'static str,
    what: &'static str,
    f: fn(&str) -> Option<Fault>,
) -> Switch {
    Switch { name, example, what, turn: Turn::Answers(f) }
}

const NOT_SAID: RetryAfter = RetryAfter::Missing;

/// Every switch.
pub const SWITCHES: &[Switch] = &[
    // Refusals.
    answers("429", "too many requests, and not when to come again", |_| Some(Fault::Status(429, NOT_SAID))),
    waiting("429-seconds", "7", "429 with `Retry-After` in seconds", |value| {
        Some(Fault::Status(429, RetryAfter::Seconds(value.parse().ok()?)))
    }),
    answers("429-zero", "429 with `Retry-After: 0`", |_| Some(Fault::Status(429, RetryAfter::Seconds(0)))),
    waiting("429-date", "30", "429 with the HTTP date in so many seconds for `Retry-After`", |value| {
        Some(Fault::Status(429, RetryAfter::Date(value.parse().ok()?)))
    }),
    waiting("429-reset", "20", "429 with the seconds in the contract's reset headers alone", |value| {
        Some(Fault::Status(429, RetryAfter::Reset(value.parse().ok()?)))
    }),
    waiting("429-reset-date", "20", "429 with a date-time in the contract's reset headers alone", |value| {
        Some(Fault::Status(429, RetryAfter::ResetAt(value.parse().ok()?)))
    }),
    waiting("status", "500", "this status with a text for a body", |value| {
        let status = value.parse().ok().filter(|status| (400..=599).contains(status))?;
        Some(Fault::Status(status, NOT_SAID))
    }),
    waiting("503-seconds", "4", "503 with `Retry-After` in seconds", |value| {
        Some(Fault::Status(503, RetryAfter::Seconds(value.parse().ok()?)))
    }),
    answers("token-revoked", "401, and the token is dead from now on", |_| Some(Fault::TokenRevoked)),
    answers("scope-missing", "403, as for a token that lacks the scope", |_| Some(Fault::ScopeMissing)),
    answers("access-denied", "403, as for a role that lost its access", |_| Some(Fault::AccessDenied)),
    answers("not-found", "404", |_| Some(Fault::NotFound)),
    // Answers that are none.
    answers("html", "200 with a web page", |_| Some(Fault::Html)),
    answers("half-body", "200 with JSON that stops half-way", |_| Some(Fault::HalfBody)),
    answers("null-body", "200 with `null`", |_| Some(Fault::NullBody)),
    answers("null-records", "`null` in the place of the records", |_| Some(Fault::NullRecords)),
    answers("records-object", "an object in the place of the records", |_| Some(Fault::RecordsNotAList)),
    answers("no-records", "no member for the records", |_| Some(Fault::NoRecords)),
    answers("invalid-utf8", "bytes that are not UTF-8", |_| Some(Fault::InvalidUtf8)),
    answers("content-type", "a page that is said to be plain text", |_| Some(Fault::ContentType)),
    // Connections.
    answers("reset", "the connection is cut before the answer", |_| Some(Fault::Reset)),
    answers("cut-off", "the connection is cut within the answer", |_| Some(Fault::CutOff)),
    answers("silence", "no answer, while the connection stays open", |_| Some(Fault::Silence)),
    answers("stalled", "the answer stops half-way, while the connection stays open", |_| Some(Fault::Stalled)),
    waiting("slow", "20s", "the answer comes after this time", |value| Some(Fault::Slow(time(value)?))),
    // The way on.
    answers("next-missing", "more is promised, and nothing says where", |_| Some(Fault::NextMissing)),
    answers("next-repeated", "more is promised, and it leads to this page again", |_| Some(Fault::NextRepeated)),
    answers("next-overlaps", "the next page begins with this one's last record", |_| Some(Fault::NextOverlaps)),
    answers("empty-page", "more is promised, and there are no records", |_| Some(Fault::EmptyPage)),
    answers("records-twice", "every record stands twice on the page", |_| Some(Fault::RecordsTwice)),
    answers("records-reversed", "the page is in reverse order", |_| Some(Fault::RecordsReversed)),
    // The token endpoint.
    Switch {
        name: "token-status",
        example: "500",
        what: "the token endpoint answers with this status",
        turn: Turn::Tokens(|value| {
            let status = value.parse().ok().filter(|status| (400..=599).contains(status))?;
            Some(Fault::Status(status, NOT_SAID))
        }),
    },
    Switch {
        name: "token-slow",
        example: "20s",
        what: "the answer of the token endpoint comes after this time",
        turn: Turn::Tokens(|value| Some(Fault::Slow(time(value)?))),
    },
    always("token-life", "5m", "how long an access token lives", |behaviour, value| {
        behaviour.token_lifetime = Some(time(value)?);
        Some(())
    }),
    always("token-created", "", "a token is granted with 201", |behaviour, _| {
        behaviour.token_status = 201;
        Some(())
    }),
    always("token-life-untold", "", "a granted token does not say how long it lives", |behaviour, _| {
        behaviour.tells_lifetime = false;
        Some(())
    }),
    // What holds all the time.
    always("page-size", "10", "the most records on a page", |behaviour, value| {
        behaviour.page_size = Some(value.parse().ok().filter(|size| *size > 0)?);
        Some(())
    }),
    always("numbered-pages", "", "pages by number, without cursor and end mark", |behaviour, _| {
        behaviour.numbered_pages = true;
        Some(())
    }),
    always("cursor-life", "2m", "all cursors are refused after this time", |behaviour, value| {
        behaviour.cursor_life = Some(time(value).filter(|time| !time.is_zero())?);
        Some(())
    }),
    always("exclusive-start", "", "no record at the very start of a window", |behaviour, _| {
        behaviour.start_bound = Bound::Exclusive;
        Some(())
    }),
    always("exclusive-end", "", "no record at the very end of a window", |behaviour, _| {
        behaviour.end_bound = Bound::Exclusive;
        Some(())
    }),
    always("clock", "-90", "how many seconds the server's clock is ahead, or behind", |behaviour, value| {
        behaviour.clock_offset = value.parse().ok()?;
        Some(())
    }),
    always("requests-per-minute", "30", "the limit of requests", |behaviour, value| {
        behaviour.requests_per_minute = Some(value.parse().ok().filter(|limit| *limit > 0)?);
        Some(())
    }),
    always("gzip", "", "bodies are compressed for clients that take it", |behaviour, _| {
        behaviour.gzip = true;
        Some(())
    }),
    always("link-base", "https://elsewhere.example", "scheme and host of links in answers", |behaviour, value| {
        behaviour.link_base = Some(value.to_owned());
        Some(())
    }),
    always(
        "arrivals",
        "1:4m",
        "with every second request so many records appear, up to so late",
        |behaviour, value| {
            let (count, latest) = value.split_once(':')?;
            behaviour.arrivals = Some((count.parse().ok()?, time(latest)?));
            Some(())
        },
    ),
    always("one-second", "0..150", "records that fall into one second", |behaviour, value| {
        behaviour.one_second = requests_in(value)?;
        Some(())
    }),
    always("late", "0:30s,1:4m,2:6h", "records that become visible so long after their time", |behaviour, value| {
        by_record(&mut behaviour.late, value, time)
    }),
    always(
        "odd",
        "0:nulls,1:bare,2:unknown-field,3:long-text,4:fractional-seconds,5:offset",
        "records that are unusual, and right",
        |behaviour, value| by_record(&mut behaviour.odd, value, oddity),
    ),
    always(
        "damaged",
        "0:key-missing,1:key-null,2:key-float,3:time-missing,4:time-malformed,5:invalid-utf8,6:not-an-object",
        "records that cannot be read",
        |behaviour, value| by_record(&mut behaviour.damaged, value, damage),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_switch_takes_its_example_and_has_a_name_of_its_own() {
        for switch in SWITCHES {
            let mut behaviour = Behaviour::default();
            turn_on(&mut behaviour, &switch.text()).unwrap_or_else(|error| panic!("{error}"));
            assert_ne!(format!("{behaviour:?}"), format!("{:?}", Behaviour::default()), "{}", switch.name);
            assert_eq!(SWITCHES.iter().filter(|other| other.name == switch.name).count(), 1, "{}", switch.name);
        }
    }

    #[test]
    fn what_is_not_a_switch_is_refused_with_what_it_could_be() {
        let refusal = |text: &str| turn_on(&mut Behaviour::default(), text).unwrap_err();
        assert!(refusal("slwo=2s").contains("did you mean `slow`?"));
        assert!(refusal("slow").contains("like `20s`"));
        assert!(refusal("slow=fast").contains("like `20s`"));
        assert!(refusal("html=1").contains("takes no value"));
        assert!(refusal("gzip@1").contains("leave out `@`"));
        assert!(refusal("html@x").contains("2..5"));
        assert!(refusal("late=4m").contains("like `0:30s"));
    }

    #[test]
    fn a_range_names_the_requests() {
        let mut behaviour = Behaviour::default();
        turn_on(&mut behaviour, "html@3").unwrap();
        turn_on(&mut behaviour, "reset@5..9").unwrap();
        turn_on(&mut behaviour, "429").unwrap();
        let ranges: Vec<_> = behaviour.faults.into_iter().map(|(range, _)| range).collect();
        assert_eq!(ranges, [3..4, 5..9, 0..u64::MAX]);
    }
}
