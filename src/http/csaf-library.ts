import { createRequire } from 'node:module';

/** A test of the library, by its name; the library comes without types. */
export type CsafLibrary = Readonly<Record<string, unknown>>;

// Never the full set: its informative tests fetch every address in a document.
const library = '@secvisogram/csaf-validator-lib/extended.js';
type Compiler = { opts: { validateSchema: boolean; code: { optimize: number } } };

/**
 * The CSAF validator. As it is loaded it compiles 33 schemas of its own; nine tenths of its two seconds go into holding each to a schema of
 * schemas, which is compiled anew for each, and into making the code shorter, which is no faster afterwards. Ajv, which it brings along,
 * is told to do neither.
 */
export function loadCsafLibrary(): Promise<CsafLibrary> {
  const ajv: unknown = createRequire(import.meta.resolve(library))('ajv/dist/core.js');
  const core = ajv instanceof Object && 'default' in ajv ? ajv.default : undefined;
  if (typeof core === 'function') {
    const compile: unknown = core.prototype.compile;
    core.prototype.compile = function (this: Compiler, ...given: readonly unknown[]): unknown {
      Object.assign(this.opts, { validateSchema: false, code: { ...this.opts.code, optimize: 0 } });
      return typeof compile === 'function' ? Reflect.apply(compile, this, given) : undefined;
    };
  }
  return import(library);
}
