// The edge alone against everything we know that could go through it: node --test engines/kamailio/test/
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import * as attack from './attack.mjs';
import { ask, build, open_peer, sdp, sleep, token } from './sip.mjs';
import { carrier, control_plane, media, reply_to, start_edge, tcp_carrier } from './stack.mjs';

let edge, world, ast, one, two, plane;
const permit = () => `p-${token(16)}`;
const yes = (trunks) => (e) => ({ ok: 1, user: e.to, trunks, cli: '+15558880001' });
const number = '+12125550100';
const until = async (test, ms = 3000) => { for (const end = Date.now() + ms; Date.now() < end; await sleep(10)) { const v = test(); if (v) return v; } return test(); };
const quiet = () => one.invites.length + two.invites.length;
const strangers = (peer) => peer.heard.filter((m) => m.method && m.method !== 'OPTIONS');

before(async () => {
  edge = await start_edge();
  world = { edge, realm: 'vss.local', carrier: { ip: edge.address.carrier, port: edge.ports.carrier }, slot: { user: '7001', password: 'pw7001' }, other: { user: '7002', password: 'pw7002' }, number };
  ast = await media(edge); one = await carrier(edge); two = await carrier(edge, 'second');
  plane = await control_plane(edge, { decide: yes('15') });
});
after(async () => { plane?.close(); for (const p of [ast, one, two]) await p?.close(); await edge?.stop(); });
beforeEach(async () => { await sleep(40); for (const p of [one, two]) { p.heard.length = 0; p.invites.length = 0; p.answer = () => [180, 200]; p.cancels = true; } ast.heard.length = 0; plane.events.length = 0; plane.decide = yes('15'); });

describe('a lead call', () => {
  it('carries the caller ID, none of our headers, and tells its story', async () => {
    const p = permit();
    const { status, dialog } = await ast.lead(number, p);
    assert.equal(status, 200);
    const seen = one.invites[0];
    assert.equal(seen.first, `INVITE sip:${number}@${edge.address.carrier}:${edge.ports.carrier} SIP/2.0`);
    assert.match(seen.header('From'), /^<?sip:\+15558880001@vss\.local/);
    assert.match(seen.header('P-Asserted-Identity'), /\+15558880001/);
    assert.doesNotMatch(seen.raw, /X-VSS|7001|p-[0-9a-f]{32}/i);
    assert.ok(await until(() => plane.of('dlg_start').find((e) => e.permit === p && e.leg === 'lead' && e.trunk === '15')));
    await ast.send(ast.within(dialog, 'BYE'), edge);
    assert.ok(await until(() => plane.of('dlg_end').find((e) => e.permit === p)));
    assert.equal((await edge.rpc('dlg.profile_get_size', 'trunk', '15')), 0, 'the channel is free at once');
    assert.equal(plane.bad, 0);
  });
  it('speaks the dialect of its trunk', async () => {
    plane.decide = yes('16');
    assert.equal((await ast.lead(number, permit())).status, 200);
    assert.match(two.invites[0].first, /^INVITE sip:81012125550100@/);
    assert.match(two.invites[0].header('Remote-Party-ID'), /\+15558880001/);
    assert.equal(two.invites[0].all('P-Asserted-Identity').length, 0);
  });
  it('goes to the next trunk after a final 5xx before any 18x', async () => {
    plane.decide = yes('15,16'); one.answer = () => [100, 503];
    assert.equal((await ast.lead(number, permit())).status, 200);
    assert.deepEqual([one.invites.length, two.invites.length], [1, 1]);
    await until(() => plane.of('trunk_result').length > 0);
    assert.deepEqual(plane.of('trunk_result').map((e) => [e.trunk, e.code, e.more]), [[15, 503, 1]]);
  });
  for (const [what, answer, status, saw] of [['5xx after 180', [180, 503], 500, 180], ['busy', [180, 486], 486, 180], ['decline', [603], 603, 0], ['moved', [302], 503, 0], ['asked to authenticate', [401], 503, 0]])
    it(`does not go to the next trunk: ${what}`, async () => {
      plane.decide = yes('15,16'); one.answer = () => answer;
      const got = await ast.lead(number, permit());
      assert.ok(got.status === status || (status === 500 && got.status === 503), `${got.status}`);
      assert.equal(two.invites.length, 0);
      const r = await until(() => plane.of('trunk_result')[0]); // it travels beside the answer
      assert.deepEqual([r.saw, r.timeout, r.more], [saw, 0, 0]);
    });
  it('silence is told as silence, and nobody else is tried', async () => {
    plane.decide = yes('15,16'); one.answer = () => null;
    assert.equal((await ast.lead(number, permit())).status, 504);
    assert.equal(two.invites.length, 0);
    await until(() => plane.of('trunk_result').length > 0);
    assert.deepEqual(plane.of('trunk_result').map((e) => [e.saw, e.timeout, e.more]), [[0, 1, 0]]);
  });
  it('no free channel on one trunk is the next trunk\'s call', async () => {
    plane.decide = yes('18');
    const calls = []; for (let n = 0; n < 3; n++) calls.push(await ast.lead(number, permit()));
    assert.deepEqual(calls.map((c) => c.status), [200, 200, 200]);
    assert.equal((await ast.lead(number, permit())).status, 503);
    plane.decide = yes('18,16');
    assert.equal((await ast.lead(number, permit())).status, 200);
    for (const c of calls) await ast.send(ast.within(c.dialog, 'BYE'), edge);
    await sleep(200); plane.decide = yes('18');
    assert.equal((await ast.lead(number, permit())).status, 200);
  });
});

