//! Paged lists.

use crate::{
    common::{NAME, Numbers, client, scope},
    support::{Server, StubResponse},
};
use arm_runtime::{Client, ListPage, Page, Pager, PagerContinuation, PagerOptions, Result};
use futures::{StreamExt, TryStreamExt};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};

fn pager(client: &Client, options: Option<PagerOptions<'_>>) -> Result<Pager<Numbers>> {
    client
        .root()
        .get("Numbers_List", "/numbers")
        .pager(&[200], options)
}

fn page(value: &[u32], next: Value) -> StubResponse {
    StubResponse::new(200).json(json!({"value": value, "nextLink": next}))
}

fn next(link: &str) -> Value {
    link.into()
}

/// Returns all items, and the targets of all requests.
async fn list(
    responses: impl IntoIterator<Item = StubResponse>,
) -> (Result<Vec<u32>>, Vec<String>) {
    let server = Server::script(responses).await;
    let items = pager(&client(&server), None).unwrap().try_collect().await;
    let targets = server.requests().into_iter().map(|r| r.target).collect();
    (items, targets)
}

const FIRST: &str = "/numbers?api-version=2025-01-01";

#[tokio::test]
async fn one_page() {
    let (items, targets) = list([StubResponse::new(200).json(json!({"value": [1, 2]}))]).await;
    assert_eq!(items.unwrap(), [1, 2]);
    assert_eq!(targets, [FIRST]);
}

#[tokio::test]
async fn absolute_links_are_followed() {
    let link = next("{base}/numbers?api-version=2025-01-01&$skiptoken=a%2Fb");
    let (items, targets) = list([page(&[1], link), page(&[2], Value::Null)]).await;
    assert_eq!(items.unwrap(), [1, 2]);
    assert_eq!(
        targets,
        [FIRST, "/numbers?api-version=2025-01-01&$skiptoken=a%2Fb"]
    );
}

#[tokio::test]
async fn relative_links_are_followed() {
    let pages = [
        page(&[1], next("/numbers?api-version=2025-01-01&page=2")),
        page(&[2], next("?api-version=2025-01-01&page=3")),
        page(&[3], next("more?api-version=2025-01-01")),
        page(&[4], Value::Null),
    ];
    let (items, targets) = list(pages).await;
    assert_eq!(items.unwrap(), [1, 2, 3, 4]);
    assert_eq!(targets[2], "/numbers?api-version=2025-01-01&page=3");
    assert_eq!(targets[3], "/more?api-version=2025-01-01");
}

#[tokio::test]
async fn a_link_keeps_its_own_api_version() {
    let link = next("{base}/numbers?Api-Version=2011-11-11&page=2");
    let (_, targets) = list([page(&[1], link), page(&[2], Value::Null)]).await;
    assert_eq!(targets[1], "/numbers?Api-Version=2011-11-11&page=2");
}

#[tokio::test]
async fn a_link_without_an_api_version_gets_that_of_the_client() {
    for (link, target) in [
        (
            "{base}/numbers?page=2",
            "/numbers?page=2&api-version=2025-01-01",
        ),
        ("{base}/other", "/other?api-version=2025-01-01"),
    ] {
        let (_, targets) = list([page(&[1], next(link)), page(&[2], Value::Null)]).await;
        assert_eq!(targets[1], target);
    }
}

#[tokio::test]
async fn links_without_a_version_get_that_of_the_first_request() {
    let cases = [
        (Some("2023-05-01"), "/b", "/b?api-version=2023-05-01"),
        (None, "/b", "/b?api-version=2025-01-01"),
        (
            Some("2023-05-01"),
            "/b?Api-Version=2024-01-01&x=1",
            "/b?Api-Version=2024-01-01&x=1",
        ),
    ];
    for (own, link, target) in cases {
        let server = Server::script([page(&[1], next(link)), page(&[2], Value::Null)]).await;
        let scope = scope(&server);
        let mut call = scope.get("Numbers_List", "/numbers");
        if let Some(own) = own {
            call = call.api_version(own);
        }
        let items: Pager<Numbers> = call.pager(&[200], None).unwrap();
        let items: Vec<u32> = items.try_collect().await.unwrap();
        assert_eq!(items, [1, 2]);
        assert_eq!(server.requests()[1].target, target);
    }
}

#[tokio::test]
async fn an_empty_or_blank_link_ends_the_list() {
    for link in ["", "  "] {
        let (items, targets) = list([page(&[1], next(link))]).await;
        assert_eq!(items.unwrap(), [1]);
        assert_eq!(targets.len(), 1);
    }
}

