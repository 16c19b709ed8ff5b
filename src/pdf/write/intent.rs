//! The condition that the colours of the file are meant for.
//!
//! In:     the form of the file and its inks.
//! Out:    the entry of the catalog's `OutputIntents`.
//! Absent: colours.

use super::form::Form;
use super::ink::Inks;
use super::objects::{Objects, deflated};
use super::profile;
use crate::press::PressFile;
use lopdf::{Object, dictionary};

/// The printing condition of North American offset in the ICC's registry; a press of its own characterization may be
/// told another, but every checker knows this one.
const CONDITION: &str = "CGATS TR 001";
const REGISTRY: &str = "http://www.color.org";

pub fn intents(form: Form, inks: &Inks, objects: &mut Objects) -> Object {
    let mut embed = |components: i64, profile: &[u8]| {
        objects.add(Object::Stream(deflated(dictionary! { "N" => components }, profile)))
    };
    let intent = match form {
        Form::Reading(_) => {
            let profile = embed(profile::COMPONENTS, &profile::srgb());
            dictionary! {
                "Type" => "OutputIntent",
                "S" => "GTS_PDFA1",
                "OutputConditionIdentifier" => Object::string_literal(profile::CONDITION),
                "Info" => Object::string_literal(profile::CONDITION),
                "DestOutputProfile" => profile,
            }
        }
        Form::Press { printer, .. } => {
            let mut intent = dictionary! {
                "Type" => "OutputIntent",
                "S" => "GTS_PDFX",
                "OutputConditionIdentifier" => Object::string_literal(CONDITION),
                "OutputCondition" => Object::string_literal("SWOP (Publication) printing in USA"),
                "RegistryName" => Object::string_literal(REGISTRY),
                "Info" => Object::string_literal(CONDITION),
            };
            // A condition in the registry need not be put in (ISO 15930-1, 6.12); PDF/X-4 asks for it.
            if printer.file == PressFile::X4 {
                let profile = match inks.profile() {
                    Some(profile) => embed(4, &profile),
                    None => embed(1, &profile::grey()),
                };
                intent.set("DestOutputProfile", profile);
            }
            intent
        }
    };
    vec![intent.into()].into()
}