describe('trunks of other kinds', () => {
  it('TCP: the call and its end travel over the connection', async () => {
    const tcp = await tcp_carrier(edge);
    plane.decide = yes('19');
    const { status, dialog } = await ast.lead(number, permit());
    assert.equal(status, 200);
    assert.match(tcp.heard[0].first, /transport=tcp/);
    await ast.send(ast.within(dialog, 'BYE'), edge);
    assert.ok(await until(() => tcp.heard.find((m) => m.method === 'BYE')));
    tcp.close();
  });
  const md5 = (t) => createHash('md5').update(t).digest('hex');
  const proves = (m, method) => {
    const a = m.header('Authorization') || m.header('Proxy-Authorization');
    const of = (n) => new RegExp(`${n}="?([^",]+)`).exec(a)?.[1] ?? '';
    return of('username') === 'acct' && of('response') === md5(of('qop') ? `${md5('acct:carrier:secret')}:${of('nonce')}:${of('nc')}:${of('cnonce')}:auth:${md5(`${method}:${of('uri')}`)}` : `${md5('acct:carrier:secret')}:${of('nonce')}:${md5(`${method}:${of('uri')}`)}`);
  };
  it('asked to authenticate: it does, once, under its own name', async () => {
    plane.decide = yes('20');
    one.answer = (m) => { if (proves(m, 'INVITE')) return [180, 200]; reply_to(one, m, 407, { extra: ['Proxy-Authenticate: Digest realm="carrier", nonce="n1", algorithm=MD5, qop="auth"'] }); return null; };
    const { status, dialog } = await ast.lead(number, permit());
    assert.equal(status, 200);
    assert.equal(one.invites.length, 2);
    assert.match(one.invites[1].header('From'), /sip:acct@/);
    await ast.send(ast.within(dialog, 'BYE'), edge);
    const bye = await until(() => one.heard.find((m) => m.method === 'BYE'));
    assert.ok(Number(bye.header('CSeq').split(' ')[0]) > Number(one.invites[1].header('CSeq').split(' ')[0]), 'the BYE counts on from the second INVITE');
    one.answer = (m) => { reply_to(one, m, 407, { extra: ['Proxy-Authenticate: Digest realm="carrier", nonce="n2", algorithm=MD5, qop="auth"'] }); return null; };
    one.invites.length = 0;
    assert.equal((await ast.lead(number, permit())).status, 503);
    assert.equal(one.invites.length, 2, 'a second refusal is final');
  });
  it('registers where the trunk wants it, with HA1, and is called back at that contact', async () => {
    const registers = [];
    one.other = (m) => {
      if (m.method !== 'REGISTER') return;
      const good = proves(m, 'REGISTER');
      registers.push([good, m.header('Contact')]);
      if (good) reply_to(one, m, 200, { contact: false, extra: [`Contact: ${m.header('Contact')};expires=60`] });
      else reply_to(one, m, 401, { contact: false, extra: ['WWW-Authenticate: Digest realm="carrier", nonce="r1", algorithm=MD5, qop="auth"'] });
    };
    edge.write_registrations([{ id: 20, user: 'acct', host: one.ip, port: one.port, realm: 'carrier', ha1: md5('acct:carrier:secret'), expires: 60 }]);
    await edge.rpc('uac.reg_reload');
    assert.ok(await until(() => registers.some(([good]) => good), 8000), JSON.stringify(registers));
    assert.match(registers[0][1], new RegExp(`trunk20@${edge.ip}:${edge.port}`));
    delete one.other;
  });
});

