//! The rules for names that users choose: those of crates and of services.

use crate::names;

/// The rule for names of crates, for messages.
pub(crate) const CRATE_NAME: &str =
    "a crate's name: small letters, digits, - and _, starting with a letter, and no keyword";

/// The rule for names of services, for messages.
pub(crate) const SERVICE_NAME: &str = "a name in UpperCamelCase: letters and digits, starting with a capital letter, as in MachineLearning";

/// Returns whether a crate may have this name: Cargo and crates.io accept it.
pub(crate) fn is_crate_name(name: &str) -> bool {
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(letter)
        && !names::is_keyword(name)
        && name != "test"
}

/// Returns whether a service may have this name, from which the names of clients are formed.
pub(crate) fn is_service_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates() {
        for name in ["arm-storage_2", "a", "arm_"] {
            assert!(is_crate_name(name), "{name}");
        }
        for name in ["", "2a", "a b", "a/b", "match", "test", "Arm", "_a", "ä"] {
            assert!(!is_crate_name(name), "{name}");
        }
    }

    #[test]
    fn services() {
        assert!(is_service_name("MachineLearning2"));
        for name in ["", "storage", "Key Vault", "Key_Vault", "2", "Ä"] {
            assert!(!is_service_name(name), "{name}");
        }
    }
}
