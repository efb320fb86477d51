//! Delimited text: its encoding and separator are found out, then it is read row by row.
use crate::fault::Unreadable;
use crate::sheet::{long_cell, too_many_cells};
use crate::{CELL_CHARACTERS, Cell, Kind, Limits, Row, Source, column_letters};
use encoding_rs::{CoderResult, Decoder, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{self, Read, SeekFrom};

/// Bytes read at a time.
const CHUNK: usize = 1 << 16;

/// What the file is written in: its mark if it has one, UTF-8 where all of it is, else GB 18030, which contains GBK.
pub fn encoding(source: &mut impl Source) -> Result<&'static Encoding, Unreadable> {
    source.seek(SeekFrom::Start(0))?;
    let mut buffer = vec![0; CHUNK];
    let (mut kept, mut is_utf8, mut first) = (0, true, true);
    loop {
        let read = source.read(&mut buffer[kept..])?;
        let bytes = &buffer[..kept + read];
        if first && let Some((encoding, _)) = Encoding::for_bom(bytes).filter(|(encoding, _)| *encoding != UTF_8) {
            return Ok(encoding);
        }
        if first && bytes.contains(&0) {
            return Err(not_a_table());
        }
        first = false;
        if read == 0 {
            return Ok(if is_utf8 && kept == 0 { UTF_8 } else { GB18030 });
        }
        match std::str::from_utf8(bytes) {
            Ok(_) => kept = 0,
            Err(error) if error.error_len().is_none() => {
                let (from, to) = (error.valid_up_to(), bytes.len());
                buffer.copy_within(from..to, 0);
                kept = to - from;
            }
            Err(_) => is_utf8 = false,
        }
        if !is_utf8 {
            return Ok(GB18030);
        }
    }
}

pub fn not_a_table() -> Unreadable {
    Unreadable::new(
        "not_a_table",
        "这不是 .xlsx 工作簿，也不是文本表格；请用表格软件另存为 .xlsx 或 .csv 后再上传。",
        "This is neither an .xlsx workbook nor a table of text; save it as .xlsx or .csv from a spreadsheet program and upload that.",
    )
}

/// The file as UTF-8, without its byte order mark.
pub struct Decoded<R> {
    source: R,
    decoder: Decoder,
    raw: Vec<u8>,
    /// What of `raw` is still to be decoded.
    from: usize,
    to: usize,
    ended: bool,
    finished: bool,
    strict: bool,
}

impl<R: Source> Decoded<R> {
    pub fn new(mut source: R, encoding: &'static Encoding) -> Result<Decoded<R>, Unreadable> {
        source.seek(SeekFrom::Start(0))?;
        let strict = encoding == GB18030 || encoding == UTF_16LE || encoding == UTF_16BE;
        Ok(Decoded { source, decoder: encoding.new_decoder(), raw: vec![0; CHUNK], from: 0, to: 0, ended: false, finished: false, strict })
    }
}

impl<R: Source> Read for Decoded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        // A decoder wants room for one character.
        if out.len() < 8 {
            return Err(io::Error::other("buffer too small"));
        }
        while !self.finished {
            if self.from == self.to && !self.ended {
                self.to = self.source.read(&mut self.raw)?;
                (self.from, self.ended) = (0, self.to == 0);
            }
            let (result, taken, written, bad) = self.decoder.decode_to_utf8(&self.raw[self.from..self.to], out, self.ended);
            self.from += taken;
            if bad && self.strict {
                return Err(Unreadable::new(
                    "encoding",
                    "文件的文字编码无法识别；请另存为 UTF-8 编码的 .csv 或 .xlsx 后再上传。",
                    "The encoding of the text is not known; save it as UTF-8 .csv or as .xlsx and upload that.",
                )
                .to_io());
            }
            self.finished = self.ended && result == CoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}

/// The separator that the first lines have most of.
pub fn separator(source: &mut impl Source, encoding: &'static Encoding) -> Result<u8, Unreadable> {
    let mut sample = vec![0; 8192];
    let mut decoded = Decoded::new(source, encoding)?;
    let mut length = 0;
    while length + 8 <= sample.len() {
        match decoded.read(&mut sample[length..])? {
            0 => break,
            read => length += read,
        }
    }
    let count = |byte: u8| sample[..length].iter().filter(|b| **b == byte).count();
    let best = [b',', b'\t', b';'].into_iter().max_by_key(|byte| (count(*byte), *byte == b','));
    Ok(best.unwrap_or(b','))
}

pub struct TextRows<R> {
    reader: csv::Reader<Decoded<R>>,
    record: csv::StringRecord,
    limits: Limits,
    cells: u64,
}

impl<R: Source> TextRows<R> {
    pub fn new(source: R, encoding: &'static Encoding, separator: u8, limits: &Limits) -> Result<TextRows<R>, Unreadable> {
        let decoded = Decoded::new(source, encoding)?;
        let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(decoded);
        Ok(TextRows { reader, record: csv::StringRecord::new(), limits: *limits, cells: 0 })
    }

    pub fn next_row(&mut self, row: &mut Row) -> Result<bool, Unreadable> {
        row.cells.clear();
        let read = self.reader.read_record(&mut self.record).map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error) => Unreadable::from(error),
            other => Unreadable::damaged(format!("{other:?}")),
        })?;
        if !read {
            return Ok(false);
        }
        row.number = self.record.position().map_or(0, csv::Position::line);
        for (column, text) in self.record.iter().enumerate() {
            if text.trim().is_empty() {
                continue;
            }
            let letters = || column_letters(column);
            if column >= self.limits.columns {
                let (letters, number, most) = (letters(), row.number, self.limits.columns);
                return Err(Unreadable::new(
                    "too_many_columns",
                    format!("第 {number} 行（{letters} 列）超出第 {most} 列；请检查分隔符和引号。"),
                    format!("Line {number} (column {letters}) goes beyond column {most}; check separators and quotes."),
                ));
            }
            if text.len() > CELL_CHARACTERS && text.chars().count() > CELL_CHARACTERS {
                return Err(long_cell(&letters(), row.number));
            }
            self.cells += 1;
            if self.cells > self.limits.cells {
                return Err(too_many_cells(self.limits.cells));
            }
            row.cells.resize_with(column + 1, Cell::default);
            row.cells[column] = Cell { kind: Kind::Text, text: text.to_owned() };
        }
        Ok(true)
    }
}
