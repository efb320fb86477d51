//! Follows the journal: firms whose facts or child records changed, their paid claims, claims that were paid just now, and
//! what of these is contradicted.
//!
//! The place in the journal is kept in a document; a restart looks at some entries again, which changes nothing, since
//! one cause opens one recovery.
use super::changed::touched;
use super::compare::{Against, Contradiction, OnFile, Rewritten, contradictions, entitled, rewritten};
use super::{CHANGES, RECOVERY, YEARS, child_record};
use crate::claims::{Basing, CLAIM, basis_of, file_of, judgements_of};
use crate::eligibility::{FIRM, oracle_value};
use crate::fault::{Fault, Outcome};
use crate::flows::{self, NewNotice, To};
use crate::payments::{int, reference, text};
use crate::reads::Reads as _;
use crate::{App, Caller, Principal};
use liangu_base::{Id, Lang, Text};
use liangu_expr::schema::Unit;
use liangu_policy::decision::{Frozen, FrozenFact, Known, digest_of};
use liangu_store::{Change, Condition, DocumentPut, Item, Query, Reader, StoreError, Value, Values, Years};
use serde_json::{Value as Json, json};

const CURSOR: &str = "claim_watch";
const KEY: &str = "journal";
/// Entries taken at a time.
const MOST: u32 = 2000;
/// Firms asked for at a time.
const FIRMS: usize = 500;
/// Paid claims of such a portion of firms.
const CLAIMS: u32 = 10_000;
/// Facts and collections that the reason names.
const NAMED: usize = 6;
/// States of a recovery in which it is worked on.
const OPEN: [&str; 4] = ["open", "demanded", "reported", "overdue"];

/// Takes in what the journal says since the last time.
///
/// # Errors
/// What the store answers; a claim that cannot be looked at is told in the log and keeps no other waiting.
pub(crate) fn watch(app: &App) -> Outcome<()> {
    if !app.model.records.contains_key(RECOVERY) {
        return Ok(());
    }
    let head = app.store.head()?;
    let kept = app.store.document(CURSOR, KEY)?;
    let (from, version) = kept.map_or((None, 0), |document| (document.value["sequence"].as_i64(), document.version));
    // what was written before the first claim could be paid concerns none
    let Some(from) = from else { return keep(app, head, version) };
    if from >= head {
        return Ok(());
    }
    let entries = app.store.read(|reader| reader.journal(from, MOST))?;
    let operator = Principal::operator();
    let caller = Caller::new(app, &operator, Lang::Zh);
    let touched = touched(app, &entries)?;
    for firms in touched.firms.chunks(FIRMS) {
        let of_firms = Condition::In { field: "enterprise".to_owned(), values: firms.iter().map(|firm| Value::Ref(*firm)).collect() };
        caller.look_at(&caller.paid_claims(of_firms)?);
    }
    for claims in touched.paid.chunks(FIRMS) {
        // facts may have changed between the decision and the payment
        caller.look_at(&caller.paid_claims(Condition::Ids(claims.to_vec()))?);
    }
    keep(app, entries.last().map_or(head, |entry| entry.sequence), version)
}

fn keep(app: &App, sequence: i64, version: i64) -> Outcome<()> {
    let operator = Principal::operator();
    let mut commit = Caller::new(app, &operator, Lang::Zh).commit("recovery.watch");
    commit.documents.push(DocumentPut {
        kind: CURSOR.to_owned(),
        key: KEY.to_owned(),
        value: Some(json!({ "sequence": sequence })),
        expected_version: Some(version),
        journal: false,
    });
    match app.write(commit) {
        // another server on the same database was here first
        Ok(_) | Err(Fault::Stale { .. }) => Ok(()),
        Err(fault) => Err(fault),
    }
}

