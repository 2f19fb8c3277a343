import { type Arguments, type Command, optional, print, printJson, readArguments, required, UsageError } from './command.ts';
import { exportKey, type KeyReport, newKey, printPolicy, retireKey, rootKey, rotateKey, showKeys, signPolicy } from './key-acts.ts';

const options = {
  out: { type: 'string' },
  name: { type: 'string' },
  root: { type: 'string' },
  'root-key-file': { type: 'string' },
  'new-key-file': { type: 'string' },
  'witness-file': { type: 'string' },
  quorum: { type: 'string' },
  compromised: { type: 'boolean' },
  user: { type: 'string' },
  type: { type: 'string' },
  'previous-out': { type: 'string' },
} as const;

/** Keys: the offline root that readers pin, the keys that sign the log, and the trust note that joins them. */
export const keyCommand: Command = {
  usage: `Usage: onrecord key ACT [options]

On the machine that stays offline:
  root --out PATH --name ORIGIN     make the root key; prints the verifier key that readers pin
  sign POLICY --root-key-file PATH --out PATH
                                    sign a policy: the result is the trust note (ONRECORD_TRUST_FILE)

Where the service runs:
  show                              every key with its fingerprint
  export                            the public key that signs the log, as PEM
  policy [--root VKEY] [--witness-file FILE] [--quorum N] [--out PATH]
                                    write the policy that the root should sign now; --root names it the first time.
                                    FILE: one witness a line, "VKEY [URL]"
  new --out PATH                    make a key for the log; nothing uses it yet
  rotate --new-key-file PATH        begin a rotation: the log names the new key, both sign from now on
  retire [--compromised]            end a rotation, 90 days later at the soonest unless the old key is compromised

OpenPGP, for CSAF documents and nothing else:
  openpgp create --out PATH --user "NAME <ADDRESS>" [--type ecc|rsa]
                                    make a key that signs them for three years
  openpgp rotate --out PATH --previous-out PATH
                                    make the next key of the same name, and keep the public one before it
  openpgp show                      the keys that are configured
  openpgp resign                    sign all documents with the current key; the service does the same by itself while it runs

"rotate" and "retire" write the log: stop the service first, and sign a new policy after each. No key is ever printed.
--json prints the result as JSON.`,
  async run(args) {
    const given = readArguments(args, options, { min: 1, max: 2 });
    const report = await perform(given);
    if (given.json) printJson(report.data);
    else for (const line of report.lines) print(line);
    return 0;
  },
};

function perform(given: Arguments): Promise<KeyReport> {
  const [act, file] = given.words;
  if (act === 'openpgp') return performOpenPgp(file, given);
  if (file !== undefined && act !== 'sign') throw new UsageError(`what is "${file}"?`);
  switch (act) {
    case 'root':
      return rootKey(required(given, 'out'), required(given, 'name'));
    case 'new':
      return newKey(required(given, 'out'));
    case 'sign':
      if (file === undefined) throw new UsageError('which policy? "onrecord key sign POLICY"');
      return signPolicy(file, required(given, 'root-key-file'), required(given, 'out'));
    case 'show':
      return showKeys();
    case 'export':
      return exportKey();
    case 'policy':
      return printPolicy({
        root: optional(given, 'root'),
        witnessFile: optional(given, 'witness-file'),
        quorum: optional(given, 'quorum'),
        out: optional(given, 'out'),
      });
    case 'rotate':
      return rotateKey(required(given, 'new-key-file'));
    case 'retire':
      return retireKey(given.values.compromised === true);
    default:
      throw new UsageError(`there is no act "${act}": root, sign, show, export, policy, new, rotate, retire, openpgp`);
  }
}

/** The library is loaded for these acts alone. */
async function performOpenPgp(act: string | undefined, given: Arguments): Promise<KeyReport> {
  const acts = await import('./openpgp-acts.ts');
  switch (act) {
    case 'create':
      return acts.createOpenPgpKey(required(given, 'out'), required(given, 'user'), optional(given, 'type') ?? 'ecc');
    case 'rotate':
      return acts.rotateOpenPgpKey(required(given, 'out'), required(given, 'previous-out'));
    case 'show':
      return acts.showOpenPgpKeys();
    case 'resign':
      return acts.resignDocuments();
    default:
      throw new UsageError(`there is no act "openpgp ${act ?? ''}": create, rotate, show, resign`);
  }
}
