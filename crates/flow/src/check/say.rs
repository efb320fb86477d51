//! Problems in words.
use super::{Place, Problem};
use liangu_base::Text;

/// `text` says what is wrong, `hint` what to do, each as (Chinese, English).
pub(super) fn say(
    out: &mut Vec<Problem>,
    place: Place,
    (key, word): (Option<&'static str>, Option<&str>),
    code: &'static str,
    text: (String, String),
    hint: (&'static str, &'static str),
) {
    out.push(Problem {
        place,
        key,
        word: word.map(str::to_owned),
        code,
        text: Text::new(text.0, text.1),
        hint: Text::fixed(hint.0, hint.1),
    });
}
