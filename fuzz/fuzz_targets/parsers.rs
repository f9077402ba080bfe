//! Strings that the runtime parses.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| arm_tests::fuzz::parsers(bytes));
