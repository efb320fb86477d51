//! One list out of several queries, each of which walks an index of its own.
//!
//! The marker of a page holds a place in every stream, so that rows which come or go in between neither repeat nor hide
//! others.
use crate::fault::{Outcome, bad_request};
use liangu_store::{Cursor, Item, Page};
use std::cmp::Ordering;

/// In a marker: the stream has no more rows.
const SPENT: &str = "-";
/// Between the places of a marker.
const BETWEEN: char = '.';

pub(super) struct Merged {
    /// Stream and row.
    pub items: Vec<(usize, Item)>,
    pub next: Option<String>,
}

/// The first `limit` rows of `streams` after the marker, by `order`; `fetch` reads a page of a stream in that order, and
/// `place` says where a row stands in it.
///
/// # Errors
/// A bad request for a marker of another list; what `fetch` answers.
pub(super) fn merged(
    streams: usize,
    after: Option<&str>,
    limit: usize,
    mut fetch: impl FnMut(usize, Option<Cursor>) -> Outcome<Page>,
    order: impl Fn(&Item, &Item) -> Ordering,
    place: impl Fn(&Item) -> Cursor,
) -> Outcome<Merged> {
    let mut places = places(streams, after)?;
    let mut rows: Vec<(usize, Item)> = Vec::new();
    let mut more = vec![false; streams];
    for (stream, at) in places.iter().enumerate().filter(|(_, at)| *at != SPENT) {
        let page = fetch(stream, (!at.is_empty()).then(|| Cursor::parse(at)))?;
        more[stream] = page.next.is_some();
        rows.extend(page.items.into_iter().map(|item| (stream, item)));
    }
    rows.sort_by(|(_, a), (_, b)| order(a, b));
    let left = rows.split_off(limit.min(rows.len()));
    for stream in 0..streams {
        if let Some((_, last)) = rows.iter().rfind(|(of, _)| *of == stream) {
            places[stream] = place(last).as_str().to_owned();
        }
        if !more[stream] && !left.iter().any(|(of, _)| *of == stream) {
            places[stream] = SPENT.to_owned();
        }
    }
    let next = places.iter().any(|at| at != SPENT).then(|| places.join(&BETWEEN.to_string()));
    Ok(Merged { items: rows, next })
}

fn places(streams: usize, after: Option<&str>) -> Outcome<Vec<String>> {
    let Some(after) = after else { return Ok(vec![String::new(); streams]) };
    let places: Vec<String> = after.split(BETWEEN).map(str::to_owned).collect();
    if places.len() != streams {
        return Err(bad_request(
            "after",
            "翻页标记无效；请从第一页重新开始。",
            "The page marker is not valid; start again at the first page.",
        ));
    }
    Ok(places)
}