impl Caller<'_> {
    fn paid_claims(&self, which: Condition) -> Outcome<Vec<Item>> {
        let since = self.app.today().add_years(-YEARS);
        let conditions = vec![
            which,
            Condition::In { field: "state".to_owned(), values: vec![Value::text("paid")] },
            Condition::Range { field: "paid_on".to_owned(), from: Some(Value::Date(since)), to: None },
        ];
        let query = Query { conditions, limit: CLAIMS, total: false, ..self.rows(CLAIM)? };
        Ok(self.app.store.query(CLAIM, &query)?.items)
    }

    fn look_at(&self, claims: &[Item]) {
        for claim in claims {
            if let Err(fault) = self.look_again(claim) {
                tracing::warn!(claim = %claim.id, ?fault, "a paid claim could not be held against present facts");
            }
        }
    }

    /// Opens, changes or clears the recovery of a paid claim, as the facts now demand.
    fn look_again(&self, claim: &Item) -> Outcome<()> {
        let Some(frozen) = file_of(self.app, claim.id)? else { return Ok(()) };
        let firm = reference(&claim.values, "enterprise").ok_or(Fault::NotFound)?;
        let firm = self.app.store.get(FIRM, firm)?.ok_or(Fault::NotFound)?;
        let basis = basis_of(self.app, &frozen.basis)?;
        let basing = Basing::on(self.app, basis, frozen.day, frozen.judged_year);
        let against = self.app.store.read(|reader| against(self.app, reader, &basing, &firm, &frozen))?;
        let earlier = self.recoveries_of(claim.id)?;
        if against.is_empty() && earlier.is_empty() {
            return Ok(());
        }
        let paid = int(&claim.values, "amount").unwrap_or(0);
        let judgements = judgements_of(self.app, claim.id)?;
        let entitled = entitled(&basing.judge, &frozen, &judgements, &against, paid);
        let back: i64 = earlier.iter().map(settled).sum();
        let due = (paid - entitled - back).max(0);
        let found = Found { paid, entitled, due, against };
        let open = earlier.iter().find(|row| OPEN.contains(&text(&row.values, "state").unwrap_or_default()));
        match open {
            Some(open) if due == 0 => flows::system_command(self.app, RECOVERY, open.id, "clear", &[]),
            Some(open) => self.keep_up(open, &found),
            None if due == 0 => Ok(()),
            None => self.open_recovery(claim, &found),
        }
    }

    fn recoveries_of(&self, claim: Id) -> Outcome<Vec<Item>> {
        let of_claim = Condition::In { field: "claim".to_owned(), values: vec![Value::Ref(claim)] };
        let query = Query { conditions: vec![of_claim], limit: 100, total: false, ..self.rows(RECOVERY)? };
        Ok(self.app.store.query(RECOVERY, &query)?.items)
    }

    /// An open recovery says what is due by present facts. What the firm was already asked for stays until it is settled.
    fn keep_up(&self, open: &Item, found: &Found) -> Outcome<()> {
        let same = int(&open.values, "due") == Some(found.due) && self.changes_of(open.id)? == found.said()?;
        if same || text(&open.values, "state") != Some("open") {
            return Ok(());
        }
        let mut commit = self.commit("recovery.watch");
        let values = Values::from([
            ("entitled".to_owned(), Value::Int(found.entitled)),
            ("due".to_owned(), Value::Int(found.due)),
            ("why".to_owned(), Value::Bilingual(self.why(found))),
        ]);
        let (record, id, expected_version) = (RECOVERY.to_owned(), open.id, Some(open.version));
        commit.changes.push(Change::Update { record, id, expected_version, values, years: Years::new() });
        commit.documents.push(found.put(open.id)?);
        self.app.write(commit)?;
        Ok(())
    }

    fn open_recovery(&self, claim: &Item, found: &Found) -> Outcome<()> {
        let slot = format!("{}/{}", claim.id.text(&self.app.model.records[CLAIM].prefix), &found.cause()?[..24]);
        let id = self.app.next_id();
        let mut values = flows::begin(self.app, RECOVERY, None)?;
        for field in ["enterprise", "policy", "region", "budget_year", "synthetic"] {
            values.extend(claim.values.get(field).map(|value| (field.to_owned(), value.clone())));
        }
        let why = self.why(found);
        let more = [
            ("claim", Value::Ref(claim.id)),
            ("slot", Value::text(slot)),
            ("why", Value::Bilingual(why.clone())),
            ("found_on", Value::Date(self.app.today())),
            ("paid", Value::Int(found.paid)),
            ("entitled", Value::Int(found.entitled)),
            ("due", Value::Int(found.due)),
        ];
        values.extend(more.map(|(field, value)| (field.to_owned(), value)));
        let mut commit = self.commit("recovery.open");
        commit.changes.push(Change::Create { record: RECOVERY.to_owned(), id, values, years: Years::new() });
        let (record, expected_version) = (CLAIM.to_owned(), Some(claim.version));
        let values = Values::from([("watch".to_owned(), Value::text("changed"))]);
        commit.changes.push(Change::Update { record, id: claim.id, expected_version, values, years: Years::new() });
        commit.documents.push(found.put(id)?);
        let number = text(&claim.values, "number").unwrap_or_default();
        let told = Text::new(format!("已拨付的申报 {number}：{}", why.zh), format!("Claim {number}, paid: {}", why.en));
        let region = text(&claim.values, "region").map(str::to_owned);
        let about = Some((RECOVERY.to_owned(), id.text(&self.app.model.records[RECOVERY].prefix)));
        for role in ["officer", "finance"] {
            let to = To::Role { role: role.to_owned(), region: region.clone() };
            flows::notify(self, &mut commit, NewNotice { to, text: told.clone(), about: about.clone() });
        }
        match self.app.write(commit) {
            // the claim moved meanwhile, or another server opened it: the next look finds out
            Ok(_) | Err(Fault::Stale { .. } | Fault::Conflict { code: "unique", .. }) => Ok(()),
            Err(fault) => Err(fault),
        }
    }

    pub(super) fn changes_of(&self, recovery: Id) -> Outcome<Json> {
        Ok(self.app.store.document(CHANGES, &recovery.to_string())?.map_or(Json::Null, |document| document.value))
    }

    fn why(&self, found: &Found) -> Text {
        let record = &self.app.model.records[FIRM];
        let label = |change: &Contradiction, lang: Lang| {
            let label = record.fields.get(&change.field).map_or(change.field.as_str(), |field| field.label.get(lang));
            match (change.year, lang) {
                (None, _) => label.to_owned(),
                (Some(year), Lang::Zh) => format!("{year} 年{label}"),
                (Some(year), Lang::En) => format!("{label} of {year}"),
            }
        };
        let record_label = |change: &Rewritten, lang: Lang| {
            let record = child_record(&self.app.model, &change.collection);
            record.map_or(change.collection.as_str(), |record| record.label.get(lang)).to_owned()
        };
        let listed = |lang: Lang, with: &str| {
            let facts = found.against.facts.iter().map(|c| label(c, lang));
            let mut named: Vec<String> = facts.chain(found.against.records.iter().map(|c| record_label(c, lang))).collect();
            named.dedup();
            named.truncate(NAMED);
            named.join(with)
        };
        let due = crate::shown::amount(found.due, Unit::Fen);
        Text::new(
            format!("{}有变，按现有资料应退回 {}。", listed(Lang::Zh, "、"), due.zh),
            format!("{} changed; by present facts {} are to be paid back.", listed(Lang::En, ", "), due.get(Lang::En)),
        )
    }
}

