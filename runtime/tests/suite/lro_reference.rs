//! The cases of the poller suites of the reference SDKs, as conversations: `azcore` for Go (its
//! pollers `async`, `body`, `loc` and `op`, and `runtime/poller`) and `azure-mgmt-core` for Python.
//!
//! A row is [`Same`] if the poller here decides as the SDK does, or else [`Differs`], with the
//! sentence of docs/long-running-operations.md that gives the reason. Left out are: how the SDKs
//! choose the class of a poller and store it, custom pollers, and the header of Go's own fakes.

use crate::{lro_conversation::*, support::StubResponse};
use arm_runtime::FinalState::{AzureAsyncOperation, Location, OperationLocation, OriginalUri};
use serde_json::{Value, json};
use std::{fs, path::Path};

/// How a row compares with the behavior of its SDK.
enum Compared {
    Same,
    /// Deliberately different: docs/long-running-operations.md gives the reason in these words.
    Differs(&'static str),
}
use Compared::{Differs, Same};

macro_rules! cases {
    ($($name:ident: $compared:expr, $start:expr, [$($response:expr),* $(,)?],
        [$($line:literal),*], $then:expr;)*) => {
        $(#[tokio::test]
        async fn $name() {
            check($start, vec![$($response),*], &[$($line),*], $then).await;
        })*
        const CASES: &[(&str, Compared)] = &[$((stringify!($name), $compared)),*];
    };
}

const EVERY_MONITOR: &str = "A status monitor is always polled";
const STATUS_202: &str = "202 is in progress, whatever its body says";
const STATE_200: &str = "200 or 201 with a `provisioningState` that has ended has ended";
const COMPLETE_201: &str = "201 with a body and no state is complete";
const EMPTY_200: &str = "An empty 200 of a PUT or PATCH reads the resource";
const NO_LINKS: &str = "202 without links is an error for POST and DELETE";
const RELATIVE: &str = "Relative links are resolved";
const UNUSED: &str = "A link that is not followed is not checked";
const RESULT_OF_PUT: &str = "The result of a PUT or PATCH is the resource";
const REJECTED: &str = "A poll of `Location` or of the resource that is rejected is a failure";
const GONE: &str = "A status monitor that rejects a poll is not polled again";
const SUCCESSES: &str = "`Location` responds with 200, 201, 202 or 204";

fn body(status: u16, body: Value) -> StubResponse {
    response(status).json(body)
}

/// Returns a resource without a provisioning state.
fn plain() -> StubResponse {
    body(200, json!({"name": "a"}))
}

fn operation_location() -> StubResponse {
    response(202).header("operation-location", "{base}/op")
}

/// Returns a status monitor whose result is next to the status.
fn shape() -> Value {
    json!({"status": "succeeded", "shape": "circle"})
}

fn not_found() -> StubResponse {
    body(
        404,
        json!({"error": {"code": "NotFound", "message": "It does not exist."}}),
    )
}

cases! {
    // Go, `pollers/async`.
    go_async_link_is_not_absolute: Differs(RELATIVE), put(),
        [response(202).header("azure-asyncoperation", "/op"), monitor("Succeeded"), plain()],
        ["PUT /things/a", "GET /op", "GET /things/a"], Gives(json!({"name": "a"}));
    go_async_put_with_location: Same, put(),
        [response(201).header("azure-asyncoperation", "{base}/op")
                .header("location", "{base}/things/a"),
            monitor("Succeeded"), plain()],
        ["PUT /things/a", "GET /op", "GET /things/a"], Gives(json!({"name": "a"}));
    go_async_delete_without_state: Same, delete().empty(), [accepted(), monitor("Succeeded")],
        ["DELETE /things/a", "GET /op"], Gives(json!({"status": "Succeeded"}));
    go_async_put_without_state: Same, put(), [accepted(), monitor("Succeeded"), plain()],
        ["PUT /things/a", "GET /op", "GET /things/a"], Gives(json!({"name": "a"}));
    go_async_post_ends_at_location: Same, post().via(Location),
        [accepted().header("location", "{base}/loc"), monitor("succeeded"),
            body(200, json!({"shape": "triangle"}))],
        ["POST /things/a", "GET /op", "GET /loc"], Gives(json!({"shape": "triangle"}));
    go_async_post_ends_at_its_url: Same, post().via(OriginalUri),
        [accepted(), monitor("succeeded"), body(200, json!({"shape": "circle"}))],
        ["POST /things/a", "GET /op", "GET /things/a"], Gives(json!({"shape": "circle"}));
    go_async_post_ends_at_the_monitor: Same, post().via(AzureAsyncOperation),
        [accepted(), body(200, shape())], ["POST /things/a", "GET /op"], Gives(shape());
    go_async_patch_ends_at_the_resource: Same, patch().via(AzureAsyncOperation),
        [accepted(), body(200, shape()), plain()],
        ["PATCH /things/a", "GET /op", "GET /things/a"], Gives(json!({"name": "a"}));
    go_async_fails: Same, patch(), [accepted(), monitor("failed")],
        ["PATCH /things/a", "GET /op"], Fails(&["ended as failed"]);
    go_async_fails_with_400: Same, patch(), [accepted(), body(400, json!({"status": "failed"}))],
        ["PATCH /things/a", "GET /op"], Fails(&["ended as failed"]);
    go_async_monitor_is_not_found: Differs(GONE), patch(), [accepted(), not_found()],
        ["PATCH /things/a", "GET /op"], Fails(&["404", "NotFound", "polls the resource"]);
    go_async_cannot_connect: Same, patch(), [accepted(), StubResponse::reset()],
        ["PATCH /things/a", "GET /op", "GET /op", "GET /op", "GET /op", "GET /op"], Fails(&["599"]);
    go_async_has_succeeded_at_once: Differs(EVERY_MONITOR), put(),
        [resource(201, "Succeeded").header("azure-asyncoperation", "{base}/op"),
            monitor("Succeeded"), plain()],
        ["PUT /things/a", "GET /op", "GET /things/a"], Gives(json!({"name": "a"}));

    // Go, `pollers/body`.
    go_body_201_has_started: Same, put(), [resource(201, "Started"), resource(200, "Succeeded")],
        ["PUT /things/a", "GET /things/a"], Gives(finished());
    go_body_200_has_started: Same, put(), [resource(200, "Started"), resource(200, "Succeeded")],
        ["PUT /things/a", "GET /things/a"], Gives(finished());
    go_body_200_is_empty: Differs(EMPTY_200), put(), [response(200), plain()],
        ["PUT /things/a", "GET /things/a"], Gives(json!({"name": "a"}));
    go_body_204: Same, put(), [response(204)], ["PUT /things/a"], Gives(Value::Null);
    go_body_201_without_state: Differs(COMPLETE_201), put(), [body(201, json!({"name": "a"}))],
        ["PUT /things/a"], Gives(json!({"name": "a"}));
    go_body_201_is_empty: Same, put(), [response(201), plain()],
        ["PUT /things/a", "GET /things/a"], Gives(json!({"name": "a"}));
    go_body_poll_is_empty: Same, put(), [resource(200, "Started"), response(200)],
        ["PUT /things/a", "GET /things/a"], Fails(&["is empty"]);
    go_body_poll_has_no_state: Same, put(),
        [resource(200, "Started"), body(200, json!({"shape": "rectangle"}))],
        ["PUT /things/a", "GET /things/a"], Gives(json!({"shape": "rectangle"}));
    go_body_poll_is_204: Same, put(), [resource(200, "Started"), response(204)],
        ["PUT /things/a", "GET /things/a"], Gives(Value::Null);
    go_body_fails: Same, patch(), [resource(200, "Started"), resource(200, "failed")],
        ["PATCH /things/a", "GET /things/a"], Fails(&["ended as failed"]);
    go_body_cannot_connect: Same, patch(), [resource(200, "Started"), StubResponse::reset()],
        ["PATCH /things/a", "GET /things/a", "GET /things/a", "GET /things/a", "GET /things/a",
            "GET /things/a"],
        Fails(&["599"]);
    go_body_is_not_found: Differs(REJECTED), patch(), [resource(200, "Started"), not_found()],
        ["PATCH /things/a", "GET /things/a"], Fails(&["the operation failed", "404", "NotFound"]);

    // Go, `pollers/loc`.
    go_loc_link_is_not_absolute: Differs(RELATIVE), post(),
        [response(202).header("location", "/loc"), body(200, json!({"x": 1}))],
        ["POST /things/a", "GET /loc"], Gives(json!({"x": 1}));
    go_loc_204: Same, post(), [located(), response(204)],
        ["POST /things/a", "GET /loc"], Gives(Value::Null);
    go_loc_moves_and_fails: Same, post(),
        [located(), response(202).header("location", "{base}/other"), response(400)],
        ["POST /things/a", "GET /loc", "GET /other"], Fails(&["the operation failed", "400"]);
    go_loc_shows_a_failed_resource: Same, post(),
        [located(), response(202).header("location", "{base}/other"), resource(200, "failed")],
        ["POST /things/a", "GET /loc", "GET /other"], Fails(&["ended as failed"]);
    go_loc_202_has_succeeded: Differs(STATUS_202), post(),
        [resource(202, "Succeeded").header("location", "{base}/loc"), body(200, json!({"x": 1}))],
        ["POST /things/a", "GET /loc"], Gives(json!({"x": 1}));
    go_loc_200_has_succeeded: Same, post(),
        [resource(200, "Succeeded").header("location", "{base}/loc")],
        ["POST /things/a"], Gives(finished());
    go_loc_is_throttled: Same, post(),
        [located(), response(429), response(202), response(429), body(200, json!({"x": 1}))],
        ["POST /things/a", "GET /loc", "GET /loc", "GET /loc", "GET /loc"], Gives(json!({"x": 1}));
    go_loc_times_out: Same, post(),
        [located(), response(202), response(408), response(408), body(200, json!({"x": 1}))],
        ["POST /things/a", "GET /loc", "GET /loc", "GET /loc", "GET /loc"], Gives(json!({"x": 1}));
    go_loc_200_of_post: Same, post(),
        [body(200, json!({"x": 1})).header("location", "{base}/loc"), body(200, json!({"x": 2}))],
        ["POST /things/a", "GET /loc"], Gives(json!({"x": 2}));
    go_loc_203: Differs(SUCCESSES), post(), [located(), body(203, json!({"x": 1}))],
        ["POST /things/a", "GET /loc"], Fails(&["203", "200, 201, 202 or 204 was expected"]);

    // Go, `pollers/op`.
    go_op_location_is_no_link: Differs(UNUSED), put(),
        [operation_location().header("location", "https://"), monitor("Succeeded"), plain()],
        ["PUT /things/a", "GET /op", "GET /things/a"], Gives(json!({"name": "a"}));
    go_op_put_via_location: Differs(RESULT_OF_PUT), put().via(Location),
        [operation_location().header("location", "{base}/loc").json(json!({"status": "Updating"})),
            monitor("succeeded"), plain()],
        ["PUT /things/a", "GET /op", "GET /things/a"], Gives(json!({"name": "a"}));
    go_op_post_ends_at_the_monitor: Same, post().via(OperationLocation),
        [operation_location(), body(200, shape())], ["POST /things/a", "GET /op"], Gives(shape());
    go_op_put_with_a_resource_location: Differs(RESULT_OF_PUT), put().via(Location),
        [operation_location(),
            body(200, json!({"status": "Succeeded", "resourceLocation": "{base}/made"})), plain()],
        ["PUT /things/a", "GET /op", "GET /things/a"], Gives(json!({"name": "a"}));
    go_op_post_with_a_resource_location: Same, post(),
        [operation_location(),
            body(200, json!({"status": "Succeeded", "resourceLocation": "{base}/made"})),
            body(200, json!({"shape": "square"}))],
        ["POST /things/a", "GET /op", "GET /made"], Gives(json!({"shape": "square"}));
    go_op_patch_ends_at_the_resource: Same, patch(),
        [operation_location(), monitor("succeeded"), plain()],
        ["PATCH /things/a", "GET /op", "GET /things/a"], Gives(json!({"name": "a"}));
    go_op_post_ends_at_location: Same, post(),
        [operation_location().header("location", "{base}/loc"), monitor("succeeded"),
            body(200, json!({"shape": "triangle"}))],
        ["POST /things/a", "GET /op", "GET /loc"], Gives(json!({"shape": "triangle"}));
    go_op_delete_with_location: Same, delete().empty(),
        [operation_location().header("location", "{base}/loc"), monitor("Succeeded")],
        ["DELETE /things/a", "GET /op"], Gives(json!({"status": "Succeeded"}));
    go_op_moves: Same, put(),
        [operation_location(), monitor("Running").header("operation-location", "{base}/other"),
            monitor("Succeeded"), plain()],
        ["PUT /things/a", "GET /op", "GET /other", "GET /things/a"], Gives(json!({"name": "a"}));
    go_op_fails: Same, put().via(Location),
        [operation_location(),
            body(200, json!({"status": "Failed", "error": {"code": "InvalidSomething"}}))],
        ["PUT /things/a", "GET /op"], Fails(&["ended as Failed", "InvalidSomething"]);
    go_op_cannot_connect: Same, put(), [operation_location(), StubResponse::reset()],
        ["PUT /things/a", "GET /op", "GET /op", "GET /op", "GET /op", "GET /op"], Fails(&["599"]);
    go_op_is_not_found: Differs(GONE), put(), [operation_location(), not_found()],
        ["PUT /things/a", "GET /op"], Fails(&["404", "NotFound", "polls the resource"]);
    go_op_has_no_status: Same, patch(), [operation_location(), body(200, json!({"shape": "square"}))],
        ["PATCH /things/a", "GET /op"], Fails(&["has no `status`"]);

    // Go, `runtime/poller`.
    go_poller_is_refused: Same, put(), [response(400)], ["PUT /things/a"], Fails(&["400"]);
    go_poller_location: Same, post(),
        [located(), response(202), response(202), body(200, json!({"size": 3}))],
        ["POST /things/a", "GET /loc", "GET /loc", "GET /loc"], Gives(json!({"size": 3}));
    go_poller_location_is_canceled: Same, post(),
        [located(), response(202), response(202), body(409, json!({"error": "cancelled"}))],
        ["POST /things/a", "GET /loc", "GET /loc", "GET /loc"], Fails(&["the operation failed", "409"]);
    go_poller_operation_with_202: Same, delete().empty(),
        [operation_location(), body(202, json!({"status": "InProgress"})), monitor("Succeeded")],
        ["DELETE /things/a", "GET /op", "GET /op"], Gives(json!({"status": "Succeeded"}));
    go_poller_put_reads_the_resource: Same, put(),
        [operation_location(), body(202, json!({"status": "InProgress"})), monitor("Succeeded"),
            body(200, json!({"size": 2}))],
        ["PUT /things/a", "GET /op", "GET /op", "GET /things/a"], Gives(json!({"size": 2}));
    go_poller_result_cannot_be_had_at_first: Same, put(),
        [operation_location(), monitor("Succeeded"), StubResponse::reset(),
            body(200, json!({"size": 2}))],
        ["PUT /things/a", "GET /op", "GET /things/a", "GET /things/a"], Gives(json!({"size": 2}));
    go_poller_post_has_its_result_in_the_monitor: Same, post(),
        [operation_location(), body(200, json!({"status": "Succeeded", "result": {"size": 2}}))],
        ["POST /things/a", "GET /op"], Gives(json!({"size": 2}));
    go_poller_delete_without_links: Same, delete().empty(), [response(200)],
        ["DELETE /things/a"], Gives(Value::Null);
    go_poller_patch_of_a_resource: Same, patch(),
        [resource(201, "Started"), resource(200, "Updating"), resource(200, "Succeeded")],
        ["PATCH /things/a", "GET /things/a", "GET /things/a"], Gives(finished());
    go_poller_is_canceled: Same, put(),
        [resource(201, "Started").header("azure-asyncoperation", "{base}/op"), monitor("InProgress"),
            failed_monitor("Canceled")],
        ["PUT /things/a", "GET /op", "GET /op"], Fails(&["ended as Canceled", "QuotaExceeded"]);
    go_poller_monitor_is_a_resource: Same, put(),
        [resource(201, "Started").header("azure-asyncoperation", "{base}/op"), resource(200, "Failed")],
        ["PUT /things/a", "GET /op"], Fails(&["has no `status`"]);
    go_poller_monitor_is_refused: Differs(GONE), put(),
        [resource(201, "Started").header("azure-asyncoperation", "{base}/op"), monitor("InProgress"),
            response(400)],
        ["PUT /things/a", "GET /op", "GET /op"], Fails(&["400", "polls the resource"]);
    go_poller_resource_with_204: Same, patch(),
        [resource(201, "Started"), resource(200, "Updating"), response(204)],
        ["PATCH /things/a", "GET /things/a", "GET /things/a"], Gives(Value::Null);
    go_poller_202_without_links: Same, delete().empty(), [response(202)],
        ["DELETE /things/a"], Fails(&["none of the headers"]);
    go_poller_is_throttled_for_too_long: Same, patch(),
        [accepted(), monitor("InProgress"), response(429), response(429), response(429),
            response(429), response(429)],
        ["PATCH /things/a", "GET /op", "GET /op", "GET /op", "GET /op", "GET /op", "GET /op"],
        Fails(&["429"]);

    // Python, `test_arm_polling`.
    python_post_via_location: Same, post().via(Location),
        [accepted().header("location", "{base}/loc"), monitor("Succeeded"),
            body(200, json!({"location_result": true}))],
        ["POST /things/a", "GET /op", "GET /loc"], Gives(json!({"location_result": true}));
    python_post_via_the_monitor: Same, post().via(AzureAsyncOperation),
        [accepted().header("location", "{base}/loc"), monitor("Succeeded")],
        ["POST /things/a", "GET /op"], Gives(json!({"status": "Succeeded"}));
    python_post_with_location: Same, post(),
        [accepted().header("location", "{base}/loc"), monitor("Succeeded"),
            body(200, json!({"location_result": true}))],
        ["POST /things/a", "GET /op", "GET /loc"], Gives(json!({"location_result": true}));
    python_post_with_an_empty_location: Same, post().via(Location),
        [accepted().header("location", "{base}/loc"), monitor("Succeeded"), response(200)],
        ["POST /things/a", "GET /op", "GET /loc"], Gives(Value::Null);
    python_status_of_no_operation: Same, put(), [response(299)], ["PUT /things/a"], Fails(&["299"]);
    python_put_201_has_succeeded: Same, put(), [resource(201, "Succeeded")],
        ["PUT /things/a"], Gives(finished());
    python_put_201_with_a_monitor: Same, put(),
        [resource(201, "InProgress").header("azure-asyncoperation", "{base}/op"),
            monitor("Succeeded"), plain()],
        ["PUT /things/a", "GET /op", "GET /things/a"], Gives(json!({"name": "a"}));
    python_put_201_with_location: Same, put(),
        [resource(201, "InProgress").header("location", "{base}/loc"), plain()],
        ["PUT /things/a", "GET /loc"], Gives(json!({"name": "a"}));
    python_put_201_with_location_and_no_state: Same, put(),
        [body(201, json!({})).header("location", "{base}/loc"), plain()],
        ["PUT /things/a", "GET /loc"], Gives(json!({"name": "a"}));
    python_put_201_cannot_poll_location: Same, put(),
        [resource(201, "InProgress").header("location", "{base}/loc"), StubResponse::reset()],
        ["PUT /things/a", "GET /loc", "GET /loc", "GET /loc", "GET /loc", "GET /loc"],
        Fails(&["599"]);
    python_patch_202_with_location: Same, patch(),
        [resource(202, "Succeeded").header("location", "{base}/loc"), plain()],
        ["PATCH /things/a", "GET /loc"], Gives(json!({"name": "a"}));
    python_patch_202_with_a_monitor: Same, patch(),
        [resource(202, "Succeeded").header("azure-asyncoperation", "{base}/op"),
            monitor("Succeeded"), plain()],
        ["PATCH /things/a", "GET /op", "GET /things/a"], Gives(json!({"name": "a"}));
    python_patch_200_with_location: Differs(STATE_200), patch(),
        [resource(200, "Succeeded").header("location", "{base}/loc")],
        ["PATCH /things/a"], Gives(finished());
    python_patch_200_with_a_monitor: Same, patch(),
        [resource(200, "Succeeded").header("azure-asyncoperation", "{base}/op"),
            monitor("Succeeded"), plain()],
        ["PATCH /things/a", "GET /op", "GET /things/a"], Gives(json!({"name": "a"}));
    python_delete_with_a_monitor: Same, delete().empty(), [accepted(), monitor("Succeeded")],
        ["DELETE /things/a", "GET /op"], Gives(json!({"status": "Succeeded"}));
    python_post_201_with_a_monitor: Same, post().empty(),
        [resource(201, "Succeeded").header("azure-asyncoperation", "{base}/op"), monitor("Succeeded")],
        ["POST /things/a", "GET /op"], Gives(json!({"status": "Succeeded"}));
    python_post_202_with_location: Same, post(),
        [resource(202, "Succeeded").header("location", "{base}/loc"), plain()],
        ["POST /things/a", "GET /loc"], Gives(json!({"name": "a"}));
    python_location_is_no_json: Same, post(),
        [located(), response(200).text("application/json", "{")],
        ["POST /things/a", "GET /loc"], Fails(&["EOF while parsing"]);
    python_location_with_203: Same, post(),
        [located(), response(203).text("application/json", "{")],
        ["POST /things/a", "GET /loc"], Fails(&["203"]);
    python_location_without_a_host: Same, post(),
        [response(202).header("location", "/results/1"), plain()],
        ["POST /things/a", "GET /results/1"], Gives(json!({"name": "a"}));
    python_202_without_links: Differs(NO_LINKS), post(), [response(202)],
        ["POST /things/a"], Fails(&["none of the headers"]);
}

#[test]
fn the_document_gives_the_reason_of_every_difference() {
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/long-running-operations.md");
    let document = fs::read_to_string(document).unwrap();
    let document = document.split_whitespace().collect::<Vec<_>>().join(" ");
    for (name, compared) in CASES {
        if let Differs(reason) = compared {
            assert!(document.contains(reason), "{name}: {reason}");
        }
    }
}
