//! The log types of `acme`.
//!
//! @generated from `acme/` by `logwright-codegen`. Edit the YAML instead.

pub mod bare;
pub mod beat;
pub mod blank;
pub mod cells;
pub mod groups;
pub mod lines;
pub mod made;
pub mod named;
pub mod numbers;
pub mod open;

pub use bare::Bare;
pub use beat::Beat;
pub use blank::Blank;
pub use cells::Cells;
pub use groups::Groups;
pub use lines::Lines;
pub use made::Made;
pub use named::Named;
pub use numbers::Numbers;
pub use open::Open;
