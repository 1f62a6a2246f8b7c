"""The running platform as benches of calls use it: started fresh with one big hub, asked through its REST API, and read from its
own books (PostgreSQL) and the simulated carriers' books. Imported by the benches that need it; ./vss bench sets the environment."""
import json
import os
import pathlib
import subprocess
import sys
import time
import urllib.error
import urllib.request

try:
    HOME, STATE = os.environ["VSS_HOME"], pathlib.Path(os.environ["VSS_VAR"])
except KeyError:
    sys.exit("run it by ./vss bench NAME")

# Area codes of the North American plan; NPA-555-0100 to 0199 are reserved for fiction.
AREAS = ("212 617 305 404 312 214 303 602 206 415 213 503 702 615 504 313 216 412 215 202 205 251 334 907 480 501 479 "
         "510 530 559 209 310 323 408 562 619 626 650 661 707 714 719 720 760 805 818 831 858 860 203").split()


def note(text):
    print(text, file=sys.stderr, flush=True)


def result(name, value, unit, floor, ok, digits=1):
    print(json.dumps({"name": name, "value": round(value, digits), "unit": unit, "floor": floor, "ok": bool(ok)}), flush=True)


def numbers(count):
    return [f"+1{area}55501{last:02d}" for area in AREAS for last in range(100)][:count]


def share(values, part):
    """The value below which `part` of them lie."""
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]


def tool(name, *arguments):
    subprocess.run([f"{HOME}/tools/{name}", *arguments], check=True, stdout=sys.stderr)


