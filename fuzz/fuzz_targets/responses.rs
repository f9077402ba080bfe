//! Responses of a service to long-running operations and list requests.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| arm_tests::fuzz::responses(bytes));
