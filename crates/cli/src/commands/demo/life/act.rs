//! Steps of claims as commands of those who took them.
use super::stage::Stage;
use super::stories::{Do, Event, STORIES, Story, What};
use crate::failure::{Failure, Outcome};
use liangu_app::claims::{JudgeClause, NewClaim, NewObjection, SaveClaim, SaveMaterial};
use liangu_app::{Fault, Principal};
use liangu_base::random::RandomExt;
use liangu_base::{Id, Lang};
use liangu_store::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Firms that are asked before a story finds none.
const TRIES: usize = 40;
/// Fen of 万元.
pub const WAN: i64 = 1_000_000;

/// A claim under way.
#[derive(Clone, Debug)]
pub struct Running {
    pub claim: String,
    pub firm: Id,
    /// The officer who took it on.
    officer: &'static str,
}

/// What is under way, by story and firm.
pub struct Play {
    pub running: BTreeMap<(usize, u32), Running>,
    pub batches: BTreeMap<&'static str, String>,
    pub runs: BTreeMap<&'static str, String>,
    pub ended_early: Vec<String>,
    ended: BTreeSet<(usize, u32)>,
    /// Firms that fit a policy and have not claimed yet.
    candidates: BTreeMap<&'static str, Vec<Id>>,
}

impl Play {
    pub fn new() -> Play {
        Play {
            running: BTreeMap::new(),
            batches: BTreeMap::new(),
            runs: BTreeMap::new(),
            ended_early: Vec::new(),
            ended: BTreeSet::new(),
            candidates: BTreeMap::new(),
        }
    }

    /// # Errors
    /// What keeps the program from working at all.
    pub fn perform(&mut self, stage: &mut Stage, event: &Event) -> Outcome<()> {
        let (done, what) = match event.what {
            What::Money(money) => (self.money(stage, money), format!("{money:?}")),
            What::Run(run) => (self.award(stage, run), format!("{run:?}")),
            What::Step(number, nth, step) => {
                if self.ended.contains(&(number, nth)) {
                    return Ok(());
                }
                let done = self.step(stage, number, nth, step);
                if done.is_err() {
                    self.ended.insert((number, nth));
                }
                (done, format!("{} {step:?}", STORIES[number].policy))
            }
        };
        match done {
            Ok(()) => Ok(()),
            Err(fault @ (Fault::Internal(_) | Fault::Unavailable { .. } | Fault::Full)) => Err(fault.into()),
            Err(fault) => {
                let why = Failure::from(fault).text;
                self.ended_early.push(format!("{} {what}: {}", stage.date(event.ago), why.get(Lang::En)));
                Ok(())
            }
        }
    }

    fn step(&mut self, stage: &mut Stage, number: usize, nth: u32, step: Do) -> Result<(), Fault> {
        let story = &STORIES[number];
        if matches!(step, Do::Start) {
            let running = self.start(stage, story)?;
            self.running.insert((number, nth), running);
            return Ok(());
        }
        let running = self.running.get_mut(&(number, nth)).ok_or(Fault::NotFound)?;
        if let Do::Take(officer) = step {
            running.officer = officer;
        }
        let Running { claim, firm, officer } = running.clone();
        let firm = stage.of_firm(firm)?;
        let (officer, reviewer) = (stage.office(officer)?, stage.office("reviewer")?);
        let mut order = |who: &Principal, command: &str, inputs: &[(&str, &str)]| stage.order(who, "claim", &claim, command, inputs);
        match step {
            Do::Start => Ok(()),
            Do::Submit => order(&firm, "submit", &[]),
            Do::Take(_) => order(&officer, "sign_for", &[]),
            Do::Judge => judge(stage, &officer, &claim),
            Do::Ask(question) => order(&officer, "ask", &[("question", question)]),
            Do::Resubmit(reply) => order(&firm, "resubmit", &[("reply", reply)]),
            Do::Recommend => order(&officer, "recommend", &[("note", "资料与条款逐条核对无误。")]),
            Do::SendBack(reason) => order(&reviewer, "send_back", &[("reason", reason)]),
            Do::Approve => match story.amount {
                None => order(&reviewer, "approve", &[]),
                Some(amount) => order(&reviewer, "approve", &[("amount", &(amount * WAN).to_string())]),
            },
            Do::ApproveNothing(reason) => order(&reviewer, "approve", &[("amount", "0"), ("reason", reason)]),
            Do::Refuse(reason) => order(&reviewer, "refuse", &[("reason", reason)]),
            Do::Withdraw => order(&firm, "withdraw", &[]),
            Do::Appeal(reason) => order(&firm, "appeal", &[("reason", reason)]),
            Do::Object(name, reason) => object(stage, &claim, name, reason),
            Do::Dismiss(reason) => order(&reviewer, "dismiss", &[("reason", reason)]),
            Do::Uphold(reason) => order(&reviewer, "uphold", &[("reason", reason)]),
            Do::Close => {
                let finance = stage.office("finance")?;
                stage.order(&finance, "claim", &claim, "close", &[])
            }
        }
    }

