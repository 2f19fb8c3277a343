#!/usr/bin/env python3
"""Was this file published by the agency, and logged?  Python 3.8 or later, standard library only.
  onrecord-verify.py --root VKEY --trust trust.note FILE FILE.tlog-proof [--latest https://SITE]
VKEY is the agency's root key (name+id+key), from a source that is not the site. Nothing is sent anywhere; --latest reads the log
of SITE. Exit code: 0 proved, 1 not proved, 2 wrong usage. Formats: c2sp.org signed-note and tlog-*, RFC 8032, RFC 6962."""
import argparse, base64, hashlib, json, re, sys, urllib.request
class Refused(Exception): pass
def demand(holds, why):
    if not holds: raise Refused(why)

# ---- Ed25519 (RFC 8032), strict: S < L, points in their one encoding. A point is (X, Y, Z, T): x = X/Z, y = Y/Z, xy = T/Z.
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
def add(a, b):
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * D * a[3] * b[3] % P, 2 * a[2] * b[2] % P
    x, z, y, w = f - e, h - g, h + g, f + e
    return x * z % P, y * w % P, z * y % P, x * w % P
def multiply(n, point):
    total = (0, 1, 1, 0)
    while n:
        total, point, n = add(total, point) if n & 1 else total, add(point, point), n >> 1
    return total
