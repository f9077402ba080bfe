//! Fuzzes the import of Swagger files.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| arm_tests::fuzz::swagger(bytes));
