//! What a flowchart looks like, and which ones are read.

use super::*;

fn outline_of(text: &str) -> String {
    let flow = read(text).unwrap_or_else(|mistake| panic!("{text}: {mistake:?}"));
    outline::write(&flow)
}

fn mistake(text: &str) -> String {
    let mistake = read(text).unwrap_err();
    format!("{}:{} {}", mistake.line, mistake.column, mistake.message)
}

#[test]
fn a_flow_is_written_as_a_flowchart() {
    let flow = outline::read(
        "commit > [2h] (\"if \\\"ok\\\"\") build 5m a @ci > \"deploy > prod\"\n= Freeze\nrecovery\n1. alert m > [1h] fix m > (now) commit",
    );
    let text = write(&flow.unwrap());
    let expected = "\
flowchart LR
  subgraph delivery[\"Delivery: commit to production\"]
    s1([\"commit\"])
    s2[\"build<br/>5m @ci\"]:::automated
    s3([\"deploy #62; prod\"])
    %% Freeze
  end
  subgraph recovery[\"Recovery: alert to fixed\"]
    s4([\"1#46; alert\"])
    s5([\"fix\"])
  end
  s1 -->|\"[2h] if #34;ok#34;\"| s2
  s2 --> s3
  s4 -->|\"[1h]\"| s5
  s5 -->|\"now\"| s1
  classDef automated stroke-width:2px
";
    assert_eq!(text, expected);
    assert_eq!(outline_of(&text), outline::write(&read(expected).unwrap()));
    assert_eq!(write(&Flow::default()), "flowchart LR\n");
}

#[test]
fn flowcharts_from_elsewhere_are_read() {
    for (text, outline) in [
        ("graph TD\n  A --> B", "A m > B m"),
        ("flowchart LR; A-->B; B-->C", "A m > B m > C m"),
        (
            "```mermaid\ngraph LR\nA[Commit] -->|push| B(Build)\n```",
            "Commit m > (push) Build m",
        ),
        (
            "graph LR\nA -- yes --> B\nA == no ==> C\nA -. maybe .-> D",
            "A m > (yes) B m\nA > (no) C m\nA > (maybe) D m",
        ),
        ("graph LR\nA---B\nB-.->C\nC==>D\nD --x E", "A m\n> B m\n> C m\n> D m\n> E m"),
        ("graph LR\nA & B --> C & D", "A m > C m\nA > D m\nB m > C\nB > D"),
        ("graph LR\nA([x]) --> B[[y]] --> C[(z)]", "x m > y m > z m"),
        ("graph LR\nA((x)) --> B>y] --> C{z}", "x m > y m > z m"),
        ("graph LR\nA{{x}} --> B[/y/] --> C[\\z\\]", "x m > y m > z m"),
        (
            "graph LR\nA(((x))) --> B[/y\\] --> C@{ shape: cyl, label: \"z\" }",
            "x m > y m > z m",
        ),
        ("graph LR\nA[\"a (b) #quot;c#quot;\"] --> B[\"`d`\"]", "a (b) \"c\" m > d m"),
        ("graph LR\nA[one<br>two] --> B[x<br/>5m @ci]:::automated", "one two m > x 5m a @ci"),
        ("graph LR\nmy-step.x --> B_2-->|\"a|b\"| C", "my-step.x m > B_2 m > (a|b) C m"),
        ("graph LR\nA <--> B\nB o--o C", "A m > B m > C m"),
        ("graph LR\nA -->|[3h] late| B", "A m > [3h] (late) B m"),
        ("graph LR\nA --> A\nA --> B\nA --> B", "A m > B m"),
        (
            "---\ntitle: x\n---\n%% note\ngraph LR\nclassDef a fill:#f9f\nclass A a\nstyle A fill:#f9f\nclick A call f()\nlinkStyle 0 x\nA",
            "A m",
        ),
        ("graph LR\nA[x]\nB[x]\nA --> B", "x m > x #2 m"),
        ("graph LR\nend1 --> endless", "end1 m > endless m"),
    ] {
        assert_eq!(outline_of(text), format!("delivery\n{outline}\n"), "{text}");
    }
    let lanes = "graph LR\nsubgraph one\nA --> B\nend\nsubgraph r[Our recovery]\nC --> D\nend\nE";
    assert_eq!(outline_of(lanes), "delivery\nA m > B m\nE m\n\nrecovery\nC m > D m\n");
    let listed = "graph LR\nA --> B\nsubgraph recovery\nA:::automated\nB\nend\nA[alert]";
    assert_eq!(outline_of(listed), "recovery\nalert a > B m\n", "nodes that a subgraph lists later");
}

#[test]
fn what_is_no_flowchart_gets_one_sentence() {
    let no_flowchart = "This is no Mermaid flowchart: one begins with flowchart or graph.";
    for text in ["", "hello", "sequenceDiagram\nA->>B: x", "graphics --> B"] {
        assert_eq!(mistake(text), format!("1:1 {no_flowchart}"), "{text}");
    }
    for (text, told) in [
        ("graph LR\n  A -->", "2:8 A node is missing here."),
        ("graph LR\n  A B", "2:5 An arrow like --> is missing here."),
        ("graph LR\nA[x", "2:2 The bracket of this node is not closed."),
        ("graph LR\nA[\"x]", "2:2 The bracket of this node is not closed."),
        ("graph LR\nA --> é[(x", "2:8 The bracket of this node is not closed."),
        ("graph LR\nA -- yes", "2:3 An arrow like --> is missing here."),
        ("graph LR\n-->", "2:1 A node is missing here."),
    ] {
        assert_eq!(mistake(text), told, "{text}");
    }
    let long = format!("graph LR\nA[{}]", "x".repeat(81));
    assert_eq!(mistake(&long), "2:2 The step's name is too long: at most 80 characters, please.");
    assert_eq!(
        mistake(&"x".repeat(LONGEST + 1)),
        "1:1 This text is too long: at most 1024 KB, please."
    );
    let many: Vec<String> = (0..200).map(|n| format!("n{n}")).collect();
    let many = format!("graph LR\n{0} --> {0}", many.join(" & "));
    assert!(mistake(&many).ends_with("at most 1000 steps, connectors and texts, please."));
}

const LONGEST: usize = outline::LONGEST_TEXT;
