/** The CSAF provider: its documents, its tree over the wire. */

import './csaf/desk.ts';
import './csaf/document.ts';
import './csaf/keys.ts';
import './csaf/provider.ts';
import './csaf/tree.ts';
