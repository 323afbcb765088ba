// A page that somebody outside reads: a note and the names are left out, the link opens without script, and is taken back.
import { axe, expect, shot, test } from "../fixtures.ts";
import { inRoom, join, publish, setUp, startCheckpoint, walkTo } from "../story.ts";

test("published with something left out, shared, read without script, taken back", async ({ person, server }) => {
  const lead = await person("Varuna");
  await setUp(lead.page, server);
  const code = await startCheckpoint(lead.page, { squad: "Partner Tooling" });
  const ana = await person("Ana", { screen: "phone" });
  await join(ana, code);

  await test.step("the page can be looked at from the first minute", async () => {
    await ana.page.getByRole("button", { name: /open the agenda/ }).click();
    await ana.page.getByRole("link", { name: /Summary/ }).click();
    await expect(ana.page.getByRole("heading", { name: "The checkpoint of Partner Tooling" })).toBeVisible();
  });

  await test.step("a note and the names are left out for all to see", async () => {
    await inRoom(lead.page);
    await lead.page.getByRole("button", { name: "Add a note" }).first().click();
    await lead.page.getByRole("dialog").getByRole("textbox").fill("Secret of the squad");
    await lead.page.getByRole("dialog").getByRole("button", { name: "Add note" }).click();
    await walkTo(lead.page, "Summary");
    const page = ana.page.getByRole("region", { name: "The page as it stands" });
    await expect(page.getByText("Secret of the squad")).toBeVisible();
    await lead.page.getByText("What the page shows").click();
    await lead.page.getByLabel("Secret of the squad").uncheck();
    await lead.page.getByLabel("Names of the people who were there").uncheck();
    await expect(page.getByText("Left out by the squad: 1 line of how it went.")).toBeVisible();
    await expect(page.getByText("Secret of the squad")).toHaveCount(0);
    await expect(page.getByText("2 people")).toBeVisible();
    await axe(lead.page);
    await shot(lead.page, "leave-out");
    await publish(lead.page);
  });

  await lead.page.getByRole("link", { name: "Open the published page" }).click();
  await lead.page.getByLabel("The link opens for").selectOption({ label: "7 days" });
  await lead.page.getByRole("button", { name: "Make a share link" }).click();
  await expect(lead.page.getByRole("button", { name: "Copy link" })).toBeVisible();
  const address = (await lead.page.locator(".once code").textContent())!;
  await axe(lead.page);
  await shot(lead.page, "share");

  const reader = await person("somebody outside", { javaScriptEnabled: false, screen: "phone" });
  reader.allow(/\/pkg\/.*\.js csp/); // a browser that runs no script refuses to fetch one
  await reader.page.goto(new URL(address).pathname);
  await expect(reader.page.getByRole("heading", { level: 1, name: "The checkpoint of Partner Tooling" })).toBeVisible();
  await expect(reader.page.getByText("Left out by the squad")).toBeVisible();
  await expect(reader.page.getByText("Secret of the squad")).toHaveCount(0);
  await expect(reader.page.getByRole("link", { name: "Checkpoints" })).toHaveCount(0);
  await shot(reader.page, "shared", { fullPage: true });

  await lead.page.getByRole("button", { name: "Take this link back" }).click();
  await expect(lead.page.getByText(/it was taken back/)).toBeVisible();
  reader.allow(/410/);
  await reader.page.reload();
  await expect(reader.page.getByText("This link was taken back.")).toBeVisible();
  await expect(reader.page.getByText("Partner Tooling")).toHaveCount(0);
});
