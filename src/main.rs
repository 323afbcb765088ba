//! The `checkpoint` binary.
fn main() {}
