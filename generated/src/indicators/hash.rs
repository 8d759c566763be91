//! Hashes: hexadecimal of one exact length, stored in lower case so that they compare.

use super::{IndicatorList, Indicators};

impl Indicators {
    pub(super) fn scan_hash(&mut self, list: IndicatorList, digits: usize, text: &str) {
        if text.len() == digits && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            let start = self.arena.len();
            self.arena.extend(text.bytes().map(|digit| digit.to_ascii_lowercase()));
            self.enter(list, start, true);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::indicators::{Indicator, IndicatorList, found};

    #[test]
    fn the_length_must_be_exact() {
        for (indicator, list, digits) in [
            (Indicator::Md5, IndicatorList::Md5Hashes, 32),
            (Indicator::Sha1, IndicatorList::Sha1Hashes, 40),
            (Indicator::Sha256, IndicatorList::Sha256Hashes, 64),
        ] {
            let text = "Ab".repeat(digits / 2);
            let stored = vec![(list, text.to_lowercase())];
            assert_eq!(found(indicator, &text), stored);
            assert_eq!(found(indicator, &format!(" {text}\n")), stored);
            assert_eq!(found(indicator, &text[1..]), []);
            assert_eq!(found(indicator, &format!("{text}0")), []);
            assert_eq!(found(indicator, &format!("g{}", &text[1..])), []);
        }
    }
}
