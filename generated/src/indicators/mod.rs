//! Indicators.
/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Indicator {
    /// An IP address.
    Ip,
}
/// The indicators of an event.
#[derive(Debug, Default)]
pub struct Indicators {}
