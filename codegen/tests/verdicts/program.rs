//! A program that uses the whole crate generated from `base.yaml`, within the contract on the
//! crate's front page.
#![allow(dead_code)]

use std::collections::BTreeMap;
use widgets::{
    ComparedClient, ResponseHeaders,
    arm_runtime::{
        ArmClientOptions, AsyncResponse, Body, ListResult, NoFormat, OffsetDateTime, ResourceId,
        Response, Result, Secret, TryStreamExt, UnknownKind, Value,
    },
    models::{
        Color, Level, Lid, LidList, Mode, Names, Operation, OperationList, Part, RoundShape, Shape,
        SquareShape, Turn, Widget, WidgetList,
    },
    operations::{
        LidsClient, LidsClientGetOptions, OperationsClient, OperationsClientListOptions,
        WidgetsClient, WidgetsClientBeginCreateOrUpdateOptions, WidgetsClientDeleteOptions,
        WidgetsClientExistsOptions, WidgetsClientGetOptions, WidgetsClientImageOptions,
        WidgetsClientListOptions, WidgetsClientTurnOptions, WidgetsClientUpdateOptions,
    },
    scopes::StoreScope,
};

fn main() {}

fn scopes(options: ArmClientOptions, id: &ResourceId) -> Result<StoreScope> {
    let client: ComparedClient = ComparedClient::without_credential("subscription", options)?;
    let _: StoreScope = client.store_from_id(id)?;
    let _: OperationsClient = client.operations();
    let store: StoreScope = client.store("store")?;
    let _: WidgetsClient = store.widgets();
    let _: LidsClient = store.lids();
    Ok(store)
}

async fn operations(client: &OperationsClient) -> Result<()> {
    let options = OperationsClientListOptions {
        ..Default::default()
    };
    let mut items = client.list(Some(options))?;
    while let Some(operation) = items.try_next().await? {
        let Operation { name, .. } = operation;
        let _: Option<String> = name;
    }
    let mut pages = client.list(None)?.into_pages();
    while let Some(page) = pages.try_next().await? {
        let page: OperationList = page.into_model()?;
        let _: (Option<Vec<Operation>>, Option<String>) = (page.value, page.next_link);
    }
    Ok(())
}

async fn lids(client: &LidsClient) -> Result<Lid> {
    let options = LidsClientGetOptions {
        ..Default::default()
    };
    let lid: Lid = client.get("lid", Some(options)).await?.into_model()?;
    let _ = Lid {
        heavy: Some(true),
        ..Default::default()
    };
    let list: LidList = client.list(None).await?.into_model()?;
    let _: Option<Vec<Lid>> = list.value;
    Ok(lid)
}

async fn reads(client: &WidgetsClient) -> Result<Widget> {
    let options = WidgetsClientListOptions {
        top: Some(3_i32),
        ..Default::default()
    };
    let mut items = client.list(Some(options))?;
    while let Some(widget) = items.try_next().await? {
        let _: Widget = widget;
    }
    let mut pages = client.list(None)?.into_pages();
    while let Some(page) = pages.try_next().await? {
        let page: ListResult<Widget> = page.into_model()?;
        let page: WidgetList = page;
        let _: (Option<Vec<Widget>>, Option<String>) = (page.value, page.next_link);
    }
    let options = WidgetsClientGetOptions {
        expand: Some(String::from("all")),
        colors: Some(vec![String::from("red")]),
        if_none_match: Some(String::from("*")),
        ..Default::default()
    };
    let response = client.get("widget", Some(options)).await?;
    let _: Option<String> = response.request_id()?;
    let _: Option<i32> = response.remaining()?;
    let options = WidgetsClientExistsOptions {
        ..Default::default()
    };
    let _: bool = client.exists("widget", Some(options)).await?;
    let options = WidgetsClientImageOptions {
        ..Default::default()
    };
    let _: AsyncResponse = client.image("widget", Some(options)).await?;
    response.into_model()
}

async fn writes(client: &WidgetsClient, widget: &Widget) -> Result<Widget> {
    let options = WidgetsClientBeginCreateOrUpdateOptions {
        ..Default::default()
    };
    let poller = client.begin_create_or_update("widget", widget, Some(options))?;
    let created: Widget = poller.await?.into_model()?;
    let body: Body<'_, Widget> = (&created).into();
    let options = WidgetsClientUpdateOptions {
        body: Some(body),
        ..Default::default()
    };
    let updated: Widget = client.update("widget", Some(options)).await?.into_model()?;
    let options = WidgetsClientDeleteOptions {
        ..Default::default()
    };
    let _: Response<(), NoFormat> = client.delete("widget", Some(options)).await?;
    let options = WidgetsClientTurnOptions {
        ..Default::default()
    };
    let angle: i32 = 90;
    let turn = Turn {
        degrees: Some(90),
        ..Turn::new(45)
    };
    let turned = client
        .turn("widget", angle, Mode::Fast, "why", &turn, Some(options))
        .await?;
    let Turn { degrees, .. } = turned.into_model()?;
    let _: Option<i32> = degrees;
    Ok(updated)
}

fn models(due: OffsetDateTime, key: Secret) -> Widget {
    let names: Names = vec![String::new()];
    Widget {
        id: Some(String::from("id")),
        location: Some(String::from("here")),
        state: Some(String::from("new")),
        owner: Some(String::from("me")),
        color: Some(Color::Red),
        mode: Some(Mode::Slow),
        level: Some(Level::V1),
        names: Some(vec![String::from("name")]),
        tags: Some(names),
        parts: Some(BTreeMap::from([(String::new(), part())])),
        part: Some(part()),
        shape: Some(Shape::Round(Box::new(RoundShape {
            depth: Some(1_i64),
            radius: Some(2.5),
            ..Default::default()
        }))),
        due: Some(due),
        key: Some(key),
        free: Some(Value::Null),
        ..Widget::new(3, "label")
    }
}

fn members(widget: Widget) -> (Option<i32>, Option<String>) {
    let Widget { size, label, .. } = widget;
    (size, label)
}

fn part() -> Part {
    let additional_properties: BTreeMap<String, String> = BTreeMap::new();
    Part {
        weight: Some(0.5),
        additional_properties,
        ..Default::default()
    }
}

fn shapes(shape: Shape) -> Option<f64> {
    match shape {
        Shape::Round(round) => round.radius,
        Shape::Square(square) => {
            let SquareShape { side, depth, .. } = *square;
            depth.map(|_: i64| 0.0).or(side)
        }
        Shape::Unknown(unknown) => {
            let _: UnknownKind = unknown;
            None
        }
        _ => None,
    }
}

fn colors(color: Color) -> String {
    match color {
        Color::Red | Color::Blue => String::from(color.as_str()),
        Color::UnknownValue(other) => other,
        _ => String::from(Color::from("green").as_str()),
    }
}

fn modes(mode: Mode) -> &'static str {
    let copy = mode;
    match mode {
        Mode::Fast => "fast",
        Mode::Slow => copy.as_str(),
        _ => "other",
    }
}

fn levels(level: Level) -> i32 {
    match level {
        Level::V1 => 1,
        Level::V2 => level.value(),
        _ => 0,
    }
}
