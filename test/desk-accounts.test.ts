/** Accounts: their powers, and how they are stopped. */

import './desk/freeze.ts';
import './desk/granting.ts';
import './desk/password.ts';
import './desk/password-and-code.ts';
import './desk/quarantine.ts';
