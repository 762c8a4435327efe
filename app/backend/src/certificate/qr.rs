//! The address of a certificate as a QR code.

use domain::certificate::Qr;
use qrcode::{Color, EcLevel, QrCode};

use crate::{Error, Result};

/// Medium correction: paper gets creased.
pub fn code(text: &str) -> Result<Qr> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(Error::internal)?;
    let width = code.width();
    let colors = code.into_colors();
    let number = |value: usize| u16::try_from(value).map_err(Error::internal);
    let mut dark = Vec::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        for stretch in row.chunk_by(|a, b| a == b) {
            if stretch[0] == Color::Dark {
                dark.push((number(x)?, number(y)?, number(stretch.len())?));
            }
            x += stretch.len();
        }
    }
    Ok(Qr {
        size: number(width)?,
        dark,
    })
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn the_finder_patterns_are_in_three_corners() {
        let qr =
            code("https://school.example/certificates/7k3m9q2x7k3m9q2x7k3m9q2x00").expect("a code");
        assert!(qr.size >= 33, "version 4 at least");
        let last = qr.size - 7;
        for corner in [(0, 0, 7), (last, 0, 7), (0, last, 7)] {
            assert!(qr.dark.contains(&corner), "{corner:?}");
        }
        assert!(!qr.dark.contains(&(last, last, 7)));
    }
}
