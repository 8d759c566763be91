//! `alarm`: what is borne of a source before somebody is told, and who is told.
//!
//! At the head of the configuration it holds for all sources, and says who is told; in a source it changes what is borne.

use std::fmt;
use std::time::Duration;

use url::Url;

use super::fields::{Fields, text};
use super::mistake::Findings;
use super::node::{Node, Value};
use super::source::HOW_TO_GIVE_A_SECRET;
use super::{Reader, base_url, duration};
use crate::alarm::{Rules, Share};
use crate::secret::SecretRef;

/// Who is told of alarms, beside the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tell {
    /// A URL to which each is posted.
    pub webhook: Option<Webhook>,
    /// A program that gets each on its standard input, and its arguments.
    pub command: Option<Vec<String>>,
}

/// A URL that is told of alarms. Its `Debug` shows the host alone: the path of some is a secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Webhook {
    /// The whole URL.
    pub url: Url,
    /// What signs each message.
    pub secret: Option<SecretRef>,
}

impl Reader<'_> {
    /// `alarm` at the head.
    pub(super) fn alarm_of_all(&self, fields: Fields<'_>, findings: &mut Findings) -> Option<(Rules, Tell)> {
        let Some(node) = fields.get("alarm") else { return Some((Rules::USUAL, Tell::default())) };
        let keys = ["no_events_for", "quarantine_above", "webhook", "command"];
        let fields = Fields::of(node, "`alarm`", &keys, findings)?;
        let rules = rules(fields, Rules::USUAL, findings);
        let webhook = match fields.get("webhook") {
            Some(node) => self.webhook(node, findings).map(Some),
            None => Some(None),
        };
        let command = match fields.get("command") {
            Some(node) => command(node, findings).map(Some),
            None => Some(None),
        };
        Some((rules?, Tell { webhook: webhook?, command: command? }))
    }

    /// `alarm` of a source.
    pub(super) fn alarm(&self, fields: Fields<'_>, findings: &mut Findings) -> Option<Rules> {
        let Some(node) = fields.get("alarm") else { return Some(self.alarm) };
        let fields = Fields::of(node, "`alarm` of a source", &["no_events_for", "quarantine_above"], findings)?;
        rules(fields, self.alarm, findings)
    }

    fn webhook(&self, node: &Node, findings: &mut Findings) -> Option<Webhook> {
        let fields = Fields::of(node, "`webhook`", &["url", "secret"], findings)?;
        let secret = match fields.get("secret") {
            Some(node) if matches!(node.value, Value::Map(_)) => self.reference(node, "secret", findings).map(Some),
            Some(node) => {
                let message = format!("`secret` does not stand in this file; write {HOW_TO_GIVE_A_SECRET}");
                findings.add(node.at, message);
                None
            }
            None => Some(None),
        };
        let url = fields.need("url", "`webhook`", "the URL that is told of alarms", findings)?;
        let parsed = base_url::whole(text(url, "`url`", findings)?);
        if let Err(why) = &parsed {
            findings.add(url.at, format!("`url` {why}"));
        }
        Some(Webhook { url: parsed.ok()?, secret: secret? })
    }
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook")
            .field("host", &self.url.host_str())
            .field("secret", &self.secret)
            .finish_non_exhaustive()
    }
}

fn rules(fields: Fields<'_>, usual: Rules, findings: &mut Findings) -> Option<Rules> {
    let no_events_for = match fields.get("no_events_for") {
        Some(node) => silence(node, findings),
        None => Some(usual.no_events_for),
    };
    let quarantine_above = match fields.get("quarantine_above") {
        Some(node) => share(node, findings),
        None => Some(usual.quarantine_above),
    };
    Some(Rules { no_events_for: no_events_for?, quarantine_above: quarantine_above? })
}

/// The outer `None` stands for a mistake.
#[allow(clippy::option_option, reason = "a mistake and an alarm that is off are two things")]
fn silence(node: &Node, findings: &mut Findings) -> Option<Option<Duration>> {
    if is_off(node) {
        return Some(None);
    }
    let silence = duration::parse(text(node, "`no_events_for`", findings)?);
    let silence = silence.filter(|silence| (60..=365 * 86_400).contains(&silence.as_secs()));
    if silence.is_none() {
        let message = "`no_events_for` must be a number and a unit, from `1m` to `365d`, such as `24h`, or `off`";
        findings.add(node.at, message);
    }
    silence.map(Some)
}

/// The outer `None` stands for a mistake.
#[allow(clippy::option_option, reason = "a mistake and an alarm that is off are two things")]
fn share(node: &Node, findings: &mut Findings) -> Option<Option<Share>> {
    if is_off(node) {
        return Some(None);
    }
    let share = percent(text(node, "`quarantine_above`", findings)?);
    if share.is_none() {
        findings
            .add(node.at, "`quarantine_above` must be a share from `0%` to `100%`, such as `1%` or `0.25%`, or `off`");
    }
    share.map(Some)
}

fn percent(written: &str) -> Option<Share> {
    let (whole, part) = {
        let number = written.strip_suffix('%')?.trim_end();
        number.split_once('.').unwrap_or((number, "0"))
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 2 {
        return None;
    }
    let hundredths = whole.parse::<u32>().ok()?.checked_mul(100)? + format!("{part:0<2}").parse::<u32>().ok()?;
    (hundredths <= 10_000).then_some(Share(hundredths))
}

fn is_off(node: &Node) -> bool {
    matches!(&node.value, Value::Boolean(false)) || matches!(&node.value, Value::Text(text) if text == "off")
}

fn command(node: &Node, findings: &mut Findings) -> Option<Vec<String>> {
    match &node.value {
        Value::List(items) if !items.is_empty() => {
            let words = items.iter().map(|item| text(item, "an item of `command`", findings).map(str::to_owned));
            words.collect::<Vec<_>>().into_iter().collect()
        }
        other => {
            let kind = other.kind();
            let message = format!("`command` must be a list, the program first, found {kind}; no shell takes part");
            findings.add(node.at, message);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_has_at_most_two_places_and_is_at_most_the_whole() {
        let read = |text| percent(text).map(|Share(hundredths)| hundredths);
        assert_eq!([read("1%"), read("0.5 %"), read("0.25%"), read("100%")], [100, 50, 25, 10_000].map(Some));
        for wrong in ["", "%", "1", "-1%", "100.01%", "0.125%", ".5%", "1.%", "99999999999%", "one%"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
