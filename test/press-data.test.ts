/** What programs read: the API, the register, schemas and proofs. */

import './press/api.ts';
import './press/cosigned.ts';
import './press/openapi.ts';
import './press/packing.ts';
import './press/register.ts';
import './press/schema.ts';
