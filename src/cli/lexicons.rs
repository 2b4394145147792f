//! The word lists of a command that extracts: the built-in ones, with those
//! that `--lexicon` lays over them.

use std::path::PathBuf;

use anyhow::bail;
use clap::builder::ValueHint;

use super::print;
use crate::extract::{Lexicons, UserLexicon};
use crate::input::lexicon;

/// Which lists to use.
#[derive(Debug, Default, clap::Args)]
pub struct Lists {
    /// Add the names of FILE to the built-in ones, or take some out; may be
    /// given more than once, of two entries the later counts.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub lexicon: Vec<PathBuf>,
}

impl Lists {
    /// Reads the users' lists.
    ///
    /// # Errors
    /// When one is wrong; all that is wrong has been said then.
    pub fn read(&self) -> anyhow::Result<Vec<UserLexicon>> {
        let (mut read, mut wrong) = (Vec::new(), 0);
        for path in &self.lexicon {
            match lexicon::read(path) {
                Ok(lexicon) => read.push(lexicon),
                Err(errors) => {
                    wrong += 1;
                    for error in &errors {
                        print::error(&error.to_string());
                    }
                }
            }
        }
        if wrong > 0 {
            bail!("{wrong} of {} lexicons cannot be used", self.lexicon.len());
        }
        Ok(read)
    }

    /// Makes all lists ready.
    ///
    /// # Errors
    /// As [`Lists::read`].
    pub fn load(&self) -> anyhow::Result<Lexicons> {
        Ok(Lexicons::with(&self.read()?))
    }
}
