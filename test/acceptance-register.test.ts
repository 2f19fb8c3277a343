/** The register of a running agency. */

import './acceptance/register.ts';
