//! The hall, the figures, the map.
use crate::call::{Call, Reply};
use axum::http::StatusCode;
use liangu_app::Outcome;
use liangu_app::hall::Hall;
use liangu_app::map::MapView;
use liangu_app::measures::{Figure, FigureOpened};
use serde_json::Value as Json;

pub fn hall(call: &Call<'_>) -> Outcome<Hall> {
    call.caller.hall()
}

pub fn figures(call: &Call<'_>) -> Outcome<Vec<Figure>> {
    call.caller.figures()
}

pub fn figure(call: &Call<'_>) -> Outcome<FigureOpened> {
    call.caller.open_figure(call.part("id"), call.param("after"))
}

pub fn map(call: &Call<'_>) -> Outcome<MapView> {
    call.caller.map()
}

pub fn import_shapes(call: &Call<'_>, shapes: Json) -> Outcome<Reply> {
    call.caller.import_shapes(shapes)?;
    Ok(Reply::nothing(StatusCode::NO_CONTENT))
}
