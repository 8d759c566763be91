//! IP addresses, by their text alone: no zone, port, brackets or prefix length.

use std::net::Ipv6Addr;

use super::{IndicatorList, Indicators};

impl Indicators {
    /// Stores an address as it is written. True if it was one.
    pub(super) fn scan_ip(&mut self, text: &str) -> bool {
        let accepted = is_ipv4(text.as_bytes()) || is_ipv6(text);
        self.insert_if(accepted, IndicatorList::IpAddresses, text);
        accepted
    }
}

/// Four decimal octets without leading zeros.
pub(crate) fn is_ipv4(text: &[u8]) -> bool {
    let mut rest = text;
    for _ in 0..3 {
        let Some([b'.', after @ ..]) = after_octet(rest) else { return false };
        rest = after;
    }
    after_octet(rest) == Some(&[])
}

/// What follows the longest octet at the start.
#[inline]
fn after_octet(text: &[u8]) -> Option<&[u8]> {
    match text {
        [b'1', b'0'..=b'9', b'0'..=b'9', rest @ ..]
        | [b'2', b'0'..=b'4', b'0'..=b'9', rest @ ..]
        | [b'2', b'5', b'0'..=b'5', rest @ ..]
        | [b'1'..=b'9', b'0'..=b'9', rest @ ..]
        | [b'0'..=b'9', rest @ ..] => Some(rest),
        _ => None,
    }
}

/// RFC 4291, section 2.2: eight groups, one `::`, and IPv4 at the end.
pub(crate) fn is_ipv6(text: &str) -> bool {
    // A group has four digits at most, and a colon behind it: names are told apart without a parser.
    text.bytes().take(5).any(|byte| byte == b':') && text.parse::<Ipv6Addr>().is_ok()
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::is_ipv4;
    use crate::indicators::{Indicator, IndicatorList, found};

    #[test]
    fn addresses_are_stored_as_written() {
        for text in [
            "0.0.0.0",
            "255.255.255.255",
            "::",
            "::1",
            "2001:DB8::0001",
            "1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7::",
            "::ffff:192.0.2.1",
            "64:ff9b::192.0.2.33",
        ] {
            let expected = vec![(IndicatorList::IpAddresses, text.to_owned())];
            assert_eq!(found(Indicator::Ip, text), expected);
            assert_eq!(found(Indicator::Ip, &format!("\t{text} ")), expected);
        }
    }

    #[test]
    fn an_ipv4_address_is_what_the_standard_library_takes_for_one() {
        // Every text of up to seven characters from those that matter, and longer ones around the limits.
        let mut texts: Vec<String> = vec![String::new()];
        for length in 1..=7 {
            let shorter: Vec<String> = texts.iter().filter(|text| text.len() == length - 1).cloned().collect();
            texts.extend(shorter.iter().flat_map(|text| ["0", "2", "6", "."].map(|next| format!("{text}{next}"))));
        }
        for octet in ["0", "00", "9", "09", "99", "255", "256", "300", "1000", "", "a", " 1", "+1"] {
            for place in 0..4 {
                let mut octets = ["10"; 4];
                octets[place] = octet;
                texts.push(octets.join("."));
            }
        }
        for text in texts {
            assert_eq!(is_ipv4(text.as_bytes()), text.parse::<Ipv4Addr>().is_ok(), "{text:?}");
        }
    }

    #[test]
    fn all_else_is_no_address() {
        for text in [
            "192.0.2",
            "192.0.2.1.1",
            "192.0.2.256",
            "192.0.02.1",
            "0x7f.0.0.1",
            "192.0.2.1:80",
            "192.0.2.0/24",
            "[::1]",
            "fe80::1%eth0",
            "1::2::3",
            ":::",
            "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9",
            "1:2:3:4:5:6:7:8::",
            "12345::",
            "::192.0.2.01",
            "192.0.2.1::",
            "g::",
            "١.2.3.4",
        ] {
            assert_eq!(found(Indicator::Ip, text), [], "{text}");
        }
    }
}
