//! A short replacement for the fuzz targets in `fuzz/`, for the normal test run.

use arm_tests::{
    description::NEWEST,
    documents::{Maker, Style},
    fuzz::{description, models, mutated, parsers, responses, swagger},
    generated::MODELS,
    random::Random,
};

#[test]
fn descriptions() {
    let mut random = Random::new("descriptions");
    let seed = include_str!("../seeds/description.yaml");
    description(seed.as_bytes());
    for _ in 0..300 {
        description(&mutated(seed, &mut random));
    }
}

#[test]
fn swagger_files() {
    let mut random = Random::new("swagger");
    let seed = include_str!("../seeds/swagger.json");
    swagger(seed.as_bytes());
    for _ in 0..300 {
        swagger(&mutated(seed, &mut random));
    }
}

#[test]
fn json_for_models() {
    let mut random = Random::new("models");
    for (index, (name, _)) in MODELS.iter().enumerate() {
        if NEWEST.schema(name).is_none() {
            continue;
        }
        let seed = Maker::new(&NEWEST, name, Style::SOME)
            .named(name)
            .to_string();
        for _ in 0..5 {
            let mut bytes = u16::try_from(index).unwrap().to_le_bytes().to_vec();
            bytes.extend(mutated(&seed, &mut random));
            models(&bytes);
        }
    }
}

#[test]
fn texts_that_the_runtime_reads() {
    let mut random = Random::new("parsers");
    let seeds = [
        "/subscriptions/0/resourceGroups/rg/providers/Microsoft.X/things/a/parts/b",
        "{\"version\":1,\"operation\":\"X_Y\",\"method\":\"PUT\",\"has_body\":true,\
         \"final_state\":null,\"original\":\"http://service/a\",\"monitor\":\"status\",\
         \"poll\":\"http://service/b\",\"location\":null}",
        "-P3Y6M4DT12H30M5.123456789S",
    ];
    for seed in seeds {
        parsers(seed.as_bytes());
        for _ in 0..300 {
            parsers(&mutated(seed, &mut random));
        }
    }
}

#[test]
fn responses_to_long_running_operations() {
    let mut random = Random::new("responses");
    let body = "{\"status\":\"Running\",\"percentComplete\":1e3,\"value\":[{}],\
                \"nextLink\":\"http://service/next\",\"error\":{\"code\":\"A\",\"details\":[{}]}}";
    for first in 0..60 {
        let mut seed = String::new();
        for status in 0..4_u8 {
            seed.push(char::from(if status == 0 { first } else { status * 2 }));
            seed.push_str("\u{3}\u{2}http://service/place\n\u{3}999999999999\n\u{0}/monitor\n");
            seed.push_str(body);
            seed.push('\n');
        }
        responses(seed.as_bytes());
        for _ in 0..10 {
            responses(&mutated(&seed, &mut random));
        }
    }
}