describe('calls per second', () => {
  it('never more than the limit in any second, also while tables are reloaded', async () => {
    plane.decide = yes('17'); one.answer = () => [486];
    const all = [], until_ms = Date.now() + 4300;
    while (Date.now() < until_ms) { all.push(ast.lead(number, permit())); if (all.length % 20 === 0) await edge.reload('trunk'); await sleep(60); }
    const statuses = (await Promise.all(all)).map((c) => c.status);
    const times = one.invites.map((m) => m.at);
    // on the wire it is 1050 ms; this process sees packets up to some tens of milliseconds late
    for (let i = 0; i + 5 < times.length; i++) assert.ok(times[i + 5] - times[i] >= 950, `6 calls in ${times[i + 5] - times[i]} ms`);
    assert.ok(times.length >= 20, `${times.length} calls left`);
    assert.equal(statuses.filter((s) => s === 503).length + times.length, statuses.length);
  });
  it('a new limit counts from the next call on', async () => {
    await sleep(1100);
    edge.write('trunk', { ...edge.tables.trunk, '17:cps': 2 }); await edge.reload('trunk');
    plane.decide = yes('17'); one.answer = () => [486];
    const got = await Promise.all(Array.from({ length: 10 }, () => ast.lead(number, permit())));
    const left = got.filter((c) => c.status === 486).length;
    assert.ok(left === 4, `two at once, two more within the wait: ${left}`);
  });
  it('a call that meets the limit waits for its turn', async () => {
    await sleep(1100);
    edge.write('trunk', { ...edge.tables.trunk, '17:cps': 5 }); await edge.reload('trunk');
    plane.decide = yes('17'); one.answer = () => [486];
    const got = await Promise.all(Array.from({ length: 9 }, () => ast.lead(number, permit())));
    assert.deepEqual(got.map((c) => c.status), Array(9).fill(486));
  });
});

describe('a permit', () => {
  it('is asked about every time; what the control plane refuses never leaves', async () => {
    plane.decide = () => ({ ok: 0, code: 403, reason: 'Permit used' });
    assert.equal((await ast.lead(number, permit())).status, 403);
    assert.equal(quiet(), 0);
  });
  it('twenty at once, one allowed: one leaves', async () => {
    const p = permit(), sent = new Set();
    plane.decide = (e) => (sent.has(e.permit) ? { ok: 0, code: 403, reason: 'used' } : (sent.add(e.permit), yes('15')(e)));
    const got = await Promise.all(Array.from({ length: 20 }, () => ast.lead(number, p)));
    assert.equal(got.filter((c) => c.status === 200).length, 1);
    assert.equal(one.invites.length, 1);
  });
  it('malformed, absent or doubled is refused before anybody is asked', async () => {
    for (const extra of [[], ['X-VSS-Permit: p-123'], [`X-VSS-Permit: ${permit()}`, `X-VSS-Permit: ${permit()}`], [`X-VSS-Permit: ${permit().toUpperCase()}`], ['X-VSS-Permit: ']])
      assert.equal((await ast.call(`sip:${number}@${edge.ip}:${edge.port}`, extra)).status, 403, extra.join());
    for (const user of ['12125550100', '+1212555', `${number}%20`, '+', '112'])
      assert.equal((await ast.lead(user, permit())).status, user === '+1212555' ? 200 : 403, user);
    assert.equal(plane.of('route').filter((e) => e.to !== '+1212555').length, 0);
  });
  it('a do-not-call number stops here, also when the control plane rewrites to it', async () => {
    assert.equal((await ast.lead('+12125550666', permit())).status, 603);
    assert.equal(plane.of('blocked')[0].why, 'dnc');
    plane.decide = () => ({ ok: 1, user: '+12125550666', trunks: '15', cli: '+15558880001' });
    assert.equal((await ast.lead(number, permit())).status, 603);
    assert.equal(quiet(), 0);
    await edge.rpc('htable.sets', 'dnc', edge.dnc_hash(number), '1');
    assert.equal((await ast.lead(number, permit())).status, 603, 'an opt-out counts at once');
    await edge.rpc('htable.delete', 'dnc', edge.dnc_hash(number));
  });
});

