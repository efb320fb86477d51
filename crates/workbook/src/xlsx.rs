//! The parts of a workbook around its sheets: which sheets there are, shared texts, formats.
use crate::fault::Unreadable;
use crate::number::{self, Format};
use crate::xml::{Xml, add_text, attribute};
use crate::zip::Archive;
use crate::{Limits, SHEETS, SheetInfo, Source};
use quick_xml::events::Event;
use std::collections::HashMap;
use std::io::{BufRead, BufReader};

/// Bytes read ahead of a part.
const AHEAD: usize = 1 << 16;
/// Formats of a workbook.
const FORMATS: usize = 65_536;

pub struct Sheet {
    pub info: SheetInfo,
    pub part: String,
}

/// What sheets are read with.
#[derive(Default)]
pub struct Workbook {
    pub sheets: Vec<Sheet>,
    pub since_1904: bool,
    pub shared: Option<Shared>,
    pub formats: Vec<Format>,
}

/// Shared texts, one after the other.
#[derive(Default)]
pub struct Shared {
    text: String,
    ends: Vec<u32>,
}

impl Shared {
    pub fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)? as usize;
        let begin = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        self.text.get(begin..end)
    }
}

fn reader<'a, R: Source>(archive: &'a mut Archive<R>, part: &str) -> Result<Xml<impl BufRead + use<'a, R>>, Unreadable> {
    Ok(Xml::new(BufReader::with_capacity(AHEAD, archive.part(part)?)))
}

pub fn open<R: Source>(archive: &mut Archive<R>, limits: &Limits) -> Result<Workbook, Unreadable> {
    let main = main_part(archive)?;
    let folder = main.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let file = main.rsplit('/').next().unwrap_or_default();
    let links = relations(archive, &format!("{folder}_rels/{file}.rels"), &folder)?;
    let mut workbook = Workbook::default();
    sheets(archive, &main, &links, &mut workbook)?;
    if workbook.sheets.is_empty() {
        return Err(Unreadable::new(
            "no_sheets",
            "工作簿中没有可读的工作表；请检查后再上传。",
            "The workbook has no sheet that can be read; check it and upload it again.",
        ));
    }
    let kind = |kind: &str| links.values().find(|link| link.kind.ends_with(kind)).map(|link| link.target.clone());
    if let Some(part) = kind("/sharedStrings").filter(|part| archive.has(part)) {
        workbook.shared = Some(shared(archive, &part, limits)?);
    }
    if let Some(part) = kind("/styles").filter(|part| archive.has(part)) {
        workbook.formats = formats(archive, &part)?;
    }
    Ok(workbook)
}

struct Link {
    kind: String,
    target: String,
}

fn main_part<R: Source>(archive: &mut Archive<R>) -> Result<String, Unreadable> {
    let links = if archive.has("_rels/.rels") { relations(archive, "_rels/.rels", "")? } else { HashMap::new() };
    let named = links.into_values().find(|link| link.kind.ends_with("/officeDocument")).map(|link| link.target);
    let part = named.unwrap_or_else(|| "xl/workbook.xml".to_owned());
    if archive.has(&part) && part.ends_with(".xml") {
        return Ok(part);
    }
    Err(Unreadable::new(
        "not_a_workbook",
        "这不是 Excel 工作簿（其中没有 workbook.xml）；请用表格软件另存为 .xlsx 或 .csv 后再上传。",
        "This is no Excel workbook (it has no workbook.xml); save it as .xlsx or .csv from a spreadsheet program and upload that.",
    ))
}

/// Inner links of a part; links that lead outside are left out.
fn relations<R: Source>(archive: &mut Archive<R>, part: &str, folder: &str) -> Result<HashMap<String, Link>, Unreadable> {
    let mut links = HashMap::new();
    if !archive.has(part) {
        return Ok(links);
    }
    let mut xml = reader(archive, part)?;
    loop {
        match xml.next()? {
            Event::Start(start) if start.local_name().as_ref() == b"Relationship" => {
                let [id, kind, target, mode] = ["Id", "Type", "Target", "TargetMode"].map(|name| attribute(&start, name));
                let (Some(id), Some(kind), Some(target)) = (id?, kind?, target?) else { continue };
                if mode?.as_deref() != Some("External") {
                    let target = target.strip_prefix('/').map_or_else(|| format!("{folder}{target}"), str::to_owned);
                    links.insert(id, Link { kind, target });
                }
            }
            Event::Eof => return Ok(links),
            _ => {}
        }
    }
}

