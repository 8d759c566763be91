//! The bytes that everyone reads: made from a seed, the same each time.

use logwright::log_type::{Field, Kind};

/// Raw events, one a line, in blocks that fit the cache.
#[derive(Debug)]
pub struct Workload {
    /// Its name in tables.
    pub name: &'static str,
    /// Each block ends with a line break.
    pub blocks: Vec<Vec<u8>>,
    /// How many lines there are.
    pub events: usize,
}

/// About how many bytes a block has: with its output it stays in a second-level cache.
const BLOCK: usize = 96 * 1024;

impl Workload {
    /// `events` lines, each made by `line`.
    pub fn new(name: &'static str, events: usize, mut line: impl FnMut(&mut Random) -> String) -> Self {
        let mut random = Random(0x9E37_79B9_7F4A_7C15);
        let mut blocks = vec![Vec::with_capacity(BLOCK + 4096)];
        for _ in 0..events {
            if blocks.last().is_none_or(|block| block.len() >= BLOCK) {
                blocks.push(Vec::with_capacity(BLOCK + 4096));
            }
            if let Some(block) = blocks.last_mut() {
                block.extend_from_slice(line(&mut random).as_bytes());
                block.push(b'\n');
            }
        }
        Self { name, blocks, events }
    }

    /// How many bytes there are.
    pub fn bytes(&self) -> usize {
        self.blocks.iter().map(Vec::len).sum()
    }
}

/// Audit events of Zendesk, about 421 bytes each, with the keys in the order in which the API sends them.
pub fn audit(events: usize) -> Workload {
    Workload::new("Zendesk.Audit", events, |random| object(&members(random)))
}

/// The same events with the keys of each in an order of its own.
pub fn audit_shuffled(events: usize) -> Workload {
    Workload::new("Zendesk.Audit, keys in random order", events, |random| {
        let mut members = members(random);
        for last in (1..members.len()).rev() {
            members.swap(last, random.below(last + 1));
        }
        object(&members)
    })
}

fn object(members: &[String]) -> String {
    format!("{{{}}}", members.join(","))
}

