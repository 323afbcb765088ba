// The last step: three people say whether it was worth the time, one of them from the link and without script.
import { axe, expect, shot, test } from "../fixtures.ts";
import { join, setUp, startCheckpoint, walkTo } from "../story.ts";

test("the facilitator reads what three people say, and not who said it", async ({ person, server }) => {
  const lead = await person("Varuna");
  await setUp(lead.page, server);
  const code = await startCheckpoint(lead.page, { squad: "Partner Tooling" });
  const [ana, ben] = [await person("Ana", { screen: "phone" }), await person("Ben")];
  await join(ana, code);
  await join(ben, code);
  await walkTo(lead.page, "Feedback");

  for (const { page, word, keep } of [
    { page: ana.page, word: "5 Fully", keep: "The silent vote" },
    { page: ben.page, word: "4 Mostly", keep: "" },
  ]) {
    await expect(page.getByRole("heading", { level: 1, name: "Feedback" })).toBeVisible();
    await page.getByRole("group", { name: "Was this checkpoint worth the time?" }).getByText(word).click();
    await page.getByLabel("What should stay as it is? (optional)").fill(keep);
    await page.getByRole("button", { name: "Send" }).click();
    await expect(page.getByText("Your answer is saved. You can still change it.")).toBeVisible();
  }
  await expect(lead.page.getByText("2 answers so far.")).toBeVisible();
  await expect(lead.page.getByText("You read the answers here when there are at least 3.")).toBeVisible();
  await axe(ana.page);
  await shot(ana.page, "feedback-phone");

  const away = await person("on the train", { javaScriptEnabled: false, screen: "phone" });
  away.allow(/\/pkg\/.*\.js csp/); // a browser that runs no script refuses to fetch one
  await away.page.goto(`/feedback/${code}`);
  await away.page.getByText("2 Hardly").click();
  await away.page.getByLabel("What should change? (optional)").fill("Start on time");
  await away.page.getByRole("button", { name: "Send" }).click();
  await expect(away.page.getByText("Your answer is saved.")).toBeVisible();
  await expect(away.page.getByLabel("What should change? (optional)")).toHaveValue("Start on time");
  await shot(away.page, "feedback-without-script", { fullPage: true });

  const said = lead.page.getByRole("complementary");
  await expect(said.getByText("3.7 of 5 on average, from 3 answers.")).toBeVisible();
  await expect(said.getByText("The silent vote")).toBeVisible();
  await expect(said.getByText("Start on time")).toBeVisible();
  await expect(ana.page.getByText("Start on time")).toHaveCount(0);
  await axe(lead.page);
  await shot(lead.page, "feedback-lead");
});
