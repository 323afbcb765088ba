//! The code that opens a room's door: twelve characters of thirty-two, sixty bits, so that guessing is hopeless.

use serde::{Deserialize, Serialize};
use std::fmt;

const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const LENGTH: usize = 12;

/// A join code. Written in three groups of four; read with or without the dashes, in capitals or not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JoinCode(String);

impl JoinCode {
    /// The code that 60 of these bits spell.
    #[must_use]
    pub fn from_bits(bits: u128) -> Self {
        let symbol = |place: usize| char::from(ALPHABET[(bits >> (5 * place) & 31) as usize]);
        Self((0..LENGTH).map(symbol).collect::<String>()).grouped()
    }

    /// Reads what somebody typed; `None` when it cannot be a code.
    #[must_use]
    pub fn parse(raw: &str) -> Option<Self> {
        let symbols: String = raw
            .chars()
            .filter(|c| !matches!(c, '-' | ' '))
            .map(|c| c.to_ascii_uppercase())
            .take(LENGTH + 1)
            .collect();
        let valid = symbols.len() == LENGTH && symbols.bytes().all(|b| ALPHABET.contains(&b));
        valid.then(|| Self(symbols).grouped())
    }

    /// The code with its dashes, as it stands in links and on screens.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn grouped(self) -> Self {
        Self(format!("{}-{}-{}", &self.0[..4], &self.0[4..8], &self.0[8..]))
    }
}

impl fmt::Display for JoinCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = JoinCode::parse("K7QM-2XFD-9TRC").unwrap();
        assert_eq!(code.as_str(), "K7QM-2XFD-9TRC");
        assert_eq!(JoinCode::parse(" k7qm2xfd9trc "), Some(code));
        for wrong in [
            "",
            "K7QM-2XFD-9TR",
            "K7QM-2XFD-9TRCC",
            "K7QM-2XFD-9TR0",
            "Ω7QM-2XFD-9TRC",
            &"A".repeat(10_000),
        ] {
            assert_eq!(JoinCode::parse(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn every_sixty_bits_spell_a_code_of_their_own(a: u128, b: u128) {
            let code = JoinCode::from_bits(a);
            prop_assert_eq!(JoinCode::parse(code.as_str()), Some(code.clone()));
            let mask = (1u128 << 60) - 1;
            prop_assert_eq!(a & mask == b & mask, code == JoinCode::from_bits(b));
        }
    }
}
