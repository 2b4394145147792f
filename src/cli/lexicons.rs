//! The word lists of a command that extracts: the built-in ones, with those
//! that `--lexicon` lays over them, and what `--entities-as` counts as a name.

use std::path::PathBuf;

use anyhow::bail;
use clap::builder::ValueHint;

use super::print;
use crate::extract::entity::Conventions;
use crate::extract::{Lexicons, UserLexicon};
use crate::input::lexicon;

/// Which lists to use.
#[derive(Debug, Default, clap::Args)]
pub struct Lists {
    /// Add the names of FILE to the built-in ones, or take some out; may be
    /// given more than once, of two entries the later counts.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub lexicon: Vec<PathBuf>,
    /// What counts as a name, where ways of labelling differ; several with commas.
    ///
    /// Without it all of these are names but adjectives.
    #[arg(long, value_name = "CONVENTIONS", value_delimiter = ',')]
    entities_as: Vec<Deviation>,
}

/// Where names are labelled otherwise than by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Deviation {
    /// Governments, armies, police forces and ministries are no organisations
    NoStateBodies,
    /// Prisons, airports, mosques and other facilities are no places
    NoFacilities,
    /// A country or city that plays is the place, not its team
    NoTeams,
    /// Nationality words are groups as adjectives too (المنتخب المصري)
    Adjectives,
}

impl Deviation {
    /// Sets the convention.
    const fn set(self, conventions: &mut Conventions) {
        match self {
            Self::NoStateBodies => conventions.state_bodies = false,
            Self::NoFacilities => conventions.facilities = false,
            Self::NoTeams => conventions.teams = false,
            Self::Adjectives => conventions.adjectives = true,
        }
    }
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
        let mut lexicons = Lexicons::with(&self.read()?);
        self.entities_as.iter().for_each(|deviation| deviation.set(&mut lexicons.entities.conventions));
        Ok(lexicons)
    }
}
