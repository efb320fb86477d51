//! The seven people of a demonstration: accounts without a password, signed in by name, in a demonstration only.
use super::SignedIn;
use crate::fault::{Fault, Outcome};
use crate::reads::Reads as _;
use crate::views::Words;
use crate::{App, Caller};
use liangu_base::{Id, Instant, Text};
use liangu_store::{Account, AccountChange, Commit, Store};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Persona)]
pub struct PersonaView {
    pub key: String,
    pub login: String,
    pub name: String,
    pub title: Words,
    pub about: Words,
}

/// Who plays a part: the caller that makes the demonstration knows the records.
#[derive(Clone, Debug)]
pub struct PersonaAccount {
    /// One of [`keys`]; also the account's role.
    pub key: String,
    pub name: String,
    pub firm: Option<Id>,
    pub organisation: Option<Id>,
    pub park: Option<Id>,
    pub region: Option<String>,
}

struct Part {
    key: &'static str,
    title: Text,
    about: Text,
}

static PARTS: [Part; 7] = [
    Part {
        key: "firm",
        title: Text::fixed("企业经办人", "Firm"),
        about: Text::fixed(
            "看哪些政策适合本企业、差在哪里，回答一个问题马上重新匹配。",
            "Sees which policies fit the firm and what is missing; an answer re-matches at once.",
        ),
    },
    Part {
        key: "officer",
        title: Text::fixed("政策科经办", "Policy officer"),
        about: Text::fixed(
            "写政策、审申报、发起免申即享，看一项政策惠及哪些企业。",
            "Writes policies, reviews claims, begins awards, sees which firms a policy reaches.",
        ),
    },
    Part {
        key: "reviewer",
        title: Text::fixed("审核人员", "Reviewer"),
        about: Text::fixed(
            "复核并决定申报，处理公示异议，签署批次，查看每条记录的来历。",
            "Decides claims, answers objections, signs runs and payments, reads the history of every record.",
        ),
    },
    Part {
        key: "finance",
        title: Text::fixed("财政经办", "Finance officer"),
        about: Text::fixed(
            "录入预算、制单拨付、对账回单，看政策资金的口径和测算。",
            "Sets budgets, draws up payments, reads the bank's answers, sees the money behind policies.",
        ),
    },
    Part {
        key: "park",
        title: Text::fixed("园区管委会", "Park"),
        about: Text::fixed("看本园区的企业和它们能享受的政策。", "Sees the park's firms and the policies they can have."),
    },
    Part {
        key: "leader",
        title: Text::fixed("分管领导", "Leader"),
        about: Text::fixed(
            "督办超期事项、签署批次，看全市数字，每个数字都能点开到记录。",
            "Follows up what is late, signs runs and payments, sees the city's numbers down to their records.",
        ),
    },
    Part {
        key: "administrator",
        title: Text::fixed("系统管理员", "Administrator"),
        about: Text::fixed("管理账户、业务包、日志和备份。", "Manages accounts, packs, journal and backups."),
    },
];

/// The keys of the parts, in the order they are shown.
pub fn keys() -> impl Iterator<Item = &'static str> {
    PARTS.iter().map(|part| part.key)
}

fn login(key: &str) -> String {
    format!("demo-{key}")
}

/// Makes the accounts of the personas, in one commit.
///
/// # Errors
/// Conflict when they exist already.
pub fn create(store: &Store, personas: &[PersonaAccount], now: Instant, mut id: impl FnMut() -> Id) -> Outcome<()> {
    let mut commit = Commit::new(now, "demonstration.personas");
    for persona in personas {
        commit.accounts.push(AccountChange::Create(Account {
            id: id(),
            login: login(&persona.key),
            name: persona.name.clone(),
            password_hash: None,
            roles: vec![persona.key.clone()],
            firm: persona.firm,
            organisation: persona.organisation,
            park: persona.park,
            region: persona.region.clone(),
            disabled: false,
            must_change: false,
            version: 1,
        }));
    }
    store.commit(commit)?;
    Ok(())
}

impl App {
    /// # Errors
    /// Not found outside a demonstration, for an unknown persona, and for one that has been disabled.
    pub fn sign_in_as(&self, key: &str) -> Outcome<SignedIn> {
        if !self.installation().demonstration || !keys().any(|known| known == key) {
            return Err(Fault::NotFound);
        }
        let account = self.store.account_by_login(&login(key))?.filter(|account| !account.disabled);
        self.open_session(&account.ok_or(Fault::NotFound)?)
    }
}

impl Caller<'_> {
    /// # Errors
    /// Not found outside a demonstration.
    pub fn personas(&self) -> Outcome<Vec<PersonaView>> {
        if !self.app.installation().demonstration {
            return Err(Fault::NotFound);
        }
        let mut personas = Vec::new();
        for part in &PARTS {
            if let Some(account) = self.app.store.account_by_login(&login(part.key))?.filter(|account| !account.disabled) {
                personas.push(PersonaView {
                    key: part.key.to_owned(),
                    login: account.login,
                    name: account.name,
                    title: (&part.title).into(),
                    about: (&part.about).into(),
                });
            }
        }
        Ok(personas)
    }
}