describe('the control plane', () => {
  it('answers that are not answers let nothing out', async () => {
    for (const a of [{ ok: 1 }, { ok: 1, user: number, trunks: '15', cli: 'x' }, { ok: 1, user: `${number}\r\nX: y`, trunks: '15', cli: '+15558880001' }, { ok: 1, user: number, trunks: '15;16', cli: '+15558880001' },
      { ok: '1 ', user: number, trunks: '15', cli: '+15558880001' }, { ok: null }, { ok: 0, code: 200, reason: 'OK' }, { ok: 0, code: 'x', reason: 'a\r\nb' }, { ok: 1, user: number, trunks: '999', cli: '+15558880001' }]) {
      plane.decide = () => a;
      const { status } = await ast.lead(number, permit());
      assert.ok(status >= 400, `${JSON.stringify(a)} -> ${status}`);
    }
    assert.equal(quiet(), 0);
  });
  it('silent: 503 within two seconds; late answers change nothing', async () => {
    let asked; plane.decide = (e) => { asked = e; return null; };
    const t = Date.now();
    assert.equal((await ast.lead(number, permit())).status, 503);
    assert.ok(Date.now() - t < 2600);
    plane.say({ cmd: 'route', idx: asked.idx, lbl: asked.lbl, ...yes('15')(asked) });
    await sleep(200);
    assert.equal(quiet(), 0);
  });
  it('a key of any other shape is no key; the RPC door wants it too', async () => {
    for (const [key, said] of Object.entries(await attack.evapi_keys(edge.ports.evapi))) assert.doesNotMatch(said, /welcome/, key);
    for (const headers of [{}, { authorization: 'Bearer ' }, { authorization: 'Bearer 0' }, { authorization: `Basic ${edge.secret('edge_key')}` }])
      assert.equal((await fetch(`http://127.0.0.1:${edge.ports.http}/RPC`, { method: 'POST', headers, body: '{"jsonrpc":"2.0","id":1,"method":"core.version"}' })).status, 401);
    assert.equal((await ast.lead(number, permit())).status, 200, 'the owner is still the owner');
  });
  it('one owner: a newer epoch takes over, an older one is denied, a stranger hears nothing', async () => {
    const deaf = await control_plane(edge, { key: 'wrong', epoch: 99, decide: yes('15') });
    const next = await control_plane(edge, { epoch: 2, decide: yes('16') });
    assert.equal((await ast.lead(number, permit())).status, 200);
    assert.deepEqual([one.invites.length, two.invites.length], [0, 1], 'the new owner decided');
    assert.equal(plane.of('superseded').length, 1);
    assert.equal(plane.of('route').length, 0);
    const old = await control_plane(edge, { epoch: 1 });
    assert.equal(old.of('denied').length, 1);
    assert.deepEqual(deaf.events.map((e) => e.ev), ['denied']);
    for (const p of [deaf, next, old]) p.close();
    await sleep(200);
    assert.equal((await ast.lead(number, permit())).status, 503, 'nobody there: no call');
    plane.close();
    plane = await control_plane(edge, { epoch: 2, decide: yes('15') });
    assert.equal((await ast.lead(number, permit())).status, 200);
  });
});

