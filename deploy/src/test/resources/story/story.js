// One chapter of the story: node story.js CHAPTER [DETAIL...]. Prints what it found out as JSON in its last line.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { faults } from "./accessible.js";

const console_ = process.env.CONSOLE;
const letters = process.env.LETTERS;
const signedIn = "signed-in.json";
const person = { site: "cn1", email: "ada@weir.example", password: "a river runs by" };
const payer = { name: "acme", email: "pay@acme.example", password: "a dam holds it" };
const operator = "weir-operator";

const [chapter, ...details] = process.argv.slice(2);
const patience = 120_000; // milliseconds, for a machine that has much else to do
const browser = await chromium.launch({
  timeout: patience,
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
const context = await browser.newContext({
  baseURL: console_,
  locale: "en-GB",
  viewport: { width: 1200, height: 800 },
  storageState: existsSync(signedIn) ? signedIn : undefined,
});
context.setDefaultTimeout(patience);
const page = await context.newPage();
const broken = [];
page.on("pageerror", (error) => broken.push(`${page.url()}: ${error.message}`));
page.on("console", (message) => {
  if (message.type() === "error") broken.push(`${page.url()}: ${message.text()}`);
});

function require_(right, otherwise) {
  if (!right) throw new Error(`${page.url()}: ${otherwise}`);
}

async function open(path) {
  const answer = await page.goto(path);
  require_(answer.ok(), `answers ${answer.status()}`);
}

// Keeps the page as a picture. Everybody can use it, at the width of a desk and of a telephone, where nothing may stick out.
async function keep(name) {
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

// Fills the form that goes to this path, as a person would, and sends it.
async function send(action, fields) {
  const form = page.locator(`form[action="${action}"]`).first();
  for (const [name, value] of Object.entries(fields)) {
    const field = form.locator(`[name="${name}"]`).first();
    const kind = await field.evaluate((it) => (it.tagName === "SELECT" ? "select" : it.type));
    if (kind === "select") await field.selectOption(value);
    else if (kind === "checkbox") await field.check();
    else if (kind === "radio") await form.locator(`[name="${name}"][value="${value}"]`).check();
    else await field.fill(value);
  }
  await Promise.all([page.waitForNavigation(), form.locator("button").last().click()]);
  const refused = page.locator("[role=alert]");
  require_((await refused.count()) === 0, `refuses: ${(await refused.count()) && (await refused.innerText())}`);
}

// The newest code that was sent to this address.
async function code(email) {
  for (let look = 0; look < patience / 100; look++) {
    const sent = existsSync(letters) ? readFileSync(letters, "utf8").split(/^To: /m) : [];
    const mine = sent.filter((letter) => letter.startsWith(email) && /\b\d{6}\b/.test(letter));
    if (mine.length > used(email)) {
      return mine.at(-1).match(/\b\d{6}\b/)[0];
    }
    await new Promise((again) => setTimeout(again, 100));
  }
  throw new Error(`no code came to ${email}; ${letters} has: ${existsSync(letters) && readFileSync(letters, "utf8")}`);
}

function used(email) {
  return Number(existsSync(`codes-${email}`) ? readFileSync(`codes-${email}`, "utf8") : 0);
}

async function codeFor(email) {
  const found = await code(email);
  writeFileSync(`codes-${email}`, String(used(email) + 1));
  return found;
}

async function text() {
  return page.locator("main").innerText();
}

async function shows(...words) {
  const all = (await text()).replaceAll(/\s+/g, " ");
  for (const word of words) require_(all.includes(word), `does not show "${word}" but: ${all}`);
}

async function workspaceNamed(name) {
  await open("/workspaces");
  const link = page.getByRole("link", { name, exact: true });
  return (await link.getAttribute("href")).split("/").at(-1);
}

const chapters = {
  async register() {
    await open("/sign-in");
    await keep("sign-in");
    await open("/register");
    await send("/register", { email: person.email, plan: "FREE" });
    await keep("register");
    await send("/register/account", {
      code: await codeFor(person.email), site: person.site, name: "Ada", password: person.password,
    });
    if (page.url().includes("/sign-in")) {
      await send("/sign-in", { site: person.site, login: person.email, password: person.password });
    }
    await open("/workspaces");
    await send("/workspaces", { name: "Shop" });
    await keep("workspaces");
    return { workspace: await workspaceNamed("Shop") };
  },

  async free(shop) {
    await open(`/workspaces/${shop}`);
    await shows("Free");
    await keep("workspace");
    await open(`/workspaces/${shop}/usage`);
    await shows("250,000", "1,000,000");
    await keep("free-plan");
  },

  async upgrade(shop) {
    const steps = `/workspaces/${shop}/upgrade`;
    await open(steps);
    await keep("upgrade");
    await open(`${steps}/new`);
    await page.locator("[name=user-name]").fill(payer.name);
    await page.getByRole("status").filter({ hasText: /./ }).waitFor();
    await send(`${steps}/new`, {
      "user-name": payer.name, currency: "CNY", email: payer.email, password: payer.password,
      agreement: "weir-terms-2026-01",
    });
    await keep("upgrade-done");
    await open("/accounts");
    await shows(payer.name);
    await keep("accounts");
  },

  async "second-workspace"() {
    await open("/workspaces");
    await send("/workspaces", { name: "Search" });
    const search = await workspaceNamed("Search");
    const steps = `/workspaces/${search}/upgrade`;
    await open(`${steps}/existing`);
    await send(`${steps}/code`, { "user-name": payer.name });
    await keep("upgrade-existing");
    await send(`${steps}/existing`, { code: await codeFor(payer.email), agreement: "weir-terms-2026-01" });
    await open(`/workspaces/${search}/binding`);
    await shows(payer.name);
    await keep("binding");
    return { workspace: search };
  },

  async "fill-the-wallet"(shop) {
    await open("/operator/sign-in");
    await send("/operator/sign-in", { password: operator });
    await open("/operator/vouchers");
    await send("/operator/vouchers", { amount: "20", currency: "CNY", expires: "2026-12-31" });
    const voucher = await page.locator("main code").innerText();
    await open(`/workspaces/${shop}`);
    await open("/accounts");
    await send(`/workspaces/${shop}/fee-center`, {});
    await open("/fee-center/wallet");
    await send("/fee-center/wallet/top-up", { amount: "110.00" });
    await open("/fee-center/wallet");
    await send("/fee-center/wallet/card", { amount: "100", from: "cash" });
    await open("/fee-center/wallet");
    await send("/fee-center/wallet/voucher", { code: voucher });
    await open("/fee-center/wallet");
    await shows("20.00", "100.00", "10.00");
    await keep("wallet");
    await open("/fee-center/movements");
    await shows("110.00");
    await keep("movements");
  },

  async day(shop) {
    await open("/fee-center");
    await keep("fee-center");
    await open("/fee-center/bills?first=2026-03-31&last=2026-03-31");
    await shows("120.00", "15.00", "3.00");
    await keep("bills");
    await Promise.all([page.waitForNavigation(), page.locator("tbody a").first().click()]);
    await keep("bill-line");
    await open("/fee-center/wallet");
    // 138.00 are due: 20 by the voucher, 100 by the card, 10 in cash, and 8 are owed.
    await shows("-8.00");
    await open(`/workspaces/${shop}?month=2026-03`);
    await shows("123.00");
    await keep("plan-and-bills");
    await open(`/workspaces/${shop}/usage?day=2026-03-31&item=log`);
    await shows("80,000,000");
    await keep("usage");
    await open("/fee-center/wallet");
    await send("/fee-center/wallet/top-up", { amount: "50" });
  },

  async clouds(shop, search) {
    const dialog = `/workspaces/${shop}/settlement`;
    await open(dialog);
    const offered = () => page.locator("[name=settle-by]").evaluateAll((all) => all.map((it) => it.value));
    same(await offered(), ["ALIYUN", "FEE_CENTER"], "no cloud account, the site's cloud only");
    await keep("settlement");

    await chooseAnyCloud(true);
    await open(dialog);
    same(await offered(), ["ALIYUN", "HUAWEI", "FEE_CENTER"], "no cloud account, any cloud");

    await send(dialog, { "settle-by": "HUAWEI", customer: "hw-4711" });
    await open(`/workspaces/${search}/settlement`);
    const registered = (await offered())[0];
    same(await offered(), [registered, "ALIYUN", "HUAWEI", "FEE_CENTER"], "a cloud account, any cloud");
    require_(/^[0-9]+$/.test(registered), `recommends ${registered} first`);
    await keep("settlement-any-cloud");

    await chooseAnyCloud(false);
    await open(`/workspaces/${search}/settlement`);
    same(await offered(), [registered, "ALIYUN", "FEE_CENTER"], "a cloud account, the site's cloud only");
    await open(dialog);
    await shows("Huawei");
  },

  async statement() {
    await open("/fee-center/statements");
    await keep("statements");
    await Promise.all([page.waitForNavigation(), page.locator("tbody a").first().click()]);
    await shows("202603-000001", "138.00");
    await keep("statement");
    await open("/fee-center/bills?first=2026-03-31&last=2026-04-30");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.locator("a[download]").first().click(),
    ]);
    await download.saveAs("bills.csv");
    await open("/fee-center/clouds?first=2026-04-01&last=2026-04-30");
    await shows("Huawei Cloud hw-4711", "3.00");
    await keep("clouds");
    await open("/fee-center/alerts");
    await keep("alerts");
    await open("/fee-center/tokens");
    await keep("tokens");
  },

  async operator() {
    await open("/operator");
    await shows("No account is stopped.", "Nothing is held back.");
    await keep("operator");
    await open("/operator/clouds?first=2026-04-01&last=2026-04-30");
    await shows("Huawei Cloud hw-4711", payer.name, "3.00");
    await keep("operator-clouds");
    await Promise.all([page.waitForNavigation(), page.locator("tbody a").first().click()]);
    const cloud = new URL(page.url()).pathname;
    await open(`${cloud}/unsubscribe`);
    await shows("These workspaces are locked", "Shop");
    await keep("operator-cloud-unsubscribe");
    await open(cloud);
    await Promise.all([page.waitForNavigation(), page.getByRole("link", { name: "Release" }).first().click()]);
    await shows("Shop stays open.");
    await send(`${cloud}/release`, { why: "the customer asked for it" });
    await shows("Workspace released", "the customer asked for it");
    await keep("operator-cloud");
    await open("/operator/marketplace");
    await send("/operator/marketplace", { cloud: "HUAWEI", customer: "hw-0815", site: "cn4" });
    await keep("operator-marketplace");
    await open(new URL(await page.locator("[role=status] code").innerText()).pathname);
    await shows("Huawei Cloud hw-0815", "cn4");
    await keep("marketplace");
    await open("/fee-center?lang=zh");
    await shows("费用中心");
    await keep("fee-center-zh");
  },
};

async function chooseAnyCloud(any) {
  await open("/operator/accounts");
  await send("/operator/accounts/choice", { site: person.site, email: person.email, ...(any ? { any: "yes" } : {}) });
}

function same(found, expected, when) {
  require_(JSON.stringify(found) === JSON.stringify(expected), `${when}: offers ${found}, not ${expected}`);
}

try {
  require_(chapters[chapter], `there is no chapter ${chapter}`);
  const found = await chapters[chapter](...details);
  require_(broken.length === 0, broken.join("\n"));
  await context.storageState({ path: signedIn });
  console.log(`\n${JSON.stringify(found ?? {})}`);
} catch (error) {
  await page.screenshot({ path: `pages/failed-${chapter}.png`, fullPage: true });
  throw error;
} finally {
  await browser.close();
}
