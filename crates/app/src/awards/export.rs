//! The list of a run as a file for checking it elsewhere: exact money, formulas neutralised.
use super::RUN;
use super::files::Line;
use super::lines::{Show, claims_of, each};
use super::ready::region_label;
use super::run::Run;
use crate::Caller;
use crate::fault::{Fault, Outcome};
use liangu_base::{Lang, Text};

/// Lines whose claims are looked up at a time.
const BATCH: usize = 1000;

const HEADS: [Text; 9] = [
    Text::fixed("企业编号", "Firm id"),
    Text::fixed("企业", "Firm"),
    Text::fixed("统一社会信用代码", "Credit code"),
    Text::fixed("地区", "Region"),
    Text::fixed("公式应得（元）", "By the formula (CNY)"),
    Text::fixed("兑现金额（元）", "Awarded (CNY)"),
    Text::fixed("未兑现原因", "Why nothing"),
    Text::fixed("核减说明", "What made it less"),
    Text::fixed("办件编号", "Claim"),
];

impl Caller<'_> {
    /// CSV with a byte order mark: every line of the last dry run.
    ///
    /// # Errors
    /// As [`Caller::award_lines`].
    pub fn export_award_lines(&self, run: &str, show: Option<&str>) -> Outcome<Vec<u8>> {
        let run = Run::read(self.visible(RUN, self.id(RUN, run)?)?)?;
        let show = Show::read(show)?;
        let mut out = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        out.write_record(HEADS.iter().map(|head| head.get(self.lang))).map_err(failed)?;
        let mut waiting = Vec::with_capacity(BATCH);
        each(self.app, &run, |_, line| {
            if show.takes(&line) {
                waiting.push(line);
            }
            if waiting.len() == BATCH {
                self.write_lines(&mut out, &std::mem::take(&mut waiting))?;
            }
            Ok(())
        })?;
        self.write_lines(&mut out, &waiting)?;
        out.into_inner().map_err(|error| Fault::Internal(error.to_string()))
    }

    fn write_lines(&self, out: &mut csv::Writer<Vec<u8>>, lines: &[Line]) -> Outcome<()> {
        let claims = claims_of(self.app, lines)?;
        for line in lines {
            let number = line.claim.as_ref().and_then(|id| claims.get(id)).and_then(|claim| claim.number.clone());
            let words = |words: &Option<crate::views::Words>| {
                words.as_ref().map(|words| if self.lang == Lang::Zh { words.zh.clone() } else { words.en.clone() }).unwrap_or_default()
            };
            let region = line.region.as_ref().map(|code| region_label(&self.app.model, code).get(self.lang).to_owned());
            let cells = [
                line.firm.clone(),
                safe(&line.title),
                safe(line.credit_code.as_deref().unwrap_or_default()),
                safe(&region.unwrap_or_default()),
                line.full.map(yuan).unwrap_or_default(),
                yuan(line.amount),
                safe(&words(&line.skipped)),
                safe(&words(&line.note)),
                number.unwrap_or_default(),
            ];
            out.write_record(cells).map_err(failed)?;
        }
        Ok(())
    }
}

fn failed(error: csv::Error) -> Fault {
    Fault::Internal(error.to_string())
}

/// Fen as yuan, always with two places.
fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", fen.unsigned_abs() / 100, fen.unsigned_abs() % 100)
}

/// A text that no spreadsheet takes for a formula.
fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{safe, yuan};

    #[test]
    fn money_is_exact_and_formulas_are_texts() {
        assert_eq!([0, 5, 100, 123_456_789].map(yuan), ["0.00", "0.05", "1.00", "1234567.89"]);
        assert_eq!(["=1+1", "@x", "链谷"].map(safe), ["'=1+1", "'@x", "链谷"]);
    }
}
