// A member's whole part with the keyboard alone, and what the room does with keys.
import { axe, expect, hydrated, test } from "../fixtures.ts";
import { allSaved, join, next, questions, saved, setUp, startCheckpoint } from "../story.ts";

test("a member joins and votes without a mouse", async ({ person, server }) => {
  const lead = await person("Varuna");
  await setUp(lead.page, server);
  const code = await startCheckpoint(lead.page, { squad: "Search" });
  const other = await person("Ben");
  await join(other, code);

  const ana = await person("Ana");
  await ana.page.goto(`/join/${code}`);
  await hydrated(ana.page);
  await ana.page.getByLabel("Your name").focus();
  await ana.page.keyboard.type("Ana");
  await ana.page.keyboard.press("Enter");
  await ana.page.waitForURL(/\/w\//);
  await hydrated(ana.page);

  await next(lead.page, "Setting the scene");
  await next(lead.page, questions[0].title);
  await expect(ana.page.getByRole("heading", { level: 1, name: questions[0].title })).toBeVisible();

  // A number votes; another one changes the vote.
  await ana.page.keyboard.press("4");
  await saved(ana.page);
  await expect(ana.page.getByRole("radio", { name: "One day to one week" })).toBeChecked();
  await ana.page.keyboard.press("5");
  await saved(ana.page);
  await expect(ana.page.getByRole("radio", { name: "Less than one day" })).toBeChecked();
  await expect(lead.page.getByRole("heading", { name: "1 of 2 voted" })).toBeVisible();

  // How she knows, by Tab and arrows.
  await ana.page.getByRole("radio", { name: "Measured" }).focus();
  await ana.page.keyboard.press("Space");
  await saved(ana.page);
  await expect(ana.page.getByRole("radio", { name: "Measured" })).toBeChecked();

  // The keys are listed on ?, and Escape closes the list and gives the focus back to the page.
  await ana.page.keyboard.press("?");
  await expect(ana.page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await axe(ana.page);
  await ana.page.keyboard.press("3");
  await ana.page.keyboard.press("Escape");
  await expect(ana.page.getByRole("dialog", { name: "Keys" })).toBeHidden();
  await expect(ana.page.getByRole("radio", { name: "Less than one day" })).toBeChecked();

  // The facilitator reveals by keyboard too.
  await lead.page.getByRole("button", { name: "Reveal votes" }).focus();
  await lead.page.keyboard.press("Enter");
  await expect(ana.page.getByRole("table")).toBeVisible();

  // Without a level nothing is proposed: the facilitator chooses a survey, and Ana answers it by numbers and arrows.
  for (const title of [...questions.slice(1).map((question) => question.title), "Maturity", "Capability surveys"]) await next(lead.page, title);
  await expect(ana.page.getByRole("heading", { name: "No capability is chosen yet" })).toBeVisible();
  await lead.page.getByRole("button", { name: "Choose capabilities" }).focus();
  await lead.page.keyboard.press("Enter");
  const dialog = lead.page.getByRole("dialog", { name: "Which capabilities to survey" });
  await dialog.getByLabel(/Another capability/).selectOption({ label: "Working in small batches (3)" });
  await axe(lead.page);
  await dialog.getByRole("button", { name: "Add" }).press("Enter");
  await dialog.getByRole("button", { name: "Save the list" }).press("Enter");
  await expect(dialog).toBeHidden();
  await lead.page.getByRole("button", { name: "Open this survey" }).press("Enter");
  const statements = ana.page.locator("fieldset.item");
  await expect(statements).toHaveCount(3);
  await ana.page.keyboard.press("4");
  await ana.page.keyboard.press("2");
  await ana.page.keyboard.press("5");
  await allSaved(ana.page);
  await expect(statements.nth(1).getByRole("radio", { name: "Disagree", exact: true })).toBeChecked();
  await ana.page.keyboard.press("ArrowUp");
  await ana.page.keyboard.press("1");
  await allSaved(ana.page);
  await expect(statements.nth(1).getByRole("radio", { name: "Strongly disagree", exact: true })).toBeChecked();
  await expect(lead.page.getByRole("main").getByText("1 of 2 people have finished")).toBeVisible();
  await lead.page.getByRole("button", { name: "Close survey" }).press("Enter");
  await expect(ana.page.getByText("All your answers counted.")).toBeVisible();
  // The focus was in the form that went.
  await expect(ana.page.getByRole("heading", { level: 2, name: "Working in small batches" })).toBeFocused();
  // One person's answers are shown to nobody.
  await expect(ana.page.getByText("1 answer: too few to show")).toHaveCount(3);
});
