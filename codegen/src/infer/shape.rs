//! What is known of the values in one place: how many of each kind, and which rules all strings have kept so far.

use std::collections::HashMap;

use logwright::json::{Error, Kind, Reader, Slot};
use logwright::time::{self, TimeFormat};
use logwright::validate::{IpKind, is_ip};

/// How many different keys there may be in all.
pub(super) const LIMIT: usize = 50_000;

/// How many keys an object may have before they are data rather than names. The event itself has no such limit.
const KEYS: usize = 200;

/// How deep objects and arrays are looked into; the language ends at 64.
const DEPTH: usize = 48;

/// How many keys may still be met.
#[derive(Debug)]
pub(super) struct Budget {
    left: usize,
    pub(super) exceeded: bool,
}

impl Default for Budget {
    fn default() -> Self {
        Self { left: LIMIT, exceeded: false }
    }
}

/// The values of one place.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    pub(super) booleans: u64,
    pub(super) integers: u64,
    /// The least and the greatest of those that fit 64 bits.
    pub(super) bounds: Option<(i64, i64)>,
    /// Integers that do not fit 64 bits, and numbers that do not fit a double.
    pub(super) huge: u64,
    pub(super) floats: u64,
    pub(super) strings: u64,
    pub(super) empty_strings: u64,
    /// Cells of a table without a text.
    pub(super) empty_cells: u64,
    /// Cells of a table that are `-`, which is either nothing or a text: see [`Shape::with_dashes`].
    pub(super) dashes: u64,
    pub(super) arrays: u64,
    pub(super) objects: u64,
    /// What every string that is not empty has been.
    pub(super) looks: Option<Looks>,
    pub(super) element: Option<Box<Self>>,
    pub(super) fields: Vec<(String, Self)>,
    /// Why the contents are not known.
    pub(super) opaque: Option<&'static str>,
    index: HashMap<String, usize>,
    /// The number of the object in which this was met last: of duplicate keys one counts.
    met_in: u64,
    /// In how many objects it had a value.
    pub(super) present: u64,
}

/// A set of rules that strings keep, one bit for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Looks(u8);

/// A rule: its bit, the indicator's name, what such strings are, whether a string is one.
type Rule = (u8, &'static str, &'static str, fn(&str) -> bool);

const TIME: u8 = 1;

/// The rules, the one that is chosen first before the others.
const RULES: &[Rule] = &[
    (TIME, "", "RFC 3339", |text| time::parse_text(&[TimeFormat::Rfc3339], text).is_some()),
    (1 << 1, "ip", "an IP address", |text| is_ip(text, IpKind::Any)),
    (1 << 2, "url", "a URL", |text| text.starts_with("https://") || text.starts_with("http://")),
    (1 << 3, "aws_arn", "an ARN", |text| text.starts_with("arn:") && text.split(':').nth(5).is_some()),
    (1 << 4, "email", "an e-mail address", is_email),
    (1 << 5, "sha256", "a SHA-256 hash", |text| is_hash(text, 64)),
    (1 << 6, "sha1", "a SHA-1 hash", |text| is_hash(text, 40)),
    (1 << 7, "md5", "an MD5 hash", |text| is_hash(text, 32)),
];

impl Looks {
    const ALL: Self = Self(u8::MAX);

    /// The rules of these that `text` keeps as well.
    fn and(self, text: &str) -> Self {
        let broken = RULES.iter().filter(|(bit, _, _, keeps)| self.0 & bit != 0 && !keeps(text));
        Self(broken.fold(self.0, |left, (bit, ..)| left & !bit))
    }

    pub(super) fn is_time(self) -> bool {
        self.0 & TIME != 0
    }

    /// The indicator for such strings, and what they are.
    pub(super) fn indicator(self) -> Option<(&'static str, &'static str)> {
        RULES.iter().find(|(bit, ..)| self.0 & bit != 0).map(|(_, name, what, _)| (*name, *what))
    }
}

impl Shape {
    /// Reads the members of an object that has been opened. The event is at depth 0.
    pub(super) fn members(&mut self, reader: &mut Reader<'_>, budget: &mut Budget, depth: usize) -> Result<(), Error> {
        self.objects += 1;
        let number = self.objects;
        let mut next = 0;
        while let Some(key) = reader.key()? {
            let known = match self.fields.get(next) {
                // Most events have their keys in the order of the last one.
                Some((name, _)) if *name == key => Some(next),
                _ => self.index.get(&*key).copied(),
            };
            let Some(at) = known.or_else(|| self.admit(&key, budget, depth)) else {
                reader.skip()?;
                continue;
            };
            next = at + 1;
            let field = &mut self.fields[at].1;
            let had = field.values();
            field.value(reader, budget, depth + 1)?;
            if field.values() > had && field.met_in != number {
                field.present += 1;
                field.met_in = number;
            }
        }
        Ok(())
    }

