//! The form of requests, and what is rejected before anything is sent.

use crate::{
    common::{NAME, SERVICE, Thing, client, options, scope},
    support::{Server, StubResponse},
};
use arm_runtime::{
    ArmClientOptions, Base64, Base64Url, Body, Bytes, Call, Client, ClientMethodOptions,
    ClientOptions, Constraints, Context, IsoDuration, ListStyle, NoFormat, OffsetDateTime,
    Parameter, ParameterValue, RequestContent, ResourceId, Response, Rfc1123, UnixTime, Validate,
    Validator,
};
use azure_core::{
    cloud::{Audiences, CloudConfiguration, CustomConfiguration},
    http::{UserAgentOptions, request::options::ClientRequestId},
    time::Duration,
};
use futures::TryStreamExt;
use serde_json::{Value, json};
use std::{collections::HashSet, sync::Arc};

static FILTER: Parameter = Parameter::new("$filter").argument("filter");
static TOP: Parameter = Parameter::new("$top")
    .argument("top")
    .minimum(1.0)
    .maximum(10.0);
static TAGS: Parameter =
    Parameter::new("tags").constraints(Constraints::new().max_items(3).unique_items());
static IF_MATCH: Parameter = Parameter::new("If-Match").argument("if_match");
static RAW: Parameter = Parameter::new("skipToken").skip_encoding();
static REQUIRED: Parameter = Parameter::new("detail").argument("detail").required();
static SCOPE: Parameter = Parameter::new("scope")
    .argument("scope")
    .required()
    .skip_encoding();
static STRICT: Parameter = Parameter::new("name")
    .argument("endpoint_name")
    .required()
    .pattern("^(?!-)[a-z-]{1,20}(?<!-)$")
    .min_length(3)
    .max_length(6);

async fn sends(finish: impl AsyncFnOnce(Client)) -> crate::support::Recorded {
    let server = Server::respond(|_| StubResponse::new(200).json(json!({}))).await;
    finish(client(&server)).await;
    let mut requests = server.requests();
    assert_eq!(requests.len(), 1);
    requests.remove(0)
}

async fn get(call: Call<'_>) -> Response<Value> {
    call.send(&[200], None).await.unwrap()
}

/// Returns the error of a call that must not send anything.
async fn refused(make: impl FnOnce(&arm_runtime::Scope) -> Call<'_>) -> String {
    refused_by(make, |_| {}).await
}

async fn refused_by(
    make: impl FnOnce(&arm_runtime::Scope) -> Call<'_>,
    set: impl FnOnce(&mut ArmClientOptions),
) -> String {
    let server = Server::script([]).await;
    let mut options = options(&server);
    set(&mut options);
    let client = Client::without_credential(&SERVICE, options).unwrap();
    let scope = client.root();
    let error = make(&scope).send::<Value>(&[200], None).await.unwrap_err();
    assert_eq!(server.connections(), 0, "nothing must be sent");
    error.to_string()
}

