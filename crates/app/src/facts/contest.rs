//! A firm says that a fact about it is wrong; an officer of its region decides. An upheld contest writes the right value
//! as the word of a source, in the same commit; until the decision, answers that rest on the fact are marked.
use super::sheet::any_open;
use super::standing::{Decision, Standing};
use crate::eligibility::{FIRM, Firm};
use crate::fault::{Fault, FieldFault, Outcome, bad_request, forbidden, invalid};
use crate::reads::Reads as _;
use crate::records::limit as read_limit;
use crate::views::{Permission, Raw, Titled, Words};
use crate::{Caller, RequestKey, access};
use liangu_base::{Id, Lang, Text};
use liangu_model::record::{Field, Model};
use liangu_store::{Change, Condition, Cursor, FactEntry, Item, Query, Reader, StoreError, Value, Values, Years};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use utoipa::ToSchema;

pub(crate) const CONTEST: &str = "fact_contest";
/// Letters of a reason or an answer.
const REASON: usize = 1000;
/// Contests of one firm that are shown.
const SHOWN: u32 = 100;
/// Open contests that are looked at when answers are marked.
const OPEN: u32 = 1000;

/// What is contested and not decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OpenContest {
    pub firm: Id,
    pub field: String,
    pub year: Option<i32>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContest {
    pub field: String,
    /// Of a yearly fact.
    pub year: Option<i32>,
    /// What the firm says is right; null where it cannot say.
    pub claimed: Raw,
    pub reason: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideContest {
    /// `uphold` or `reject`.
    pub decision: String,
    /// What the firm is told.
    pub reason: String,
    /// The right value, when upheld; by default the claimed one.
    pub value: Option<Raw>,
    /// Whose word the right value is; by default the source whose value was contested.
    pub source: Option<String>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ContestView {
    pub id: String,
    pub number: String,
    pub firm: Titled,
    pub region: Option<String>,
    pub field: String,
    pub year: Option<i32>,
    /// The fact in words, with its year.
    pub fact: Words,
    pub on_file: Option<Words>,
    pub on_file_source: Option<Words>,
    pub claimed: Option<Words>,
    pub claimed_value: Raw,
    pub reason: String,
    /// `open`, `upheld` or `rejected`.
    pub state: String,
    pub raised_on: Option<String>,
    pub answer: Option<String>,
    pub answered_on: Option<String>,
    pub can: CanDecide,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CanDecide {
    pub decide: Permission,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ContestPage {
    pub items: Vec<ContestView>,
    pub total: u64,
    pub next: Option<String>,
}

/// The open contests of a firm, or of all firms; none where the packs have no contests.
pub(crate) fn open_contests(reader: &mut Reader<'_>, model: &Model, firm: Option<Id>) -> Result<Vec<OpenContest>, StoreError> {
    if !model.records.contains_key(CONTEST) {
        return Ok(Vec::new());
    }
    let mut conditions = vec![Condition::In { field: "state".into(), values: vec![text_value(Standing::Open.name())] }];
    conditions.extend(firm.map(|firm| Condition::In { field: "enterprise".into(), values: vec![Value::Ref(firm)] }));
    let page = reader.query(CONTEST, &Query { conditions, limit: OPEN, total: false, ..Query::default() })?;
    let open = |item: Item| match (item.values.get("enterprise"), text(&item.values, "field")) {
        (Some(Value::Ref(firm)), Some(field)) => Some(OpenContest { firm: *firm, field: field.to_owned(), year: year(&item.values) }),
        _ => None,
    };
    Ok(page.items.into_iter().filter_map(open).collect())
}

fn text<'v>(values: &'v Values, field: &str) -> Option<&'v str> {
    match values.get(field) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}

fn text_value(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn year(values: &Values) -> Option<i32> {
    match values.get("period") {
        Some(Value::Int(year)) => i32::try_from(*year).ok(),
        _ => None,
    }
}

impl Caller<'_> {
    /// # Errors
    /// Not found for a firm out of sight; forbidden to others than its people; invalid for the fact, the value or the
    /// reason; a conflict where the fact is contested already.
    pub fn contest(&self, id: &str, new: &NewContest, key: &RequestKey) -> Outcome<ContestView> {
        let firm_id = self.id(FIRM, id)?;
        let firm = self.firm(firm_id)?;
        self.speaks_for(firm_id)?;
        if let Some(same) = self.raised_already(firm_id, new)? {
            return Ok(same);
        }
        let own = self.app.next_id();
        let values = self.claim(&firm, new)?;
        let mut commit = self.commit("fact_contest.raise");
        commit.changes.push(Change::Create { record: CONTEST.to_owned(), id: own, values, years: Years::new() });
        let receipt = self.commit_once(commit, Some(key), move |_| serde_json::json!({"id": own}))?;
        let made = receipt.replayed.as_ref().and_then(|first| serde_json::from_value(first["id"].clone()).ok());
        self.contest_view(&self.visible(CONTEST, made.unwrap_or(own))?)
    }

    /// The open contest that says the same: a repeated request raises nothing.
    fn raised_already(&self, firm: Id, new: &NewContest) -> Outcome<Option<ContestView>> {
        let same = |contest: &ContestView| {
            (contest.field.as_str(), contest.year, contest.state.as_str()) == (new.field.as_str(), new.year, Standing::Open.name())
                && (&contest.claimed_value, contest.reason.as_str()) == (&new.claimed, new.reason.trim())
        };
        Ok(self.contests_of(firm)?.into_iter().find(same))
    }

    fn claim(&self, firm: &Firm<'_>, new: &NewContest) -> Outcome<Values> {
        let field = firm.record.fields.get(&new.field).filter(|field| field.fact && access::reads(self.principal, field));
        let field = field
            .ok_or_else(|| invalid("field", "unknown_field", "没有这一项资料；请核对名称。", "There is no such fact; check its name."))?;
        if any_open(&firm.contests, &field.name, new.year) {
            let why = Text::fixed("这一项已提出异议，正在处理；请等答复。", "This fact is contested already; wait for the answer.");
            return Err(Fault::Conflict { code: "contested", why, fields: Vec::new() });
        }
        let offset = new.year.map_or(0, |year| year.saturating_sub(firm.judged_year));
        let on_file = firm.fact_on_file(field, offset).filter(|fact| fact.year == new.year);
        let fact = on_file.ok_or_else(|| {
            let (zh, en) = ("这一项还没有登记的值；请直接回答。", "Nothing is on file of this fact; answer it instead.");
            invalid("field", "nothing_on_file", zh, en)
        })?;
        let claimed = Value::from_json(&new.claimed.0, &field.ty, &self.app.model)
            .map_err(|why| Fault::Invalid(vec![FieldFault::new("claimed", "type", why)]))?;
        if claimed == fact.value {
            return Err(invalid(
                "claimed",
                "same",
                "与登记的值相同；请写您认为正确的值。",
                "This is the value on file; give the one you hold to be right.",
            ));
        }
        let label = match new.year {
            Some(year) => Text::new(format!("{year} 年{}", field.label.zh), format!("{} in {year}", field.label.get(Lang::En))),
            None => field.label.clone(),
        };
        let source = self.source_note(&fact.source).label;
        let mut values = Values::from([
            ("enterprise".to_owned(), Value::Ref(firm.item.id)),
            ("region".to_owned(), firm.item.values.get("region").cloned().unwrap_or(Value::Null)),
            ("fact".to_owned(), Value::Bilingual(label)),
            ("field".to_owned(), text_value(&field.name)),
            ("on_file_source".to_owned(), Value::Bilingual(source.into())),
            ("claimed_value".to_owned(), text_value(&new.claimed.0.to_string())),
            ("reason".to_owned(), text_value(reason(&new.reason)?)),
            ("state".to_owned(), text_value(Standing::Open.name())),
            ("raised_on".to_owned(), Value::Date(self.app.today())),
        ]);
        let shown = |value: &Value| firm.shown(field, value).map(Value::Bilingual);
        values.extend(new.year.map(|year| ("period".to_owned(), Value::Int(year.into()))));
        values.extend(shown(&fact.value).map(|value| ("on_file".to_owned(), value)));
        values.extend(shown(&claimed).map(|value| ("claimed".to_owned(), value)));
        Ok(values)
    }

    /// The contests of a firm that the reader sees, the newest first.
    pub(super) fn contests_of(&self, firm: Id) -> Outcome<Vec<ContestView>> {
        if self.record_type(CONTEST).is_err() {
            return Ok(Vec::new());
        }
        let conditions = vec![Condition::In { field: "enterprise".into(), values: vec![Value::Ref(firm)] }];
        let query = Query { conditions, limit: SHOWN, total: false, ..self.rows(CONTEST)? };
        self.app.store.query(CONTEST, &query)?.items.iter().map(|item| self.contest_view(item)).collect()
    }

    /// Contests within the reader's scope; `state` narrows, by default the open ones.
    pub fn contests(&self, state: Option<&str>, after: Option<&str>, limit: Option<&str>) -> Outcome<ContestPage> {
        let state = state.unwrap_or(Standing::Open.name());
        let mut query = self.rows(CONTEST)?;
        if state != "all" {
            let standing = Standing::read(state);
            let wrong = || bad_request("state", "state 可为 open、upheld、rejected、all。", "state is open, upheld, rejected or all.");
            query.conditions.push(Condition::In { field: "state".into(), values: vec![text_value(standing.ok_or_else(wrong)?.name())] });
        }
        query.after = after.map(Cursor::parse);
        query.limit = limit.map_or(Ok(20), read_limit)?;
        let page = self.app.store.query(CONTEST, &query)?;
        let items: Outcome<Vec<ContestView>> = page.items.iter().map(|item| self.contest_view(item)).collect();
        Ok(ContestPage { items: items?, total: page.total.unwrap_or(0), next: page.next.map(|next| next.as_str().to_owned()) })
    }

    /// # Errors
    /// Not found for a contest out of sight; forbidden to who may not change the fact; a conflict when it is decided;
    /// invalid for the decision, its reason, the value or the source.
    pub fn decide_contest(&self, id: &str, decide: &DecideContest) -> Outcome<ContestView> {
        let id = self.id(CONTEST, id)?;
        let item = self.visible(CONTEST, id)?;
        let firm = match item.values.get("enterprise") {
            Some(Value::Ref(firm)) => self.firm(*firm)?,
            _ => return Err(Fault::NotFound),
        };
        let field = text(&item.values, "field").and_then(|name| firm.record.fields.get(name)).ok_or(Fault::NotFound)?;
        self.may_write_fact(&firm, field)?;
        let decision = Decision::read(&decide.decision)
            .ok_or_else(|| invalid("decision", "not_in_list", "请选择更正或维持。", "Choose uphold or reject."))?;
        let answer = reason(&decide.reason)?;
        let standing = text(&item.values, "state").and_then(Standing::read).unwrap_or(Standing::Open);
        let after = standing.decided(decision).map_err(|why| Fault::Conflict { code: "decided", why, fields: Vec::new() })?;
        let mut commit = self.commit("fact_contest.decide");
        if decision == Decision::Uphold {
            commit.facts.push(self.right_word(&firm, field, &item.values, decide)?);
        }
        let answered_by = self.principal.account.map(|account| text_value(&account.text(crate::accounts::PREFIX)));
        let mut values = Values::from([
            ("state".to_owned(), text_value(after.name())),
            ("answer".to_owned(), text_value(answer)),
            ("answered_on".to_owned(), Value::Date(self.app.today())),
        ]);
        values.extend(answered_by.map(|by| ("answered_by".to_owned(), by)));
        let expected_version = Some(item.version);
        commit.changes.push(Change::Update { record: CONTEST.to_owned(), id, expected_version, values, years: Years::new() });
        self.app.write(commit)?;
        self.contest_view(&self.visible(CONTEST, id)?)
    }

    /// The value that an upheld contest puts on file.
    fn right_word(&self, firm: &Firm<'_>, field: &Field, contest: &Values, decide: &DecideContest) -> Outcome<FactEntry> {
        let claimed = || text(contest, "claimed_value").and_then(|raw| serde_json::from_str(raw).ok()).unwrap_or(Json::Null);
        let raw = decide.value.as_ref().map_or_else(claimed, |value| value.0.clone());
        let value = Value::from_json(&raw, &field.ty, &self.app.model)
            .map_err(|why| Fault::Invalid(vec![FieldFault::new("value", "type", why)]))?;
        if value.is_null() {
            return Err(invalid("value", "required", "企业没有写出值；请填写更正后的值。", "The firm named no value; give the right one."));
        }
        self.standing_word(firm, field, year(contest), value, decide.source.as_deref())
    }

    /// A value as the word of `source`, by default the one that counts now; a source of less standing would not count
    /// and is refused.
    pub(super) fn standing_word(
        &self,
        firm: &Firm<'_>,
        field: &Field,
        year: Option<i32>,
        value: Value,
        source: Option<&str>,
    ) -> Outcome<FactEntry> {
        let now = firm.fact_on_file(field, year.map_or(0, |year| year.saturating_sub(firm.judged_year)));
        let source = match (source, now) {
            (Some(source), _) => source.to_owned(),
            (None, Some(fact)) => fact.source.clone(),
            (None, None) => return Err(invalid("source", "required", "请注明数据来源。", "Name the source of the value.")),
        };
        if !self.app.model.sources.contains_key(&source) {
            return Err(invalid("source", "not_in_list", format!("没有数据来源“{source}”。"), format!("There is no source \"{source}\".")));
        }
        if let Some(fact) = now.filter(|fact| self.rank(&source) > self.rank(&fact.source)) {
            let (own, counts) = (self.source_note(&source).label, self.source_note(&fact.source).label);
            let zh = format!("“{}”的数据不如现在的来源“{}”优先，写入后不会被采用；请选更优先的来源。", own.zh, counts.zh);
            let en = format!(
                "\"{}\" has less standing than \"{}\", whose value would go on counting; choose a better source.",
                own.en, counts.en
            );
            return Err(invalid("source", "outranked", zh, en));
        }
        Ok(FactEntry { record: FIRM.to_owned(), id: firm.item.id, field: field.name.clone(), year, value, source, as_of: self.app.today() })
    }

    /// Who decides about a fact is who may change it on the register.
    pub(super) fn may_write_fact(&self, firm: &Firm<'_>, field: &Field) -> Outcome<()> {
        let roles = access::updating_roles(self.principal, firm.record, field);
        let offices: Vec<&str> = roles.into_iter().filter(|role| *role != "firm").collect();
        if self.reaches(firm.record, firm.item.id, &offices)? {
            return Ok(());
        }
        Err(forbidden("decide", "只有管辖该企业的政策专员可以处理。", "Only officers in charge of the firm decide this."))
    }

    fn contest_view(&self, item: &Item) -> Outcome<ContestView> {
        let values = &item.values;
        let Some(Value::Ref(firm)) = values.get("enterprise") else { return Err(Fault::Internal("a contest without a firm".into())) };
        let record = &self.app.model.records[FIRM];
        let title = self.app.store.titles(FIRM, &[*firm])?.remove(firm).unwrap_or_default();
        let words = |field: &str| match values.get(field) {
            Some(Value::Bilingual(text)) => Some(Words::from(text)),
            _ => None,
        };
        let day = |field: &str| match values.get(field) {
            Some(Value::Date(day)) => Some(day.to_string()),
            _ => None,
        };
        let owned = |field: &str| text(values, field).map(str::to_owned);
        let open = text(values, "state") == Some(Standing::Open.name());
        let decides = open && self.principal.has_any(&["officer".to_owned(), "administrator".to_owned()]);
        let why = || Text::fixed("由管辖该企业的政策专员处理。", "Decided by the officers in charge of the firm.");
        Ok(ContestView {
            id: item.id.text(&self.app.model.records[CONTEST].prefix),
            number: owned("number").unwrap_or_default(),
            firm: Titled { id: firm.text(&record.prefix), title },
            region: owned("region"),
            field: owned("field").unwrap_or_default(),
            year: year(values),
            fact: words("fact").unwrap_or(Words { zh: String::new(), en: String::new() }),
            on_file: words("on_file"),
            on_file_source: words("on_file_source"),
            claimed: words("claimed"),
            claimed_value: Raw(text(values, "claimed_value").and_then(|raw| serde_json::from_str(raw).ok()).unwrap_or(Json::Null)),
            reason: owned("reason").unwrap_or_default(),
            state: owned("state").unwrap_or_default(),
            raised_on: day("raised_on"),
            answer: owned("answer"),
            answered_on: day("answered_on"),
            can: CanDecide { decide: if decides { Permission::granted() } else { Permission::refused(why()) } },
        })
    }
}

pub(super) fn reason(text: &str) -> Outcome<&str> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(invalid("reason", "required", "请写明理由。", "Give the reason.")),
        n if n > REASON => Err(invalid(
            "reason",
            "too_long",
            format!("最多 {REASON} 个字，现有 {n} 个；请删减。"),
            format!("At most {REASON} characters, this has {n}; shorten it."),
        )),
        _ => Ok(text),
    }
}
