//! What shows the guarantee: every event that becomes visible is delivered, and in files once, whatever happens on the way.
//!
//! | module | what it does |
//! |---|---|
//! | [`walk`] | a seeded random life of a collector: faults of the API, late events, crashes, power cuts, a full disk |
//! | [`points`] | one pull, stopped at each of its steps in turn |
//! | [`replays`] | one replay out of quarantine, the same |
//! | [`renewals`] | one pull that renews the tokens of a person, the same |
//! | [`kills`] | the real program, killed at random moments |
//!
//! All but the last run on a [`scene`] in one thread, where no time passes but by [`Manual`](logwright_runtime::clock::Manual)
//! clocks, with a [`disk`] that forgets what was not synced and a [`fuse`] that counts the steps.

pub mod disk;
pub mod fuse;
pub mod kills;
mod packed;
mod person;
pub mod points;
mod printed;
pub mod renewals;
pub mod replays;
pub mod scene;
pub mod subject;
mod turns;
pub mod walk;
