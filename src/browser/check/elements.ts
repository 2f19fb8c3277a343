/** Elements found and made. Whatever is put into one is set as text, so that a file's name can do nothing. */

type Child = Node | string;
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** The element that carries this name within the check. @throws RangeError where the page has none: page and script come from one release */
export function part<Type extends HTMLElement>(root: ParentNode, name: string, type: abstract new () => Type): Type {
  const element = root.querySelector(`[data-part="${name}"]`);
  if (!(element instanceof type)) throw new RangeError(`the page has no part ${name}`);
  return element;
}
