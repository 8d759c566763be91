//! Durations as people write them: a whole number and a unit, `90s`, `5m`, `24h`, `7d`.

use std::time::Duration;

use super::fields::{Fields, text};
use super::mistake::Findings;

/// The duration that `written` says; `None` when it is none.
pub(super) fn parse(written: &str) -> Option<Duration> {
    let unit = written.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = written.split_at(unit);
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(seconds).map(Duration::from_secs)
}

/// `poll`, or `usual` where it is not given; from a second to a day.
pub(super) fn poll(fields: Fields<'_>, usual: Duration, findings: &mut Findings) -> Option<Duration> {
    let Some(node) = fields.get("poll") else { return Some(usual) };
    let poll = parse(text(node, "`poll`", findings)?);
    let poll = poll.filter(|poll| (1..=86_400).contains(&poll.as_secs()));
    if poll.is_none() {
        findings.add(node.at, "`poll` must be a number and a unit, from `1s` to `24h`, such as `60s` or `5m`");
    }
    poll
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_a_whole_number_and_a_unit() {
        assert_eq!(parse("90s"), Some(Duration::from_secs(90)));
        assert_eq!(parse("2h"), Some(Duration::from_secs(7200)));
        for none in ["", "5", "m", "5 m", "-5m", "1.5h", "5min", "99999999999999999999s", "999999999999999999d"] {
            assert_eq!(parse(none), None, "{none}");
        }
    }
}
