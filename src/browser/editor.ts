import { startAutosave } from './editor/autosave.ts';
import { followPlaces } from './editor/issue-list.ts';
import { addToolbars } from './editor/toolbar.ts';
import { startPresence } from './presence.ts';

/** Comfort for a form that is written on: it saves by itself and keeps its list of what is missing. Without it every button still works. */
const form = document.querySelector<HTMLFormElement>('form[data-autosave]');
if (form) startAutosave(form);
followPlaces();
addToolbars();
startPresence();

// Where the list stands over the form and not beside it, its title and count are enough until somebody asks.
const list = document.querySelector<HTMLDetailsElement>('.readiness > details');
if (list && matchMedia('(max-width: 61.99rem)').matches) list.open = false;
