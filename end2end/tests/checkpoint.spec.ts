// The whole main job: from /setup to the published page of the seed's squad, six people, by mouse.
import { type Person, axe, expect, hydrated, shot, test } from "../fixtures.ts";
import { allSaved, ballot, facilitator, fillIn, join, next, publish, questions, setUp, startCheckpoint, surveys, vote, walkTo } from "../story.ts";

// What each of the five members answers to each question: the medians are the squad's agreed answers 5, 6, 5, 6.
const answers = {
  "Lead time for changes": ["Less than one day", "Less than one day", "One day to one week", "Less than one day", "One day to one week"],
  "Deployment frequency": [
    "On demand (multiple deploys per day)",
    "On demand (multiple deploys per day)",
    "Between once per hour and once per day",
    "On demand (multiple deploys per day)",
    "On demand (multiple deploys per day)",
  ],
  "Time to restore service": ["Less than one day", "Less than one hour", "Less than one day", "One day to one week", "Less than one day"],
  "Change failure rate": ["0–15 %", "0–15 %", "16–30 %", "0–15 %", "0–15 %"],
} as const;

test("a squad finds out where it stands", async ({ person, server }) => {
  test.setTimeout(180_000);
  const lead = await person("Varuna");
  await setUp(lead.page, server);
  await axe(lead.page);
  await shot(lead.page, "home-empty");

  const code = await startCheckpoint(lead.page, { squad: "Partner Tooling", tribe: "Partners", date: "2023-01-10" });
  await expect(lead.page.getByRole("heading", { level: 1, name: "Welcome" })).toBeVisible();
  await axe(lead.page);

  const members: Person[] = [];
  for (const name of ["Ana", "Leila", "Marek", "Priya", "Tom"]) {
    const member = await person(name, name === "Tom" ? { screen: "phone" } : {});
    await join(member, code);
    members.push(member);
  }
  await expect(lead.page.getByRole("button", { name: /6 here/ })).toBeVisible();
  await shot(lead.page, "room-welcome");

  await test.step("setting the scene", async () => {
    await next(lead.page, "Setting the scene");
    for (const [label, text] of [
      ["Service", "Partner Portal"],
      ["A deployment is", "a change live for partners"],
      ["A failure is", "any change that needs a hand to put right"],
    ] as const) {
      await lead.page.getByLabel(label, { exact: true }).fill(text);
      await lead.page.getByLabel(label, { exact: true }).press("Enter");
      for (const { page } of members) await expect(page.getByRole("main").getByText(text)).toBeVisible();
    }
    await axe(lead.page);
    await shot(lead.page, "room-scene");
  });

  for (const { title, group, answer } of questions) {
    await test.step(title, async () => {
      await next(lead.page, title);
      const [ana, leila, ...rest] = members;
      for (const [place, member] of members.entries()) {
        await expect(member.page.getByRole("heading", { level: 1, name: title })).toBeVisible();
        await vote(member.page, group, answers[title][place]!);
        await expect(lead.page.getByRole("heading", { name: `${place + 1} of 5 voted` })).toBeVisible();
      }
      // Nobody's page holds a count of answers before the reveal.
      for (const { page } of [lead, ...members]) await expect(page.getByRole("table")).toHaveCount(0);
      if (title === "Lead time for changes") {
        await axe(ana!.page);
        await axe(lead.page);
        await shot(lead.page, "room-vote");
        await shot(ana!.page, "room-vote-member");
        await shot(rest.at(-1)!.page, "room-vote-phone");
      }
      await lead.page.getByRole("button", { name: "Reveal votes" }).click();
      for (const { page } of members) await expect(page.getByRole("table")).toBeVisible();
      if (title === "Lead time for changes") {
        await expect(leila!.page.getByRole("heading", { name: "Neighbouring answers" })).toBeVisible();
        await lead.page.getByLabel(/Why this answer/).fill("Most changes are live the same day.");
        await axe(lead.page);
        await shot(lead.page, "room-reveal");
        await shot(rest.at(-1)!.page, "room-reveal-phone");
      }
      await expect(lead.page.getByLabel("The squad’s answer")).toHaveValue(/.+/);
      await lead.page.getByRole("button", { name: "Agree", exact: true }).click();
      for (const { page } of members) await expect(page.getByText(`You agreed: ${answer}`)).toBeVisible();
    });
  }

  await test.step("maturity", async () => {
    await next(lead.page, "Maturity");
    for (const { page } of [lead, ...members]) {
      await expect(page.getByRole("main")).toContainText("Elite");
      await expect(page.getByRole("main")).toContainText("89 %");
    }
    await axe(lead.page);
    await shot(lead.page, "room-maturity", { fullPage: true });
    await shot(members.at(-1)!.page, "room-maturity-phone", { fullPage: true });
  });

  await test.step("capability surveys", async () => {
    await next(lead.page, "Capability surveys");
    // Zoe comes late and lands where the squad is.
    const zoe = await person("Zoe");
    await join(zoe, code);
    const [ana, ...others] = [...members, zoe];
    const tom = members.at(-1)!;
    for (const [n, { title, statements, answers }] of surveys.entries()) {
      await lead.page.getByRole("button", { name: n === 0 ? "Open this survey" : `Open the next survey: ${title}` }).click();
      for (const { page } of [lead, ana!, ...others]) await expect(page.getByRole("heading", { level: 2, name: title })).toBeVisible();
      // Ana has no mouse: a number answers and moves on.
      await expect(ana!.page.locator("fieldset.item")).toHaveCount(statements);
      for (let item = 0; item < statements; item++) await ana!.page.keyboard.press(String(answers[0]));
      await allSaved(ana!.page);
      for (const [place, { page }] of others.entries()) {
        if (n === 0 && page === tom.page) {
          await page.locator("fieldset.item").first().getByRole("radio", { name: "Agree", exact: true }).check();
          await axe(page);
          await shot(page, "room-survey-phone");
        }
        await fillIn(page, answers[place + 1]!);
      }
      await expect(lead.page.getByRole("main").getByText("6 of 6 people have finished")).toBeVisible();
      // Nobody's page holds a count before the closing.
      for (const { page } of [lead, ana!, ...others]) await expect(page.getByRole("table")).toHaveCount(0);
      if (n === 0) {
        await axe(ana!.page);
        await axe(lead.page);
        await shot(ana!.page, "room-survey-member");
        await shot(lead.page, "room-survey");
      }
      await lead.page.getByRole("button", { name: "Close survey" }).click();
      for (const { page } of [ana!, ...others]) {
        await expect(page.getByText("All your answers counted.")).toBeVisible();
        await expect(page.getByRole("table")).toBeVisible();
      }
      if (n === 1) {
        await axe(ana!.page);
        await shot(ana!.page, "room-survey-closed", { fullPage: true });
        await shot(tom.page, "room-survey-closed-phone", { fullPage: true });
      }
    }
    members.push(zoe);
  });

  await test.step("capability focus", async () => {
    await next(lead.page, "Capability focus");
    const [ana, tom] = [members[0]!, members[4]!];
    const first = ana.page.getByRole("region", { name: "Monitoring and observability" });
    await expect(first).toContainText("Suggested");
    await expect(first).toContainText("50");
    await ana.page.getByLabel("A note under Monitoring and observability").fill("Opportunity with alerting?");
    await ana.page.keyboard.press("Enter");
    await expect(lead.page.getByText("Opportunity with alerting?")).toBeVisible();
    await expect(tom.page.getByRole("button", { name: /Remove the note/ })).toHaveCount(0);
    await lead.page.getByLabel(/Why this one/).fill("We learn of silent failures late.");
    await axe(lead.page);
    await axe(tom.page);
    await shot(lead.page, "room-focus", { fullPage: true });
    await shot(tom.page, "room-focus-phone", { fullPage: true });
    await lead.page.getByRole("button", { name: "Confirm the focus" }).click();
    for (const { page } of members) await expect(page.getByText("You work on this first: Monitoring and observability")).toBeVisible();
  });

  await test.step("summary", async () => {
    await walkTo(lead.page, "Summary");
    await lead.page.getByLabel("Foreword").fill("Read together in the room.");
    await lead.page.getByRole("button", { name: "Save title and foreword" }).click();
    await expect(members[0]!.page.getByText("Read together in the room.")).toBeVisible();
    await axe(lead.page);
    await shot(lead.page, "room-summary");
    await publish(lead.page);
  });

  await test.step("found again among past checkpoints", async () => {
    await lead.page.goto("/checkpoints");
    await hydrated(lead.page);
    await axe(lead.page);
    await shot(lead.page, "checkpoints");
    await lead.page.getByRole("link", { name: "Partner Tooling" }).click();
    await hydrated(lead.page);
    const main = lead.page.getByRole("main");
    await expect(main.getByRole("heading", { level: 1 })).toContainText("Elite");
    for (const text of ["89 %", "Partner Tooling", "10 Jan 2023", facilitator.name, "Partner Portal", "Less than one day", "On demand", "0–15 %", "Most changes are live the same day.", "Ana", "Read together in the room.", "Working in small batches", "Score 50 of 100", "Opportunity with alerting?", "We learn of silent failures late."]) {
      await expect(main).toContainText(text);
    }
    await axe(lead.page);
    await shot(lead.page, "summary", { fullPage: true });
    await lead.page.goto("/");
    await hydrated(lead.page);
    await shot(lead.page, "home");
  });

  await test.step("the exports hold the same", async () => {
    await lead.page.goto("/checkpoints");
    const address = await lead.page.getByRole("link", { name: "Partner Tooling" }).getAttribute("href");
    const json = (await (await lead.context.request.get(`${address}.json`)).json()) as {
      maturity: unknown;
      present: string[];
      focus: { title: string };
      capabilities: { title: string; score: number }[];
    };
    expect(json.maturity).toEqual({ edition: 2019, level: "elite", percentile: 89, sum: 22 });
    expect(json.present).toHaveLength(7);
    expect(json.focus.title).toBe("Monitoring and observability");
    expect(json.capabilities.map(({ title, score }) => [title, Math.round(score)])).toEqual([
      ["Monitoring and observability", 50],
      ["Working in small batches", 75],
      ["Generative organizational culture", 92],
    ]);
    const markdown = await (await lead.context.request.get(`${address}.md`)).text();
    expect(markdown).toContain("DevOps maturity is **Elite**. Better than 89 %");
    expect(markdown).toContain("The squad works on **Monitoring and observability** first.");
  });

  // Somebody without an account is asked to sign in and learns nothing.
  const stranger = await person("a stranger");
  await stranger.page.goto("/checkpoints");
  await expect(stranger.page).toHaveURL(/\/sign-in\?next=/);
  await expect(ballot(stranger.page, /./)).toHaveCount(0);
});
