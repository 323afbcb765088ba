//! The pages, as an import would read them.

use crate::drawn;
use checkpoint::domain::facts::question;
use checkpoint::domain::flow::outline::read;
use checkpoint::domain::metric::{Code, Metric};
use checkpoint::domain::page::Page;
use serde_json::{Value, json};

/// All of them, with the names of their files; the largest last.
pub(crate) fn all() -> Vec<(&'static str, Page)> {
    vec![
        ("empty", empty()),
        ("by-hand", by_hand()),
        ("partner-tooling", partner_tooling()),
        ("maximal", maximal()),
    ]
}

fn page(value: Value) -> Page {
    serde_json::from_value(value).unwrap()
}

fn flow(outline: &str) -> Value {
    serde_json::to_value(read(outline).unwrap()).unwrap()
}

fn answered(metric: Metric, answer: u8, last_time: Option<u8>, why: &str, rounds: &[([u32; 6], u32, [u32; 3])]) -> Value {
    let rounds = rounds.iter().map(|(counts, not_sure, confidence)| {
        json!({ "counts": counts, "not_sure": not_sure, "hands": { "counts": [0, 0, 0, 0, 0, 0], "not_sure": 0 }, "confidence": confidence })
    });
    json!({
        "metric": metric, "answer": answer, "label": question(metric).label(Code::new(answer).unwrap()), "why": why,
        "last_time": last_time, "rounds": rounds.collect::<Vec<_>>(),
    })
}

/// No votes, no flow, one person.
fn empty() -> Page {
    page(json!({
        "format": 1, "id": "018f0000-0000-7000-8000-000000000001", "revision": 1, "published_at": null, "squad": "Solo", "tribe": null,
        "held_on": "2024-02-29", "facilitator": "Kim", "present": ["Kim"], "observing": [], "industry": null, "title": "", "foreword": "",
        "scope": { "service": "", "deployment": "", "failure": "" }, "answers": [], "maturity": null, "timeline": [], "previous": null,
    }))
}

/// A row that somebody kept before the squad used Checkpoint: two answers, the level, a capability, a link.
fn by_hand() -> Page {
    let bare = |metric, answer| answered(metric, answer, None, "", &[]);
    page(json!({
        "format": 1, "id": "018f0000-0000-7000-8000-000000000004", "revision": 1, "published_at": 1_664_323_200_000_i64, "squad": "Search",
        "tribe": null, "held_on": "2022-09-28", "facilitator": "", "present": [], "observing": [], "industry": null, "title": "", "foreword": "",
        "scope": { "service": "", "deployment": "", "failure": "" },
        "answers": [bare(Metric::LeadTime, 4), bare(Metric::DeploymentFrequency, 5)], "maturity": null,
        "capabilities": [{
            "key": "version-control", "title": "Version control", "summary": "", "url": "https://dora.dev/capabilities/version-control/",
            "score": null, "mean": null, "level_mean": null, "people": 0, "items": [], "notes": [],
        }],
        "focus": null, "timeline": [], "previous": null,
        "by_hand": { "level": "high", "link": "https://wiki.example/search/2022" },
    }))
}

