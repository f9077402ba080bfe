//! Swagger files to import.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| arm_tests::fuzz::swagger(bytes));
