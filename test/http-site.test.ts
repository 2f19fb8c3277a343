/** Configuration, and the public site over its sockets. */

import './http/config.ts';
import './http/embed.ts';
import './http/listener.ts';
import './http/memento.ts';
import './http/public-conditional.ts';
import './http/public-look.ts';
import './http/public.ts';
import './http/security.ts';
import './http/wire.ts';
