// What must make sense without JavaScript, and every page on every screen in both colour schemes.
import { axe, expect, hydrated, looks, shot, test } from "../fixtures.ts";
import { facilitator, join, next, questions, setUp, startCheckpoint, vote, walkTo } from "../story.ts";

test.describe.serial("reading", () => {
  let code: string;
  let summary: string;
  let shared: string;

  test("a checkpoint is held", async ({ person, server }) => {
    test.setTimeout(120_000);
    const lead = await person("Varuna");
    await setUp(lead.page, server);
    code = await startCheckpoint(lead.page, { squad: "Partner Tooling", tribe: "Partners", date: "2023-01-10" });
    const ana = await person("Ana");
    await join(ana, code);
    await lead.page.getByRole("button", { name: "Write down an action from before" }).click();
    await expect(lead.page.getByRole("heading", { level: 1, name: "Since last time" })).toBeVisible();
    await lead.page.getByRole("button", { name: "Write down an action from before" }).click();
    await lead.page.getByLabel("What was to be done").fill("Split the pipeline");
    await lead.page.getByLabel("Owner (optional)").fill("Ana");
    await lead.page.getByLabel("Due (optional)").fill("2023-02-01");
    await lead.page.getByRole("button", { name: "Write it down" }).click();
    await lead.page.getByRole("button", { name: "Bring everyone here" }).click();
    await expect(ana.page.getByRole("heading", { name: "Split the pipeline" })).toBeVisible();
    await next(lead.page, "Setting the scene");
    for (const { title, group, answer } of questions) {
      await next(lead.page, title);
      await expect(ana.page.getByRole("heading", { level: 1, name: title })).toBeVisible();
      await vote(ana.page, group, answer);
      await lead.page.getByRole("button", { name: "Reveal votes" }).click();
      await lead.page.getByRole("button", { name: "Agree", exact: true }).click();
      await expect(lead.page.getByText(`You agreed: ${answer}`)).toBeVisible();
    }
    await next(lead.page, "Maturity");
    await next(lead.page, "Capability surveys");
    await next(lead.page, "Capability focus");
    await walkTo(lead.page, "Summary");
    await lead.page.getByRole("button", { name: "Publish summary" }).click();
    await lead.page.getByRole("button", { name: /Publish as revision 1/ }).click();
    await expect(lead.page.getByText("Published as revision 1")).toBeVisible();
    await lead.page.goto("/checkpoints");
    summary = (await lead.page.getByRole("link", { name: "Partner Tooling" }).getAttribute("href"))!;
  });

  test("join, sign in, list and summary without JavaScript", async ({ person }) => {
    const reader = await person("no script", { javaScriptEnabled: false });
    reader.allow(/\/pkg\/.*\.js csp/); // a browser that runs no script refuses to fetch one
    const { page } = reader;
    await page.goto(`/join/${code}`);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Partner Tooling");
    await page.getByLabel("Your name").fill("Nora");
    await page.getByRole("button", { name: "Join", exact: true }).click();
    await expect(page).toHaveURL(/\/w\//);
    await expect(page.getByRole("heading", { level: 1, name: "Summary" })).toBeVisible();

    await page.goto("/checkpoints");
    await page.getByLabel("E-mail address").fill(facilitator.email);
    await page.getByLabel("Password").fill("a wrong password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByText("This address and this password do not belong together.")).toBeVisible();
    await page.goto("/checkpoints");
    await page.getByLabel("E-mail address").fill(facilitator.email);
    await page.getByLabel("Password").fill(facilitator.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(/\/checkpoints$/);
    await page.getByLabel("Level").selectOption("Elite");
    await page.getByRole("button", { name: /Show|Filter|Apply/ }).click();
    await expect(page).toHaveURL(/level=elite/);
    await page.getByLabel("Search").fill("PARTNER");
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByRole("link", { name: "Level, better than" }).click();
    await expect(page).toHaveURL(/q=PARTNER&level=elite&sort=level/);
    await page.getByRole("link", { name: "2025" }).click();
    await expect(page.getByRole("main")).toContainText("8.8 of 10");
    await page.goBack();
    await page.getByRole("link", { name: "Partner Tooling" }).click();
    await expect(page.getByRole("main")).toContainText("89 %");
    await shot(page, "summary-without-script", { fullPage: true });

    await page.goto("/actions");
    await page.getByLabel("Owner").selectOption("Me");
    await page.getByRole("button", { name: "Filter" }).click();
    await expect(page).toHaveURL(/who=mine/);
    await expect(page.getByText("No action fits these filters.")).toBeVisible();
    await page.goto("/squads/partner-tooling");
    await page.getByRole("button", { name: "Make a link" }).click();
    shared = new URL((await page.locator(".once code").textContent())!).pathname;
    await page.goto(shared);
    await expect(page.getByRole("heading", { level: 1, name: "Actions of Partner Tooling" })).toBeVisible();
    await page.getByText("Change Split the pipeline").click();
    await page.getByLabel("How far is it").selectOption("In progress");
    await page.getByLabel("Note").fill("Half of it");
    await shot(page, "shared-actions-without-script", { fullPage: true });
    await page.getByLabel("Your name").fill("Nora");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("“Half of it”").first()).toBeVisible();
    await expect(page.getByText("overdue by")).toBeVisible();

    await page.goto("/admin/import");
    const table = "squad,date,level,link\nPayments,2022-10-11,Medium,https://wiki.example/1\n";
    const files = page.getByLabel("Files", { exact: true });
    await files.setInputFiles({ name: "past.csv", mimeType: "text/csv", buffer: Buffer.from(`${table}Payments,soon,,\n`) });
    await page.getByRole("button", { name: "Look at the files" }).click();
    await expect(page.getByText("past.csv, line 3")).toBeVisible();
    await shot(page, "import-refused", { fullPage: true });
    await files.setInputFiles({ name: "past.csv", mimeType: "text/csv", buffer: Buffer.from(table) });
    await page.getByRole("button", { name: "Look at the files" }).click();
    await page.getByRole("button", { name: "Import this page" }).click();
    await expect(page.getByText("1 page imported.")).toBeVisible();
    await shot(page, "imported", { fullPage: true });
    await page.getByRole("link", { name: "Payments, 11 Oct 2022" }).click();
    await expect(page.getByText("held elsewhere and imported on")).toBeVisible();
    await shot(page, "imported-summary", { fullPage: true });

    await page.goto("/admin/retention");
    await page.getByLabel("Erase display names after (days)").fill("365");
    await page.getByRole("button", { name: "Look at what would follow" }).click();
    await expect(page.getByText("As of now nothing is old enough")).toBeVisible();
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Now display names are erased after 365 days")).toBeVisible();
    await page.goto(`${summary}/names`);
    await shot(page, "names-to-erase", { fullPage: true });
    await page.getByLabel("I am sure").check();
    await page.getByRole("button", { name: "Erase these names" }).click();
    await expect(page.getByText("No display name is left in this checkpoint.")).toBeVisible();
    await page.getByRole("link", { name: "Back to the summary" }).click();
    await expect(page.getByText(/^Person 1, Person /)).toBeVisible();
    await expect(page.getByText("Nora")).toHaveCount(0);
  });

  test("two people who say different things of an action hear of each other", async ({ person }) => {
    const reader = await person("Varuna");
    reader.allow(/status of 409/); // the browser’s own word about the second change
    const first = reader.page;
    await first.goto("/sign-in?next=/actions");
    await first.getByLabel("E-mail address").fill(facilitator.email);
    await first.getByLabel("Password").fill(facilitator.password);
    await first.getByRole("button", { name: "Sign in" }).click();
    await expect(first.getByRole("heading", { level: 1, name: "Actions" })).toBeVisible();
    const second = await reader.context.newPage();
    await second.goto("/actions");
    for (const page of [first, second]) {
      await hydrated(page);
      await page.getByText("Change Split the pipeline").click();
    }
    await first.getByLabel("Note").fill("Nearly there");
    await first.getByRole("button", { name: "Save" }).click();
    await expect(first.getByText("“Nearly there”").first()).toBeVisible();
    await second.getByLabel("How far is it").selectOption("Not started");
    await second.getByLabel("Note").fill("From the beginning");
    await second.getByRole("button", { name: "Save" }).click();
    await expect(second.getByRole("alert").filter({ hasText: "set this to “In progress” with the note “Nearly there”" })).toBeVisible();
    await expect(second.getByLabel("Note")).toHaveValue("From the beginning");
    await axe(second);
    await shot(second, "actions-conflict", { fullPage: true });
    await second.getByRole("button", { name: "Save" }).click();
    await expect(second.getByText("“From the beginning”").first()).toBeVisible();
  });

  for (const { name, screen, colorScheme } of looks) {
    test(`every page on ${name}`, async ({ person }) => {
      const { page } = await person("Varuna", { screen, colorScheme });
      const look = async (path: string, file: string) => {
        await page.goto(path);
        await hydrated(page);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(overflow, `nothing of ${path} sticks out to the right`).toBeLessThanOrEqual(0);
        await axe(page);
        await shot(page, `look-${file}-${name}`, { fullPage: true });
      };
      await look("/", "home-signed-out");
      await look("/about", "about");
      await look("/capabilities", "capabilities");
      await look(`/join/${code}`, "join");
      await look("/sign-in", "sign-in");
      await page.getByLabel("E-mail address").fill(facilitator.email);
      await page.getByLabel("Password").fill(facilitator.password);
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toContainText("Varuna");
      await look("/", "home");
      await look("/start", "start");
      await look("/checkpoints", "checkpoints");
      await look("/checkpoints?edition=2025&q=part", "checkpoints-under-2025");
      await look("/compare", "compare-none");
      await look(summary, "summary");
      await look("/actions", "actions");
      await look("/actions?outside=1", "actions-outside");
      await look("/squads/partner-tooling", "squad");
      await look("/organisation", "organisation");
      await look(shared, "shared-actions");
      await look("/admin", "admin");
      await look("/admin/import", "import");
      await look("/admin/changes", "changes");
      await look("/admin/retention?names=365&drafts=90", "retention");
      await look(`${summary}/names`, "names");
      await look("/account", "account");
      await look(`/w/${code}`, "room");
    });
  }
});
