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

pub use self::bare::Bare;
pub use self::beat::Beat;
pub use self::blank::Blank;
pub use self::cells::Cells;
pub use self::groups::Groups;
pub use self::lines::Lines;
pub use self::made::Made;
pub use self::named::Named;
pub use self::numbers::Numbers;
pub use self::open::Open;
