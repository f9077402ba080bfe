//! Fuzzes the generator with descriptions.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| arm_tests::fuzz::description(bytes));
