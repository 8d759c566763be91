//! Which URLs are safe to send something secret to.

use std::net::IpAddr;

use url::{Host, Url};

/// The base URL in `text`.
///
/// # Errors
/// What is wrong with it, and what is allowed: `https`, or `http` on this machine alone; no user, path, query or fragment.
pub(super) fn parse(text: &str) -> Result<Url, String> {
    let url = whole(text)?;
    if url.query().is_some() || url.fragment().is_some() || !matches!(url.path(), "" | "/") {
        return Err("must end after the host and port; the paths come from the source".into());
    }
    Ok(url)
}

/// The URL in `text`, which may have a path and a query.
///
/// # Errors
/// What is wrong with it, as above.
pub(super) fn whole(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("is not a URL: {error}"))?;
    if !url.username().is_empty() || url.password().is_some() {
        // The URL is not repeated: it holds a password.
        return Err("must not hold a user or password; secrets have keys of their own".into());
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => Err("must be https; plain http is for 127.0.0.1, ::1 and localhost alone, since credentials would go over the network in the clear".into()),
        other => Err(format!("must be https, found {other}")),
    }
}

/// Whether the host is this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => IpAddr::from(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::from(address).is_loopback(),
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_anywhere_and_http_on_loopback_alone() {
        for good in [
            "https://acme.zendesk.com",
            "https://acme.zendesk.com:8443/",
            "http://127.0.0.1:8081",
            "http://127.9.9.9",
            "http://[::1]:80",
            "http://localhost:1/",
        ] {
            assert!(parse(good).is_ok(), "{good}");
        }
        for bad in [
            "http://acme.zendesk.com",
            "http://127.0.0.1.evil.example",
            "http://localhost.evil.example",
            "ftp://127.0.0.1",
            "https://a/b",
            "https://a?b",
            "https://a#b",
            "https://u@a",
            "acme",
            "",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
        assert!(!parse("https://me:s3cret@a").unwrap_err().contains("s3cret"));
    }
}
