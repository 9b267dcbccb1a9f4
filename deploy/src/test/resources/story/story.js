// One chapter of the story: node story.js CHAPTER [DETAIL...]. Prints what it found out as JSON in its last line.
import {
  codeFor, follow, insist, isKnown, keep, lives, open, page, payer, person, require_, sees, send, shows, signIn, take, until,
} from "./person.js";

const [chapter, ...details] = process.argv.slice(2);

async function workspaceNamed(name) {
  await open("/workspaces");
  const link = page.getByRole("link", { name, exact: true });
  return (await link.getAttribute("href")).split("/").at(-1);
}

async function makeWorkspace(name) {
  await insist(async () => {
    await open("/workspaces");
    await send("/workspaces", { name });
  }, () => sees("/workspaces", name));
}

// Fills a form of the wallet; done when the wallet shows an amount that was not there before.
async function pay(form, fields, shownThen) {
  await insist(async () => {
    await open("/fee-center/wallet");
    await send(`/fee-center/wallet/${form}`, fields);
  }, () => sees("/fee-center/wallet", shownThen));
}

const chapters = {
  async register() {
    await open("/sign-in");
    await keep("sign-in");
    await insist(async () => {
      await open("/register");
      await send("/register", { email: person.email, plan: "FREE" });
      await keep("register");
      await send("/register/account", {
        code: await codeFor(person.email), site: person.site, name: "Ada", password: person.password,
      });
    }, isKnown);
    await makeWorkspace("Shop");
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
    await insist(async () => {
      await open(`${steps}/new`);
      await until(isUserNameJudged, "said whether the user name is free");
      await send(`${steps}/new`, {
        "user-name": payer.name, currency: "CNY", email: payer.email, password: payer.password,
        agreement: "weir-terms-2026-01",
      });
    }, () => sees("/accounts", payer.name));
    await open(`${steps}/done`);
    await keep("upgrade-done");
    await open("/accounts");
    await shows(payer.name);
    await keep("accounts");
  },

  async "second-workspace"() {
    await makeWorkspace("Search");
    const search = await workspaceNamed("Search");
    const steps = `/workspaces/${search}/upgrade`;
    await insist(async () => {
      await open(`${steps}/existing`);
      await send(`${steps}/code`, { "user-name": payer.name });
      await keep("upgrade-existing");
      await send(`${steps}/existing`, { code: await codeFor(payer.email), agreement: "weir-terms-2026-01" });
    }, () => sees(`/workspaces/${search}/binding`, payer.name));
    await open(`/workspaces/${search}/binding`);
    await shows(payer.name);
    await keep("binding");
    return { workspace: search };
  },

  async "fill-the-wallet"(shop) {
    await signIn("/operator/sign-in");
    // A code that nobody got to see is worth nothing: another one is made.
    const voucher = await insist(async () => {
      await open("/operator/vouchers");
      await send("/operator/vouchers", { amount: "20", currency: "CNY", expires: "2026-12-31" });
      return page.locator("main code").innerText();
    });
    await insist(async () => {
      await open("/accounts");
      await send(`/workspaces/${shop}/fee-center`, {});
    });
    await pay("top-up", { amount: "110.00" }, "110.00");
    await pay("card", { amount: "100", from: "cash" }, "100.00");
    await pay("voucher", { code: voucher }, "20.00");
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
    await follow(page.locator("tbody a").first());
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
    await pay("top-up", { amount: "50" }, "42.00");
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

    await insist(async () => {
      await open(dialog);
      await send(dialog, { "settle-by": "HUAWEI", customer: "hw-4711" });
    }, () => sees(dialog, "settled by: Huawei Cloud"));
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
    await follow(page.locator("tbody a").first());
    await shows("202603-000001", "138.00");
    await keep("statement");
    await open("/fee-center/bills?first=2026-03-31&last=2026-04-30");
    await take(page.locator("a[download]").first(), "bills.csv");
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
    await follow(page.locator("tbody a").first());
    const cloud = new URL(page.url()).pathname;
    await open(`${cloud}/unsubscribe`);
    await shows("These workspaces are locked", "Shop");
    await keep("operator-cloud-unsubscribe");
    await insist(async () => {
      await open(cloud);
      await follow(page.getByRole("link", { name: "Release" }).first());
      await shows("Shop stays open.");
      await send(`${cloud}/release`, { why: "the customer asked for it" });
    }, () => sees(cloud, "the customer asked for it"));
    await shows("Workspace released", "the customer asked for it");
    await keep("operator-cloud");
    await insist(async () => {
      await open("/operator/marketplace");
      await send("/operator/marketplace", { cloud: "HUAWEI", customer: "hw-0815", site: "cn4" });
    });
    await keep("operator-marketplace");
    await open(new URL(await page.locator("[role=status] code").innerText()).pathname);
    await shows("Huawei Cloud hw-0815", "cn4");
    await keep("marketplace");
    await open("/fee-center?lang=zh");
    await shows("费用中心");
    await keep("fee-center-zh");
  },
};

// Types a user name until the page says something about it.
async function isUserNameJudged() {
  await page.locator("[name=user-name]").fill("");
  await page.locator("[name=user-name]").fill(payer.name);
  const said = page.getByRole("status").filter({ hasText: /./ });
  return said.waitFor({ timeout: 5_000 }).then(() => true, () => false);
}

async function chooseAnyCloud(any) {
  await insist(async () => {
    await open("/operator/accounts");
    await send("/operator/accounts/choice", { site: person.site, email: person.email, ...(any ? { any: "yes" } : {}) });
  });
}

function same(found, expected, when) {
  require_(JSON.stringify(found) === JSON.stringify(expected), `${when}: offers ${found}, not ${expected}`);
}

require_(chapters[chapter], `there is no chapter ${chapter}`);
const found = await lives(() => chapters[chapter](...details), chapter);
console.log(`\n${JSON.stringify(found ?? {})}`);
