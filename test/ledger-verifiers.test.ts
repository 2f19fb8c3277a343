/** The proof in the hands of readers: the programs that they download. */

import './ledger/verifiers.ts';
