//! The rules a server decides by, as files: everybody's, and those of tenants with their own.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use hearten::{
    engine::{RuleBook, Rules},
    estimate::Model,
    event::Tenant,
    feedback::Policy,
    messages::{Catalogues, Source},
    store::Policies,
};

use super::{
    Problem,
    messages::{catalogues_at, catalogues_beside},
    policy_at,
};

/// What a tenant's folder may hold.
const POLICY: &str = "policy.toml";
const MESSAGES: &str = "messages";

/// Where rules are read from. What is not named is built in.
#[derive(Clone, Debug)]
pub(crate) struct Files {
    /// The coefficients, which everybody has in common and which stay while the server runs.
    pub model: Model,
    /// A policy file.
    pub policy: Option<PathBuf>,
    /// A directory of catalogues.
    pub messages: Option<PathBuf>,
    /// A directory with a folder for every tenant with rules of its own, called after it: `policy.toml`, `messages`, or both. What
    /// a tenant does not have is as for everybody.
    pub tenants: Option<PathBuf>,
    /// Policies published in the database, for whoever has no file here.
    pub published: Policies,
}

/// What everybody has.
struct Usual {
    rules: Rules,
    /// The catalogues' files, the newest last.
    sources: Vec<Source>,
}

impl Files {
    /// Takes up what is published now. In place of a policy that cannot be used, the one published for the same tenant before stays,
    /// if there is one: nobody else's is held up by it. Returns whether all can be used.
    pub(crate) fn take_up(&mut self, news: Policies) -> bool {
        let mut all = true;
        let before = std::mem::take(&mut self.published);
        for (whose, text) in news {
            let read = match Tenant::parse(&whose) {
                _ if whose.is_empty() => published("everybody", &text),
                Ok(_) => published(&whose, &text),
                Err(invalid) => Err(Problem::new(invalid.problem).about("a published policy's tenant")),
            };
            let usable = match read {
                Ok(_) => Some(text),
                Err(problem) => {
                    tracing::error!(error = %problem, "a published policy cannot be used, and is left out");
                    all = false;
                    before.get(&whose).cloned()
                }
            };
            self.published.extend(usable.map(|text| (whose, text)));
        }
        all
    }

    /// Reads all of it, or tells what cannot be used.
    pub(crate) fn read(&self) -> Result<RuleBook, Problem> {
        let usual = match (&self.policy, self.published.get("")) {
            (None, Some(text)) => published("everybody", text)?,
            (path, _) => policy_at(path.as_deref())?,
        };
        let rules = Rules::new(self.model.clone(), usual);
        let mut sources = Catalogues::sources();
        let catalogues = match &self.messages {
            None => catalogues_at(None)?,
            Some(directory) => {
                let (catalogues, files) = catalogues_beside(&sources, directory)?;
                sources.extend(files);
                catalogues
            }
        };
        let usual = Usual { rules: rules.with_catalogues(catalogues), sources };
        let mut book = RuleBook::new(usual.rules.clone());
        let mut problems = Vec::new();
        let folders = self.tenants.as_deref().map_or_else(|| Ok(Vec::new()), entries)?;
        for (name, text) in self.published.iter().filter(|(name, _)| !name.is_empty()) {
            match (Tenant::parse(name), published(name, text)) {
                (Ok(tenant), Ok(policy)) => {
                    let rules = Rules::new(self.model.clone(), policy);
                    book = book.with(tenant.shared(), rules.with_catalogues(Arc::clone(&usual.rules.catalogues)));
                }
                (Err(invalid), _) => problems.push(Problem::new(invalid.problem).about("a published policy's tenant")),
                (_, Err(problem)) => problems.push(problem),
            }
        }
        for folder in folders {
            let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            match usual.own(&folder, self.published.get(name)) {
                Ok(None) => {}
                Ok(Some((tenant, rules))) => book = book.with(tenant, rules),
                Err(mut found) => problems.append(&mut found),
            }
        }
        if problems.is_empty() {
            return Ok(book);
        }
        let told: Vec<String> = problems.iter().map(Problem::to_string).collect();
        Err(Problem::new(told.join("\n")))
    }
}

impl Usual {
    /// A tenant's rules, where a folder holds any; or everything that is wrong with it.
    fn own(&self, folder: &Path, theirs: Option<&String>) -> Result<Option<(Arc<str>, Rules)>, Vec<Problem>> {
        let refused = |path: &Path, why: &str| Problem::new(why).about(&path.display().to_string());
        let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if !folder.is_dir() {
            return Err(vec![refused(folder, "is no folder: every tenant with rules of its own has one")]);
        }
        let tenant = Tenant::parse(name).map_err(|invalid| vec![refused(folder, &invalid.problem)])?.shared();
        let (mut policy, mut catalogues, mut problems) = (None, None, Vec::new());
        for path in entries(folder).map_err(|problem| vec![problem])? {
            let read = match path.file_name().and_then(|name| name.to_str()) {
                Some(POLICY) => policy_at(Some(&path)).map(|read| policy = Some(read)),
                Some(MESSAGES) => catalogues_beside(&self.sources, &path).map(|(read, _)| catalogues = Some(read)),
                _ => Err(refused(&path, &format!("is not for a tenant's folder, which holds {POLICY} and {MESSAGES}"))),
            };
            problems.extend(read.err());
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        if policy.is_none() && catalogues.is_none() {
            return Ok(None);
        }
        if policy.is_none()
            && let Some(text) = theirs
        {
            policy = Some(published(name, text).map_err(|problem| vec![problem])?);
        }
        let Rules { model, policy: usual, catalogues: words, .. } = &self.rules;
        let rules = Rules::new(model.clone(), policy.unwrap_or_else(|| usual.clone()));
        Ok(Some((tenant, rules.with_catalogues(catalogues.unwrap_or_else(|| Arc::clone(words))))))
    }
}

/// A policy from the database.
fn published(whose: &str, text: &str) -> Result<Policy, Problem> {
    Policy::parse(text).map_err(|error| Problem::from(error).about(&format!("the policy published for {whose}")))
}

/// What lies in a directory, by name. Mounted and versioned directories hold hidden files.
fn entries(directory: &Path) -> Result<Vec<PathBuf>, Problem> {
    let about = |error: std::io::Error| Problem::from(error).about(&directory.display().to_string());
    let mut paths = Vec::new();
    for entry in fs::read_dir(directory).map_err(about)? {
        let entry = entry.map_err(about)?;
        if !entry.file_name().as_encoded_bytes().starts_with(b".") {
            paths.push(entry.path());
        }
    }
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests;