fn members(random: &mut Random) -> Vec<String> {
    const NAMES: &[&str] = &["Jane Doe", "Rosa García", "John Smith", "Amara Okafor", "Zoë Lindqvist", "Li Wei"];
    const SOURCES: &[(&str, &str)] = &[
        ("user", "Team member: Amara Okafor"),
        ("ticket_field", "Ticket field: Order number"),
        ("rule", "Trigger: Notify requester of comment update"),
        ("account_setting", "Account setting: Session expiration"),
        ("user_setting", "User setting: Two-factor authentication"),
    ];
    const ACTIONS: &[(&str, &str)] =
        &[("login", "Signed in"), ("create", "Created"), ("update", "Updated"), ("destroy", "Deleted")];
    const CHANGES: &[&str] = &[
        "Role changed from Agent to Administrator",
        "Name changed from Orders to \\\"Order number\\\"",
        "Session expiration changed from 8 hours to 30 minutes",
        "Successful sign-in using Zendesk password from https://acme.example/agent",
    ];
    let id = 1_000_000_000_000 + random.below(900_000_000_000);
    let (source, label) = random.pick(SOURCES);
    let (action, action_label) = random.pick(ACTIONS);
    vec![
        format!(r#""id":{id}"#),
        format!(r#""url":"https://acme.zendesk.com/api/v2/audit_logs/{id}.json""#),
        format!(r#""actor_id":{}"#, 360_000_000_000 + random.below(9_000_000_000)),
        format!(r#""actor_name":"{}""#, random.pick(NAMES)),
        format!(r#""source_id":{}"#, 420_000_000_000 + random.below(9_000_000_000)),
        format!(r#""source_type":"{source}""#),
        format!(r#""source_label":"{label}""#),
        format!(r#""action":"{action}""#),
        format!(r#""change_description":"{}""#, random.pick(CHANGES)),
        format!(r#""ip_address":"203.0.113.{}""#, random.below(256)),
        format!(
            r#""created_at":"2026-{:02}-{:02}T{:02}:{:02}:{:02}Z""#,
            1 + random.below(12),
            1 + random.below(28),
            random.below(24),
            random.below(60),
            random.below(60)
        ),
        format!(r#""action_label":"{action_label}""#),
    ]
}

/// Events of Okta, with objects and lists in each other five levels deep.
pub fn deep(events: usize) -> Workload {
    Workload::new("Okta.SystemLog (deep)", events, |random| {
        const PEOPLE: &[(&str, &str)] = &[
            ("Rosa García", "rosa.garcia@example.com"),
            ("Li Wei", "li.wei@example.com"),
            ("Zoë Lindqvist", "zoe@example.org"),
        ];
        const EVENTS: &[(&str, &str)] = &[
            ("user.session.start", "User login to Okta"),
            ("user.authentication.sso", "User single sign on to app"),
            ("application.user_membership.add", "Add user to application membership"),
        ];
        const APPLICATIONS: &[(&str, &str)] = &[("Mail", "SAML_2_0"), ("Salesforce.com", "OPENID_CONNECT")];
        let ((name, login), (event, words)) = (random.pick(PEOPLE), random.pick(EVENTS));
        let (application, mode) = random.pick(APPLICATIONS);
        let (uuid, session, address) = (random.below(1 << 40), random.below(1 << 40), random.below(256));
        let (day, hour, minute, second) =
            (1 + random.below(28), random.below(24), random.below(60), random.below(60_000));
        let place = format!(
            r#"{{"city":"Bern","state":"Bern","country":"Switzerland","postalCode":"3011","geolocation":{{"lat":46.{},"lon":7.{}}}}}"#,
            1 + 2 * random.below(4999),
            1 + 2 * random.below(4999)
        );
        [
            format!(r#"{{"actor":{{"id":"00u{session:012x}","type":"User","alternateId":"{login}","displayName":"{name}","detailEntry":null}},"#),
            r#""client":{"userAgent":{"rawUserAgent":"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0","os":"Linux","browser":"FIREFOX"},"#.to_owned(),
            format!(r#""zone":"null","device":"Computer","id":null,"ipAddress":"203.0.113.{address}","geographicalContext":{place}}},"#),
            r#""device":null,"authenticationContext":{"authenticationProvider":null,"credentialProvider":null,"credentialType":null,"issuer":null,"#.to_owned(),
            format!(r#""interface":null,"authenticationStep":0,"rootSessionId":"102{session:x}","externalSessionId":"102{session:x}"}},"#),
            format!(r#""displayMessage":"{words}","eventType":"{event}","outcome":{{"result":"SUCCESS","reason":null}},"#),
            format!(r#""published":"2026-03-{day:02}T{hour:02}:{minute:02}:{:02}.{:03}Z","#, second / 1000, second % 1000),
            r#""securityContext":{"asNumber":64496,"asOrg":"example networks","isp":"example","domain":"isp.example","isProxy":false},"severity":"INFO","#.to_owned(),
            format!(r#""debugContext":{{"debugData":{{"requestId":"{uuid:x}","dtHash":"{session:032x}","requestUri":"/api/v1/authn","threatSuspected":"false","url":"/api/v1/authn?","risk":"{{reasons=Anomalous Device, level=LOW}}"}}}},"#),
            format!(r#""legacyEventType":"core.{event}","transaction":{{"type":"WEB","id":"W{uuid:x}","detail":{{}}}},"uuid":"{uuid:08x}-4a5b-11f1-8c6d-{session:012x}","version":"0","#),
            format!(r#""request":{{"ipChain":[{{"ip":"203.0.113.{address}","geographicalContext":{place},"version":"V4","source":null}}]}},"#),
            format!(r#""target":[{{"id":"0oa{session:x}","type":"AppInstance","alternateId":"{application}","displayName":"{application}","detailEntry":{{"signOnModeType":"{mode}"}}}},"#),
            format!(r#"{{"id":"00u{session:012x}","type":"AppUser","alternateId":"{login}","displayName":"{name}","detailEntry":null}}]}}"#),
        ]
        .concat()
    })
}

/// Events with a value for each of `fields`, which are scalars.
pub fn wide(events: usize, fields: &[Field]) -> Workload {
    const TEXTS: &[&str] = &[
        "",
        "none",
        "GET",
        "example.com",
        "text/html; charset=utf-8",
        "/static/app.9f3c.js",
        "e7d705a3286e19ea42f587b344ee6865",
        "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    ];
    Workload::new("Edge.Request (wide, 120 fields)", events, |random| {
        let member = |field: &Field| {
            let value = match field.kind {
                Kind::SmallInt => random.below(600).to_string(),
                Kind::Int => random.below(65_536).to_string(),
                Kind::BigInt => random.below(10_000_000_000).to_string(),
                Kind::Float => format!("{}.{}", random.below(90), 1 + 2 * random.below(4999)),
                Kind::Boolean => random.pick(&["true", "false"]).to_owned(),
                Kind::Timestamp(_) => format!(r#""2026-03-01T{:02}:32:44.217Z""#, random.below(24)),
                _ if field.name.ends_with("_ip") => format!(r#""203.0.113.{}""#, random.below(256)),
                _ => format!(r#""{}""#, random.pick(TEXTS)),
            };
            format!(r#""{}":{value}"#, field.name)
        };
        object(&fields.iter().map(member).collect::<Vec<_>>())
    })
}

/// Answers of Zendesk's API with a hundred audit events in each; every answer is a block, and ends with a line break.
pub fn pages(pages: usize) -> Workload {
    let mut workload = Workload::new("pages", pages, |random| {
        let records: Vec<String> = (0..100).map(|_| object(&members(random))).collect();
        format!(
            r#"{{"audit_logs":[{}],"meta":{{"has_more":true,"after_cursor":"{:x}","before_cursor":"eyJv"}},"links":{{"prev":null,"next":"https://acme.zendesk.com/api/v2/audit_logs.json?page=2"}}}}"#,
            records.join(","),
            random.below(1 << 60)
        )
    });
    workload.blocks = workload
        .blocks
        .iter()
        .flat_map(|block| block.split_inclusive(|byte| *byte == b'\n'))
        .map(<[u8]>::to_vec)
        .collect();
    workload
}

/// Lines of a web server in the combined format.
pub fn access(events: usize) -> Workload {
    const PATHS: &[&str] = &["/", "/index.html", "/api/v2/tickets/12345/comments.json?page=2", "/static/app.9f3c.js"];
    const AGENTS: &[&str] = &["Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "curl/8.5.0"];
    Workload::new("web access lines (fastmatch)", events, |random| {
        format!(
            "203.0.113.{} - jane [{:02}/Mar/2026:{:02}:{:02}:{:02} +0000] \"GET {} HTTP/1.1\" 200 {} \"https://www.example.com/start\" \"{}\"",
            random.below(256),
            1 + random.below(28),
            random.below(24),
            random.below(60),
            random.below(60),
            random.pick(PATHS),
            random.below(100_000),
            random.pick(AGENTS)
        )
    })
}

/// Records of VPC flow logs in the default format; the header is [`FLOW_HEADER`].
pub fn flow(events: usize) -> Workload {
    Workload::new("VPC flow logs (csv)", events, |random| {
        format!(
            "2 123456789012 eni-1235b8ca123456789 203.0.113.{} 198.51.100.{} {} {} 6 {} {} {} {} ACCEPT OK",
            random.below(256),
            random.below(256),
            random.below(65_536),
            random.below(65_536),
            random.below(1000),
            random.below(1_000_000),
            1_772_364_764 + random.below(100_000),
            1_772_464_764 + random.below(100_000)
        )
    })
}

/// The first line of a file of flow logs.
pub const FLOW_HEADER: &str = "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status";

/// Numbers that look random and are the same each time (xorshift).
#[derive(Debug)]
pub struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 1).unwrap_or_default() % end
    }

    /// One of `all`.
    pub fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}
