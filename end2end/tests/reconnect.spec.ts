// Bad days: the server is killed, the network goes, a second device asks for a seat.
import { axe, expect, hydrated, shot, test } from "../fixtures.ts";
import { ballot, inRoom, join, next, questions, setUp, startCheckpoint, vote } from "../story.ts";

const [leadTime] = questions;

test.describe.serial("a bad day", () => {
  let code: string;

  test("a killed server comes back with every ballot", async ({ person, server }) => {
    const lead = await person("Varuna");
    await setUp(lead.page, server);
    code = await startCheckpoint(lead.page, { squad: "Checkout" });
    const [ana, ben] = [await person("Ana"), await person("Ben")];
    await join(ana, code);
    await join(ben, code);
    await next(lead.page, "Setting the scene");
    await next(lead.page, leadTime.title);
    await vote(ana.page, leadTime.group, "Less than one hour");
    for (const somebody of [lead, ana, ben]) somebody.allow(/WebSocket connection/, /ERR_CONNECTION_REFUSED/);

    await server.kill9();
    await expect(ana.page.getByText(/The connection is lost/)).toBeVisible({ timeout: 3_000 });
    await shot(ana.page, "room-lost");
    await axe(ana.page);
    // Ben votes while the server is down; his ballot waits and is not called saved.
    await ballot(ben.page, leadTime.group).getByText("One day to one week", { exact: true }).click();
    await expect(ben.page.getByText("Saved, change it until the reveal")).toBeHidden();

    await server.start();
    for (const { page } of [lead, ana, ben]) await inRoom(page);
    await expect(ana.page.getByRole("radio", { name: "Less than one hour" })).toBeChecked();
    await expect(ben.page.getByText("Saved, change it until the reveal")).toBeVisible();
    await expect(lead.page.getByRole("heading", { name: "2 of 2 voted" })).toBeVisible();
    await lead.page.getByRole("button", { name: "Reveal votes" }).click();
    for (const { page } of [lead, ana, ben]) await expect(page.getByRole("heading", { name: "Far apart" })).toBeVisible();
  });

  test("a browser without a network says so and resumes without reloading", async ({ person, server }) => {
    const ana = await person("Anouk");
    await join(ana, code);
    ana.allow(/WebSocket connection/, /ERR_INTERNET_DISCONNECTED/);
    await ana.page.evaluate(() => Object.assign(globalThis, { notReloaded: true }));
    await ana.context.setOffline(true);
    await expect(ana.page.getByText(/The connection is lost/)).toBeVisible({ timeout: 4_000 });
    await ana.context.setOffline(false);
    await inRoom(ana.page);
    expect(await ana.page.evaluate(() => "notReloaded" in globalThis)).toBe(true);
    expect(server.running).toBe(true);
  });

  test("a reload finds the same seat, and another device asks for it", async ({ person }) => {
    const cleo = await person("Cleo");
    await join(cleo, code);
    await cleo.page.reload();
    await inRoom(cleo.page);

    const lead = await person("Varuna again");
    await lead.page.goto("/sign-in?next=/w/" + code);
    await hydrated(lead.page);
    await lead.page.getByLabel("E-mail address").fill("varuna@example.org");
    await lead.page.getByLabel("Password").fill("ship small, ship often");
    await lead.page.getByRole("button", { name: "Sign in" }).click();
    await lead.page.waitForURL(/\/w\//);
    await inRoom(lead.page);

    const phone = await person("Cleo's phone", { screen: "phone" });
    await phone.page.goto(`/join/${code}`);
    await hydrated(phone.page);
    await phone.page.getByLabel("Your name").fill("cleo");
    await phone.page.getByRole("button", { name: "Join", exact: true }).click();
    await expect(phone.page.getByText(/Cleo is in the room already/)).toBeVisible();
    await expect(phone.page.getByLabel("Your name")).toHaveValue("cleo");
    await phone.page.getByRole("button", { name: "Ask for my seat" }).click();
    await expect(phone.page.getByText("Waiting for the facilitator")).toBeVisible();

    await lead.page.getByRole("button", { name: /asks for a seat/ }).click();
    await expect(lead.page.getByRole("dialog", { name: "Who is here" })).toBeVisible();
    await axe(lead.page);
    await shot(lead.page, "room-people");
    await lead.page.getByRole("button", { name: "Let Cleo in" }).click();
    await phone.page.waitForURL(/\/w\//);
    await inRoom(phone.page);
  });
});
