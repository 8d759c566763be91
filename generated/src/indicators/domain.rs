//! Domain names, and Punycode (RFC 3492), the ASCII form of names in other scripts.

use super::{IndicatorList, Indicators};

/// What a label in Punycode begins with, in any case (RFC 5890, section 2.3.2.1).
const PREFIX: &str = "xn--";

impl Indicators {
    /// Stores the name; one that begins with `xn--` in its own script, if that can be told.
    pub(super) fn scan_domain(&mut self, text: &str) {
        if punycode(text).is_none() {
            return self.insert(IndicatorList::DomainNames, text);
        }
        let start = self.arena.len();
        if self.push_decoded(text).is_none() {
            self.arena.truncate(start);
            self.arena.extend_from_slice(text.as_bytes());
        }
        self.enter(IndicatorList::DomainNames, start, false);
    }

    /// Appends the name to the arena, each label decoded. None if a label is not Punycode.
    fn push_decoded(&mut self, name: &str) -> Option<()> {
        for (index, label) in name.split('.').enumerate() {
            if index > 0 {
                self.arena.push(b'.');
            }
            match punycode(label) {
                Some(encoded) => {
                    decode(encoded, &mut self.label)?;
                    for character in &self.label {
                        self.arena.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                    }
                }
                None => self.arena.extend_from_slice(label.as_bytes()),
            }
        }
        Some(())
    }
}

/// What follows the prefix of a label in Punycode.
fn punycode(label: &str) -> Option<&str> {
    let (prefix, encoded) = label.split_at_checked(PREFIX.len())?;
    prefix.eq_ignore_ascii_case(PREFIX).then_some(encoded)
}

/// Decodes Punycode (RFC 3492, section 6.2) into `label`.
///
/// None for what no encoder makes: bad digits, numbers too large, a label of ASCII alone, and
/// characters that no name has. DNS allows a label 63 bytes, so that longer ones are refused too;
/// the time to decode grows with the square.
fn decode(encoded: &str, label: &mut Vec<char>) -> Option<()> {
    const INITIAL_BIAS: u32 = 72;
    const INITIAL_CODE: u32 = 128;

    if encoded.len() + PREFIX.len() > 63 {
        return None;
    }
    label.clear();
    let (basic, deltas) = encoded.rsplit_once('-').unwrap_or(("", encoded));
    if deltas.is_empty() || !basic.is_ascii() {
        return None;
    }
    label.extend(basic.chars());

    let mut digits = deltas.bytes();
    let (mut code, mut position, mut bias) = (INITIAL_CODE, 0_u32, INITIAL_BIAS);
    while digits.len() > 0 {
        let before = position;
        position = before.checked_add(delta(&mut digits, bias)?)?;
        let length = u32::try_from(label.len() + 1).ok()?;
        bias = adapt(position - before, length, before == 0);
        code = code.checked_add(position / length)?;
        position %= length;
        let char = char::from_u32(code).filter(|char| !char.is_control() && !char.is_whitespace());
        label.insert(position as usize, char?);
        position += 1;
    }
    Some(())
}

const BASE: u32 = 36;
const LEAST: u32 = 1;
const MOST: u32 = 26;

/// One number of variable length (section 3.3), whose last digit is below its threshold.
fn delta(digits: &mut impl Iterator<Item = u8>, bias: u32) -> Option<u32> {
    let (mut value, mut weight, mut position) = (0_u32, 1_u32, BASE);
    loop {
        let digit = match digits.next()? {
            letter @ b'a'..=b'z' => u32::from(letter - b'a'),
            letter @ b'A'..=b'Z' => u32::from(letter - b'A'),
            number @ b'0'..=b'9' => u32::from(number - b'0') + 26,
            _ => return None,
        };
        value = value.checked_add(digit.checked_mul(weight)?)?;
        let threshold = position.saturating_sub(bias).clamp(LEAST, MOST);
        if digit < threshold {
            return Some(value);
        }
        weight = weight.checked_mul(BASE - threshold)?;
        position += BASE;
    }
}

/// The bias for the next number (section 3.4).
fn adapt(delta: u32, length: u32, first: bool) -> u32 {
    const SKEW: u32 = 38;
    const DAMP: u32 = 700;
    let mut delta = if first { delta / DAMP } else { delta / 2 };
    delta += delta / length;
    let mut bias = 0;
    while delta > (BASE - LEAST) * MOST / 2 {
        delta /= BASE - LEAST;
        bias += BASE;
    }
    bias + (BASE - LEAST + 1) * delta / (delta + SKEW)
}

#[cfg(test)]
mod tests {
    use crate::indicators::{Indicator, IndicatorList, found};

    fn stored(text: &str) -> String {
        match found(Indicator::Domain, text).as_slice() {
            [(IndicatorList::DomainNames, name)] => name.clone(),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn punycode_is_decoded() {
        for (text, name) in [
            ("xn--bcher-kva.example", "bücher.example"),
            ("XN--BCHER-KVA.example", "BüCHER.example"),
            ("xn--mnchen-3ya", "münchen"),
            ("xn--wgv71a119e.xn--wgbh1c", "日本語.مصر"),
            ("xn--fiqs8s", "中国"),
            ("xn--80akhbyknj4f", "испытание"),
            // RFC 3492, section 7.1 (B), (J) and (S).
            ("xn--ihqwcrb4cv8a8dqg056pqjye", "他们为什么不说中文"),
            ("xn--PorqunopuedensimplementehablarenEspaol-fmd56a", "PorquénopuedensimplementehablarenEspañol"),
            ("xn---with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n", "安室奈美恵-with-SUPER-MONKEYS"),
        ] {
            assert_eq!(stored(text), name);
        }
    }

    #[test]
    fn all_else_is_kept_as_it_is() {
        for text in [
            "example.com",
            "Example.COM.",
            "www.xn--bcher-kva.example",
            "xn--",
            "xn--abc-",
            "xn--a!",
            "xn--99999999",
            "xn--é-kva",
            "xn--bcher-kva.xn--",
            &format!("xn--{}", "a".repeat(60)),
        ] {
            assert_eq!(stored(text), text);
        }
        assert_eq!(stored(" a b "), "a b");
    }
}