    /// The first firm that may claim does.
    fn start(&mut self, stage: &mut Stage, story: &Story) -> Result<Running, Fault> {
        let mut refused = Fault::NotFound;
        for _ in 0..TRIES {
            let firm = if story.own { stage.own_firm } else { self.candidate(stage, story.policy)? };
            match begin(stage, story.policy, firm) {
                Ok(claim) => return Ok(Running { claim, firm, officer: "officer" }),
                Err(fault @ (Fault::Internal(_) | Fault::Unavailable { .. })) => return Err(fault),
                Err(fault) => refused = fault,
            }
            if story.own {
                break;
            }
        }
        Err(refused)
    }

    fn candidate(&mut self, stage: &mut Stage, policy: &'static str) -> Result<Id, Fault> {
        if !self.candidates.contains_key(policy) {
            let mut firms = fitting(stage, policy)?;
            stage.random.shuffle(&mut firms);
            self.candidates.insert(policy, firms);
        }
        self.candidates.get_mut(policy).and_then(Vec::pop).ok_or(Fault::NotFound)
    }
}

/// Firms that a policy fits, the first page of them, others than the persona's own.
fn fitting(stage: &mut Stage, policy: &str) -> Result<Vec<Id>, Fault> {
    let officer = stage.office("officer")?;
    let policy = policy_id(stage, policy)?;
    let page = stage.by(&officer).policy_firms(&policy, None, None)?;
    let mut firms: Vec<Id> = page.items.iter().filter_map(|firm| stage.by(&officer).id("enterprise", &firm.id).ok()).collect();
    firms.retain(|firm| *firm != stage.own_firm && stage.cast.firms.contains_key(firm));
    Ok(firms)
}

pub fn policy_id(stage: &Stage, title: &str) -> Result<String, Fault> {
    stage.cast.policies.get(title).map(|id| stage.outside("policy", *id)).ok_or(Fault::NotFound)
}

/// Begins a claim and fills it in.
fn begin(stage: &mut Stage, policy: &str, firm: Id) -> Result<String, Fault> {
    let people = stage.of_firm(firm)?;
    let (policy, outside, key) = (policy_id(stage, policy)?, stage.outside("enterprise", firm), stage.key());
    let view = stage.by(&people).start_claim(&outside, &NewClaim { policy, items: Vec::new() }, &key)?;
    let material = |wanted: &liangu_app::claims::WantedMaterial| SaveMaterial {
        clause: Some(wanted.clause.clone()),
        name: "项目实施情况说明".to_owned(),
        note: Some("含设备清单、购置合同和现场照片目录。".to_owned()),
        ..SaveMaterial::default()
    };
    let save = SaveClaim {
        materials: Some(view.wanted.iter().map(material).collect()),
        note: Some("资料以登记为准，如有疑问请联系经办人。".to_owned()),
        ..payee(stage, firm)?
    };
    stage.by(&people).save_claim(&view.id, view.version, &save)?;
    Ok(view.id)
}

/// Where the money is to go; the holder is the firm itself.
pub fn payee(stage: &mut Stage, firm: Id) -> Result<SaveClaim, Fault> {
    const BANKS: [&str; 4] = ["娄底示范农村商业银行营业部", "湘中示范银行娄底分行", "涟水示范银行经开支行", "孙水示范银行娄星支行"];
    let bank = *stage.random.pick(&BANKS);
    let firm = stage.row("enterprise", &stage.outside("enterprise", firm))?;
    let holder = match firm.values.get("name") {
        Some(Value::Text(name)) => Some(name.clone()),
        _ => None,
    };
    let (payee_bank, payee_account) = (Some(bank.to_owned()), Some(stage.bank_account()));
    Ok(SaveClaim { payee_name: holder, payee_bank, payee_account, ..SaveClaim::default() })
}

/// The officer finds every clause met that facts leave open.
fn judge(stage: &mut Stage, officer: &Principal, claim: &str) -> Result<(), Fault> {
    let view = stage.by(officer).claim_file(claim)?;
    for clause in view.clauses.iter().filter(|clause| clause.judgeable && clause.answer.as_deref() != Some("yes")) {
        let note = "现场核查，与备案的建设内容一致。".to_owned();
        let open = clause.records.iter().filter(|record| record.judgeable).map(|record| Some(record.position));
        let places: Vec<Option<u64>> = if clause.records.is_empty() { vec![None] } else { open.collect() };
        for record in places {
            let judged = JudgeClause { clause: clause.key.clone(), record, answer: Some("yes".to_owned()), note: note.clone() };
            stage.by(officer).judge_clause(claim, &judged)?;
        }
    }
    Ok(())
}

fn object(stage: &mut Stage, claim: &str, name: &str, reason: &str) -> Result<(), Fault> {
    let contact = format!("1380738{:04}", stage.random.below(10_000));
    let new = NewObjection { name: name.to_owned(), contact, reason: reason.to_owned() };
    let key = stage.key();
    stage.by(&Principal::anonymous()).object(claim, &new, &key).map(drop)
}
