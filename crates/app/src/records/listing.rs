//! Lists: conditions, text, order, pages and facets from the parameters of a request.
//!
//! Parameters are declared: `q`, `where.F=a,b`, `from.F`, `to.F`, `sort=-F`, `after`, `limit`, `facets=F1,F2`, with F
//! among the filters, facets and columns of the pack that the reader may read. Anything else is refused, so that a
//! mistyped condition never widens a list.
use super::inherits;
use crate::Caller;
use crate::access;
use crate::eligibility::{Life, POLICY, STATUS};
use crate::fault::{Fault, Outcome, bad_request};
use crate::views::{Item, Titled};
use liangu_model::record::{Field, FieldType, Record};
use liangu_store::{Condition, Cursor, Query, Reader, Sort, StoreError, Value};
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use utoipa::ToSchema;

pub const LIMIT: u32 = 50;
pub const LIMIT_MAX: u32 = 200;
/// Rows a picker offers.
const PICKER_LIMIT: u32 = 20;
/// Characters of a search text.
const TEXT_LIMIT: usize = 100;

#[derive(Debug, Serialize, ToSchema)]
pub struct ItemPage {
    pub items: Vec<Item>,
    /// Rows that meet the conditions, over all pages.
    pub total: u64,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// Per facet field the codes with their rows, most first; a facet is counted without its own condition.
    pub facets: BTreeMap<String, Vec<FacetCount>>,
    /// Titles of the records that `ref` values point to, by id.
    pub titles: BTreeMap<String, String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FacetCount {
    pub code: String,
    pub count: u64,
}

/// The parameters of a list, read.
pub(crate) struct Listing {
    pub query: Query,
    pub facets: Vec<String>,
    /// Whether policies are counted by their life too.
    pub status: bool,
}

impl Caller<'_> {
    /// A page of the rows of `record` that this reader sees.
    pub fn list(&self, record: &str, params: &[(String, String)]) -> Outcome<ItemPage> {
        let Listing { query, facets, status } = self.listing(record, params)?;
        let record = self.record_type(record)?;
        let (page, counted) = self.app.store.read(|reader| {
            let page = reader.query(&record.name, &query)?;
            let counted = if facets.is_empty() { BTreeMap::new() } else { reader.facets(&record.name, &query, &facets)? };
            let mut counted: BTreeMap<String, Vec<FacetCount>> =
                counted.into_iter().map(|(field, counts)| (field, facet_counts(counts))).collect();
            if status {
                counted.insert(STATUS.to_owned(), self.status_counts(reader, &query)?);
            }
            Ok((page, counted))
        })?;
        let values: Vec<_> = page.items.iter().map(|row| &row.values).collect();
        Ok(ItemPage {
            titles: self.ref_titles(record, &values)?,
            items: page.items.iter().map(|row| self.item(record, row)).collect(),
            total: page.total.unwrap_or_default(),
            next: page.next.map(|cursor| cursor.as_str().to_owned()),
            facets: counted,
        })
    }

    /// What a picker offers for `q`: visible rows by title.
    pub fn pick(&self, record: &str, q: &str) -> Outcome<Vec<Titled>> {
        let record = self.record_type(record)?;
        let text = Some(q.trim().to_owned()).filter(|q| !q.is_empty());
        check_text(text.as_deref())?;
        let query = Query { text, limit: PICKER_LIMIT, ..self.rows(&record.name)? };
        let page = self.app.store.query(&record.name, &query)?;
        let titled = |row: &liangu_store::Item| Titled { id: row.id.text(&record.prefix), title: self.title(record, &row.values) };
        Ok(page.items.iter().map(titled).collect())
    }

    pub(crate) fn listing(&self, record: &str, params: &[(String, String)]) -> Outcome<Listing> {
        let record = self.record_type(record)?;
        let mut listing = Listing {
            query: Query {
                limit: LIMIT,
                total: true,
                year: Some(self.app.judged_year()),
                sort: sort(&record.sort),
                ..match inherits(record) {
                    Some(of) => self.rows_of_parent(of, params)?,
                    None => self.rows(&record.name)?,
                }
            },
            facets: Vec::new(),
            status: false,
        };
        for (name, value) in params.iter().filter(|(_, value)| !value.is_empty()) {
            self.parameter(record, &mut listing, name, value)?;
        }
        Ok(listing)
    }

