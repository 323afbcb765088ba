//! The delivery flow as files.

use super::flows;
use checkpoint::server::pictures::{png_of, svg_of};

#[tokio::test]
async fn look() {
    for (name, lines) in [("mock", flows::PARTNER_TOOLING), ("tangled", flows::TANGLED)] {
        let flow = flows::flow(lines);
        std::fs::write(format!("/tmp/{name}.svg"), svg_of(&flow, name)).unwrap();
        std::fs::write(format!("/tmp/{name}.png"), png_of(flow, name.to_owned()).await.unwrap()).unwrap();
    }
}