/// The checkpoint of the seed: Partner Tooling, 10 Jan 2023, a sum of 22, Elite, better than 89 %.
fn partner_tooling() -> Page {
    let statement = |text: &str, mean: f64, counts: [u32; 5]| json!({ "text": text, "reversed": false, "mean": mean, "counted": { "answered": counts.iter().sum::<u32>(), "counts": counts } });
    let began = 1_673_344_920_000_i64;
    page(json!({
        "format": 1, "id": "018f0000-0000-7000-8000-000000000002", "revision": 1, "published_at": began + 5_400_000,
        "squad": "Partner Tooling", "tribe": "Incremental", "held_on": "2023-01-10", "facilitator": "Toli",
        "present": ["Toli", "Ana", "Ben", "Cem", "Dora", "Eli", "Fay", "Gus"], "observing": ["Max"], "industry": "retail",
        "title": "", "foreword": "A good quarter.\nWe wait for reviews more than for machines.",
        "scope": { "service": "Partner portal", "deployment": "A merge that reaches production", "failure": "A change somebody has to put right by hand" },
        "answers": [
            answered(Metric::LeadTime, 5, Some(4), "Three hours of it are waiting for a review.",
                &[([0, 0, 1, 3, 4, 0], 0, [2, 3, 3]), ([0, 0, 0, 1, 7, 0], 0, [2, 4, 2])]),
            answered(Metric::DeploymentFrequency, 6, Some(6), "", &[([0, 0, 0, 0, 1, 7], 0, [8, 0, 0])]),
            answered(Metric::TimeToRestore, 5, Some(5), "", &[([0, 0, 0, 1, 6, 0], 1, [0, 5, 2])]),
            answered(Metric::ChangeFailureRate, 6, Some(5), "", &[([0, 0, 0, 0, 3, 5], 0, [1, 1, 6])]),
        ],
        "maturity": { "edition": 2019, "level": "elite", "percentile": 89, "sum": 22 },
        "actions": [{
            "title": "Alert on no events", "owner": "Ben", "due": "2022-12-01", "expects": "time_to_restore", "status": "done",
            "opened_on": "2022-10-06", "age": 1, "settled": true,
            "effect": { "compared": { "metric": "time_to_restore", "before": 5, "now": 5 } },
        }],
        "capabilities": [{
            "key": "monitoring-and-observability", "title": "Monitoring and observability",
            "summary": "Find out about failures before users do.", "url": "https://dora.dev/capabilities/monitoring-and-observability/",
            "score": 62.5, "mean": 67, "level_mean": 82, "edition": "core", "people": 8,
            "items": [
                statement("We find out about failures before our users do.", 2.0, [1, 2, 2, 2, 1]),
                statement("Our monitors say what is wrong.", 3.0, [0, 0, 2, 4, 2]),
            ],
            "notes": ["Alerts come late when there are no events"],
        }],
        "focus": { "key": "monitoring-and-observability", "title": "Monitoring and observability", "why": "We hear of failures from partners." },
        "flow": flow(drawn::PARTNER_TOOLING),
        "flow_changes": ["Deploy to production is automated now."],
        "improvements": [
            { "title": "Review within the hour", "kind": "improvement", "place": "On Review", "savings": ["3 h would be 1 h"], "rank": 1, "dots": [9] },
            { "title": "Alert when nothing arrives", "kind": "improvement", "place": "On Alert fires", "serves": "monitoring-and-observability", "rank": 2, "dots": [6] },
        ],
        "decided": [
            { "number": 1, "title": "Agree on a time for reviews", "done_when": "Nobody waits more than an hour", "owner": "Ana", "due": "2023-02-10",
              "expects": "lead_time", "expects_answer": 6, "improvement": "Review within the hour", "status": "not_started",
              "opened_on": "2023-01-10", "origin": { "workshop": "018f0000-0000-7000-8000-000000000002", "action": 1 }, "age": 0 },
            { "number": 2, "title": "Alert on no events from partners", "improvement": "Alert when nothing arrives",
              "serves": { "key": "monitoring-and-observability", "title": "Monitoring and observability" },
              "tracker": "https://tracker.example/PT-12", "status": "not_started", "opened_on": "2023-01-10", "age": 0 },
        ],
        "gaps": ["“Alert on no events from partners” has no owner yet."],
        "timeline": [
            { "at": began, "text": "The checkpoint begins." },
            { "at": began + 900_000, "text": "Agreed on lead time for changes: less than one day." },
            { "at": began + 5_400_000, "text": "Published as revision 1." },
        ],
        "previous": { "id": "018f0000-0000-7000-8000-00000000000f", "held_on": "2022-10-06" },
    }))
}

