//! The host in a URL (RFC 3986) or in a network address.

use super::ip::is_ipv6;

/// The host of a URL reference, without port, user info and brackets, in the case it is written in.
///
/// None when there is no authority, or when its port or host could not stand in a URL. Letters of
/// any script are let through, as logs hold them (RFC 3987).
pub(super) fn host(text: &str) -> Option<&str> {
    plain_host(text).or_else(|| any_host(text))
}

/// The host of a URL as most are: of a web server, by name, without user or port. Otherwise none, which says nothing.
fn plain_host(text: &str) -> Option<&str> {
    let behind = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let end = behind.bytes().position(|byte| !IN_NAMES[usize::from(byte)]).unwrap_or(behind.len());
    let (host, rest) = behind.split_at_checked(end)?;
    matches!(rest.as_bytes(), [] | [b'/' | b'?' | b'#', ..]).then_some(host)
}

/// The host of any URL reference.
fn any_host(text: &str) -> Option<&str> {
    let behind = after_scheme(text).strip_prefix("//")?;
    let end = behind.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#')).unwrap_or(behind.len());
    let authority = &behind[..end];
    let host_and_port = authority.rsplit_once('@').map_or(authority, |(_, host)| host);

    let (host, port) = if let Some(rest) = host_and_port.strip_prefix('[') {
        rest.split_once(']').filter(|(host, _)| is_ipv6(host))?
    } else {
        let colon = host_and_port.find(':').unwrap_or(host_and_port.len());
        Some(host_and_port.split_at(colon)).filter(|(host, _)| is_registered_name(host))?
    };
    let digits = if port.is_empty() { port } else { port.strip_prefix(':')? };
    digits.bytes().all(|byte| byte.is_ascii_digit()).then_some(host)
}

/// `host` of `host:port` and of `[v6]:port`; of anything else, all of it.
pub(super) fn without_port(text: &str) -> &str {
    match text.rsplit_once(':') {
        Some((host, _)) if !host.contains([':', '[', ']']) => host,
        Some((host, _)) => match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
            Some(inner) if !inner.contains(['[', ']']) => inner,
            _ => text,
        },
        None => text,
    }
}

/// What follows the scheme and its colon (section 3.1), or all where there is none.
fn after_scheme(text: &str) -> &str {
    match text.bytes().position(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'+' | b'-' | b'.')) {
        Some(end) if text[end..].starts_with(':') && text.starts_with(|first: char| first.is_ascii_alphabetic()) => {
            &text[end + 1..]
        }
        _ => text,
    }
}

/// Section 3.2.2: unreserved characters, percent-encoded ones, and the marks between parts.
fn is_registered_name(text: &str) -> bool {
    text.chars().all(|char| match u8::try_from(char) {
        Ok(byte) if byte.is_ascii() => IN_NAMES[usize::from(byte)],
        _ => !char.is_whitespace() && !char.is_control(),
    })
}

/// The ASCII characters of registered names.
const IN_NAMES: [bool; 256] = {
    let mut in_names = [false; 256];
    let mut byte = 0;
    while byte < 128_u8 {
        in_names[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    let mut marks: &[u8] = b"-._~%!$&'()*+,;=";
    while let [mark, rest @ ..] = marks {
        in_names[*mark as usize] = true;
        marks = rest;
    }
    in_names
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_of_a_url() {
        for (text, expected) in [
            ("https://example.com", "example.com"),
            ("http://example.com?x", "example.com"),
            ("https://example.com#x", "example.com"),
            ("http://a-b.c_d~e!$&'()*+,;=/", "a-b.c_d~e!$&'()*+,;="),
            ("https:///path", ""),
            ("HTTPS://Example.COM/a?b#c", "Example.COM"),
            ("https://example.com:8443/", "example.com"),
            ("https://example.com:/", "example.com"),
            ("https://user:p@ss@example.com:80", "example.com"),
            ("https://example.com?x=http://other.example/", "example.com"),
            ("https://example.com#@other.example", "example.com"),
            ("//example.com/path", "example.com"),
            ("ldap://[2001:db8::7]/c=GB?objectClass?one", "2001:db8::7"),
            ("telnet://192.0.2.16:80/", "192.0.2.16"),
            ("git+ssh://git@example.com/a", "example.com"),
            ("https://bücher.example/", "bücher.example"),
            ("https://a%20b.example/", "a%20b.example"),
            ("file:///etc/hosts", ""),
        ] {
            assert_eq!(host(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_plain_host_is_what_any_host_is() {
        for byte in 0..128 {
            for text in [format!("https://a{}b", char::from(byte)), format!("http://a.b{}/", char::from(byte))] {
                assert!(plain_host(&text).is_none_or(|host| any_host(&text) == Some(host)), "{text}");
            }
        }
        assert_eq!(plain_host("https://www.example.com/start"), Some("www.example.com"));
        assert_eq!(plain_host("https://bücher.example/"), None);
    }

    #[test]
    fn no_host() {
        for text in [
            "",
            "example.com",
            "example.com:80",
            "/path//x",
            "mailto:jo@example.com",
            "urn:oasis:names",
            "http:/example.com",
            "?q=//example.com",
            "a/b://example.com",
            "1http://example.com",
            "https://exa mple.com/",
            "https://example.com:port/",
            "https://[::1",
            "https://[::1]x/",
            "https://[fe80::1%25eth0]/",
            "https://::1/",
            "https://a]b/",
            "https://a\\b/",
            "https://<script>/",
        ] {
            assert_eq!(host(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_with_and_without_port() {
        for (text, expected) in [
            ("example.com:80", "example.com"),
            ("example.com:", "example.com"),
            ("example.com", "example.com"),
            ("[::1]:80", "::1"),
            ("[::1]", "[::1]"),
            ("::1", "::1"),
            ("a:b:c", "a:b:c"),
            ("[a]b]:80", "[a]b]:80"),
            ("a[b:80", "a[b:80"),
            (":80", ""),
            ("", ""),
        ] {
            assert_eq!(without_port(text), expected, "{text}");
        }
    }
}