#[tokio::test]
async fn a_page_without_items_does_not_end_the_list() {
    let pages = [
        StubResponse::new(200).json(json!({"nextLink": "/a"})),
        StubResponse::new(200).json(json!({"value": null, "nextLink": "/b"})),
        page(&[], next("/c")),
        page(&[7], Value::Null),
    ];
    let (items, targets) = list(pages).await;
    assert_eq!(items.unwrap(), [7]);
    assert_eq!(targets.len(), 4);
}

#[tokio::test]
async fn an_empty_list_has_no_items() {
    let (items, _) = list([StubResponse::new(200).json(json!({"value": []}))]).await;
    assert_eq!(items.unwrap(), [0_u32; 0]);
}

#[tokio::test]
async fn a_link_to_itself_is_an_error() {
    let pages = [
        page(&[1], next("/a")),
        page(&[2], next("/a")),
        page(&[3], Value::Null),
    ];
    let (items, targets) = list(pages).await;
    assert!(items.unwrap_err().to_string().contains("read already"));
    assert_eq!(targets.len(), 2);
}

#[tokio::test]
async fn a_link_to_any_earlier_page_is_an_error() {
    for earlier in ["/a", "/numbers?api-version=2025-01-01", "/numbers"] {
        let pages = [
            page(&[1], next("/a")),
            page(&[2], next("/b")),
            page(&[3], next("/c")),
            page(&[4], next(earlier)),
        ];
        let (items, targets) = list(pages).await;
        assert!(
            items.unwrap_err().to_string().contains("read already"),
            "{earlier}"
        );
        assert_eq!(targets.len(), 4);
    }
}

#[tokio::test]
async fn links_to_other_hosts_are_refused() {
    let links = [
        "https://evil.example/numbers",
        "//evil.example/numbers",
        "\\\\evil.example\\numbers",
        "http://127.0.0.1:1/numbers",
        "ftp://127.0.0.1/numbers",
        "https://127.0.0.1/",
        "javascript:alert(1)",
    ];
    for link in links {
        let (items, targets) = list([page(&[1], next(link)), page(&[2], Value::Null)]).await;
        let error = items.unwrap_err().to_string();
        assert!(
            error.contains("Numbers_List: refused to follow"),
            "{link}: {error}"
        );
        assert!(error.contains("127.0.0.1"), "{link}: {error}");
        assert_eq!(targets.len(), 1, "{link}");
    }
}

#[tokio::test]
async fn a_link_with_a_user_name_is_refused() {
    let server = Server::script([]).await;
    let link = server.base().replace("http://", "http://user:secret@");
    let options = PagerOptions {
        continuation: Some(PagerContinuation::Token(link)),
        ..PagerOptions::default()
    };
    let error = pager(&client(&server), Some(options))
        .unwrap_err()
        .to_string();
    assert!(error.contains("(user name)@"), "{error}");
    assert!(!error.contains("secret"), "{error}");
}

#[tokio::test]
async fn pages_contain_model_status_and_headers() {
    let first = page(&[1, 2], next("/b")).header("x-ms-request-id", "r1");
    let server = Server::script([first, page(&[3], Value::Null)]).await;
    let pages: Vec<Page<Numbers>> = pager(&client(&server), None)
        .unwrap()
        .into_pages()
        .try_collect()
        .await
        .unwrap();
    assert_eq!(pages.len(), 2);
    assert_eq!(u16::from(pages[0].status()), 200);
    let id = azure_core::http::headers::HeaderName::from_static("x-ms-request-id");
    assert_eq!(pages[0].headers().get_optional_str(&id), Some("r1"));
    assert_eq!(pages[0].model().value, Some(vec![1, 2]));
    let lasts = pages
        .into_iter()
        .map(|page| page.into_model().unwrap().into_items());
    assert_eq!(lasts.flatten().collect::<Vec<_>>(), [1, 2, 3]);
}

#[tokio::test]
async fn a_pager_of_items_can_become_one_of_pages() {
    let server = Server::respond(|request| match request.target.as_str() {
        target if target.starts_with("/numbers") => page(&[1, 2], next("/b")),
        target if target.starts_with("/b") => page(&[3, 4], next("/c")),
        _ => page(&[5], Value::Null),
    })
    .await;
    let mut items = pager(&client(&server), None).unwrap();
    for expected in 1..=3 {
        assert_eq!(items.next().await.unwrap().unwrap(), expected);
    }
    let pages: Vec<_> = items.into_pages().try_collect().await.unwrap();
    let rest: Vec<_> = pages
        .into_iter()
        .flat_map(|p| p.into_model().unwrap().into_items())
        .collect();
    assert_eq!(rest, [3, 4, 5]);
}

