//! IP addresses, by their text alone: no zone, port, brackets or prefix length.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{IndicatorList, Indicators};

impl Indicators {
    /// Stores an address as it is written. True if it was one.
    pub(super) fn scan_ip(&mut self, text: &str) -> bool {
        let text = text.trim();
        let accepted = is_ipv4(text) || is_ipv6(text);
        self.insert_if(accepted, IndicatorList::IpAddresses, text);
        accepted
    }
}

/// Four decimal octets without leading zeros.
pub(crate) fn is_ipv4(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok()
}

/// RFC 4291, section 2.2: eight groups, one `::`, and IPv4 at the end.
pub(crate) fn is_ipv6(text: &str) -> bool {
    text.parse::<Ipv6Addr>().is_ok()
}

#[cfg(test)]
mod tests {
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
