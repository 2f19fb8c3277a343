import { Eta } from 'eta';

/** Renders views of a directory by their name, `public/home`; compiled once, everything escaped unless a view says otherwise. */
export function createRenderHtml(viewsDirectory: string): (view: string, model: object) => string {
  const eta = new Eta({ views: viewsDirectory, cache: true, autoTrim: [false, 'nl'], functionHeader: '' });
  return (view, model) => eta.render(view, model);
}
