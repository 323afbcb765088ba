// The ways through the product that several specs share, said as a person would say them.
import type { Page } from "@playwright/test";
import { type Person, expect, hydrated } from "./fixtures.ts";
import type { Server } from "./server.ts";

export const facilitator = { name: "Varuna Venkatesh", email: "varuna@example.org", password: "ship small, ship often" };

/** The four questions, and the answers of the seed's squad: Elite, 89 %. */
export const questions = [
  { title: "Lead time for changes", group: /lead time for changes/i, answer: "Less than one day", key: "5" },
  { title: "Deployment frequency", group: /how often does your organization deploy/i, answer: "On demand (multiple deploys per day)", key: "6" },
  { title: "Time to restore service", group: /restore service/i, answer: "Less than one day", key: "5" },
  { title: "Change failure rate", group: /percentage of changes/i, answer: "0–15 %", key: "6" },
] as const;

/** The three capabilities of the level Elite, and what each of six answers to all statements: monitoring comes out lowest. */
export const surveys = [
  { title: "Generative organizational culture", statements: 7, answers: [5, 5, 4, 5, 4, 5] },
  { title: "Monitoring and observability", statements: 6, answers: [3, 3, 2, 4, 3, 3] },
  { title: "Working in small batches", statements: 3, answers: [4, 4, 4, 4, 5, 3] },
] as const;

/** Creates the first administrator with the token of the first start. */
export async function setUp(page: Page, server: Server): Promise<void> {
  await page.goto("/setup");
  await hydrated(page);
  await page.getByLabel("Setup token").fill(await server.setupToken());
  await page.getByLabel("Your name").fill(facilitator.name);
  await page.getByLabel("E-mail address").fill(facilitator.email);
  await page.getByLabel("Password").fill(facilitator.password);
  await page.getByRole("button", { name: "Create the administrator" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Varuna");
}

/** Starts a checkpoint and returns the code of its room. */
export async function startCheckpoint(page: Page, form: { squad: string; tribe?: string; date?: string; agenda?: string; tick?: string[] }): Promise<string> {
  await page.goto("/");
  await hydrated(page);
  await page.getByRole("link", { name: "Start a checkpoint" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Start a checkpoint" })).toBeVisible();
  await page.getByLabel("Squad", { exact: true }).fill(form.squad);
  if (form.tribe) await page.getByLabel("Tribe", { exact: true }).fill(form.tribe);
  if (form.date) await page.getByLabel("Date", { exact: true }).fill(form.date);
  if (form.agenda) await page.getByLabel("Agenda", { exact: true }).selectOption(form.agenda);
  for (const label of form.tick ?? []) await page.getByLabel(label).check();
  await page.getByRole("button", { name: "Start a checkpoint" }).click();
  await page.waitForURL(/\/w\//);
  await inRoom(page);
  return page.url().replace(/.*\/w\//, "");
}

/** Comes in by the link, with nothing but a name. */
export async function join(person: Person, code: string, options: { observe?: boolean } = {}): Promise<void> {
  const { page } = person;
  await page.goto(`/join/${code}`);
  await hydrated(page);
  await page.getByLabel("Your name").fill(person.name);
  if (options.observe) await page.getByLabel(/only observe/).check();
  await page.getByRole("button", { name: "Join", exact: true }).click();
  await page.waitForURL(/\/w\//);
  await inRoom(page);
}

/** Waits until the room is alive and connected. */
export async function inRoom(page: Page): Promise<void> {
  await hydrated(page);
  await expect(page.locator(".room[data-connection=open]")).toBeVisible();
}

/** Moves the squad on and waits until this page is there. */
export async function next(page: Page, heading: string): Promise<void> {
  await page.getByRole("button", { name: "Next step" }).click();
  await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
}

/** Moves the squad on, step by step, until this page is there. */
export async function walkTo(page: Page, title: string): Promise<void> {
  const heading = page.getByRole("heading", { level: 1 });
  for (let now = await heading.textContent(); now !== title; now = await heading.textContent()) {
    await page.getByRole("button", { name: "Next step" }).click();
    await expect(heading).not.toHaveText(now!);
  }
}

/** Publishes the summary for the first time. */
export async function publish(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Publish summary" }).click();
  await page.getByRole("button", { name: /Publish as revision 1/ }).click();
  await expect(page.getByText("Published as revision 1")).toBeVisible();
}

/** The day in so many days. */
export const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const words = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"] as const;

/** Gives the same answer, 1 to 5, to every statement of the open survey with the mouse, and waits until the server has all. */
export async function fillIn(page: Page, answer: number): Promise<void> {
  const statements = page.locator("fieldset.item");
  await expect(statements.first()).toBeVisible();
  for (let n = 0; n < (await statements.count()); n++) {
    await statements.nth(n).getByRole("radio", { name: words[answer - 1]!, exact: true }).check();
  }
  await allSaved(page);
}

/** Every answer of the open survey is on the server's disk. */
export async function allSaved(page: Page): Promise<void> {
  await expect(page.getByText("All saved, change them until it is closed")).toBeVisible();
}

/** The options of the question on the screen. */
export const ballot = (page: Page, group: RegExp) => page.getByRole("radiogroup", { name: group });

/** Votes with the mouse and waits until the server has it. */
export async function vote(page: Page, group: RegExp, answer: string): Promise<void> {
  await ballot(page, group).getByText(answer, { exact: true }).click();
  await saved(page);
}

/** The ballot is on the server's disk. */
export async function saved(page: Page): Promise<void> {
  await expect(page.getByText("Saved, change it until the reveal")).toBeVisible();
}
