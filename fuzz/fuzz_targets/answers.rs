//! Answers of a service to long-running operations and lists.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| arm_tests::fuzz::answers(bytes));