def decode_point(data):
    y, sign = int.from_bytes(data, "little") & (2**255 - 1), data[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    demand(y < P and x * x % P == square and (x or not sign), "a key that is no point")
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P
BASE = decode_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
def is_signed(key, message, signature):
    a, s = decode_point(key), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or s >= L: return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    x, y, z, _ = add(multiply(s, BASE), multiply(h, (P - a[0], a[1], 1, P - a[3])))
    inverse = pow(z, P - 2, P)
    return (y * inverse % P | (x * inverse % P & 1) << 255).to_bytes(32, "little") == signature[:32]

# ---- signed notes and keys
NOTE, WITNESS = 1, 4  # signature types
def sha256(data): return hashlib.sha256(data).digest()
def decode64(text):
    data = base64.b64decode(text) if re.fullmatch("(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?", text) else b""
    demand(base64.b64encode(data).decode() == text, "malformed base64")
    return data
def decode_text(data):
    try: return data.decode("utf-8")
    except ValueError: raise Refused("not UTF-8")
def read_key(text, kind):
    match = re.fullmatch(r"([^\s+]+)\+([0-9a-f]{8})\+(\S+)", text)
    demand(match, "malformed key")
    name, key_id, raw = match[1], bytes.fromhex(match[2]), decode64(match[3])
    demand(len(raw) == 33 and raw[0] == kind and sha256(name.encode() + b"\n" + raw)[:4] == key_id, "malformed key")
    return name, key_id, raw[1:]

def split_note(note):
    end = note.rfind("\n\n")
    text, block = note[: end + 1], note[end + 2 :]
    is_note = end >= 0 and len(note) <= 2**18 and not re.search("[\x00-\x09\x0b-\x1f]", text)
    demand(is_note and re.fullmatch("(?:\u2014 [^\\s+\ufeff]+ \\S{8,}\n){1,100}", block), "malformed note")
    signatures = [(line.split(" ")[1], decode64(line.split(" ")[2])) for line in block[:-1].split("\n")]
    return text, [(name, raw[:4], raw[4:]) for name, raw in signatures]

def has_signed(key, kind, text, signatures):
    """Chosen by name AND key id; one wrong signature of a known key spoils the note."""
    ours = [raw for name, key_id, raw in signatures if (name, key_id) == key[:2]]
    for raw in ours:
        time, raw = (b"cosignature/v1\ntime %d\n" % int.from_bytes(raw[:8], "big"), raw[8:]) if kind == WITNESS else (b"", raw)
        demand(is_signed(key[2], time + text.encode(), raw), "a wrong signature of " + key[0])
    return bool(ours)

POLICY = re.compile(
    r"#onrecord root (\S+)\n#onrecord issued [0-9T:.-]{23}Z\n((?:log \S+\n)+)((?:#onrecord retired \S+ [1-9][0-9]*\n)*)"
    r"((?:witness \S+ \S+(?: https?://\S+)?\n)*)(?:group witnesses ([1-9][0-9]*)((?: \S+)+)\nquorum witnesses|quorum none)\n")
def open_trust(note, root_text):
    """(log keys with their last size or None, witness keys, quorum, time of issue) of a trust note that this root signed."""
    text, signatures = split_note(note)
    demand(has_signed(read_key(root_text, NOTE), NOTE, text, signatures), "the trust note is not signed by this root key")
    match = POLICY.fullmatch(text)
    logs, retired, witnesses = ([line.split(" ") for line in match[n].splitlines()] if match else [] for n in (2, 3, 4))
    demand(match and match[1] == root_text and (match[6] or "").split() in ([], [words[1] for words in witnesses]), "malformed trust note")
    keys = [(read_key(words[1], NOTE), None) for words in logs] + [(read_key(words[2], NOTE), int(words[3])) for words in retired]
    return keys, [read_key(words[2], WITNESS) for words in witnesses], int(match[5] or 0), text.split("\n")[1].split(" ")[2]

def open_checkpoint(note, trust):
    """(origin, size, root) of a checkpoint that a current log key signed, or a retired one up to its last size, and the quorum."""
    text, signatures = split_note(note)
    match = re.fullmatch(r"([^\n]+)\n(0|[1-9][0-9]{0,14})\n(\S+)\n", text)
    demand(match, "malformed checkpoint")
    origin, size, root = match[1], int(match[2]), decode64(match[3])
    signed = [(key, last) for key, last in trust[0] if has_signed(key, NOTE, text, signatures)]
    demand(any(key[0] == origin and (last is None or size <= last) for key, last in signed), "not signed by a key of the log")
    count = sum(has_signed(key, WITNESS, text, signatures) for key in trust[1])
    demand(count >= trust[2], "%d witnesses have signed, %d are needed" % (count, trust[2]))
    return origin, size, root

# ---- tree, entry, proof
def leaf(entry): return sha256(b"\0" + entry)
def tree_root(hashes):
    while len(hashes) > 1:
        pairs = [hashes[i : i + 2] for i in range(0, len(hashes), 2)]
        hashes = [sha256(b"\1" + pair[0] + pair[1]) if len(pair) == 2 else pair[0] for pair in pairs]
    return hashes[0] if hashes else sha256(b"")

def path_root(node, index, last, path):
    for sibling in path:
        if last == 0: return None
        node = sha256(b"\1" + (sibling + node if index & 1 or index == last else node + sibling))
        while index and not index & 1 and index == last: index, last = index >> 1, last >> 1
        index, last = index >> 1, last >> 1
    return node if last == 0 else None

def read_entry(data):
    entry = json.loads(decode_text(data))
    demand(json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() == data, "malformed entry")
    return entry

def verify(file, proof, trust):
    """(entry, index, (origin, size, root), name of the file), or Refused."""
    head, _, checkpoint = decode_text(proof).partition("\n\n")
    match = re.fullmatch(r"c2sp\.org/tlog-proof@v1\nextra (\S+)\nindex (0|[1-9][0-9]{0,14})((?:\n\S+){0,63})", head)
    demand(match, "malformed proof")
    data, index, path = decode64(match[1]), int(match[2]), [decode64(line) for line in match[3].split("\n")[1:]]
    origin, size, root = open_checkpoint(checkpoint, trust)
    is_in = index < size and all(len(node) == 32 for node in path) and path_root(leaf(data), index, size - 1, path) == root
    demand(is_in, "the entry is not in the signed log")
    entry, fingerprint = read_entry(data), (hashlib.sha256(file).hexdigest(), len(file))
    names = [item["name"] for item in entry.get("files", []) if (item["sha256"], item["bytes"]) == fingerprint]
    demand(names, "the file is not the one of this proof")
    return entry, index, (origin, size, root), names[0]

# ---- --latest
def fetch(site, path):
    try: return urllib.request.urlopen(site.rstrip("/") + path, timeout=20).read(2**23)
    except OSError as error: raise Refused("%s%s: %s" % (site, path, error))
def read_log(site, prefix, size, root):
    entries = []
    for tile in range((size + 255) // 256):
        width, groups = min(256, size - 256 * tile), re.findall("...", "%015d" % tile)
        while groups[0] == "000" and groups[1:]: groups.pop(0)
        name = "/".join(["x" + group for group in groups[:-1]] + groups[-1:])
        data = fetch(site, "%stile/entries/%s%s" % (prefix, name, "" if width == 256 else ".p/%d" % width))
        while data:
            end = 2 + int.from_bytes(data[:2], "big")
            data, entries = data[end:], entries + [data[2:end]]
    demand(len(entries) == size and tree_root([leaf(item) for item in entries]) == root, "the entries are not what the checkpoint signs")
    return entries

def read_latest(site, trust, proved, identity):
    """(size, entries) of the newest checkpoint; a log that a restore closed is reached through the first entry of the next one."""
    origin, newest, root = open_checkpoint(decode_text(fetch(site, "/log/checkpoint")), trust)
    prefix = lambda name: "/log%s/" % name[len(identity) :]  # /log/, then /log/2/ and so on
    log, later = read_log(site, prefix(origin), newest, root), []
    while origin != proved[0]:
        closed = read_entry(log[0]).get("restored", {}).get("closed") if log else None
        demand(closed, "no log of this site is the log of this proof")
        origin, later, log = closed["origin"], log + later, read_log(site, prefix(closed["origin"]), closed["size"], bytes.fromhex(closed["root"]))
    begin = log[: proved[1]]
    demand(len(begin) == proved[1] and tree_root([leaf(item) for item in begin]) == proved[2], "a fork, or the site is behind this proof")
    return newest, [read_entry(item) for item in log + later]

def standing(entries, statement, version, name):
    if name.startswith(("/register/", "/imported/")):
        (base, own), listed = name.rsplit("/", 1), [item["name"] for entry in entries for item in entry.get("files", [])]
        what, newest = "original" if statement is None else "state of the register", [one for one in listed if re.fullmatch(re.escape(base) + r"/[0-9]+\.json", one)][-1]
        return ["the newest " + what if own.split(".")[0] == newest[len(base) + 1 : -5] else "an older %s: %s is the newest" % (what, newest[len(base) + 1 : -5])]
    newest, withdrawn, recheck, disowned, redacted = (version,) + (False,) * 4
    for entry in (item for item in entries if item.get("statement") == statement):
        event, newest = entry["event"], entry.get("version", newest)
        withdrawn, ended = event == "withdrawal" if "version" in entry else withdrawn, event in ("correction", "withdrawal")
        recheck = event == "recheck" or (recheck and not ended and event != "recheck-ended")
        disowned = event == "disowned" or (disowned and not ended)
        redacted = redacted or entry.get("redacts", {}).get("version") == version
    facts = [(newest > version, "superseded by version %d" % newest), (withdrawn, "WITHDRAWN: the statement no longer stands"),
             (recheck, "UNDER RECHECK"), (disowned, "DISOWNED by the second reader"), (redacted, "REDACTED: the text was removed")]
    return [text for is_so, text in facts if is_so] or ["the newest version, no notice against it"]

def main():
    parser = argparse.ArgumentParser(description="Was this file published by the agency, and logged?")
    for name in ("--root", "--trust"): parser.add_argument(name, required=True)
    parser.add_argument("--latest", metavar="SITE")
    for name in ("file", "proof"): parser.add_argument(name)
    given = parser.parse_args()
    try: file, proof, note = (open(path, "rb").read() for path in (given.file, given.proof, given.trust))
    except OSError as error: parser.error(str(error))
    try:
        trust = open_trust(decode_text(note), given.root)
        entry, index, head, name = verify(file, proof, trust)
        latest = given.latest and read_latest(given.latest, trust, head, given.root.split("/root+")[0])
    except Refused as refusal: sys.exit("NOT PROVED: %s" % re.sub("[^ -~]", "?", str(refusal)))
    told = "published by this agency and logged.\n  {name}{kind}: statement {statement}, version {version} ({event}) of {at}" if "statement" in entry else "brought along by this agency and logged; what it says is what its publisher claims.\n  {name}, of {at}"
    print("PROVED: " + told.format(name=name, kind=", a state of the register" if name.startswith("/register/") else "", **entry))
    print("  log %s, entry %d, in the tree of %d; by the trust note of %s" % (head[0], index, head[1], trust[3]))
    for line in standing(latest[1], entry.get("statement"), entry.get("version"), name) if latest else []:
        print("  by the newest checkpoint of %d entries: %s" % (latest[0], line))
    if not latest: print("Not checked: whether it is still current. --latest SITE reads the whole log.")

if __name__ == "__main__": main()
