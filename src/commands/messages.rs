//! `hearten messages`: check catalogues, and look at them.

mod page;
mod show;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::{Args, Subcommand};
use hearten::messages::{
    Catalogues, Source,
    check::{Fault, check},
};

use super::{Problem, print, text_of};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Hold catalogues against every rule: complete, within length, in tone.
    Check(Check),
    /// Print every message by reason, locale and age, with sample numbers.
    Show(show::Arguments),
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// A directory of catalogues, `LOCALE.ftl` and `LOCALE.tone.toml`; without it, those built in.
    #[arg(value_name = "DIR")]
    directory: Option<PathBuf>,
}

pub(crate) fn run(command: Command) -> Result<(), Problem> {
    match command {
        Command::Check(Check { directory }) => {
            let sources = directory.as_deref().map_or_else(|| Ok(Catalogues::sources()), read)?;
            let faults = check(&sources);
            if !faults.is_empty() {
                return Err(refusal(directory.as_deref(), &faults));
            }
            let locales: Vec<&str> = sources.iter().filter_map(|source| source.name.strip_suffix(".ftl")).collect();
            let what = directory.map_or("built in".to_owned(), |directory| directory.display().to_string());
            let count = if locales.len() == 1 { "one locale".to_owned() } else { format!("{} locales", locales.len()) };
            print(&format!("{what}: all good, {count}: {}\n", locales.join(" ")))
        }
        Command::Show(arguments) => show::run(&arguments),
    }
}

/// Everything that is wrong, a line each.
fn refusal(directory: Option<&Path>, faults: &[Fault]) -> Problem {
    let place = |file: &str| directory.map_or(PathBuf::from(file), |directory| directory.join(file));
    let lines = faults.iter().map(|fault| {
        let told = fault.to_string();
        let rest = told.strip_prefix(&fault.file).unwrap_or(&told);
        format!("\n{}{rest}", place(&fault.file).display())
    });
    let count = if faults.len() == 1 { "one fault".to_owned() } else { format!("{} faults", faults.len()) };
    Problem::new(format!("{count} in catalogues{}", lines.collect::<String>()))
}

/// The catalogues in a directory, beside those built in; or only those.
pub(super) fn catalogues_at(directory: Option<&Path>) -> Result<Arc<Catalogues>, Problem> {
    let Some(path) = directory else { return Ok(Catalogues::builtin()) };
    catalogues_beside(&Catalogues::sources(), path).map(|(catalogues, _)| catalogues)
}

/// The catalogues in a directory, beside those of other files; and its files.
pub(super) fn catalogues_beside(base: &[Source], path: &Path) -> Result<(Arc<Catalogues>, Vec<Source>), Problem> {
    let sources = read(path)?;
    let catalogues = Catalogues::beside(base, &sources).map_err(|faults| refusal(Some(path), &faults))?;
    Ok((Arc::new(catalogues), sources))
}

/// The files of a directory that are catalogues or lists of words; others may lie beside them.
fn read(directory: &Path) -> Result<Vec<Source>, Problem> {
    let about = |error: std::io::Error| Problem::from(error).about(&directory.display().to_string());
    let mut sources = Vec::new();
    for entry in fs::read_dir(directory).map_err(about)? {
        let path = entry.map_err(about)?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with('.') || !(name.ends_with(".ftl") || name.ends_with(".tone.toml")) {
            continue;
        }
        if !path.is_file() {
            return Err(Problem::new("is no file").about(&path.display().to_string()));
        }
        let text = text_of(&path, "catalogue")?;
        // Some editors begin files with a mark that is no text.
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text).to_owned();
        sources.push(Source { name, text });
    }
    if !sources.iter().any(|source| source.name.ends_with(".ftl")) {
        let problem = "holds no catalogue: they are called after their locale, such as `fr.ftl`";
        return Err(Problem::new(problem).about(&directory.display().to_string()));
    }
    sources.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(sources)
}
