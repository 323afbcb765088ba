import tests from "./playwright.config.ts";

// The measurements in a browser: run by `make bench`, never by `make test`.
export default { ...tests, testDir: "bench" };
