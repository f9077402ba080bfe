//! Serialization of models: what is kept, what is rejected, and the error messages.

#![allow(
    clippy::unwrap_used,
    reason = "clippy.toml allows it in tests, but not in their helpers"
)]
#![allow(missing_docs, reason = "the macros declare public types")]

use arm_runtime::model::{
    Base64, Base64Url, Date, IsoDuration, OffsetDateTime, Rfc1123, Secret, UnixTime, UnknownKind,
    Value, Wire,
};
use arm_runtime::{ListPage, ParameterValue, Validate, Validator};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{from_str, json, to_string, to_value};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Duration;

arm_runtime::model! {
    pub struct Endpoint {
        pub id: Option<String> = "id",
        pub location: Option<String> = "location" required (min_length(1)),
        pub properties: Option<EndpointProperties> = "properties" required,
        pub tags: Option<BTreeMap<String, String>> = "tags",
        pub notes: Option<Vec<Option<String>>> = "notes",
        pub labels: Option<BTreeMap<String, Option<i32>>> = "labels",
    }
}

arm_runtime::model! {
    pub struct EndpointProperties {
        pub mode: Option<AuthMode> = "authMode",
        pub traffic: Option<BTreeMap<String, i32>> = "traffic",
        pub compute: Option<Compute> = "compute",
        pub computes: Option<Vec<Compute>> = "computes",
        pub key: Option<Secret> = "key",
    }
}

arm_runtime::union! {
    pub enum Figure: "kind" {
        Oval(Oval) = "Oval",
        Polygon(Polygon of [Square]) = "Polygon",
    }

    pub fn label(&self) -> Option<&str> = "label";

    from Ellipse { Oval => Oval }
}

arm_runtime::union! {
    pub enum Ellipse: "kind" {
        Oval(Oval) = "Oval",
    }
}

arm_runtime::model! {
    pub struct Oval {
        "kind" = "Oval",

        pub label: Option<String> = "label",
    }
}

arm_runtime::union! {
    pub enum Polygon: "form" {
        Square(Square) = "Square",
    }
}

arm_runtime::model! {
    pub struct Square {
        "kind" = "Polygon",
        "form" = "Square",

        pub label: Option<String> = "label",
        pub side: Option<f64> = "side",
    }
}

arm_runtime::open_enum! {
    pub enum AuthMode {
        AmlToken = "AMLToken",
        Key = "Key",
    }
}

arm_runtime::closed_enum! {
    pub enum KeyType {
        Primary = "Primary",
        Secondary = "Secondary",
    }
}

arm_runtime::open_enum_number! {
    pub enum Level: i32 {
        Low = 1,
        High = 2,
    }
}

arm_runtime::closed_enum_number! {
    pub enum Factor: f64 {
        Half = 0.5,
        Whole = 1.0,
    }
}

arm_runtime::union! {
    #[allow(
        clippy::enum_variant_names,
        reason = "variants have the names of their structs"
    )]
    pub enum Compute: "computeType" {
        Aks(Aks) = "AKS",
        AmlCompute(AmlCompute) = "AmlCompute",
    }

    pub fn location(&self) -> Option<&str> = "location";

    pub fn disabled(&self) -> Option<bool> = "disabled";

    pub fn state(&self) -> Option<AuthMode> = "state";

    pub fn level(&self) -> Option<Level> = "level";

    pub fn created(&self) -> Option<OffsetDateTime> = "created";

    pub fn labels(&self) -> Option<Cow<'_, BTreeMap<String, String>>> = "labels";
}

arm_runtime::model! {
    pub struct Aks {
        "computeType" = "AKS",
        pub location: Option<String> = "location",
        pub disabled: Option<bool> = "disabled",
        pub state: Option<AuthMode> = "state",
        pub level: Option<Level> = "level",
        pub created: Option<OffsetDateTime> = "created",
        pub labels: Option<BTreeMap<String, String>> = "labels",
        pub namespace: Option<String> = "namespace",
        pub nodes: Option<i32> = "nodes" (minimum(1.0)),
        pub inner: Option<Box<Compute>> = "inner",
    }
}

arm_runtime::model! {
    pub struct AmlCompute {
        "computeType" = "AmlCompute",
        pub size: Option<f64> = "size",
        pub password: Option<Secret> = "password",
        pub location: Option<String> = "location",
        pub disabled: Option<bool> = "disabled",
        pub state: Option<AuthMode> = "state",
        pub level: Option<Level> = "level",
        pub created: Option<OffsetDateTime> = "created",
        pub labels: Option<BTreeMap<String, String>> = "labels",
        ..pub others: BTreeMap<String, Value>,
    }
}

arm_runtime::model! {
    pub struct AllNodes {
        "nodesValueType" = "All",
    }
}

arm_runtime::model! {
    pub struct Empty {}
}

arm_runtime::model! {
    pub struct Counts {
        ..pub others: BTreeMap<String, i32>,
    }
}

arm_runtime::model! {
    pub struct Tree {
        pub name: Option<String> = "name" required,
        pub left: Option<Box<Tree>> = "left",
        pub children: Option<Vec<Tree>> = "children",
    }
}

arm_runtime::model! {
    pub struct Scalars {
        pub flag: Option<bool> = "flag",
        pub small: Option<i32> = "small",
        pub large: Option<i64> = "large",
        pub byte: Option<u8> = "byte",
        pub float: Option<f64> = "float",
        pub single: Option<f32> = "single",
        pub any: Option<Value> = "any",
        pub time: Option<OffsetDateTime> = "time",
        pub date: Option<Date> = "date",
        pub header_time: Option<Rfc1123> = "headerTime",
        pub unix_time: Option<UnixTime> = "unixTime",
        pub bytes: Option<Base64> = "bytes",
        pub url_bytes: Option<Base64Url> = "urlBytes",
        pub duration: Option<IsoDuration> = "duration",
        pub key_type: Option<KeyType> = "keyType",
        pub level: Option<Level> = "level",
        pub factor: Option<Factor> = "factor",
    }
}

arm_runtime::model! {
    pub struct Page {
        pub value: Option<Vec<Tree>> = "value",
        pub next_link: Option<String> = "nextLink",
    }
}
arm_runtime::list_page! { Page, value, next_link, Tree }

arm_runtime::model! {
    pub struct LastPage {
        pub items: Option<Vec<Tree>> = "items",
    }
}
arm_runtime::list_page! { LastPage, items, Tree }

/// Returns the message of the error when `json` is read from text, which must equal (without the
/// position) that from a value.
fn error<T: DeserializeOwned + std::fmt::Debug>(json: &str) -> String {
    let message = from_str::<T>(json).unwrap_err().to_string();
    let value: Value = from_str(json).unwrap();
    let from_value = serde_json::from_value::<T>(value).unwrap_err().to_string();
    assert_eq!(message.split(" at line ").next(), Some(&*from_value));
    message
}

/// Reads `json` in all ways, which must give the same result, and checks that it is written
/// unchanged.
fn round_trip<T>(json: &Value) -> T
where
    T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug,
{
    let read: T = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(&to_value(&read).unwrap(), json);
    let text = to_string(json).unwrap();
    assert_eq!(from_str::<T>(&text).unwrap(), read);
    assert_eq!(serde_json::from_slice::<T>(text.as_bytes()).unwrap(), read);
    assert_eq!(
        serde_json::from_reader::<_, T>(text.as_bytes()).unwrap(),
        read
    );
    assert_eq!(T::deserialize(json).unwrap(), read);
    let yaml = serde_yaml::to_string(&read).unwrap();
    assert_eq!(serde_yaml::from_str::<T>(&yaml).unwrap(), read);
    read
}

mod objects {
    use super::*;

