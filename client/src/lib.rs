//! The `WebAssembly` module that the pages load: nothing but the door into the `checkpoint` crate.
//!
//! It is a crate of its own because cargo drops link-time optimisation for a library that is both
//! `cdylib` and `rlib`; docs/decisions/0003 has the figures.

/// Takes over the page that the server rendered.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    checkpoint::hydrate();
}
