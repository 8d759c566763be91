//! MAC addresses: the two forms of IEEE 802 and Cisco's.

/// 6 or 8 octets as `00:00:5e:00:53:01`, `00-00-5E-00-53-01` or `0000.5e00.5301`.
pub(super) fn is_mac(text: &str) -> bool {
    let (mark, group) = match text.as_bytes() {
        [_, _, mark @ (b':' | b'-'), ..] => (*mark, 2),
        [_, _, _, _, b'.', ..] => (b'.', 4),
        _ => return false,
    };
    let mut octets = 0;
    for digits in text.as_bytes().split(|&byte| byte == mark) {
        if digits.len() != group || !digits.iter().all(u8::is_ascii_hexdigit) {
            return false;
        }
        octets += group / 2;
    }
    octets == 6 || octets == 8
}

#[cfg(test)]
mod tests {
    use crate::indicators::{Indicator, IndicatorList, found};

    #[test]
    fn addresses_are_stored_as_written() {
        for text in [
            "00:00:5e:00:53:01",
            "00-00-5E-00-53-01",
            "02:00:5e:10:00:00:00:01",
            "0000.5e00.5301",
            "0200.5e10.0000.0001",
        ] {
            let stored = vec![(IndicatorList::MacAddresses, text.to_owned())];
            assert_eq!(found(Indicator::Mac, text), stored);
        }
    }

    #[test]
    fn all_else_is_no_address() {
        for text in [
            "00005e005301",
            "00:00:5e:00:53",
            "00:00:5e:00:53:01:02",
            "00:00-5e:00:53:01",
            "0:0:5e:0:53:1",
            "00:00:5e:00:53:0g",
            "00:00:5e:00:53:01:",
            " 00:00:5e:00:53:01",
            "0000.5e00",
            "00.00.5e.00.53.01",
            "é0:00:5e:00:53:01",
        ] {
            assert_eq!(found(Indicator::Mac, text), [], "{text}");
        }
    }
}