/// What is on file of the firm now, where it contradicts the claim's file.
fn against(app: &App, reader: &mut Reader<'_>, basing: &Basing, firm: &Item, frozen: &Frozen) -> Result<Against, StoreError> {
    let now = basing.freeze(app, reader, firm, &frozen.items)?;
    let spoken = reader.facts_until(FIRM, firm.id, frozen.taken_on)?;
    let then = |fact: &liangu_store::Fact| {
        let field = app.model.records[FIRM].fields.get(&fact.field)?;
        let value = oracle_value(&fact.value, &field.ty, &app.model).as_ref().and_then(Known::of);
        let (source, as_of) = (Some(fact.source.clone()), Some(fact.as_of));
        Some(FrozenFact { field: fact.field.clone(), year: None, value, source, as_of })
    };
    let then: Vec<FrozenFact> = spoken.iter().filter(|fact| fact.current && fact.year.is_none()).filter_map(then).collect();
    let mut records = Vec::new();
    for (name, was) in &frozen.children {
        let (Some(own), Some(is)) = (child_record(&app.model, name), now.children.get(name)) else { continue };
        // of one reading with the file above, hence in its order
        let rows = reader.children(&own.name, firm.id)?;
        let is_later = |row: &Item| row.created_at.date_beijing() > frozen.taken_on;
        let on_file = rows.iter().zip(is).map(|(row, fields)| OnFile { fields: fields.clone(), is_later: is_later(row) });
        records.extend(rewritten(name, was, &on_file.collect::<Vec<_>>()));
    }
    Ok(Against { facts: contradictions(frozen, &now, &then), records })
}

/// Fen that an earlier recovery brought back or waived.
fn settled(recovery: &Item) -> i64 {
    match text(&recovery.values, "state") {
        Some("recovered") => int(&recovery.values, "repaid").unwrap_or(0),
        Some("waived") => int(&recovery.values, "due").unwrap_or(0),
        _ => 0,
    }
}

/// What was found of a claim; fen.
struct Found {
    paid: i64,
    entitled: i64,
    due: i64,
    against: Against,
}

impl Found {
    /// Names the cause: the same facts known in the same way, with the same consequence.
    fn cause(&self) -> Outcome<String> {
        Ok(digest_of(&(&self.said()?, self.entitled)))
    }

    fn said(&self) -> Outcome<Json> {
        serde_json::to_value(&self.against).map_err(|e| Fault::Internal(e.to_string()))
    }

    fn put(&self, recovery: Id) -> Outcome<DocumentPut> {
        let value = Some(self.said()?);
        Ok(DocumentPut { kind: CHANGES.to_owned(), key: recovery.to_string(), value, expected_version: None, journal: false })
    }
}
