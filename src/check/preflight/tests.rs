//! A book of a few lines against the rules of a printer.

use super::*;