    #[test]
    fn everything_survives_a_round_trip() {
        let endpoint: Endpoint = round_trip(&json!({
            "id": "/subscriptions/1",
            "location": "west\"europe\n",
            "properties": {
                "authMode": "AMLToken",
                "traffic": {"blue": 90, "green": 10},
                "compute": {"computeType": "AKS", "namespace": "n", "nodes": 3},
                "computes": [
                    {"computeType": "AmlCompute", "size": 0.5, "extra": [1, null, {"a": "b"}]},
                    {"computeType": "New", "anything": {"goes": [true]}},
                ],
                "key": "hunter2",
            },
            "tags": {"a": "1", "": ""},
            "notes": ["x", null],
            "labels": {"one": 1, "none": null},
        }));
        let properties = endpoint.properties.unwrap();
        assert_eq!(properties.mode, Some(AuthMode::AmlToken));
        assert_eq!(properties.traffic.unwrap()["green"], 10);
        assert_eq!(endpoint.notes, Some(vec![Some("x".to_owned()), None]));
        assert_eq!(endpoint.labels.unwrap()["none"], None);
    }

    #[test]
    fn absent_and_null_members_are_none_and_are_not_written() {
        let nulls = r#"{"id":null,"location":null,"properties":null,"tags":null,"notes":null}"#;
        for json in ["{}", nulls] {
            let endpoint: Endpoint = from_str(json).unwrap();
            assert_eq!(endpoint, Endpoint::default());
            assert_eq!(to_string(&endpoint).unwrap(), "{}");
        }
        assert_eq!(from_str::<Empty>("{}").unwrap(), Empty::default());
        assert_eq!(to_string(&Empty::default()).unwrap(), "{}");
    }

