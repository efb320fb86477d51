//! Every expression of the packs, typed against the record it speaks about: scopes, filters of indicators, answers of
//! questions, defaults.
use super::Cx;
use super::attributes::takes_default;
use crate::constant::constant;
use crate::error::At;
use crate::raw::{Name, Raw, RawField, RawRecord};
use crate::record::{FieldType, Record};
use indexmap::IndexMap;
use liangu_expr::finding::Finding;
use liangu_expr::schema::Schema;
use liangu_expr::typed::Span;
use liangu_expr::{Expect, check as check_expression};
use std::sync::Arc;

type Schemas = IndexMap<String, Arc<Schema>>;

pub(crate) fn check(raw: &Raw, records: &IndexMap<String, Record>, schemas: &Schemas, cx: &Cx) {
    for r in &raw.records {
        for (_, scope) in &r.scope {
            condition(scope, &r.name.value, schemas, cx);
        }
        for f in &r.fields {
            field(f, r, records, schemas, cx);
        }
    }
    for i in &raw.indicators {
        if let Some(filter) = &i.filter {
            condition(filter, &i.record.value, schemas, cx);
        }
    }
}

fn condition(source: &Name, record: &str, schemas: &Schemas, cx: &Cx) {
    let Some(schema) = schemas.get(record).filter(|_| !cx.is_broken(record)) else {
        return;
    };
    if let Err(findings) = check_expression(&source.value, schema, Expect::Bool) {
        report(source, findings, cx);
    }
}

fn field(f: &RawField, r: &RawRecord, records: &IndexMap<String, Record>, schemas: &Schemas, cx: &Cx) {
    let name = &r.name.value;
    let Some(built) = records.get(name).and_then(|r| r.fields.get(&f.name.value)) else {
        return;
    };
    if let FieldType::Rule { of, .. } = &built.ty {
        if let Some(default) = &f.default {
            condition(default, of, schemas, cx);
        }
        return;
    }
    if cx.is_broken(name) {
        return;
    }
    let Some(decl) = schemas.get(name).and_then(|s| s.fields.get(&f.name.value)) else {
        return;
    };
    let answers = f.question.iter().flat_map(|q| q.choices.iter().map(|(_, value)| value));
    for value in answers.chain(f.default.iter().filter(|_| takes_default(&built.ty))) {
        if let Err(findings) = constant(&value.value, decl) {
            report(value, findings, cx);
        }
    }
}

pub(super) fn report(source: &Name, findings: Vec<Finding>, cx: &Cx) {
    for f in findings {
        cx.errors.report(place(source, f.span, cx), f.code, f.message, f.hint);
    }
}

/// Where a span of an expression stands in its file. The marked words are looked for behind the beginning of the YAML
/// value, since quotes, folding and indentation shift them.
fn place(source: &Name, span: Span, cx: &Cx) -> At {
    let value = &source.value;
    let (start, end) = (span.start as usize, (span.end as usize).min(value.len()));
    let Some(marked) = value.get(start..end.max(start)) else {
        return source.at;
    };
    let marked = marked.lines().next().unwrap_or_default().trim_end();
    let Some(file) = cx.errors.files().get(source.at.file as usize).filter(|_| !marked.is_empty()) else {
        return source.at;
    };
    let nth = value[..start].matches(marked).count();
    let mut column = source.at.column as usize - 1;
    let mut seen = 0;
    for (i, line) in file.text.lines().enumerate().skip(source.at.line as usize - 1) {
        let from = line.char_indices().nth(column).map_or(line.len(), |(byte, _)| byte);
        for (at, _) in line[from..].match_indices(marked) {
            if seen == nth {
                let before = line[..from + at].chars().count();
                let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                return At { file: source.at.file, line: number(i + 1), column: number(before + 1), len: number(marked.chars().count()) };
            }
            seen += 1;
        }
        column = 0;
    }
    source.at
}
