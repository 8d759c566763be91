//! Whole-text checks that a schema's `validate` asks for: addresses and networks.
//!
//! Unlike an indicator, which looks for what it can find, a validation is exact: nothing is trimmed.

use crate::indicators::{is_ipv4, is_ipv6};

/// Which version of the Internet Protocol an address must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IpKind {
    /// Version 4.
    V4,
    /// Version 6.
    V6,
    /// Either.
    Any,
}

impl IpKind {
    /// Such an address in words, for messages.
    pub(crate) const fn address(self) -> &'static str {
        match self {
            Self::V4 => "an IPv4 address",
            Self::V6 => "an IPv6 address",
            Self::Any => "an IP address",
        }
    }

    /// Such a network in words, for messages.
    pub(crate) const fn network(self) -> &'static str {
        match self {
            Self::V4 => "an IPv4 network such as 192.0.2.0/24",
            Self::V6 => "an IPv6 network such as 2001:db8::/32",
            Self::Any => "an IP network such as 192.0.2.0/24",
        }
    }
}

/// Whether the text is an address: four decimal octets without leading zeros, or RFC 4291 text.
///
/// ```
/// use logwright::validate::{IpKind, is_ip};
///
/// assert!(is_ip("192.0.2.1", IpKind::Any));
/// assert!(!is_ip("192.0.2.1", IpKind::V6));
/// assert!(!is_ip("192.0.2.1 ", IpKind::Any));
/// ```
pub fn is_ip(text: &str, kind: IpKind) -> bool {
    kind != IpKind::V6 && is_ipv4(text.as_bytes()) || kind != IpKind::V4 && is_ipv6(text)
}

/// Whether the text is an address, `/`, and the length of a prefix in decimal without leading zeros.
///
/// Bits beyond the prefix may be set.
///
/// ```
/// use logwright::validate::{IpKind, is_cidr};
///
/// assert!(is_cidr("192.0.2.0/24", IpKind::V4));
/// assert!(is_cidr("2001:db8::/32", IpKind::Any));
/// assert!(!is_cidr("192.0.2.0/33", IpKind::V4));
/// ```
pub fn is_cidr(text: &str, kind: IpKind) -> bool {
    let Some((address, prefix)) = text.split_once('/') else {
        return false;
    };
    let most = if is_ip(address, IpKind::V4) { 32 } else { 128 };
    is_ip(address, kind) && prefix_length(prefix).is_some_and(|length| length <= most)
}

fn prefix_length(text: &str) -> Option<u8> {
    let canonical = text == "0" || !text.starts_with(['0', '+']);
    if canonical { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(check: fn(&str, IpKind) -> bool, text: &str) -> [bool; 3] {
        [IpKind::V4, IpKind::V6, IpKind::Any].map(|kind| check(text, kind))
    }

    #[test]
    fn addresses() {
        assert_eq!(kinds(is_ip, "192.0.2.1"), [true, false, true]);
        assert_eq!(kinds(is_ip, "2001:db8::1"), [false, true, true]);
        assert_eq!(kinds(is_ip, "::ffff:192.0.2.1"), [false, true, true]);
        for text in ["", " ::1", "192.0.2.1 ", "192.0.2.0/24", "[::1]", "192.0.2.01", "host"] {
            assert_eq!(kinds(is_ip, text), [false; 3], "{text}");
        }
    }

    #[test]
    fn networks() {
        for text in ["192.0.2.0/24", "0.0.0.0/0", "192.0.2.1/32", "192.0.2.77/8"] {
            assert_eq!(kinds(is_cidr, text), [true, false, true], "{text}");
        }
        for text in ["::/0", "2001:db8::/32", "::1/128"] {
            assert_eq!(kinds(is_cidr, text), [false, true, true], "{text}");
        }
        for text in [
            "",
            "/",
            "192.0.2.0",
            "192.0.2.0/",
            "192.0.2.0/33",
            "::/129",
            "192.0.2.0/024",
            "192.0.2.0/+8",
            "192.0.2.0/-1",
            "192.0.2.0/8/8",
            "192.0.2.0 /8",
            "192.0.2.0/00",
            "/24",
        ] {
            assert_eq!(kinds(is_cidr, text), [false; 3], "{text}");
        }
    }
}
