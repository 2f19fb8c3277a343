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
