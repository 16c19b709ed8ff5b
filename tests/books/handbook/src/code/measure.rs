// ANCHOR: measure
/// Litres in a round tank; lengths in decimetres.
pub fn measure(radius: f64, height: f64) -> f64 {
    std::f64::consts::PI * radius * radius * height
}
// ANCHOR_END: measure

#[test]
fn empty() {
    assert_eq!(measure(0.0, 3.0), 0.0);
}
