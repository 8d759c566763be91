//! Texts for made-up events: documentation addresses, everyday words, and JSON strings that use every way of writing a character.

use std::fmt::Write as _;

use logwright::indicators::Indicator;

use super::random::Random;

/// A text for the field `name`, in which `indicators` find what they look for.
pub(super) fn text(name: &str, indicators: &[Indicator], n: u64, random: &mut Random) -> String {
    if let Some(indicator) = random.pick(indicators) {
        return indicated(indicator, random);
    }
    let pick = |random: &mut Random, choices: &[&'static str]| random.pick(choices).unwrap_or_default().to_owned();
    // The schema says nothing more of a text than its name and purpose; a demonstration reads better when they fit.
    if name.ends_with("url") {
        return format!("https://api.example.com/records/{n}.json");
    }
    if name.ends_with("name") || name.ends_with("label") {
        return pick(random, &NAMES);
    }
    if name.contains("description") || name.contains("message") {
        return pick(random, &SENTENCES);
    }
    pick(random, &WORDS)
}

/// `text` as a JSON string in the shortest form.
pub(super) fn plain(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// `text` as a JSON string, now and then with escapes where none are needed, as other writers make them.
pub(super) fn quoted(text: &str, random: &mut Random) -> String {
    if !random.one_in(8) {
        return plain(text);
    }
    let mut quoted = String::new();
    for character in plain(text).chars() {
        match character {
            '/' => quoted.push_str("\\/"),
            character if character.is_ascii() => quoted.push(character),
            character => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    let _ = write!(quoted, "\\u{unit:04x}"); // Writing to a string cannot fail.
                }
            }
        }
    }
    quoted
}

/// A text in which `indicator` finds something, made of names and numbers that are reserved for documentation.
fn indicated(indicator: Indicator, random: &mut Random) -> String {
    let host = 1 + random.below(254);
    let hexadecimal = |digits: usize, random: &mut Random| {
        let digits = (0..digits).map(|_| random.pick(b"0123456789abcdef").unwrap_or(b'0'));
        digits.map(char::from).collect::<String>()
    };
    match indicator {
        Indicator::Ip => address(host, random),
        Indicator::Domain | Indicator::Hostname => format!("host-{host}.example.com"),
        Indicator::NetAddr => format!("host-{host}.example.com:8443"),
        Indicator::Url => format!("https://host-{host}.example.com/path?page=2"),
        Indicator::Email => format!("person{host}@example.com"),
        Indicator::Md5 | Indicator::TraceId => hexadecimal(32, random),
        Indicator::Sha1 => hexadecimal(40, random),
        Indicator::Sha256 => hexadecimal(64, random),
        Indicator::AwsAccountId => format!("123456789{host:03}"),
        Indicator::AwsInstanceId => format!("i-{}", hexadecimal(17, random)),
        Indicator::AwsArn | Indicator::AwsArnOnly => format!("arn:aws:iam::123456789012:user/person{host}"),
        Indicator::AwsTag => format!("team:{host}"),
        Indicator::Username => format!("person{host}"),
        Indicator::ActorId => format!("{}", 1000 + host),
        Indicator::SerialNumber => format!("SN-{host:06}"),
        Indicator::Mac => format!("00:00:5e:00:53:{host:02x}"),
    }
}

fn address(host: u64, random: &mut Random) -> String {
    match random.below(4) {
        0 => format!("192.0.2.{host}"),
        1 => format!("198.51.100.{host}"),
        2 => format!("203.0.113.{host}"),
        _ => format!("2001:db8::{host:x}"),
    }
}

const NAMES: [&str; 10] = [
    "Jane Doe",
    "John Roe",
    "Zoë Müller",
    "Łukasz Nowak",
    "山田 太郎",
    "O'Brien, \"Pat\"",
    "System",
    "Ticket sharing",
    "Night shift \u{1f319}",
    "Default group",
];

const SENTENCES: [&str; 8] = [
    "Role changed from Administrator to End User",
    "Signed in from a new device",
    "Changed from 30 to 60",
    "Two lines:\nfirst removed\nsecond added",
    "Path C:\\exports\\2026\tcopied",
    "Renamed \"Old\" to \"New\"",
    "Größe geändert: 5 → 7",
    "Line separator\u{2028}inside, and a control character \u{1}",
];

const WORDS: [&str; 8] = ["user", "group", "trigger", "setting", "view", "macro", "export", "enabled/disabled"];
