#!/usr/bin/env python3
"""The fingerprints of files as the agency's register lists them: exact, and same text. Python 3.8 or later, standard library only.
  onrecord-fingerprint.py FILE...
Nothing is sent anywhere. Prints for each file "exact" (SHA-256 of "onrecord-fp-v1:" and the file's SHA-256 in hex) and, if it is UTF-8 text of
200 words or more, "txt1" (SHA-256 of "onrecord-txt1:" and its words). A match says same bytes or same words, not who wrote them."""
import hashlib, sys, unicodedata
IGNORED = ((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F),
           (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8),
           (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF))
def tagged(tag, data): return hashlib.sha256(tag + data).hexdigest()
def exact(data): return tagged(b"onrecord-fp-v1:", hashlib.sha256(data).hexdigest().encode())
def words(text):
    seen = (c for c in unicodedata.normalize("NFKC", text) if not any(first <= ord(c) <= last for first, last in IGNORED))
    kept = ""
    for c in unicodedata.normalize("NFKC", "".join(seen).lower().replace("\u03c2", "\u03c3")):
        kind = unicodedata.category(c)[0]
        kept += c if kind in "LN" or kind == "M" and kept[-1:].strip() else " "
    return kept.split()
def txt1(text): return tagged(b"onrecord-txt1:", " ".join(words(text)).encode())
if __name__ == "__main__":
    for name in sys.argv[1:]:
        data = open(name, "rb").read()
        print("exact", exact(data), name)
        text = data.decode("utf-8", "replace")
        if "\ufffd" not in text and len(words(text)) >= 200: print("txt1 ", txt1(text), name)
