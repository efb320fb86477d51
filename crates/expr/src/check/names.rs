//! Names: fields, child records, objects beside the record, variables of macros.
use super::{Checker, Item};
use crate::finding::{Finding, nearest};
use crate::schema::{ChildIx, FieldIx, Schema, Type, Unit};
use crate::syntax::Tree;
use crate::typed::{Kind, Node, Source, Span};
use liangu_base::text::{Lang, Text};

impl Checker<'_> {
    pub(super) fn name(&mut self, name: &str, span: Span) -> Option<Item> {
        if let Some(at) = self.bound.iter().rposition(|(n, _)| n == name) {
            return Some(Item::Child { child: self.bound[at].1, depth: (self.bound.len() - 1 - at) as u32 });
        }
        if let Some((ix, _, decl)) = self.schema.fields.get_full(name) {
            let source = Source::Record { field: FieldIx(ix as u32), year: 0 };
            return Some(Item::Node(Node { kind: Kind::Fact(source), ty: decl.ty.clone(), span }));
        }
        if let Some(ix) = self.schema.children.get_index_of(name) {
            return Some(Item::Children { child: ChildIx(ix as u32), filter: None });
        }
        match name {
            "today" => return Some(Item::Node(Node { kind: Kind::Today, ty: Type::Date, span })),
            "year" => return Some(Item::Node(Node { kind: Kind::JudgedYear, ty: Type::Int(Unit::Year), span })),
            _ if self.schema.params.contains_key(name) => return Some(Item::Object(name.to_string())),
            _ => {}
        }
        let finding = self.unknown_name(name, span);
        self.fail(finding)
    }

    fn unknown_name(&self, name: &str, span: Span) -> Finding {
        let schema = self.schema;
        let label = &schema.label;
        let finding = Finding::new(
            "expr.unknown-name",
            span,
            format!("“{}”没有名为“{name}”的字段", label.zh),
            format!("{} has no field `{name}`", label.get(Lang::En)),
        );
        let names = schema.fields.keys().chain(schema.children.keys()).chain(schema.params.keys()).map(String::as_str);
        if let Some(near) = nearest(name, names.chain(["today", "year"]).chain(self.bound.iter().map(|(n, _)| n.as_str()))) {
            let label = schema.fields.get(near).map(|f| &f.label).or(schema.children.get(near).map(|c| &c.label));
            let (zh, en) = label.map_or((String::new(), String::new()), |l| (format!("（{}）", l.zh), format!(" ({})", l.get(Lang::En))));
            return finding.hint(format!("是不是 {near}{zh}？"), format!("did you mean {near}{en}?"));
        }
        if let Some((near, _)) = schema.fields.iter().find(|(_, f)| f.label.zh == name || f.label.en == name) {
            return finding.hint(format!("这个字段写作 {near}"), format!("this field is written {near}"));
        }
        finding
    }

    pub(super) fn select(&mut self, operand: &Tree, field: &str, at: Span, span: Span) -> Option<Item> {
        match self.item(operand)? {
            Item::Child { child, depth } => {
                let schema = self.child_schema(child);
                let Some((ix, _, decl)) = schema.fields.get_full(field) else {
                    let names: Vec<&str> = schema.fields.keys().map(String::as_str).collect();
                    let label = schema.label.clone();
                    return self.no_such_field(&label, field, at, &names);
                };
                let source = Source::Child { child, field: FieldIx(ix as u32), depth };
                Some(Item::Node(Node { kind: Kind::Fact(source), ty: decl.ty.clone(), span }))
            }
            Item::Object(object) => {
                let fields = &self.schema.params[&object];
                let Some(decl) = fields.get(field) else {
                    let names: Vec<&str> = fields.keys().map(String::as_str).collect();
                    return self.no_such_field(&Text::new(object.clone(), object.clone()), field, at, &names);
                };
                let source = Source::Param { object: object.into(), field: field.into() };
                Some(Item::Node(Node { kind: Kind::Fact(source), ty: decl.ty.clone(), span }))
            }
            Item::Children { .. } if field == "size" => self
                .fail(Finding::new("expr.no-fields", at, "size 后面要有括号", "size needs brackets").hint("写作 .size()", "write .size()")),
            Item::Node(_) | Item::Children { .. } | Item::Mapped { .. } => self.fail(
                Finding::new(
                    "expr.no-fields",
                    at,
                    format!("这里取不到“{field}”：前面不是一条记录"),
                    format!("`{field}` cannot be taken here: what stands before it is not one record"),
                )
                .hint(
                    "只有子记录的变量和 user 这样的对象可以取字段",
                    "only a variable of child records or an object such as user has fields",
                ),
            ),
        }
    }

    fn no_such_field<T>(&mut self, of: &Text, field: &str, at: Span, names: &[&str]) -> Option<T> {
        let finding = Finding::new(
            "expr.unknown-name",
            at,
            format!("“{}”没有名为“{field}”的字段", of.zh),
            format!("{} has no field `{field}`", of.get(Lang::En)),
        );
        self.fail(match nearest(field, names.iter().copied()) {
            Some(near) => finding.hint(format!("是不是 {near}？"), format!("did you mean {near}?")),
            None => finding.hint(format!("它有：{}", names.join("、")), format!("it has: {}", names.join(", "))),
        })
    }
}

/// A label written where a name belongs (营业收入 >= …) is told its name.
pub(super) fn named_by_label(finding: Finding, source: &str, schema: &Schema) -> Finding {
    let rest = &source[finding.span.start as usize..];
    let word = &rest[..rest.find(|c: char| c.is_ascii()).unwrap_or(rest.len())];
    if finding.code != "expr.character" || word.is_empty() {
        return finding;
    }
    let span = Span { start: finding.span.start, end: finding.span.start + word.len() as u32 };
    let said = Finding::new(
        "expr.character",
        span,
        format!("“{word}”要放在引号里，或写成字段名"),
        format!("`{word}` must be quoted, or written as the name of a field"),
    );
    let labels = schema.fields.iter().map(|(n, f)| (n, &f.label)).chain(schema.children.iter().map(|(n, c)| (n, &c.label)));
    match labels.into_iter().find(|(_, label)| label.zh == word) {
        Some((name, _)) => said.hint(format!("这个字段写作 {name}"), format!("this field is written {name}")),
        None => said,
    }
}
