//! Pictures in files: what is drawn as SVG becomes a PNG through resvg, with a font that comes along.

use super::error::ServerError;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use std::sync::{Arc, LazyLock};
use tokio::sync::Semaphore;

/// So many pixels for a unit of the canvas, so that small type is sharp.
const SCALE: f32 = 2.0;
/// The longest side of a picture.
const LONGEST_SIDE: f32 = 8_000.0;
/// The most pixels of a picture; four bytes each while it is drawn.
const MOST_PIXELS: f32 = 24_000_000.0;

/// So many pictures are drawn at a time: each may take 100 MB for a moment.
static AT_A_TIME: Semaphore = Semaphore::const_new(2);

/// Inter for Latin, Greek and Cyrillic; for other scripts what the machine has.
static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(include_bytes!("fonts/Inter-Regular.otf").to_vec());
    fonts.load_font_data(include_bytes!("fonts/Inter-SemiBold.otf").to_vec());
    fonts.load_system_fonts();
    Arc::new(fonts)
});

/// What an SVG shows as a PNG file.
pub async fn png_of(svg: String) -> Result<Vec<u8>, ServerError> {
    // Never closed, so a permit always comes.
    let permit = AT_A_TIME.acquire().await;
    let drawn = tokio::task::spawn_blocking(move || {
        // Held by the drawing, which goes on when nobody waits for it any more.
        let _permit = permit;
        png(&svg)
    })
    .await;
    drawn.map_err(|error| ServerError::Picture(error.to_string()))?
}

fn png(svg: &str) -> Result<Vec<u8>, ServerError> {
    let options = Options {
        font_family: "Inter".to_owned(),
        fontdb: FONTS.clone(),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|error| ServerError::Picture(error.to_string()))?;
    let size = tree.size();
    let scale = scale(size.width(), size.height());
    let drawn = size
        .to_int_size()
        .scale_by(scale)
        .and_then(|size| Pixmap::new(size.width(), size.height()));
    let Some(mut pixels) = drawn else {
        return Err(ServerError::Picture("there is nothing to draw".to_owned()));
    };
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| ServerError::Picture(error.to_string()))
}

/// How much larger a picture is drawn than it is on the canvas; smaller, where it would become too large.
fn scale(width: f32, height: f32) -> f32 {
    SCALE
        .min(LONGEST_SIDE / width.max(height))
        .min((MOST_PIXELS / (width * height)).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_bounded() {
        assert!((scale(996.0, 584.0) - 2.0).abs() < f32::EPSILON);
        for (width, height) in [(20_200.0, 400.0), (20_200.0, 40_500.0), (996.0, 140_000.0)] {
            let scale = scale(width, height);
            assert!(width.max(height) * scale <= LONGEST_SIDE + 1.0 && width * scale * height * scale <= MOST_PIXELS * 1.01);
        }
    }
}
