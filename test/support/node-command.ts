/**
 * Node as a shell would start it, with a script and what the script is given. By itself tap has every process that a test starts load what
 * counts coverage, a fifth of the start of a server; nobody counts it there.
 */
export function nodeCommand(script: string, given: readonly string[] = []): [program: string, args: string[]] {
  return ['/usr/bin/env', ['-u', 'NODE_OPTIONS', process.execPath, script, ...given]];
}
