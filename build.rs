//! Rebuilds the migrations into the binary when one is added: cargo alone would not notice a new file.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
