use super::*;

fn book() -> (tempfile::TempDir, Folder) {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("book/src/img")).unwrap();
    fs::write(dir.path().join("secret.md"), "secret").unwrap();
    fs::write(dir.path().join("book/src/img/map.svg"), "<svg/>").unwrap();
    let folder = Folder::open(&dir.path().join("book")).unwrap();
    (dir, folder)
}

#[test]
fn names_are_joined_by_their_letters() {
    assert_eq!(join("src/a", "../b/./c.md").unwrap(), "src/b/c.md");
    assert_eq!(join("src", "../../x").unwrap(), "../x");
    assert_eq!(relative("src/a", "src/img/x.png"), "../img/x.png");
}

#[test]
fn a_file_inside_is_found() {
    let (_dir, folder) = book();
    assert_eq!(folder.locate("src", "img/../img/map.svg").unwrap().name, "src/img/map.svg");
}

#[test]
fn nothing_outside_is_read() {
    let (_dir, folder) = book();
    assert_eq!(folder.locate("src", "../../secret.md"), Err(Refused::Outside));
    assert_eq!(folder.locate("src", "../../../../../../etc/passwd"), Err(Refused::Outside));
    assert_eq!(folder.locate("src", "/etc/passwd"), Err(Refused::Absolute));
    assert_eq!(folder.locate("src", "C:\\x"), Err(Refused::Absolute));
    assert_eq!(folder.locate("src", "img"), Err(Refused::NotAFile));
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_outside_is_refused() {
    let (dir, folder) = book();
    std::os::unix::fs::symlink(dir.path().join("secret.md"), dir.path().join("book/src/link.md")).unwrap();
    std::os::unix::fs::symlink(dir.path(), dir.path().join("book/src/up")).unwrap();
    assert_eq!(folder.locate("src", "link.md"), Err(Refused::Outside));
    assert_eq!(folder.locate("src", "up/secret.md"), Err(Refused::Outside));
}

#[test]
fn a_missing_file_is_told_with_the_nearest() {
    let (_dir, folder) = book();
    assert_eq!(folder.locate("src", "img/mop.svg"), Err(Refused::Missing(Some("img/map.svg".to_owned()))));
    assert_eq!(folder.locate("src", "map.svg"), Err(Refused::Missing(Some("img/map.svg".to_owned()))));
    assert_eq!(folder.locate("src", "quite-other.png"), Err(Refused::Missing(None)));
}

#[test]
fn text_may_come_from_the_repository_around() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("guide/src")).unwrap();
    fs::create_dir_all(dir.path().join(".git")).unwrap();
    fs::write(dir.path().join("example.rs"), "fn main() {}").unwrap();
    fs::write(dir.path().join(".git/config"), "token").unwrap();
    let folder = Folder::open(&dir.path().join("guide")).unwrap();
    assert!(folder.locate("src", "../../example.rs").unwrap().is_outside);
    assert_eq!(folder.locate("src", "../../.git/config"), Err(Refused::Outside));
    assert_eq!(folder.locate("src", "../../../x"), Err(Refused::Outside));
}
