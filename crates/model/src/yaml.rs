//! YAML 1.2 as a tree in which every key and value knows where it is written.
//!
//! Only what packs need: mappings, lists, texts, whole numbers, booleans `true` and `false`. Duplicate keys are kept,
//! so that the reader can point at the second one.
use crate::error::{At, Errors, Located, text};
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{DuplicateKeyPolicy, Error, Location, MergeKeyPolicy, Options, Spanned};
use std::fmt;

#[derive(Clone, Debug)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Int(i64),
    /// A number with a fraction: refused wherever it stands, since it would lose digits.
    Float,
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Located<String>, Node)>),
}

pub(crate) type Node = Located<Value>;

struct Tree(Spanned<Shape>);

enum Shape {
    Null,
    Bool(bool),
    Int(i64),
    Float,
    Text(String),
    List(Vec<Tree>),
    Map(Vec<(Spanned<String>, Tree)>),
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Spanned::<Shape>::deserialize(deserializer).map(Tree)
    }
}

impl<'de> Deserialize<'de> for Shape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ShapeVisitor)
    }
}

struct ShapeVisitor;

impl<'de> Visitor<'de> for ShapeVisitor {
    type Value = Shape;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a YAML value")
    }
    fn visit_unit<E: de::Error>(self) -> Result<Shape, E> {
        Ok(Shape::Null)
    }
    fn visit_none<E: de::Error>(self) -> Result<Shape, E> {
        Ok(Shape::Null)
    }
    fn visit_bool<E: de::Error>(self, v: bool) -> Result<Shape, E> {
        Ok(Shape::Bool(v))
    }
    fn visit_i64<E: de::Error>(self, v: i64) -> Result<Shape, E> {
        Ok(Shape::Int(v))
    }
    fn visit_u64<E: de::Error>(self, v: u64) -> Result<Shape, E> {
        Ok(i64::try_from(v).map_or(Shape::Float, Shape::Int))
    }
    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Shape, E> {
        Ok(Shape::Float)
    }
    fn visit_str<E: de::Error>(self, v: &str) -> Result<Shape, E> {
        Ok(Shape::Text(v.to_owned()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Shape, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Shape::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Shape, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Shape::Map(entries))
    }
}

fn place(file: u32, location: Location, len: u64) -> At {
    let number = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    At { file, line: number(location.line()), column: number(location.column()), len: number(len).max(1) }
}

fn node(file: u32, tree: Tree) -> Node {
    let Spanned { value, referenced, .. } = tree.0;
    let mut at = place(file, referenced, referenced.span().len());
    let value = match value {
        Shape::Null => Value::Null,
        Shape::Bool(b) => Value::Bool(b),
        Shape::Int(i) => Value::Int(i),
        Shape::Float => Value::Float,
        Shape::Text(t) => {
            at.len = at.len.min(u32::try_from(t.chars().count() + 2).unwrap_or(u32::MAX)).max(1);
            Value::Text(t)
        }
        Shape::List(items) => {
            at.len = 1;
            Value::List(items.into_iter().map(|t| node(file, t)).collect())
        }
        Shape::Map(entries) => {
            at.len = 1;
            let entry = |(k, v): (Spanned<String>, Tree)| {
                let at = place(file, k.referenced, k.value.chars().count() as u64);
                (Located { value: k.value, at }, node(file, v))
            };
            Value::Map(entries.into_iter().map(entry).collect())
        }
    };
    Located { value, at }
}

/// The documents of one file. A syntax error is reported once, at its place, and the file gives nothing.
pub(crate) fn documents(file: u32, source: &str, errors: &Errors) -> Vec<Node> {
    let mut options = Options::default();
    options.duplicate_keys = DuplicateKeyPolicy::PassThrough;
    options.merge_keys = MergeKeyPolicy::AsOrdinary;
    options.strict_booleans = true;
    options.with_snippet = false;
    match serde_saphyr::from_multiple_with_options::<Tree>(source, options) {
        Ok(trees) => trees.into_iter().map(|t| node(file, t)).collect(),
        Err(e) => {
            syntax_error(file, &e, errors);
            Vec::new()
        }
    }
}

fn syntax_error(file: u32, e: &Error, errors: &Errors) {
    let at = e.location().map_or(At { file, line: 1, column: 1, len: 1 }, |l| place(file, l, 1));
    let said = e.to_string();
    let said = said.lines().next().unwrap_or_default();
    errors.report(
        at,
        "yaml",
        text(format!("这里不是合法的 YAML：{said}"), format!("this is not valid YAML: {said}")),
        Some(text(
            "检查缩进、冒号后的空格、括号和引号；含冒号、# 或 {} 的文字要加引号。",
            "check indentation, the space after a colon, brackets and quotes; quote texts that hold a colon, # or {}.",
        )),
    );
}
