//! The patterns that every schema may use by name.
//!
//! They are RE2, and may use each other. Where one alternative is the start of another the longer one comes first, since
//! the first that matches wins.

/// The pattern of a name.
pub(super) fn pattern(name: &str) -> Option<&'static str> {
    BUILT_IN.iter().find(|(built_in, _)| *built_in == name).map(|(_, pattern)| *pattern)
}

/// Every name.
pub(super) fn names<'a>() -> impl Iterator<Item = &'a str> {
    BUILT_IN.iter().map(|(name, _)| *name)
}

const BUILT_IN: &[(&str, &str)] = &[
    // Text.
    ("DATA", r".*?"),
    ("GREEDYDATA", r".*"),
    ("NOTSPACE", r"\S+"),
    ("NS", r"%{NOTSPACE}"),
    ("SPACE", r"\s*"),
    ("WORD", r"\b\w+\b"),
    ("QUOTEDSTRING", r#""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`"#),
    ("QS", r"%{QUOTEDSTRING}"),
    ("HEXDIGIT", r"[0-9A-Fa-f]"),
    ("UUID", r"%{HEXDIGIT}{8}-(?:%{HEXDIGIT}{4}-){3}%{HEXDIGIT}{12}"),
    // Numbers.
    ("INT", r"[+-]?[0-9]+"),
    ("BASE10NUM", r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"),
    ("NUMBER", r"%{BASE10NUM}"),
    ("BASE16NUM", r"[+-]?(?:0[xX])?%{HEXDIGIT}+"),
    ("POSINT", r"\b[1-9][0-9]*\b"),
    ("PID", r"%{POSINT}"),
    ("NONNEGINT", r"\b[0-9]+\b"),
    // Addresses of the network.
    ("CISCOMAC", r"(?:%{HEXDIGIT}{4}\.){2}%{HEXDIGIT}{4}"),
    ("WINDOWSMAC", r"(?:%{HEXDIGIT}{2}-){5}%{HEXDIGIT}{2}"),
    ("COMMONMAC", r"(?:%{HEXDIGIT}{2}:){5}%{HEXDIGIT}{2}"),
    ("MAC", r"%{CISCOMAC}|%{WINDOWSMAC}|%{COMMONMAC}"),
    ("IPV6", IPV6),
    ("IPV4INT", r"25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9]"),
    ("IPV4", r"\b(?:%{IPV4INT}\.){3}%{IPV4INT}\b"),
    ("IP", r"%{IPV6}|%{IPV4}"),
    ("HOSTNAME", r"\b[0-9A-Za-z][0-9A-Za-z-]{0,62}(?:\.[0-9A-Za-z][0-9A-Za-z-]{0,62})*\.?"),
    ("HOST", r"%{HOSTNAME}"),
    ("IPORHOST", r"%{IP}|%{HOSTNAME}"),
    ("HOSTPORT", r"%{IPORHOST}:%{POSINT}"),
    // Names and paths.
    ("USERNAME", r"[0-9A-Za-z._-]+"),
    ("USER", r"%{USERNAME}"),
    ("UNIXPATH", r"(?:/[^/\s]*)+"),
    ("WINPATH", r#"(?:[A-Za-z]:|\\)(?:\\[^\\/:*?"<>|\r\n]*)+"#),
    ("PATH", r"%{UNIXPATH}|%{WINPATH}"),
    ("TTY", r"/dev/(?:pts/[0-9]+|tty[0-9A-Za-z]*|console)"),
    ("URIPROTO", r"[A-Za-z][0-9A-Za-z+.-]*"),
    ("URIHOST", r"(?:\[%{IPV6}\]|%{IPORHOST})(?::%{POSINT})?"),
    ("URIPATH", r#"(?:/[^/\s?#"<>]*)+"#),
    ("URIPARAM", r#"\?[^\s#"<>]*"#),
    ("URIPATHPARAM", r"%{URIPATH}(?:%{URIPARAM})?"),
    ("URI", r"%{URIPROTO}://(?:[^\s/@]+@)?(?:%{URIHOST})?(?:%{URIPATHPARAM})?"),
    // Parts of dates and times.
    (
        "MONTH",
        r"\b(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b",
    ),
    ("MONTHNUM", r"1[0-2]|0?[1-9]"),
    ("MONTHNUM2", r"1[0-2]|0[1-9]"),
    ("MONTHDAY", r"3[01]|[12][0-9]|0?[1-9]"),
    (
        "DAY",
        r"\b(?i:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b",
    ),
    ("YEAR", r"[0-9]{4}|[0-9]{2}"),
    ("HOUR", r"2[0-3]|[01]?[0-9]"),
    ("MINUTE", r"[0-5][0-9]"),
    // A leap second is the sixtieth; a fraction may follow.
    ("SECOND", r"(?:60|[0-5]?[0-9])(?:[:.,][0-9]+)?"),
    ("KITCHEN", r"%{HOUR}:%{MINUTE}\s?(?i:[ap]m)"),
    ("TIME", r"%{HOUR}:%{MINUTE}:%{SECOND}"),
    ("TZ", r"\b[A-Z]{3,4}\b"),
    ("TZOFFSET", r"[+-][0-9]{4}"),
    // Whole dates and times.
    ("DATE_US", r"%{MONTHNUM}[/-]%{MONTHDAY}[/-]%{YEAR}"),
    ("DATE_EU", r"%{MONTHDAY}[./-]%{MONTHNUM}[./-]%{YEAR}"),
    ("DATE", r"%{DATE_US}|%{DATE_EU}"),
    ("DATETIME", r"%{DATE}[- ]%{TIME}"),
    ("ISO8601_TIMEZONE", r"Z|[+-]%{HOUR}(?::?%{MINUTE})?"),
    ("ISO8601_SECOND", r"%{SECOND}"),
    (
        "TIMESTAMP_ISO8601",
        r"%{YEAR}-%{MONTHNUM}-%{MONTHDAY}[T ]%{HOUR}:?%{MINUTE}(?::?%{ISO8601_SECOND})?(?:%{ISO8601_TIMEZONE})?",
    ),
    (
        "TIMESTAMP_RFC822",
        r"(?:%{DAY},? )?(?:%{MONTHDAY} %{MONTH}|%{MONTH} %{MONTHDAY}),? %{YEAR} %{HOUR}:%{MINUTE}(?::%{SECOND})? (?:%{TZOFFSET}|%{TZ})",
    ),
    ("TIMESTAMP_RFC2822", r"(?:%{DAY}, )?%{MONTHDAY} %{MONTH} %{YEAR} %{TIME} (?:%{TZOFFSET}|%{TZ})"),
    ("TIMESTAMP_OTHER", r"%{DAY} %{MONTH} +%{MONTHDAY} %{TIME} %{TZ} %{YEAR}"),
    ("TIMESTAMP_EVENTLOG", r"[0-9]{4}%{MONTHNUM2}(?:3[01]|[12][0-9]|0[1-9])(?:2[0-3]|[01][0-9])%{MINUTE}[0-5][0-9]"),
    ("SYSLOGTIMESTAMP", r"%{MONTH} +%{MONTHDAY} %{TIME}"),
    ("HTTPDATE", r"%{MONTHDAY}/%{MONTH}/[0-9]{4}:%{TIME} %{TZOFFSET}"),
];

/// RFC 4291: eight groups; or some, `::`, and some more; and for the last two groups there may be an IPv4 address.
const IPV6: &str = concat!(
    r"(?:[0-9A-Fa-f]{1,4}:){6}(?:%{IPV4}|[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4})",
    r"|(?:[0-9A-Fa-f]{1,4}:){7}:",
    r"|(?:[0-9A-Fa-f]{1,4}:){6}(?::[0-9A-Fa-f]{1,4}|:)",
    r"|(?:[0-9A-Fa-f]{1,4}:){5}(?::%{IPV4}|(?::[0-9A-Fa-f]{1,4}){1,2}|:)",
    r"|(?:[0-9A-Fa-f]{1,4}:){4}(?:(?::[0-9A-Fa-f]{1,4})?:%{IPV4}|(?::[0-9A-Fa-f]{1,4}){1,3}|:)",
    r"|(?:[0-9A-Fa-f]{1,4}:){3}(?:(?::[0-9A-Fa-f]{1,4}){0,2}:%{IPV4}|(?::[0-9A-Fa-f]{1,4}){1,4}|:)",
    r"|(?:[0-9A-Fa-f]{1,4}:){2}(?:(?::[0-9A-Fa-f]{1,4}){0,3}:%{IPV4}|(?::[0-9A-Fa-f]{1,4}){1,5}|:)",
    r"|[0-9A-Fa-f]{1,4}:(?:(?::[0-9A-Fa-f]{1,4}){0,4}:%{IPV4}|(?::[0-9A-Fa-f]{1,4}){1,6}|:)",
    r"|:(?:(?::[0-9A-Fa-f]{1,4}){0,5}:%{IPV4}|(?::[0-9A-Fa-f]{1,4}){1,7}|:)",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::{Options, compile};
    use crate::model::{Form, Parser};
    use crate::source::SourceMap;

    /// For each name, texts that it matches whole and texts that it does not.
    const SAMPLES: &[(&str, &[&str], &[&str])] = &[
        ("DATA", &["", "a b"], &["a\nb"]),
        ("GREEDYDATA", &["", "a b"], &["a\nb"]),
        ("NOTSPACE", &["a-b"], &["", "a b"]),
        ("NS", &["a-b"], &["", "a b"]),
        ("SPACE", &["", " \t"], &["a"]),
        ("WORD", &["a_1"], &["", "a-b", "é"]),
        ("QUOTEDSTRING", &[r#""a \"b\"""#, "'a'", "`a`", "\"\""], &["a", "\"a", r#""a\""#]),
        ("QS", &["\"a\""], &["a"]),
        ("HEXDIGIT", &["0", "9", "a", "B", "c", "D", "e", "F"], &["g", "", "00"]),
        ("UUID", &["123e4567-e89b-12d3-a456-426614174000"], &["123e4567e89b12d3a456426614174000", "x"]),
        ("INT", &["0", "-7", "+12"], &["", "1.5", "a"]),
        ("BASE10NUM", &["0", "-1.5", ".5", "+2"], &["", ".", "1.", "1e3"]),
        ("NUMBER", &["1.5"], &["x"]),
        ("BASE16NUM", &["0xfF", "-1a", "7"], &["0x", "g"]),
        ("POSINT", &["1", "907"], &["0", "01", "-1", ""]),
        ("PID", &["4711"], &["0"]),
        ("NONNEGINT", &["0", "007", "12"], &["-1", ""]),
        ("CISCOMAC", &["0123.4567.89aB"], &["0123.4567", "01:23:45:67:89:ab"]),
        ("WINDOWSMAC", &["01-23-45-67-89-aB"], &["01:23:45:67:89:ab"]),
        ("COMMONMAC", &["01:23:45:67:89:aB"], &["01-23-45-67-89-ab", "01:23:45:67:89"]),
        ("MAC", &["0123.4567.89ab", "01-23-45-67-89-ab", "01:23:45:67:89:ab"], &["01:23", "0g:23:45:67:89:ab"]),
        (
            "IPV6",
            &[
                "::",
                "::1",
                "1::",
                "fe80::1:2",
                "1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7::",
                "1:2:3:4:5:6::8",
                "::ffff:1.2.3.4",
                "64:ff9b::192.0.2.33",
                "1:2:3:4:5:6:1.2.3.4",
                "1:2:3:4:5::1.2.3.4",
                "1::2:3:4:5:6:7",
                "2001:DB8::8:800:200C:417A",
            ],
            &["1.2.3.4", "1:2:3", ":::", "1::2::3", "12345::", "1:2:3:4:5:6:7:8:9", "g::"],
        ),
        ("IPV4INT", &["0", "9", "10", "99", "199", "249", "255"], &["256", "01", "300", ""]),
        ("IPV4", &["0.0.0.0", "192.0.2.255"], &["1.2.3", "1.2.3.256", "1.2.3.4.5", "01.2.3.4"]),
        ("IP", &["192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1"], &["a", "1.2.3"]),
        ("HOSTNAME", &["a", "a-1.example.com", "example.com."], &["", "-a", "a..b", "a_b"]),
        ("HOST", &["example.com"], &["-"]),
        ("IPORHOST", &["192.0.2.1", "example.com", "::1"], &["", "-"]),
        ("HOSTPORT", &["example.com:443", "192.0.2.1:80"], &["example.com", "example.com:0"]),
        ("USERNAME", &["jane.doe-1_x"], &["", "a b", "a@b"]),
        ("USER", &["root"], &["a b"]),
        ("UNIXPATH", &["/", "/var/log/auth.log"], &["", "var", "/a b"]),
        ("WINPATH", &[r"C:\Program Files\a.exe", r"\\host\share"], &["/a", "C:", r"C:\a|b"]),
        ("PATH", &["/a/b", r"C:\a"], &["a"]),
        ("TTY", &["/dev/pts/0", "/dev/tty", "/dev/ttyS0", "/dev/console"], &["/dev/null", "tty1"]),
        ("URIPROTO", &["https", "svn+ssh"], &["", "1a"]),
        ("URIHOST", &["example.com", "example.com:8080", "[::1]:80"], &["", ":80"]),
        ("URIPATH", &["/", "/a/b%20c"], &["a", "/a?b", "/a b"]),
        ("URIPARAM", &["?", "?a=b&c=[d]"], &["a=b", "?a b"]),
        ("URIPATHPARAM", &["/a", "/a?b=c"], &["?b", "/a?b c"]),
        (
            "URI",
            &["https://u:p@example.com:8080/a?b=c", "file:///etc/hosts", "http://[::1]/"],
            &["example.com", "http:/a"],
        ),
        ("MONTH", &["Jan", "february", "MAY", "June", "Sept", "December"], &["Ja", "Janua", "M"]),
        ("MONTHNUM", &["1", "01", "9", "10", "12"], &["0", "13", "00"]),
        ("MONTHNUM2", &["01", "09", "12"], &["1", "13", "00"]),
        ("MONTHDAY", &["1", "01", "29", "31"], &["0", "32"]),
        ("DAY", &["Mon", "tuesday", "Thurs", "SUN"], &["Mo", "day"]),
        ("YEAR", &["2026", "26"], &["6", "226"]),
        ("HOUR", &["0", "09", "23"], &["24", "x"]),
        ("MINUTE", &["00", "59"], &["60", "5"]),
        ("SECOND", &["0", "59", "60", "12.345", "12,3"], &["61", "12."]),
        ("KITCHEN", &["3:04PM", "11:59 am"], &["3:04", "15:4PM"]),
        ("TIME", &["23:59:60", "0:00:00.123"], &["24:00:00", "1:2:3"]),
        ("TZ", &["UTC", "CEST"], &["utc", "X"]),
        ("TZOFFSET", &["+0000", "-0730"], &["+00", "+00:00", "0000"]),
        ("DATE_US", &["12/31/2026", "1-2-26"], &["31/12/2026", "12.31.2026"]),
        ("DATE_EU", &["31/12/2026", "31.12.26"], &["12/31/2026"]),
        ("DATE", &["12/31/2026", "31.12.2026"], &["2026-12-31"]),
        ("DATETIME", &["12/31/2026 23:59:59", "31.12.2026-01:02:03"], &["12/31/2026"]),
        ("ISO8601_TIMEZONE", &["Z", "+01:00", "-0730", "+01"], &["UTC", "01:00"]),
        ("ISO8601_SECOND", &["59", "60", "1.5"], &["61"]),
        (
            "TIMESTAMP_ISO8601",
            &["2026-03-01T11:32:44Z", "2026-03-01 11:32:44.123+01:00", "2026-03-01T11:32"],
            &["2026-03-01", "01-03-2026T11:32:44Z x"],
        ),
        ("TIMESTAMP_RFC822", &["02 Jan 06 15:04 MST", "Mon, 02 Jan 2006 15:04:05 -0700"], &["2026-01-02 15:04"]),
        ("TIMESTAMP_RFC2822", &["Mon, 02 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 GMT"], &["Mon, Jan 02 2006"]),
        ("TIMESTAMP_OTHER", &["Mon Jan  2 15:04:05 MST 2006"], &["Mon Jan 2 15:04:05 2006"]),
        ("TIMESTAMP_EVENTLOG", &["20260301113244"], &["20261301113244", "2026030111324"]),
        ("SYSLOGTIMESTAMP", &["Mar  1 11:32:44", "Nov 22 01:02:03"], &["Mar 11:32:44", "1 Mar 11:32:44"]),
        ("HTTPDATE", &["10/Oct/2000:13:55:36 -0700"], &["10/Oct/2000 13:55:36", "10/10/2000:13:55:36 -0700"]),
    ];

    /// The regular expression that a schema with this pattern gets.
    fn expression(pattern: &str) -> regex::Regex {
        let schema = format!(
            "schema: Acme.Login\nparser: {{regex: {{match: ['{pattern}']}}}}\nfields: [{{name: all, type: string}}]\n"
        );
        let sources = SourceMap::from_texts([("acme/login.yml", schema)]);
        let (schemas, diagnostics) = compile(&sources, &Options::default());
        assert!(!diagnostics.has_errors(), "{}", diagnostics.render_text(&sources, false));
        let Parser::Text(parser) = &schemas[0].parser else { panic!("a text parser") };
        let Form::Regex { expression, .. } = &parser.form else { panic!("a regular expression") };
        regex::Regex::new(expression).unwrap()
    }

    #[test]
    fn every_pattern_matches_what_it_should_and_no_more() {
        for (name, yes, no) in SAMPLES {
            let whole = expression(&format!(r"\A%{{{name}:all}}\z"));
            for text in *yes {
                assert!(whole.is_match(text), "{name} should match {text:?}");
            }
            for text in *no {
                assert!(!whole.is_match(text), "{name} should not match {text:?}");
            }
        }
    }

    #[test]
    fn every_pattern_finds_the_whole_of_it_inside_a_line() {
        for (name, yes, _) in SAMPLES.iter().filter(|(name, ..)| !matches!(*name, "DATA" | "GREEDYDATA" | "SPACE")) {
            let expression = expression(&format!("%{{{name}:all}}"));
            for text in yes.iter().filter(|text| !text.contains(' ')) {
                let line = format!("{text} x");
                let found = expression.find(&line).map(|found| found.as_str());
                // Paths of Windows may hold blanks, and a blank may stand before the half of the day.
                if !matches!(*name, "WINPATH" | "PATH") {
                    assert_eq!(found, Some(*text), "{name}");
                }
            }
        }
    }

    #[test]
    fn every_pattern_has_samples() {
        let sampled: Vec<_> = SAMPLES.iter().map(|(name, ..)| *name).collect();
        let missing: Vec<_> = names().filter(|name| !sampled.contains(name)).collect();
        assert_eq!(missing, [""; 0]);
        // As section 2.5 of the language lists them.
        assert_eq!(names().count(), 67);
    }
}
