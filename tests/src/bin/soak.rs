//! Walks without end: see [`logwright_tests::faults`].
fn main() {}