fn sheets<R: Source>(
    archive: &mut Archive<R>,
    main: &str,
    links: &HashMap<String, Link>,
    workbook: &mut Workbook,
) -> Result<(), Unreadable> {
    let mut listed = Vec::new();
    let mut xml = reader(archive, main)?;
    loop {
        match xml.next()? {
            Event::Start(start) if start.local_name().as_ref() == b"workbookPr" => {
                workbook.since_1904 = matches!(attribute(&start, "date1904")?.as_deref(), Some("1" | "true"));
            }
            Event::Start(start) if start.local_name().as_ref() == b"sheet" => {
                let (name, hidden) = (attribute(&start, "name")?.unwrap_or_default(), attribute(&start, "state")?);
                let link = attribute(&start, "id")?.and_then(|id| links.get(&id));
                listed.push((name, hidden.is_some_and(|state| state != "visible"), link));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    drop(xml);
    if listed.len() > SHEETS {
        return Err(Unreadable::new(
            "too_many_sheets",
            format!("工作簿有 {} 张工作表，最多 {SHEETS} 张；请只保留要导入的工作表。", listed.len()),
            format!("The workbook has {} sheets, {SHEETS} are allowed; keep those to be imported.", listed.len()),
        ));
    }
    for (name, hidden, link) in listed {
        let Some(link) = link.filter(|link| link.kind.ends_with("/worksheet")) else { continue };
        if !archive.has(&link.target) {
            return Err(Unreadable::new(
                "sheet_missing",
                format!("工作簿中缺少工作表“{name}”的内容；请重新另存后再上传。"),
                format!("The content of the sheet \"{name}\" is missing from the workbook; save it again and upload that."),
            ));
        }
        workbook.sheets.push(Sheet { info: SheetInfo { name, hidden }, part: link.target.clone() });
    }
    Ok(())
}

fn shared<R: Source>(archive: &mut Archive<R>, part: &str, limits: &Limits) -> Result<Shared, Unreadable> {
    let mut shared = Shared::default();
    let mut xml = reader(archive, part)?;
    let (mut in_text, mut phonetic) = (false, false);
    loop {
        let event = xml.next()?;
        match &event {
            Event::Start(start) => match start.local_name().as_ref() {
                b"t" => in_text = !phonetic,
                b"rPh" => phonetic = true,
                _ => {}
            },
            Event::End(end) => match end.local_name().as_ref() {
                b"t" => in_text = false,
                b"rPh" => phonetic = false,
                b"si" => shared.ends.push(shared.text.len() as u32),
                _ => {}
            },
            Event::Eof => return Ok(shared),
            _ if in_text => add_text(&event, &mut shared.text)?,
            _ => {}
        }
        if shared.text.len() + 4 * shared.ends.len() > limits.shared_bytes {
            let most = limits.shared_bytes >> 20;
            return Err(Unreadable::new(
                "too_much_text",
                format!("工作簿中的文字超过 {most} MB；请分成几个文件导入。"),
                format!("The workbook has more than {most} MB of text; split it into several files."),
            ));
        }
    }
}

fn formats<R: Source>(archive: &mut Archive<R>, part: &str) -> Result<Vec<Format>, Unreadable> {
    let (mut own, mut formats, mut in_cells) = (HashMap::new(), Vec::new(), false);
    let mut xml = reader(archive, part)?;
    loop {
        match xml.next()? {
            Event::Start(start) => match start.local_name().as_ref() {
                b"numFmt" => {
                    let id = attribute(&start, "numFmtId")?.and_then(|id| id.parse::<u32>().ok());
                    if let (Some(id), Some(code)) = (id, attribute(&start, "formatCode")?) {
                        own.insert(id, number::written(&code));
                    }
                }
                b"cellXfs" => in_cells = true,
                b"xf" if in_cells => {
                    let id = attribute(&start, "numFmtId")?.and_then(|id| id.parse::<u32>().ok()).unwrap_or(0);
                    formats.push(own.get(&id).copied().unwrap_or_else(|| number::built_in(id)));
                }
                _ => {}
            },
            Event::End(end) if end.local_name().as_ref() == b"cellXfs" => in_cells = false,
            Event::Eof => return Ok(formats),
            _ => {}
        }
        if formats.len() > FORMATS || own.len() > FORMATS {
            return Err(Unreadable::damaged("styles"));
        }
    }
}
