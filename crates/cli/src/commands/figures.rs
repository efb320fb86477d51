//! `liangu figures`: the published figures recounted from the records, beside what was published.
//!
//! State: `aggregated` (recounted from two or more rows), `read` (one sourced value), `irreconcilable` (the published
//! numbers contradict each other), `unserved` (nothing on file to count).
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::place::{Place, VERSION, now};
use clap::Args;
use liangu_app::{App, Options};
use liangu_expr::{Expect, check};
use liangu_model::Model;
use liangu_model::record::{FieldType, Indicator};
use liangu_store::{Context, Query, Store};
use serde_json::{Value as Json, json};
use std::sync::Arc;

#[derive(Args, Debug)]
pub struct Arguments {
    /// 以 JSON 输出 · print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// A published number with its decimals: `value` stands for `value / 10^decimals` of its unit, which is `divisor` of what is
/// stored.
struct Published {
    id: &'static str,
    value: i64,
    decimals: u32,
    divisor: i64,
    how: How,
}

enum How {
    /// The indicator of the packs that names the figure.
    Indicator,
    /// One indicator as a percentage of another, within the installation's region.
    Share(&'static str, &'static str),
    Accounts,
}

/// 亿元 in fen.
const YI: i64 = 10_000_000_000;
/// 万元 in fen.
const WAN: i64 = 1_000_000;

const PUBLISHED: [Published; 17] = [
    count("F012", 430),
    Published { id: "F013", value: 20_817, decimals: 1, divisor: YI, how: How::Indicator },
    Published { id: "F014", value: 785, decimals: 1, divisor: 1, how: How::Share("materials_valley_revenue", "above_scale_revenue") },
    count("F023", 236),
    count("F024", 29),
    count("F067", 2),
    Published { id: "F110", value: 48_602_194, decimals: 4, divisor: WAN, how: How::Indicator },
    count("F111", 24),
    count("F112", 6),
    count("F185", 11_762),
    Published { id: "F186", value: 65_120, decimals: 0, divisor: 1, how: How::Accounts },
    count("F187", 14_180),
    count("F254", 1),
    count("F255", 3),
    count("F261", 3),
    count("F328", 26),
    count("F329", 28),
];

const fn count(id: &'static str, value: i64) -> Published {
    Published { id, value, decimals: 0, divisor: 1, how: How::Indicator }
}

/// What was counted, with as many decimals as were published; rows; the query in words.
struct Counted {
    value: i64,
    rows: u64,
    query: String,
}

pub fn run(arguments: &Arguments, console: &Console) -> Outcome<()> {
    let store = arguments.place.open()?;
    let app = App::open(store.clone(), Options::system(VERSION))?;
    let context = Context { today: app.today(), year: app.judged_year(), ..Context::default() };
    let counter = Counter { model: store.model().clone(), region: app.installation().region.clone(), store, context };
    let figures: Vec<Json> = PUBLISHED.iter().map(|figure| counter.figure(figure)).collect::<Outcome<_>>()?;
    if arguments.json {
        console.line(&format!("{:#}", Json::Array(figures)));
        return Ok(());
    }
    for figure in &figures {
        let text = |key: &str| match &figure[key] {
            Json::String(text) => text.clone(),
            Json::Null => "—".to_owned(),
            other => other.to_string(),
        };
        console.line(&format!(
            "{}  {:<12} {:>12} {:>12}  {}",
            text("id"),
            text("state"),
            text("computed"),
            text("published"),
            text("query")
        ));
    }
    let at = now().to_rfc3339_beijing();
    console.note(format!("计算时间 {at}。"), format!("Counted at {at}."));
    Ok(())
}

struct Counter {
    store: Store,
    model: Arc<Model>,
    region: String,
    context: Context,
}

impl Counter {
    fn figure(&self, figure: &Published) -> Outcome<Json> {
        let counted = match figure.how {
            How::Indicator => self
                .model
                .indicators
                .values()
                .find(|i| i.figures.iter().any(|f| f == figure.id))
                .map(|i| self.indicator(i, figure))
                .transpose()?,
            How::Share(part, whole) => self.share(part, whole)?,
            How::Accounts => self.accounts()?,
        };
        let unit = 10_i64.pow(figure.decimals);
        let decimal = |value: i64| if value % unit == 0 { json!(value / unit) } else { json!(value as f64 / unit as f64) };
        let published = decimal(figure.value);
        Ok(match counted {
            None => {
                json!({"id": figure.id, "state": "unserved", "computed": null, "published": published, "agrees": false, "rows": 0, "query": null})
            }
            Some(c) => {
                let state = if c.rows >= 2 { "aggregated" } else { "read" };
                json!({"id": figure.id, "state": state, "computed": decimal(c.value), "published": published, "agrees": c.value == figure.value, "rows": c.rows, "query": c.query})
            }
        })
    }

