// A checkpoint in two parts: three people up to the break, a night, then part two with one person absent and one new.
import { axe, expect, hydrated, shot, test } from "../fixtures.ts";
import { inRoom, join, next, questions, setUp, startCheckpoint, vote } from "../story.ts";

const [leadTime, frequency] = questions;

test("part one, a night, part two", async ({ person, server }) => {
  test.setTimeout(240_000);
  const lead = await person("Varuna");
  await setUp(lead.page, server);
  const code = await startCheckpoint(lead.page, { squad: "Parcels" });
  const [ana, ben, cem] = [await person("Ana"), await person("Ben", { screen: "phone" }), await person("Cem")];
  for (const somebody of [ana, ben, cem]) await join(somebody, code);

  // Everybody tries it out.
  await ana.page.getByRole("radio", { name: "By car" }).check();
  await expect(lead.page.getByText("1 answer: Ana.")).toBeVisible();
  await expect(ben.page.getByText("1 answer: Ana.")).toBeVisible();
  await expect(lead.page.getByRole("button", { name: "Show the answers" })).toBeEnabled();
  await ben.page.getByRole("button", { name: "Check the sound" }).click();
  await expect(ben.page.getByText(/That was the sound|plays no sound/)).toBeVisible();
  await axe(ben.page);
  await shot(ben.page, "welcome-warmup-phone", { fullPage: true });
  await lead.page.getByRole("button", { name: "Show the answers" }).click();
  await expect(ana.page.getByText("1 By car")).toBeVisible();

  // The screen of the meeting room.
  const wall = await lead.context.newPage();
  await wall.setViewportSize({ width: 1920, height: 1080 });
  await wall.goto(`/w/${code}/present`);
  await hydrated(wall);
  await expect(wall.getByText(code)).toBeVisible();
  await axe(wall);
  await shot(wall, "wall-welcome");

  // What the squad decided on its whiteboard is written down and settled before anything else.
  await lead.page.getByRole("button", { name: "Write down an action from before" }).click();
  await expect(lead.page.getByRole("heading", { level: 1, name: "Since last time" })).toBeVisible();
  await expect(lead.page.getByText("There is nothing to settle")).toBeVisible();
  await lead.page.getByRole("button", { name: "Write down an action from before" }).click();
  await lead.page.getByLabel("What was to be done").fill("Split the pipeline");
  await lead.page.getByLabel("Owner (optional)").fill("Ana");
  await lead.page.getByLabel("Which answer was it to move?").selectOption(leadTime.title);
  await lead.page.getByRole("button", { name: "Write it down" }).click();
  await expect(lead.page.getByRole("heading", { name: "Split the pipeline" })).toBeVisible();
  await lead.page.getByRole("button", { name: "Bring everyone here" }).click();
  await expect(ana.page.getByRole("heading", { name: "Split the pipeline" })).toBeVisible();
  await expect(wall.getByRole("heading", { name: "Split the pipeline" })).toBeVisible();
  await expect(ana.page.getByText(/we will see after the vote/)).toBeVisible();
  await axe(lead.page);
  await shot(lead.page, "since-laptop");
  await shot(ben.page, "since-phone", { fullPage: true });
  await lead.page.getByLabel(/Why \(optional/).fill("The build takes four minutes now");
  await lead.page.getByRole("group", { name: "How far is it?" }).getByRole("button", { name: "Done" }).press("Enter");
  for (const { page } of [lead, ana, ben]) await expect(page.getByRole("heading", { name: "All settled" })).toBeVisible();

  // One vote, and the break.
  await next(lead.page, "Setting the scene");
  await next(lead.page, leadTime.title);
  for (const { page } of [ana, ben, cem]) await vote(page, leadTime.group, leadTime.answer);
  await expect(wall.getByRole("heading", { name: "3 of 3 voted" })).toBeVisible();
  await axe(wall);
  await shot(wall, "wall-vote");
  await lead.page.getByRole("button", { name: "Reveal votes" }).click();
  await lead.page.getByRole("button", { name: "Agree", exact: true }).click();
  await expect(ana.page.getByText(`You agreed: ${leadTime.answer}`)).toBeVisible();
  await shot(wall, "wall-revealed");
  await expect(wall.locator(".wall__foot")).toBeInViewport({ ratio: 1 });
  await lead.page.getByRole("button", { name: "End part one here" }).click();
  for (const { page } of [lead, ana, ben]) {
    await expect(page.getByRole("heading", { level: 1, name: "Part one is over" })).toBeVisible();
    await expect(page.getByRole("main")).toContainText(leadTime.answer);
  }
  await axe(lead.page);
  await axe(ben.page);
  await shot(lead.page, "break-laptop");
  await shot(ben.page, "break-phone", { fullPage: true });
  await expect(wall.getByRole("heading", { name: "Break" })).toBeVisible();

  // Overnight.
  for (const somebody of [lead, ana, ben, cem]) somebody.allow(/WebSocket connection/, /ERR_CONNECTION_REFUSED/);
  await wall.close();
  await cem.page.close();
  await server.kill9();
  await server.start();
  await lead.page.goto("/");
  await expect(lead.page.getByText(/Between parts/).first()).toBeVisible();
  await lead.page.goto(`/w/${code}`);
  for (const { page } of [lead, ana, ben]) await inRoom(page);

  // Part two: Cem is absent, Dina is new.
  await lead.page.getByRole("button", { name: "Open part two" }).click();
  for (const { page } of [lead, ana, ben]) {
    await expect(page.getByRole("heading", { level: 1, name: "Where we are, before part two" })).toBeVisible();
  }
  const dina = await person("Dina", { screen: "phone" });
  await join(dina, code);
  await next(lead.page, frequency.title);
  await expect(dina.page.getByRole("heading", { name: "You were not here at the end of part one" })).toBeVisible();
  await expect(dina.page.getByRole("main")).toContainText(leadTime.answer);
  await expect(dina.page.getByRole("main")).toContainText("Split the pipeline");
  await axe(dina.page);
  await shot(dina.page, "absent-phone", { fullPage: true });
  await dina.page.getByRole("button", { name: "Understood" }).click();
  await expect(dina.page.getByRole("heading", { name: "You were not here at the end of part one" })).toBeHidden();
  await expect(ana.page.getByText("You were not here at the end of part one")).toBeHidden();

  // The recap at an address of its own, without script.
  const recap = await ana.context.newPage();
  await recap.goto(`/w/${code}/recap`);
  await expect(recap.getByRole("heading", { level: 1 })).toContainText("Parcels: what was decided so far");
  await expect(recap.getByRole("main")).toContainText(leadTime.answer);
  await axe(recap);
  await shot(recap, "recap", { fullPage: true });
});
