//! When an alarm of a source is on: from what was seen and the time, and from nothing else.
//!
//! A [`Watch`] is told what happens and asked now and then what has [turned](Turn). An alarm turns on once, and off once, however
//! often it is asked in between and however often the program starts anew: it is given the alarms that were on.
//!
//! | alarm | is on | is over |
//! |---|---|---|
//! | `no_events` | nothing was delivered for `no_events_for` | with the next event |
//! | `sign_in` | credentials are rejected or cannot be read, or a person has to agree again | with the next answer |
//! | `late_events` | an event came later than the overlap looks back | 24 hours without another |
//! | `quarantine` | more than `quarantine_above` of the records of the last hour could not be parsed | at or below that again |

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::time::Duration;

use logwright::time::Timestamp;

use crate::clock::{self, between};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);
/// With fewer records than this in an hour, the share is of the last so many, of a day at most.
const FEW: u64 = 100;
/// Fewer records in quarantine than this are no alarm, whatever their share.
const LEAST_BAD: u64 = 3;

/// What a source's alarms depend on; `None` switches one off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// How long a source may be silent.
    pub no_events_for: Option<Duration>,
    /// The share of records in quarantine that is still borne.
    pub quarantine_above: Option<Share>,
}

/// A share of a whole, in hundredths of a percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share(pub u32);

/// The alarms that there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Nothing comes.
    NoEvents,
    /// Nobody is let in.
    SignIn,
    /// Events come later than is looked back.
    LateEvents,
    /// Records cannot be parsed.
    Quarantine,
}

/// An alarm that has come on, or that is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Which.
    pub kind: Kind,
    /// Whether it has come on.
    pub on: bool,
    /// Since when it is on, or was.
    pub since: Timestamp,
    /// What it is about, as it was when it came on.
    pub detail: String,
}

/// What came of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Events delivered.
    pub events: u64,
    /// Records new in quarantine.
    pub quarantined: u64,
    /// Events later than the overlap looks back.
    pub late: u64,
}

/// What is watched of a source.
#[derive(Debug)]
pub struct Watch {
    rules: Rules,
    on: BTreeMap<Kind, (Timestamp, String)>,
    began: Timestamp,
    /// Whether an attempt to pull has ended: before that, silence says nothing after a time in which nobody asked.
    tried: bool,
    delivered_at: Timestamp,
    sign_in: SignIn,
    late_at: Option<Timestamp>,
    minutes: VecDeque<Minute>,
}

#[derive(Debug, PartialEq, Eq)]
enum SignIn {
    NotTried,
    Works,
    Refused(String),
}

/// The records of a minute.
#[derive(Debug)]
struct Minute {
    began: Timestamp,
    records: u64,
    bad: u64,
}

/// What a rule says.
enum Verdict {
    On(String),
    Off,
    /// Too little is known: it stays as it was.
    Stay,
}

