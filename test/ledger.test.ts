/** The proof: bytes, trees and signatures, and who reads them. */

import './ledger/believed.ts';
import './ledger/canonical.ts';
import './ledger/checkpoint.ts';
import './ledger/cosignature.ts';
import './ledger/go-reader.ts';
import './ledger/latest.ts';
import './ledger/proof.ts';
import './ledger/tree.ts';
import './ledger/trust.ts';
import './ledger/vectors.ts';
import './ledger/version-file.ts';
import './ledger/working-content.ts';
