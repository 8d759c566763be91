//! Indicators: what an analyst searches for across all logs — addresses, names, hashes, accounts.
//!
//! A schema's field names one or several [`Indicator`]s. Each is a rule that looks at the decoded
//! text and puts what it finds into one or more [`IndicatorList`]s, the event's `p_any_*` fields.
//! One [`Indicators`] serves a whole stream of events: all texts lie in one arena that is cleared
//! for each event, so that nothing is allocated once it has grown to the largest.

mod aws;
mod domain;
mod hash;
mod ip;
mod mac;
mod url;

pub(crate) use ip::{is_ipv4, is_ipv6};

use std::cmp::Ordering;

/// Declares an enum whose variants have a name in the schema language or in the output.
macro_rules! named {
    ($(#[$doc:meta])* $type:ident { $($(#[$note:meta])* $variant:ident = $name:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type {
            $($(#[$note])* $variant,)+
        }

        impl $type {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name, as it is written.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// The one that has this name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

named! {
    /// A rule that finds indicators in a text, by its name in the schema language.
    Indicator {
        /// An IPv4 or IPv6 address.
        Ip = "ip",
        /// A domain name.
        Domain = "domain",
        /// An address or a domain name.
        Hostname = "hostname",
        /// A hostname, with or without a port.
        NetAddr = "net_addr",
        /// The host of a URL.
        Url = "url",
        /// An e-mail address.
        Email = "email",
        /// An MD5 hash in hexadecimal.
        Md5 = "md5",
        /// A SHA-1 hash in hexadecimal.
        Sha1 = "sha1",
        /// A SHA-256 hash in hexadecimal.
        Sha256 = "sha256",
        /// The 12 digits of an AWS account.
        AwsAccountId = "aws_account_id",
        /// The id of an EC2 instance.
        AwsInstanceId = "aws_instance_id",
        /// An ARN, and the account, instance or e-mail address in it.
        AwsArn = "aws_arn",
        /// An ARN alone.
        AwsArnOnly = "aws_arn_only",
        /// An AWS tag.
        AwsTag = "aws_tag",
        /// An id that links events.
        TraceId = "trace_id",
        /// The name of a user.
        Username = "username",
        /// The id of whoever acted.
        ActorId = "actor_id",
        /// The serial number of a device.
        SerialNumber = "serial_number",
        /// A MAC address.
        Mac = "mac",
    }
}

named! {
    /// A `p_any_*` field, in the order in which events have them.
    IndicatorList {
        /// IPv4 and IPv6 addresses.
        IpAddresses = "p_any_ip_addresses",
        /// Domain names.
        DomainNames = "p_any_domain_names",
        /// MD5 hashes.
        Md5Hashes = "p_any_md5_hashes",
        /// SHA-1 hashes.
        Sha1Hashes = "p_any_sha1_hashes",
        /// SHA-256 hashes.
        Sha256Hashes = "p_any_sha256_hashes",
        /// Ids that link events.
        TraceIds = "p_any_trace_ids",
        /// AWS accounts.
        AwsAccountIds = "p_any_aws_account_ids",
        /// EC2 instances.
        AwsInstanceIds = "p_any_aws_instance_ids",
        /// ARNs.
        AwsArns = "p_any_aws_arns",
        /// AWS tags.
        AwsTags = "p_any_aws_tags",
        /// E-mail addresses.
        Emails = "p_any_emails",
        /// Names of users.
        Usernames = "p_any_usernames",
        /// Ids of actors.
        ActorIds = "p_any_actor_ids",
        /// MAC addresses.
        MacAddresses = "p_any_mac_addresses",
        /// Serial numbers of devices.
        SerialNumbers = "p_any_serial_numbers",
    }
}

/// The indicators of one event.
///
/// ```
/// use logwright::indicators::{Indicator, IndicatorList, Indicators};
///
/// let mut found = Indicators::default();
/// found.scan(Indicator::Url, "https://example.com:8443/login");
/// found.scan(Indicator::Ip, "192.0.2.7");
/// found.scan(Indicator::NetAddr, "192.0.2.7:443");
/// found.sort();
///
/// let lists: Vec<(IndicatorList, Vec<&str>)> =
///     found.lists().map(|(list, texts)| (list, texts.collect())).collect();
/// assert_eq!(
///     lists,
///     [
///         (IndicatorList::IpAddresses, vec!["192.0.2.7"]),
///         (IndicatorList::DomainNames, vec!["example.com"]),
///     ]
/// );
/// ```
#[derive(Clone, Debug, Default)]
pub struct Indicators {
    /// Texts, and so UTF-8.
    arena: Vec<u8>,
    entries: Vec<Entry>,
    /// Scratch room of the Punycode decoder.
    label: Vec<char>,
}

/// One indicator.
#[derive(Clone, Copy, Debug)]
struct Entry {
    /// The list, and the first bytes of the text, which mostly tell it from the others of the list; zeros follow a shorter one.
    head: u64,
    /// Where the text is in the arena.
    start: usize,
    end: usize,
    /// Whether it is known to need no escape in JSON.
    is_plain: bool,
}

impl Entry {
    const fn list(&self) -> IndicatorList {
        IndicatorList::ALL[(self.head >> 56) as usize]
    }

    fn text<'a>(&self, arena: &'a [u8]) -> &'a [u8] {
        &arena[self.start..self.end]
    }

    /// Where it stands in the order of lists and of their texts.
    #[inline]
    fn cmp(&self, other: &Self, arena: &[u8]) -> Ordering {
        let by_head = self.head.cmp(&other.head);
        by_head.then_with(|| self.text(arena).cmp(other.text(arena)))
    }
}

impl Indicators {
    /// Forgets all indicators and keeps the room.
    pub fn clear(&mut self) {
        self.arena.clear();
        self.entries.clear();
    }

    /// Puts what the rule finds in the decoded text into its lists.
    pub fn scan(&mut self, indicator: Indicator, text: &str) {
        let trimmed = trim(text);
        match indicator {
            Indicator::Ip => _ = self.scan_ip(trimmed),
            Indicator::Domain => self.scan_domain(trimmed),
            Indicator::Hostname => self.scan_hostname(text),
            Indicator::NetAddr => self.scan_hostname(url::without_port(trimmed)),
            Indicator::Url => {
                if let Some(host) = url::host(trimmed) {
                    self.scan_hostname(host);
                }
            }
            Indicator::Email => self.insert_if(text.contains('@'), IndicatorList::Emails, trimmed),
            Indicator::Md5 => self.scan_hash(IndicatorList::Md5Hashes, 32, trimmed),
            Indicator::Sha1 => self.scan_hash(IndicatorList::Sha1Hashes, 40, trimmed),
            Indicator::Sha256 => self.scan_hash(IndicatorList::Sha256Hashes, 64, trimmed),
            Indicator::AwsAccountId => self.scan_aws_account_id(text),
            Indicator::AwsInstanceId => self.scan_aws_instance_id(text),
            Indicator::AwsArn => self.scan_aws_arn(text),
            Indicator::AwsArnOnly => self.scan_aws_arn_only(text),
            Indicator::AwsTag => self.insert(IndicatorList::AwsTags, text),
            Indicator::TraceId => self.insert(IndicatorList::TraceIds, trimmed),
            Indicator::Username => self.insert(IndicatorList::Usernames, trimmed),
            Indicator::ActorId => self.insert(IndicatorList::ActorIds, trimmed),
            Indicator::SerialNumber => self.insert(IndicatorList::SerialNumbers, trimmed),
            Indicator::Mac => self.insert_if(mac::is_mac(text), IndicatorList::MacAddresses, text),
        }
    }

    /// Puts the text into the list as it is, unless it is empty.
    pub fn insert(&mut self, list: IndicatorList, text: &str) {
        self.insert_bytes(list, text.as_bytes(), false);
    }

    /// As [`scan`](Self::scan) for what is known to be UTF-8, where the rule has no need of characters; else it is false.
    #[inline]
    pub(crate) fn scan_bytes(&mut self, indicator: Indicator, text: &[u8]) -> bool {
        // What has no white space around it.
        let [b'!'..=b'~', .., b'!'..=b'~'] = text else { return false };
        let list = match indicator {
            Indicator::Ip if is_ipv4(text) => IndicatorList::IpAddresses,
            Indicator::TraceId => IndicatorList::TraceIds,
            Indicator::Username => IndicatorList::Usernames,
            Indicator::ActorId => IndicatorList::ActorIds,
            Indicator::SerialNumber => IndicatorList::SerialNumbers,
            Indicator::Email if !text.contains(&b'@') => return true,
            Indicator::Email => IndicatorList::Emails,
            _ => return false,
        };
        self.insert_bytes(list, text, list == IndicatorList::IpAddresses);
        true
    }

    fn insert_bytes(&mut self, list: IndicatorList, text: &[u8], is_plain: bool) {
        if !text.is_empty() {
            let start = self.arena.len();
            self.arena.extend_from_slice(text);
            // Of the text itself: what has just been stored is there to be loaded only after a while.
            self.entries.push(Entry { head: head(list, text), start, end: self.arena.len(), is_plain });
        }
    }

    /// Adds to the list what the arena has from `start` on.
    fn enter(&mut self, list: IndicatorList, start: usize, is_plain: bool) {
        let head = head(list, &self.arena[start..]);
        self.entries.push(Entry { head, start, end: self.arena.len(), is_plain });
    }

    /// Makes each list a set, sorted by bytes. [`lists`](Self::lists) needs it.
    #[inline]
    pub fn sort(&mut self) {
        if self.entries.len() > 1 {
            self.sort_several();
        }
    }

    fn sort_several(&mut self) {
        let (arena, entries) = (self.arena.as_slice(), &mut self.entries);
        if entries.len() > FEW {
            entries.sort_unstable_by(|a, b| a.cmp(b, arena));
        } else {
            for last in 1..entries.len() {
                let (entry, mut at) = (entries[last], last);
                while at > 0 && entries[at - 1].cmp(&entry, arena).is_gt() {
                    entries[at] = entries[at - 1];
                    at -= 1;
                }
                entries[at] = entry;
            }
        }
        entries.dedup_by(|a, b| a.cmp(b, arena).is_eq());
    }

    /// No indicator was found.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The lists that are not empty, in the order in which events have them, each with its texts.
    /// Call [`sort`](Self::sort) before.
    pub fn lists(&self) -> impl Iterator<Item = (IndicatorList, impl Iterator<Item = &str>)> {
        // The arena has nothing but texts.
        self.lists_of_bytes()
            .map(|(list, texts)| (list, texts.map(|(text, _)| std::str::from_utf8(text).unwrap_or_default())))
    }

    /// The same with the bytes of the texts, which are UTF-8, and whether each is known to need no escape in JSON.
    pub(crate) fn lists_of_bytes(&self) -> impl Iterator<Item = (IndicatorList, impl Iterator<Item = (&[u8], bool)>)> {
        self.entries
            .chunk_by(|a, b| a.head >> 56 == b.head >> 56)
            .map(|entries| (entries[0].list(), entries.iter().map(|entry| (entry.text(&self.arena), entry.is_plain))))
    }

    fn insert_if(&mut self, accepted: bool, list: IndicatorList, text: &str) {
        if accepted {
            self.insert(list, text);
        }
    }

    /// An IP address, else a domain name.
    fn scan_hostname(&mut self, text: &str) {
        let text = trim(text);
        if !self.scan_ip(text) {
            self.scan_domain(text);
        }
    }
}

/// The [`head`](Entry::head) of a text.
#[inline]
fn head(list: IndicatorList, text: &[u8]) -> u64 {
    let first = match text.first_chunk() {
        Some(first) => u64::from_be_bytes(*first) >> 8,
        None => (0..7).fold(0, |first, at| first << 8 | text.get(at).map_or(0, |byte| u64::from(*byte))),
    };
    (list as u64) << 56 | first
}

/// So many entries are sorted by insertion: most events have no more, and most of those stand in order already.
const FEW: usize = 12;

/// The text without white space around it. Nearly always there is none, and no character needs to be decoded to see it.
#[inline]
fn trim(text: &str) -> &str {
    match text.as_bytes() {
        [b'!'..=b'~', .., b'!'..=b'~'] => text,
        _ => text.trim(),
    }
}

#[cfg(test)]
fn found(indicator: Indicator, text: &str) -> Vec<(IndicatorList, String)> {
    let mut indicators = Indicators::default();
    indicators.scan(indicator, text);
    indicators.sort();
    let lists = indicators.lists();
    lists.flat_map(|(list, texts)| texts.map(move |text| (list, text.to_owned()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(list: IndicatorList, text: &str) -> Vec<(IndicatorList, String)> {
        vec![(list, text.to_owned())]
    }

    #[test]
    fn names_have_an_inverse_and_are_different() {
        for &indicator in Indicator::ALL {
            assert_eq!(Indicator::from_name(indicator.name()), Some(indicator));
        }
        for &list in IndicatorList::ALL {
            assert_eq!(IndicatorList::from_name(list.name()), Some(list));
            assert!(list.name().starts_with("p_any_"));
        }
        assert_eq!((Indicator::ALL.len(), IndicatorList::ALL.len()), (19, 15));
        assert_eq!(Indicator::from_name("IP"), None);
    }

    #[test]
    fn nothing_empty_is_stored() {
        for &indicator in Indicator::ALL {
            assert_eq!(found(indicator, ""), [], "{}", indicator.name());
            if indicator != Indicator::AwsTag {
                assert_eq!(found(indicator, " \t\u{a0}"), [], "{}", indicator.name());
            }
        }
        assert_eq!(found(Indicator::AwsTag, " a "), one(IndicatorList::AwsTags, " a "));
    }

    #[test]
    fn a_list_is_a_sorted_set() {
        let mut indicators = Indicators::default();
        for text in ["b", "é", "a", "Z", "b", "ab"] {
            indicators.scan(Indicator::Username, text);
        }
        indicators.scan(Indicator::Ip, "::1");
        indicators.sort();
        let lists: Vec<(_, Vec<_>)> = indicators.lists().map(|(list, texts)| (list, texts.collect())).collect();
        assert_eq!(
            lists,
            [(IndicatorList::IpAddresses, vec!["::1"]), (IndicatorList::Usernames, vec!["Z", "a", "ab", "b", "é"]),]
        );
        indicators.clear();
        assert!(indicators.is_empty());
        assert_eq!(indicators.lists().count(), 0);
    }

    #[test]
    fn few_and_many_are_sorted_alike() {
        for count in 0..40_usize {
            let mut indicators = Indicators::default();
            let mut expected = std::collections::BTreeSet::new();
            for index in 0..count {
                let list = IndicatorList::ALL[index * 7 % 4];
                let text = (index * 11 % 17).to_string();
                indicators.insert(list, &text);
                expected.insert((list, text));
            }
            indicators.sort();
            let sorted: Vec<_> =
                indicators.lists().flat_map(|(list, texts)| texts.map(move |text| (list, text.to_owned()))).collect();
            assert_eq!(sorted, expected.into_iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn hostnames_go_to_one_of_two_lists() {
        for (indicator, text, list, stored) in [
            (Indicator::Hostname, " 192.0.2.1 ", IndicatorList::IpAddresses, "192.0.2.1"),
            (Indicator::Hostname, "host-1", IndicatorList::DomainNames, "host-1"),
            (Indicator::NetAddr, "192.0.2.1:80", IndicatorList::IpAddresses, "192.0.2.1"),
            (Indicator::NetAddr, "[2001:db8::1]:443", IndicatorList::IpAddresses, "2001:db8::1"),
            (Indicator::NetAddr, "2001:db8::1", IndicatorList::IpAddresses, "2001:db8::1"),
            (Indicator::NetAddr, "Example.com:https", IndicatorList::DomainNames, "Example.com"),
            (Indicator::NetAddr, "example.com", IndicatorList::DomainNames, "example.com"),
            (Indicator::Url, "http://[::1]:80/", IndicatorList::IpAddresses, "::1"),
            (Indicator::Url, "//Example.COM", IndicatorList::DomainNames, "Example.COM"),
            (Indicator::Url, "https://xn--bcher-kva.example/", IndicatorList::DomainNames, "bücher.example"),
        ] {
            assert_eq!(found(indicator, text), one(list, stored), "{text}");
        }
        assert_eq!(found(Indicator::Url, "example.com/path"), []);
        assert_eq!(found(Indicator::NetAddr, ":80"), []);
    }

    #[test]
    fn texts_are_trimmed() {
        for (indicator, list) in [
            (Indicator::Domain, IndicatorList::DomainNames),
            (Indicator::Email, IndicatorList::Emails),
            (Indicator::TraceId, IndicatorList::TraceIds),
            (Indicator::Username, IndicatorList::Usernames),
            (Indicator::ActorId, IndicatorList::ActorIds),
            (Indicator::SerialNumber, IndicatorList::SerialNumbers),
        ] {
            assert_eq!(found(indicator, " a@B \n"), one(list, "a@B"));
        }
        assert_eq!(found(Indicator::Email, "nobody"), []);
    }
}