impl Rules {
    /// What holds where nothing is configured: silence for 24 hours, and one record of a hundred.
    pub const USUAL: Self = Self { no_events_for: Some(DAY), quarantine_above: Some(Share(100)) };
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::NoEvents, Self::SignIn, Self::LateEvents, Self::Quarantine];

    /// Its name in messages, notifications and the state.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoEvents => "no_events",
            Self::SignIn => "sign_in",
            Self::LateEvents => "late_events",
            Self::Quarantine => "quarantine",
        }
    }

    /// The one with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl Watch {
    /// A watch that begins now. `on` are the alarms that were on, with since when and why; `delivered_at` is when an event
    /// last came, or else when the source was first watched.
    pub fn new(
        rules: Rules,
        on: impl IntoIterator<Item = (Kind, Timestamp, String)>,
        delivered_at: Timestamp,
        now: Timestamp,
    ) -> Self {
        let on: BTreeMap<_, _> = on.into_iter().map(|(kind, since, detail)| (kind, (since, detail))).collect();
        let late_at = on.contains_key(&Kind::LateEvents).then_some(now);
        Self {
            rules,
            on,
            began: now,
            tried: false,
            delivered_at,
            sign_in: SignIn::NotTried,
            late_at,
            minutes: VecDeque::new(),
        }
    }

    /// A page was delivered and committed: the sign-in works.
    pub fn page(&mut self, counts: Counts, now: Timestamp) {
        self.sign_in = SignIn::Works;
        if counts.events > 0 {
            self.delivered_at = now;
        }
        if counts.late > 0 {
            self.late_at = Some(now);
        }
        let records = counts.events + counts.quarantined;
        if records == 0 {
            return;
        }
        match self.minutes.back_mut().filter(|minute| between(minute.began, now) < MINUTE) {
            Some(minute) => {
                minute.records += records;
                minute.bad += counts.quarantined;
            }
            None => self.minutes.push_back(Minute { began: now, records, bad: counts.quarantined }),
        }
    }

    /// An attempt to pull has come to its end, well or not; `refused` says why nobody is let in.
    pub fn tried(&mut self, refused: Option<String>) {
        self.tried = true;
        if let Some(why) = refused {
            self.sign_in = SignIn::Refused(why);
        }
    }

    /// What has turned since it was asked last.
    pub fn look(&mut self, now: Timestamp) -> Vec<Turn> {
        self.forget(now);
        Kind::ALL.into_iter().filter_map(|kind| self.turn(kind, now)).collect()
    }

    /// Whether an alarm is on.
    pub fn is_on(&self, kind: Kind) -> bool {
        self.on.contains_key(&kind)
    }

    fn turn(&mut self, kind: Kind, now: Timestamp) -> Option<Turn> {
        match self.verdict(kind, now) {
            Verdict::On(detail) if !self.is_on(kind) => {
                self.on.insert(kind, (now, detail.clone()));
                Some(Turn { kind, on: true, since: now, detail })
            }
            Verdict::Off => self.on.remove(&kind).map(|(since, detail)| Turn { kind, on: false, since, detail }),
            Verdict::On(_) | Verdict::Stay => None,
        }
    }

    fn verdict(&self, kind: Kind, now: Timestamp) -> Verdict {
        match kind {
            Kind::NoEvents => self.silence(now),
            Kind::SignIn => match &self.sign_in {
                SignIn::NotTried => Verdict::Stay,
                SignIn::Works => Verdict::Off,
                SignIn::Refused(why) => Verdict::On(why.clone()),
            },
            Kind::LateEvents => match self.late_at {
                Some(at) if between(at, now) < DAY => {
                    let why = "events came later than every pull looks back, and were found by the hourly look back over a day; \
                               what comes later still is missed";
                    Verdict::On(why.to_owned())
                }
                _ => Verdict::Off,
            },
            Kind::Quarantine => self.quarantine(now),
        }
    }

    fn silence(&self, now: Timestamp) -> Verdict {
        let Some(most) = self.rules.no_events_for else { return Verdict::Off };
        if between(self.delivered_at, now) < most {
            return Verdict::Off;
        }
        // An API that makes us wait from the start on is no reason to keep silent about its silence.
        if !self.tried && between(self.began, now) < HOUR {
            return Verdict::Stay;
        }
        let last = clock::text(clock::whole_seconds(self.delivered_at));
        Verdict::On(format!("no event since {last}, which is longer than {}", Written(most)))
    }

    fn quarantine(&self, now: Timestamp) -> Verdict {
        let Some(Share(most)) = self.rules.quarantine_above else { return Verdict::Off };
        let sum = |part: fn(&Minute) -> u64| self.minutes.iter().map(part).sum::<u64>();
        let (records, bad) = (sum(|minute| minute.records), sum(|minute| minute.bad));
        let above = u128::from(bad) * 10_000 > u128::from(most) * u128::from(records);
        if above && bad >= LEAST_BAD {
            let share = Share(most);
            return Verdict::On(format!(
                "{bad} of the last {records} records could not be parsed, which is more than {share}; they are kept in quarantine"
            ));
        }
        // After a start little has been seen.
        let enough = records >= FEW || between(self.began, now) >= HOUR;
        if enough { Verdict::Off } else { Verdict::Stay }
    }

    /// Keeps the last hour, or more of the last day where that has few records.
    fn forget(&mut self, now: Timestamp) {
        let mut records: u64 = self.minutes.iter().map(|minute| minute.records).sum();
        while let Some(oldest) = self.minutes.front() {
            let age = between(oldest.began, now);
            if age < HOUR || (age < DAY && records - oldest.records < FEW) {
                return;
            }
            records -= oldest.records;
            self.minutes.pop_front();
        }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", f64::from(self.0) / 100.0)
    }
}

/// A length of time as it is written in a configuration.
struct Written(Duration);

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_secs() {
            seconds if seconds % 3600 == 0 => write!(f, "{} h", seconds / 3600),
            seconds if seconds % 60 == 0 => write!(f, "{} min", seconds / 60),
            seconds => write!(f, "{seconds} s"),
        }
    }
}

#[cfg(test)]
mod tests;