describe('inside a dialog', () => {
  it('requests with invented tags, routes and seals reach nobody', async () => {
    for (const address of ['127.0.0.1', '127.0.0.9', edge.address.media, edge.address.carrier]) {
      const me = await open_peer(address);
      for (const seal of ['', `m~t15~00000000~${Math.floor(Date.now() / 1000)}~${'A'.repeat(43)}`, '~~~~', 'm~t15'])
        for (const [method, status] of Object.entries(await attack.in_dialog(world, me, seal))) assert.ok(status === null || status >= 400, `${address} ${method} ${status}`);
      for (const status of await attack.in_dialog_by_uri(world, me)) assert.equal(status, 481);
      await me.close();
    }
    assert.deepEqual(strangers(one).map((m) => m.first), []);
  });
  it('a real seal serves only its two sides, and only between them', async () => {
    const { dialog } = await ast.lead(number, permit());
    await sleep(50);
    one.heard.length = 0;
    const rogue = await open_peer('127.0.0.9'), fake = await open_peer(edge.address.media);
    for (const peer of [rogue, fake])
      for (const method of ['BYE', 'INVITE', 'INFO']) {
        const r = await ask(peer, edge, { ...dialog, method, uri: dialog.target, cseq: 9, branch: undefined, extra: dialog.routes, body: method === 'INVITE' ? sdp(peer.ip, 40000) : '' }, 600);
        assert.equal(r?.status, 481, method);
      }
    assert.deepEqual(strangers(one).map((m) => m.first), []);
    // its own side, but with the seal under another Call-ID, or towards somebody else
    await ast.send(ast.within({ ...dialog, callid: token() }, 'INVITE'), edge);
    const aimed = await open_peer('127.0.0.7');
    await ast.send(ast.within({ ...dialog, target: `sip:x@127.0.0.7:${aimed.port}`, routes: [...dialog.routes, `Route: <sip:127.0.0.7:${aimed.port};lr>`] }, 'INFO', 3), edge);
    await until(() => strangers(one).length > 0);
    assert.deepEqual(strangers(one).map((m) => m.method), ['INFO'], 'it went to its own carrier');
    assert.equal(aimed.heard.length, 0);
    await ast.send(ast.within(dialog, 'BYE', 4), edge);
    assert.ok(await until(() => one.heard.find((m) => m.method === 'BYE')));
    await sleep(100); one.heard.length = 0;
    await ast.send(ast.within(dialog, 'INVITE', 5), edge);
    await sleep(300);
    assert.deepEqual(strangers(one).map((m) => m.first), [], 'the dialog is over, its seal too');
    for (const p of [rogue, fake, aimed]) await p.close();
  });
  it('calls that outlive a killed edge can still be ended, from both sides', async () => {
    const a = await ast.lead(number, permit()), b = await ast.lead(number, permit());
    plane.close();
    await edge.restart();
    plane = await control_plane(edge, { epoch: 3, decide: yes('15') });
    one.heard.length = 0; ast.heard.length = 0;
    await ast.send(ast.within(a.dialog, 'BYE'), edge);
    assert.ok(await until(() => one.heard.find((m) => m.method === 'BYE')));
    const invite = one.invites[1];
    const routes = invite.all('Record-Route').map((r) => `Route: ${r}`);
    const to = invite.header('From'), tag = /tag=([^;]+)/.exec(to)[1];
    const from_tag = b.dialog.ttag;
    await one.send(build(one, { method: 'BYE', uri: `sip:asterisk@${edge.address.media}:${edge.ports.media}`, from: 'sip:x@x', to: 'sip:y@y', ftag: from_tag, ttag: tag, callid: b.dialog.callid, extra: routes }), edge);
    assert.ok(await until(() => ast.heard.find((m) => m.method === 'BYE')));
    assert.equal(plane.bad, 0);
  });
});