    fn indicator(&self, indicator: &Indicator, figure: &Published) -> Outcome<Counted> {
        let (rows, sum) = self.total(indicator, None)?;
        let value = if indicator.sum.is_some() { i128::from(sum) } else { i128::from(rows) };
        let (unit, divisor) = (i128::from(10_i64.pow(figure.decimals)), i128::from(figure.divisor));
        let value = (value * unit + divisor / 2) / divisor;
        Ok(Counted { value: i64::try_from(value).unwrap_or(i64::MAX), rows, query: query(indicator) })
    }

    /// Tenths of a percent, rounded half up.
    fn share(&self, part: &str, whole: &str) -> Outcome<Option<Counted>> {
        let (Some(part), Some(whole)) = (self.model.indicators.get(part), self.model.indicators.get(whole)) else { return Ok(None) };
        let (_, above) = self.total(part, Some(&self.region))?;
        let (rows, below) = self.total(whole, Some(&self.region))?;
        if below <= 0 {
            return Ok(None);
        }
        let tenths = (i128::from(above) * 2000 / i128::from(below) + 1) / 2;
        let query = format!("({}) / ({}) within {}", query(part), query(whole), self.region);
        Ok(Some(Counted { value: i64::try_from(tenths).unwrap_or_default(), rows, query }))
    }

    fn accounts(&self) -> Outcome<Option<Counted>> {
        let counts = self.store.row_counts()?;
        let found = counts.into_iter().find(|(table, _)| table == "account");
        Ok(found.map(|(_, rows)| Counted { value: i64::try_from(rows).unwrap_or_default(), rows, query: "count account".to_owned() }))
    }

    /// Rows and sum of an indicator, in a region if one is named.
    fn total(&self, indicator: &Indicator, region: Option<&str>) -> Outcome<(u64, i64)> {
        let record = &self.model.records[&indicator.record];
        let placed = record.fields.get("region").is_some_and(|f| matches!(f.ty, FieldType::Code { .. }));
        let within = region.filter(|_| placed).map(|code| format!("within(region, \"{code}\")"));
        let source: Vec<String> = indicator.filter.iter().map(|f| format!("({f})")).chain(within).collect();
        let filter = match source.is_empty() {
            true => None,
            false => {
                Some(Arc::new(check(&source.join(" && "), &self.model.schemas[&indicator.record], Expect::Bool).map_err(|findings| {
                    let shown: String = findings.iter().map(|f| f.render(&source.join(" && "))).collect();
                    Failure::refused(
                        format!("指标 {} 的条件有误：\n{shown}", indicator.name),
                        format!("The filter of the indicator {} is wrong:\n{shown}", indicator.name),
                    )
                })?))
            }
        };
        let query = Query { filter, context: self.context.clone(), year: Some(self.context.year), ..Query::default() };
        let totals = self.store.read(|r| r.totals(&indicator.record, &query, indicator.sum.as_deref(), None))?;
        Ok(totals.first().map_or((0, 0), |t| (t.count, t.sum)))
    }
}

/// What is counted, in the language of the packs.
fn query(indicator: &Indicator) -> String {
    let what = indicator
        .sum
        .as_ref()
        .map_or_else(|| format!("count {}", indicator.record), |field| format!("sum {} of {}", field, indicator.record));
    indicator.filter.as_ref().map_or_else(|| what.clone(), |filter| format!("{what} where {filter}"))
}