#[tokio::test]
async fn a_response_may_be_awaited_by_another_task() {
    sends(async |client| {
        let name = "a".to_owned();
        let sending = client
            .root()
            .get("Things_Get", "/things/{name}")
            .path(&NAME, &name)
            .send::<Value>(&[200], None);
        drop((client, name));
        tokio::spawn(sending).await.unwrap().unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_get_has_path_version_and_headers() {
    let request = sends(async |client| {
        get(client
            .root()
            .get("Things_Get", "/things/{name}")
            .path(&NAME, "a"))
        .await;
    })
    .await;
    assert_eq!(request.method, "GET");
    assert_eq!(request.target, "/things/a?api-version=2025-01-01");
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("authorization"), None);
    assert!(request.header("x-ms-client-request-id").is_some());
    let agent = request.header("user-agent").unwrap();
    assert!(
        agent.starts_with("azsdk-rust-arm_example/1.2.3 "),
        "{agent}"
    );
}

#[tokio::test]
async fn any_api_version_can_be_set() {
    for version in ["2030-12-31-preview", "v 1&x"] {
        let server = Server::respond(|_| StubResponse::new(200).json(json!({}))).await;
        let mut options = options(&server);
        options.api_version = Some(version.to_owned());
        let client = Client::without_credential(&SERVICE, options).unwrap();
        assert_eq!(client.api_version(), version);
        get(client.root().get("Things_Get", "/things")).await;
        let encoded = version.replace(' ', "%20").replace('&', "%26");
        let target = server.requests()[0].target.clone();
        assert_eq!(target, format!("/things?api-version={encoded}"));
    }
}

#[tokio::test]
async fn an_endpoint_can_have_a_path() {
    let server = Server::respond(|_| StubResponse::new(200).json(json!({}))).await;
    for tail in ["/proxy/arm", "/proxy/arm/"] {
        let mut options = options(&server);
        options.endpoint = Some(server.base() + tail);
        let client = Client::without_credential(&SERVICE, options).unwrap();
        get(client.root().get("Things_Get", "/things")).await;
    }
    assert_eq!(server.lines(), ["GET /proxy/arm/things"; 2]);
}

#[tokio::test]
async fn every_request_has_its_own_id_unless_the_caller_sets_one() {
    let server = Server::respond(|_| StubResponse::new(200).json(json!({}))).await;
    let scope = scope(&server);
    for _ in 0..3 {
        get(scope.get("Things_Get", "/things")).await;
    }
    let context = Context::new().with_value(ClientRequestId::from("mine".to_owned()));
    let options = ClientMethodOptions { context };
    let call = scope.get("Things_Get", "/things");
    call.send::<Value>(&[200], Some(options)).await.unwrap();
    let requests = server.requests();
    let ids: HashSet<_> = requests
        .iter()
        .map(|r| r.header("x-ms-client-request-id"))
        .collect();
    assert_eq!(ids.len(), 4);
    assert!(ids.contains(&Some("mine")));
}

#[tokio::test]
async fn names_are_encoded_and_cannot_change_the_path() {
    let names = [
        ("a/b", "a%2Fb"),
        ("a/../b", "a%2F..%2Fb"),
        ("..%2f", "..%252f"),
        ("%2e%2e", "%252e%252e"),
        ("a?b#c", "a%3Fb%23c"),
        ("a\\b", "a%5Cb"),
        ("a b\t\r\n", "a%20b%09%0D%0A"),
        ("ünï", "%C3%BCn%C3%AF"),
        ("...", "..."),
        ("{name}", "%7Bname%7D"),
        ("a;b=c,d@e:f", "a%3Bb%3Dc%2Cd%40e%3Af"),
        ("\u{0}", "%00"),
    ];
    for (name, encoded) in names {
        let request = sends(async |client| {
            get(client
                .root()
                .get("Things_Get", "/things/{name}/parts")
                .path(&NAME, name))
            .await;
        })
        .await;
        let target = format!("/things/{encoded}/parts?api-version=2025-01-01");
        assert_eq!(request.target, target);
    }
}

#[tokio::test]
async fn names_that_encoding_cannot_make_safe_are_refused() {
    for validate in [true, false] {
        for name in ["", ".", ".."] {
            let error = refused_by(
                |scope| scope.get("Things_Get", "/things/{name}").path(&NAME, name),
                |options| options.validate = validate,
            )
            .await;
            assert!(
                error.starts_with("Things_Get: the argument `name` must not be"),
                "{error}"
            );
        }
    }
}

#[tokio::test]
async fn scopes_are_not_encoded() {
    let request = sends(async |client| {
        let root = client.root();
        let call = root.get("Locks_List", "/{scope}/providers/Microsoft.X/locks");
        get(call.path(&SCOPE, "/subscriptions/0/resourceGroups/a%20(b)/")).await;
    })
    .await;
    assert!(
        request
            .target
            .starts_with("/subscriptions/0/resourceGroups/a%20(b)/providers/")
    );
    let unsafe_scopes = [
        "",
        "/",
        "a//b",
        "a/../b",
        "a/%2e%2E/b",
        "a/./b",
        "a?b",
        "a#b",
        "a\\b",
        "a b",
        "a%2fb",
        "a%5Cb",
        "a%zz",
        "a%",
        "a%ff",
        "ü",
        "{scope}",
    ];
    for scope_text in unsafe_scopes {
        let error = refused(|scope| {
            let call = scope.get("Locks_List", "/{scope}/providers/Microsoft.X/locks");
            call.path(&SCOPE, scope_text)
        })
        .await;
        assert!(error.contains("`scope`"), "{scope_text}: {error}");
    }
}

#[tokio::test]
async fn queries_are_encoded() {
    let request = sends(async |client| {
        get(client
            .root()
            .get("Things_List", "/things")
            .query(&FILTER, Some("name eq 'a&b+c' #ü"))
            .query(&TOP, Some(&5))
            .query::<str>(&REQUIRED, Some(""))
            .query::<str>(&NAME_QUERY, None)
            .query(&RAW, Some("a%20b=c")))
        .await;
    })
    .await;
    assert_eq!(
        request.target,
        "/things?api-version=2025-01-01&$filter=name%20eq%20%27a%26b%2Bc%27%20%23%C3%BC&$top=5\
         &detail=&skipToken=a%20b=c"
    );
}

static NAME_QUERY: Parameter = Parameter::new("name");

#[tokio::test]
async fn raw_queries_that_are_not_encoded_are_refused() {
    for value in ["a b", "a#b", "a&b", "ü", "a\nb"] {
        let error =
            refused(|scope| scope.get("Things_List", "/things").query(&RAW, Some(value))).await;
        assert!(
            error.contains("skipToken") && error.contains("encoded already"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn lists_have_five_styles() {
    let styles = [
        (ListStyle::Csv, "&tags=a%2Cb,c"),
        (ListStyle::Ssv, "&tags=a%2Cb%20c"),
        (ListStyle::Tsv, "&tags=a%2Cb%09c"),
        (ListStyle::Pipes, "&tags=a%2Cb%7Cc"),
        (ListStyle::Multi, "&tags=a%2Cb&tags=c"),
    ];
    for (style, query) in styles {
        let request = sends(async |client| {
            let root = client.root();
            let call = root.get("Things_List", "/things");
            get(call.query_list(&TAGS, Some(&["a,b", "c"]), style)).await;
        })
        .await;
        assert_eq!(
            request.target,
            format!("/things?api-version=2025-01-01{query}")
        );
    }
}

#[tokio::test]
async fn lists_in_headers_and_paths_have_styles_too() {
    let styles = [
        (ListStyle::Csv, "a,b", "a,b"),
        (ListStyle::Ssv, "a b", "a%20b"),
        (ListStyle::Tsv, "a\tb", "a%09b"),
        (ListStyle::Pipes, "a|b", "a%7Cb"),
        (ListStyle::Multi, "a,b", "a,b"),
    ];
    for (style, header, path) in styles {
        let request = sends(async |client| {
            let root = client.root();
            let call = root
                .get("Things_List", "/things/{name}")
                .path_list(&PLACE, &["a", "b"], style)
                .header_list(&TAGS, Some(&["a", "b"]), style);
            get(call).await;
        })
        .await;
        let target = format!("/things/{path}?api-version=2025-01-01");
        assert_eq!(request.target, target);
        assert_eq!(request.header("tags"), Some(header));
    }
}

#[tokio::test]
async fn lists_without_items_are_empty_values() {
    for style in [ListStyle::Csv, ListStyle::Multi] {
        let none: Option<&[&str]> = None;
        let request = sends(async |client| {
            let root = client.root();
            let call = root
                .get("Things_List", "/things")
                .query_list::<&str>(&TAGS, Some(&[]), style)
                .query_list(&NAME_QUERY, none, style)
                .header_list::<&str>(&TAGS, Some(&[]), style)
                .header_list(&NAME_QUERY, none, style);
            get(call).await;
        })
        .await;
        assert_eq!(request.target, "/things?api-version=2025-01-01&tags=");
        assert_eq!(request.header("tags"), Some(""));
        assert_eq!(request.header("name"), None);
    }
}

#[tokio::test]
async fn constants_of_the_description_are_sent_unchanged() {
    let request = sends(async |client| {
        let root = client.root();
        let call = root
            .get("Things_Get", "/things//of/a%20b")
            .fixed_query("flags=a&b=c%20d")
            .fixed_header("x-ms-kind", "plain; q=1");
        get(call).await;
    })
    .await;
    assert_eq!(
        request.target,
        "/things//of/a%20b?api-version=2025-01-01&flags=a&b=c%20d"
    );
    assert_eq!(request.header("x-ms-kind"), Some("plain; q=1"));
}

#[tokio::test]
async fn operations_without_api_version_have_none() {
    for (query, target) in [
        (None, "/things"),
        (Some("a&b"), "/things?name=a%26b&fixed=1"),
    ] {
        let request = sends(async |client| {
            let root = client.root();
            let mut call = root
                .get("Things_Get", "/things")
                .without_api_version()
                .query(&NAME_QUERY, query);
            if query.is_some() {
                call = call.fixed_query("fixed=1");
            }
            get(call).await;
        })
        .await;
        assert_eq!(request.target, target);
    }
}

static REQUEST_ID: Parameter = Parameter::new("X-MS-Client-Request-Id");

#[tokio::test]
async fn ids_that_callers_give_are_sent_as_given() {
    let given = "not even a UUID";
    let request = sends(async |client| {
        let root = client.root();
        let call = root.get("Things_Get", "/things");
        get(call.header(&REQUEST_ID, Some(given))).await;
    })
    .await;
    assert_eq!(request.header("x-ms-client-request-id"), Some(given));
    let request = sends(async |client| {
        let root = client.root();
        let call = root.get("Things_Get", "/things");
        get(call.header::<str>(&REQUEST_ID, None)).await;
    })
    .await;
    let made = request.header("x-ms-client-request-id");
    assert!(made.is_some_and(|id| id.len() == 36), "{made:?}");
}

#[tokio::test]
async fn values_are_sent_in_their_formats() {
    let time = OffsetDateTime::UNIX_EPOCH + Duration::seconds(1);
    let request = sends(async |client| {
        get(client
            .root()
            .get("Things_List", "/things")
            .query(&NAME_QUERY, Some(&true))
            .query(&NAME_QUERY, Some(&1.5))
            .query(&NAME_QUERY, Some(&-3_i64))
            .query(&NAME_QUERY, Some(&"text".to_owned()))
            .query(&NAME_QUERY, Some(&time)))
        .await;
    })
    .await;
    let query = "&name=true&name=1.5&name=-3&name=text&name=1970-01-01T00%3A00%3A01Z";
    assert_eq!(
        request.target,
        format!("/things?api-version=2025-01-01{query}")
    );
}

static PLACE: Parameter = Parameter::new("name");

/// Tests each format in path, query and header, alone and in lists.
#[tokio::test]
async fn formats_are_the_same_everywhere() {
    async fn check<V: ParameterValue + Sync>(value: V, text: &str, encoded: &str) {
        let request = sends(async |client| {
            let root = client.root();
            let list = std::slice::from_ref(&value);
            let call = root
                .get("Things_List", "/things/{name}")
                .path_value(&PLACE, &value)
                .query(&NAME_QUERY, Some(&value))
                .query_list(&TAGS, Some(list), ListStyle::Csv)
                .header(&PLACE, Some(&value))
                .header_list(&TAGS, Some(list), ListStyle::Csv);
            get(call).await;
        })
        .await;
        let query = format!("api-version=2025-01-01&name={encoded}&tags={encoded}");
        assert_eq!(request.target, format!("/things/{encoded}?{query}"));
        assert_eq!(request.header("name"), Some(text));
        assert_eq!(request.header("tags"), Some(text));
    }
    let time = OffsetDateTime::UNIX_EPOCH + Duration::seconds(1);
    check(time, "1970-01-01T00:00:01Z", "1970-01-01T00%3A00%3A01Z").await;
    let http = "Thu, 01 Jan 1970 00:00:01 GMT";
    let encoded = "Thu%2C%2001%20Jan%201970%2000%3A00%3A01%20GMT";
    check(Rfc1123(time), http, encoded).await;
    check(UnixTime(time), "1", "1").await;
    check(time.date(), "1970-01-01", "1970-01-01").await;
    check(IsoDuration::from("-P1DT0.5S"), "-P1DT0.5S", "-P1DT0.5S").await;
    let bytes = [0xfb, 0xff];
    check(Base64::from(&bytes[..]), "+/8=", "%2B%2F8%3D").await;
    check(Base64Url::from(&bytes[..]), "-_8", "-_8").await;
    check(-1.5, "-1.5", "-1.5").await;
    check(true, "true", "true").await;
}

#[tokio::test]
async fn lists_in_paths_are_separated_by_commas() {
    let request = sends(async |client| {
        let root = client.root();
        let call = root.get("Things_List", "/things/{name}");
        get(call.path_list(&PLACE, &["a,b", "c/d", ".."], ListStyle::Csv)).await;
    })
    .await;
    assert_eq!(
        request.target,
        "/things/a%2Cb,c%2Fd,..?api-version=2025-01-01"
    );
    for (names, problem) in [(&[][..], "must not be empty"), (&[".."], "must not be `.`")] {
        let error = refused(|scope| {
            let call = scope.get("Things_List", "/things/{name}");
            call.path_list::<&str>(&PLACE, names, ListStyle::Csv)
        })
        .await;
        assert!(error.contains(problem), "{error}");
    }
}

#[tokio::test]
async fn values_that_their_format_cannot_express_are_refused() {
    async fn check<V: ParameterValue>(value: &V, problem: &str) {
        type Add<V> = for<'c> fn(Call<'c>, &V) -> Call<'c>;
        let calls: [Add<V>; 3] = [
            |call, value| call.path_value(&PLACE, value),
            |call, value| call.query(&NAME_QUERY, Some(value)),
            |call, value| call.header(&PLACE, Some(value)),
        ];
        let lists: [Add<V>; 3] = [
            |call, value| call.path_list(&PLACE, std::slice::from_ref(value), ListStyle::Csv),
            |call, value| {
                let values = Some(std::slice::from_ref(value));
                call.query_list(&PLACE, values, ListStyle::Multi)
            },
            |call, value| {
                let values = Some(std::slice::from_ref(value));
                call.header_list(&PLACE, values, ListStyle::Csv)
            },
        ];
        for add in calls.into_iter().chain(lists) {
            let template = "/things/{name}";
            let error = refused(|scope| add(scope.get("Things_List", template), value)).await;
            assert!(
                error.starts_with("Things_List: the argument `name` ") && error.contains(problem),
                "{error}"
            );
        }
    }
    let early = OffsetDateTime::UNIX_EPOCH - Duration::days(365 * 2000);
    check(&early, "between the years 0 and 9999").await;
    check(&Rfc1123(early), "between the years 0 and 9999").await;
    check(&early.date(), "between the years 0 and 9999").await;
    check(
        &IsoDuration::from("5 min"),
        "such as PT5M, but is \"5 min\"",
    )
    .await;
    check(&f64::NAN, "a finite number, but is NaN").await;
}

#[tokio::test]
async fn headers_are_sent_or_refused() {
    let request = sends(async |client| {
        let root = client.root();
        let call = root
            .get("Things_Get", "/things")
            .header(&IF_MATCH, Some("\"etag\""));
        get(call.header::<str>(&NAME_QUERY, None)).await;
    })
    .await;
    assert_eq!(request.header("if-match"), Some("\"etag\""));
    assert_eq!(request.header("name"), None);
    for value in ["a\r\nx-evil: 1", "ü", "\u{7f}"] {
        let error = refused(|scope| {
            scope
                .get("Things_Get", "/things")
                .header(&IF_MATCH, Some(value))
        })
        .await;
        assert!(
            error.contains("`if_match` must be printable ASCII"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn bodies_are_models_json_or_content() {
    let model = Thing {
        name: Some("a".to_owned()),
    };
    let bodies: [Body<'_, Thing>; 3] = [
        (&model).into(),
        json!({"name": "a", "new": null}).into(),
        RequestContent::from_str("{\"name\":\"a\",\"raw\":1}").into(),
    ];
    let expected = [
        json!({"name": "a"}),
        json!({"name": "a", "new": null}),
        json!({"name": "a", "raw": 1}),
    ];
    for (body, expected) in bodies.into_iter().zip(expected) {
        let request = sends(async |client| {
            get(client.root().put("Things_Put", "/things").body(body)).await;
        })
        .await;
        assert_eq!(request.json(), expected);
        assert_eq!(request.header("content-type"), Some("application/json"));
    }
}

#[tokio::test]
async fn a_body_can_be_omitted_or_have_another_content_type() {
    let request = sends(async |client| {
        get(client
            .root()
            .post("Things_Do", "/things")
            .body_opt::<Thing>(None))
        .await;
    })
    .await;
    assert!(request.body.is_empty());
    assert_eq!(request.header("content-length"), Some("0"));
    assert_eq!(request.header("content-type"), None);
    let request = sends(async |client| {
        let body = Body::<Thing>::from(json!({}));
        let root = client.root();
        let call = root.patch("Things_Update", "/things");
        get(call
            .content_type("application/merge-patch+json")
            .body_opt(Some(body)))
        .await;
    })
    .await;
    assert_eq!(
        request.header("content-type"),
        Some("application/merge-patch+json")
    );
    let request = sends(async |client| {
        let root = client.root();
        let call = root.put("Files_Put", "/things").accept("text/plain");
        get(call.raw_body("application/octet-stream", Bytes::from_static(b"\x00\xff"))).await;
    })
    .await;
    assert_eq!(request.body, b"\x00\xff");
    assert_eq!(
        request.header("content-type"),
        Some("application/octet-stream")
    );
    assert_eq!(request.header("accept"), Some("text/plain"));
}

#[tokio::test]
async fn arguments_are_checked_before_anything_is_sent() {
    let cases = [
        ("ab", "must have at least 3 characters, but \"ab\" has 2"),
        (
            "abcdefg",
            "must have at most 6 characters, but \"abcdefg\" has 7",
        ),
        (
            "-abc",
            "must match the pattern ^(?!-)[a-z-]{1,20}(?<!-)$, but is \"-abc\"",
        ),
        ("abc-", "must match the pattern"),
        ("ABC", "must match the pattern"),
    ];
    for (name, problem) in cases {
        let error = refused(|scope| {
            scope
                .get("Things_Get", "/things/{name}")
                .path(&STRICT, name)
        })
        .await;
        assert!(
            error.starts_with("Things_Get: the argument `endpoint_name` "),
            "{error}"
        );
        assert!(error.contains(problem), "{error}");
    }
    let error = refused(|scope| scope.get("Things_List", "/things").query(&TOP, Some(&11))).await;
    assert!(
        error.contains("`top` must be at most 10, but is \"11\""),
        "{error}"
    );
    let error = refused(|scope| scope.get("Things_List", "/things").query(&TOP, Some("x"))).await;
    assert!(
        error.contains("`top` must be a number, but is \"x\""),
        "{error}"
    );
    let error = refused(|scope| {
        scope
            .get("Things_List", "/things")
            .query::<str>(&REQUIRED, None)
    })
    .await;
    assert!(error.contains("`detail` must be given"), "{error}");
    let list = |values: &'static [&'static str]| {
        refused(move |scope| {
            scope
                .get("Things_List", "/things")
                .query_list(&TAGS, Some(values), ListStyle::Csv)
        })
    };
    assert!(
        list(&["a", "b", "c", "d"])
            .await
            .contains("at most 3 items, but has 4")
    );
    assert!(list(&["a", "b", "a"]).await.contains("has \"a\" twice"));
}

#[tokio::test]
async fn the_first_error_is_returned() {
    let error = refused(|scope| {
        let call = scope
            .get("Things_Get", "/things/{name}")
            .path(&STRICT, "ab");
        call.query(&TOP, Some(&0)).header(&IF_MATCH, Some("ü"))
    })
    .await;
    assert!(error.contains("endpoint_name"), "{error}");
}

#[tokio::test]
async fn checks_can_be_switched_off() {
    let server = Server::respond(|_| StubResponse::new(200).json(json!({}))).await;
    let mut options = options(&server);
    options.validate = false;
    let client = Client::without_credential(&SERVICE, options).unwrap();
    let long = Thing {
        name: Some("far too long".to_owned()),
    };
    get(client
        .root()
        .put("Things_Put", "/things/{name}")
        .path(&STRICT, "-")
        .query(&TOP, Some(&99))
        .query::<str>(&REQUIRED, None)
        .body(Body::from(&long)))
    .await;
    assert_eq!(
        server.requests()[0].target,
        "/things/-?api-version=2025-01-01&$top=99"
    );
}

#[tokio::test]
async fn bodies_are_checked_before_anything_is_sent() {
    let long = Thing {
        name: Some("far too long".to_owned()),
    };
    let error = refused(|scope| scope.put("Things_Put", "/things").body(Body::from(&long))).await;
    assert_eq!(
        error,
        "Things_Put: the body is not valid: member `name` must have at most 8 characters, \
         but \"far too long\" has 12"
    );
}

#[tokio::test]
async fn a_template_must_fit_its_arguments() {
    let error = refused(|scope| scope.get("Things_Get", "/things/{name}")).await;
    assert!(error.contains("placeholder without a value"), "{error}");
    let error = refused(|scope| scope.get("Things_Get", "/things").path(&NAME, "a")).await;
    assert!(
        error.contains("`name` has no place in the path /things"),
        "{error}"
    );
}

struct Deep;

impl Validate for Deep {
    fn validate(&self, v: &mut Validator) {
        static SMALL: Constraints = Constraints::new().maximum(3.0).exclusive_maximum();
        static STEP: Constraints = Constraints::new().minimum(0.0).multiple_of(0.1);
        static SECRET: Constraints = Constraints::new().min_length(9).secret();
        v.number("small", Some(2.0), &SMALL);
        v.number("step", Some(0.3), &STEP);
        v.text("password", Some("hunter2"), &SECRET);
        v.report("later", "must not be reported");
    }
}

struct Tree;

impl Validate for Tree {
    fn validate(&self, v: &mut Validator) {
        v.required("there", true);
        v.within("properties", |v| {
            v.within("list", |v| v.within("[0]", |v| json!(1).validate(v)));
            v.within("traffic", |v| v.within("blue", |v| Deep.validate(v)));
        });
    }
}

#[test]
fn the_first_violation_names_its_path_and_shows_no_secret() {
    let mut validator = Validator::new();
    Tree.validate(&mut validator);
    assert_eq!(
        validator.violation(),
        Some(
            "member `properties.traffic.blue.password` must have at least 9 characters, \
             but the value has 7"
        )
    );
}

#[test]
fn numbers_and_counts_are_validated() {
    let check = |constraints: Constraints, value: f64| {
        let mut validator = Validator::new();
        validator.number("n", Some(value), &constraints);
        validator.violation().map(str::to_owned)
    };
    let limits = Constraints::new().minimum(1.0).maximum(2.0);
    assert_eq!(check(limits, 1.0), None);
    assert_eq!(check(limits, 2.0), None);
    assert!(
        check(limits, 0.9)
            .unwrap()
            .contains("at least 1, but is \"0.9\"")
    );
    assert!(check(limits, 2.1).unwrap().contains("at most 2"));
    assert!(
        check(limits.exclusive_minimum(), 1.0)
            .unwrap()
            .contains("more than 1")
    );
    assert!(
        check(limits.exclusive_maximum(), 2.0)
            .unwrap()
            .contains("less than 2")
    );
    assert!(
        check(Constraints::new().multiple_of(5.0), 7.0)
            .unwrap()
            .contains("multiple of 5")
    );
    assert_eq!(check(Constraints::new().multiple_of(5.0), 10.0), None);
    let mut validator = Validator::new();
    validator.count("list", Some(1), &Constraints::new().min_items(2));
    assert!(
        validator
            .violation()
            .unwrap()
            .contains("at least 2 items, but has 1")
    );
    let mut validator = Validator::new();
    validator.required("name", false);
    assert_eq!(validator.violation(), Some("member `name` must be given"));
    assert!(!validator.is_valid());
}

#[test]
fn an_invalid_pattern_is_not_checked() {
    let mut validator = Validator::new();
    validator.text("n", Some("x"), &Constraints::new().pattern("(["));
    assert!(validator.is_valid());
}

#[tokio::test]
async fn exists_returns_true_false_or_an_error() {
    for (status, expected) in [
        (200, Some(true)),
        (204, Some(true)),
        (404, Some(false)),
        (403, None),
        (500, None),
    ] {
        let server =
            Server::script([StubResponse::new(status).header("content-length", "99999999999")])
                .await;
        let result = scope(&server)
            .head("Things_Exist", "/things")
            .exists(None)
            .await;
        assert_eq!(result.ok(), expected, "{status}");
        assert_eq!(server.lines(), ["HEAD /things"]);
    }
}

#[tokio::test]
async fn responses_without_a_body_are_empty() {
    let server = Server::script([StubResponse::new(204)]).await;
    let call = scope(&server)
        .delete("Things_Delete", "/things")
        .send_empty(&[200, 204], None);
    let response: Response<(), NoFormat> = call.await.unwrap();
    assert_eq!(u16::from(response.status()), 204);
}

#[tokio::test]
async fn downloads_are_streamed_without_a_limit() {
    let server = Server::script([
        StubResponse::new(200).text("application/octet-stream", &"x".repeat(100_000))
    ])
    .await;
    let mut options = options(&server);
    options.max_response_bytes = 10;
    let client = Client::without_credential(&SERVICE, options).unwrap();
    let response = client
        .root()
        .get("Files_Get", "/things")
        .stream(&[200], None)
        .await
        .unwrap();
    let bytes: Vec<Bytes> = response.into_body().try_collect().await.unwrap();
    assert_eq!(bytes.iter().map(Bytes::len).sum::<usize>(), 100_000);
}

#[tokio::test]
async fn a_failed_download_is_an_error_of_the_service() {
    let error = json!({"error": {"code": "NotFound", "message": "No such file."}});
    let server = Server::script([StubResponse::new(404).json(error)]).await;
    let error = scope(&server)
        .get("Files_Get", "/things")
        .stream(&[200], None)
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("NotFound: No such file."),
        "{error}"
    );
}

#[tokio::test]
async fn child_scopes_have_resource_ids() {
    static SUBSCRIPTION: Parameter = Parameter::new("subscriptionId");
    static GROUP: Parameter = Parameter::new("resourceGroupName");
    let server = Server::script([]).await;
    let root = scope(&server);
    assert_eq!(root.id().unwrap(), ResourceId::tenant());
    let group = root
        .child(
            "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}",
            &[(&SUBSCRIPTION, "0"), (&GROUP, "a (b)")],
        )
        .unwrap();
    assert_eq!(group.path(), "/subscriptions/0/resourceGroups/a%20%28b%29");
    assert_eq!(group.id().unwrap().resource_group_name(), Some("a (b)"));
    assert!(
        root.child("/subscriptions/{subscriptionId}", &[(&SUBSCRIPTION, "")])
            .is_err()
    );
    assert!(root.child("/subscriptions/{subscriptionId}", &[]).is_err());
}

#[tokio::test]
async fn scopes_come_from_ids_of_the_right_type() {
    const WORKSPACE: &str = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}\
        /providers/Microsoft.Example/workspaces/{workspaceName}";
    let server = Server::script([]).await;
    let client = client(&server);
    let id: ResourceId =
        "/Subscriptions/0/resourcegroups/My Group/providers/microsoft.example/WORKSPACES/Ws"
            .parse()
            .unwrap();
    let scope = client.scope_from_id(WORKSPACE, &id).unwrap();
    assert_eq!(
        scope.path(),
        "/subscriptions/0/resourceGroups/My%20Group/providers/Microsoft.Example/workspaces/Ws"
    );
    assert_eq!(scope.id().unwrap(), id);
    for other in [
        id.parent().unwrap(),
        id.child("jobs", "x").unwrap(),
        ResourceId::tenant(),
    ] {
        let error = client
            .scope_from_id(WORKSPACE, &other)
            .unwrap_err()
            .to_string();
        assert!(
            error.contains(WORKSPACE) && error.contains(&other.to_string()),
            "{error}"
        );
    }
    let lock = id
        .resource("Microsoft.Authorization", "locks", "keep")
        .unwrap();
    let template = "/{scope}/providers/Microsoft.Authorization/locks/{name}";
    let scope = client.scope_from_id(template, &lock).unwrap();
    assert!(
        scope
            .path()
            .ends_with("/WORKSPACES/Ws/providers/Microsoft.Authorization/locks/keep")
    );
    assert!(client.scope_from_id(template, &id).is_err());
}

fn cloud(configuration: CloudConfiguration) -> ArmClientOptions {
    ArmClientOptions {
        client_options: ClientOptions {
            cloud: Some(Arc::new(configuration)),
            ..ClientOptions::default()
        },
        ..ArmClientOptions::default()
    }
}

#[test]
fn every_cloud_has_its_endpoint() {
    let clouds = [
        (
            CloudConfiguration::AzurePublic,
            "https://management.azure.com/",
        ),
        (
            CloudConfiguration::AzureGovernment,
            "https://management.usgovcloudapi.net/",
        ),
        (
            CloudConfiguration::AzureChina,
            "https://management.chinacloudapi.cn/",
        ),
    ];
    for (configuration, endpoint) in clouds {
        let client = Client::without_credential(&SERVICE, cloud(configuration)).unwrap();
        assert_eq!(client.endpoint().as_str(), endpoint);
    }
    let mut custom = CustomConfiguration::default();
    custom.audiences = Audiences::new();
    let error = Client::without_credential(&SERVICE, cloud(custom.into())).unwrap_err();
    assert!(
        error.to_string().contains("ArmClientOptions::endpoint"),
        "{error}"
    );
}

#[test]
fn wrong_options_are_refused() {
    let refused = |set: &dyn Fn(&mut ArmClientOptions)| {
        let mut options = ArmClientOptions::default();
        set(&mut options);
        Client::without_credential(&SERVICE, options)
            .unwrap_err()
            .to_string()
    };
    for endpoint in [
        "",
        "management.azure.com",
        "ftp://x",
        "https://u:p@x",
        "https://x?q=1",
        "https://x#f",
    ] {
        let error = refused(&|o| o.endpoint = Some(endpoint.to_owned()));
        assert!(
            error.contains("endpoint must be a URL"),
            "{endpoint}: {error}"
        );
        assert!(!error.contains(":p@"), "{error}");
    }
    let error = refused(&|o| o.api_version = Some(" ".to_owned()));
    assert!(error.contains("API version"), "{error}");
    for id in ["a b", "far-too-long-for-an-application-id", "ü"] {
        let agent = UserAgentOptions {
            application_id: Some(id.to_owned()),
        };
        let error = refused(&|o| o.client_options.user_agent = agent.clone());
        assert!(error.contains("application ID"), "{error}");
    }
}

#[test]
fn debug_shows_the_size_of_json_and_not_its_content() {
    let secret = json!({"password": "hunter2"});
    let bytes = secret.to_string();
    let content = RequestContent::from(bytes.clone().into_bytes());
    let bodies = [Body::<Value>::from(secret.clone()), Body::from(content)];
    let shown = bodies.map(|body| format!("{body:?}"));
    assert_eq!(shown, ["Json(22 bytes)", "Content(22 bytes)"]);
    let thing = Thing {
        name: Some("a".to_owned()),
    };
    let model = Body::from(&thing);
    assert_eq!(format!("{model:?}"), format!("Model({thing:?})"));
}

#[test]
fn options_have_safe_defaults() {
    let options = ArmClientOptions::default();
    assert!(options.validate && !options.register_provider);
    assert!(options.max_response_bytes > 0);
}
