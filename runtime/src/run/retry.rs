//! What follows when a lane stops: how long to wait before it is tried again, or that the run is over.

use std::time::Duration;

use crate::api::Stop;
use crate::failure::Failure;
use crate::pull::Halt;

/// What needs a person is tried again this slowly: a vendor may lock an account that signs in wrongly too often.
const SLOWLY: Duration = Duration::from_secs(15 * 60);
/// What may be over soon is tried again after this, twice as long, and so on up to [`SLOWLY`].
const SOON: Duration = Duration::from_secs(60);

/// The trouble of a lane, in a row.
#[derive(Debug, Default)]
pub(super) struct Retry {
    failures: u32,
}

/// What follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The whole run is over.
    End(Failure),
    /// Another attempt.
    Again {
        /// After this wait.
        after: Duration,
        /// What went wrong.
        why: String,
    },
}

impl Retry {
    /// All is well again.
    pub(super) const fn well(&mut self) {
        self.failures = 0;
    }

    /// What follows when a lane stopped. `chance`, from 0 to 1, spreads the waits by a quarter to both sides.
    pub(super) fn after(&mut self, halt: Halt, chance: f64) -> Verdict {
        let slowly = matches!(
            halt,
            Halt::Api(Stop::Rejected(_) | Stop::AuthoriseAgain(_) | Stop::Refused(_))
                | Halt::Here(Failure::Configuration(_))
        );
        let failure = Failure::from(halt);
        if failure == Failure::ReaderGone {
            let message = "the reader of standard output has gone; what it did not take is pulled again";
            return Verdict::End(Failure::Outside(message.to_owned()));
        }
        let growing = SOON.saturating_mul(1 << self.failures.min(4)).min(SLOWLY);
        self.failures = self.failures.saturating_add(1);
        let after = if slowly { SLOWLY } else { growing };
        Verdict::Again { after: after.mul_f64(0.75 + 0.5 * chance), why: failure.to_string() }
    }

    /// Whether it is the credentials that are no good.
    pub(super) const fn is_sign_in(halt: &Halt) -> bool {
        matches!(halt, Halt::Api(Stop::Rejected(_) | Stop::AuthoriseAgain(_)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(retry: &mut Retry, halt: Halt) -> u64 {
        match retry.after(halt, 0.5) {
            Verdict::Again { after, .. } => after.as_secs(),
            Verdict::End(failure) => panic!("{failure}"),
        }
    }

    #[test]
    fn what_needs_a_person_is_tried_slowly_and_what_may_pass_soon_and_then_slower() {
        let mut retry = Retry::default();
        let ill = || Halt::Api(Stop::Unavailable("503".into()));
        let waits: Vec<_> = (0..6).map(|_| seconds(&mut retry, ill())).collect();
        assert_eq!(waits, [60, 120, 240, 480, 900, 900]);
        retry.well();
        assert_eq!(seconds(&mut retry, ill()), 60);
        for halt in [
            Halt::Api(Stop::Rejected("401".into())),
            Halt::Api(Stop::AuthoriseAgain("400".into())),
            Halt::Api(Stop::Refused("403".into())),
            Halt::Here(Failure::Configuration("no such variable".into())),
        ] {
            assert_eq!(seconds(&mut Retry::default(), halt), 900);
        }
    }

    #[test]
    fn a_reader_that_has_gone_ends_the_run() {
        assert!(matches!(Retry::default().after(Halt::Here(Failure::ReaderGone), 0.5), Verdict::End(_)));
    }
}
