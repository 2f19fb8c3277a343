"""Runs the Python verifier over many cases in one process. argv: the script. Each line of input: JSON with root and base64 file,
proof, trust. Prints how many were accepted and refused, and what went wrong otherwise."""
import base64, importlib.util, json, sys

spec = importlib.util.spec_from_file_location("verifier", sys.argv[1])
verifier = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verifier)
told = {"accepted": 0, "refused": 0, "crashed": []}
for line in sys.stdin:
    case = json.loads(line)
    file, proof, note = (base64.b64decode(case[name]) for name in ("file", "proof", "trust"))
    try:
        verifier.verify(file, proof, verifier.open_trust(verifier.decode_text(note), case["root"]))
        told["accepted"] += 1
    except verifier.Refused:
        told["refused"] += 1
    except Exception as error:
        told["crashed"].append(repr(error))
print(json.dumps(told))
