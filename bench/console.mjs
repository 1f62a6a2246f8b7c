// The browser's part of bench/console: node console.mjs, with VSS_TOKEN of root and the environment of tools/env. Prints JSON lines.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';

const env = process.env;
const { chromium } = createRequire(`${env.VSS_HOME}/test/`)('@playwright/test');
const base = `http://127.0.0.1:${env.PORT_API}`;
const slots = 500, changes = 200, tick = 50, seconds = 10, rounds = 3;
const line = (name, value, unit, floor, ok) => console.log(JSON.stringify({ name: `console: ${name}`, value: Math.round(value * 100) / 100, unit, floor, ok }));
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function rest(method, path, body, token = env.VSS_TOKEN) {
  const answer = await fetch(base + path, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: body && JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
  return text && JSON.parse(text);
}

/** Somebody who may see the Wall and has chosen a password. */
async function viewer() {
  const login = `bench-${Date.now()}`;
  const { first_password: first } = await rest('POST', '/point/people', { login, display_name: 'Bench', roles: ['viewer'] });
  const { access_token } = await rest('POST', '/point/login', { login, password: first.password }, '');
  const password = `${crypto.randomUUID()} long phrase`;
  await rest('POST', '/point/me/password', { current: first.password, next: password }, access_token);
  return { login, password };
}

/** A hub with as many slots; it is away, so that nobody else says how they are. */
async function fleet() {
  const { items } = await rest('GET', '/ottb/hubs?limit=100');
  const hub = items.find((one) => one.label === 'ls').id;
  await rest('POST', `/ottb/hubs/${hub}/slots`, { virtual_slots: slots });
  const numbers = [];
  for (let after = ''; after !== undefined; ) {
    const page = await rest('GET', `/ottb/slots?limit=500&q=hub:ls${after && `&after=${after}`}`);
    numbers.push(...page.items.map((one) => one.number));
    after = page.next;
  }
  if (numbers.length !== slots) throw new Error(`${numbers.length} slots instead of ${slots}`);
  return { hub, numbers };
}

function changer({ hub, numbers }) {
  const redis = spawn('redis-cli', ['-s', `${env.VSS_VAR}/run/redis.sock`], { stdio: ['pipe', 'ignore', 'inherit'] });
  const psql = spawn('psql', ['-XqAt', '-v', 'ON_ERROR_STOP=1', '-h', `${env.VSS_VAR}/run`, '-p', env.PORT_PG, '-U', 'postgres', '-d', env.VSS_DB], { stdio: ['pipe', 'ignore', 'inherit'] });
  const states = ['CALLING', 'ACTIVE_CALL', 'POSTCALL', 'IDLE'];
  let n = 0, told = 0;
  const timer = setInterval(() => {
    const since = new Date().toISOString();
    const some = Array.from({ length: (changes * tick) / 1000 }, () => {
      const number = numbers[(n * 7) % slots]; // 7 and 500 have no common factor: every slot has its turn
      return { number, hub, state: states[Math.floor(n++ / slots) % 4], since, epoch: n, version: 1000 + n, registered: true, locked: false, drained: false };
    });
    told += some.length;
    psql.stdin.write(`update ottb.slot s set state = v.state, since = '${since}', epoch = v.n, version = 1000 + v.n, registered = true from (values ${some.map((s) => `('${s.number}', '${s.state}', ${s.epoch})`).join(',')}) v(number, state, n) where s.number = v.number;\n`);
    redis.stdin.write(`XADD vss:slots MAXLEN ~ 20000 * deltas '${JSON.stringify(some)}'\n`);
  }, tick);
  const stop = async () => {
    clearInterval(timer);
    redis.stdin.end();
    psql.stdin.end();
    await Promise.all([redis, psql].map((one) => (one.exitCode === null ? new Promise((gone) => one.once('exit', gone)) : null)));
    if (psql.exitCode || redis.exitCode) throw new Error(`the changes did not arrive: psql ${psql.exitCode}, redis-cli ${redis.exitCode}`);
  };
  return { told: () => told, stop };
}

async function signedIn(browser, { login, password }) {
  const context = await browser.newContext({ baseURL: base, viewport: { width: 1920, height: 1080 } });
  const page = await context.newPage();
  await page.goto('/login');
  await page.locator('input[autocomplete=username]').fill(login);
  await page.locator('input[autocomplete=current-password]').fill(password);
  await page.locator('button[type=submit]').click();
  await page.locator('[data-line=live]').waitFor();
  return { context, page };
}

/** Milliseconds from the beginning of the navigation until the first slot stands on the screen; nothing is cached. */
async function firstData(browser, cookies) {
  const context = await browser.newContext({ baseURL: base, viewport: { width: 1920, height: 1080 }, storageState: cookies });
  await context.addInitScript(() => {
    const look = () => {
      if (document.querySelector('[data-number]')) requestAnimationFrame(() => (globalThis.firstData = performance.now()));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  const page = await context.newPage();
  await page.goto('/wall');
  const took = await page.waitForFunction(() => globalThis.firstData).then((it) => it.jsonValue());
  await context.close();
  return took;
}

/** While the slots change: frames, the longest one, changes of state that were drawn. */
const watch = (page) =>
  page.evaluate(
    (ms) =>
      new Promise((done) => {
        let frames = 0, longest = 0, drawn = 0, before = performance.now();
        const began = before;
        const observer = new MutationObserver((all) => (drawn += all.length));
        observer.observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-state'] });
        const frame = (now) => {
          frames++;
          longest = Math.max(longest, now - before);
          before = now;
          if (now - began < ms) return requestAnimationFrame(frame);
          observer.disconnect();
          done({ fps: (frames * 1000) / (now - began), longest, drawn, tiles: document.querySelectorAll('[data-number]').length });
        };
        requestAnimationFrame(frame);
      }),
    seconds * 1000,
  );

const who = await viewer();
const all = await fleet();
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const { context, page } = await signedIn(browser, who);
  const cookies = await context.storageState();
  const waits = [];
  for (let i = 0; i < 5; i++) waits.push(await firstData(browser, cookies));
  console.error(`data on the screen after ${waits.map((ms) => ms.toFixed(0)).join(', ')} ms`);

  await page.goto('/wall?q=hub:ls');
  await page.locator('[data-line=live]').waitFor();
  await page.locator('[data-number]').first().waitFor();
  const changing = changer(all);
  const seen = [];
  try {
    await pause(1000);
    for (let i = 0; i < rounds; i++) {
      const before = changing.told();
      const one = await watch(page);
      one.told = changing.told() - before;
      seen.push(one);
      console.error(`round ${i + 1}: ${one.fps.toFixed(1)} frames/s, longest ${one.longest.toFixed(0)} ms; ${one.told} changes told, ${one.drawn} drawn on ${one.tiles} tiles in sight`);
    }
  } finally {
    await changing.stop();
  }
  const fps = median(seen.map((one) => one.fps)), rate = median(seen.map((one) => one.told / seconds)), share = median(seen.map((one) => one.drawn / ((one.told * one.tiles) / slots)));
  line('Wall of 500 slots, frames a second', fps, '/s', 30, fps >= 30 && rate >= 0.95 * changes);
  line('changes offered', rate, '/s', 0, true);
  line('of the changes in sight, drawn', share, '', 0.9, share >= 0.9);
  line('data on the screen, at most', median(waits) / 1000, 's', 1.5, median(waits) <= 1500);
} finally {
  await browser.close();
}
