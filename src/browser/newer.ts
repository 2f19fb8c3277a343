/** Says that the statement on the page has a newer version by now: asked rarely, and never of a page that nobody looks at. */
const shortest = 60_000;

/** @param line an empty status; `data-newer` is the statement's own address, `data-version` its newest version when the page was made */
export function watchNewer(line: HTMLElement): void {
  const { newer = '', version = '', text = '', link = '' } = line.dataset;
  let askedAt = Date.now();
  let timer = 0;

  async function ask(): Promise<void> {
    askedAt = Date.now();
    const answer = await fetch(newer, { method: 'HEAD', cache: 'no-store' }).catch(() => null);
    // RFC 7089: the newest version is the last memento of the statement's address.
    const last = /\/v\/(\d+)>; rel="[^"]*\blast\b/.exec(answer?.headers.get('link') ?? '')?.[1];
    if (Number(last) > Number(version)) show(last ?? '');
    else wait();
  }

  function wait(): void {
    clearTimeout(timer);
    timer = window.setTimeout(askIfSeen, shortest + Math.random() * shortest);
  }

  function askIfSeen(): void {
    if (document.visibilityState === 'visible') void ask();
  }

  function show(last: string): void {
    document.removeEventListener('visibilitychange', onReturn);
    const [box, way] = [document.createElement('span'), document.createElement('a')];
    way.href = newer;
    way.textContent = link;
    // The browser may hold this very page for some seconds yet.
    if (newer === location.pathname)
      way.addEventListener('click', (event) => {
        event.preventDefault();
        location.reload();
      });
    box.append(`${text.replace('%', last)} `, way);
    line.append(box);
  }

  function onReturn(): void {
    if (Date.now() - askedAt > shortest / 2) askIfSeen();
    else wait();
  }

  document.addEventListener('visibilitychange', onReturn);
  wait();
}