    fn parameter(&self, record: &Record, listing: &mut Listing, name: &str, value: &str) -> Outcome<()> {
        let query = &mut listing.query;
        match name {
            "q" => {
                query.text = Some(value.trim().to_owned()).filter(|q| !q.is_empty());
                check_text(query.text.as_deref())?;
            }
            "after" => query.after = Some(Cursor::parse(value)),
            "limit" => query.limit = limit(value)?,
            "sort" => {
                let field = self.declared(record, value.trim_start_matches('-'), name)?;
                query.sort = sort(value).filter(|_| sortable(&field.ty));
            }
            "facets" => {
                for facet in value.split(',').filter(|facet| !facet.is_empty()) {
                    if record.name == POLICY && facet == STATUS {
                        listing.status = true;
                        continue;
                    }
                    self.declared(record, facet, name)?;
                    if !record.facets.iter().any(|declared| declared == facet) {
                        return Err(unknown_parameter(&format!("facets={facet}")));
                    }
                    listing.facets.push(facet.to_owned());
                }
            }
            "where.status" if record.name == POLICY => self.status_condition(query, value)?,
            _ => {
                let condition = self.condition(record, name, value)?;
                query.conditions.push(condition);
            }
        }
        Ok(())
    }

    /// Policies of any of these lives.
    fn status_condition(&self, query: &mut Query, value: &str) -> Outcome<()> {
        let names = value.split(',').filter(|name| !name.is_empty());
        let unknown = |name: &str| {
            bad_request(
                "parameter_value",
                format!("参数“where.status”：没有状态“{name}”。"),
                format!("Parameter \"where.status\": there is no status \"{name}\"."),
            )
        };
        let filters = names.map(|name| self.app.lives.filter(name).cloned().ok_or_else(|| unknown(name))).collect::<Outcome<Vec<_>>>()?;
        query.filter = Some(crate::language::any(&filters));
        Ok(())
    }

    /// Policies by life, the condition on it left out.
    fn status_counts(&self, reader: &mut Reader<'_>, query: &Query) -> Result<Vec<FacetCount>, StoreError> {
        let mut counts = Vec::new();
        for name in self.app.lives.names() {
            let count = reader.count(POLICY, &Query { filter: self.app.lives.filter(name).cloned(), after: None, ..query.clone() })?;
            // whoever sees no draft is not told of drafts
            if count > 0 || name != Life::Draft.name() {
                counts.push(FacetCount { code: name.to_owned(), count });
            }
        }
        Ok(counts)
    }

    fn condition(&self, record: &Record, name: &str, value: &str) -> Outcome<Condition> {
        let (kind, field) = name.split_once('.').ok_or_else(|| unknown_parameter(name))?;
        let field = self.declared(record, field, name)?;
        let one = |text: &str| self.query_value(field, text).map_err(|fault| in_parameter(name, fault));
        let list = || value.split(',').filter(|part| !part.is_empty());
        match kind {
            "where" => match &field.ty {
                FieldType::Set { .. } => {
                    list().try_for_each(|code| self.check_code(field, code).map_err(|fault| in_parameter(name, fault)))?;
                    Ok(Condition::HasAny { field: field.name.clone(), codes: list().map(str::to_owned).collect() })
                }
                FieldType::Code { list: codes } if self.is_tree(codes) => {
                    list().try_for_each(|code| one(code).map(drop))?;
                    Ok(Condition::Within { field: field.name.clone(), codes: list().map(str::to_owned).collect() })
                }
                _ => Ok(Condition::In { field: field.name.clone(), values: list().map(one).collect::<Outcome<_>>()? }),
            },
            "from" if ordered(&field.ty) => Ok(Condition::Range { field: field.name.clone(), from: Some(one(value)?), to: None }),
            "to" if ordered(&field.ty) => Ok(Condition::Range { field: field.name.clone(), from: None, to: Some(one(value)?) }),
            _ => Err(unknown_parameter(name)),
        }
    }

