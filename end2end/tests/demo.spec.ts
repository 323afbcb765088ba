// The organisation of `checkpoint demo`: two years to look around in without script, and a live room whose members are simulated.
import { axe, expect, hydrated, shot, test } from "../fixtures.ts";
import type { Server } from "../server.ts";
import { inRoom } from "../story.ts";
import type { Page } from "@playwright/test";

test.use({ command: "demo" });

async function signIn(page: Page, server: Server, email: string): Promise<void> {
  const password = await server.printed(/password (\S+), as/);
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Hello/ })).toBeVisible();
}

test("a principal engineer finds, filters and compares without script", async ({ person, server }) => {
  const priya = await person("Priya", { javaScriptEnabled: false });
  priya.allow(/\/pkg\/.*\.js csp/); // a browser that runs no script refuses to fetch one
  const { page } = priya;
  await signIn(page, server, "priya@demo.example");
  const rows = page.getByRole("table", { name: "Past checkpoints" }).getByRole("row");

  await test.step("the worst of a tribe, then a word that somebody wrote", async () => {
    await page.getByRole("link", { name: "Checkpoints", exact: true }).click();
    await page.getByLabel("Tribe").selectOption("Partners");
    await page.getByLabel("Level").selectOption("Low");
    await page.getByRole("button", { name: "Filter" }).click();
    await expect(rows.nth(1)).toContainText("Supplier Onboarding");
    for (const row of (await rows.all()).slice(1)) await expect(row).toContainText("Low");
    await page.getByRole("link", { name: "Clear" }).click();
    await page.getByRole("searchbox", { name: "Search" }).fill("change board");
    await page.getByRole("button", { name: "Filter" }).click();
    await expect(page).toHaveURL(/q=change/);
    await expect(rows.nth(1)).toBeVisible();
  });

  await test.step("two of one squad beside each other, also as the survey of 2025 scores them", async () => {
    await page.goto("/checkpoints?squad=partner-tooling");
    await expect(page.getByText("9 checkpoints")).toBeVisible();
    await rows.nth(1).getByRole("checkbox").check();
    await rows.last().getByRole("checkbox").check();
    await page.getByRole("button", { name: "Compare the two ticked" }).click();
    await expect(page.getByRole("heading", { level: 1, name: /Compare/ })).toBeVisible();
    await expect(page.getByText("10 Jan 2023").first()).toBeVisible();
    await expect(page.getByText("Elite, better than 89 %")).toBeVisible();
    await page.getByRole("link", { name: "2025" }).click();
    await expect(page.getByRole("link", { name: "2025" })).toHaveAttribute("aria-current", "true");
    await expect(page.getByText("Elite, better than 89 %")).toHaveCount(0);
  });

  await test.step("what the seed's squad found, in every form", async () => {
    await page.goto("/checkpoints?squad=partner-tooling&to=2023-12-31");
    await rows.nth(1).getByRole("link", { name: "Partner Tooling" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Elite");
    for (const ending of ["json", "md", "html", "confluence.xml", "csv", "svg", "png"]) {
      const answer = await page.request.get(`${new URL(page.url()).pathname}.${ending}`);
      expect(answer.status(), ending).toBe(200);
      expect((await answer.body()).length, ending).toBeGreaterThan(300);
    }
  });

  await test.step("all squads, and one of them over time", async () => {
    await page.getByRole("link", { name: "Organisation" }).click();
    await page.getByLabel("Tribe").selectOption("Platform");
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByRole("rowheader", { name: /Data Pipelines/ }).first().getByRole("link").click();
    await expect(page.getByRole("heading", { level: 1, name: "Data Pipelines" })).toBeVisible();
    await expect(page.getByRole("img", { name: /^Lead time for changes, \d+ checkpoints/ })).toBeVisible();
    await expect(page.getByText(/[Oo]verdue/).first()).toBeVisible();
  });
});

test("a facilitator shares a page and leads the simulated squad", async ({ person, server }) => {
  const robin = await person("Robin");
  const { page } = robin;
  await signIn(page, server, "robin@demo.example");
  await page.goto("/checkpoints?squad=partner-tooling&to=2023-12-31");
  await page.getByRole("link", { name: "Partner Tooling" }).first().click();
  await page.waitForURL(/\/checkpoints\/[0-9a-f-]{36}/);
  await hydrated(page);
  await page.getByRole("button", { name: "Make a share link" }).click();
  const address = (await page.locator(".once code").textContent())!;
  const guest = await person("somebody outside", { screen: "phone", colorScheme: "dark" });
  await guest.page.goto(new URL(address).pathname);
  await expect(guest.page.getByRole("heading", { level: 1 })).toContainText("Elite");
  await axe(guest.page);
  await shot(guest.page, "demo-shared", { fullPage: true });

  await page.goto("/");
  await page.getByRole("link", { name: "Go to the room" }).click();
  await inRoom(page);
  for (const name of ["Since last time", "Setting the scene", "Lead time for changes"]) {
    await page.getByRole("button", { name: "Next step" }).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  }
  await expect(page.getByText("7 of 7 voted")).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: "Reveal votes" }).click();
  await expect(page.getByRole("button", { name: "Agree" })).toBeVisible();
  await shot(page, "demo-room");
});
