//! Names and paths are compared without regard to letter case.

use crate::common::{ask, endpoint, path, versioned, with_workspace};
use arm_runtime::Method;
use futures::TryStreamExt;

#[tokio::test]
async fn letter_case_is_ignored_and_the_first_spelling_kept() {
    let (server, client) = with_workspace().await;
    let put = versioned(&path("/onlineEndpoints/MyEndpoint"));
    let created = ask(&server, Method::Put, &put, Some(endpoint())).await;
    assert_eq!(created.status, 201);
    let loud = put
        .replace("/workspaces/wks", "/WORKSPACES/WKS")
        .replace("resourceGroups", "resourcegroups");
    let loud = loud
        .replace("MyEndpoint", "MYENDPOINT")
        .replace("onlineEndpoints", "onlineendpoints");
    let read = ask(&server, Method::Get, &loud, None).await;
    assert_eq!(read.status, 200);
    assert_eq!(read.body["id"], path("/onlineEndpoints/MyEndpoint"));
    assert_eq!(read.body["name"], "MyEndpoint");
    let replaced = ask(&server, Method::Put, &loud, Some(endpoint())).await;
    assert_eq!(replaced.status, 200);
    let all = client
        .workspace("RG", "WKS")
        .unwrap()
        .online_endpoints()
        .list(None)
        .unwrap();
    let all: Vec<_> = all.try_collect().await.unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].name.as_deref(), Some("MyEndpoint"));
}

#[tokio::test]
async fn a_child_has_its_parents_spelling() {
    let (server, _) = with_workspace().await;
    let put = versioned(&path("/onlineEndpoints/one")).replace("/wks/", "/WKS/");
    let created = ask(&server, Method::Put, &put, Some(endpoint())).await;
    assert_eq!(created.body["id"], path("/onlineEndpoints/one"));
}
