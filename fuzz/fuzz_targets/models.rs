//! Fuzzes models with JSON.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| arm_tests::fuzz::models(bytes));