/// Everything filled in, more of it than anybody needs, and written by somebody who wishes us ill.
pub(crate) fn maximal() -> Page {
    let people: Vec<_> = (1..=60)
        .map(|n| ["Ana", "שרה", "李雷", "O'Neil", "=1+1"][n % 5].to_owned() + &format!(" {n}"))
        .collect();
    let evil = "<script>alert(1)</script> ]]> {html} </ac:structured-macro> & \"quoted\" [x](javascript:alert(1)) |";
    let typed = |n: usize| {
        [
            evil,
            "- مرحبا بالعالم",
            "1. 👩‍👩‍👧‍👦 🚀",
            "=HYPERLINK(\"https://evil.example\",\"x\")",
            "# a*b_c `d`",
        ][n % 5]
    };
    let action = |n: usize| {
        json!({
            "title": format!("{n} {}", typed(n)), "done_when": typed(n + 1), "owner": people[n % 60], "due": "2024-06-30", "expects": "lead_time",
            "expects_answer": 6, "improvement": typed(n + 2), "serves": { "key": "own-1", "title": typed(n + 3) }, "outside": true,
            "tracker": "https://tracker.example/A_1*2?a=1&b='2'", "status": (["not_started", "in_progress", "done", "dropped"][n % 4]),
            "why": typed(n + 4), "opened_on": "2024-02-29", "age": n % 3,
            "origin": { "workshop": "018f0000-0000-7000-8000-000000000003", "action": n },
        })
    };
    let with = |n: usize, more: Value| {
        let mut all = action(n);
        all.as_object_mut().unwrap().append(&mut more.as_object().unwrap().clone());
        all
    };
    let effects = [
        json!({ "not_yet": "lead_time" }),
        json!({ "no_comparison": "lead_time" }),
        json!({ "compared": { "metric": "lead_time", "before": 5, "now": 4 } }),
    ];
    let surveyed = |n: usize| {
        json!({
            "key": format!("own-{n}"), "title": typed(n), "summary": typed(n + 1), "url": (["https://dora.dev/x?a=1&b=2", "javascript:alert(1)"][n % 2]),
            "score": 33.333_333, "mean": 67, "level_mean": 82, "edition": (["2019", "core", "article", "2024"][n % 4]), "people": 60,
            "items": [
                { "text": typed(n), "reversed": true, "mean": 1.25, "counted": { "answered": 60, "counts": [20, 10, 10, 10, 10] } },
                { "text": typed(n + 2), "reversed": false, "mean": null, "counted": { "answered": 1 } },
            ],
            "notes": [typed(n + 3), typed(n + 4)],
        })
    };
    let rounds: &[([u32; 6], u32, [u32; 3])] = &[([10, 10, 10, 10, 10, 5], 5, [20, 20, 20]), ([0, 0, 0, 30, 30, 0], 0, [60, 0, 0])];
    page(json!({
        "format": 1, "id": "018f0000-0000-7000-8000-000000000003", "revision": 12, "published_at": 1_709_215_200_000_i64,
        "squad": "<b>Squad</b> & \"Söhne\" 🚀", "tribe": "שבט | tribe", "held_on": "2024-02-29", "facilitator": "=cmd|' /C calc'!A0",
        "present": people, "observing": people, "headcount": { "present": 60, "observing": 60 }, "industry": "nonprofit",
        "title": "</title><script>alert(1)</script> “Title” مرحبا", "foreword": format!("{evil}\n\n# no heading\n- no list\n<img src=x onerror=\"alert(1)\">"),
        "scope": { "service": evil, "deployment": "مرحبا", "failure": "-1+2" },
        "answers": Metric::ALL.map(|metric| answered(metric, 4, Some(5), evil, rounds)),
        "dissent": [evil],
        "maturity": { "edition": 2019, "level": "medium", "percentile": 40, "sum": 16 },
        "recommended": [{ "key": "own-1", "title": typed(0), "url": "https://dora.dev/x" }],
        "actions": (1..=100).map(|n| with(n, json!({ "number": n, "settled": n % 2 == 0, "effect": effects[n % 3] }))).collect::<Vec<_>>(),
        "capabilities": (0..6).map(surveyed).collect::<Vec<_>>(),
        "focus": { "key": "own-0", "title": typed(0), "why": evil },
        "flow": flow(drawn::TANGLED), "flow_changes": [typed(0), typed(1)],
        "improvements": (0..20).map(|n| json!({
            "title": typed(n), "kind": (["improvement", "failed_deployment"][n % 2]), "place": typed(n + 1), "on": 1, "stickies": [typed(n), typed(n + 1)],
            "savings": [typed(n + 2)], "serves": "own-1", "outside": true, "rank": n + 1, "dots": [20 - n, null, 1],
        })).collect::<Vec<_>>(),
        "decided": (101..=200).map(|n| with(n, json!({ "number": n }))).collect::<Vec<_>>(),
        "gaps": [evil],
        "timeline": (0..5).map(|n| json!({ "at": 1_709_200_000_000_i64 + n * 60_000_000, "text": typed(0), "note": true })).collect::<Vec<_>>(),
        "previous": { "id": "018f0000-0000-7000-8000-00000000000f", "held_on": "2023-11-30" },
        "left_out": ["2 improvements"],
    }))
}
