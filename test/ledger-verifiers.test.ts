/** The proof in the hands of others: the programs that readers download, and those of Go. */

import './ledger/go-reader.ts';
import './ledger/latest.ts';
import './ledger/verifiers.ts';