    /// Makes room for a new key; `None` where there is none, or the contents are not looked at.
    fn admit(&mut self, key: &str, budget: &mut Budget, depth: usize) -> Option<usize> {
        if self.opaque.is_some() {
            return None;
        }
        if depth > 0 && self.fields.len() == KEYS {
            self.fields = Vec::new();
            self.index = HashMap::new();
            self.opaque = Some("more than 200 keys");
            return None;
        }
        if budget.left == 0 {
            budget.exceeded = true;
            return None;
        }
        budget.left -= 1;
        let at = self.fields.len();
        self.index.insert(key.to_owned(), at);
        self.fields.push((key.to_owned(), Self::default()));
        Some(at)
    }

    /// Reads one value of this place.
    fn value(&mut self, reader: &mut Reader<'_>, budget: &mut Budget, depth: usize) -> Result<(), Error> {
        if depth == DEPTH {
            self.opaque = Some("nested too deep");
        }
        match reader.kind() {
            Some(Kind::Boolean) => {
                self.booleans += 1;
                reader.skip()
            }
            Some(Kind::Number) => {
                if let Slot::Value(digits) = reader.string()? {
                    self.number(digits.as_str().unwrap_or_default());
                }
                Ok(())
            }
            Some(Kind::String) => {
                if let Slot::Value(text) = reader.string()? {
                    self.text(&text.decode());
                }
                Ok(())
            }
            Some(Kind::Array) if self.opaque.is_some() => {
                self.arrays += 1;
                reader.skip()
            }
            Some(Kind::Array) => {
                self.arrays += 1;
                let element = self.element.get_or_insert_default();
                let read = |reader: &mut Reader<'_>| {
                    element.value(reader, budget, depth + 1)?;
                    Ok(Slot::<()>::Empty)
                };
                reader.array(read).map(drop)
            }
            Some(Kind::Object) if self.opaque.is_some() => {
                self.objects += 1;
                reader.skip()
            }
            Some(Kind::Object) => reader.object(|reader| self.members(reader, budget, depth)).map(drop),
            // What is not JSON is told by reading it.
            Some(Kind::Null) | None => reader.skip(),
        }
    }

    /// The field of a column; `None` where there is no room for it.
    pub(super) fn column(&mut self, name: &str, budget: &mut Budget) -> Option<usize> {
        self.index.get(name).copied().or_else(|| self.admit(name, budget, 0))
    }

    /// Looks at one cell of this column. One that is empty is no value.
    pub(super) fn cell(&mut self, text: &str) {
        let integer = text.parse::<i64>().ok().filter(|number| number.to_string() == text);
        match text {
            "" => {
                self.empty_cells += 1;
                return;
            }
            "-" => {
                self.dashes += 1;
                return;
            }
            "true" | "false" | "True" | "False" | "TRUE" | "FALSE" => self.booleans += 1,
            _ => match integer {
                Some(number) => self.integer(number),
                None if is_decimal(text) => self.floats += 1,
                None => self.text(text),
            },
        }
        self.present += 1;
    }

    fn number(&mut self, digits: &str) {
        if digits.bytes().any(|byte| matches!(byte, b'.' | b'e' | b'E')) {
            self.floats += 1;
            self.huge += u64::from(!digits.parse::<f64>().is_ok_and(f64::is_finite));
        } else if let Ok(number) = digits.parse() {
            self.integer(number);
        } else {
            self.integers += 1;
            self.huge += 1;
        }
    }

    fn integer(&mut self, number: i64) {
        self.integers += 1;
        let (least, greatest) = self.bounds.unwrap_or((number, number));
        self.bounds = Some((least.min(number), greatest.max(number)));
    }

    fn text(&mut self, text: &str) {
        self.strings += 1;
        if text.is_empty() {
            self.empty_strings += 1;
            return;
        }
        let looks = self.looks.unwrap_or(Looks::ALL);
        self.looks = Some(if looks == Looks(0) { looks } else { looks.and(text) });
    }

    /// The same event, in which every `-` is a text.
    pub(super) fn with_dashes(&self) -> Self {
        let mut event = self.clone();
        for (_, column) in event.fields.iter_mut().filter(|(_, column)| column.dashes > 0) {
            column.text("-");
            column.strings += column.dashes - 1;
            column.present += std::mem::take(&mut column.dashes);
        }
        event
    }

    /// How many values there were that are not null.
    pub(super) fn values(&self) -> u64 {
        self.scalars() + self.arrays + self.objects
    }

    /// How many of them were scalars.
    pub(super) fn scalars(&self) -> u64 {
        self.booleans + self.integers + self.floats + self.strings
    }
}

/// Whether a text is a number as JSON writes it, with a fraction or an exponent, and fits a double.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let whole = digits.bytes().take_while(u8::is_ascii_digit).count();
    let marked = matches!(digits.as_bytes().get(whole), Some(b'.' | b'e' | b'E'));
    let leading_zero = whole > 1 && digits.starts_with('0');
    whole > 0 && marked && !leading_zero && !text.ends_with('.') && text.parse::<f64>().is_ok_and(f64::is_finite)
}

fn is_email(text: &str) -> bool {
    let plain =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || "<>()[],;:\"/".contains(c));
    text.split_once('@').is_some_and(|(local, domain)| {
        plain(local)
            && plain(domain)
            && !domain.contains('@')
            && domain.split('.').all(|part| !part.is_empty())
            && domain.contains('.')
    })
}

fn is_hash(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