describe('slots', () => {
  let me, other;
  before(async () => {
    me = await open_peer('127.0.0.1'); other = await open_peer('127.0.0.1');
    other.handlers.add((m) => { if (m.method === 'INVITE') reply_to(other, m, 486); });
    assert.equal((await attack.register(world, me)).status, 200);
    assert.equal((await attack.register(world, other, world.other)).status, 200);
  });
  after(async () => { await me.close(); await other.close(); });
  it('register only where they stand', async () => {
    for (const [name, [registered, called]] of Object.entries(await attack.contacts(world, me))) { assert.ok(registered >= 400, name); assert.equal(called, 480, name); }
    assert.deepEqual(await attack.foreign_register(world, me), [403, 403]);
    assert.equal((await attack.register(world, me)).status, 200);
    assert.equal(quiet(), 0);
  });
  it('a contact that becomes a trunk later is nobody', async () => {
    edge.write('peer', { ...edge.tables.peer, [`127.0.0.1:${other.port}`]: 15 }); await edge.reload('peer');
    assert.equal((await attack.invite(world, me, world.other.user)).status, 480);
    const { [`127.0.0.1:${other.port}`]: _gone, ...rest } = edge.tables.peer;
    edge.write('peer', rest); await edge.reload('peer');
    assert.equal((await attack.invite(world, me, world.other.user)).status, 486);
  });
  it('a digest answer counts once and for its own request', async () => {
    const got = await attack.digests(world, me);
    assert.deepEqual(got, { first: 486, replayed: 407, other_uri: 403, computed_for_other_uri: 403, lying_uri: 407, two_answers: 400, other_method: 401, no_uri: 403, plain_first: 486, plain_again: 407, invented_nonce: 407, wrong_password: 407 });
  });
  it('may not dial, claim or route what is not theirs', async () => {
    for (const [name, status] of Object.entries(await attack.claims(world, me))) assert.ok(status >= 400, `${name} ${status}`);
    assert.deepEqual(await attack.identities(world, me, other, world.other.user), []);
    assert.equal(quiet(), 0);
  });
  it('guessing is slowed to twenty wrong answers a minute', async () => {
    const who = { user: '7003', password: 'guess' };
    let last; for (let n = 0; n < 22; n++) last = await attack.register(world, me, who);
    assert.equal(last.status, 403);
    assert.equal((await attack.register(world, me)).status, 200, 'others are not');
  });
  it('are known again after the edge was killed', async () => {
    await sleep(2500);
    plane.close(); await edge.restart(); plane = await control_plane(edge, { epoch: 4, decide: yes('15') });
    assert.equal((await attack.invite(world, me, world.other.user)).status, 486);
  });
});

describe('strangers', () => {
  it('get nothing: no permit, a permit, a header, from any address', async () => {
    for (const address of ['127.0.0.9', edge.address.media]) {
      const me = await open_peer(address);
      for (const [name, status] of Object.entries(await attack.rogue(world, me))) assert.ok([403, 405, 407].includes(status), `${address} ${name} ${status}`);
      await me.close();
    }
    assert.equal(quiet(), 0);
  });
  it('a carrier is no relay and no slot', async () => {
    const me = await open_peer(edge.address.carrier);
    for (const [name, status] of Object.entries(await attack.relay({ ...world, carrier: { ip: edge.address.second, port: edge.ports.second } }, me))) assert.ok([403, 404].includes(status), `${name} ${status}`);
    await me.close();
    assert.equal(quiet(), 0);
  });
  it('a carrier reaches a DID; the caller is a pseudonym inside', async () => {
    const me = await open_peer(edge.address.carrier);
    const asked = build(me, { method: 'INVITE', uri: `sip:+15550000001@${edge.ip}:${edge.port}`, from: `sip:+15557770001@${me.ip}`, extra: ['P-Asserted-Identity: <sip:+15557770001@x>', 'Diversion: <sip:+15557770001@x>'], contact: `<sip:c@${me.ip}:${me.port}>`, body: sdp(me.ip, 40000) });
    await me.send(asked, edge);
    const inside = await until(() => ast.heard.find((m) => m.method === 'INVITE'));
    assert.match(inside.first, /^INVITE sip:7001@vss\.local/);
    assert.match(inside.header('From'), /sip:c[0-9a-f]{16}@vss\.local/);
    assert.match(inside.header('X-VSS-Leg'), /^trunk-[0-9a-f]{64}$/);
    assert.match(inside.header('X-VSS-Call-ID'), /^[0-9a-f-]{36}$/);
    const [event] = plane.of('inbound');
    assert.deepEqual([event.from, event.did, event.target, event.trunk, event.call], ['+15557770001', '+15550000001', 'slot:7001', 15, inside.header('X-VSS-Call-ID')]);
    assert.doesNotMatch(inside.header('To') + inside.header('From') + inside.all('P-Asserted-Identity').join() + inside.all('Diversion').join(), /5557770001/);
    await reply_to(ast, inside, 486);
    await me.close();
  });
  it('garbage does no harm', async () => {
    const pid = edge.pid();
    for (const address of ['127.0.0.1', '127.0.0.9', edge.address.carrier, edge.address.media]) { const me = await open_peer(address); await attack.garbage(world, me); await me.close(); }
    assert.equal((await ast.lead(number, permit())).status, 200);
    assert.equal(edge.pid(), pid);
    assert.doesNotMatch(edge.log(), /segfault|exited by (a )?signal|child process \d+ exited/);
  });
  it('no phone number is in the log', () => assert.doesNotMatch(edge.log(), /2125550|5557770|5550000/));
});
