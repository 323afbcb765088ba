import tests from "./playwright.config.ts";

// The measurements in a browser: run by `make bench`, never by `make test`. Without Playwright's trace, which takes a picture of
// every frame for a test that could fail: of 60 frames a second that cost between 2 and 16.
export default { ...tests, testDir: "bench", use: { ...tests.use, trace: "off" } };
