//! The delivery flow where it is read: as a file, in the summary, on the wall.

use super::drawn;
use super::story::{Story, go};
use crate::between;
use checkpoint::domain::command::Command;
use checkpoint::domain::flow::layout::layout;
use checkpoint::domain::flow::outline::{edits, read};
use checkpoint::domain::flow::scene::scene;
use checkpoint::domain::flow::svg::svg;
use checkpoint::domain::flow::{self, Edit, Flow};
use checkpoint::domain::ids::{ElementId, StepId};
use checkpoint::domain::summary;
use checkpoint::server::pictures::png_of;
use resvg::tiny_skia::Pixmap;

pub(crate) fn drawing(outline: &str) -> Vec<Edit> {
    let mut next = 0;
    edits(&Flow::default(), &read(outline).unwrap(), || {
        next += 1;
        ElementId(next)
    })
}

pub(crate) async fn draw(story: &mut Story, edits: Vec<Edit>) {
    story.lead.act(Command::Flow(flow::Command::Edit(edits))).await.unwrap();
}

async fn publish(story: &mut Story) {
    story.lead.act(Command::Summary(summary::Command::Publish)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_room_gives_its_picture_to_people_with_a_seat() {
    let mut story = Story::with(1).await;
    let [svg, png] = ["svg", "png"].map(|ending| format!("/w/{}/flow.{ending}", story.code));
    let nothing = story.kim.get(&svg).send().await.unwrap();
    assert_eq!(
        (nothing.status().as_u16(), nothing.text().await.unwrap().as_str()),
        (404, "This checkpoint has no delivery flow.")
    );
    draw(&mut story, drawing(drawn::PARTNER_TOOLING)).await;
    for browser in [&story.kim, &story.browsers[0]] {
        let file = browser.get(&svg).send().await.unwrap();
        assert_eq!(
            (file.status().as_u16(), file.headers()["content-type"].to_str().unwrap()),
            (200, "image/svg+xml")
        );
        assert_eq!(
            file.headers()["content-disposition"],
            "attachment; filename=\"flow-partner-tooling-2023-01-10.svg\""
        );
        assert!(
            file.headers()["content-security-policy"]
                .to_str()
                .unwrap()
                .starts_with("default-src 'none'")
        );
        assert!(
            file.text()
                .await
                .unwrap()
                .contains("<title id=\"t\">Delivery flow of Partner Tooling, 10 Jan 2023</title>")
        );
        let file = browser.get(&png).send().await.unwrap();
        assert_eq!(file.headers()["content-type"], "image/png");
        assert!(Pixmap::decode_png(&file.bytes().await.unwrap()).is_ok());
    }
    for path in [&svg, &png] {
        assert_eq!(story.app.browser().get(path).send().await.unwrap().status(), 403);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_summary_shows_the_picture_and_gives_it_away() {
    let mut story = Story::with(0).await;
    let room = story.room().await;
    let page = format!("/checkpoints/{}", room.id());
    let nothing = story.kim.get(&format!("{page}.png")).send().await.unwrap();
    assert_eq!(
        (nothing.status().as_u16(), nothing.text().await.unwrap().as_str()),
        (404, "This checkpoint has no delivery flow.")
    );
    draw(&mut story, drawing(drawn::PARTNER_TOOLING)).await;
    publish(&mut story).await;

    let stranger = story.app.browser().get(&format!("{page}.svg")).send().await.unwrap();
    assert_eq!(
        (stranger.status().as_u16(), stranger.text().await.unwrap().as_str()),
        (401, "Sign in to read summaries.")
    );
    let html = between::page(&story.kim, &page).await;
    for part in [
        "class=\"flow\"",
        "7 h 16 min",
        "Longest wait",
        "before Review",
        "The same flow as text",
        "[3h] Review 30m m",
    ] {
        assert!(html.contains(part), "no {part:?} in the summary");
    }
    assert!(html.contains(&format!("{page}.png?revision=1")));
    let md = between::page(&story.kim, &format!("{page}.md")).await;
    assert!(md.contains("## Delivery flow") && md.contains("> [3h] Review 30m m"), "{md}");

    let status = async |address: String| story.kim.get(&address).send().await.unwrap().status().as_u16();
    assert_eq!(status(format!("{page}.svg?revision=1")).await, 200);
    assert_eq!(status(format!("{page}.png?revision=1")).await, 200);
    assert_eq!(status(format!("{page}.svg")).await, 200);
    assert_eq!(status(format!("{page}.svg?revision=9")).await, 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_wall_shows_the_picture() {
    let mut story = Story::with(0).await;
    let flow = StepId(11);
    story.lead.act(go(flow)).await.unwrap();
    let path = format!("/w/{}/present", story.code);
    let empty = between::page(&story.kim, &path).await;
    assert!(empty.contains("Nothing is drawn yet."));
    draw(&mut story, drawing(drawn::PARTNER_TOOLING)).await;
    let wall = between::page(&story.kim, &path).await;
    assert!(wall.contains("class=\"flow\"") && wall.contains("7 h 16 min") && !wall.contains("flow.svg"));
}

#[tokio::test]
async fn a_picture_is_sharp_and_whole() {
    let flow = read(drawn::TANGLED).unwrap();
    let size = |svg: &str| {
        let xml = roxmltree::Document::parse(svg).unwrap();
        let side = |name| xml.root_element().attribute(name).unwrap().parse::<u32>().unwrap();
        (side("width"), side("height"))
    };
    let svg = svg(&scene(&flow, &layout(&flow)), "Tangled");
    let (width, height) = size(&svg);
    let picture = Pixmap::decode_png(&png_of(svg).await.unwrap()).unwrap();
    assert_eq!((picture.width(), picture.height()), (2 * width, 2 * height));
    let mut colours: Vec<[u8; 4]> = picture.pixels().iter().map(|p| [p.red(), p.green(), p.blue(), p.alpha()]).collect();
    colours.sort_unstable();
    colours.dedup();
    // White ground, amber and green boxes, the dark pill of the longest wait; and not a hole anywhere.
    for colour in [
        [255, 255, 255, 255],
        [0xfe, 0xf6, 0xe4, 255],
        [0xed, 0xf8, 0xf0, 255],
        [0x17, 0x17, 0x1c, 255],
    ] {
        assert!(colours.contains(&colour), "{colour:?}");
    }
    assert!(colours.iter().all(|[.., alpha]| *alpha == 255));
}
