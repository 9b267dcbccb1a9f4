// Somebody at a browser whom nothing stops: a page that does not come is loaded again; a form whose answer does not come is looked after,
// and sent again if nothing came of it.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { faults } from "./accessible.js";

const letters = process.env.LETTERS;
const signedIn = "signed-in.json";
const patience = 120_000; // milliseconds, for a machine that has much else to do
const away = /net::ERR_(CONNECTION|EMPTY_RESPONSE|INCOMPLETE|CONTENT_LENGTH)|another navigation to "chrome-error:/;
const toldOtherwise = /status of (422|503)|net::ERR_/; // a refusal is on the page, and what did not come is loaded again

export const person = { site: "cn1", email: "ada@weir.example", password: "a river runs by" };
export const payer = { name: "acme", email: "pay@acme.example", password: "a dam holds it" };

// Where one signs in, and with what.
const doors = {
  "/sign-in": { site: person.site, login: person.email, password: person.password },
  "/fee-center/sign-in": { login: payer.name, password: payer.password },
  "/operator/sign-in": { password: "weir-operator" },
};

const browser = await chromium.launch({
  timeout: patience,
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
const context = await browser.newContext({
  baseURL: process.env.CONSOLE,
  locale: "en-GB",
  viewport: { width: 1200, height: 800 },
  storageState: existsSync(signedIn) ? signedIn : undefined,
});
context.setDefaultTimeout(patience);
export const page = await context.newPage();

const broken = []; // what the page's own scripts and files did wrong
let torn = false; // whether something that belongs to the page did not come
page.on("pageerror", (error) => broken.push(`${page.url()}: ${error.message}`));
page.on("console", (message) => {
  if (message.type() === "error" && !toldOtherwise.test(message.text())) broken.push(`${page.url()}: ${message.text()}`);
});
page.on("requestfailed", (request) => (torn ||= away.test(request.failure().errorText)));
page.on("response", (response) => (torn ||= response.status() === 503));

export function require_(right, otherwise) {
  if (!right) throw new Error(`${page.url()}: ${otherwise}`);
}

// The answer did not come, so it is not known what became of what was asked.
class Lost extends Error {}

// Where a navigation led to.
async function arrival(navigation) {
  const answer = await navigation.catch((trouble) => {
    throw away.test(trouble.message) ? new Lost(trouble.message) : trouble;
  });
  if (answer.status() === 503) throw new Lost(`${page.url()} answers 503`);
  return answer;
}

// Does something again and again, until an answer comes, or a look shows that it was done without one.
export async function insist(deed, isDone = async () => false) {
  for (;;) {
    try {
      return await deed();
    } catch (trouble) {
      if (!(trouble instanceof Lost)) throw trouble;
      if (await insist(isDone)) return undefined;
    }
  }
}

// Tries until it is so.
export async function until(isSo, what) {
  for (let look = 0; look < patience / 100; look++) {
    if (await isSo()) return;
    await new Promise((again) => setTimeout(again, 100));
  }
  throw new Error(`${page.url()}: in ${patience} ms not ${what}`);
}

// Opens a page with all that belongs to it, and signs in where that has to be done again.
export async function open(path) {
  await until(() => comes(path), `open: ${path}`);
  const door = new URL(page.url()).pathname;
  if (door in doors && door !== path) {
    await signIn(door);
    await open(path);
  }
}

async function comes(path) {
  const brokenBefore = broken.length;
  torn = false;
  try {
    const answer = await arrival(page.goto(path));
    require_(answer.ok(), `answers ${answer.status()}`);
  } catch (trouble) {
    if (!(trouble instanceof Lost)) throw trouble;
    torn = true;
  }
  if (torn) broken.length = brokenBefore;
  return !torn;
}

export async function signIn(door) {
  await insist(async () => {
    await open(door);
    await send(door, doors[door]);
  });
}

// Whether the console knows the person.
export async function isKnown() {
  await open("/sign-in");
  return (await refusal("/sign-in", doors["/sign-in"])) === "";
}

// Goes where a link of this page leads.
export async function follow(link) {
  const here = page.url();
  await insist(async () => {
    if (page.url() !== here) await open(here);
    await click(link);
  });
}

// Takes a file that a link of this page offers.
export async function take(link, name) {
  const here = page.url();
  await insist(async () => {
    await open(here);
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    const trouble = await download.failure();
    if (trouble !== null) throw new Lost(`${name}: ${trouble}`);
    await download.saveAs(name);
  });
}

async function click(target) {
  torn = false;
  await arrival(Promise.all([page.waitForNavigation(), target.click()]).then(([answer]) => answer));
  if (torn) throw new Lost(`${page.url()} came only in part`);
}

// Fills the form that goes to this path, as a person would, and sends it.
export async function send(action, fields) {
  const why = await refusal(action, fields);
  require_(why === "", `refuses: ${why}`);
}

async function refusal(action, fields) {
  const form = page.locator(`form[action="${action}"]`).first();
  for (const [name, value] of Object.entries(fields)) {
    const field = form.locator(`[name="${name}"]`).first();
    const kind = await field.evaluate((it) => (it.tagName === "SELECT" ? "select" : it.type));
    if (kind === "select") await field.selectOption(value);
    else if (kind === "checkbox") await field.check();
    else if (kind === "radio") await form.locator(`[name="${name}"][value="${value}"]`).check();
    else await field.fill(value);
  }
  await click(form.locator("button").last());
  const refused = page.locator("[role=alert]");
  return (await refused.count()) === 0 ? "" : refused.innerText();
}

// The newest code that was sent to this address since the last one was read.
export async function codeFor(email) {
  const read = `codes-${email}`;
  const known = Number(existsSync(read) ? readFileSync(read, "utf8") : 0);
  let codes = [];
  await until(() => (codes = codesTo(email)).length > known, `a code at ${email}`);
  writeFileSync(read, String(codes.length));
  return codes.at(-1);
}

function codesTo(email) {
  const sent = existsSync(letters) ? readFileSync(letters, "utf8").split(/^To: /m) : [];
  return sent.filter((letter) => letter.startsWith(email)).flatMap((letter) => letter.match(/\b\d{6}\b/) ?? []);
}

async function text() {
  return (await page.locator("main").innerText()).replaceAll(/\s+/g, " ");
}

export async function shows(...words) {
  const all = await text();
  for (const word of words) require_(all.includes(word), `does not show "${word}" but: ${all}`);
}

// Whether a page shows these words.
export async function sees(path, words) {
  await open(path);
  return (await text()).includes(words);
}

// Keeps the page as a picture. Everybody can use it, at the width of a desk and of a telephone, where nothing may stick out.
export async function keep(name) {
  await page.screenshot({ path: `pages/${name}.png`, fullPage: true });
  await isForEverybody("at a desk");
  await page.setViewportSize({ width: 320, height: 640 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  require_(wide <= 320, `is ${wide} pixels wide on a telephone of 320`);
  await isForEverybody("on a telephone");
  await page.setViewportSize({ width: 1200, height: 800 });
}

async function isForEverybody(where) {
  const found = await faults(page);
  require_(found.length === 0, `is not for everybody ${where}:\n${found.join("\n")}`);
}

// Lets the person do something from beginning to end, stay signed in, and find nothing broken on the way.
export async function lives(deed, failed) {
  try {
    const found = await deed();
    require_(broken.length === 0, broken.join("\n"));
    await context.storageState({ path: signedIn });
    return found;
  } catch (error) {
    await page.screenshot({ path: `pages/failed-${failed}.png`, fullPage: true });
    throw error;
  } finally {
    await browser.close();
  }
}
