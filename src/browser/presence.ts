/** Who else has this draft open: asked for every twenty seconds while the page is looked at. It keeps no session alive. */

type Present = { doing: string; words: string };

const everyMs = 20_000;

export function startPresence(): void {
  const list = document.querySelector<HTMLElement>('[data-presence]');
  if (list) follow(list, list.dataset.presence ?? '', list.dataset.doing ?? '', list.dataset.token ?? '');
}

function follow(list: HTMLElement, address: string, doing: string, token: string): void {
  const ask = async (): Promise<void> => {
    if (document.hidden) return;
    const headers = { accept: 'application/json', 'x-onrecord-passive': 'yes' };
    const body = new URLSearchParams({ _csrf: token, doing });
    const answer = await fetch(address, { method: 'POST', body, headers, redirect: 'error' }).catch(() => null);
    if (answer?.ok) show(list, (await answer.json()).present);
    // Signed out, or no longer allowed: what stood here may not be true any more.
    else if (answer?.status === 401 || answer?.status === 403) {
      clearInterval(timer);
      show(list, []);
    }
  };
  const timer = setInterval(() => void ask(), everyMs);
  document.addEventListener('visibilitychange', () => void ask());
}

function show(list: HTMLElement, present: readonly Present[]): void {
  list.hidden = present.length === 0;
  list.replaceChildren(
    ...present.map(({ doing, words }) => {
      const line = document.createElement('li');
      line.className = doing;
      line.textContent = words;
      return line;
    }),
  );
}
