// What a first visit downloads before the page is interactive, compressed as the server sends it, against the budget.
// Usage: node tools/bundle-budget.mjs [site folder]
import { readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const GOAL = 250 * 1024; // bytes of WASM + JS + CSS: what the product wants to reach
// What it weighs today, rounded up: the test keeps it from growing until the goal is met. It may only ever be lowered;
// docs/decisions/0003-client-crate.md says what the bytes are made of and what was tried.
const BUDGET = 600 * 1024;
const KINDS = new Set([".wasm", ".js", ".css"]);
// Parts that are fetched only later, when somebody needs them. Name them here with the reason; nothing is exempt by default.
const LATER = [];

const site = process.argv[2] ?? "target/site";

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

function brotli(bytes) {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
  return brotliCompressSync(bytes, { params: { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;
}

if (!statSync(site, { throwIfNoEntry: false })?.isDirectory()) {
  console.error(`${site} is not there: build first (make run or make test).`);
  process.exit(1);
}

const rows = files(site)
  .filter((file) => KINDS.has(extname(file)) && !LATER.includes(relative(site, file)))
  .map((file) => {
    const bytes = readFileSync(file);
    return { file: relative(site, file), raw: bytes.length, sent: brotli(bytes) };
  })
  .sort((a, b) => b.sent - a.sent);
const total = rows.reduce((sum, row) => ({ raw: sum.raw + row.raw, sent: sum.sent + row.sent }), { raw: 0, sent: 0 });

const line = (file, raw, sent) => console.log(`  ${String(raw).padStart(9)}  ${String(sent).padStart(9)}  ${file}`);
line("file", "bytes", "brotli");
for (const row of rows) line(row.file, row.raw, row.sent);
line("all", total.raw, total.sent);
line(`budget (${((100 * total.sent) / BUDGET).toFixed(1)} % used)`, "", BUDGET);
line(`goal (${(total.sent / GOAL).toFixed(2)} times of it)`, "", GOAL);

const missing = [...KINDS].filter((kind) => !rows.some((row) => extname(row.file) === kind));
if (missing.length > 0) {
  console.error(`no ${missing.join(", ")} in ${site}: the build is not complete, so the figure means nothing.`);
  process.exit(1);
}
if (total.sent > BUDGET) {
  console.error(`over budget by ${total.sent - BUDGET} bytes.`);
  process.exit(1);
}
