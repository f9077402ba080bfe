//! Fuzzes the parsers of the runtime with text.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| arm_tests::fuzz::parsers(bytes));