def admin(*arguments):
    return subprocess.run([f"{HOME}/vss", "admin", *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def sql(query):
    """Rows of text fields."""
    out = subprocess.run(["psql", "-X", "-At", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-h", f"{STATE}/run", "-p", os.environ["PORT_PG"],
                          "-U", "postgres", "-d", os.environ["VSS_DB"], "-c", query], check=True, stdout=subprocess.PIPE, text=True).stdout
    return [line.split("\t") for line in out.splitlines()]


class platform:
    """Everything of ./vss up with simulated carriers that answer every call after `ring` ms and hang up `talk` ms later. New calls come in
    an even beat; people do not answer in step with it, so the ringing is spread over 100 ms around `ring`, by the called number."""

    def __init__(self, slots, ring=300, talk=5000):
        behaviour = STATE / "bench-carriers.conf"
        behaviour.write_text("".join(f"{tens}0-{tens}9 answer ring={ring - 45 + 10 * tens} bye={talk}\n" for tens in range(10)))
        behaviour.chmod(0o644)
        os.environ.update(VSS_VIRTUAL_MF=str(slots), VSS_CARRIER_BEHAVIOUR=str(behaviour))
        tool("up", "--fresh-database", "--carriers")
        self.token = None
        self.renewed = 0.0
        self.slots = slots
        self.made = 0

    def ask(self, method, path, body=None, kind="application/json"):
        if time.monotonic() - self.renewed > 300:
            self.token, self.renewed = admin("token", "--role", "admin"), time.monotonic()
        sent = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{os.environ['PORT_API']}{path}", method=method, data=sent,
                                         headers={"Authorization": "Bearer " + self.token, "Content-Type": kind})
        try:
            with urllib.request.urlopen(request, timeout=180) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as refused:
            sys.exit(f"{method} {path}: {refused.code} {refused.read().decode()[:400]}")

    def until(self, what, holds, limit=120, every=0.25):
        end = time.monotonic() + limit
        while not holds():
            if time.monotonic() > end:
                sys.exit(f"not within {limit} s: {what}")
            time.sleep(every)

    def registered(self):
        self.until(f"{self.slots} slots of the big hub registered",
                   lambda: int(sql("select count(*) from ottb.slot where kind = 'MF' and registered")[0][0]) >= self.slots)

    def trunks(self, cps=50, channels=200):
        for name, host, port in (("a", "127.0.0.3", "PORT_CARRIER_A"), ("b", "127.0.0.4", "PORT_CARRIER_B")):
            self.ask("POST", "/ottb/trunks", {"name": f"carrier-{name}", "host": host, "port": int(os.environ[port]), "transport": "udp",
                                              "cps": cps, "channels": channels, "priority": 1, "simulated": True})
        self.ask("POST", "/ottb/caller-ids", {"number": "+12025550100", "proof": "bench: reserved fictional number"})
        self.until("both carriers are up", lambda: all(t["health"] == "up" for t in self.ask("GET", "/ottb/trunks")["items"]))

    def campaign(self, leads, per_second, start=True):
        """Imported (`leads`: how many, or CSV of which those with real area codes count) and started; its id."""
        self.made += 1
        named = {kind: next(i["id"] for i in self.ask("GET", f"/ottb/{kind}")["items"] if i["name"] == "demo") for kind in ("profiles", "flows")}
        made = self.ask("POST", "/ottb/campaigns", {
            "name": f"bench {self.made}", "mode": "ivr", "profile": named["profiles"], "flow": named["flows"], "caller_id": "+12025550100",
            "slots": {"kinds": ["MF"]}, "max_attempts": 1, "ring_seconds": 15, "calls_per_second": per_second})["id"]
        text = leads if isinstance(leads, str) else "phone,consent,consent_source\n" + "".join(f"{number},true,bench\n" for number in numbers(leads))
        taken = self.ask("POST", f"/ottb/campaigns/{made}/leads", text.encode(), "text/csv")
        note(f"{taken['accepted']} leads imported")
        if isinstance(leads, int) and taken["accepted"] != leads:
            sys.exit(f"of {leads} leads only {taken['accepted']} were imported")
        if start:
            self.ask("POST", f"/ottb/campaigns/{made}/start", {})
        return made

    def finish(self, campaign, limit):
        """Until the campaign is over and every attempt has both halves of its CDR (or 30 s have passed since)."""
        self.until("the campaign ends", lambda: self.ask("GET", f"/ottb/campaigns/{campaign}")["state"] == "finished", limit, 1)
        end = time.monotonic() + 30
        while time.monotonic() < end and int(sql(f"select count(*) from ottb.attempt a left join dci.cdr c on c.call_id = a.id where a.campaign_id = '{campaign}' "
                                                 "and a.state = 'done' and (c.hub_at is null or c.pbx_at is null)")[0][0]):
            time.sleep(0.5)


def carrier_calls():
    """What the carriers saw: Call-ID -> {event: seconds since 1970}, plus "number"; the first of each event counts."""
    calls = {}
    for name in ("a", "b"):
        for line in (STATE / f"carrier-{name}" / "calls.log").read_text(errors="replace").splitlines():
            part = line.split("\t")
            if len(part) < 6:
                continue
            call = calls.setdefault(part[4], {"number": part[5]})
            call.setdefault(part[3], float(part[2]))
    return {key: call for key, call in calls.items() if "invite" in call}


def our_calls(campaign):
    """What our books say of each attempt of the campaign, by the Call-ID of its carrier leg ("" when it has none)."""
    fields = ("lead_call_id outcome slot started hub_answered ringing rtp_sent rtp_received rtp_lost pbx_sent pbx_received attempt hub_outcome ended").split()
    rows = sql(f"""select coalesce(a.lead_call_id, c.lead_call_id, ''), coalesce(a.outcome, a.state), a.slot,
      extract(epoch from c.hub_started_at), extract(epoch from c.hub_answered_at), extract(epoch from c.hub_ringing_at),
      c.rtp_sent, c.rtp_received, c.rtp_lost, c.pbx_rtp_sent, c.pbx_rtp_received, a.id, c.hub_outcome, extract(epoch from c.hub_ended_at)
      from ottb.attempt a left join dci.cdr c on c.call_id = a.id where a.campaign_id = '{campaign}'""")
    text = {"lead_call_id", "outcome", "slot", "attempt", "hub_outcome"}
    return [{k: v if k in text else (float(v) if v else None) for k, v in zip(fields, row)} for row in rows]
