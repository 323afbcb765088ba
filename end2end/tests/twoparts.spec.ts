// The whole way through a prepared checkpoint in two parts: planned two weeks ahead, six people up to the break, the server killed
// overnight, part two with one person absent and one new, the surveys of the seed's level, the focus, the page.
import { expect, shot, test } from "../fixtures.ts";
import { fillIn, inDays, inRoom, join, next, publish, questions, setUp, startCheckpoint, surveys, vote, walkTo } from "../story.ts";

test("prepared, held in two parts, published", async ({ person, server }) => {
  test.setTimeout(240_000);
  const lead = await person("Varuna");
  await setUp(lead.page, server);
  const code = await startCheckpoint(lead.page, { squad: "Partner Tooling", date: inDays(14), agenda: "Two parts of one hour" });
  await expect(lead.page.getByRole("heading", { level: 1, name: "Prepare this checkpoint" })).toBeVisible();
  await expect(lead.page.getByText("Three are proposed once the level is known.")).toBeVisible();

  // Fixed beforehand, looked at, and left to the level after all.
  await lead.page.getByRole("button", { name: "Choose capabilities" }).click();
  await lead.page.getByLabel("Another capability (statements)").selectOption({ label: "Version control (2)" });
  await lead.page.getByRole("button", { name: "Add", exact: true }).click();
  await lead.page.getByRole("button", { name: "Save the list" }).click();
  await expect(lead.page.getByText("Chosen by you:")).toBeVisible();
  await lead.page.getByRole("button", { name: "Leave it to the level" }).click();
  await expect(lead.page.getByText("Three are proposed once the level is known.")).toBeVisible();

  const names = ["Ana", "Lou", "Mia", "Pim", "Raj", "Tom"];
  const people = await Promise.all(names.map((name, n) => person(name, { screen: n === 5 ? "phone" : "laptop" })));
  for (const somebody of people) await join(somebody, code);
  await expect(people[0]!.page.getByText("This checkpoint has not started yet")).toBeVisible();

  await test.step("part one, up to the break", async () => {
    await lead.page.getByRole("button", { name: "Start the checkpoint" }).click();
    await next(lead.page, "Setting the scene");
    for (const { title, group, answer } of questions) {
      await next(lead.page, title);
      for (const { page } of people) await vote(page, group, answer);
      await lead.page.getByRole("button", { name: "Reveal votes" }).click();
      await lead.page.getByRole("button", { name: "Agree", exact: true }).click();
      for (const { page } of people) await expect(page.getByText(`You agreed: ${answer}`)).toBeVisible();
    }
    await next(lead.page, "Maturity");
    for (const { page } of people) await expect(page.getByRole("main")).toContainText("Elite");
    await lead.page.getByRole("button", { name: "Next step" }).click();
    for (const { page } of [lead, ...people]) await expect(page.getByRole("heading", { level: 1, name: "Part one is over" })).toBeVisible();
  });

  await test.step("overnight", async () => {
    for (const somebody of [lead, ...people]) somebody.allow(/WebSocket connection/, /ERR_CONNECTION_REFUSED/);
    for (const { page } of [lead, ...people]) await page.close();
    await server.kill9();
    await server.start();
  });

  // Tom is absent, Zoe is new. The others come back as who they were, by the address of the room.
  const page = await lead.context.newPage();
  const zoe = await person("Zoe");
  const team = await Promise.all(people.slice(0, 5).map(({ context }) => context.newPage()));
  await test.step("part two", async () => {
    for (const screen of [page, ...team]) {
      await screen.goto(`/w/${code}`);
      await inRoom(screen);
    }
    await page.getByRole("button", { name: "Open part two" }).click();
    for (const screen of [page, ...team]) await expect(screen.getByRole("heading", { level: 1, name: "Where we are, before part two" })).toBeVisible();
    await join(zoe, code);
    await next(page, "Capability surveys");
    await expect(zoe.page.getByRole("heading", { name: "You were not here at the end of part one" })).toBeVisible();
    await zoe.page.getByRole("button", { name: "Understood" }).click();
    for (const [n, { title, answers }] of surveys.entries()) {
      await page.getByRole("button", { name: n === 0 ? "Open this survey" : `Open the next survey: ${title}` }).click();
      for (const [place, screen] of [...team, zoe.page].entries()) {
        await expect(screen.getByRole("heading", { level: 2, name: title })).toBeVisible();
        await fillIn(screen, answers[place]!);
      }
      // Tom is waited for as long as a reload or a tunnel may take; a night would be over by now.
      await expect(page.getByRole("main").getByText(/^6 of [67] people have finished$/)).toBeVisible();
      await page.getByRole("button", { name: "Close survey" }).click();
      for (const screen of [...team, zoe.page]) await expect(screen.getByText("All your answers counted.")).toBeVisible();
    }
    await next(page, "Capability focus");
    await expect(page.getByRole("region", { name: "Monitoring and observability" })).toContainText("Suggested");
    await page.getByRole("button", { name: "Confirm the focus" }).click();
    for (const screen of [...team, zoe.page]) await expect(screen.getByText("You work on this first: Monitoring and observability")).toBeVisible();
    await walkTo(page, "Summary");
    await publish(page);
  });

  await test.step("the page has both parts", async () => {
    await page.goto("/checkpoints");
    await page.getByRole("link", { name: "Partner Tooling" }).click();
    const main = page.getByRole("main");
    await expect(main.getByRole("heading", { level: 1 })).toContainText("Elite");
    for (const text of ["89 %", "Monitoring and observability", "Score 50 of 100", "Statements after DORA’s questions of 2019.", "Tom", "Zoe"]) {
      await expect(main).toContainText(text);
    }
    await shot(page, "summary-two-parts", { fullPage: true });
  });
});
