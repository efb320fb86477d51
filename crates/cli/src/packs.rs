//! The model of the packs compiled in and of those in folders beside.
use crate::console::Console;
use crate::failure::{Failure, MISUSED, Outcome};
use liangu_base::text::Text;
use liangu_model::{Model, PackError, SourceFile};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Checked model; every mistake of the packs is in the failure.
pub fn model(folders: &[PathBuf]) -> Outcome<Arc<Model>> {
    let sources = sources(folders)?;
    liangu_packs::load(sources).map(Arc::new).map_err(|errors| mistakes(&errors))
}

/// The YAML files of folders: a folder is a pack, or holds packs.
pub fn sources(folders: &[PathBuf]) -> Outcome<Vec<SourceFile>> {
    let mut all = Vec::new();
    for folder in folders {
        let inner = entries(folder)?;
        if inner.iter().any(|path| path.file_name().is_some_and(|name| name == "pack.yaml")) {
            pack(folder, &mut all)?;
            continue;
        }
        let packs: Vec<PathBuf> = inner.into_iter().filter(|path| path.join("pack.yaml").is_file()).collect();
        if packs.is_empty() {
            let shown = folder.display();
            return Err(Failure::misused(
                format!("{shown} 中没有业务包；业务包是含 pack.yaml 的文件夹。"),
                format!("There is no pack in {shown}; a pack is a folder with a pack.yaml."),
            ));
        }
        for path in packs {
            pack(&path, &mut all)?;
        }
    }
    Ok(all)
}

fn pack(folder: &Path, all: &mut Vec<SourceFile>) -> Outcome<()> {
    let name = folder
        .canonicalize()
        .map_err(|e| Failure::file(folder, &e))?
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default();
    let mut files: Vec<PathBuf> = entries(folder)?.into_iter().filter(|path| path.extension().is_some_and(|e| e == "yaml")).collect();
    // The head first, then by name, so that a report reads the same on every machine.
    files.sort_by_key(|path| (path.file_name().is_none_or(|n| n != "pack.yaml"), path.clone()));
    for path in files {
        let text = std::fs::read_to_string(&path).map_err(|e| Failure::file(&path, &e))?;
        all.push(SourceFile { pack: name.clone(), path: path.display().to_string(), text });
    }
    Ok(())
}

fn entries(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let read = std::fs::read_dir(folder).map_err(|e| Failure::file(folder, &e))?;
    let mut paths: Vec<PathBuf> = read.filter_map(|entry| entry.ok().map(|e| e.path())).collect();
    paths.sort();
    Ok(paths)
}

fn mistakes(errors: &[PackError]) -> Failure {
    let render = |lang| errors.iter().map(|e| e.render(lang)).collect::<Vec<_>>().join("\n");
    Failure { text: Text::new(render(liangu_base::Lang::Zh), render(liangu_base::Lang::En)), code: MISUSED }
}

/// Says how many mistakes there were, after they were printed.
pub fn report(console: &Console, errors: &[PackError]) -> Failure {
    for error in errors {
        console.line(&error.render(console.lang));
    }
    let count = errors.len();
    Failure {
        text: Text::new(format!("共 {count} 处错误；业务包未采用。"), format!("{count} mistakes; the packs are not taken.")),
        code: crate::failure::REFUSED,
    }
}
