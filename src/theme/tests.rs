//! What holds for every design.

use super::*;

fn designs() -> impl Iterator<Item = Theme> {
    Theme::DESIGNS.into_iter().map(|name| Theme::design(name).unwrap())
}

#[test]
fn every_role_and_every_token_has_a_look() {
    for theme in designs() {
        for role in Role::ALL {
            assert!(theme.styles.contains_key(&role), "{}: {}", theme.name, role.name());
        }
        for token in Token::ALL {
            assert!(theme.tokens.contains_key(&token), "{}: {}", theme.name, token.name());
        }
    }
}

#[test]
fn a_design_bears_the_name_it_is_chosen_by() {
    for name in Theme::DESIGNS {
        assert_eq!(Theme::design(name).unwrap().name, name);
        assert_eq!(Theme::design(&name.to_uppercase()).unwrap().name, name);
    }
}

#[test]
fn code_can_be_read_on_its_ground() {
    for theme in designs() {
        let ground = theme.style(Role::Code).ground.unwrap_or(Color::WHITE);
        for token in Token::ALL {
            let found = theme.token(token).color.contrast(ground);
            assert!(found >= 4.5, "{}, {}: {found:.2}:1", theme.name, token.name());
        }
    }
}

#[test]
fn text_can_be_read_on_its_ground() {
    for theme in designs() {
        for role in Role::ALL {
            let style = theme.style(role);
            let found = style.color.contrast(style.ground.unwrap_or(Color::WHITE));
            assert!(found >= 4.5, "{}, {}: {found:.2}:1", theme.name, role.name());
        }
    }
}

#[test]
fn a_heading_takes_whole_lines() {
    for theme in designs() {
        for level in 1..=5 {
            let style = theme.style(Role::Heading(level));
            let lines = style.before + style.leading + style.after;
            assert_eq!(lines, lines.round(), "{}: heading {level}", theme.name);
        }
    }
}

#[test]
fn nothing_is_too_small_to_print_or_read() {
    for theme in designs() {
        for role in Role::ALL {
            let size = theme.text_size.to_pt() * theme.style(role).size;
            assert!(size >= 7.0, "{}, {}: {size} pt, KDP prints 7 pt and more", theme.name, role.name());
            let leading = theme.leading.to_pt() * theme.style(role).leading;
            assert!(leading >= size * 1.04, "{}, {}: {size} on {leading} pt", theme.name, role.name());
        }
        assert!(theme.text_size.to_pt() * theme.style(Role::Note).size >= 8.0, "{}", theme.name);
    }
}

#[test]
fn large_print_is_large_and_clear_at_every_trim() {
    for name in ["a5", "6x9", "7x10", "a4"] {
        let mut theme = Theme::design("large-print").unwrap();
        let (width, height) = trim::trim_named(name).unwrap();
        theme.set_trim(width, height);
        for role in Role::ALL {
            let style = theme.style(role);
            let size = theme.text_size.to_pt() * style.size;
            assert!(size >= 16.0, "{name}, {}: {size} pt", role.name());
            assert!(!style.italic && !style.small_caps && !style.hyphenate, "{}", role.name());
            assert!(style.ground.is_none() && style.color == Color::BLACK, "{}", role.name());
            assert!(!matches!(style.align, TextAlign::Justify | TextAlign::Center), "{}", role.name());
            assert_ne!(style.figures, Figures::OldStyle, "{}", role.name());
        }
        for token in Token::ALL {
            assert!(!theme.token(token).italic && theme.token(token).color == Color::BLACK, "{}", token.name());
        }
        assert_eq!(theme.emphasis, Emphasis::Weight);
    }
}