#[tokio::test]
async fn a_list_continues_from_a_continuation_token() {
    let server = Server::respond(|request| match request.target.as_str() {
        target if target.starts_with("/numbers") => page(&[1], next("/b?token=x")),
        _ => page(&[2], Value::Null),
    })
    .await;
    let client = client(&server);
    let mut items = pager(&client, None).unwrap();
    items.next().await.unwrap().unwrap();
    assert_eq!(items.continuation(), None, "the first page is not through");
    items.next().await.unwrap().unwrap();
    let continuation = items.continuation().cloned().unwrap();
    let as_text = PagerContinuation::Token(continuation.to_string());
    for continuation in [
        continuation,
        as_text,
        PagerContinuation::Token("/b?token=x".into()),
    ] {
        let options = PagerOptions {
            continuation: Some(continuation),
            ..PagerOptions::default()
        };
        let rest: Vec<u32> = pager(&client, Some(options))
            .unwrap()
            .try_collect()
            .await
            .unwrap();
        assert_eq!(rest, [2]);
        let last = server.requests().last().unwrap().target.clone();
        assert_eq!(last, "/b?token=x&api-version=2025-01-01");
    }
}

#[tokio::test]
async fn a_continuation_token_with_another_host_is_refused() {
    let server = Server::script([]).await;
    for text in ["https://evil.example/", "http://[", "file:///etc/passwd"] {
        let options = PagerOptions {
            continuation: Some(PagerContinuation::Token(text.to_owned())),
            ..PagerOptions::default()
        };
        pager(&client(&server), Some(options)).unwrap_err();
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn an_error_ends_the_list() {
    let busy = json!({"error": {"code": "Busy", "message": "Later."}});
    let server = Server::script([page(&[1], next("/b")), StubResponse::new(503).json(busy)]).await;
    let mut items = pager(&client(&server), None).unwrap();
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    let error = items.next().await.unwrap().unwrap_err().to_string();
    assert!(
        error.contains("Numbers_List") && error.contains("Busy: Later."),
        "{error}"
    );
    assert!(items.next().await.is_none());
    assert_eq!(server.lines().len(), 2);
}

#[tokio::test]
async fn a_response_that_is_not_a_page_is_an_error() {
    let responses = [
        (StubResponse::new(200).json(json!([1])), "not a page"),
        (
            StubResponse::new(200).json(json!({"value": "x"})),
            "not a page",
        ),
        (StubResponse::new(200), "not a page"),
        (
            StubResponse::new(200).text("text/html", "<p>Sign in</p>"),
            "text/html",
        ),
        (StubResponse::new(204), "where 200 was expected"),
    ];
    for (response, problem) in responses {
        let (items, _) = list([response]).await;
        let error = items.unwrap_err().to_string();
        assert!(error.contains(problem), "{error}");
    }
}

#[tokio::test]
async fn later_pages_are_read_with_get() {
    let server = Server::script([page(&[1], next("/b")), page(&[2], Value::Null)]).await;
    let scope = scope(&server);
    let call = scope
        .post("Numbers_Query", "/numbers/{name}")
        .path(&NAME, "a");
    let items: Pager<Numbers> = call
        .body(arm_runtime::Body::<Value>::from(json!({"query": 1})))
        .pager(&[200], None)
        .unwrap();
    let items: Vec<u32> = items.try_collect().await.unwrap();
    assert_eq!(items, [1, 2]);
    assert_eq!(server.lines(), ["POST /numbers/a", "GET /b"]);
    assert!(server.requests()[1].body.is_empty());
}

#[tokio::test]
async fn pages_are_requested_only_when_needed() {
    let server = Server::script([]).await;
    drop(pager(&client(&server), None).unwrap());
    assert_eq!(server.connections(), 0);
}

static PARSED: AtomicUsize = AtomicUsize::new(0);

struct Counted;

impl<'de> Deserialize<'de> for Counted {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> std::result::Result<Self, D::Error> {
        PARSED.fetch_add(1, Ordering::SeqCst);
        serde::de::IgnoredAny::deserialize(d).map(|_| Self)
    }
}

impl ListPage for Counted {
    type Item = u32;

    fn next_link(&self) -> Option<&str> {
        None
    }

    fn into_items(self) -> Vec<u32> {
        vec![1]
    }
}

#[tokio::test]
async fn a_page_is_parsed_once() {
    let server = Server::script([page(&[1], Value::Null)]).await;
    let scope = scope(&server);
    let items: Pager<Counted> = scope
        .get("Numbers_List", "/numbers")
        .pager(&[200], None)
        .unwrap();
    let items: Vec<u32> = items.try_collect().await.unwrap();
    assert_eq!(items, [1]);
    assert_eq!(PARSED.load(Ordering::SeqCst), 1);
}
