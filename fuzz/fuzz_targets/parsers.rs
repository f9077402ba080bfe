//! Texts that the runtime reads.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| arm_tests::fuzz::parsers(bytes));
