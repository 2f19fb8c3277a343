/** The database: the contracts of every store, and several servers on one. */

import './store/postgres.ts';
import './postgres/servers.ts';
import './postgres/moving.ts';
import './postgres/moving-faults.ts';
