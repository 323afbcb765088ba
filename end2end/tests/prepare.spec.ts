// A facilitator prepares a checkpoint two weeks ahead, in the room that the squad will meet in.
import { axe, expect, hydrated, looks, shot, test } from "../fixtures.ts";
import { inDays, inRoom, join, setUp } from "../story.ts";

test.describe.serial("preparing", () => {
  let code: string;

  test("two weeks ahead, by keyboard and by drag", async ({ person, server }) => {
    test.setTimeout(150_000);
    const lead = await person("Varuna");
    const { page } = lead;
    await setUp(page, server);
    await page.goto("/start");
    await hydrated(page);
    await page.getByLabel("Squad", { exact: true }).fill("Partner Tooling");
    await page.getByLabel("Date", { exact: true }).fill(inDays(14));
    await page.getByLabel("Agenda", { exact: true }).selectOption("Two parts of one hour");
    await page.getByRole("button", { name: "Start a checkpoint" }).click();
    await page.waitForURL(/\/w\//);
    await inRoom(page);
    code = page.url().replace(/.*\/w\//, "");
    await expect(page.getByRole("heading", { level: 1, name: "Prepare this checkpoint" })).toBeVisible();
    const editor = page.getByRole("main");
    await expect(editor.getByText("Break. Part two begins here.")).toBeVisible();
    await axe(page);
    await shot(page, "prepare", { fullPage: true });

    const ana = await person("Ana", { screen: "phone" });
    await join(ana, code);
    await expect(ana.page.getByText("This checkpoint has not started yet")).toBeVisible();

    const names = () => editor.getByLabel(/^Name of step/).evaluateAll((all) => all.map((e) => (e as HTMLInputElement).value));
    const before = await names();
    expect(before.slice(0, 2)).toContain("Welcome");

    await test.step("rename and re-time", async () => {
      const place = before.indexOf("Setting the scene") + 1;
      const name = editor.getByLabel(`Name of step ${place}`, { exact: true });
      await name.fill("What we run");
      await name.press("Enter");
      await expect(ana.page.getByRole("main").getByText("What we run")).toBeVisible();
      const minutes = editor.getByLabel("Minutes of What we run");
      await minutes.fill("0");
      await minutes.press("Enter");
      await expect(editor.getByText("A step takes 1 to 120 minutes.")).toBeVisible();
      await expect(minutes).toHaveValue("0");
      await minutes.fill("9");
      await minutes.press("Enter");
      await expect(editor.getByText("A step takes 1 to 120 minutes.")).toHaveCount(0);
    });

    await test.step("reorder by keyboard: the focus stays, the place is told", async () => {
      const down = editor.getByRole("button", { name: "Move Lead time for changes down" });
      const place = (await names()).indexOf("Lead time for changes");
      await down.focus();
      await page.keyboard.press("Enter");
      await expect(editor.getByText(`Lead time for changes is now step ${place + 2} of ${before.length}.`)).toBeAttached();
      await expect(down).toBeFocused();
      expect((await names()).indexOf("Lead time for changes")).toBe(place + 1);
      const up = editor.getByRole("button", { name: "Move Lead time for changes up" });
      await up.focus();
      await page.keyboard.press("Enter");
      await expect(up).toBeFocused();
      await expect.poll(names).toEqual(before.map((name) => (name === "Setting the scene" ? "What we run" : name)));
    });

    await test.step("reorder by drag", async () => {
      const row = (name: string) => editor.locator(".plan__row").filter({ has: page.getByRole("button", { name: `Remove ${name}`, exact: true }) });
      await row("Lead time for changes").scrollIntoViewIfNeeded();
      const from = await row("Deployment frequency").locator(".plan__handle").boundingBox();
      const to = await row("Lead time for changes").boundingBox();
      await page.mouse.move(from!.x + from!.width / 2, from!.y + from!.height / 2);
      await page.mouse.down();
      await page.mouse.move(to!.x + 40, to!.y + 12, { steps: 5 });
      await page.mouse.move(to!.x + 40, to!.y + 4, { steps: 3 });
      await page.mouse.up();
      await expect.poll(async () => {
        const now = await names();
        return now.indexOf("Lead time for changes") - now.indexOf("Deployment frequency");
      }).toBe(1);
    });

    await test.step("an own step, and one less", async () => {
      await editor.getByLabel("Add a step").selectOption("Own step");
      await editor.getByRole("button", { name: "Add step" }).click();
      await expect.poll(names).toContain("Own step");
      await editor.getByRole("button", { name: "Remove Own step" }).click();
      await expect.poll(names).not.toContain("Own step");
    });

    await test.step("the welcome in own words", async () => {
      await editor.getByText("Welcome", { exact: true }).click();
      const text = editor.getByLabel("Text of Welcome");
      await expect(text).toHaveValue(/Why we are here/);
      await text.fill("## Good to see you\n\n<img src=https://evil.example/x.png>\n\nBring a cup of tea.");
      await editor.getByRole("button", { name: "Preview" }).click();
      await expect(editor.getByRole("group", { name: "Preview" }).getByRole("heading", { name: "Good to see you" })).toBeVisible();
      await editor.getByRole("button", { name: "Save text" }).click();
      await expect(editor.getByText("Changed for this checkpoint")).toBeVisible();
      await expect(ana.page.getByText("Bring a cup of tea.")).toBeVisible();
    });

    await test.step("choices, a template, another day", async () => {
      await editor.getByLabel("The facilitator votes too").check();
      await editor.getByText("Templates", { exact: true }).click();
      await editor.getByLabel("Keep this agenda as a template").fill("Ours");
      await editor.getByRole("button", { name: "Save as template" }).click();
      await expect(editor.getByText("The agenda is kept as a template.")).toBeVisible();
      await expect(editor.getByRole("button", { name: "Delete Ours" })).toBeVisible();
      await editor.getByLabel("Date", { exact: true }).fill(inDays(21));
      await editor.getByLabel("Begins at").fill("14:00");
      await editor.getByRole("button", { name: "Save the day" }).click();
      await expect(editor.getByText(/^Planned for .*, 14:00$/)).toBeVisible();
      await axe(page);
      await shot(page, "prepare-changed", { fullPage: true });
    });

    await test.step("invitation and calendar file", async () => {
      await lead.context.grantPermissions(["clipboard-read", "clipboard-write"]);
      await editor.getByRole("button", { name: "Copy invitation" }).click();
      await expect(editor.getByText("Copied")).toBeVisible();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      expect(copied).toContain(`/join/${code}`);
      expect(copied).toContain("14:00 (UTC");
      const [file] = await Promise.all([page.waitForEvent("download"), editor.getByRole("link", { name: "Calendar file" }).click()]);
      expect(file.suggestedFilename()).toBe(`checkpoint-${inDays(21)}.ics`);
    });
  });

  test("it is called off, opened again and started", async ({ person }) => {
    const lead = await person("Varuna");
    const { page } = lead;
    await page.goto("/sign-in");
    await hydrated(page);
    await page.getByLabel("E-mail address").fill("varuna@example.org");
    await page.getByLabel("Password").fill("ship small, ship often");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Varuna");
    await page.goto(`/w/${code}`);
    await inRoom(page);
    await page.getByRole("button", { name: "Cancel this checkpoint" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "This checkpoint is cancelled" })).toBeVisible();
    await axe(page);
    const late = await person("Late");
    await late.page.goto(`/join/${code}`);
    await expect(late.page.getByText("This checkpoint is cancelled")).toBeVisible();
    await page.getByRole("button", { name: "Open it again" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Prepare this checkpoint" })).toBeVisible();
    await page.getByRole("button", { name: "Start the checkpoint" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Welcome" })).toBeVisible();
    await expect(page.getByText("Bring a cup of tea.")).toBeVisible();
    await page.getByRole("button", { name: "Edit agenda" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Edit the agenda" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Remove Welcome", exact: true })).toBeDisabled();
    await axe(page);
  });

  test("on every screen in both colour schemes", async ({ person, browser }) => {
    expect(browser.isConnected()).toBe(true);
    for (const { name, screen, colorScheme } of looks) {
      const lead = await person(name, { screen, colorScheme });
      const { page } = lead;
      await page.goto("/sign-in");
      await hydrated(page);
      await page.getByLabel("E-mail address").fill("varuna@example.org");
      await page.getByLabel("Password").fill("ship small, ship often");
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toContainText("Varuna");
      await page.goto("/start");
      await hydrated(page);
      await page.getByLabel("Squad", { exact: true }).fill(`Squad ${name}`);
      await page.getByLabel("Date", { exact: true }).fill(inDays(14));
      await page.getByRole("button", { name: "Start a checkpoint" }).click();
      await page.waitForURL(/\/w\//);
      await inRoom(page);
      await axe(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wide, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
      await shot(page, `prepare-${name}`, { fullPage: true });
    }
  });
});
