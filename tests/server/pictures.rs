//! The delivery flow as files.

use super::drawn;
use checkpoint::server::pictures::{png_of, svg_of};

#[tokio::test]
async fn look() {
    for (name, lines) in [("mock", drawn::PARTNER_TOOLING), ("tangled", drawn::TANGLED)] {
        let flow = checkpoint::domain::flow::outline::read(lines).unwrap();
        std::fs::write(format!("/tmp/{name}.svg"), svg_of(&flow, name)).unwrap();
        std::fs::write(format!("/tmp/{name}.png"), png_of(flow, name.to_owned()).await.unwrap()).unwrap();
    }
}
