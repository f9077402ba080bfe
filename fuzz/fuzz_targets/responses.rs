//! Fuzzes long-running operations and lists with responses.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| arm_tests::fuzz::responses(bytes));
