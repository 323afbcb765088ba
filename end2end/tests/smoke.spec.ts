import { axe, expect, hydrated, looks, shot, test } from "../fixtures.ts";

for (const path of ["/", "/about"]) {
  for (const { name, screen, colorScheme } of looks) {
    test(`${path} opens on ${name}`, async ({ person }) => {
      const { page } = await person("a visitor", { screen, colorScheme });
      await page.goto(path);
      await expect(page).toHaveTitle(/Checkpoint/);
      await hydrated(page);
      await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow, "nothing sticks out to the right").toBeLessThanOrEqual(0);
      await axe(page);
      await shot(page, `smoke${path === "/" ? "-home" : path.replaceAll("/", "-")}-${name}`);
    });
  }
}
