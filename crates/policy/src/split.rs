//! The text of a document cut into its clauses, as official texts number them.
//!
//! Articles (第四条), Chinese counts (一、 （一）), Arabic ones (1. 1、 （1）) begin a clause; lines without a number continue
//! it. Nothing is lost: the clauses' texts put together are the document's, blank space aside.

/// Longest document in characters.
pub const MAX_CHARACTERS: usize = 60_000;

/// A clause as cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The number as it stood, with those it lies under: `第四条（二）`.
    pub article: Option<String>,
    pub text: String,
}

/// Cuts a document; blank lines end a clause that has no number.
pub fn split(document: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut above: Vec<(u8, String)> = Vec::new();
    let mut open = false;
    for line in document.lines().map(|line| line.trim_matches(|c: char| c.is_whitespace() || c == '\u{3000}')) {
        if line.is_empty() {
            open = false;
            continue;
        }
        match numbered(line) {
            Some((level, number, rest)) => {
                above.retain(|(other, _)| *other < level);
                above.push((level, number.to_owned()));
                let article = above.iter().map(|(_, number)| number.as_str()).collect::<String>();
                pieces.push(Piece { article: Some(article), text: rest.to_owned() });
                open = true;
            }
            None => match pieces.last_mut().filter(|_| open) {
                Some(last) => last.text.push_str(line),
                None => {
                    pieces.push(Piece { article: None, text: line.to_owned() });
                    open = true;
                }
            },
        }
    }
    pieces
}

const CHINESE: &str = "零〇一二三四五六七八九十百";

/// The level of a numbered line, its number and the rest.
fn numbered(line: &str) -> Option<(u8, &str, &str)> {
    let is_chinese = |c: char| CHINESE.contains(c);
    let is_digit = |c: char| c.is_ascii_digit();
    let cut = |level: u8, at: usize, drop: usize| {
        let rest = line[at + drop..].trim_start_matches(|c: char| c.is_whitespace() || c == '\u{3000}');
        (level, &line[..at], rest)
    };
    if let Some(rest) = line.strip_prefix('第') {
        let end = rest.find(|c: char| !is_chinese(c) && !is_digit(c))?;
        if end == 0 || !rest[end..].starts_with(['条', '章', '节']) {
            return None;
        }
        let level = if rest[end..].starts_with('条') { 2 } else { 1 };
        return Some(cut(level, '第'.len_utf8() + end + '条'.len_utf8(), 0));
    }
    for (open, close) in [('（', '）'), ('(', ')')] {
        if let Some(rest) = line.strip_prefix(open) {
            let end = rest.find(close)?;
            let inside = &rest[..end];
            let level = if inside.is_empty() {
                return None;
            } else if inside.chars().all(is_chinese) {
                4
            } else if inside.chars().all(is_digit) {
                6
            } else {
                return None;
            };
            return Some(cut(level, open.len_utf8() + end + close.len_utf8(), 0));
        }
    }
    let end = line.find(|c: char| !is_chinese(c)).filter(|end| *end > 0);
    if let Some(end) = end
        && line[end..].starts_with('、')
    {
        return Some(cut(3, end, '、'.len_utf8()));
    }
    let end = line.find(|c: char| !is_digit(c)).filter(|end| *end > 0 && *end <= 3)?;
    let mark = line[end..].chars().next()?;
    let dotted = matches!(mark, '.' | '．') && !line[end + mark.len_utf8()..].starts_with(is_digit);
    (mark == '、' || dotted).then(|| cut(5, end, mark.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::split;

    fn cut(text: &str) -> Vec<(String, String)> {
        split(text).into_iter().map(|p| (p.article.unwrap_or_default(), p.text)).collect()
    }

    #[test]
    fn a_document_is_cut_where_it_is_numbered() {
        let text = "支持办法\n\n第一条 申报企业应当符合：\n（一）注册满一年；\n（二）营业收入 2000 万元\n以上；\n  1. 上年度口径\n第二条　按投资额的 10% 补助。\n\n附则说明";
        let expected = [
            ("", "支持办法"),
            ("第一条", "申报企业应当符合："),
            ("第一条（一）", "注册满一年；"),
            ("第一条（二）", "营业收入 2000 万元以上；"),
            ("第一条（二）1", "上年度口径"),
            ("第二条", "按投资额的 10% 补助。"),
            ("", "附则说明"),
        ];
        assert_eq!(cut(text), expected.map(|(a, t)| (a.to_owned(), t.to_owned())));
    }

    #[test]
    fn numbers_that_are_no_numbering_stay_in_the_text() {
        for line in ["2026 年起施行", "10.5% 以上", "第三方机构出具报告", "（见附件）"] {
            assert_eq!(cut(line), [(String::new(), line.to_owned())], "{line}");
        }
        assert_eq!(cut(""), []);
    }
}
