//! Indicators: a named number, what it means, how it splits, the rows under it, and its value day by day.
//!
//! A public indicator is counted over the whole installation and shown to everyone; its rows are those of them that
//! the reader sees. Any other is counted within the reader's scope. Values of the day are written once a day, from the
//! day the installation runs; there is no history before that.
use crate::fault::{Fault, Outcome};
use crate::reads::Reads as _;
use crate::views::{Item, Words};
use crate::{App, Caller};
use liangu_expr::typed::Typed;
use liangu_model::record::{FieldType, Indicator, Model};
use liangu_store::{Commit, Condition, Context, Cursor, DocumentPut, Query, Scope, Total, Value};
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;
use utoipa::ToSchema;

/// Rows on a page of an opened figure.
const ROWS: u32 = 20;

/// The filters of the indicators, typed when the program starts.
pub struct Measures {
    filters: HashMap<String, Arc<Typed>>,
}

impl Measures {
    /// # Errors
    /// Internal, when a filter does not type: the pack check lets no such model through.
    pub fn build(model: &Model) -> Outcome<Measures> {
        let mut filters = HashMap::new();
        for (name, indicator) in &model.indicators {
            if let Some(source) = &indicator.filter {
                let typed = crate::language::boolean(source, &model.schemas[&indicator.record])
                    .map_err(|why| Fault::Internal(format!("indicator {name}: {why}")))?;
                filters.insert(name.clone(), Arc::new(typed));
            }
        }
        Ok(Measures { filters })
    }
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Figure {
    pub id: String,
    pub label: Words,
    pub unit: Words,
    pub value: Option<f64>,
    /// The year summed, of a yearly field.
    pub period: Option<String>,
    pub as_of: String,
    pub owner: Option<String>,
    pub definition: Words,
    /// What is counted, in the language of the packs.
    pub expression: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FigureOpened {
    #[serde(flatten)]
    pub figure: Figure,
    pub history: Vec<DayValue>,
    pub split: Vec<SplitValue>,
    pub rows: FigureRows,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct DayValue {
    /// The day.
    pub at: String,
    pub value: f64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SplitValue {
    pub code: String,
    pub label: Words,
    pub value: f64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FigureRows {
    pub items: Vec<Item>,
    pub record: String,
    pub next: Option<String>,
    /// Rows the reader sees; the figure may count more.
    pub total: u64,
}

impl Caller<'_> {
    pub fn figures(&self) -> Outcome<Vec<Figure>> {
        let mut figures = self.public_figures()?;
        for indicator in self.app.model.indicators.values().filter(|indicator| !indicator.public && self.sees_figure(indicator)) {
            figures.push(self.figure(indicator)?);
        }
        Ok(figures)
    }

    /// Public indicators alone, as everyone sees them.
    pub(crate) fn public_figures(&self) -> Outcome<Vec<Figure>> {
        let app = self.app;
        let public = app.model.indicators.values().filter(|indicator| indicator.public);
        app.figures.get((), app.store.head()?, app.today(), || public.map(|indicator| self.figure(indicator)).collect())
    }

    pub fn open_figure(&self, id: &str, after: Option<&str>) -> Outcome<FigureOpened> {
        let indicator = self.app.model.indicators.get(id).filter(|indicator| self.sees_figure(indicator)).ok_or(Fault::NotFound)?;
        Ok(FigureOpened {
            figure: self.figure(indicator)?,
            history: history(self.app, indicator)?,
            split: self.split(indicator)?,
            rows: self.figure_rows(indicator, after)?,
        })
    }

    fn sees_figure(&self, indicator: &Indicator) -> bool {
        indicator.public || self.app.access.sees_type(self.principal, &indicator.record)
    }

    fn counted(&self, indicator: &Indicator) -> Query {
        let scope = if indicator.public { Scope::All } else { self.app.access.scope(self.principal, &indicator.record) };
        Query { scope, ..self.app.filtered(indicator, self.context()) }
    }

    fn figure(&self, indicator: &Indicator) -> Outcome<Figure> {
        let totals = self.app.store.totals(&indicator.record, &self.counted(indicator), indicator.sum.as_deref(), None)?;
        Ok(Figure {
            id: indicator.name.clone(),
            label: (&indicator.label).into(),
            unit: (&indicator.unit).into(),
            value: totals.first().map_or((!indicator.average).then_some(0.0), |total| self.app.value(indicator, total)),
            period: self.app.yearly_sum(indicator).then(|| self.app.judged_year().to_string()),
            as_of: self.app.today().to_string(),
            owner: indicator.owner.clone(),
            definition: (&indicator.definition).into(),
            expression: expression(indicator),
        })
    }

    fn split(&self, indicator: &Indicator) -> Outcome<Vec<SplitValue>> {
        let Some(field) = indicator.split.as_deref() else { return Ok(Vec::new()) };
        let totals = self.app.store.totals(&indicator.record, &self.counted(indicator), indicator.sum.as_deref(), Some(field))?;
        let field = &self.app.model.records[&indicator.record].fields[field];
        let mut split: Vec<SplitValue> = totals
            .iter()
            .filter_map(|total| {
                let code = match &total.key {
                    Value::Text(code) => code.clone(),
                    other => other.to_json(&field.ty, &self.app.model).to_string(),
                };
                let label = crate::shown::value(&self.app.model, field, &total.key).unwrap_or_else(crate::eligibility::not_on_file).into();
                Some(SplitValue { code, label, value: self.app.value(indicator, total)? })
            })
            .collect();
        split.sort_by(|a, b| b.value.total_cmp(&a.value).then_with(|| a.code.cmp(&b.code)));
        Ok(split)
    }

    fn figure_rows(&self, indicator: &Indicator, after: Option<&str>) -> Outcome<FigureRows> {
        let record = &self.app.model.records[&indicator.record];
        let empty = FigureRows { items: vec![], record: record.name.clone(), next: None, total: 0 };
        if !self.app.access.sees_type(self.principal, &record.name) {
            return Ok(empty);
        }
        let query = Query {
            scope: self.app.access.scope(self.principal, &record.name),
            after: after.map(Cursor::parse),
            limit: ROWS,
            total: true,
            ..self.app.filtered(indicator, self.context())
        };
        let page = self.app.store.query(&record.name, &query)?;
        Ok(FigureRows {
            items: page.items.iter().map(|row| self.item(record, row)).collect(),
            next: page.next.map(|cursor| cursor.as_str().to_owned()),
            total: page.total.unwrap_or_default(),
            ..empty
        })
    }
}

impl App {
    /// The indicator's filter over the judged year, without a scope yet.
    fn filtered(&self, indicator: &Indicator, context: Context) -> Query {
        let filter = self.measures.filters.get(&indicator.name).cloned();
        let averaged = indicator.sum.iter().filter(|_| indicator.average);
        let conditions = averaged.map(|field| Condition::Known { field: field.clone(), known: true }).collect();
        Query { filter, conditions, context, year: Some(self.judged_year()), scope: Scope::AnyOf(vec![]), ..Query::default() }
    }

    fn yearly_sum(&self, indicator: &Indicator) -> bool {
        let field = indicator.sum.as_ref().map(|sum| &self.model.records[&indicator.record].fields[sum]);
        field.is_some_and(|field| field.yearly)
    }

    /// A count, or a sum or an average in the indicator's own unit; an average of nothing is unknown.
    fn value(&self, indicator: &Indicator, total: &Total) -> Option<f64> {
        let Some(sum) = &indicator.sum else { return Some(exact(i64::try_from(total.count).unwrap_or(i64::MAX))) };
        let rows = if indicator.average { i128::from(total.count) } else { 1 };
        if rows == 0 {
            return None;
        }
        let divisor: i128 = match (&self.model.records[&indicator.record].fields[sum].ty, indicator.unit.zh.as_ref()) {
            (FieldType::Money, "万元") => 1_000_000,
            (FieldType::Money, "亿元") => 10_000_000_000,
            (FieldType::Money | FieldType::Percent, _) => 100,
            (FieldType::Area, "亩") if !indicator.average => return Some((exact(total.sum) * 0.15).round() / 100.0),
            _ if !indicator.average => return Some(exact(total.sum)),
            _ => 1,
        };
        let hundredths = i128::from(total.sum) * 100 / (divisor * rows);
        Some(exact(hundredths.try_into().unwrap_or(i64::MAX)) / 100.0)
    }
}

/// Whole numbers below 2^53 are exact in a JSON number.
fn exact(n: i64) -> f64 {
    n as f64
}

fn expression(indicator: &Indicator) -> String {
    let what = match &indicator.sum {
        Some(field) if indicator.average => format!("average({}.{field})", indicator.record),
        Some(field) => format!("sum({}.{field})", indicator.record),
        None => format!("count({})", indicator.record),
    };
    match &indicator.filter {
        Some(filter) => format!("{what} where {filter}"),
        None => what,
    }
}

fn history(app: &App, indicator: &Indicator) -> Outcome<Vec<DayValue>> {
    let days = app.store.documents(&kind(indicator))?;
    let mut history: Vec<DayValue> =
        days.into_iter().filter_map(|day| Some(DayValue { value: day.value.as_f64()?, at: day.key })).collect();
    history.sort_by(|a, b| a.at.cmp(&b.at));
    Ok(history)
}

fn kind(indicator: &Indicator) -> String {
    format!("indicator_day.{}", indicator.name)
}

/// Writes today's value of every public indicator that has none yet.
pub(crate) fn record_day(app: &App) -> Outcome<()> {
    let day = app.today().to_string();
    let anyone = crate::Principal::anonymous();
    let caller = Caller::new(app, &anyone, liangu_base::Lang::Zh);
    let mut commit = Commit::new(app.now(), "indicators.day");
    for indicator in app.model.indicators.values().filter(|indicator| indicator.public) {
        if app.store.document(&kind(indicator), &day)?.is_none() {
            let value = caller.figure(indicator)?.value.map(Into::into);
            commit.documents.push(DocumentPut { kind: kind(indicator), key: day.clone(), value, expected_version: None, journal: false });
        }
    }
    if !commit.documents.is_empty() {
        app.write(commit)?;
    }
    Ok(())
}
