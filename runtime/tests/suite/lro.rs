//! A table of conversations of long-running operations: the responses of the service, the exact
//! requests that are sent, and the result.

use crate::lro_conversation::*;
use arm_runtime::FinalState;
use serde_json::{Value, json};

macro_rules! conversations {
    ($($name:ident: $start:expr, [$($response:expr),* $(,)?], [$($line:literal),*], $then:expr;)*) => {
        $(#[tokio::test]
        async fn $name() {
            check($start, vec![$($response),*], &[$($line),*], $then).await;
        })*
        const CONVERSATIONS: usize = [$(stringify!($name)),*].len();
    };
}

conversations! {
    // Complete with the first response.
    put_200_succeeded_is_done: put(), [resource(200, "Succeeded")],
        ["PUT /things/a"], Gives(finished());
    put_201_succeeded_is_done: put(), [resource(201, "Succeeded")],
        ["PUT /things/a"], Gives(finished());
    put_200_without_state_is_done: put(), [response(200).json(json!({"name": "a"}))],
        ["PUT /things/a"], Gives(json!({"name": "a"}));
    put_200_without_a_body_reads_the_resource: put(), [response(200), resource(200, "Succeeded")],
        ["PUT /things/a", "GET /things/a"], Gives(finished());
    put_200_without_a_body_is_done_if_none_is_wanted: put().empty(), [response(200)],
        ["PUT /things/a"],
        Gives(Value::Null);
    put_201_without_state_or_links_is_done: put(), [response(201).json(json!({"name": "a"}))],
        ["PUT /things/a"], Gives(json!({"name": "a"}));
    put_201_without_a_body_reads_the_resource: put(), [response(201), resource(200, "Succeeded")],
        ["PUT /things/a", "GET /things/a"], Gives(finished());
    patch_201_without_a_body_polls_the_resource: patch(),
        [response(201), resource(200, "Updating"), resource(200, "Succeeded")],
        ["PATCH /things/a", "GET /things/a", "GET /things/a"], Gives(finished());
    post_201_without_links_is_done: post(), [response(201).json(json!({"x": 1}))],
        ["POST /things/a"], Gives(json!({"x": 1}));
    patch_200_without_state_is_done: patch(), [response(200).json(json!({"properties": {}}))],
        ["PATCH /things/a"], Gives(json!({"properties": {}}));
    post_200_is_done: post(), [response(200).json(json!({"x": 1}))],
        ["POST /things/a"], Gives(json!({"x": 1}));
    post_200_with_a_state_is_done: post(), [resource(200, "Creating")], ["POST /things/a"],
        Gives(json!({"name": "a", "properties": {"provisioningState": "Creating"}}));
    delete_200_is_done: delete().empty(), [response(200)], ["DELETE /things/a"], Gives(Value::Null);
    delete_204_is_done: delete().empty(), [response(204)], ["DELETE /things/a"], Gives(Value::Null);
    delete_204_with_a_monitor_is_done: delete().empty(),
        [response(204).header("azure-asyncoperation", "{base}/op")],
        ["DELETE /things/a"], Gives(Value::Null);
    put_204_is_done: put(), [response(204)], ["PUT /things/a"], Gives(Value::Null);

    // 200 and 201 with a Location.
    post_200_with_location_polls_it: post(),
        [response(200).header("location", "{base}/loc").json(json!({"x": 1})), response(202),
            response(200).json(json!({"x": 2}))],
        ["POST /things/a", "GET /loc", "GET /loc"], Gives(json!({"x": 2}));
    delete_200_with_location_polls_it: delete().empty(),
        [response(200).header("location", "{base}/loc"), response(204)],
        ["DELETE /things/a", "GET /loc"], Gives(Value::Null);
    put_201_with_location_and_no_state_polls_it: put(),
        [response(201).header("location", "{base}/things/a").json(json!({"name": "a"})),
            resource(200, "Creating"), resource(200, "Succeeded")],
        ["PUT /things/a", "GET /things/a", "GET /things/a"], Gives(finished());
    put_201_with_location_polls_it: put(),
        [resource(201, "Creating").header("location", "{base}/loc"), response(202),
            resource(200, "Succeeded")],
        ["PUT /things/a", "GET /loc", "GET /loc"], Gives(finished());
    put_200_succeeded_with_location_is_done: put(),
        [resource(200, "Succeeded").header("location", "{base}/loc")],
        ["PUT /things/a"], Gives(finished());
    put_200_failed_with_location_has_failed: put(),
        [resource(200, "Failed").header("location", "{base}/loc")],
        ["PUT /things/a"], Fails(&["ended as Failed"]);

    // Links that are not followed may lead anywhere.
    put_200_succeeded_with_a_foreign_location_is_done: put(),
        [resource(200, "Succeeded").header("location", FOREIGN)],
        ["PUT /things/a"], Gives(finished());
    a_foreign_location_of_a_put_leaves_the_resource: put(),
        [resource(201, "Creating").header("location", FOREIGN),
            resource(200, "Succeeded").header("location", FOREIGN)],
        ["PUT /things/a", "GET /things/a"], Gives(finished());
    a_location_beside_the_monitor_of_a_put_may_be_anywhere: put(),
        [accepted().header("location", FOREIGN), monitor("Succeeded"),
            resource(200, "Succeeded")],
        ["PUT /things/a", "GET /op", "GET /things/a"], Gives(finished());
    a_location_beside_a_monitor_with_the_result_may_be_anywhere: post().via(FinalState::AzureAsyncOperation),
        [accepted().header("location", FOREIGN),
            response(200).json(json!({"status": "Succeeded", "properties": {"x": 4}}))],
        ["POST /things/a", "GET /op"], Gives(json!({"x": 4}));
    a_location_that_was_replaced_may_have_been_anywhere: post(),
        [accepted().header("location", FOREIGN), monitor("Succeeded").header("location", "/loc"),
            response(200).json(json!({"x": 5}))],
        ["POST /things/a", "GET /op", "GET /loc"], Gives(json!({"x": 5}));
    a_location_that_is_over_may_lead_anywhere: post(),
        [located(), response(200).header("location", FOREIGN).json(json!({"x": 6}))],
        ["POST /things/a", "GET /loc"], Gives(json!({"x": 6}));
    a_monitor_that_is_over_may_lead_anywhere: post(),
        [accepted(), monitor("Succeeded").header("azure-asyncoperation", FOREIGN)],
        ["POST /things/a", "GET /op"], Gives(json!({"status": "Succeeded"}));
    a_monitor_that_has_failed_may_lead_anywhere: post(),
        [accepted(), failed_monitor("Failed").header("azure-asyncoperation", FOREIGN)],
        ["POST /things/a", "GET /op"], Fails(&["ended as Failed", "QuotaExceeded"]);
    a_result_at_a_foreign_location_cannot_be_read: post(),
        [accepted().header("location", FOREIGN), monitor("Running"), monitor("Succeeded")],
        ["POST /things/a", "GET /op", "GET /op"],
        Fails(&["has succeeded, but its result cannot be read", "refused to follow a link"]);
    put_with_an_empty_state_is_done: put(), [resource(200, "")], ["PUT /things/a"],
        Gives(json!({"name": "a", "properties": {"provisioningState": ""}}));
    monitor_with_an_empty_status: post(), [accepted(), monitor("")],
        ["POST /things/a", "GET /op"], Fails(&["has no `status`"]);

    // The resource's provisioning state.
    put_polls_the_resource: put(),
        [resource(201, "Creating"), resource(200, "Updating"), resource(200, "Succeeded")],
        ["PUT /things/a", "GET /things/a", "GET /things/a"], Gives(finished());
    patch_polls_the_resource: patch(), [resource(200, "Updating"), resource(200, "Succeeded")],
        ["PATCH /things/a", "GET /things/a"], Gives(finished());
    put_state_is_read_without_case: put(), [resource(200, "creating"), resource(200, "SUCCEEDED")],
        ["PUT /things/a", "GET /things/a"],
        Gives(json!({"name": "a", "properties": {"provisioningState": "SUCCEEDED"}}));
    put_202_without_headers_polls_the_resource: put(),
        [response(202), response(202), resource(200, "Succeeded")],
        ["PUT /things/a", "GET /things/a", "GET /things/a"], Gives(finished());
    put_resource_that_loses_its_state_is_done: put(),
        [resource(201, "Creating"), response(200).json(json!({"name": "a"}))],
        ["PUT /things/a", "GET /things/a"], Gives(json!({"name": "a"}));
    put_resource_with_204_is_done: put(), [resource(201, "Creating"), response(204)],
        ["PUT /things/a", "GET /things/a"], Gives(Value::Null);
    put_failed_at_once: put(), [resource(200, "Failed")],
        ["PUT /things/a"], Fails(&["Things_Do", "ended as Failed"]);
    put_resource_fails_with_the_error_in_it: put(),
        [resource(201, "Creating"), response(200).json(json!({"properties": {
            "provisioningState": "Failed", "error": {"code": "Broken", "message": "It broke."}}}))],
        ["PUT /things/a", "GET /things/a"], Fails(&["ended as Failed", "Broken: It broke."]);
    put_resource_is_canceled: put(), [resource(201, "Creating"), resource(200, "Canceled")],
        ["PUT /things/a", "GET /things/a"], Fails(&["ended as Canceled"]);
    put_resource_poll_is_empty: put(), [resource(201, "Creating"), response(200)],
        ["PUT /things/a", "GET /things/a"], Fails(&["should be the resource, but is empty"]);
    put_resource_is_refused: put(), [resource(201, "Creating"),
        response(409).json(json!({"error": {"code": "Conflict", "message": "Busy."}}))],
        ["PUT /things/a", "GET /things/a"], Fails(&["the operation failed", "409", "Conflict: Busy."]);
    put_resource_poll_is_404: put(), [resource(201, "Creating"),
        response(404).json(json!({"error": {"code": "ResourceNotFound", "message": "Gone."}}))],
        ["PUT /things/a", "GET /things/a"], Fails(&["404", "ResourceNotFound: Gone."]);
    put_first_response_is_not_json: put(), [response(200).text("text/html", "<html>hello</html>")],
        ["PUT /things/a"], Fails(&["text/html", "<html>hello"]);

    // A status monitor.
    put_reads_the_resource_in_the_end: put(),
        [accepted(), monitor("InProgress"), monitor("Succeeded"), resource(200, "Succeeded")],
        ["PUT /things/a", "GET /op", "GET /op", "GET /things/a"], Gives(finished());
    put_201_with_a_monitor_polls_it: put(),
        [resource(201, "Creating").header("azure-asyncoperation", "{base}/op"),
            monitor("Succeeded"), resource(200, "Succeeded")],
        ["PUT /things/a", "GET /op", "GET /things/a"], Gives(finished());
    put_200_succeeded_with_a_monitor_polls_it: put(),
        [resource(200, "Succeeded").header("azure-asyncoperation", "{base}/op"),
            monitor("Succeeded"), resource(200, "Succeeded")],
        ["PUT /things/a", "GET /op", "GET /things/a"], Gives(finished());
    patch_via_original_uri: patch().via(FinalState::OriginalUri),
        [accepted(), monitor("Succeeded"), resource(200, "Succeeded")],
        ["PATCH /things/a", "GET /op", "GET /things/a"], Gives(finished());
    put_via_azure_async_operation_reads_the_resource: put().via(FinalState::AzureAsyncOperation),
        [accepted(), response(200).json(json!({"status": "Succeeded", "properties": {}})),
            resource(200, "Succeeded")],
        ["PUT /things/a", "GET /op", "GET /things/a"], Gives(finished());
    put_via_azure_async_operation_with_something_else: put().via(FinalState::AzureAsyncOperation),
        [accepted(), response(200).json(json!({"id": "/op", "status": "Succeeded",
                "properties": {"id": "/things/b", "output": 1}})),
            resource(200, "Succeeded")],
        ["PUT /things/a", "GET /op", "GET /things/a"], Gives(finished());
    put_via_azure_async_operation_with_the_resource: put().via(FinalState::AzureAsyncOperation),
        [accepted(), response(200).json(json!({"id": "/op", "status": "Succeeded",
                "properties": {"id": "/Things/A", "x": 1}}))],
        ["PUT /things/a", "GET /op"], Gives(json!({"id": "/Things/A", "x": 1}));
    patch_via_operation_location_with_the_resource: patch().via(FinalState::OperationLocation),
        [response(202).header("operation-location", "{base}/op"),
            response(200).json(json!({"status": "Succeeded", "result": {"id": "/things/a"}}))],
        ["PATCH /things/a", "GET /op"], Gives(json!({"id": "/things/a"}));
    patch_via_azure_async_operation_reads_the_resource: patch().via(FinalState::AzureAsyncOperation),
        [accepted(), response(200).json(json!({"status": "Succeeded", "result": {"x": 1}})),
            resource(200, "Succeeded")],
        ["PATCH /things/a", "GET /op", "GET /things/a"], Gives(finished());
    put_via_azure_async_operation_without_result: put().via(FinalState::AzureAsyncOperation),
        [accepted(), monitor("Succeeded"), resource(200, "Succeeded")],
        ["PUT /things/a", "GET /op", "GET /things/a"], Gives(finished());
    put_via_location_reads_the_resource: put().via(FinalState::Location),
        [accepted().header("location", "{base}/loc"), monitor("Succeeded"),
            resource(200, "Succeeded")],
        ["PUT /things/a", "GET /op", "GET /things/a"], Gives(finished());
    put_via_location_that_never_came: put().via(FinalState::Location),
        [accepted(), monitor("Succeeded"), resource(200, "Succeeded")],
        ["PUT /things/a", "GET /op", "GET /things/a"], Gives(finished());
    put_with_location_reads_the_resource: put(),
        [accepted().header("location", "{base}/loc"), monitor("Succeeded"),
            resource(200, "Succeeded")],
        ["PUT /things/a", "GET /op", "GET /things/a"], Gives(finished());
    post_reads_location_in_the_end: post(),
        [accepted().header("location", "{base}/loc"), monitor("Running"), monitor("Succeeded"),
            response(200).json(json!({"x": 3}))],
        ["POST /things/a", "GET /op", "GET /op", "GET /loc"], Gives(json!({"x": 3}));
    post_waits_at_location_for_the_result: post(),
        [accepted().header("location", "{base}/loc"), monitor("Succeeded"),
            response(202).header("location", "{base}/loc2"), response(200).json(json!({"x": 3}))],
        ["POST /things/a", "GET /op", "GET /loc", "GET /loc2"], Gives(json!({"x": 3}));
    post_takes_an_empty_location_for_its_result: post().via(FinalState::Location),
        [accepted().header("location", "{base}/loc"), monitor("Succeeded"), response(200)],
        ["POST /things/a", "GET /op", "GET /loc"], Gives(Value::Null);
    post_follows_a_resource_location: post(),
        [accepted().header("location", "{base}/loc"),
            response(200).json(json!({"status": "Succeeded", "resourceLocation": "/made"})),
            response(200).json(json!({"x": 3}))],
        ["POST /things/a", "GET /op", "GET /made"], Gives(json!({"x": 3}));
    post_waits_at_a_location_relative_to_the_last: post(),
        [accepted().header("location", "{base}/results/1"), monitor("Succeeded"),
            response(202).header("location", "2"), response(202),
            response(200).json(json!({"x": 3}))],
        ["POST /things/a", "GET /op", "GET /results/1", "GET /results/2", "GET /results/2"],
        Gives(json!({"x": 3}));
    post_via_azure_async_operation_ignores_location: post().via(FinalState::AzureAsyncOperation),
        [accepted().header("location", "{base}/loc"),
            response(200).json(json!({"status": "Succeeded", "properties": {"x": 4}}))],
        ["POST /things/a", "GET /op"], Gives(json!({"x": 4}));
    post_takes_the_monitors_properties: post(),
        [accepted(), response(200).json(json!({"status": "Succeeded", "properties": {"x": 5}}))],
        ["POST /things/a", "GET /op"], Gives(json!({"x": 5}));
    post_takes_the_monitors_result: post(),
        [response(202).header("operation-location", "{base}/op"),
            response(200).json(json!({"status": "Succeeded", "result": {"x": 6}}))],
        ["POST /things/a", "GET /op"], Gives(json!({"x": 6}));
    post_via_operation_location: post().via(FinalState::OperationLocation),
        [response(202).header("operation-location", "{base}/op").header("location", "{base}/loc"),
            response(200).json(json!({"status": "Succeeded", "properties": null, "result": [7]}))],
        ["POST /things/a", "GET /op"], Gives(json!([7]));
    post_without_a_result_gives_the_monitor: post(), [accepted(), monitor("Succeeded")],
        ["POST /things/a", "GET /op"], Gives(json!({"status": "Succeeded"}));
    post_via_original_uri: post().via(FinalState::OriginalUri),
        [accepted(), monitor("Succeeded"), response(200).json(json!({"x": 8}))],
        ["POST /things/a", "GET /op", "GET /things/a"], Gives(json!({"x": 8}));
    post_empty_asks_for_no_result: post().empty(),
        [accepted().header("location", "{base}/loc"),
            response(200).json(json!({"status": "Succeeded"}))],
        ["POST /things/a", "GET /op"], Gives(json!({"status": "Succeeded"}));
    delete_with_a_monitor_asks_for_no_result: delete().empty(),
        [accepted().header("location", "{base}/loc"), monitor("Succeeded")],
        ["DELETE /things/a", "GET /op"], Gives(json!({"status": "Succeeded"}));
    delete_does_not_read_what_is_gone: delete().via(FinalState::OriginalUri),
        [accepted(), monitor("Succeeded")],
        ["DELETE /things/a", "GET /op"], Gives(json!({"status": "Succeeded"}));
    delete_via_location: delete().via(FinalState::Location),
        [accepted().header("location", "{base}/loc"), monitor("Succeeded"),
            response(200).json(json!({"x": 9}))],
        ["DELETE /things/a", "GET /op", "GET /loc"], Gives(json!({"x": 9}));
    azure_async_operation_goes_before_operation_location: post(),
        [accepted().header("operation-location", "{base}/other"), monitor("Succeeded")],
        ["POST /things/a", "GET /op"], Gives(json!({"status": "Succeeded"}));
    monitor_status_is_read_without_case: post(), [accepted(), monitor("inprogress"), monitor("sUcCeEdEd")],
        ["POST /things/a", "GET /op", "GET /op"], Gives(json!({"status": "sUcCeEdEd"}));
    unknown_statuses_mean_progress: post(),
        [accepted(), monitor("Accepted"), monitor("Resolving"), monitor("Succeeded")],
        ["POST /things/a", "GET /op", "GET /op", "GET /op"], Gives(json!({"status": "Succeeded"}));
    monitor_with_202_is_read: post(),
        [accepted(), response(202).json(json!({"status": "Running"})),
            response(202).json(json!({"status": "Succeeded"}))],
        ["POST /things/a", "GET /op", "GET /op"], Gives(json!({"status": "Succeeded"}));
    the_last_monitor_link_counts: post(),
        [accepted(), monitor("Running").header("azure-asyncoperation", "{base}/op2"),
            monitor("Running"), monitor("Succeeded")],
        ["POST /things/a", "GET /op", "GET /op2", "GET /op2"], Gives(json!({"status": "Succeeded"}));
    the_last_location_counts: post(),
        [accepted().header("location", "{base}/loc"),
            monitor("Running").header("location", "{base}/loc2"), monitor("Succeeded"),
            response(200).json(json!({"x": 1}))],
        ["POST /things/a", "GET /op", "GET /op", "GET /loc2"], Gives(json!({"x": 1}));
    a_location_with_the_last_monitor_response_counts: post(),
        [accepted(), monitor("Succeeded").header("location", "{base}/loc"),
            response(200).json(json!({"x": 1}))],
        ["POST /things/a", "GET /op", "GET /loc"], Gives(json!({"x": 1}));
    relative_monitor_links_are_resolved: post(),
        [response(202).header("azure-asyncoperation", "/ops/1"),
            monitor("Running").header("azure-asyncoperation", "2"), monitor("Succeeded")],
        ["POST /things/a", "GET /ops/1", "GET /ops/2"], Gives(json!({"status": "Succeeded"}));
    empty_link_headers_count_as_none: post(),
        [response(202).header("azure-asyncoperation", "").header("location", "{base}/loc"),
            response(200).json(json!({"x": 1}))],
        ["POST /things/a", "GET /loc"], Gives(json!({"x": 1}));
    monitor_fails: put(), [accepted(), monitor("InProgress"), failed_monitor("Failed")],
        ["PUT /things/a", "GET /op", "GET /op"],
        Fails(&["ended as Failed", "QuotaExceeded: Too many things. (target: things)",
            "Cores: No cores left."]);
    monitor_is_canceled: put(), [accepted(), failed_monitor("Canceled")],
        ["PUT /things/a", "GET /op"], Fails(&["ended as Canceled", "QuotaExceeded"]);
    monitor_is_cancelled_in_british: put(), [accepted(), failed_monitor("cancelled")],
        ["PUT /things/a", "GET /op"], Fails(&["ended as cancelled", "QuotaExceeded"]);
    monitor_fails_without_an_error: put(), [accepted(), monitor("Failed")],
        ["PUT /things/a", "GET /op"], Fails(&["ended as Failed: Failed"]);
    monitor_is_not_json: post(), [accepted(), response(200).text("text/html", "<h1>Login</h1>")],
        ["POST /things/a", "GET /op"], Fails(&["text/html", "<h1>Login</h1>"]);
    monitor_is_broken_json: post(), [accepted(),
            response(200).text("application/json", "{\"status\":")],
        ["POST /things/a", "GET /op"], Fails(&["is not valid JSON"]);
    monitor_is_empty: post(), [accepted(), response(200)],
        ["POST /things/a", "GET /op"], Fails(&["should be a status monitor, but is empty"]);
    monitor_is_204: post(), [accepted(), response(204)],
        ["POST /things/a", "GET /op"], Fails(&["should be a status monitor, but is empty"]);
    monitor_has_no_status: post(), [accepted(), response(200).json(json!({"state": "Succeeded"}))],
        ["POST /things/a", "GET /op"], Fails(&["has no `status`"]);
    monitor_status_is_no_text: post(), [accepted(), response(200).json(json!({"status": 7}))],
        ["POST /things/a", "GET /op"], Fails(&["has no `status`"]);
    monitor_is_an_array: post(), [accepted(), response(200).json(json!(["Succeeded"]))],
        ["POST /things/a", "GET /op"], Fails(&["has no `status`"]);
    monitor_fails_with_a_status_of_http: post(),
        [accepted(), response(400).json(json!({"status": "failed", "error": {"code": "Broken"}}))],
        ["POST /things/a", "GET /op"], Fails(&["ended as failed", "Broken"]);
    monitor_is_gone: post(), [accepted(),
            response(404).json(json!({"error": {"code": "Expired"}}))],
        ["POST /things/a", "GET /op"], Fails(&["404 Not Found", "Expired"]);
    result_cannot_be_read: put(), [accepted(), monitor("Succeeded"),
        response(403).json(json!({"error": {"code": "AuthorizationFailed", "message": "No."}}))],
        ["PUT /things/a", "GET /op", "GET /things/a"], Fails(&["403", "AuthorizationFailed: No."]);
    result_is_gone: put(), [accepted(), monitor("Succeeded"),
        response(404).json(json!({"error": {"code": "ResourceNotFound", "message": "Gone."}}))],
        ["PUT /things/a", "GET /op", "GET /things/a"],
        Fails(&["has succeeded, but its result cannot be read", "404", "ResourceNotFound: Gone."]);
    result_is_not_json: put(),
        [accepted(), monitor("Succeeded"), response(200).text("text/plain", "oops")],
        ["PUT /things/a", "GET /op", "GET /things/a"], Fails(&["text/plain", "oops"]);

    // A Location.
    post_polls_location: post(),
        [located(), response(202), response(200).json(json!({"x": 1}))],
        ["POST /things/a", "GET /loc", "GET /loc"], Gives(json!({"x": 1}));
    post_location_201_is_done: post(), [located(), response(201).json(json!({"x": 1}))],
        ["POST /things/a", "GET /loc"], Gives(json!({"x": 1}));
    post_location_204_is_done: post().empty(), [located(), response(204)],
        ["POST /things/a", "GET /loc"], Gives(Value::Null);
    delete_polls_location: delete().empty(), [located(), response(202), response(204)],
        ["DELETE /things/a", "GET /loc", "GET /loc"], Gives(Value::Null);
    put_polls_location: put(), [located(), response(202), resource(200, "Succeeded")],
        ["PUT /things/a", "GET /loc", "GET /loc"], Gives(finished());
    put_location_without_a_body_reads_the_resource: put(),
        [located(), response(204), resource(200, "Succeeded")],
        ["PUT /things/a", "GET /loc", "GET /things/a"], Gives(finished());
    put_location_via_original_uri: put().via(FinalState::OriginalUri),
        [located(), response(200).json(json!({"x": 1})), resource(200, "Succeeded")],
        ["PUT /things/a", "GET /loc", "GET /things/a"], Gives(finished());
    the_last_polled_location_counts: post(),
        [located(), response(202).header("location", "/loc2"), response(202),
            response(200).json(json!({"x": 1}))],
        ["POST /things/a", "GET /loc", "GET /loc2", "GET /loc2"], Gives(json!({"x": 1}));
    location_progress_may_have_a_body: post(),
        [located().json(json!({"status": "Running"})),
            response(202).json(json!({"status": "Failed"})),
            response(200).json(json!({"x": 1}))],
        ["POST /things/a", "GET /loc", "GET /loc"], Gives(json!({"x": 1}));
    location_fails: post(), [located(),
        response(409).json(json!({"error": {"code": "Conflict", "message": "Busy."}}))],
        ["POST /things/a", "GET /loc"],
        Fails(&["the operation failed: the service returned 409 Conflict", "Conflict: Busy."]);
    location_shows_a_failed_resource: put(), [located(), response(200).json(json!({"properties": {
            "provisioningState": "Failed", "error": {"code": "Broken", "message": "It broke."}}}))],
        ["PUT /things/a", "GET /loc"], Fails(&["ended as Failed", "Broken: It broke."]);
    location_shows_a_resource_in_progress: put(),
        [located(), resource(200, "Updating"), resource(200, "Updating").header("location", "/loc2"),
            resource(200, "Succeeded")],
        ["PUT /things/a", "GET /loc", "GET /loc", "GET /loc2"], Gives(finished());
    location_with_a_status_of_its_own_is_done: post(),
        [located(), response(200).json(json!({"status": "Failed"}))],
        ["POST /things/a", "GET /loc"], Gives(json!({"status": "Failed"}));
    location_200_without_a_body_reads_the_resource: patch(),
        [located(), response(200), resource(200, "Succeeded")],
        ["PATCH /things/a", "GET /loc", "GET /things/a"], Gives(finished());
    location_with_206: post(), [located(), response(206)],
        ["POST /things/a", "GET /loc"], Fails(&["206", "200, 201, 202 or 204"]);
    location_result_is_not_json: post(), [located(), response(200).text("text/html", "<p>")],
        ["POST /things/a", "GET /loc"], Fails(&["text/html"]);

    // Missing headers and refusals.
    post_202_without_headers: post(), [response(202)], ["POST /things/a"],
        Fails(&["the operation has started", "202 Accepted", "Azure-AsyncOperation", "Location"]);
    delete_202_without_headers: delete().empty(), [response(202)], ["DELETE /things/a"],
        Fails(&["none of the headers"]);
    first_response_is_an_error: put(), [response(400).json(json!({"error": {
        "code": "Invalid", "message": "Wrong.", "target": "name"}}))],
        ["PUT /things/a"], Fails(&["Things_Do", "400 Bad Request", "Invalid: Wrong. (target: name)"]);
    first_response_is_another_success: put(), [response(206)], ["PUT /things/a"],
        Fails(&["206", "200 or 201 or 202 or 204 was expected"]);
    monitor_link_is_no_url: post(), [response(202).header("azure-asyncoperation", "https://")],
        ["POST /things/a"], Fails(&["the operation has started", "azure-asyncoperation", "not a URL"]);
    a_foreign_monitor_is_not_followed: put(),
        [response(202).header("azure-asyncoperation", FOREIGN)],
        ["PUT /things/a"],
        Fails(&["the operation has started", "refused to follow a link", "polls the resource"]);
    a_foreign_location_is_not_followed: delete().empty(),
        [response(202).header("location", FOREIGN)],
        ["DELETE /things/a"], Fails(&["the operation has started", "refused to follow a link"]);
    a_later_foreign_monitor_is_not_followed: post(),
        [accepted(), monitor("Running").header("azure-asyncoperation", FOREIGN)],
        ["POST /things/a", "GET /op"], Fails(&["the operation has started", "refused to follow a link"]);
    a_later_foreign_location_is_not_followed: post(),
        [located(), response(202).header("location", FOREIGN)],
        ["POST /things/a", "GET /loc"], Fails(&["the operation has started", "refused to follow a link"]);
}

#[test]
fn there_are_enough_conversations() {
    const { assert!(CONVERSATIONS >= 120) };
}
