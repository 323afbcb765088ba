// What a first visit downloads before the page is interactive, compressed as the server sends it, against the budgets.
// Usage: node tools/bundle-budget.mjs [site folder]
import { readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const GOAL = 250 * 1024; // bytes of WASM + JS + CSS of a first visit to a room: what the product wants to reach
// The documents, and for each the parts of the bundle that it loads before it wakes up: the names of the functions behind which
// they are split off. `budget` is what it weighs today, rounded up: the test keeps it from growing by accident. Where a feature needs
// more, it is raised in the commit that brings the feature, and docs/decisions/0003-client-crate.md says what the bytes are.
const DOCUMENTS = [
  { name: "a room, joined at its first step", parts: ["take_over_room"], budget: 316 * 1024, goal: GOAL },
  { name: "a room at a later step, or to lead it", parts: ["take_over_room", "room_rest"], budget: 813 * 1024, goal: GOAL },
  { name: "any other page", parts: ["take_over_pages"], budget: 468 * 1024 },
  { name: "a page that is only read", parts: ["wake_reading"], budget: 94 * 1024 },
];

const site = process.argv[2] ?? "target/site";
const pkg = join(site, "pkg");

function fail(why) {
  console.error(why);
  process.exit(1);
}

const sizes = new Map();
function brotli(file) {
  if (!sizes.has(file)) {
    const bytes = readFileSync(join(pkg, file));
    const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
    const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_SIZE_HINT]: bytes.length };
    sizes.set(file, { raw: bytes.length, sent: brotliCompressSync(bytes, { params }).length });
  }
  return sizes.get(file);
}

if (!statSync(pkg, { throwIfNoEntry: false })?.isDirectory()) fail(`${pkg} is not there: build first (make run or make test).`);
const files = readdirSync(pkg);
const listed = files.find((file) => file.startsWith("__wasm_split_manifest") && file.endsWith(".json"));
if (!listed) fail(`no manifest of the parts in ${pkg}: the build is not complete, or was made without --split.`);
const manifest = Object.entries(JSON.parse(readFileSync(join(pkg, listed), "utf8")));
const filesOf = (part) => {
  const [, found] = manifest.find(([name]) => name.startsWith(part)) ?? fail(`no part named ${part} in ${listed}.`);
  return found.map((file) => `${file}.wasm`);
};
// Whatever no part lists is loaded by every document.
const apart = new Set(manifest.flatMap(([, found]) => found.map((file) => `${file}.wasm`)));
const always = files.filter((file) => [".wasm", ".js", ".css"].includes(extname(file)) && !apart.has(file));
const missing = [".wasm", ".js", ".css"].filter((kind) => !always.some((file) => extname(file) === kind));
if (missing.length > 0) fail(`no ${missing.join(", ")} in ${pkg}: the build is not complete, so the figures mean nothing.`);

const line = (what, raw, sent) => console.log(`  ${String(raw).padStart(9)}  ${String(sent).padStart(9)}  ${what}`);
let over = false;
for (const { name, parts, budget, goal } of DOCUMENTS) {
  const loads = [...new Set([...always, ...parts.flatMap(filesOf)])];
  loads.sort((a, b) => brotli(b).sent - brotli(a).sent);
  const sum = (key) => loads.reduce((total, file) => total + brotli(file)[key], 0);
  const sent = sum("sent");
  console.log(`${name}:`);
  line("file", "bytes", "brotli");
  for (const file of loads) line(file, brotli(file).raw, brotli(file).sent);
  line("all", sum("raw"), sent);
  line(`budget (${((100 * sent) / budget).toFixed(1)} % used)`, "", budget);
  if (goal) line(`goal (${(sent / goal).toFixed(2)} times of it)`, "", goal);
  if (sent > budget) {
    console.error(`over budget by ${sent - budget} bytes.`);
    over = true;
  }
}
if (over) process.exit(1);