    #[test]
    fn the_last_of_several_members_wins() {
        let tree: Tree = from_str(r#"{"name": "a", "name": "b"}"#).unwrap();
        assert_eq!(tree.name.as_deref(), Some("b"));
        let tree: Tree = from_str(r#"{"name": "a", "name": null}"#).unwrap();
        assert_eq!(tree.name, None);
    }

    #[test]
    fn members_are_written_in_the_order_of_the_table() {
        let json = r#"{"location":"l","id":"i"}"#;
        let endpoint: Endpoint = from_str(json).unwrap();
        assert_eq!(
            to_string(&endpoint).unwrap(),
            r#"{"id":"i","location":"l"}"#
        );
    }

    #[test]
    fn escaped_names_are_read() {
        let tree: Tree = from_str(r#"{"n\u0061me": "a"}"#).unwrap();
        assert_eq!(tree.name.as_deref(), Some("a"));
    }

    #[test]
    fn constants_are_always_written_and_never_read() {
        assert_eq!(
            to_string(&AllNodes::default()).unwrap(),
            r#"{"nodesValueType":"All"}"#
        );
        assert_eq!(
            from_str::<AllNodes>(r#"{"nodesValueType":["?"]}"#).unwrap(),
            AllNodes::default()
        );
        let compute: AmlCompute = from_str(r#"{"computeType":"AmlCompute","x":1}"#).unwrap();
        assert_eq!(compute.others, BTreeMap::from([("x".to_owned(), json!(1))]));
    }

    #[test]
    fn additional_properties_are_kept() {
        let counts: Counts = round_trip(&json!({"a": 1, "b": 2}));
        assert_eq!(counts.others["b"], 2);
        let compute: AmlCompute = round_trip(&json!({
            "computeType": "AmlCompute", "size": 1.5, "x": null, "y": {"z": []},
        }));
        assert_eq!(compute.size, Some(1.5));
        assert_eq!(compute.others.keys().collect::<Vec<_>>(), ["x", "y"]);
        assert_eq!(
            error::<Counts>(r#"{"a": "x"}"#),
            r#"a: invalid type: string "x", expected i32 at line 1 column 9"#
        );
    }

    #[test]
    fn models_contain_themselves() {
        let tree: Tree = round_trip(&json!({
            "name": "root",
            "left": {"name": "l", "left": {"children": []}},
            "children": [{"children": [{"name": "leaf"}]}],
        }));
        let deep = tree.left.unwrap().left.unwrap();
        assert_eq!(deep.children, Some(vec![]));
    }

    #[test]
    fn infinite_nesting_is_an_error() {
        let json = format!("{}{}", r#"{"left":"#.repeat(100_000), "1");
        assert!(from_str::<Tree>(&json).is_err());
    }

    #[test]
    fn pages_return_their_items_and_link() {
        let page: Page = from_str(r#"{"value":[{"name":"a"}],"nextLink":"n"}"#).unwrap();
        assert_eq!(page.next_link(), Some("n"));
        assert_eq!(page.into_items().len(), 1);
        assert!(from_str::<Page>("{}").unwrap().into_items().is_empty());
        let last: LastPage = from_str(r#"{"items":[{"name":"a"}]}"#).unwrap();
        assert_eq!(last.next_link(), None);
        assert_eq!(last.into_items()[0].name.as_deref(), Some("a"));
    }
}

mod unknown_members {
    use super::*;

    #[test]
    fn they_are_kept_and_written_back() {
        let json = json!({"id": "1", "new": {"deep": [1, {"x": null}]}, "newer": null});
        let mut endpoint: Endpoint = round_trip(&json);
        let names: Vec<_> = endpoint.unknown_members.iter().collect();
        assert_eq!(names, [("new", &json["new"]), ("newer", &Value::Null)]);
        endpoint.id = Some("2".to_owned());
        let written = r#"{"id":"2","new":{"deep":[1,{"x":null}]},"newer":null}"#;
        assert_eq!(to_string(&endpoint).unwrap(), written);
        assert_eq!(
            round_trip::<Empty>(&json).unknown_members.get("id"),
            Some(&json!("1"))
        );
    }

    #[test]
    fn they_are_kept_at_any_depth() {
        let json = json!({
            "properties": {
                "compute": {"computeType": "AKS", "fresh": 1, "inner": {"computeType": "AKS", "x": []}},
                "computes": [{"y": {}, "computeType": "AKS"}],
            },
        });
        let endpoint: Endpoint = round_trip(&json);
        let Some(Compute::Aks(aks)) = endpoint.properties.unwrap().compute else {
            panic!("not AKS");
        };
        assert_eq!(aks.unknown_members.get("fresh"), Some(&json!(1)));
    }

    #[test]
    fn they_can_be_set_and_taken() {
        let mut endpoint = Endpoint::default();
        assert!(endpoint.unknown_members.is_empty());
        assert_eq!(endpoint.unknown_members.insert("preview", true), None);
        assert_eq!(
            endpoint.unknown_members.insert("preview", "on"),
            Some(json!(true))
        );
        assert_eq!(to_string(&endpoint).unwrap(), r#"{"preview":"on"}"#);
        assert_eq!(
            endpoint.unknown_members.remove("preview"),
            Some(json!("on"))
        );
        assert!(endpoint.unknown_members.is_empty());
        assert_eq!(endpoint, Endpoint::default());
    }

    #[test]
    fn debug_shows_their_names_only() {
        let endpoint: Endpoint = from_str(r#"{"id": "1", "newKey": "hunter2"}"#).unwrap();
        let text = format!("{endpoint:?}");
        assert_eq!(text, r#"Endpoint { unknown_members: ["newKey"], id: "1" }"#);
    }

    #[test]
    fn an_empty_map_has_the_size_of_a_pointer() {
        assert_eq!(size_of::<Empty>(), size_of::<usize>());
    }

    #[test]
    fn structs_are_built_with_struct_update_syntax() {
        let tree = Tree {
            name: Some("a".to_owned()),
            ..Default::default()
        };
        assert_eq!(tree, Tree::new("a"));
    }
}

mod nulls {
    use super::*;

    arm_runtime::model! {
        pub struct Nested {
            pub names: Option<Vec<String>> = "names",
            pub rows: Option<Vec<Vec<i32>>> = "rows",
            pub maps: Option<Vec<BTreeMap<String, String>>> = "maps",
            pub lists: Option<BTreeMap<String, Vec<String>>> = "lists",
            pub trees: Option<Vec<Tree>> = "trees",
            pub secrets: Option<BTreeMap<String, Secret>> = "secrets",
            ..pub others: BTreeMap<String, Vec<String>>,
        }
    }

    #[test]
    fn null_values_survive_a_round_trip() {
        let json = json!({"notes": [null, "a", null], "labels": {"none": null}});
        assert_eq!(round_trip::<Endpoint>(&json).notes.unwrap().len(), 3);
    }

    #[test]
    fn nulls_in_place_of_elements_survive_a_round_trip() {
        for json in [
            json!({"names": [null]}),
            json!({"names": [null, "a", null, null, "b", null]}),
            json!({"rows": [[1, null], null, [], [null, 2]]}),
            json!({"maps": [{"a": null, "b": "c"}, null, {"d": null}]}),
            json!({"lists": {"a": [null], "b": null, "c": ["d"]}}),
            json!({"trees": [null, {"name": "a"}], "names": ["x"]}),
            json!({"secrets": {"a": "hunter2", "b": null}}),
            json!({"other": null, "another": ["a", null], "more": []}),
        ] {
            round_trip::<Nested>(&json);
        }
        let endpoint: Endpoint = round_trip(&json!({"tags": {"a": null, "b": "c"}}));
        assert_eq!(endpoint.tags.unwrap().len(), 1);
        let counts: Counts = round_trip(&json!({"a": null, "b": 1}));
        assert_eq!(counts.others.len(), 1);
        let nested: Nested = round_trip(&json!({"names": [null, "a", null]}));
        assert_eq!(nested.names.unwrap(), ["a"]);
    }

    #[test]
    fn they_stay_when_other_elements_change() {
        let mut endpoint: Endpoint = from_str(r#"{"tags": {"a": null, "b": "c"}}"#).unwrap();
        let tags = endpoint.tags.as_mut().unwrap();
        tags.insert("d".to_owned(), "e".to_owned());
        tags.remove("b");
        assert_eq!(
            to_value(&endpoint).unwrap(),
            json!({"tags": {"a": null, "d": "e"}})
        );
        let tags = endpoint.tags.as_mut().unwrap();
        tags.insert("a".to_owned(), "1".to_owned());
        assert_eq!(
            to_value(&endpoint).unwrap(),
            json!({"tags": {"a": "1", "d": "e"}})
        );
        endpoint.tags = None;
        assert_eq!(to_value(&endpoint).unwrap(), json!({}));
    }

    #[test]
    fn they_are_dropped_when_the_length_of_an_array_changes() {
        let mut nested: Nested = from_str(r#"{"names": ["a", null, "b"]}"#).unwrap();
        nested.names.as_mut().unwrap()[1] = "c".to_owned();
        assert_eq!(
            to_value(&nested).unwrap(),
            json!({"names": ["a", null, "c"]})
        );
        nested.names.as_mut().unwrap().push("d".to_owned());
        assert_eq!(
            to_value(&nested).unwrap(),
            json!({"names": ["a", "c", "d"]})
        );
    }

    #[test]
    fn the_last_of_several_counts() {
        for (json, written) in [
            (r#"{"tags":{"a":null,"a":"b"}}"#, r#"{"tags":{"a":"b"}}"#),
            (
                r#"{"tags":{"a":"b","a":null,"a":null}}"#,
                r#"{"tags":{"a":null}}"#,
            ),
            (r#"{"tags":{"a":null},"tags":null}"#, "{}"),
        ] {
            let endpoint: Endpoint = from_str(json).unwrap();
            assert_eq!(to_string(&endpoint).unwrap(), written);
        }
    }

    #[test]
    fn errors_count_them_among_the_elements() {
        let message = error::<Nested>(r#"{"names":[null,1]}"#);
        assert!(message.starts_with("names[1]: invalid type"), "{message}");
    }
}

mod whole_bodies {
    use super::*;
    use arm_runtime::Json;

    #[test]
    fn they_have_the_json_of_members() {
        let day = json!("9999-12-31");
        let time = json!("2025-12-01T10:20:30Z");
        assert_eq!(round_trip::<Json<Date>>(&day).year(), 9999);
        assert_eq!(round_trip::<Json<OffsetDateTime>>(&time).year(), 2025);
        assert_eq!(round_trip::<Json<Vec<Date>>>(&json!([day, day])).len(), 2);
        let times = json!({"a": time, "b": null});
        assert_eq!(
            round_trip::<Json<BTreeMap<String, OffsetDateTime>>>(&times).len(),
            1
        );
        let times: Json<BTreeMap<String, Option<OffsetDateTime>>> = round_trip(&times);
        assert_eq!(times["b"], None);
        assert_eq!(format!("{:?}", Json::from([1])), "[1]");
        assert_eq!(Json::from(vec![1]).into_iter().next(), Some(1));
    }

    #[test]
    fn their_errors_name_the_element() {
        let message = error::<Json<BTreeMap<String, Vec<Date>>>>(r#"{"a": ["2025-02-29"]}"#);
        assert!(
            message.starts_with("a[0]: invalid value: string"),
            "{message}"
        );
        let mut validator = Validator::new();
        Json::from(vec![Tree::default()]).validate(&mut validator);
        assert_eq!(
            validator.violation(),
            Some("member `[0].name` must be given")
        );
    }
}

mod constructors {
    use super::*;

    #[test]
    fn they_take_values_that_convert() {
        let endpoint = Endpoint::new("west", EndpointProperties::default());
        assert_eq!(endpoint.location.as_deref(), Some("west"));
        assert!(endpoint.properties.is_some());
    }

    arm_runtime::model! {
        pub struct Job {
            pub compute: Option<Compute> = "compute" required,
            pub mode: Option<AuthMode> = "mode" required,
            pub key: Option<Secret> = "key" required,
            pub sizes: Option<Vec<i64>> = "sizes" required (min_items(1)),
            pub tags: Option<BTreeMap<String, String>> = "tags" required,
            pub parent: Option<Box<Job>> = "parent",
            pub timeout: Option<IsoDuration> = "timeout" required,
            pub ratio: Option<f64> = "ratio" required,
        }
    }

    #[test]
    fn they_take_kinds_values_and_collections_that_convert() {
        let minute = arm_runtime::Duration::MINUTE;
        let job = Job::new(
            Aks::default(),
            "Key",
            "hunter2",
            vec![1],
            BTreeMap::new(),
            minute,
            0.5,
        );
        let twin = Job::new(
            Compute::from(Aks::default()),
            AuthMode::Key,
            Secret::from("hunter2"),
            [1],
            BTreeMap::default(),
            "PT1M",
            0.5_f32,
        );
        assert_eq!(job, twin);
        assert_eq!(
            Job::new(Aks::default(), "", "", Vec::new(), [], "", 1).sizes,
            Some(vec![])
        );
    }
}

mod errors {
    use super::*;

    #[test]
    fn they_name_the_member() {
        for (json, message) in [
            (
                r#"{"properties":{"traffic":{"blue":"x"}}}"#,
                r#"properties.traffic.blue: invalid type: string "x", expected i32 at line 1 column 36"#,
            ),
            (
                r#"{"notes":["a",null,3]}"#,
                "notes[2]: invalid type: integer `3`, expected a string at line 1 column 20",
            ),
            (
                r#"{"properties":{"computes":[{"computeType":"AKS"},{"computeType":"AKS","nodes":true}]}}"#,
                "properties.computes[1].nodes: invalid type: boolean `true`, expected i32 at line 1 column 82",
            ),
            (
                r#"{"properties":[]}"#,
                "properties: invalid type: sequence, expected an object at line 1 column 14",
            ),
            (
                r#"{"tags":{"a":7}}"#,
                "tags.a: invalid type: integer `7`, expected a string at line 1 column 14",
            ),
            (
                "[]",
                "invalid type: sequence, expected an object at line 1 column 0",
            ),
        ] {
            assert_eq!(error::<Endpoint>(json), message);
        }
    }

    #[test]
    fn they_name_members_before_the_discriminator() {
        let json = r#"{"properties":{"compute":{"inner":{"nodes":"x","computeType":"AKS"},"computeType":"AKS"}}}"#;
        let message = error::<Endpoint>(json);
        assert!(
            message.starts_with(
                r#"properties.compute.inner.nodes: invalid type: string "x", expected i32"#
            ),
            "{message}"
        );
    }

    #[test]
    fn broken_json_is_an_error() {
        let whole = r#"{"properties":{"compute":{"a":[1,{}],"computeType":"AKS","nodes":1}}}"#;
        for end in 0..whole.len() {
            assert!(
                from_str::<Endpoint>(&whole[..end]).is_err(),
                "{}",
                &whole[..end]
            );
        }
    }

    #[test]
    fn yaml_errors_name_the_member() {
        let message = serde_yaml::from_str::<Endpoint>("properties:\n  traffic:\n    blue: x\n");
        let message = message.unwrap_err().to_string();
        assert!(
            message.starts_with("properties.traffic.blue: "),
            "{message}"
        );
        assert!(message.contains("expected i32"), "{message}");
    }
}

mod scalars {
    use super::*;

    fn read(member: &str, json: &str) -> Result<Scalars, String> {
        from_str(&format!(r#"{{"{member}":{json}}}"#)).map_err(|error| error.to_string())
    }

    fn written(scalars: &Scalars, member: &str) -> Value {
        to_value(scalars).unwrap()[member].clone()
    }

    #[test]
    fn integers_are_read_within_their_range() {
        assert_eq!(read("small", "-2147483648").unwrap().small, Some(i32::MIN));
        assert_eq!(read("small", "3.0").unwrap().small, Some(3));
        assert_eq!(
            read("large", "9223372036854775807").unwrap().large,
            Some(i64::MAX)
        );
        assert_eq!(read("large", "-1e3").unwrap().large, Some(-1000));
        assert_eq!(read("byte", "255").unwrap().byte, Some(255));
        for (member, json, message) in [
            (
                "small",
                "2147483648",
                "small: invalid value: integer `2147483648`, expected i32",
            ),
            (
                "small",
                "3.5",
                "small: invalid value: floating point `3.5`, expected i32",
            ),
            (
                "small",
                "3e10",
                "small: invalid value: integer `30000000000`, expected i32",
            ),
            (
                "large",
                "9223372036854775808",
                "large: invalid value: integer `9223372036854775808`, expected i64",
            ),
            (
                "large",
                "1e300",
                "large: invalid value: floating point `1e+300`, expected i64",
            ),
            (
                "byte",
                "-1",
                "byte: invalid value: integer `-1`, expected u8",
            ),
            (
                "byte",
                "256",
                "byte: invalid value: integer `256`, expected u8",
            ),
            (
                "small",
                "\"3\"",
                "small: invalid type: string \"3\", expected i32",
            ),
        ] {
            let error = read(member, json).unwrap_err();
            assert_eq!(error.split(" at line").next(), Some(message));
        }
        let yaml: Scalars = serde_yaml::from_str("small: 3.0\nlarge: -7").unwrap();
        assert_eq!((yaml.small, yaml.large), (Some(3), Some(-7)));
    }

    #[test]
    fn floats_are_read_from_integers() {
        assert_eq!(read("float", "3").unwrap().float, Some(3.0));
        assert_eq!(read("single", "-3").unwrap().single, Some(-3.0));
        assert_eq!(
            written(&read("single", "0.5").unwrap(), "single"),
            json!(0.5)
        );
        assert!(read("float", "\"3\"").is_err());
    }

    #[test]
    fn times_are_read_as_services_write_them() {
        let utc = "2025-12-01T10:20:30.1234567Z";
        for text in [
            utc,
            "2025-12-01T10:20:30.1234567",
            "2025-12-01t10:20:30.1234567z",
            "2025-12-01 10:20:30.1234567Z",
            "2025-12-01T10:20:30.12345670000000Z",
            "2025-12-01T12:20:30.1234567+02:00",
            "2025-12-01T04:50:30.1234567-05:30",
            "2025-12-01T10:20:30.1234567+00:00",
        ] {
            let scalars = read("time", &format!("\"{text}\"")).unwrap();
            let time = scalars.time.unwrap();
            assert_eq!(
                time.unix_timestamp_nanos(),
                1_764_584_430_123_456_700,
                "{text}"
            );
        }
        assert_eq!(
            written(&read("time", &format!("\"{utc}\"")).unwrap(), "time"),
            json!(utc)
        );
        let zoned = "2025-12-01T12:20:30+02:00";
        assert_eq!(
            written(&read("time", &format!("\"{zoned}\"")).unwrap(), "time"),
            json!(zoned)
        );
        let whole = read("time", "\"0001-01-01T00:00:00\"").unwrap();
        assert_eq!(written(&whole, "time"), json!("0001-01-01T00:00:00Z"));
        let leap = read("time", "\"2016-12-31T23:59:60Z\"").unwrap();
        assert_eq!(
            written(&leap, "time"),
            json!("2016-12-31T23:59:59.999999999Z")
        );
    }

    #[test]
    fn times_outside_the_years_of_rfc_3339_are_errors() {
        let scalars = read("time", "\"0000-01-01T00:00:00-00:30\"").unwrap();
        assert_eq!(
            written(&scalars, "time"),
            json!("0000-01-01T00:00:00-00:30")
        );
        let before = OffsetDateTime::from_unix_timestamp(-62_167_219_201).unwrap();
        let scalars = Scalars {
            time: Some(before),
            ..Scalars::default()
        };
        let error = to_string(&scalars).unwrap_err().to_string();
        assert_eq!(error, "RFC 3339 has no year before 0 or after 9999");
    }

    #[test]
    fn other_texts_are_not_times() {
        for text in [
            "",
            "2025-12-01",
            "2025-12-01T10:20",
            "2025-13-01T10:20:30Z",
            "2025-02-29T10:20:30Z",
            "2025-12-01T24:20:30Z",
            "2025-12-01T10:20:61Z",
            "2025-12-01T10:20:30.Z",
            "2025-12-01T10:20:30+2",
            "2025-12-01T10:20:30+99:00",
            "2025-12-01T10:20:30Zx",
            "2025-12-01T10:20:3",
            "+025-12-01T10:20:30Z",
            "２025-12-01T10:20:30Z",
        ] {
            let error = read("time", &format!("\"{text}\"")).unwrap_err();
            let message =
                format!("time: invalid value: string \"{text}\", expected a date and time at");
            assert!(error.starts_with(&message), "{error}");
        }
    }

    #[test]
    fn dates_are_days_of_the_calendar() {
        let scalars = read("date", "\"2024-02-29\"").unwrap();
        assert_eq!(scalars.date.unwrap().ordinal(), 60);
        assert_eq!(written(&scalars, "date"), json!("2024-02-29"));
        assert_eq!(
            written(&read("date", "\"0007-01-02\"").unwrap(), "date"),
            json!("0007-01-02")
        );
        for text in ["2025-02-29", "2025-2-1", "2025-02-01T00:00:00Z", "x"] {
            assert!(read("date", &format!("\"{text}\"")).is_err(), "{text}");
        }
    }

    #[test]
    fn other_forms_of_time() {
        let header = "Sun, 06 Nov 1994 08:49:37 GMT";
        let scalars = read("headerTime", &format!("\"{header}\"")).unwrap();
        assert_eq!(scalars.header_time.unwrap().0.unix_timestamp(), 784_111_777);
        assert_eq!(written(&scalars, "headerTime"), json!(header));
        let zoned = read("time", "\"1994-11-06T09:49:37+01:00\"")
            .unwrap()
            .time
            .unwrap();
        assert_eq!(to_value(Rfc1123(zoned)).unwrap(), json!(header));
        assert!(read("headerTime", "\"yesterday\"").is_err());

        let scalars = read("unixTime", "784111777").unwrap();
        assert_eq!(
            OffsetDateTime::from(scalars.unix_time.unwrap()).year(),
            1994
        );
        assert_eq!(written(&scalars, "unixTime"), json!(784_111_777));
        assert!(read("unixTime", "9223372036854775807").is_err());
    }

    #[test]
    fn bytes_are_text_in_base_64() {
        let scalars = read("bytes", "\"+/+/AA==\"").unwrap();
        assert_eq!(scalars.bytes, Some(Base64(vec![0xfb, 0xff, 0xbf, 0])));
        assert_eq!(written(&scalars, "bytes"), json!("+/+/AA=="));
        assert_eq!(read("bytes", "\"+/+/AA\"").unwrap(), scalars);
        let scalars = read("urlBytes", "\"-_-_AA\"").unwrap();
        assert_eq!(
            scalars.url_bytes,
            Some(Base64Url(vec![0xfb, 0xff, 0xbf, 0]))
        );
        assert_eq!(written(&scalars, "urlBytes"), json!("-_-_AA"));
        assert!(read("bytes", "\"?\"").unwrap_err().starts_with("bytes: "));
    }

    #[test]
    fn durations_keep_their_text() {
        let scalars = read("duration", "\"PT300.0S\"").unwrap();
        assert_eq!(
            scalars.duration.as_ref().unwrap().to_std(),
            Some(Duration::from_secs(300))
        );
        assert_eq!(written(&scalars, "duration"), json!("PT300.0S"));
        let odd = read("duration", "\"a while\"").unwrap();
        assert_eq!(odd.duration.as_ref().unwrap().components(), None);
        assert_eq!(written(&odd, "duration"), json!("a while"));
    }

    #[test]
    fn durations_have_components() {
        let parts = IsoDuration::from("-P1Y2M3W4DT5H6M7.08S")
            .components()
            .unwrap();
        assert!(parts.negative);
        assert_eq!(
            (parts.years, parts.months, parts.weeks, parts.days),
            (1, 2, 3, 4)
        );
        assert_eq!((parts.hours, parts.minutes, parts.seconds), (5, 6, 7));
        assert_eq!(parts.nanoseconds, 80_000_000);
        for (text, seconds) in [
            ("PT0S", 0.0),
            ("-PT0S", 0.0),
            ("P1W", 604_800.0),
            ("P0.5D", 43_200.0),
            ("P1DT1H", 90_000.0),
            ("PT1.5H", 5_400.0),
            ("PT0,25M", 15.0),
            ("PT36H", 129_600.0),
            ("PT0.0000000019S", 1e-9),
            ("PT90.5S", 90.5),
            ("P0Y0M1D", 86_400.0),
        ] {
            let length = IsoDuration::from(text).to_std();
            assert_eq!(length, Some(Duration::from_secs_f64(seconds)), "{text}");
        }
        for text in [
            "",
            "P",
            "PT",
            "P1",
            "1D",
            "PT5",
            "P5M4Y",
            "P1D1D",
            "P1DT",
            "P1S",
            "PT1D",
            "PT1.5H3M",
            "P0.5DT1H",
            "PT.5S",
            "PT1.S",
            "PT1.5.5S",
            "PT-5S",
            "P1d",
            "P０D",
            "PéD",
            "P0.5Y",
            "PT99999999999999999999S",
        ] {
            assert_eq!(IsoDuration::from(text).components(), None, "{text}");
        }
        for text in ["P1M", "P1Y", "-PT1S", "P18446744073709551615W"] {
            assert!(IsoDuration::from(text).components().is_some(), "{text}");
            assert_eq!(IsoDuration::from(text).to_std(), None, "{text}");
        }
    }

    #[test]
    fn durations_are_created_from_lengths() {
        for (length, text) in [
            (Duration::ZERO, "PT0S"),
            (Duration::from_secs(300), "PT5M"),
            (Duration::from_secs(86_400), "P1D"),
            (Duration::from_secs(93_784), "P1DT2H3M4S"),
            (Duration::from_millis(500), "PT0.5S"),
            (Duration::new(60, 10), "PT1M0.00000001S"),
        ] {
            assert_eq!(IsoDuration::from(length).as_str(), text);
            assert_eq!(IsoDuration::from(length).to_std(), Some(length));
        }
        for (length, text) in [
            (arm_runtime::Duration::ZERO, "PT0S"),
            (arm_runtime::Duration::minutes(90), "PT1H30M"),
            (arm_runtime::Duration::milliseconds(-500), "-PT0.5S"),
            (
                arm_runtime::Duration::MIN,
                "-P106751991167300DT15H30M8.999999999S",
            ),
        ] {
            assert_eq!(IsoDuration::from(length).as_str(), text);
            assert!(IsoDuration::from(length).components().is_some());
        }
        let longest = Duration::MAX;
        assert_eq!(IsoDuration::from(longest).to_std(), Some(longest));
    }
}

mod enums {
    use super::*;

    #[test]
    fn open_enums_accept_any_text() {
        for (text, value) in [
            ("AMLToken", AuthMode::AmlToken),
            ("Key", AuthMode::Key),
            ("key", AuthMode::UnknownValue("key".to_owned())),
        ] {
            assert_eq!(AuthMode::from(text), value);
            assert_eq!(AuthMode::from(text.to_owned()), value);
            assert_eq!(text.parse::<AuthMode>(), Ok(value.clone()));
            assert_eq!(value.as_str(), text);
            assert_eq!(value.as_ref(), text);
            assert_eq!(value.to_string(), text);
            assert_eq!(value.to_text().as_deref(), Ok(text));
            assert_eq!(round_trip::<AuthMode>(&json!(text)), value);
        }
        assert_eq!(format!("{:>5}", AuthMode::Key), "  Key");
        assert!(from_str::<AuthMode>("1").is_err());
    }

    #[test]
    fn closed_enums_accept_their_values_only() {
        assert_eq!("Primary".parse(), Ok(KeyType::Primary));
        assert_eq!(
            round_trip::<KeyType>(&json!("Secondary")),
            KeyType::Secondary
        );
        let error = "Third".parse::<KeyType>().unwrap_err();
        assert_eq!(error.to_string(), "\"Third\" is none of Primary, Secondary");
        assert_eq!(
            (error.value(), error.choices()),
            ("Third", &["Primary", "Secondary"][..])
        );
        assert_eq!(
            super::error::<Scalars>(r#"{"keyType":"Third"}"#),
            "keyType: \"Third\" is none of Primary, Secondary at line 1 column 18"
        );
    }

    #[test]
    fn enums_of_numbers() {
        assert_eq!(round_trip::<Level>(&json!(2)), Level::High);
        assert_eq!(round_trip::<Level>(&json!(-3)), Level::UnknownValue(-3));
        assert_eq!(Level::Low.to_string(), "1");
        assert_eq!(Level::UnknownValue(9).to_text().as_deref(), Ok("9"));
        assert_eq!(from_str::<Level>("1.0").unwrap(), Level::Low);
        assert!(from_str::<Level>("\"1\"").is_err());

        assert_eq!(round_trip::<Factor>(&json!(0.5)), Factor::Half);
        assert_eq!(from_str::<Factor>("1").unwrap(), Factor::Whole);
        assert_eq!(Factor::try_from(2.5).unwrap_err().choices(), ["0.5", "1.0"]);
        assert!(super::error::<Factor>("2.5").starts_with("\"2.5\" is none of 0.5, 1.0"));
    }
}

mod unions {
    use super::*;

    fn aks(nodes: i32) -> Compute {
        Compute::from(Aks {
            nodes: Some(nodes),
            ..Aks::default()
        })
    }

    #[test]
    fn the_discriminator_may_be_any_member_in_any_letter_case() {
        for json in [
            r#"{"computeType":"AKS","namespace":"n","nodes":3}"#,
            r#"{"namespace":"n","computeType":"AKS","nodes":3}"#,
            r#"{"namespace":"n","nodes":3,"computeType":"AKS"}"#,
            r#"{"namespace":"n","nodes":3.0,"computeType":"aks"}"#,
            r#"{"compute\u0054ype":"Aks","n\u006fdes":3,"namespace":"n"}"#,
        ] {
            let compute: Compute = from_str(json).unwrap();
            let Compute::Aks(aks) = &compute else {
                panic!("{compute:?}");
            };
            assert_eq!((aks.namespace.as_deref(), aks.nodes), (Some("n"), Some(3)));
            assert_eq!(compute.kind(), "AKS");
            let read = serde_json::from_value::<Compute>(from_str(json).unwrap()).unwrap();
            assert_eq!(read, compute);
            assert_eq!(
                serde_json::from_reader::<_, Compute>(json.as_bytes()).unwrap(),
                compute
            );
            assert_eq!(
                to_string(&compute).unwrap(),
                r#"{"computeType":"AKS","namespace":"n","nodes":3}"#
            );
        }
    }

    #[test]
    fn yaml_has_discriminators_anywhere_too() {
        let yaml = "nodes: 3\ninner:\n  others: 1\n  computeType: AmlCompute\ncomputeType: AKS\n";
        let compute: Compute = serde_yaml::from_str(yaml).unwrap();
        let json = json!({"computeType": "AKS", "nodes": 3, "inner": {"computeType": "AmlCompute", "others": 1}});
        assert_eq!(to_value(&compute).unwrap(), json);
    }

    #[test]
    fn members_before_the_discriminator_are_kept() {
        let json = r#"{"x":1,"computeType":"AmlCompute","y":2}"#;
        let Compute::AmlCompute(compute) = from_str(json).unwrap() else {
            panic!("not AmlCompute");
        };
        assert_eq!(
            compute.others,
            BTreeMap::from([("x".into(), json!(1)), ("y".into(), json!(2))])
        );
    }

    #[test]
    fn members_before_the_discriminator_follow_the_same_rules() {
        for json in [
            r#"{"nodes":null,"nodes":2,"computeType":"AKS"}"#,
            r#"{"nodes":1,"computeType":"AKS","nodes":2}"#,
        ] {
            assert_eq!(from_str::<Compute>(json).unwrap(), aks(2));
        }
        let json = r#"{"nodes":1,"computeType":"AKS","nodes":null}"#;
        assert_eq!(
            from_str::<Compute>(json).unwrap(),
            Compute::from(Aks::default())
        );
    }

    #[test]
    fn unknown_kinds_keep_all_members() {
        let json = json!({"a": [1, {"b": null}], "computeType": "Quantum", "qubits": 1e300, "n": 18_446_744_073_709_551_615_u64});
        let Compute::Unknown(object) = round_trip::<Compute>(&json) else {
            panic!("known");
        };
        assert_eq!(object.kind(), Some("Quantum"));
        assert_eq!(object.value(), &json);
        let compute = Compute::Unknown(UnknownKind::new(json));
        assert_eq!(compute, Compute::Unknown(object));
        assert_eq!(compute.kind(), "Quantum");
    }

    #[test]
    fn a_discriminator_that_is_not_text_is_an_unknown_kind() {
        for json in [
            json!({}),
            json!({"x": 1}),
            json!({"computeType": null, "x": 1}),
            json!({"x": 1, "computeType": 5}),
        ] {
            let compute: Compute = round_trip(&json);
            assert_eq!(compute.kind(), "");
            let Compute::Unknown(object) = compute else {
                panic!("known");
            };
            assert_eq!((object.kind(), object.value()), (None, &json));
        }
    }

    #[test]
    fn a_kind_may_be_a_union_itself() {
        let square =
            json!({"label": "a", "form": "Square", "kind": "Polygon", "side": 2.5, "new": 1});
        let shape: Figure = round_trip(&square);
        assert_eq!((shape.kind(), shape.label()), ("Polygon", Some("a")));
        let Figure::Polygon(polygon) = &shape else {
            panic!("{shape:?}");
        };
        let Polygon::Square(own) = &**polygon else {
            panic!("{polygon:?}");
        };
        assert_eq!(own.side, Some(2.5));
        // A kind that the inner union does not know is kept whole.
        let other = json!({"kind": "Polygon", "form": "Kite", "label": "b", "angle": 30});
        let shape: Figure = round_trip(&other);
        assert_eq!((shape.kind(), shape.label()), ("Polygon", Some("b")));
        assert!(
            matches!(&shape, Figure::Polygon(own) if own.kind() == "Kite"),
            "{shape:?}"
        );
        // Errors have the path through both.
        let error = error::<Figure>(r#"{"form": "Square", "kind": "Polygon", "side": "x"}"#);
        assert!(error.starts_with("side: "), "{error}");
    }

    #[test]
    fn kinds_of_kinds_and_unions_of_some_kinds_convert() {
        let square = Square {
            side: Some(1.0),
            ..Square::default()
        };
        let shape = Figure::from(square.clone());
        assert_eq!(shape, Figure::from(Polygon::from(square)));
        let written = to_value(&shape).unwrap();
        assert_eq!(
            written,
            json!({"kind": "Polygon", "form": "Square", "side": 1.0})
        );
        let oval = Oval::default();
        assert_eq!(
            Figure::from(oval.clone()),
            Figure::from(Ellipse::from(oval))
        );
        let unknown = from_str::<Ellipse>(r#"{"kind": "Egg"}"#).unwrap();
        assert_eq!(Figure::from(unknown).kind(), "Egg");
    }

    #[test]
    fn members_of_all_kinds_have_accessors() {
        let members = json!({
            "location": "west", "disabled": true, "state": "Key", "level": 2,
            "created": "2025-12-01T10:20:30Z", "labels": {"a": "b"},
        });
        for kind in ["AKS", "AmlCompute", "Quantum"] {
            let mut json = members.clone();
            json["computeType"] = json!(kind);
            let compute: Compute = round_trip(&json);
            assert_eq!(compute.location(), Some("west"));
            assert_eq!(compute.disabled(), Some(true));
            assert_eq!(compute.state(), Some(AuthMode::Key));
            assert_eq!(compute.level(), Some(Level::High));
            assert_eq!(compute.created().unwrap().year(), 2025);
            assert_eq!(compute.labels().unwrap()["a"], "b");

            let compute: Compute = round_trip(&json!({"computeType": kind}));
            assert_eq!(compute.location(), None);
            assert_eq!(compute.labels(), None);
        }
        let odd: Compute =
            from_str(r#"{"computeType": "?", "location": 1, "labels": []}"#).unwrap();
        assert_eq!((odd.location(), odd.labels()), (None, None));
    }

    #[test]
    fn values_other_than_objects_are_no_unions() {
        let json = r#"{"properties":{"compute":null}}"#;
        assert_eq!(
            from_str::<Endpoint>(json)
                .unwrap()
                .properties
                .unwrap()
                .compute,
            None
        );
        assert!(from_str::<Compute>("null").is_err());
        assert!(
            error::<Compute>("\"AKS\"")
                .starts_with("invalid type: string \"AKS\", expected an object")
        );
    }
}

arm_runtime::model! {
    pub struct Everything {
        "kind" = "Everything",
        pub id: Option<String> = "id",
        pub mode: Option<AuthMode> = "mode",
        pub compute: Option<Compute> = "compute",
        pub inner: Option<Box<Everything>> = "inner",
        ..pub rest: BTreeMap<String, i32>,
    }
}

/// Clones and equality are implemented by visits of the fields: each kind of field counts.
#[test]
fn clones_are_equal_until_a_field_changes() {
    let inner = Everything {
        id: Some("inner".to_owned()),
        ..Everything::default()
    };
    let mut one = Everything {
        id: Some("outer".to_owned()),
        mode: Some(AuthMode::Key),
        compute: Some(Compute::Unknown(UnknownKind::new(json!({"a": 1})))),
        inner: Some(Box::new(inner)),
        rest: BTreeMap::from([("lives".to_owned(), 9)]),
        ..Everything::default()
    };
    one.unknown_members.insert("tail", "long");
    let changes: [fn(&mut Everything); 8] = [
        |one| one.id = None,
        |one| one.mode = Some(AuthMode::AmlToken),
        |one| one.compute = Some(Compute::Unknown(UnknownKind::new(json!({"a": 2})))),
        |one| one.inner = Some(Box::default()),
        |one| one.inner.as_mut().unwrap().id = Some("other".to_owned()),
        |one| _ = one.rest.insert("lives".to_owned(), 8),
        |one| _ = one.unknown_members.insert("tail", "short"),
        |one| _ = one.unknown_members.remove("tail"),
    ];
    for (index, change) in changes.into_iter().enumerate() {
        let mut other = one.clone();
        assert_eq!(other, one);
        assert_eq!(to_value(&other).unwrap(), to_value(&one).unwrap());
        change(&mut other);
        assert_ne!(other, one, "change {index}");
    }
}

#[test]
fn debug_shows_the_members_that_are_set() {
    let aks: Compute =
        from_str(r#"{"computeType": "AKS", "nodes": 3, "namespace": null}"#).unwrap();
    assert_eq!(format!("{aks:?}"), "Aks { nodes: 3 }");
    let others: Counts = from_str(r#"{"b": 2, "a": 1}"#).unwrap();
    assert_eq!(format!("{others:?}"), "Counts { a: 1, b: 2 }");
    assert_eq!(format!("{:?}", Empty::default()), "Empty");
}

mod secrets {
    use super::*;

    fn hidden(shown: &impl std::fmt::Debug) {
        for text in [format!("{shown:?}"), format!("{shown:#?}")] {
            assert!(!text.contains("hunter"), "{text}");
        }
    }

    #[test]
    fn debug_shows_no_secret() {
        hidden(&<Secret>::from("hunter2"));
        hidden(&Some(vec![Secret::from("hunter2".to_owned())]));
        let json = r#"{"properties":{"key":"hunter1","compute":{"password":"hunter2","computeType":"AmlCompute"},
            "computes":[{"computeType":"AmlCompute","password":"hunter3"},{"computeType":"?","password":"hunter4"}]}}"#;
        let endpoint: Endpoint = from_str(json).unwrap();
        hidden(&endpoint);
        let text = format!("{endpoint:?}");
        assert!(
            text.contains("Secret") && text.contains("\"?\"") && text.contains("password"),
            "{text}"
        );
        assert_eq!(to_string(&endpoint).unwrap().matches("hunter").count(), 4);
    }

    #[test]
    fn secrets_are_read_written_and_compared() {
        let secret: Secret<i32> = from_str("3").unwrap();
        assert_eq!(*secret.expose(), 3);
        assert_eq!(to_string(&secret).unwrap(), "3");
        assert_eq!(<Secret>::from("a").into_exposed(), "a");
        assert_eq!(Secret::from("a"), Secret::from("a".to_owned()));
        assert_ne!(<Secret>::from("a"), <Secret>::from("b"));
    }

    #[test]
    fn errors_show_no_secret() {
        let message = from_str::<Secret<i32>>("\"hunter2\"")
            .unwrap_err()
            .to_string();
        assert!(message.starts_with("invalid secret"), "{message}");
        let message = error::<Endpoint>(r#"{"properties":{"key":["hunter2"]}}"#);
        assert_eq!(
            message,
            "properties.key: invalid secret at line 1 column 21"
        );
    }
}

mod rules {
    use super::*;

    arm_runtime::model! {
        pub struct Ruled {
            pub text: Option<String> = "text" required (min_length(2), max_length(4), pattern("^[a-z]+$")),
            pub mode: Option<AuthMode> = "mode" (max_length(5)),
            pub secret: Option<Secret> = "secret" required (min_length(3)),
            pub count: Option<i32> = "count" (minimum(-1.0), maximum(10.0)),
            pub open: Option<f64> = "open" (minimum(0.0), exclusive_minimum, maximum(1.5), exclusive_maximum),
            pub step: Option<f64> = "step" (multiple_of(0.1)),
            pub items: Option<Vec<String>> = "items" (min_items(1), max_items(3), unique_items),
            pub trees: Option<Vec<Tree>> = "trees" (unique_items),
            pub map: Option<BTreeMap<String, Tree>> = "map",
            pub compute: Option<Compute> = "compute",
            pub optional: Option<Vec<Option<Tree>>> = "optional",
            pub wait: Option<IsoDuration> = "wait",
            pub hidden: Option<Secret<IsoDuration>> = "hidden",
            ..pub others: BTreeMap<String, Tree>,
        }
    }

    fn valid() -> Value {
        json!({"text": "ab", "secret": "hunter2"})
    }

    fn violation<T: Wire>(value: &T) -> Option<String> {
        let mut validator = Validator::new();
        value.validate(&mut validator);
        validator.violation().map(str::to_owned)
    }

    fn with(member: &str, value: Value) -> Option<String> {
        let mut json = valid();
        json[member] = value;
        violation(&serde_json::from_value::<Ruled>(json).unwrap())
    }

    #[test]
    fn valid_values_pass() {
        assert_eq!(with("text", json!("abcd")), None);
        for (member, value) in [
            ("text", json!("日本".repeat(2).replace("日本", "ab"))),
            ("mode", json!("Key")),
            ("count", json!(-1)),
            ("count", json!(10)),
            ("open", json!(0.1)),
            ("step", json!(0.3)),
            ("items", json!(["a", "b", "c"])),
            ("trees", json!([{"name": "a"}, {"name": "b"}])),
            ("map", json!({"k": {"name": "a"}})),
            ("compute", json!({"computeType": "AKS", "nodes": 1})),
            ("compute", json!({"computeType": "?", "nodes": 0})),
            ("optional", json!([null, {"name": "a"}])),
            ("wait", json!("PT5M")),
            ("other", json!({"name": "a"})),
        ] {
            assert_eq!(with(member, value), None, "{member}");
        }
    }

    #[test]
    fn each_violation_has_a_message() {
        for (member, value, message) in [
            ("text", Value::Null, "member `text` must be given"),
            (
                "text",
                json!("a"),
                "member `text` must have at least 2 characters, but \"a\" has 1",
            ),
            (
                "text",
                json!("abcde"),
                "member `text` must have at most 4 characters, but \"abcde\" has 5",
            ),
            (
                "text",
                json!("aB"),
                "member `text` must match the pattern ^[a-z]+$, but is \"aB\"",
            ),
            (
                "mode",
                json!("AMLToken"),
                "member `mode` must have at most 5 characters, but \"AMLToken\" has 8",
            ),
            ("secret", Value::Null, "member `secret` must be given"),
            (
                "secret",
                json!("xy"),
                "member `secret` must have at least 3 characters, but the value has 2",
            ),
            (
                "count",
                json!(-2),
                "member `count` must be at least -1, but is \"-2\"",
            ),
            (
                "count",
                json!(11),
                "member `count` must be at most 10, but is \"11\"",
            ),
            (
                "open",
                json!(0),
                "member `open` must be more than 0, but is \"0\"",
            ),
            (
                "open",
                json!(1.5),
                "member `open` must be less than 1.5, but is \"1.5\"",
            ),
            (
                "step",
                json!(0.25),
                "member `step` must be a multiple of 0.1, but is \"0.25\"",
            ),
            (
                "items",
                json!([]),
                "member `items` must have at least 1 items, but has 0",
            ),
            (
                "items",
                json!(["a", "b", "c", "d"]),
                "member `items` must have at most 3 items, but has 4",
            ),
            (
                "items",
                json!(["a", "b", "a"]),
                "member `items` must not have an item twice, but has \"a\" twice",
            ),
            (
                "trees",
                json!([{"name": "a"}, {"name": "a"}]),
                "member `trees` must not have an item twice, but has \"{\\\"name\\\":\\\"a\\\"}\" twice",
            ),
            (
                "trees",
                json!([{"name": "a"}, {"name": "b", "left": {}}]),
                "member `trees[1].left.name` must be given",
            ),
            (
                "map",
                json!({"k": {"name": "a", "children": [{}]}}),
                "member `map.k.children[0].name` must be given",
            ),
            (
                "compute",
                json!({"computeType": "AKS", "nodes": 0}),
                "member `compute.nodes` must be at least 1, but is \"0\"",
            ),
            (
                "optional",
                json!([null, {}]),
                "member `optional[1].name` must be given",
            ),
            (
                "wait",
                json!("a while"),
                "member `wait` must be an ISO 8601 duration such as PT5M, but is \"a while\"",
            ),
            (
                "hidden",
                json!("hunter2"),
                "member `hidden` must be an ISO 8601 duration such as PT5M, but is the value",
            ),
            ("other", json!({}), "member `other.name` must be given"),
        ] {
            assert_eq!(with(member, value).as_deref(), Some(message));
        }
    }

    #[test]
    fn the_first_violation_in_the_order_of_the_table_is_reported() {
        let ruled = Ruled {
            count: Some(100),
            open: Some(100.0),
            ..serde_json::from_value(valid()).unwrap()
        };
        assert_eq!(
            violation(&ruled).as_deref(),
            Some("member `count` must be at most 10, but is \"100\"")
        );
    }

    #[test]
    fn lists_of_models_are_checked_with_their_index() {
        let trees: Vec<Tree> = vec![
            Tree {
                name: Some("a".into()),
                ..Tree::default()
            },
            Tree::default(),
        ];
        assert_eq!(
            violation(&trees).as_deref(),
            Some("member `[1].name` must be given")
        );
    }

    #[test]
    fn reading_does_not_check() {
        assert!(from_str::<Ruled>(r#"{"text":"","count":99}"#).is_ok());
    }
}

mod random {
    use super::*;

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>()
                .prop_filter("JSON has no others", |f| f.is_finite())
                .prop_map(Value::from),
            ".{0,8}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 16, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(".{0,4}", inner, 0..4)
                    .prop_map(|map| map.into_iter().collect()),
            ]
        })
    }

    fn compute() -> impl Strategy<Value = Compute> {
        let aml = (
            prop::option::of(-1e9..1e9_f64),
            prop::option::of(".*"),
            prop::collection::btree_map("x.{0,4}", json(), 0..4),
        )
            .prop_map(|(size, password, others)| {
                Compute::from(AmlCompute {
                    size,
                    password: password.map(Secret::from),
                    others,
                    ..AmlCompute::default()
                })
            });
        let unknown = prop::collection::btree_map(".{0,4}", json(), 0..4)
            .prop_map(|map| Compute::Unknown(UnknownKind::new(map.into_iter().collect())));
        prop_oneof![aml, unknown].prop_recursive(3, 8, 1, |inner| {
            (
                prop::option::of(".*"),
                prop::option::of(any::<i32>()),
                prop::option::of(inner),
            )
                .prop_map(|(namespace, nodes, inner)| {
                    Compute::from(Aks {
                        namespace,
                        nodes,
                        inner: inner.map(Box::new),
                        ..Aks::default()
                    })
                })
        })
    }

    fn endpoint() -> impl Strategy<Value = Endpoint> {
        let properties = (
            prop::option::of("(AMLToken|Key|.*)".prop_map(AuthMode::from)),
            prop::option::of(prop::collection::btree_map(".*", any::<i32>(), 0..4)),
            prop::option::of(compute()),
            prop::option::of(prop::collection::vec(compute(), 0..3)),
            prop::option::of(".*".prop_map(Secret::from)),
        )
            .prop_map(
                |(mode, traffic, compute, computes, key)| EndpointProperties {
                    mode,
                    traffic,
                    compute,
                    computes,
                    key,
                    ..EndpointProperties::default()
                },
            );
        (
            prop::option::of(".*"),
            prop::option::of(properties),
            prop::option::of(prop::collection::vec(prop::option::of(".*"), 0..3)),
            prop::option::of(prop::collection::btree_map(
                ".*",
                prop::option::of(any::<i32>()),
                0..3,
            )),
        )
            .prop_map(|(id, properties, notes, labels)| Endpoint {
                id,
                properties,
                notes,
                labels,
                ..Endpoint::default()
            })
    }

    proptest! {
        #[test]
        fn models_survive_a_round_trip(endpoint in endpoint()) {
            let text = to_string(&endpoint).unwrap();
            prop_assert_eq!(&from_str::<Endpoint>(&text).unwrap(), &endpoint);
            prop_assert_eq!(&serde_json::from_reader::<_, Endpoint>(text.as_bytes()).unwrap(), &endpoint);
            // A `Value` sorts its members, so that the discriminator is not the first one.
            let value = to_value(&endpoint).unwrap();
            prop_assert_eq!(&serde_json::from_value::<Endpoint>(value).unwrap(), &endpoint);
        }

        #[test]
        fn no_json_makes_reading_panic(value in json(), member in "(properties|tags|notes|labels|id)") {
            let object = Value::Object([(member, value.clone())].into_iter().collect());
            let _ = serde_json::from_value::<Endpoint>(object);
            let _ = serde_json::from_value::<Compute>(value);
        }

        #[test]
        fn times_survive(seconds in -62_135_596_800_i64..253_402_300_799, nanosecond in 0..1_000_000_000_u32) {
            let time = OffsetDateTime::from_unix_timestamp(seconds).unwrap().replace_nanosecond(nanosecond).unwrap();
            let scalars = Scalars { time: Some(time), date: Some(time.date()), ..Scalars::default() };
            prop_assert_eq!(from_str::<Scalars>(&to_string(&scalars).unwrap()).unwrap(), scalars);
        }

        #[test]
        fn no_text_makes_parsing_panic(text in "P?[0-9YMWDTHSé.,+:zZ -]{0,24}") {
            let _ = IsoDuration::from(text.as_str()).to_std();
            let text = to_string(&text).unwrap();
            let _ = from_str::<Scalars>(&format!("{{\"time\":{text}}}"));
        }

        #[test]
        fn lengths_survive(seconds in any::<u64>(), nanosecond in 0..1_000_000_000_u32) {
            let length = Duration::new(seconds, nanosecond);
            prop_assert_eq!(IsoDuration::from(length).to_std(), Some(length));
        }
    }
}
