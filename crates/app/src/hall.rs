//! The hall: what anyone sees without an account.
use crate::eligibility::{LifeCounts, PolicyCard};
use crate::fault::Outcome;
use crate::reads::Reads as _;
use crate::views::Words;
use crate::{Caller, Principal};
use serde::Serialize;
use utoipa::ToSchema;

/// Figures in the hall.
const FIGURES: usize = 6;

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Hall {
    pub figures: Vec<HallFigure>,
    pub policies: HallPolicies,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HallFigure {
    pub id: String,
    pub label: Words,
    pub value: Option<f64>,
    pub unit: Words,
    pub note: Option<Words>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HallPolicies {
    pub total: u64,
    pub in_force: u64,
    /// Published within the last seven days.
    pub new_this_week: u64,
    /// Whose window ends within this month.
    pub closing_this_month: u64,
    /// In force, the largest amounts first.
    pub top: Vec<PolicyCard>,
    /// Words to begin with: the kinds with most policies.
    pub searches: Vec<String>,
}

impl Caller<'_> {
    /// The same for everyone: what someone without an account sees.
    pub fn hall(&self) -> Outcome<Hall> {
        let anyone = Principal::anonymous();
        let public = Caller { principal: &anyone, ..*self };
        let app = self.app;
        app.halls.get(self.lang, app.store.head()?, app.today(), || public.make_hall())
    }

    fn make_hall(&self) -> Outcome<Hall> {
        let figures = self.public_figures()?.into_iter().take(FIGURES);
        let figures = figures
            .map(|figure| HallFigure {
                note: figure.period.map(|year| Words { zh: format!("{year} 年"), en: year }),
                id: figure.id,
                label: figure.label,
                value: figure.value,
                unit: figure.unit,
            })
            .collect();
        let LifeCounts { total, in_force, new_this_week, closing_this_month } = self.policy_counts()?;
        let policies = HallPolicies {
            total,
            in_force,
            new_this_week,
            closing_this_month,
            top: self.top_policies()?,
            searches: self.policy_searches()?,
        };
        Ok(Hall { figures, policies })
    }
}
