//! Somebody asks once for everything that fits a firm: the answer is counted, and that it was asked is kept.
use super::cards::FIRM;
use crate::fault::{Fault, Outcome, forbidden};
use crate::{Caller, RequestKey};
use liangu_store::{Change, Value, Values, Years};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const RECORD: &str = "match_request";

/// An empty body: the firm stands in the path.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMatchRequest {}

#[derive(Debug, Serialize, ToSchema)]
pub struct MatchRequest {
    pub id: String,
    pub at: String,
    /// Policies that fit at that moment.
    pub fitting: u64,
}

impl Caller<'_> {
    /// # Errors
    /// Not found for a firm out of sight; forbidden to who only watches.
    pub fn request_match(&self, firm: &str, key: &RequestKey) -> Outcome<MatchRequest> {
        let firm = self.id(FIRM, firm)?;
        let item = self.visible(FIRM, firm)?;
        if !["firm", "officer", "reviewer", "administrator"].iter().any(|role| self.principal.has(role)) {
            return Err(forbidden("role", "由企业自己或经办人发起匹配。", "The firm itself or an officer asks for a match."));
        }
        let Some(record) = self.app.model.records.get(RECORD) else { return Err(Fault::NotFound) };
        let fitting = self.matches_of(firm)?.groups.fits.count;
        let (id, at) = (self.app.next_id(), self.now());
        let mut values = Values::from([
            ("enterprise".to_owned(), Value::Ref(firm)),
            ("requested_at".to_owned(), Value::Instant(at)),
            ("fitting".to_owned(), Value::Int(i64::try_from(fitting).unwrap_or(i64::MAX))),
        ]);
        values.extend(item.values.get("region").cloned().map(|region| ("region".to_owned(), region)));
        values
            .extend(self.principal.account.map(|account| ("requested_by".to_owned(), Value::Text(account.text(crate::accounts::PREFIX)))));
        let mut commit = self.commit("match_request.create");
        commit.changes.push(Change::Create { record: RECORD.to_owned(), id, values, years: Years::new() });
        let answer = MatchRequest { id: id.text(&record.prefix), at: at.to_rfc3339_beijing(), fitting };
        let kept = serde_json::json!({"id": answer.id, "at": answer.at, "fitting": fitting});
        let receipt = self.commit_once(commit, Some(key), move |_| kept.clone())?;
        Ok(match receipt.replayed {
            Some(first) => MatchRequest {
                id: first["id"].as_str().unwrap_or_default().to_owned(),
                at: first["at"].as_str().unwrap_or_default().to_owned(),
                fitting: first["fitting"].as_u64().unwrap_or_default(),
            },
            None => answer,
        })
    }
}