    /// A field that lists may name, if the reader may read it.
    fn declared<'r>(&self, record: &'r Record, name: &str, parameter: &str) -> Outcome<&'r Field> {
        let lists = [&record.filters, &record.facets, &record.columns];
        let declared = lists.iter().any(|list| list.iter().any(|f| f == name)) || record.sort.trim_start_matches('-') == name;
        let field = record.fields.get(name).filter(|field| declared && access::reads(self.principal, field));
        field.ok_or_else(|| unknown_parameter(parameter))
    }

    fn query_value(&self, field: &Field, text: &str) -> Outcome<Value> {
        let json = match &field.ty {
            FieldType::Int | FieldType::Money | FieldType::Area | FieldType::Percent => match text.parse::<i64>() {
                Ok(number) => Json::from(number),
                Err(_) => Json::String(text.to_owned()),
            },
            FieldType::Bool => match text {
                "true" => Json::Bool(true),
                "false" => Json::Bool(false),
                _ => Json::String(text.to_owned()),
            },
            _ => Json::String(text.to_owned()),
        };
        self.check_code(field, text)?;
        Value::from_json(&json, &field.ty, &self.app.model).map_err(|why| Fault::BadRequest { code: "parameter_value", why })
    }

    fn check_code(&self, field: &Field, code: &str) -> Outcome<()> {
        let (FieldType::Code { list } | FieldType::Set { list }) = &field.ty else { return Ok(()) };
        if self.app.model.lists.get(list).is_some_and(|list| list.codes.contains_key(code)) {
            return Ok(());
        }
        Err(bad_request("parameter_value", format!("“{code}”不在代码表中。"), format!("\"{code}\" is not in the code list.")))
    }

    fn is_tree(&self, list: &str) -> bool {
        self.app.model.lists.get(list).is_some_and(|list| list.codes.values().any(|code| code.parent.is_some()))
    }
}

fn sort(text: &str) -> Option<Sort> {
    let field = text.trim_start_matches('-');
    (!field.is_empty()).then(|| Sort { field: field.to_owned(), descending: text.starts_with('-') })
}

pub(crate) fn limit(text: &str) -> Outcome<u32> {
    match text.parse() {
        Ok(limit @ 1..=LIMIT_MAX) => Ok(limit),
        _ => Err(bad_request("limit", format!("limit 应为 1 到 {LIMIT_MAX}。"), format!("limit must be from 1 to {LIMIT_MAX}."))),
    }
}

fn check_text(text: Option<&str>) -> Outcome<()> {
    if text.is_some_and(|text| text.chars().count() > TEXT_LIMIT) {
        let (zh, en) = (format!("检索词最多 {TEXT_LIMIT} 个字。"), format!("A search text has at most {TEXT_LIMIT} characters."));
        return Err(bad_request("q", zh, en));
    }
    Ok(())
}

fn ordered(ty: &FieldType) -> bool {
    use FieldType::{Area, Date, Instant, Int, Money, Percent};
    matches!(ty, Int | Money | Area | Percent | Date | Instant)
}

fn sortable(ty: &FieldType) -> bool {
    !matches!(ty, FieldType::Set { .. } | FieldType::Rule { .. })
}

/// A parameter that the operation does not have.
pub fn unknown_parameter(name: &str) -> Fault {
    bad_request(
        "unknown_parameter",
        format!("没有参数“{name}”；请核对名称。"),
        format!("There is no parameter \"{name}\"; check its name."),
    )
}

fn in_parameter(name: &str, fault: Fault) -> Fault {
    match fault {
        Fault::BadRequest { code, why } => {
            bad_request(code, format!("参数“{name}”：{}", why.zh), format!("Parameter \"{name}\": {}", why.en))
        }
        other => other,
    }
}

fn facet_counts(counts: Vec<(Value, u64)>) -> Vec<FacetCount> {
    let code = |value: Value| match value {
        Value::Text(code) => Some(code),
        Value::Bool(yes) => Some(yes.to_string()),
        Value::Int(number) => Some(number.to_string()),
        _ => None,
    };
    let mut counts: Vec<FacetCount> =
        counts.into_iter().filter_map(|(value, count)| Some(FacetCount { code: code(value)?, count })).collect();
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.code.cmp(&b.code)));
    counts
}
