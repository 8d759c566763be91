//! What other tools call a schema: JSON Schema, SQL, Arrow, and a page for people.
//!
//! All of them describe the normalised event in the profile `lake`, with the standard fields (section 4.3 of the language),
//! and all come from the model alone. Tables are made of [`columns`]; JSON Schema and Markdown follow the model's objects.
//!
//! | format | names | timestamps |
//! |---|---|---|
//! | [`json_schema`] | as in the JSON | text, `YYYY-MM-DD HH:MM:SS.nnnnnnnnn` in UTC |
//! | [`sql`] | columns, section 4.4 | the dialect's most precise type without a zone, UTC |
//! | [`load`] | from the JSON's to the columns' | as for [`sql`] |
//! | [`arrow`] | columns, section 4.4 | nanoseconds, UTC |
//! | [`markdown`] | as in the JSON | |

mod arrow;
pub mod columns;
mod json_schema;
mod load;
mod markdown;
mod prose;
mod sql;

pub use arrow::arrow;
pub use json_schema::json_schema;
pub use load::{can_load, load};
pub use markdown::markdown;
pub use sql::{Dialect, sql};

#[cfg(test)]
mod tests;
